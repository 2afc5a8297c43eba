// Turns recorded operations into nodes of an ONNX graph. Each emitter writes the nodes of one
// operation, the last of which carries the name that the operation's value was given.
import type { BlockedLayout } from '../blocked-layout.ts'
import type {
  OnnxAttribute,
  OnnxConstant,
  OnnxGraph,
  OnnxNode,
  OnnxType,
  OnnxValueInfo
} from '../onnx-model.ts'
import type { NumberType, Value } from '../value.ts'

/** Writes the nodes of one operation. */
export type Emit = (to: Emitter, value: Value, name: string) => void

interface NodeOptions {
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>
  readonly domain?: OnnxNode['domain']
  /** Name of the result; a new one when absent. */
  readonly name?: string | undefined
}

export class Emitter {
  /** How this processor lays out pictures for its fastest convolution; undefined if it has none. */
  readonly blocked: BlockedLayout | undefined
  /** Whether a graphics card computes, where the runtime's own fused operators are missing. */
  readonly isForCard: boolean
  readonly #nodes: OnnxNode[] = []
  readonly #constants = new Map<string, OnnxConstant>()
  readonly #names: (value: Value) => string
  readonly #shared = new Map<string, string>()
  #count = 0

  constructor(
    names: (value: Value) => string,
    blocked: BlockedLayout | undefined,
    isForCard = false
  ) {
    this.#names = names
    this.blocked = blocked
    this.isForCard = isForCard
  }

  /** Name of an input of the operation. */
  of(value: Value): string {
    return this.#names(value)
  }

  /** Adds a node with one result; returns the result's name. */
  node(op: string, inputs: readonly string[], options: NodeOptions = {}): string {
    const name = options.name ?? `x${this.#count++}`
    const { attributes, domain } = options
    this.#nodes.push({
      op,
      inputs,
      outputs: [name],
      ...(attributes && { attributes }),
      ...(domain && { domain })
    })
    return name
  }

  /** Adds a node with two results; returns the name of the second. */
  secondOf(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>>
  ): string {
    const outputs = [`x${this.#count++}`, `x${this.#count++}`]
    this.#nodes.push({ op, inputs, outputs, attributes })
    return outputs[1]
  }

  /** The result of `make`, made once per graph for equal keys. */
  once(key: string, make: () => string): string {
    let name = this.#shared.get(key)
    if (name === undefined) {
      name = make()
      this.#shared.set(key, name)
    }
    return name
  }

  /** A list of integers for shapes, axes and the like. */
  integers(values: readonly number[]): string {
    const numbers = BigInt64Array.from(values, (value) => BigInt(value))
    return this.#constant('int64', [values.length], numbers)
  }

  /** One integer without a shape. */
  integer(value: number): string {
    return this.#constant('int64', [], BigInt64Array.of(BigInt(value)))
  }

  /** One number without a shape. */
  number(value: number, type: NumberType = 'float32'): string {
    return this.numbers([value], type, [])
  }

  numbers(values: readonly number[], type: NumberType, shape: readonly number[]): string {
    if (type === 'float32') return this.#constant(type, shape, Float32Array.from(values))
    if (type === 'int32') return this.#constant(type, shape, Int32Array.from(values))
    return this.#constant(type, shape, Uint8Array.from(values))
  }

  #constant(
    type: OnnxType,
    shape: readonly number[],
    values: Float32Array | Int32Array | Uint8Array | BigInt64Array
  ): string {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    // Long constants are rare and never equal by chance; short ones repeat all the time.
    const key = `${type} ${shape.join()} ${Buffer.from(bytes).toString('base64')}`
    let found = this.#constants.get(key)
    if (found === undefined) {
      found = { name: `c${this.#constants.size}`, type, shape, bytes }
      this.#constants.set(key, found)
    }
    return found.name
  }

  graph(inputs: readonly OnnxValueInfo[], outputs: readonly OnnxValueInfo[]): OnnxGraph {
    return { nodes: this.#nodes, constants: [...this.#constants.values()], inputs, outputs }
  }
}

/** The operation's attribute, which the recording side of this folder wrote under that name. */
export function attribute<T>(value: Value, name: string): T {
  const { operation } = value
  if (operation === undefined) throw new Error('a value without an operation is not emitted')
  return operation.attributes[name] as T
}
