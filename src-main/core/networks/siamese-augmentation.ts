// Differentiable Siamese augmentation (Zhao and Bilen 2021b, section 3): the same random change for
// real and synthetic pictures while matching, a change of its own for each picture while training.
import type { AffineMatrix } from '../compute/ops/pixel-map.ts'
import type { Random } from '../compute/random.ts'
import type { InputShape } from './network.ts'

export { augment, augmentWith, augmentationForm, augmentationTensors } from './augment-tensors.ts'
export { augmentValues } from './augment-values.ts'

/** A change of pictures. */
export type AugmentationGroup = 'colour' | 'crop' | 'cutout' | 'flip' | 'scale' | 'rotate'

/** Changes that may happen. Plain data: it travels to other threads and into manifests. */
export interface Augmentation {
  readonly groups: readonly AugmentationGroup[]
  /** "one": one group at random per call, as in the papers; "all": all of them in order. */
  readonly mode: 'one' | 'all'
}

/** The papers' strategy for photos and clothes. */
export const photoAugmentation: Augmentation = {
  groups: ['colour', 'crop', 'cutout', 'flip', 'scale', 'rotate'],
  mode: 'one'
}

/** For digits, letters and signs: a mirrored one means something else. */
export const signAugmentation: Augmentation = {
  groups: ['colour', 'crop', 'cutout', 'scale', 'rotate'],
  mode: 'one'
}

/** Numbers of a change of brightness, then saturation, then contrast; 0, 1 and 1 change nothing. */
export interface ColourChange {
  readonly brightness: number
  readonly saturation: number
  readonly contrast: number
}

/** Where a picture's pixels go; what comes in from outside is 0, the mean grey of normalised pixels. */
export type Move =
  | { readonly kind: 'flip'; readonly isMirrored: boolean }
  | { readonly kind: 'shift'; readonly down: number; readonly right: number }
  | { readonly kind: 'affine'; readonly matrix: AffineMatrix }

/** Rows top..bottom - 1 and columns left..right - 1 become 0. */
export interface Hole {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** One kind of change with its numbers, one entry for each picture or one for all of them. */
export type AugmentationStage =
  | { readonly kind: 'colour'; readonly changes: readonly ColourChange[] }
  | { readonly kind: 'move'; readonly changes: readonly Move[] }
  | { readonly kind: 'mask'; readonly changes: readonly Hole[] }

export type StageKind = AugmentationStage['kind']

/** Random changes that were drawn: plain numbers, so that the same draw can be used anywhere. */
export interface AugmentationDraw {
  readonly augmentation: Augmentation
  readonly shape: InputShape
  /** Pictures with a change each, or "one" change for any number of pictures. */
  readonly count: number | 'one'
  /** What happens, in order; a kind that is missing changes nothing. */
  readonly stages: readonly AugmentationStage[]
}

/**
 * Draws changes for `count` pictures, or "one" change for a whole batch and its counterpart. In mode
 * "one" the group is drawn for the call and its numbers for each picture, as in the published code.
 */
export function drawAugmentation(
  random: Random,
  augmentation: Augmentation,
  shape: InputShape,
  count: number | 'one'
): AugmentationDraw {
  const { groups, mode } = augmentation
  const used =
    mode === 'all' || groups.length === 0 ? groups : [groups[random.below(groups.length)]]
  const times = count === 'one' ? 1 : count
  const stages = used.map((group) => drawStage(random, group, shape, times))
  return { augmentation, shape, count, stages }
}

function drawStage(
  random: Random,
  group: AugmentationGroup,
  shape: InputShape,
  times: number
): AugmentationStage {
  const each = <T>(draw: () => T): T[] => Array.from({ length: times }, draw)
  switch (group) {
    case 'colour':
      return { kind: 'colour', changes: each(() => drawColour(random)) }
    case 'cutout':
      return { kind: 'mask', changes: each(() => drawHole(random, shape)) }
    default:
      return { kind: 'move', changes: each(() => drawMove(random, group, shape)) }
  }
}

function drawColour(random: Random): ColourChange {
  const [brightness, saturation, contrast] = [random.uniform(), random.uniform(), random.uniform()]
  return { brightness: brightness - 0.5, saturation: 2 * saturation, contrast: contrast + 0.5 }
}

/** A square of half the side whose centre lies anywhere, so that it is smaller at the border. */
function drawHole(random: Random, { height, width }: InputShape): Hole {
  const [top, bottom] = drawSpan(random, height)
  const [left, right] = drawSpan(random, width)
  return { top, bottom, left, right }
}

function drawSpan(random: Random, side: number): readonly [from: number, to: number] {
  const length = Math.round(0.5 * side)
  const centre = random.below(side + (length % 2 === 0 ? 1 : 0))
  const from = centre - Math.floor(length / 2)
  return [Math.max(0, from), Math.min(side, from + length)]
}

const mostScale = 1.2
const mostDegrees = 15
const mostShift = 0.125

function drawMove(
  random: Random,
  group: 'crop' | 'flip' | 'scale' | 'rotate',
  { height, width }: InputShape
): Move {
  switch (group) {
    case 'flip':
      return { kind: 'flip', isMirrored: random.below(2) === 1 }
    case 'crop': {
      const shift = (side: number): number => {
        const most = Math.round(mostShift * side)
        return random.below(2 * most + 1) - most
      }
      return { kind: 'shift', down: shift(height), right: shift(width) }
    }
    case 'scale': {
      const least = 1 / mostScale
      const factor = (): number => least + random.uniform() * (mostScale - least)
      return { kind: 'affine', matrix: [factor(), 0, 0, factor()] }
    }
    case 'rotate': {
      const angle = ((2 * random.uniform() - 1) * mostDegrees * Math.PI) / 180
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
      return { kind: 'affine', matrix: [cosine, -sine, sine, cosine] }
    }
  }
}
