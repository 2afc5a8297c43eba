// The "Reading the items" phase of pairs: the fingerprints of both halves are made where they are not
// there yet, and rows that lack a half are left out and counted.
import { AppError } from '../../../api/errors.ts'
import type { JobContext } from '../../jobs/job-kind.ts'
import { dataPlace, type DataPlace } from '../distil-data.ts'
import type { FrozenSplit } from '../frozen-split.ts'
import type { ReadItems, ReadResult } from '../read-items.ts'
import { halvesOf } from './halves.ts'
import type { MissingHalvesInput, MissingHalvesOutput } from './pair-data.ts'

/** Fewest pairs that can be learned from. */
export const leastPairs = 20

const parts = ['train', 'validation', 'test'] as const

/** Reads the pairs, or finds them read. Throws AppError "method-not-possible" when too few are whole. */
export async function readPairs(run: ReadItems): Promise<ReadResult> {
  const place = await placeOfPairs(run, run.split)
  const missing = await missingHalves(run.context, place)
  const kept = parts.map((part) => missing[part].flatMap((lack, i) => (lack === 0 ? [i] : [])))
  const [train, validation, test] = kept
  if (train.length < leastPairs || validation.length < 2)
    throw new AppError(
      'method-not-possible',
      `Only ${train.length.toLocaleString('en')} rows have a picture that can be read and a text with words; that is too few to learn from.`,
      { hint: 'Check that the pictures are where they were, and add more pairs.' }
    )
  const { split } = run
  const rows = (part: (typeof parts)[number], places: readonly number[]) => ({
    [part]: Uint32Array.from(places, (i) => split[part][i]),
    [`${part}Labels`]: new Int32Array(places.length)
  })
  const whole: FrozenSplit = {
    ...split,
    ...rows('train', train),
    ...rows('validation', validation),
    ...rows('test', test)
  }
  return {
    split: whole,
    data: { ...place, ...dataPlace(whole, 'vectors', place.path) },
    notes: missingNotes(parts.flatMap((part) => missing[part]))
  }
}

/** The place of pairs; makes the fingerprints of both halves when needed. */
export async function placeOfPairs(
  { context, features, dataset }: ReadItems,
  split: FrozenSplit
): Promise<DataPlace> {
  const halves = halvesOf(dataset)
  const pictures = await features.ensure(withoutNotes(context), halves.pictures, undefined)
  const texts = await features.ensure(withoutNotes(context), halves.texts, undefined)
  return { ...dataPlace(split, 'vectors', pictures.path), pairs: { texts: texts.path } }
}

/** Unreadable ones take no part here, unlike in other uses of fingerprints: they are counted below. */
function withoutNotes(context: JobContext): JobContext {
  return { ...context, note: () => undefined }
}

async function missingHalves(
  { pool, signal }: JobContext,
  place: DataPlace
): Promise<Readonly<Record<(typeof parts)[number], readonly number[]>>> {
  const { pairs, path } = place
  if (pairs === undefined) throw new Error('the place holds no pairs')
  const ask = async (rows: Uint32Array): Promise<readonly number[]> => {
    const { missing } = await pool.run<MissingHalvesInput, never, MissingHalvesOutput>(
      { name: 'distil-missing-halves' },
      { pictures: path, texts: pairs.texts, rows },
      { signal }
    )
    return [...missing]
  }
  return {
    train: await ask(place.train.rows),
    validation: await ask(place.validation.rows),
    test: await ask(place.test.rows)
  }
}

function missingNotes(missing: readonly number[]): string[] {
  const count = (is: (lack: number) => boolean): number => missing.filter(is).length
  const pictures = count((lack) => (lack & 1) !== 0)
  const texts = count((lack) => (lack & 2) !== 0)
  const say = (found: number, one: string, many: string): string[] =>
    found === 0
      ? []
      : [
          `${found.toLocaleString('en')} ${found === 1 ? `row has ${one} and takes` : `rows have ${many} and take`} no part.`
        ]
  return [
    ...say(pictures, 'no picture that can be read', 'no picture that can be read'),
    ...say(texts, 'no text with words', 'no text with words')
  ]
}
