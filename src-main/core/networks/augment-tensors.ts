// Augmentation of tensors that may be differentiated any number of times. For one augmentation the
// operations are always the same and the draw comes in as tensors, so that a step with it is
// compiled once, whichever group was drawn.
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'
import { transposed, type PixelMap, type RowMap } from '../compute/ops/pixel-map.ts'
import { kindOf } from './augmentation-groups.ts'
import type { InputShape } from './network.ts'
import { moveMap, stay } from './pixel-moves.ts'
import type {
  Augmentation,
  AugmentationDraw,
  AugmentationGroup,
  AugmentationStage,
  ColourChange,
  Hole,
  Move,
  StageKind
} from './siamese-augmentation.ts'

/** What {@link augmentWith} does; the same for all draws of an augmentation. Plain data. */
export interface AugmentationForm {
  readonly shape: InputShape
  readonly stages: readonly { readonly kind: StageKind; readonly isBilinear: boolean }[]
}

const order: readonly StageKind[] = ['colour', 'move', 'mask']

/** How many pixels of a moved picture a pixel may reach: 3 x 3 for the strongest enlargement. */
const bilinearReach = 16

const unchanged: ColourChange = { brightness: 0, saturation: 1, contrast: 1 }
const noHole: Hole = { top: 0, bottom: 0, left: 0, right: 0 }

/** The form of all draws of an augmentation for pictures of this shape. */
export function augmentationForm(augmentation: Augmentation, shape: InputShape): AugmentationForm {
  const { groups, mode } = augmentation
  const isBilinear = (group: AugmentationGroup): boolean => group === 'scale' || group === 'rotate'
  if (mode === 'all') {
    const stages = groups.map((group) => ({ kind: kindOf(group), isBilinear: isBilinear(group) }))
    return { shape, stages }
  }
  const kinds = order.filter((kind) => groups.some((group) => kindOf(group) === kind))
  const isAny = groups.some(isBilinear)
  return {
    shape,
    stages: kinds.map((kind) => ({ kind, isBilinear: kind === 'move' && isAny }))
  }
}

/**
 * The tensors of a draw for {@link augmentWith}; their shapes are the same for all draws of an
 * augmentation and count. The caller disposes them.
 */
export function augmentationTensors(tf: TensorFlow, draw: AugmentationDraw): Tensor[] {
  const form = augmentationForm(draw.augmentation, draw.shape)
  const count = draw.count === 'one' ? 1 : draw.count
  return form.stages.flatMap(({ kind, isBilinear }, at) => {
    // In mode "one" the draw has one stage, the form has all that might have been drawn.
    const isAll = draw.augmentation.mode === 'all'
    const drawn = isAll ? draw.stages[at] : draw.stages.find((stage) => stage.kind === kind)
    return stageTensors(tf, drawn ?? idle(kind, count), draw.shape, isBilinear)
  })
}

function idle(kind: StageKind, count: number): AugmentationStage {
  const all = <T>(change: T): T[] => Array.from({ length: count }, () => change)
  if (kind === 'colour') return { kind, changes: all(unchanged) }
  return kind === 'move' ? { kind, changes: all(stay) } : { kind, changes: all(noHole) }
}

function stageTensors(
  tf: TensorFlow,
  stage: AugmentationStage,
  shape: InputShape,
  isBilinear: boolean
): Tensor[] {
  const { kind, changes } = stage
  switch (kind) {
    case 'colour': {
      const column = (part: keyof ColourChange): Tensor =>
        tf.tensor4d(
          Float32Array.from(changes, (change) => change[part]),
          [changes.length, 1, 1, 1]
        )
      const parts = [column('brightness'), column('contrast')]
      return shape.channels === 1 ? parts : [...parts, column('saturation')]
    }
    case 'move':
      return moveTensors(tf, changes, shape, isBilinear)
    case 'mask':
      return [maskTensor(tf, changes, shape)]
  }
}

function maskTensor(tf: TensorFlow, holes: readonly Hole[], { height, width }: InputShape): Tensor {
  const kept = new Float32Array(holes.length * height * width).fill(1)
  holes.forEach(({ top, bottom, left, right }, picture) => {
    for (let row = top; row < bottom; row++) {
      const from = (picture * height + row) * width
      kept.fill(0, from + left, from + right)
    }
  })
  return tf.tensor4d(kept, [holes.length, height, width, 1])
}

/** Rows and weights of the maps of all pictures laid end to end, then those of their transposes. */
function moveTensors(
  tf: TensorFlow,
  moves: readonly Move[],
  shape: InputShape,
  isBilinear: boolean
): Tensor[] {
  const maps = moves.map((move) => moveMap(move, shape))
  const forward = maps.map((map) => (isBilinear ? withTaps(map, 4) : map))
  let reach = isBilinear ? bilinearReach : 1
  // Only pictures far from square exceed the reach.
  for (const map of maps) reach = Math.max(reach, transposed(map, reach).taps)
  return [
    ...laidOut(tf, forward),
    ...laidOut(
      tf,
      maps.map((map) => transposed(map, reach))
    )
  ]
}

