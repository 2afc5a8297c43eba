// A dataset of texts with a picture each for this folder's tests: rows that name their picture, and the
// fingerprints of both halves as files of zeros where a half is missing.
import { join } from 'node:path'
import { writeNpy } from '../../features/npy.ts'
import { rotatedPairs } from '../../evaluation/pairs/pairs.test-support.ts'
import type { ReadyFeatures, SelectFeatures } from '../../selection/ready-features.ts'
import type { DatasetRecord } from '../../store/records.ts'
import type { DistilFixture } from '../distil.test-support.ts'

export const testHalves = { pictureColumns: 6, textColumns: 5 } as const

/** Rows that lack a half. */
export interface Lacking {
  readonly pictures?: readonly number[]
  readonly texts?: readonly number[]
}

/** A fixture whose fingerprints are those of pairs, and its dataset "pairs". */
export async function addPairs(
  fixture: DistilFixture,
  count: number,
  lacking: Lacking = {}
): Promise<{ readonly fixture: DistilFixture; readonly dataset: DatasetRecord }> {
  const { pictureColumns, textColumns } = testHalves
  const columns = pictureColumns + textColumns
  const { values } = rotatedPairs(testHalves, count, 1)
  const pictures = new Float32Array(count * pictureColumns)
  const texts = new Float32Array(count * textColumns)
  for (let row = 0; row < count; row++) {
    const own = values.subarray(row * columns, (row + 1) * columns)
    if (lacking.pictures?.includes(row) !== true)
      pictures.set(own.subarray(0, pictureColumns), row * pictureColumns)
    if (lacking.texts?.includes(row) !== true)
      texts.set(own.subarray(pictureColumns), row * textColumns)
  }
  const ready = async (name: string, rows: Float32Array, width: number): Promise<ReadyFeatures> => {
    const path = join(fixture.folder, `${name}.npy`)
    await writeNpy(path, rows, count, width)
    const facts = { extractor: name, extractorVersion: 1, device: 'plain JavaScript' }
    return { path, key: `key-${name}`, rows: count, columns: width, ...facts }
  }
  const halves = {
    pictures: await ready('pictures', pictures, pictureColumns),
    texts: await ready('texts', texts, textColumns)
  }
  const items = Array.from({ length: count }, (_, row) => ({
    label: -1,
    trueLabel: -1,
    numbers: new Float32Array(1),
    content: `row ${row}`,
    text: lacking.texts?.includes(row) === true ? '' : `text of picture ${row}`,
    ...(lacking.pictures?.includes(row) === true ? {} : { pictures: [`pictures/${row}.png`] })
  }))
  const dataset = await fixture.addDataset('pairs', items, { kind: 'text', format: 'jsonl' })
  const half = ({ kind }: DatasetRecord): ReadyFeatures =>
    kind === 'images' ? halves.pictures : halves.texts
  const features: SelectFeatures = {
    ...fixture.features,
    ensure(context, of) {
      context.note(`fingerprints of ${of.kind}`)
      return Promise.resolve(half(of))
    },
    cached: (of) => Promise.resolve(half(of))
  }
  return { fixture: { ...fixture, features }, dataset }
}
