// What is stored and how large it may be: the widest decoder that, with the latents and the labels,
// fits into the room of the items asked for (D3, section 5.5 of the specification: labels count, too).
import { z } from 'zod'
import { createDecoderNetwork, decoderSize, type DecoderCode } from '../../../networks/decoder.ts'
import { inputSize, type InputShape } from '../../../networks/network.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import { pictureRange } from '../matching/made-set.ts'
import { numberRules, type DistributionalParams, type NumberRule } from './params.ts'

/** Everything that is needed to draw items from the stored arrays; small JSON, kept with the set. */
export const latentLayout = z.object({
  classes: z.int(),
  /** Clouds of each class. */
  priors: z.int(),
  /** Numbers of each item. */
  latent: z.int(),
  /** Width of the decoder and number of classes of each group, in the order of the classes. */
  groups: z.array(z.object({ width: z.int(), classes: z.int() })),
  /** Items of each cloud in a set: its mean first, then draws. */
  copies: z.int(),
  storage: z.enum(numberRules),
  /** Darkest and brightest value of each channel, normalised. */
  low: z.array(z.number()),
  high: z.array(z.number())
})
export type LatentLayout = z.output<typeof latentLayout>

/** Bytes of one stored number. */
export const bytesOf: Readonly<Record<NumberRule, 1 | 2 | 4>> = { bytes: 1, half: 2, numbers: 4 }

/** Arrays of one group: means, spreads, and the decoder's. One scale of 4 bytes each when rounded. */
function scaleBytes(storage: NumberRule, arrays: number): number {
  return storage === 'bytes' ? 4 * arrays : 0
}

/** Bytes that a group of classes takes, without labels. */
export function groupBytes(
  shape: InputShape,
  { width, classes }: LatentLayout['groups'][number],
  { priors, latent, storage }: Pick<LatentLayout, 'priors' | 'latent' | 'storage'>
): number {
  const { parameters } = createDecoderNetwork({ latent, width }, shape)
  const numbers = decoderSize({ latent, width }, shape) + 2 * latent * priors * classes
  return numbers * bytesOf[storage] + scaleBytes(storage, parameters.length + 2)
}

/** Bytes of labels: shares of all classes in half precision, or one class index, for each cloud. */
export function labelBytes(classes: number, priors: number, isSoft: boolean): number {
  return priors * classes * (isSoft ? 2 * classes : classes <= 256 ? 1 : 2)
}

const widest = 512

/** The layout for what was asked; `fits` tells whether it is within the room. */
export function planLayout(
  { shape, perClass, classNames, ...inputs }: LayoutInputs,
  params: Pick<
    DistributionalParams,
    'priors' | 'latent' | 'groups' | 'labels' | 'storage' | 'drawsPerClass'
  >
): { readonly layout: LatentLayout; readonly room: number; readonly fits: boolean } {
  const range = pictureRange({ ...inputs, data: 'pictures' })
  if (range === undefined)
    throw new RangeError('only pictures have a darkest and a brightest value')
  const classes = classNames.length
  const priors = params.priors === 0 ? Math.min(10, perClass) : params.priors
  const storage = params.storage
  const room = perClass * classes * inputSize(shape)
  const forLabels = labelBytes(classes, priors, params.labels === 'try-soft')
  const latent =
    params.latent === 0 ? usualLatent(room - forLabels, classes * priors) : params.latent
  let fits = true
  const groups = groupSizes(classes, params.groups).map((size) => {
    const own = ((room - forLabels) * size) / classes
    let width = 1
    const takes = (tried: number): number =>
      groupBytes(shape, { width: tried, classes: size }, { priors, latent, storage })
    if (takes(width) > own) fits = false
    while (width < widest && takes(width + 1) <= own) width++
    return { width, classes: size }
  })
  // The mean of each cloud, and at least one draw of it.
  const copies = Math.max(2, Math.ceil(params.drawsPerClass / priors))
  return {
    layout: { classes, priors, latent, groups, copies, storage, ...copied(range) },
    room,
    fits
  }
}

/** What the layout depends on. */
export type LayoutInputs = Pick<
  DistillationInputs,
  'shape' | 'perClass' | 'classNames' | 'normalisation'
>

function copied(range: { readonly low: readonly number[]; readonly high: readonly number[] }) {
  return { low: [...range.low], high: [...range.high] }
}

/** Numbers of an item: 8 to 64, so that all clouds take about an eighth of the room at most. */
function usualLatent(room: number, clouds: number): number {
  let latent = 64
  while (latent > 8 && 2 * latent * clouds > room / 8) latent /= 2
  return latent
}

/** Sizes of consecutive groups of classes, as equal as can be; never more groups than classes. */
export function groupSizes(classes: number, groups: number): number[] {
  const count = Math.min(groups, classes)
  return Array.from(
    { length: count },
    (_, g) => Math.floor(((g + 1) * classes) / count) - Math.floor((g * classes) / count)
  )
}

/** The decoder of a group. */
export function groupDecoder(
  { latent, groups }: Pick<LatentLayout, 'latent' | 'groups'>,
  group: number,
  shape: InputShape
): DecoderCode {
  return createDecoderNetwork({ latent, width: groups[group].width }, shape)
}
