// Writes a U-Net of ours as an ONNX file, the way another program would: channels first, convolutions
// and norms of ONNX, any number of pictures. Nothing of it comes from the code that runs our own.
import {
  encodeModel,
  type OnnxAttribute,
  type OnnxConstant,
  type OnnxNode
} from '../../compute/devices/native/onnx-model.ts'
import type { DiffusionModel } from '../../networks/diffusion/ddim.ts'

/** How the file is to differ from the plain one. */
export interface WrittenForm {
  readonly layout?: 'NCHW' | 'NHWC'
  /** A fixed number of pictures; any when absent. */
  readonly batch?: number
  readonly timeType?: 'int64' | 'int32' | 'float32'
  readonly timeShape?: readonly number[]
  /** The step comes as a share of so many. */
  readonly sharesOf?: number
}

/** The bytes of a file whose inputs are "sample" and "timestep" and whose output is "noise". */
export function unetOnnx(model: DiffusionModel, form: WrittenForm = {}): Uint8Array {
  const { layout = 'NCHW', batch = -1, timeType = 'int64', timeShape = [batch] } = form
  const { spec, input, parameters: shapes } = model.unet
  const { height, width, channels } = input
  const nodes: OnnxNode[] = []
  const constants: OnnxConstant[] = []
  let names = 0
  let taken = 0
  const floats = (values: Float32Array, shape: readonly number[]): string => {
    const name = `c${constants.length}`
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    constants.push({ name, type: 'float32', shape, bytes })
    return name
  }
  const integers = (values: readonly number[]): string => {
    const name = `c${constants.length}`
    const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
    constants.push({ name, type: 'int64', shape: [values.length], bytes })
    return name
  }
  const one = (value: number): string => floats(Float32Array.of(value), [])
  const node = (
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    name = `x${names++}`
  ): string => {
    nodes.push({ op, inputs, outputs: [name], attributes })
    return name
  }
  const take = (): { readonly values: Float32Array; readonly shape: readonly number[] } => {
    const at = taken++
    return { values: model.parameters[at], shape: shapes[at].shape }
  }
  const weights = (shape?: readonly number[]): string => {
    const own = take()
    return floats(own.values, shape ?? own.shape)
  }
  const perChannel = (): string => {
    const own = take()
    return floats(own.values, [1, own.values.length, 1, 1])
  }
  const swish = (x: string): string => node('Mul', [x, node('Sigmoid', [x])])
  const linear = (x: string): string => node('Add', [node('MatMul', [x, weights()]), weights()])
  const convolve = (x: string, padding: number): string => {
    const { values, shape } = take()
    const [rows, columns, from, to] = shape
    const turned = new Float32Array(values.length)
    for (let at = 0; at < values.length; at++) {
      const [out, rest] = [at % to, Math.floor(at / to)]
      const [into, cell] = [rest % from, Math.floor(rest / from)]
      turned[(out * from + into) * rows * columns + cell] = values[at]
    }
    const kernel = floats(turned, [to, from, rows, columns])
    const pads = [padding, padding, padding, padding]
    return node('Conv', [x, kernel, weights()], { pads, kernel_shape: [rows, columns] })
  }
  const groupNorm = (x: string): string => {
    const { groups } = spec
    const parts = node('Reshape', [x, integers([0, groups, -1])])
    const ones = floats(new Float32Array(groups).fill(1), [groups])
    const zeros = floats(new Float32Array(groups), [groups])
    const normal = node('InstanceNormalization', [parts, ones, zeros], { epsilon: { float: 1e-5 } })
    const back = node('Reshape', [normal, node('Shape', [x])])
    return node('Add', [node('Mul', [back, perChannel()]), perChannel()])
  }
  const block = (x: string, told: string, from: number, to: number): string => {
    const first = convolve(swish(groupNorm(x)), 1)
    const step = node('Unsqueeze', [linear(told), integers([2, 3])])
    const second = convolve(swish(groupNorm(node('Add', [first, step]))), 1)
    return node('Add', [second, from === to ? x : convolve(x, 0)])
  }
  const attention = (x: string, wide: number): string => {
    const pixels = node('Reshape', [groupNorm(x), integers([0, 0, -1])])
    const asked = linear(node('Transpose', [pixels], { perm: [0, 2, 1] }))
    const parts = [`x${names++}`, `x${names++}`, `x${names++}`]
    const attributes = { axis: -1, num_outputs: 3 }
    nodes.push({ op: 'Split', inputs: [asked], outputs: parts, attributes })
    const [queries, keys, values] = parts
    const turned = node('Transpose', [keys], { perm: [0, 2, 1] })
    const scores = node('Mul', [node('MatMul', [queries, turned]), one(1 / Math.sqrt(wide))])
    const seen = node('MatMul', [node('Softmax', [scores], { axis: -1 }), values])
    const back = node('Transpose', [linear(seen)], { perm: [0, 2, 1] })
    return node('Add', [x, node('Reshape', [back, node('Shape', [x])])])
  }

  const picture =
    layout === 'NCHW' ? 'sample' : node('Transpose', ['sample'], { perm: [0, 3, 1, 2] })
  const step = node('Cast', ['timestep'], { to: 1 })
  const number = form.sharesOf === undefined ? step : node('Mul', [step, one(form.sharesOf)])
  const half = spec.time / 2
  const waves = Float32Array.from({ length: half }, (_, at) => 10_000 ** (-at / half))
  const column = node('Reshape', [number, integers([-1, 1])])
  const angles = node('Mul', [column, floats(waves, [1, half])])
  const sines = [node('Sin', [angles]), node('Cos', [angles])]
  const time = node('Concat', sines, { axis: 1 })
  const told = swish(linear(swish(linear(time))))
  let seen = convolve(picture, 1)
  const kept: string[] = []
  const top = spec.channels.length - 1
  spec.channels.forEach((to, level) => {
    const square = { kernel_shape: [2, 2], strides: [2, 2] }
    if (level > 0) seen = node('AveragePool', [seen], square)
    seen = block(seen, told, level === 0 ? to : spec.channels[level - 1], to)
    kept.push(seen)
  })
  const most = spec.channels[top]
  seen = block(attention(seen, most), told, most, most)
  for (let level = top; level >= 0; level--) {
    if (level < top)
      seen = node('Resize', [seen, '', floats(Float32Array.of(1, 1, 2, 2), [4])], {
        mode: 'nearest',
        nearest_mode: 'floor',
        coordinate_transformation_mode: 'asymmetric'
      })
    const below = spec.channels[Math.min(level + 1, top)]
    const to = spec.channels[level]
    seen = block(node('Concat', [seen, kept[level]], { axis: 1 }), told, below + to, to)
  }
  const noise = convolve(swish(groupNorm(seen)), 1)
  if (layout === 'NCHW') node('Identity', [noise], {}, 'noise')
  else node('Transpose', [noise], { perm: [0, 2, 3, 1] }, 'noise')
  const shape =
    layout === 'NCHW' ? [batch, channels, height, width] : [batch, height, width, channels]
  return encodeModel({
    nodes,
    constants,
    inputs: [
      { name: 'sample', type: 'float32', shape },
      { name: 'timestep', type: timeType, shape: timeShape }
    ],
    outputs: [{ name: 'noise', type: 'float32', shape }]
  })
}
