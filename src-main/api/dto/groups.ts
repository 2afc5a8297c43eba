// What belongs together: a tokenizer learned on a project's pictures, what its features are worth
// beside simpler ones, pictures of its groups, and the parts that pictures share.
import { z } from '../zod.ts'
import { DatasetId, JobId } from './common.ts'

export const GroupsEffort = z.enum(['quick', 'usual', 'thorough'])
export type GroupsEffort = z.infer<typeof GroupsEffort>

/** What is learned from which pictures. */
export const GroupsPlan = z.strictObject({
  dataset: DatasetId,
  effort: GroupsEffort.default('quick'),
  /** Learns to tell labels where there are enough; else from the pictures alone. */
  useLabels: z.boolean().default(true),
  /** Pictures may be mirrored while learning: not for letters, digits and signs. */
  mirror: z.boolean().default(true),
  /** Compares items by what was learned from then on, if that is clearly better and only then. */
  useIfBetter: z.boolean().default(false),
  /** Repeat code: the same one learns the same on the same device. */
  seed: z.int().min(0).max(4_294_967_295).default(1)
})
export type GroupsPlan = z.infer<typeof GroupsPlan>

export const GroupsSource = z.enum(['labels', 'pictures'])
export type GroupsSource = z.infer<typeof GroupsSource>

export const GroupsEstimate = z.strictObject({
  learnsFrom: GroupsSource,
  /** Pictures to learn from, and labelled ones kept for measuring. */
  pictures: z.int(),
  heldOut: z.int(),
  /** Pictures of the dataset, each of which is described at the end. */
  items: z.int(),
  steps: z.int(),
  /** Seconds as a range; null while another job keeps the machine busy. */
  seconds: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  /** Why it cannot be done, in a sentence; null when it can. */
  problem: z.string().nullable()
})
export type GroupsEstimate = z.infer<typeof GroupsEstimate>

/** Groups of each head and rounds of competition: what can be changed without learning again. */
export const GroupsDetail = z.strictObject({
  groups: z.int().min(1).max(32),
  rounds: z.int().min(1).max(8)
})
export type GroupsDetail = z.infer<typeof GroupsDetail>

/** What pictures are compared by. */
export const GroupsFeatures = z.enum(['learned', 'pixels', 'built-in'])
export type GroupsFeatures = z.infer<typeof GroupsFeatures>

/** Shares of held-out pictures whose label is told rightly from some features, 0..1. */
export const GroupsMeasure = z.strictObject({
  features: GroupsFeatures,
  /** Null for features that have none. */
  detail: GroupsDetail.nullable(),
  columns: z.int(),
  /** By a straight line between labels (linear probe). */
  probe01: z.number(),
  /** By the most alike pictures (k-NN). */
  neighbours01: z.number(),
  /** Time of describing one picture; null where it was not measured. */
  milliseconds: z.number().nullable()
})
export type GroupsMeasure = z.infer<typeof GroupsMeasure>

export const GroupsVerdict = z.enum(['better', 'no-better', 'worse', 'not-measured', 'collapsed'])
export type GroupsVerdict = z.infer<typeof GroupsVerdict>

/** How much more pictures the learned features tell rightly than others, on the same pictures. */
export const GroupsAhead = z.strictObject({
  of: GroupsFeatures,
  mean: z.number(),
  low: z.number(),
  high: z.number()
})
export type GroupsAhead = z.infer<typeof GroupsAhead>

export const GroupsResult = z.strictObject({
  plan: GroupsPlan,
  datasetName: z.string(),
  /** Items of the dataset when it was learned. */
  items: z.int(),
  learnsFrom: GroupsSource,
  pictures: z.int(),
  heldOut: z.int(),
  /** Labels told apart in measuring. */
  labels: z.int(),
  /** Sides in pixels and channels of the pictures as they are seen. */
  side: z.int(),
  channels: z.int(),
  /** Squares along each side. */
  squares: z.int(),
  layers: z.int(),
  heads: z.int(),
  parameters: z.int(),
  trainedWith: GroupsDetail,
  steps: z.int(),
  measures: z.array(GroupsMeasure),
  ahead: z.array(GroupsAhead),
  verdict: GroupsVerdict,
  /** Whether items may be compared by what was learned; never where simpler features are better. */
  mayReplace: z.boolean(),
  /** In words, the first sentence being the verdict. */
  sentences: z.array(z.string()),
  /** How varied the answers were at the end, 0..1; null where labels were learned. */
  variety01: z.number().nullable(),
  /** Parts of each head, see `groups.parts`. */
  partsPerHead: z.int(),
  seconds: z.number(),
  device: z.string(),
  /** SHA-256 of the learned numbers. */
  modelSha256: z.string(),
  /** The joined matrix, once items can be compared by it. */
  matrix: z.string().nullable()
})
export type GroupsResult = z.infer<typeof GroupsResult>

