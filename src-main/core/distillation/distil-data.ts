// The items of a run as networks take them: opened in a compute thread from decoded pictures or from
// fingerprints, normalised by what the training items look like.
import { openNpy } from '../features/npy.ts'
import type {
  LabelledRows,
  Normalisation,
  TargetRows
} from '../methods/distillation/distillation-method.ts'
import type { InputShape } from '../networks/network.ts'
import {
  columnNormalisation,
  labelledColumns,
  labelledPictures,
  pictureNormalisation
} from '../networks/normalisation.ts'
import { openCheckPixels } from '../selection/check-pixels.ts'
import { openPairs, type PairPlace } from './pairs/pair-data.ts'
import type { FrozenSplit } from './frozen-split.ts'
import { openTargetRows, type TargetPlace } from './target-rows.ts'

/** Rows of the dataset with their classes. Plain data: it travels to compute threads. */
export interface PartRows {
  /** Ascending. */
  readonly rows: Uint32Array
  readonly labels: Int32Array
}

/** Where the items of a run are. Plain data: it travels to compute threads. */
export interface DataPlace {
  readonly kind: 'pictures' | 'vectors'
  /** Folder of decoded pictures, or the .npy file of fingerprints. */
  readonly path: string
  readonly classNames: readonly string[]
  readonly train: PartRows
  readonly validation: PartRows
  readonly test: PartRows
  /** What items are learned as in place of labels; absent = labels. */
  readonly targets?: TargetPlace
  /** Set where a row is a picture's fingerprint and then that of its text. */
  readonly pairs?: PairPlace
}

/** Where the items of a run are, once they were read. */
export function dataPlace(split: FrozenSplit, kind: DataPlace['kind'], path: string): DataPlace {
  const part = (name: 'train' | 'validation' | 'test'): PartRows => ({
    rows: split[name],
    labels: split[`${name}Labels`]
  })
  return {
    kind,
    path,
    classNames: split.classNames,
    train: part('train'),
    validation: part('validation'),
    test: part('test')
  }
}

/** An opened place: what {@link openDistilData} reads from it. */
export interface DistilData {
  readonly shape: InputShape
  readonly normalisation: Normalisation
  readonly classNames: readonly string[]
  /** Whole training items, in memory. */
  readonly train: LabelledRows
  part(name: 'validation' | 'test'): Promise<LabelledRows>
  /** Set where the place names targets. */
  readonly targets?: TargetRows
  /** Set where rows are pairs: how many columns are the picture's. */
  readonly pairs?: { readonly pictureColumns: number }
  close(): Promise<void>
}

/** Opens the items of a run. Close it when done. */
export async function openDistilData(place: DataPlace): Promise<DistilData> {
  if (place.pairs !== undefined) return openPairs(place, place.pairs)
  const targets =
    place.targets === undefined ? {} : { targets: await openTargetRows(place.targets, place) }
  const data = await (place.kind === 'pictures' ? openPictures(place) : openVectors(place))
  return { ...data, ...targets }
}

async function openPictures(place: DataPlace): Promise<DistilData> {
  const pixels = await openCheckPixels(place.path)
  try {
    const shape = { height: pixels.size, width: pixels.size, channels: pixels.channels }
    const train = await pixels.read(place.train.rows)
    const normalisation = pictureNormalisation(train, shape.channels)
    return {
      shape,
      normalisation,
      classNames: place.classNames,
      train: labelledPictures(train, place.train.labels, shape, normalisation),
      async part(name) {
        const { rows, labels } = place[name]
        return labelledPictures(await pixels.read(rows), labels, shape, normalisation)
      },
      close: () => pixels.close()
    }
  } catch (error) {
    await pixels.close()
    throw error
  }
}

async function openVectors(place: DataPlace): Promise<DistilData> {
  const source = await openNpy(place.path)
  try {
    const shape = { height: 1, width: 1, channels: source.columns }
    const train = await source.readRows(place.train.rows)
    const normalisation = columnNormalisation(train, source.columns)
    return {
      shape,
      normalisation,
      classNames: place.classNames,
      train: labelledColumns(train, place.train.labels, normalisation),
      async part(name) {
        const { rows, labels } = place[name]
        return labelledColumns(await source.readRows(rows), labels, normalisation)
      },
      close: () => source.close()
    }
  } catch (error) {
    await source.close()
    throw error
  }
}
