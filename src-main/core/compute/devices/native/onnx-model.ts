// Writes a graph as an ONNX model: the protobuf messages of onnx.proto3 (ONNX IR version 8), of
// which only the fields the native device needs. The wire format itself is @bufbuild/protobuf's.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

/** Element types by their number in TensorProto.DataType. */
export const onnxTypes = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10
} as const
export type OnnxType = keyof typeof onnxTypes

/** An integer, a list of integers, a text, or a float (told apart by its wrapper). */
export type OnnxAttribute = number | readonly number[] | string | { readonly float: number }

export interface OnnxNode {
  readonly op: string
  /** Names of the inputs; '' leaves an optional one out. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>
  /** Operator sets of onnxruntime's own operators; absent for the ones of ONNX. */
  readonly domain?: 'com.microsoft' | 'com.microsoft.nchwc'
}

export interface OnnxValueInfo {
  readonly name: string
  readonly type: OnnxType
  readonly shape: readonly number[]
}

/** A constant of the model: little-endian bytes in row-major order. */
export interface OnnxConstant extends OnnxValueInfo {
  readonly bytes: Uint8Array
}

export interface OnnxGraph {
  /** In an order in which every input comes before its use. */
  readonly nodes: readonly OnnxNode[]
  readonly constants: readonly OnnxConstant[]
  readonly inputs: readonly OnnxValueInfo[]
  readonly outputs: readonly OnnxValueInfo[]
}

const irVersion = 8
const operatorSet = 18

/** The bytes of the model (ModelProto). */
export function encodeModel(graph: OnnxGraph): Uint8Array {
  const out = new BinaryWriter()
  out.tag(1, WireType.Varint).int32(irVersion)
  message(out, 7, () => writeGraph(out, graph))
  for (const [domain, version] of [
    ['', operatorSet],
    ['com.microsoft', 1],
    ['com.microsoft.nchwc', 1]
  ] as const) {
    message(out, 8, () => {
      text(out, 1, domain)
      out.tag(2, WireType.Varint).int32(version)
    })
  }
  return out.finish()
}

function message(out: BinaryWriter, field: number, write: () => void): void {
  out.tag(field, WireType.LengthDelimited).fork()
  write()
  out.join()
}

function text(out: BinaryWriter, field: number, value: string): void {
  out.tag(field, WireType.LengthDelimited).string(value)
}

/** GraphProto. */
function writeGraph(out: BinaryWriter, graph: OnnxGraph): void {
  graph.nodes.forEach((node, i) => message(out, 1, () => writeNode(out, node, i)))
  text(out, 2, 'graph')
  for (const constant of graph.constants) message(out, 5, () => writeConstant(out, constant))
  for (const input of graph.inputs) message(out, 11, () => writeValueInfo(out, input))
  for (const output of graph.outputs) message(out, 12, () => writeValueInfo(out, output))
}

/** NodeProto. */
function writeNode(out: BinaryWriter, node: OnnxNode, position: number): void {
  for (const input of node.inputs) text(out, 1, input)
  for (const output of node.outputs) text(out, 2, output)
  text(out, 3, `n${position}`)
  text(out, 4, node.op)
  for (const [name, value] of Object.entries(node.attributes ?? {}))
    message(out, 5, () => writeAttribute(out, name, value))
  if (node.domain !== undefined) text(out, 7, node.domain)
}

/** AttributeProto; the last field names which of the others holds the value. */
function writeAttribute(out: BinaryWriter, name: string, value: OnnxAttribute): void {
  text(out, 1, name)
  const kind = (number: number): void => {
    out.tag(20, WireType.Varint).int32(number)
  }
  if (typeof value === 'number') {
    out.tag(3, WireType.Varint).int64(value)
    kind(2)
  } else if (typeof value === 'string') {
    text(out, 4, value)
    kind(3)
  } else if ('float' in value) {
    out.tag(2, WireType.Bit32).float(value.float)
    kind(1)
  } else {
    for (const one of value) out.tag(8, WireType.Varint).int64(one)
    kind(7)
  }
}

/** TensorProto with raw data. */
function writeConstant(out: BinaryWriter, constant: OnnxConstant): void {
  for (const dim of constant.shape) out.tag(1, WireType.Varint).int64(dim)
  out.tag(2, WireType.Varint).int32(onnxTypes[constant.type])
  text(out, 8, constant.name)
  out.tag(9, WireType.LengthDelimited).bytes(constant.bytes)
}

/** ValueInfoProto of a tensor; a negative size is one that callers choose, the same in all of them. */
function writeValueInfo(out: BinaryWriter, value: OnnxValueInfo): void {
  text(out, 1, value.name)
  message(out, 2, () =>
    message(out, 1, () => {
      out.tag(1, WireType.Varint).int32(onnxTypes[value.type])
      message(out, 2, () => {
        for (const dim of value.shape)
          message(out, 1, () => {
            if (dim < 0) text(out, 2, 'N')
            else out.tag(1, WireType.Varint).int64(dim)
          })
      })
    })
  )
}
