// Repeats a training step without recording it again: the first run is watched, and what it
// computed runs from then on as the one compiled graph it was, on the new inputs and the variables
// as they are. For small models tfjs spends most of a step on tensors, scopes and gradients.
import { engine, type Tensor, type Variable } from '@tensorflow/tfjs-core'
import type { Computation, NativeBackend } from './backend.ts'
import type { Value } from './value.ts'

/** Where a number that goes into the graph comes from when the step is repeated. */
type Source =
  | { readonly from: 'input'; readonly at: number }
  | { readonly from: 'variable'; readonly variable: Variable }
  | { readonly from: 'constant'; readonly value: Value }

/** Where a result goes. */
type Target = { readonly to: 'result' } | { readonly to: 'variable'; readonly variable: Variable }

/** What a watched step gave. */
export interface Recorded {
  readonly result: Float32Array
  /** Undefined when the step cannot be repeated: it read numbers on the way, or made random ones. */
  readonly replay: Replay | undefined
}

/**
 * Runs the step as tfjs does and watches it. `step` returns one tensor of float32, and whatever it
 * computes depends on the inputs and the variables alone.
 */
export function recordStep(
  backend: NativeBackend,
  step: (inputs: readonly Tensor[]) => Tensor,
  inputs: readonly Tensor[]
): Recorded {
  backend.flush()
  const before = valuesOfVariables(backend)
  const given = inputs.map((input) => backend.ownValue(input.dataId))
  const computations: Computation[] = []
  const { recorder } = backend
  backend.recording = computations
  recorder.isRepeating = true
  try {
    const tensor = step(inputs)
    const value = backend.ownValue(tensor.dataId)
    const result = tensor.dataSync<'float32'>()
    tensor.dispose()
    const [computation, ...more] = computations
    if (computation === undefined || more.length > 0) return { result, replay: undefined }
    const sources = sourcesOf(computation, given, before)
    const targets = targetsOf(computation, value, before, valuesOfVariables(backend))
    if (sources === undefined || targets === undefined) return { result, replay: undefined }
    return { result, replay: new Replay(backend, computation, sources, targets, inputs) }
  } finally {
    backend.recording = undefined
    recorder.isRepeating = false
    // The leaves were held for as long as somebody might have asked what they were.
    for (const { leaves } of computations) for (const leaf of leaves) recorder.drop(leaf)
  }
}

function valuesOfVariables(backend: NativeBackend): Map<Variable, Value> {
  const found = new Map<Variable, Value>()
  // tfjs-core keeps all variables by name, the optimizers' own included.
  for (const variable of Object.values(engine().registeredVariables)) {
    const value = variable && backend.ownValue(variable.dataId)
    if (value !== undefined) found.set(variable as Variable, value)
  }
  return found
}

function sourcesOf(
  { leaves }: Computation,
  inputs: readonly (Value | undefined)[],
  before: ReadonlyMap<Variable, Value>
): Source[] | undefined {
  const known = new Map<Value, Source>()
  for (const [variable, value] of before) known.set(value, { from: 'variable', variable })
  inputs.forEach((value, at) => value && known.set(value, { from: 'input', at }))
  const sources: Source[] = []
  for (const leaf of leaves) {
    const source = known.get(leaf)
    if (source !== undefined) sources.push(source)
    // A single number is part of the step (a rate, a count); a whole tensor could be random.
    else if (leaf.shape.length === 0) sources.push({ from: 'constant', value: leaf })
    else return undefined
  }
  return sources
}

function targetsOf(
  { results }: Computation,
  result: Value | undefined,
  before: ReadonlyMap<Variable, Value>,
  after: ReadonlyMap<Variable, Value>
): Target[] | undefined {
  const changed = new Map<Value, Variable>()
  for (const [variable, value] of after) {
    if (before.get(variable) === value) continue
    // A variable made on the way began as a part of the step, which the next step must not repeat.
    if (!before.has(variable) || changed.has(value) || !results.includes(value)) return undefined
    changed.set(value, variable)
  }
  const targets: Target[] = []
  for (const value of results) {
    const variable = changed.get(value)
    if (variable !== undefined && value !== result) targets.push({ to: 'variable', variable })
    else if (variable === undefined && value === result) targets.push({ to: 'result' })
    else return undefined
  }
  return targets
}

/** A step that was recorded. */
export class Replay {
  readonly #backend: NativeBackend
  readonly #computation: Computation
  readonly #sources: readonly Source[]
  readonly #targets: readonly Target[]
  readonly #shapes: string
  readonly #cores: number

  constructor(
    backend: NativeBackend,
    computation: Computation,
    sources: readonly Source[],
    targets: readonly Target[],
    inputs: readonly Tensor[]
  ) {
    this.#backend = backend
    this.#computation = computation
    this.#sources = sources
    this.#targets = targets
    this.#shapes = describe(inputs)
    this.#cores = backend.cores
    for (const source of sources)
      if (source.from === 'constant') backend.recorder.hold(source.value)
  }

  /** Whether the step may be repeated as it was recorded. */
  isFor(inputs: readonly Tensor[]): boolean {
    const isSame = this.#shapes === describe(inputs) && this.#cores === this.#backend.cores
    return isSame && !this.#computation.graph.isGone
  }

  /** Repeats the step: variables change, and the numbers of its result are returned. */
  run(inputs: readonly Tensor[]): Float32Array {
    const backend = this.#backend
    // Whatever still reads the variables as they are is computed first.
    backend.flush()
    const leaves = this.#sources.map((source) => {
      if (source.from === 'constant') return source.value
      const tensor = source.from === 'input' ? inputs[source.at] : source.variable
      const value = backend.ownValue(tensor.dataId)
      if (value === undefined) throw new Error('an input of a repeated step holds no numbers')
      return value
    })
    const { graph, results } = this.#computation
    const numbers = backend.run(graph, leaves, results)
    let result = new Float32Array(0)
    this.#targets.forEach((target, i) => {
      if (target.to === 'variable') backend.replace(target.variable, numbers[i])
      else {
        result = Float32Array.from(numbers[i])
        backend.recorder.pool.give(results[i].type, numbers[i])
      }
    })
    return result
  }

  dispose(): void {
    for (const source of this.#sources)
      if (source.from === 'constant') this.#backend.recorder.drop(source.value)
  }
}

function describe(inputs: readonly Tensor[]): string {
  let text = ''
  for (const { shape, dtype } of inputs) text += `${dtype} ${shape.join('x')};`
  return text
}
