// Keeps the recorded values and knows which of them anybody still wants: a value lives while a
// tensor stands for it or a pending value reads it. What dies unread is never computed.
import { BufferPool } from './buffer-pool.ts'
import {
  sizeOf,
  Value,
  type Attributes,
  type Numbers,
  type NumberType,
  type Operation
} from './value.ts'

export class Recorder {
  readonly pool = new BufferPool()
  /** Pending values that a tensor stands for, in the order in which they were recorded. */
  readonly wanted = new Set<Value>()
  /** Pending values in the graph. */
  pending = 0
  /** Bytes of the numbers held. */
  bytes = 0
  /** Set while a step is recorded to be repeated with other numbers: nothing is taken at once. */
  isRepeating = false
  #fresh: Value[] = []

  /** Records an operation. */
  record(
    kind: string,
    attributes: Attributes,
    inputs: readonly Value[],
    shape: readonly number[],
    type: NumberType
  ): Value {
    const operation: Operation = { kind, attributes, key: keyOf(kind, attributes) }
    const value = new Value(shape, type, { operation, inputs })
    for (const input of inputs) input.uses++
    this.pending++
    this.#fresh.push(value)
    return value
  }

  /**
   * A value with numbers of its own: `numbers` are copied, because whoever hands them over may
   * write into them again before they are computed with.
   */
  leaf(numbers: ArrayLike<number>, shape: readonly number[], type: NumberType): Value {
    const data = this.pool.take(type, sizeOf(shape))
    data.set(numbers)
    return this.adopt(data, shape, type)
  }

  /** A value with the numbers of an array of the reserve, which are the value's from now on. */
  adopt(data: Numbers, shape: readonly number[], type: NumberType): Value {
    const value = new Value(shape, type, { data })
    value.isPooled = true
    this.bytes += data.byteLength
    this.#fresh.push(value)
    return value
  }

  /** Other numbers for a value that nobody else reads; its own go back to the reserve. */
  exchange(value: Value, data: Numbers): void {
    if (value.data !== undefined && value.isPooled) this.pool.give(value.type, value.data)
    value.data = data
    value.isPooled = true
  }

  /** A tensor stands for the value from now on. */
  hold(value: Value): void {
    value.handles++
    if (value.operation !== undefined) this.wanted.add(value)
  }

  /** A tensor that stood for the value is gone. */
  drop(value: Value): void {
    value.handles--
    if (value.handles > 0) return
    this.wanted.delete(value)
    this.#releaseIfUnused(value)
  }

  /** Forgets what was recorded since the last call and is not wanted by anybody. */
  sweep(): void {
    const fresh = this.#fresh
    if (fresh.length === 0) return
    this.#fresh = []
    // Backwards, so that what only a forgotten value read goes with it.
    for (let i = fresh.length - 1; i >= 0; i--) this.#releaseIfUnused(fresh[i])
  }

  /** The value was computed: its numbers are there and its inputs are no longer needed. */
  settle(value: Value, data: Numbers): void {
    value.data = data
    value.isPooled = true
    this.bytes += data.byteLength
    this.wanted.delete(value)
    this.#detach(value)
  }

  #releaseIfUnused(value: Value): void {
    if (value.handles > 0 || value.uses > 0) return
    if (value.operation !== undefined) {
      this.#detach(value)
    } else if (value.data !== undefined) {
      this.bytes -= value.data.byteLength
      if (value.isPooled) this.pool.give(value.type, value.data)
      value.data = undefined
    }
  }

  // With a stack of its own: chains of thousands of values would overflow the call stack.
  #detach(start: Value): void {
    const stack = [start]
    for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
      const { inputs } = value
      value.operation = undefined
      value.inputs = []
      this.pending--
      for (const input of inputs) {
        input.uses--
        if (input.uses > 0 || input.handles > 0) continue
        if (input.operation !== undefined) stack.push(input)
        else this.#releaseIfUnused(input)
      }
    }
  }
}

function keyOf(kind: string, attributes: Attributes): string {
  let key = kind
  for (const name in attributes) key += ` ${name}=${String(attributes[name])}`
  return key
}
