// The decoder with its sampler as an ONNX model, so that other programs draw fresh items: mean, log
// variance and noise of any number of items in, pictures out.
import {
  encodeModel,
  type OnnxConstant,
  type OnnxNode
} from '../../../compute/devices/native/onnx-model.ts'
import { leakySlope, rangeParts, type DecoderCode } from '../../../networks/decoder.ts'
import type { InputShape } from '../../../networks/network.ts'
import type { DistilledSet } from '../distillation-method.ts'
import { readGroups, type ReadGroup } from './latent-set.ts'
import { groupDecoder, latentLayout, type LatentLayout } from './layout.ts'

/** One decoder of a set: most sets have one, sets of groups one for each group. */
export interface DecoderModel {
  /** The classes that it draws: from the first one on, as many as these. */
  readonly firstClass: number
  readonly classes: number
  /** Clouds of each class; clouds x latent numbers below, one class after the other. */
  readonly priors: number
  readonly latent: number
  readonly mean: Float32Array
  /** Logarithms of the variances. */
  readonly logvar: Float32Array
  /**
   * ONNX, operator set 18. Inputs "mean", "logvar" and "noise" (standard normal), each N x latent;
   * output "pictures", N x height x width x channels, normalised like the set's items.
   */
  readonly onnx: Uint8Array
}

/** All decoders of a set that the distributional method made. Throws a RangeError for other sets. */
export function decoderModels(
  { stored, info }: Pick<DistilledSet, 'stored' | 'info'>,
  shape: InputShape
): DecoderModel[] {
  const parsed = latentLayout.safeParse(info.latents)
  if (!parsed.success) throw new RangeError('the set has no decoder')
  const layout = parsed.data
  const { priors, latent } = layout
  let firstClass = 0
  return readGroups(stored, layout, shape).map((group, g) => {
    const { classes } = layout.groups[g]
    const code = groupDecoder(layout, g, shape)
    const model = { firstClass, classes, priors, latent }
    firstClass += classes
    return {
      ...model,
      mean: group.mean,
      logvar: group.spread,
      onnx: encodeDecoder(code, group.decoder, layout)
    }
  })
}

/** Any number of items: a size that is negative is written as a free one. */
const anyNumber = -1

function encodeDecoder(
  code: DecoderCode,
  weights: ReadGroup['decoder'],
  range: Pick<LatentLayout, 'low' | 'high'>
): Uint8Array {
  const { spec, output } = code
  const graph = createGraph()
  const half = graph.constant('half', [], Float32Array.of(0.5))
  const deviation = graph.add('Exp', [graph.add('Mul', ['logvar', half])])
  const latents = graph.add('Add', ['mean', graph.add('Mul', [deviation, 'noise'])])
  const pictures = drawing(code, weights, graph, latents)
  const { middle, half: reach } = rangeParts(range)
  const bright = graph.add('Mul', [
    graph.add('Tanh', [pictures]),
    graph.constant('reach', [1, output.channels, 1, 1], Float32Array.from(reach))
  ])
  const shifted = graph.add('Add', [
    bright,
    graph.constant('middle', [1, output.channels, 1, 1], Float32Array.from(middle))
  ])
  graph.add('Transpose', [shifted], { perm: [0, 2, 3, 1] }, 'pictures')
  const input = (name: string) =>
    ({ name, type: 'float32', shape: [anyNumber, spec.latent] }) as const
  return encodeModel({
    nodes: graph.nodes,
    constants: graph.constants,
    inputs: [input('mean'), input('logvar'), input('noise')],
    outputs: [
      {
        name: 'pictures',
        type: 'float32',
        shape: [anyNumber, output.height, output.width, output.channels]
      }
    ]
  })
}

/** From latents to N x channels x height x width before the range. */
function drawing(
  { plan, output, parameters }: DecoderCode,
  weights: ReadGroup['decoder'],
  graph: Graph,
  latents: string
): string {
  const weight = (at: number): string =>
    graph.constant(parameters[at].name, parameters[at].shape, weights[at])
  const flat = graph.add('Add', [graph.add('MatMul', [latents, weight(0)]), weight(1)])
  const { height, width, channels, doublings, cut } = plan
  const shape = graph.integers('first shape', [-1, height, width, channels[0]])
  const first = graph.add('Reshape', [flat, shape])
  let seen = graph.add('Transpose', [first], { perm: [0, 3, 1, 2] })
  for (let step = 0; step < doublings; step++) {
    const bent = graph.add('LeakyRelu', [seen], { alpha: { float: leakySlope } })
    const scales = graph.constant(`scales ${step}`, [4], Float32Array.of(1, 1, 2, 2))
    // The second input, a region of interest, is left out.
    const doubled = graph.add('Resize', [bent, '', scales], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor'
    })
    const at = 2 + 2 * step
    const filter = graph.constant(
      parameters[at].name,
      [3, 2, 0, 1].map((axis) => parameters[at].shape[axis]),
      filtersFirst(weights[at], parameters[at].shape)
    )
    seen = graph.add('Conv', [doubled, filter, weight(at + 1)], { pads: [1, 1, 1, 1] })
  }
  const [top, left] = cut
  return graph.add('Slice', [
    seen,
    graph.integers('from', [top, left]),
    graph.integers('to', [top + output.height, left + output.width]),
    graph.integers('axes', [2, 3])
  ])
}

/** Filters of height x width x in x out as ONNX has them, out x in x height x width (3 x 3 here). */
function filtersFirst(values: Float32Array, shape: readonly number[]): Float32Array {
  const [height, width, inputs, outputs] = shape
  const out = new Float32Array(values.length)
  let at = 0
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let i = 0; i < inputs; i++)
        for (let o = 0; o < outputs; o++)
          out[((o * inputs + i) * height + y) * width + x] = values[at++]
  return out
}

type Graph = ReturnType<typeof createGraph>

/** Nodes and constants as they are added; each gives the name of its result. */
function createGraph() {
  const nodes: OnnxNode[] = []
  const constants: OnnxConstant[] = []
  const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
    new Uint8Array(buffer, byteOffset, byteLength)
  return {
    nodes,
    constants,
    add(
      op: string,
      inputs: readonly string[],
      attributes: NonNullable<OnnxNode['attributes']> = {},
      name = `value ${nodes.length}`
    ): string {
      nodes.push({ op, inputs, outputs: [name], attributes })
      return name
    },
    constant(name: string, shape: readonly number[], values: Float32Array): string {
      constants.push({ name, type: 'float32', shape, bytes: bytesOf(values) })
      return name
    },
    integers(name: string, values: readonly number[]): string {
      const bytes = bytesOf(BigInt64Array.from(values, BigInt))
      constants.push({ name, type: 'int64', shape: [values.length], bytes })
      return name
    }
  }
}
