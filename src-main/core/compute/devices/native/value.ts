// One value of the recorded computation: either numbers that are there, or an operation on other
// values that has not been computed yet.

export type NumberType = 'float32' | 'int32' | 'bool'
export type Numbers = Float32Array | Int32Array | Uint8Array

/** A number, a switch, a word, or a list of numbers: what decides an operation besides its inputs. */
export type Attributes = Readonly<Record<string, number | boolean | string | readonly number[]>>

/** What computes a pending value: the name of an emitter (emit-*.ts) and its attributes. */
export interface Operation {
  readonly kind: string
  readonly attributes: Attributes
  /** Kind and attributes as one text: equal texts compute the same from the same inputs. */
  readonly key: string
}

export class Value {
  readonly shape: readonly number[]
  readonly type: NumberType
  /** Pending while set; the inputs are those of the operation. */
  operation: Operation | undefined
  inputs: readonly Value[]
  /** Present once computed or written. */
  data: Numbers | undefined
  /** Whether `data` came from the backend's reserve and goes back there. */
  isPooled = false
  /** Tensors of tfjs that stand for this value. */
  handles = 0
  /** Pending values that read it. */
  uses = 0
  /** Scratch of one cut through the graph (cut.ts): which cut saw the value, and its number there. */
  seenBy = 0
  position = 0

  constructor(
    shape: readonly number[],
    type: NumberType,
    from: { readonly operation: Operation; readonly inputs: readonly Value[] } | { data: Numbers }
  ) {
    this.shape = shape
    this.type = type
    if ('data' in from) {
      this.data = from.data
      this.operation = undefined
      this.inputs = noInputs
    } else {
      this.data = undefined
      this.operation = from.operation
      this.inputs = from.inputs
    }
  }
}

const noInputs: readonly Value[] = []

/** Numbers in a shape. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1
  for (const dim of shape) size *= dim
  return size
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i])
}

/** A typed array of a type, filled with zeros. */
export function newNumbers(type: NumberType, length: number): Numbers {
  if (type === 'float32') return new Float32Array(length)
  return type === 'int32' ? new Int32Array(length) : new Uint8Array(length)
}
