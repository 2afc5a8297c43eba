// Numbers of steps of successful attempts, ready to be asked without one of them ten thousand times.

/** Detectors look at quartiles of these only, from this many on. */
const leastValues = 5

/** Lengths of the attempts of a set that passed. */
export class PassLengths {
  readonly #sorted: readonly number[]
  readonly #byTrace: ReadonlyMap<number, number>
  readonly #all: readonly number[]

  constructor(passes: readonly { readonly trace: number; readonly steps: number }[]) {
    this.#sorted = passes.map(({ steps }) => steps).sort((a, b) => a - b)
    this.#byTrace = new Map(passes.map(({ trace, steps }) => [trace, steps]))
    this.#all = this.#summary(this.#sorted.length, (i) => this.#sorted[i])
  }

  /**
   * Lengths of the attempts other than this one: all of them, or five that have the same smallest
   * and largest value and the same quartiles by linear interpolation.
   */
  without(trace: number): readonly number[] {
    const own = this.#byTrace.get(trace)
    if (own === undefined) return this.#all
    const skip = this.#sorted.indexOf(own)
    return this.#summary(this.#sorted.length - 1, (i) => this.#sorted[i < skip ? i : i + 1])
  }

  #summary(size: number, at: (i: number) => number): readonly number[] {
    if (size < leastValues) return Array.from({ length: size }, (_, i) => at(i))
    return [0, 0.25, 0.5, 0.75, 1].map((share) => {
      const place = share * (size - 1)
      const below = Math.floor(place)
      const above = Math.min(below + 1, size - 1)
      return at(below) + (place - below) * (at(above) - at(below))
    })
  }
}
