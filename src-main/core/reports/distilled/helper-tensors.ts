// Helper models kept with a tiny set as named arrays in half precision, in PyTorch's order of numbers.
import { createNetwork } from '../../networks/create-network.ts'
import { halfBits } from '../../compute/half-precision.ts'
import type { InputShape, NetworkSpec, ParameterShape } from '../../networks/network.ts'
import type { NamedTensor } from './tensors.ts'
import type { TinySet } from './tiny-set.ts'

/**
 * The weights of every helper model: "model1.conv1.weight" and so on, first all parameters, then running
 * means and variances. Convolutions are out x in x height x width, dense layers out x in with the
 * numbers of a picture channel by channel, as PyTorch flattens it. Empty where none is kept.
 */
export function helperTensors({
  targets,
  facts,
  result
}: Pick<TinySet, 'targets' | 'facts' | 'result'>): NamedTensor[] {
  const changed = targets.kind === 'soft' ? targets.changed : undefined
  if (changed?.kind !== 'teacher') return []
  const { shape } = facts
  const network = createNetwork(changed.network, shape, result.classNames.length)
  return changed.models.flatMap(({ parameters, statistics }, model) => {
    let at = 0
    const take = (from: Float32Array, count: number): Float32Array =>
      from.subarray(at, (at += count))
    const name = (of: string): string => `model${model + 1}.${of}`
    const weights = network.parameters.map((parameter): NamedTensor => {
      const own = take(
        parameters,
        parameter.shape.reduce((n, side) => n * side, 1)
      )
      const torch = inTorchOrder(parameter, own, flattened(changed.network, shape, parameter))
      return {
        name: name(parameter.name),
        shape: torch.shape,
        values: Uint16Array.from(torch.values, halfBits),
        isHalf: true
      }
    })
    at = 0
    const running = network.normalised.flatMap((width, place) =>
      ['mean', 'variance'].map((of): NamedTensor => ({
        name: name(`norm${place + 1}.${of}`),
        shape: [width],
        values: take(statistics, width).slice()
      }))
    )
    return [...weights, ...running]
  })
}

/** Sides and channels of the picture that a dense layer reads flat; undefined where it reads no picture. */
function flattened(
  { kind, width }: NetworkSpec,
  { height, width: across, channels }: InputShape,
  { shape, name }: ParameterShape
): readonly [pixels: number, channels: number] | undefined {
  if (shape.length !== 2) return undefined
  if (kind === 'convnet' && name === 'classifier.weight') return [shape[0] / width, width]
  const reads = height * across * channels
  return kind !== 'convnet' && kind !== 'resnet' && shape[0] === reads
    ? [height * across, channels]
    : undefined
}

function inTorchOrder(
  { shape }: ParameterShape,
  values: Float32Array,
  picture: readonly [pixels: number, channels: number] | undefined
): { readonly shape: readonly number[]; readonly values: Float32Array } {
  if (shape.length === 4) {
    const [height, width, inputs, outputs] = shape
    const out = new Float32Array(values.length)
    const pixels = height * width
    values.forEach((value, at) => {
      const output = at % outputs
      const input = Math.floor(at / outputs) % inputs
      const pixel = Math.floor(at / (outputs * inputs))
      out[(output * inputs + input) * pixels + pixel] = value
    })
    return { shape: [outputs, inputs, height, width], values: out }
  }
  if (shape.length !== 2) return { shape, values }
  const [inputs, outputs] = shape
  const [pixels, channels] = picture ?? [inputs, 1]
  const out = new Float32Array(values.length)
  values.forEach((value, at) => {
    const [input, output] = [Math.floor(at / outputs), at % outputs]
    const [pixel, channel] = [Math.floor(input / channels), input % channels]
    out[output * inputs + channel * pixels + pixel] = value
  })
  return { shape: [outputs, inputs], values: out }
}
