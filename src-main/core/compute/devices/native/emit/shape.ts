// Operations that move numbers around without computing with them.
import { attribute, type Emit } from './emitter.ts'
import { onnxTypes } from '../onnx-model.ts'

type Numbers = readonly number[]

/** Far enough back to mean "from the end to the beginning". */
const beforeFirst = -2147483647

/** Emitters by kind of operation. */
export const shape: Readonly<Record<string, Emit>> = {
  Fill(to, value, name) {
    const number = to.number(attribute<number>(value, 'value'), value.type)
    to.node('Expand', [number, to.integers(value.shape)], { name })
  },
  Expand(to, value, name) {
    to.node('Expand', [to.of(value.inputs[0]), to.integers(value.shape)], { name })
  },
  Reshape(to, value, name) {
    to.node('Reshape', [to.of(value.inputs[0]), to.integers(value.shape)], { name })
  },
  Transpose(to, value, name) {
    const perm = attribute<Numbers>(value, 'perm')
    to.node('Transpose', [to.of(value.inputs[0])], { attributes: { perm }, name })
  },
  Slice(to, value, name) {
    const begin = attribute<Numbers>(value, 'begin')
    const size = attribute<Numbers>(value, 'size')
    const steps = attribute<Numbers | undefined>(value, 'steps') ?? begin.map(() => 1)
    const end = begin.map((from, i) => from + (size[i] - 1) * steps[i] + 1)
    const lists = [begin, end, begin.map((_, i) => i), steps].map((list) => to.integers(list))
    to.node('Slice', [to.of(value.inputs[0]), ...lists], { name })
  },
  Reverse(to, value, name) {
    const axes = attribute<Numbers>(value, 'axes')
    const all = (number: number): string => to.integers(axes.map(() => number))
    const lists = [all(-1), all(beforeFirst), to.integers(axes), all(-1)]
    to.node('Slice', [to.of(value.inputs[0]), ...lists], { name })
  },
  Concat(to, value, name) {
    const parts = value.inputs.map((input) => to.of(input))
    to.node('Concat', parts, { attributes: { axis: attribute<number>(value, 'axis') }, name })
  },
  Tile(to, value, name) {
    const times = to.integers(attribute<Numbers>(value, 'times'))
    to.node('Tile', [to.of(value.inputs[0]), times], { name })
  },
  Pad(to, value, name) {
    const pads = to.integers(attribute<Numbers>(value, 'pads'))
    const mode = attribute<string>(value, 'mode')
    const number = to.number(attribute<number>(value, 'value'), value.type)
    const inputs = mode === 'constant' ? [pads, number] : [pads]
    to.node('Pad', [to.of(value.inputs[0]), ...inputs], { attributes: { mode }, name })
  },
  Gather(to, value, name) {
    const inputs = value.inputs.map((input) => to.of(input))
    to.node('Gather', inputs, { attributes: { axis: attribute<number>(value, 'axis') }, name })
  },
  GatherNd(to, value, name) {
    const [from, indices] = value.inputs.map((input) => to.of(input))
    const long = to.node('Cast', [indices], { attributes: { to: onnxTypes.int64 } })
    to.node('GatherND', [from, long], {
      attributes: { batch_dims: attribute<number>(value, 'batchDims') },
      name
    })
  },
  // Adds the updates into zeros at the indices; equal indices add up.
  ScatterNd(to, value, name) {
    const [indices, updates] = value.inputs.map((input) => to.of(input))
    const zeros = to.node('Expand', [to.number(0, value.type), to.integers(value.shape)])
    const long = to.node('Cast', [indices], { attributes: { to: onnxTypes.int64 } })
    to.node('ScatterND', [zeros, long, updates], { attributes: { reduction: 'add' }, name })
  },
  OneHot(to, value, name) {
    const [indices] = value.inputs
    const depth = attribute<number>(value, 'depth')
    const classes = Array.from({ length: depth }, (_, i) => i)
    const column = to.node('Unsqueeze', [to.of(indices), to.integers([-1])])
    const isClass = to.node('Equal', [column, to.numbers(classes, 'int32', [depth])])
    const numbers = ['on', 'off'].map((which) =>
      to.number(attribute<number>(value, which), value.type)
    )
    to.node('Where', [isClass, ...numbers], { name })
  }
}
