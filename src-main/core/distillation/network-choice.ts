// Which network a run works with: as wide and deep as the effort and the size of the pictures say.
import type { DistilDraft, DistilEffort } from '../../api/dto/distil.ts'
import type { InputShape, NetworkSpec } from '../networks/network.ts'

const pictureWidths: Readonly<Record<DistilEffort, number>> = {
  quick: 16,
  standard: 32,
  thorough: 64
}
const rowWidths: Readonly<Record<DistilEffort, number>> = {
  quick: 64,
  standard: 128,
  thorough: 256
}

/** The network that students are, and that methods match in. */
export function networkFor(
  draft: Pick<DistilDraft, 'effort' | 'width'>,
  shape: InputShape
): NetworkSpec {
  if (isRow(shape))
    return { kind: 'mlp', width: draft.width ?? rowWidths[draft.effort], depth: 2, norm: 'none' }
  return {
    kind: 'convnet',
    width: draft.width ?? pictureWidths[draft.effort],
    depth: depthFor(Math.min(shape.height, shape.width)),
    norm: 'instance'
  }
}

/** Another kind of network, to see whether the set works for it, too. */
export function otherNetworkFor(shape: InputShape): NetworkSpec {
  return isRow(shape)
    ? { kind: 'linear', width: 0, depth: 0, norm: 'none' }
    : { kind: 'mlp', width: 128, depth: 2, norm: 'none' }
}

function isRow({ height, width }: InputShape): boolean {
  return height === 1 && width === 1
}

/** Halvings that leave a picture of a few pixels: 3 for 16 to 47 pixels, 4 above. */
function depthFor(side: number): number {
  if (side >= 48) return 4
  return side >= 16 ? 3 : 2
}
