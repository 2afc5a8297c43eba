// The last few results of something, by key.

/** Keeps the `size` results used last. */
export class Recent<T> {
  readonly #kept = new Map<string, T>()
  readonly #size: number
  constructor(size: number) {
    this.#size = size
  }
  get(key: string): T | undefined {
    const found = this.#kept.get(key)
    if (found !== undefined) this.set(key, found)
    return found
  }
  set(key: string, value: T): void {
    this.#kept.delete(key)
    this.#kept.set(key, value)
    for (const old of this.#kept.keys()) {
      if (this.#kept.size <= this.#size) break
      this.#kept.delete(old)
    }
  }
  delete(key: string): void {
    this.#kept.delete(key)
  }
  values(): IterableIterator<T> {
    return this.#kept.values()
  }
  clear(): void {
    this.#kept.clear()
  }
}
