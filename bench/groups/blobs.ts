// Two blobs on black, learned without labels: do squares of a blob share a group? Pair F1 against the
// known masks, over held-out pictures.
import type { Device } from '../../src-main/core/compute/devices/device.ts'
import { createRandom, type Random } from '../../src-main/core/compute/random.ts'
import { openForward, pictureOfHead } from '../../src-main/core/groups/forward.ts'
import { alignStarts, pairF1 } from '../../src-main/core/groups/group-picture.ts'
import { createGrouping } from '../../src-main/core/networks/grouping/grouping-spec.ts'
import { usualDino } from '../../src-main/core/networks/grouping/objectives.ts'
import { startTokenizer } from '../../src-main/core/networks/grouping/train-tokenizer.ts'
import { usualViews } from '../../src-main/core/networks/grouping/views.ts'

const side = 16
const patch = 2
const squares = side / patch

/** A picture with its masks: 0 and 1 the blobs, 2 what is behind them. */
function drawBlobs(random: Random): { readonly pixels: Float32Array; readonly masks: Int32Array } {
  const pixels = new Float32Array(side * side * 3).fill(-1)
  const masks = new Int32Array(squares * squares).fill(2)
  const colours = [
    [1, -1, -1],
    [-1, -1, 1]
  ]
  const isFirstLeft = random.below(2) === 0
  colours.forEach((colour, blob) => {
    const half = (blob === 0) === isFirstLeft ? 0 : squares / 2
    const [top, left] = [random.below(squares - 2), half + random.below(squares / 2 - 2)]
    for (let row = top; row < top + 3; row++)
      for (let column = left; column < left + 3; column++) {
        masks[row * squares + column] = blob
        for (let y = row * patch; y < (row + 1) * patch; y++)
          for (let x = column * patch; x < (column + 1) * patch; x++)
            pixels.set(colour, (y * side + x) * 3)
      }
  })
  return { pixels, masks }
}

/** Mean pair F1 of each head of each layer over held-out pictures, best first. */
export function blobScores(
  { tf }: Device,
  steps: number,
  seed: number
): readonly { readonly layer: number; readonly head: number; readonly f1: number }[] {
  const random = createRandom(seed)
  const pictures = Array.from({ length: 256 }, () => drawBlobs(random))
  const network = createGrouping(
    { patch, width: 32, layers: 2, heads: 2, headWidth: 16, ratio: 2 },
    { height: side, width: side, channels: 3 }
  )
  const detail = { groups: 4, rounds: 3 }
  const training = startTokenizer(
    tf,
    network,
    {
      count: pictures.length,
      labels: new Int32Array(pictures.length),
      read(rows) {
        const out = new Float32Array(rows.length * side * side * 3)
        rows.forEach((row, at) => out.set(pictures[row].pixels, at * side * side * 3))
        return out
      }
    },
    {
      objective: {
        kind: 'views',
        rules: { ...usualDino, hidden: 64, bottleneck: 32, outputs: 64 },
        teacherMomentum: 0.98
      },
      effort: detail,
      views: { ...usualViews, light: 0.1 },
      batch: 32,
      steps,
      rate: 2e-3,
      decay: [0.04, 0.04],
      warmUp: 0.1,
      clip: 3
    },
    random.fork('learning')
  )
  for (let step = 0; step < steps; step++) training.step()
  const model = {
    ...{ network, parameters: training.network(), seed, sha256: '' },
    normalisation: { mean: [0, 0, 0], sd: [1, 1, 1] },
    learnsFrom: 'pictures' as const
  }
  training.dispose()
  const forward = openForward(tf, model)
  const sums = new Map<string, number>()
  const starts = 8
  const tested = Array.from({ length: 40 }, () => drawBlobs(random))
  tested.forEach(({ pixels, masks }, row) => {
    const inputs = new Float32Array(starts * pixels.length)
    for (let start = 0; start < starts; start++) inputs.set(pixels, start * pixels.length)
    const said = forward.pass(
      inputs,
      Array.from({ length: starts }, (_, start) => ({ row, start })),
      detail
    )
    said.shares.forEach((shares, layer) => {
      for (let head = 0; head < network.spec.heads; head++) {
        const own = Array.from({ length: starts }, (_, at) =>
          pictureOfHead(model, shares, starts, head, at)
        )
        const { owners } = alignStarts(own, squares * squares, detail.groups)
        const key = `${layer} ${head}`
        sums.set(key, (sums.get(key) ?? 0) + pairF1(owners, masks) / tested.length)
      }
    })
  })
  forward.dispose()
  return [...sums]
    .map(([key, f1]) => {
      const [layer = 0, head = 0] = key.split(' ').map(Number)
      return { layer, head, f1 }
    })
    .toSorted((a, b) => b.f1 - a.f1)
}
