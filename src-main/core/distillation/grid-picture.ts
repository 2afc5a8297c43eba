// Items of a tiny set as pictures for people: one PNG, or a grid with one row of cells per label.
import sharp from 'sharp'
import type { DistilledSet, Normalisation } from '../methods/distillation/distillation-method.ts'
import { inputSize, type InputShape } from '../networks/network.ts'
import { toPixels } from '../networks/normalisation.ts'

/** A grid of items without gaps between its cells; `png` is null for rows of numbers. */
export interface Grid {
  readonly png: Uint8Array<ArrayBuffer> | null
  readonly columns: number
  readonly rows: number
  /** Label of each row of cells. */
  readonly labels: readonly string[]
}

/** Cells in a grid at most, and cells in a row at most. */
const mostCells = 100
const mostColumns = 10

/** What is needed to show items. */
export interface PictureFacts {
  readonly shape: InputShape
  readonly normalisation: Normalisation
}

/** A PNG of pixels in rows. */
export async function encodePng(
  pixels: Uint8Array,
  width: number,
  height: number,
  channels: number
): Promise<Uint8Array<ArrayBuffer>> {
  const raw = { width, height, channels: channels === 1 ? 1 : 3 } as const
  const { data } = await sharp(Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength), {
    raw
  })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 6 })
    .toBuffer({ resolveWithObject: true })
  return new Uint8Array(data)
}

/** Items by class, in their order. */
function itemsByClass(labels: Int32Array, classes: number): number[][] {
  const groups = Array.from({ length: classes }, (): number[] => [])
  labels.forEach((label, item) => groups[label]?.push(item))
  return groups
}

/** The first items of each label in a grid. */
export async function paintGrid(
  set: Pick<DistilledSet, 'values' | 'labels'>,
  facts: PictureFacts & { readonly classNames: readonly string[] }
): Promise<Grid> {
  const groups = itemsByClass(set.labels, facts.classNames.length)
    .map((items, label) => ({ items, name: facts.classNames[label] }))
    .filter(({ items }) => items.length > 0)
  const columns = Math.min(mostColumns, Math.max(1, ...groups.map(({ items }) => items.length)))
  const shown = groups.slice(0, Math.max(1, Math.floor(mostCells / columns)))
  const grid = { columns, rows: shown.length, labels: shown.map(({ name }) => name) }
  const { shape } = facts
  if (shape.height === 1 && shape.width === 1) return { ...grid, png: null }
  const [width, height] = [columns * shape.width, Math.max(1, shown.length) * shape.height]
  const size = inputSize(shape)
  const out = new Uint8Array(width * height * shape.channels).fill(128)
  shown.forEach(({ items }, row) =>
    items.slice(0, columns).forEach((item, column) => {
      const cell = toPixels(
        set.values.subarray(item * size, (item + 1) * size),
        shape.channels,
        facts.normalisation
      )
      const line = shape.width * shape.channels
      for (let y = 0; y < shape.height; y++)
        out.set(
          cell.subarray(y * line, (y + 1) * line),
          ((row * shape.height + y) * width + column * shape.width) * shape.channels
        )
    })
  )
  return { ...grid, png: await encodePng(out, width, height, shape.channels) }
}
