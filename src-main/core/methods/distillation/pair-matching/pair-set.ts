// From pairs to the tiny training set: what is stored, what students learn by, and what they find.
import { hashString } from '../../../compute/random.ts'
import { pairHeads } from '../../../evaluation/pairs/pair-heads.ts'
import {
  headRules,
  studentReading,
  type PairFacts,
  type PairReading
} from '../../../evaluation/pairs/judge-pairs.ts'
import { recallRanks } from '../../../evaluation/pairs/recall.ts'
import { pairRowsOf } from '../../../evaluation/pairs/train-heads.ts'
import { plainStudent, type StudentRecipe } from '../../../networks/student-recipe.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistilledSet,
  StoredArray
} from '../distillation-method.ts'
import { percent } from '../soft-labels/tables.ts'
import { belongsMatrix, partsOf, type LowRank } from './matcher.ts'

/** How students learn pairs; the check tries other step sizes around this one. */
export const pairStudent: StudentRecipe = {
  ...plainStudent,
  rate: 0.3,
  epochs: 200,
  batch: 128,
  schedule: 'none'
}

/** What a set of pairs is made of. */
export interface PairSetParts {
  /** count x columns, normalised. */
  readonly values: Float32Array
  readonly belongs?: LowRank | undefined
  /** Training rows, where the pairs are real ones. */
  readonly sourceRows?: Uint32Array | undefined
  readonly facts: PairFacts
  readonly info: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
}

/** The set. Its one label stands for all pairs. */
export function pairSet(
  { shape }: Pick<DistillationInputs, 'shape'>,
  { values, belongs, sourceRows, facts, info, notes }: PairSetParts
): DistilledSet {
  const count = values.length / shape.channels
  const stored: StoredArray[] = [
    { name: 'pairs', part: 'items', shape: [count, shape.channels], values, bytesEach: 4 }
  ]
  if (belongs !== undefined) {
    const names = ['own similarity', 'similarity left', 'similarity right']
    partsOf(belongs).forEach((part, i) =>
      stored.push({
        name: names[i],
        part: 'labels',
        shape: i === 0 ? [count] : [count, part.length / count],
        values: part,
        bytesEach: 4
      })
    )
  }
  return {
    form: sourceRows === undefined ? 'pixels' : 'rows',
    count,
    values,
    labels: new Int32Array(count),
    targets: {
      kind: 'values',
      // A column of ones says that each picture belongs to its own text.
      values: belongs === undefined ? new Float32Array(count).fill(1) : belongsMatrix(belongs)
    },
    ...(sourceRows === undefined ? {} : { sourceRows }),
    stored,
    student: pairStudent,
    consumer: 'pairs',
    info: { ...info, pairs: { ...facts } },
    notes
  }
}

/** What one student of a set finds among validation pairs: for the tables of the result. */
export async function readSet(
  { device, seed, signal }: Pick<DistillationContext, 'device' | 'seed' | 'signal'>,
  { validation, shape }: Pick<DistillationInputs, 'validation' | 'shape'>,
  set: DistilledSet,
  facts: PairFacts
): Promise<PairReading> {
  const { targets, values, count } = set
  const belongs =
    targets.kind === 'values' && targets.values.length > count ? targets.values : undefined
  const pairs = pairRowsOf(values, shape.channels, belongs)
  const rules = headRules(set.student, set.count, facts.temperature)
  const own = hashString('set on validation pairs', seed)
  return studentReading(device.tf, pairHeads(facts), pairs, rules, own, validation, signal)
}

/** Tables of what was read, ready to show. */
export function readingTables(reading: PairReading): readonly {
  readonly title: string
  readonly help: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}[] {
  const { pictureToText, textToPicture, pictureCosine, textCosine } = reading
  return [
    {
      title: 'Found among validation pairs',
      help: 'Share of pictures whose own text is among the first ones found, and the other way round.',
      header: ['Within the first', 'Text for a picture', 'Picture for a text'],
      rows: recallRanks.map((rank, i) => [
        rank,
        percent(pictureToText[i]),
        percent(textToPicture[i])
      ])
    },
    {
      title: 'How alike everything has become',
      help: 'Mean similarity of different pictures, and of different texts, as students see them. Near 1 they have become one, and nothing can be found.',
      header: ['Of', 'Mean similarity'],
      rows: [
        ['Pictures', pictureCosine.toFixed(2)],
        ['Texts', textCosine.toFixed(2)]
      ]
    }
  ]
}
