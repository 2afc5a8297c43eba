// Changes people make to a dataset, each one a step that can be taken back.
import { z } from '../zod.ts'
import { DatasetId } from './common.ts'
import { ItemScope, SplitName } from './browse.ts'

export const EditChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('aside'), aside: z.boolean() }),
  /** null takes the label away. A label the dataset does not know yet is added to its labels. */
  z.strictObject({ kind: z.literal('label'), label: z.string().min(1).max(200).nullable() }),
  /** Gives each item its own label, in the order of the scope's rows; only with a "rows" scope. */
  z.strictObject({
    kind: z.literal('labels'),
    labels: z.array(z.string().nullable()).max(100_000)
  }),
  z.strictObject({ kind: z.literal('split'), split: SplitName }),
  z.strictObject({
    kind: z.literal('tag'),
    tag: z.string().trim().min(1).max(60),
    on: z.boolean()
  }),
  /** "" removes the note. */
  z.strictObject({ kind: z.literal('note'), text: z.string().max(2000) })
])
export type EditChange = z.infer<typeof EditChange>

export const EditRequest = z.strictObject({
  dataset: DatasetId,
  scope: ItemScope,
  change: EditChange,
  /** Why, in plain words, for the step list: "Likely wrong labels". null = none. */
  because: z.string().max(200).nullable().default(null)
})
export type EditRequest = z.infer<typeof EditRequest>

/** One step of the list, oldest first. */
export const EditStep = z.strictObject({
  number: z.int(),
  at: z.number(),
  kind: z.enum(['aside', 'label', 'labels', 'split', 'tag', 'note']),
  /** "Set 12 items aside: near-duplicates". */
  sentence: z.string(),
  changed: z.int(),
  /** Taken back; can be done again until another change is made. */
  isUndone: z.boolean()
})
export type EditStep = z.infer<typeof EditStep>
