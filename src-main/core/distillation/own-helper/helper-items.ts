// Items as a helper model of the analyst's own takes them: back from normalised numbers to pixels,
// brought to its size, its channels, its scale and its order of numbers.
import type { HelperValues } from '../../../api/dto/distil.ts'
import { resizeCrop } from '../../methods/distillation/realistic-tiles/crops.ts'
import type { Normalisation } from '../../methods/distillation/distillation-method.ts'
import { inputSize, type InputShape } from '../../networks/network.ts'
import type { HelperFacts } from './helper-facts.ts'

/** Mean and spread of ImageNet's colours, of pixels / 255: what most published models take. */
const imagenet = { mean: [0.485, 0.456, 0.406], sd: [0.229, 0.224, 0.225] } as const

/** Shares of red, green and blue in how light a colour looks (ITU-R BT.601). */
const lightness = [0.299, 0.587, 0.114] as const

/** How items are put to the model. */
export interface ItemForm {
  readonly input: HelperFacts['input']
  readonly values: HelperValues
  /** Of the items as they come. */
  readonly shape: InputShape
  readonly normalisation: Normalisation
}

/** Height and width that the model is given. */
export function givenSize({ input, shape }: Pick<ItemForm, 'input' | 'shape'>): {
  readonly height: number
  readonly width: number
} {
  return { height: input.height ?? shape.height, width: input.width ?? shape.width }
}

/**
 * Normalised items, count x height x width x channels, as the model takes them: one after the other,
 * in its own order. Rows of numbers keep their columns; their scale is undone unless `values` says
 * that the model takes them as students do.
 */
export function formItems(form: ItemForm, items: Float32Array): Float32Array {
  const { input, shape } = form
  if (input.layout === 'rows') return rawRows(form, items)
  const size = inputSize(shape)
  const to = givenSize(form)
  const each = to.height * to.width * input.channels
  const count = items.length / size
  const out = new Float32Array(count * each)
  const isSame = to.height === shape.height && to.width === shape.width
  const whole = { top: 0, left: 0, height: shape.height, width: shape.width }
  for (let item = 0; item < count; item++) {
    const own = items.subarray(item * size, (item + 1) * size)
    const sized = isSame ? own : resizeCrop(own, shape, whole, to)
    const coloured = withChannels(form, sized)
    out.set(
      input.layout === 'NHWC' ? coloured : channelsFirst(coloured, input.channels),
      item * each
    )
  }
  return out
}

function rawRows({ values, normalisation }: ItemForm, items: Float32Array): Float32Array {
  if (values === 'as-students') return items
  const { mean, sd } = normalisation
  return items.map((value, at) => value * sd[at % sd.length] + mean[at % mean.length])
}

/** Pixels in the model's number of channels and on its scale; channels last. */
function withChannels({ input, values, shape, normalisation }: ItemForm, pixels: Float32Array) {
  const from = shape.channels
  const to = input.channels
  const pixelCount = pixels.length / from
  const out = new Float32Array(pixelCount * to)
  const isRaw = values !== 'as-students'
  const share = (pixel: number, channel: number): number => {
    const value = pixels[pixel * from + channel]
    return isRaw ? value * normalisation.sd[channel] + normalisation.mean[channel] : value
  }
  for (let pixel = 0; pixel < pixelCount; pixel++)
    for (let channel = 0; channel < to; channel++) {
      const own =
        from === to
          ? share(pixel, channel)
          : from === 1
            ? share(pixel, 0)
            : lightness.reduce((sum, weight, colour) => sum + weight * share(pixel, colour), 0)
      out[pixel * to + channel] = scaled(own, values, to === 1 ? undefined : channel)
    }
  return out
}

function scaled(share: number, values: HelperValues, channel: number | undefined): number {
  if (values === 'bytes') return share * 255
  if (values !== 'imagenet') return share
  // Grey models of this kind take the mean of the three.
  const mean = channel === undefined ? average(imagenet.mean) : imagenet.mean[channel]
  const sd = channel === undefined ? average(imagenet.sd) : imagenet.sd[channel]
  return (share - mean) / sd
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

function channelsFirst(pixels: Float32Array, channels: number): Float32Array {
  if (channels === 1) return pixels
  const plane = pixels.length / channels
  const out = new Float32Array(pixels.length)
  for (let at = 0; at < pixels.length; at++)
    out[(at % channels) * plane + Math.floor(at / channels)] = pixels[at]
  return out
}