/** A learning: under way, or done. */
export const GroupsRun = z.strictObject({
  job: JobId,
  createdAt: z.number(),
  plan: GroupsPlan,
  /** The verdict's sentence; null while there is no result. */
  verdict: z.string().nullable()
})
export type GroupsRun = z.infer<typeof GroupsRun>

export const GroupsPictureRequest = z.strictObject({
  job: JobId,
  row: z.int().min(0),
  /** From 0. */
  layer: z.int().min(0).max(15),
  detail: GroupsDetail
})
export type GroupsPictureRequest = z.infer<typeof GroupsPictureRequest>

/** Groups of one head in one picture, over eight starts that were brought into one order. */
export const GroupsHead = z.strictObject({
  /** Group of each square, row by row. */
  owners: z.array(z.int()),
  /** 1 where a square belongs to one group alone, 0 where to all alike. */
  confidence: z.array(z.number()),
  /** Share of the starts that give a square to the same group. */
  agreement: z.array(z.number()),
  /** Share of each square that each group has: squares x groups. */
  shares: z.instanceof(Float32Array),
  /** Part that each group is (see `groups.parts`); null in other layers than the last. */
  parts: z.array(z.int()).nullable()
})
export type GroupsHead = z.infer<typeof GroupsHead>

export const GroupsPicture = z.strictObject({
  /** Squares along the height and the width. */
  rows: z.int(),
  columns: z.int(),
  starts: z.int(),
  heads: z.array(GroupsHead),
  /** Time of all starts. */
  milliseconds: z.number()
})
export type GroupsPicture = z.infer<typeof GroupsPicture>

/** A label that uses a part far more seldom than others do. */
export const GroupsOddPair = z.strictObject({
  part: z.int(),
  label: z.string(),
  count: z.int(),
  /** Pictures one would expect if the label had nothing to do with it. */
  expected: z.number()
})
export type GroupsOddPair = z.infer<typeof GroupsOddPair>

export const GroupsPart = z.strictObject({
  part: z.int(),
  head: z.int(),
  pictures: z.int(),
  /** Labels of these pictures, most frequent first; at most eight. */
  labels: z.array(z.strictObject({ label: z.string(), count: z.int() })),
  /** Used by few pictures. */
  isRare: z.boolean(),
  /** The picture in which it is clearest. */
  example: z.int().nullable()
})
export type GroupsPart = z.infer<typeof GroupsPart>

export const GroupsParts = z.strictObject({
  /** Pictures that were described. */
  pictures: z.int(),
  parts: z.array(GroupsPart),
  /** Most surprising first. */
  odd: z.array(GroupsOddPair)
})
export type GroupsParts = z.infer<typeof GroupsParts>

export const GroupsPartRequest = z.strictObject({
  job: JobId,
  part: z.int().min(0).max(1000),
  /** Only pictures with this label. */
  label: z.string().max(500).nullable().default(null)
})
export type GroupsPartRequest = z.infer<typeof GroupsPartRequest>

export const GroupsPartPictures = z.strictObject({
  /** All pictures with it, clearest first. */
  rows: z.instanceof(Uint32Array),
  squares: z.strictObject({ rows: z.int(), columns: z.int() }),
  /** The first pictures, with the squares that belong to it. */
  examples: z.array(z.strictObject({ row: z.int(), squares: z.array(z.int()) }))
})
export type GroupsPartPictures = z.infer<typeof GroupsPartPictures>
