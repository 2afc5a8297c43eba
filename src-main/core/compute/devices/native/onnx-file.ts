// Reads what an ONNX file says about itself - inputs, outputs, operators - without running it, so that
// a file that is no model, or one with parts elsewhere, is refused before the runtime sees it.
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { onnxTypes, type OnnxType } from './onnx-model.ts'

/** An input or output as the file declares it. */
export interface DeclaredValue {
  readonly name: string
  /** Undefined for types that our devices do not know. */
  readonly type: OnnxType | undefined
  /** A size is null where callers choose it; the whole is null when nothing is said. */
  readonly shape: readonly (number | null)[] | null
}

/** What a file declares. */
export interface OnnxFacts {
  /** Without constants, which older files list among the inputs. */
  readonly inputs: readonly DeclaredValue[]
  readonly outputs: readonly DeclaredValue[]
  /** Operators used, with their domain where it is not ONNX's own: "Conv", "com.example:Foo". */
  readonly operators: ReadonlySet<string>
  /** Operator that makes each output, by the output's name. */
  readonly madeBy: ReadonlyMap<string, string>
  /** True when numbers of the model lie in other files. */
  readonly hasOutsideData: boolean
}

/** The file is no ONNX model, or is cut off. */
export class NotOnnx extends Error {
  constructor(options?: ErrorOptions) {
    super('not an ONNX model', options)
    this.name = 'NotOnnx'
  }
}

/** Graphs within graphs that are followed; exporters make two or three. */
const deepest = 16

interface Found {
  inputs: DeclaredValue[]
  outputs: DeclaredValue[]
  readonly constants: Set<string>
  readonly operators: Set<string>
  readonly madeBy: Map<string, string>
  hasOutsideData: boolean
}

type Fields = (field: number, read: BinaryReader, type: WireType) => boolean

/** Calls `take` for every field of a message; what it does not take (returns false) is passed over. */
function eachField(bytes: Uint8Array, take: Fields): void {
  const read = new BinaryReader(bytes)
  while (read.pos < read.len) {
    const [field, type] = read.tag()
    if (!take(field, read, type)) read.skip(type, field)
  }
  if (read.pos !== read.len) throw new NotOnnx()
}

/** Reads ModelProto. Throws {@link NotOnnx}. */
export function readOnnxFacts(bytes: Uint8Array): OnnxFacts {
  const found: Found = {
    inputs: [],
    outputs: [],
    constants: new Set(),
    operators: new Set(),
    madeBy: new Map(),
    hasOutsideData: false
  }
  let graphs = 0
  try {
    eachField(bytes, (field, read, type) => {
      if (field !== 7 || type !== WireType.LengthDelimited) return false
      graphs++
      readGraph(read.bytes(), found, 0)
      return true
    })
  } catch (error) {
    throw error instanceof NotOnnx ? error : new NotOnnx({ cause: error })
  }
  if (graphs !== 1 || found.outputs.length === 0) throw new NotOnnx()
  return {
    ...found,
    inputs: found.inputs.filter(({ name }) => !found.constants.has(name))
  }
}

/** GraphProto; of graphs within graphs only operators and outside data count. */
function readGraph(bytes: Uint8Array, found: Found, depth: number): void {
  if (depth > deepest) throw new NotOnnx()
  eachField(bytes, (field, read, type) => {
    if (type !== WireType.LengthDelimited) return false
    if (field === 1) readNode(read.bytes(), found, depth)
    else if (field === 5) readConstant(read.bytes(), found)
    else if (field === 11 && depth === 0) found.inputs.push(readValue(read.bytes()))
    else if (field === 12 && depth === 0) found.outputs.push(readValue(read.bytes()))
    else return false
    return true
  })
}

/** NodeProto. */
function readNode(bytes: Uint8Array, found: Found, depth: number): void {
  const outputs: string[] = []
  let op = ''
  let domain = ''
  eachField(bytes, (field, read, type) => {
    if (type !== WireType.LengthDelimited) return false
    if (field === 2) outputs.push(read.string())
    else if (field === 4) op = read.string()
    else if (field === 7) domain = read.string()
    else if (field === 5) readAttribute(read.bytes(), found, depth)
    else return false
    return true
  })
  const name = domain === '' || domain === 'ai.onnx' ? op : `${domain}:${op}`
  found.operators.add(name)
  if (depth === 0) for (const output of outputs) found.madeBy.set(output, name)
}

/** AttributeProto: constants and graphs may hide in it. */
function readAttribute(bytes: Uint8Array, found: Found, depth: number): void {
  eachField(bytes, (field, read, type) => {
    if (type !== WireType.LengthDelimited) return false
    if (field === 5 || field === 10) readConstant(read.bytes(), found)
    else if (field === 6 || field === 11) readGraph(read.bytes(), found, depth + 1)
    else return false
    return true
  })
}

/** TensorProto: its name, and whether its numbers are in the file. */
function readConstant(bytes: Uint8Array, found: Found): void {
  eachField(bytes, (field, read, type) => {
    if (field === 8 && type === WireType.LengthDelimited) found.constants.add(read.string())
    else if (field === 13) {
      found.hasOutsideData = true
      return false
    } else if (field === 14 && type === WireType.Varint) {
      if (read.int32() !== 0) found.hasOutsideData = true
    } else return false
    return true
  })
}

const typeNames = new Map<number, OnnxType>(
  Object.entries(onnxTypes).map(([name, id]) => [id, name as OnnxType])
)

/** ValueInfoProto of a tensor. */
function readValue(bytes: Uint8Array): DeclaredValue {
  let name = ''
  let type: OnnxType | undefined
  let shape: (number | null)[] | null = null
  eachField(bytes, (field, read, wire) => {
    if (wire !== WireType.LengthDelimited) return false
    if (field === 1) name = read.string()
    else if (field === 2)
      eachField(read.bytes(), (kind, typed, typedWire) => {
        if (kind !== 1 || typedWire !== WireType.LengthDelimited) return false
        eachField(typed.bytes(), (part, tensor, tensorWire) => {
          if (part === 1 && tensorWire === WireType.Varint) type = typeNames.get(tensor.int32())
          else if (part === 2 && tensorWire === WireType.LengthDelimited)
            shape = readShape(tensor.bytes())
          else return false
          return true
        })
        return true
      })
    else return false
    return true
  })
  return { name, type, shape }
}

/** TensorShapeProto. */
function readShape(bytes: Uint8Array): (number | null)[] {
  const shape: (number | null)[] = []
  eachField(bytes, (field, read, type) => {
    if (field !== 1 || type !== WireType.LengthDelimited) return false
    let size: number | null = null
    eachField(read.bytes(), (part, dim, wire) => {
      if (part !== 1 || wire !== WireType.Varint) return false
      const value = Number(dim.int64())
      // Some exporters write 0 or -1 for a size that callers choose.
      size = value > 0 && Number.isSafeInteger(value) ? value : null
      return true
    })
    shape.push(size)
    return true
  })
  return shape
}
