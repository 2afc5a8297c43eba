// Data health: what a check of a dataset found, with examples and what can be done.
import { z } from '../zod.ts'
import { ItemRow } from './datasets.ts'

export const FindingKind = z.enum([
  'exact-duplicates',
  'near-duplicates',
  'wrong-labels',
  'outliers',
  'unreadable-pictures',
  'tiny-pictures',
  'dark-pictures',
  'bright-pictures',
  'blurry-pictures',
  'odd-shapes',
  'empty-texts',
  'long-texts',
  'repeated-texts',
  'mixed-languages',
  'secrets',
  'personal-data',
  'missing-labels',
  'rare-labels',
  'class-balance',
  'split-leakage',
  'group-leakage',
  'conflicting-labels'
])
export type FindingKind = z.infer<typeof FindingKind>

/** "fine" says that a check ran and found nothing to worry about. */
export const Severity = z.enum(['high', 'medium', 'low', 'fine'])
export type Severity = z.infer<typeof Severity>

export const HealthAction = z.strictObject({
  id: z.enum([
    'set-aside-all',
    'keep-first',
    'keep-largest',
    'accept-suggestions',
    'move-to-train',
    'tag',
    'show'
  ]),
  /** "Set 312 items aside". */
  label: z.string(),
  /** What it will do, in one sentence. */
  sentence: z.string(),
  isRecommended: z.boolean()
})
export type HealthAction = z.infer<typeof HealthAction>

export const Finding = z.strictObject({
  id: z.string(),
  kind: FindingKind,
  severity: Severity,
  title: z.string(),
  /** One plain sentence: what it is and why it matters. */
  sentence: z.string(),
  /** Items concerned that are not set aside now. */
  count: z.int(),
  /** Items that were found. */
  found: z.int(),
  /** Groups, for duplicates; 0 for others. */
  groups: z.int(),
  examples: z.array(ItemRow),
  actions: z.array(HealthAction),
  /** Said "this is fine" by the analyst. */
  isDismissed: z.boolean()
})
export type Finding = z.infer<typeof Finding>

export const HealthReport = z.strictObject({
  /** null: never checked. */
  checkedAt: z.number().nullable(),
  /** Running check, if any. */
  job: z.string().nullable(),
  /** Labels or marks changed since: findings count afresh, but were not looked for again. */
  isStale: z.boolean(),
  findings: z.array(Finding),
  /** Checks that could not run, with the reason in words. */
  notRun: z.array(z.strictObject({ title: z.string(), reason: z.string() })),
  classes: z.array(
    z.strictObject({ name: z.string(), train: z.int(), test: z.int(), none: z.int() })
  )
})
export type HealthReport = z.infer<typeof HealthReport>

/** One item of a finding. Items of one group follow each other. */
export const FindingItem = z.strictObject({
  item: ItemRow,
  /** 0-based number of its group; null for findings without groups. */
  group: z.int().nullable(),
  /** Kept by "keep the best of each group". */
  isBest: z.boolean(),
  /** Strength, 0..1, strongest first. */
  score01: z.number(),
  suggestedLabel: z.string().nullable(),
  /** "Seen as “cat” with 93 %, given “dog” with 2 %". */
  why: z.string()
})
export type FindingItem = z.infer<typeof FindingItem>