function withTaps(map: PixelMap, taps: number): RowMap {
  if (map.taps === taps) return map
  const rows = new Int32Array(map.outputs * taps)
  const weights = new Float32Array(rows.length)
  for (let at = 0; at < map.outputs; at++) {
    rows[at * taps] = map.rows[at]
    weights[at * taps] = map.weights[at]
  }
  return { ...map, taps, rows, weights }
}

/** Maps x entries each; maps of several pictures name places among all pixels of the batch. */
function laidOut(tf: TensorFlow, maps: readonly RowMap[]): [Tensor, Tensor] {
  const each = maps[0].rows.length
  const rows = new Int32Array(maps.length * each)
  const weights = new Float32Array(rows.length)
  maps.forEach((map, picture) => {
    weights.set(map.weights, picture * each)
    for (let at = 0; at < each; at++)
      rows[picture * each + at] = picture * map.inputs + map.rows[at]
  })
  const size: [number, number] = [maps.length, each]
  return [tf.tensor2d(rows, size, 'int32'), tf.tensor2d(weights, size)]
}

/**
 * Changes pictures (N x H x W x C) as drawn; linear in them but for brightness. `tensors` come from
 * {@link augmentationTensors} of a draw with this form: for N pictures, or for "one".
 */
export function augmentWith(
  tf: TensorFlow,
  x: Tensor4D,
  form: AugmentationForm,
  tensors: readonly Tensor[]
): Tensor4D {
  let at = 0
  const take = <T extends Tensor>(): T => tensors[at++] as T // as augmentationTensors made them
  let seen = x
  for (const { kind } of form.stages) {
    if (kind === 'colour') seen = recolour(tf, seen, form.shape.channels, take)
    else if (kind === 'mask') seen = tf.mul(seen, take<Tensor4D>())
    else seen = moved(tf, seen, [take(), take()], [take(), take()])
  }
  return seen
}

/** {@link augmentWith} with the tensors of one draw; call it inside a tidy, which frees them. */
export function augment(tf: TensorFlow, x: Tensor4D, draw: AugmentationDraw): Tensor4D {
  const [count, height, width, channels] = x.shape
  const { shape } = draw
  if (height !== shape.height || width !== shape.width || channels !== shape.channels)
    throw new RangeError('the changes were drawn for another shape of picture')
  if (draw.count !== 'one' && draw.count !== count)
    throw new RangeError(`changes for ${draw.count} pictures, but there are ${count}`)
  return augmentWith(
    tf,
    x,
    augmentationForm(draw.augmentation, shape),
    augmentationTensors(tf, draw)
  )
}

/** Written as x a + mean (1 - a), so that a = 1 gives x to the last bit. */
function recolour(
  tf: TensorFlow,
  x: Tensor4D,
  channels: number,
  take: <T extends Tensor>() => T
): Tensor4D {
  const towards = (from: Tensor4D, axes: number[], factor: Tensor4D): Tensor4D =>
    tf.add(tf.mul(from, factor), tf.mul(tf.mean(from, axes, true), tf.sub(1, factor)))
  const [brightness, contrast] = [take<Tensor4D>(), take<Tensor4D>()]
  let seen: Tensor4D = tf.add(x, brightness)
  // A single channel is its own mean.
  if (channels > 1) seen = towards(seen, [3], take<Tensor4D>())
  return towards(seen, [1, 2, 3], contrast)
}

type MapTensors = readonly [rows: Tensor2D, weights: Tensor2D]

function moved(tf: TensorFlow, x: Tensor4D, forward: MapTensors, back: MapTensors): Tensor4D {
  const { shape } = x
  const [count, height, width, channels] = shape
  const pixels = height * width
  const batch = count / forward[0].shape[0]
  const rows: Tensor3D = tf.reshape(x, [batch, (count / batch) * pixels, channels])
  return tf.reshape(mapRowsBy(tf, rows, forward, back), shape)
}

/** B x pixels x C to the same shape by a linear map whose numbers are tensors. */
function mapRowsBy(tf: TensorFlow, x: Tensor3D, forward: MapTensors, back: MapTensors): Tensor3D {
  return tf.customGrad<Tensor3D>((...args) => {
    // customGrad hands over the tensor and a function under one type.
    const [from, save] = args as unknown as [Tensor3D, (tensors: Tensor[]) => void]
    // Kept for the gradient: the tensors may have been made in the scope that is being differentiated.
    save([...forward, ...back])
    return {
      value: plainMap(tf, from, forward),
      // The gradient of a linear map is its transpose, whose gradient is the map.
      gradFunc(dy, saved) {
        const [rows, weights, backRows, backWeights] = saved as Tensor2D[]
        return mapRowsBy(tf, dy, [backRows, backWeights], [rows, weights])
      }
    }
  })(x)
}

function plainMap(tf: TensorFlow, x: Tensor3D, [rows, weights]: MapTensors): Tensor3D {
  const [batch, pixels, channels] = x.shape
  const taps = rows.size / pixels
  const places: Tensor1D = tf.reshape(rows, [rows.size])
  const gathered = tf.gather(x, places, 1)
  const weighted = tf.mul(gathered, tf.reshape(weights, [1, rows.size, 1]))
  if (taps === 1) return weighted as Tensor3D // broadcasting keeps its shape
  return tf.sum(tf.reshape(weighted, [batch, pixels, taps, channels]), 2)
}
