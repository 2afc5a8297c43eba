// A tiny training set: what was asked (draft), what it would cost, and what came out.
import { z } from '../zod.ts'
import { DatasetId, JobId, Json, ValidationMessage } from './common.ts'
import { ItemRow } from './datasets.ts'
import { CostEstimate, Interval, MeanSd, MethodChoice } from './runs.ts'
import { ItemFilter } from './browse.ts'

/** Real items with richer labels, computer-made items, or real items that were changed. */
export const DistilKind = z.enum(['real', 'made', 'mixed'])
export type DistilKind = z.infer<typeof DistilKind>

export const DistilEffort = z.enum(['quick', 'standard', 'thorough'])
export type DistilEffort = z.infer<typeof DistilEffort>

/** What students learn: one label for each item, or a share for every label ("richer labels"). */
export const DistilLabels = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hard') }),
  /** One richer label for each item, stored once. */
  z.strictObject({
    kind: z.literal('soft'),
    /** Largest shares kept for each item; null = all. */
    keep: z.int().min(1).max(1000).nullable().default(null)
  }),
  /**
   * The helper model is stored with the set and asked about every changed picture while students
   * learn, where that does better on validation items than labels stored once.
   */
  z.strictObject({ kind: z.literal('teacher') }),
  /** What the helper model says about the changed pictures of some passes, stored. */
  z.strictObject({
    kind: z.literal('views'),
    /** Passes over the items that labels are stored of; students begin again after them. */
    passes: z.int().min(2).max(1000).default(50),
    /** Only one of so many batches of changed pictures is kept, by lot; 1 = all. */
    keepOneOf: z.int().min(1).max(100).default(1)
  })
])
export type DistilLabels = z.infer<typeof DistilLabels>

export const DistilCheck = z.strictObject({
  isOn: z.boolean().default(true),
  /** Students for each set. */
  repeats: z.int().min(1).max(20).default(5),
  /** Students of another architecture, too. */
  otherNetwork: z.boolean().default(true),
  /** Random real items that take as many bytes, too. */
  equalBytes: z.boolean().default(true),
  /** Real items chosen for being typical of their label, too. Absent = off. */
  chosen: z.boolean().optional(),
  /** Train on all data, for the comparison. */
  all: z.boolean().default(true),
  /**
   * Also students that see changed pictures while they learn, or see them unchanged, whichever the
   * set's recipe does not do: needed for the augmentation-robust score. Absent = off.
   */
  augmentations: z.boolean().optional(),
  /** Share held out for testing when the data has no test split. */
  holdoutFraction01: z.number().min(0.05).max(0.5).default(0.2)
})
export type DistilCheck = z.infer<typeof DistilCheck>

/**
 * What is read off students of a set, as a share 0..1 where more is better. accuracy: items named
 * rightly. explained: share of what varies in the similarity fingerprints of unseen items that
 * students foretell. recall: unseen items whose own text is found among many.
 */
export const DistilMeasure = z.enum(['accuracy', 'explained', 'recall'])
export type DistilMeasure = z.infer<typeof DistilMeasure>

/**
 * What numbers a helper model of the analyst's own takes for a pixel: shares 0..1, bytes 0..255,
 * ImageNet's (share minus mean, divided by spread of its colours), or as students see them.
 */
export const HelperValues = z.enum(['shares', 'bytes', 'imagenet', 'as-students'])
export type HelperValues = z.infer<typeof HelperValues>

/** Where labels of a helper model come from: one trained here, or a file added by `distil.addHelper`. */
export const DistilHelper = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('train') }),
  z.strictObject({
    kind: z.literal('file'),
    /** `HelperFile.file`. */
    file: z.string().regex(/^[0-9a-f]{64}$/),
    /** Name of the file, for sentences. */
    name: z.string().max(255),
    values: HelperValues.default('imagenet')
  })
])
export type DistilHelper = z.infer<typeof DistilHelper>

/** A helper model of the analyst's own (ONNX), as kept in the project. */
export const HelperFile = z.strictObject({
  /** SHA-256 of the file in hex: what a draft names it by. */
  file: z.string(),
  name: z.string(),
  bytes: z.number(),
  /** Pictures, or rows of numbers. */
  data: z.enum(['pictures', 'vectors']),
  /** Size it takes; a side is null when it takes any. Rows of numbers: 1 x 1 x columns. */
  input: z.strictObject({
    height: z.int().nullable(),
    width: z.int().nullable(),
    channels: z.int(),
    /** Order of the numbers of a picture: channels first (NCHW) or last (NHWC). */
    layout: z.enum(['NCHW', 'NHWC', 'rows'])
  }),
  /** Numbers it answers with, one for each label; null when the file does not say. */
  outputs: z.int().nullable()
})
export type HelperFile = z.infer<typeof HelperFile>

/** Room on disk of the helper models that the app trained, in bytes. */
export const HelperStorage = z.strictObject({
  bytes: z.number(),
  /** What clearing frees: those of runs that have not ended stay. */
  clearableBytes: z.number(),
  /** The app removes those not used for longest beyond this. */
  limitBytes: z.number()
})
export type HelperStorage = z.infer<typeof HelperStorage>

export const DistilDraft = z.strictObject({
  name: z.string().max(120).default(''),
  dataset: DatasetId,
  scope: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('all') }),
      z.strictObject({ kind: z.literal('filter'), filter: ItemFilter })
    ])
    .default({ kind: 'all' }),
  /** Labels whose items take no part. */
  leaveOut: z.array(z.string()).max(10_000).default([]),
  kind: DistilKind,
  method: MethodChoice,
  /**
   * So many groups of items that look alike take the place of labels; labels are then not looked at.
   * Absent = labels.
   */
  groups: z.int().min(2).max(200).optional(),
  /**
   * Pairs of a picture and a text: students learn which text belongs to a picture, and labels are not
   * looked at. `perClass` is then the number of pairs. Absent = items with labels.
   */
  pairs: z.literal(true).optional(),
  /** Items for each label, or for each group (IPC). */
  perClass: z.int().min(1).max(1000),
  effort: DistilEffort,
  labels: DistilLabels,
  /** Absent = a helper model is trained here where the method needs one. */
  helper: DistilHelper.optional(),
  /** Side that pictures are brought to; null = their own, at most 64. */
  side: z.int().min(8).max(64).nullable().default(null),
  /** Filters or units of the helper model and the students; null = as the effort has it. */
  width: z.int().min(4).max(256).nullable().default(null),
  seed: z.int().min(0).max(0xffffffff).default(0),
  check: DistilCheck
})
export type DistilDraft = z.infer<typeof DistilDraft>

/** One way to make a tiny set, for this data. */
export const DistilMethodChoice = z.strictObject({
  method: z.string(),
  name: z.string(),
  oneLine: z.string(),
  kind: DistilKind,
  isPossible: z.boolean(),
  reason: z.string().nullable(),
  /** Slow without a graphics card. */
  wantsGraphicsCard: z.boolean(),
  /** Null: the method takes a helper model of one's own. Otherwise why it does not, in a sentence. */
  whyNoOwnHelper: z.string().nullable().optional()
})
export type DistilMethodChoice = z.infer<typeof DistilMethodChoice>

/** "What you will get", messages and cost for a draft, before anything runs. */
export const DistilReview = z.strictObject({
  /** Items that can be learned from, and those kept apart. */
  trainItems: z.int(),
  validationItems: z.int(),
  testItems: z.int(),
  /** Rows that have a picture beside their text, so that a set of pairs can be made; absent = none. */
  pairs: z.int().optional(),
  /** Items of the tiny set, and how many times fewer that is. */
  items: z.int(),
  shrink: z.number(),
  /** About how much it takes on disk, labels included. */
  sizeBytes: z.number(),
  classes: z.array(z.strictObject({ name: z.string(), available: z.int() })),
  side: z.int().nullable(),
  messages: z.array(ValidationMessage),
  kinds: z.array(
    z.strictObject({
      kind: DistilKind,
      isPossible: z.boolean(),
      reason: z.string().nullable(),
      /** The method recommended for this kind, size and data. */
      method: z.string(),
      /** About how much a set of this kind takes on disk, labels included. */
      sizeBytes: z.number().optional()
    })
  ),
  methods: z.array(DistilMethodChoice),
  /** Parameters of the draft's method as its effort recommends them; what is missing keeps its default. */
  settings: z.strictObject({ method: z.string(), defaults: z.record(z.string(), Json) }).optional(),
  /** Recommended kind and method, and why, in a sentence. */
  recommended: z.strictObject({ kind: DistilKind, method: z.string(), why: z.string() }),
  /** Time of each effort on this computer. */
  efforts: z.array(
    z.strictObject({ effort: DistilEffort, lowSeconds: z.number(), highSeconds: z.number() })
  ),
  estimate: CostEstimate.nullable(),
  sentence: z.string(),
  suggestedName: z.string(),
  /** The same as a command line; the draft goes into plan.json beside it. */
  command: z.string()
})
export type DistilReview = z.infer<typeof DistilReview>

/**
 * Live points of the accuracy curve: x = passes done, y = share 0..1 right on validation items. The
 * random line is one point, or one for each point of the set. Other series are measures of the method.
 */
export const distilCurve = { set: 'accuracy', random: 'random' } as const

/**
 * A set that students were trained on. Where the measure is not accuracy there are no labels to be
 * plain or rich: 'distilled-soft' is the set with what it has students learn, 'random-hard' is as many
 * real items with the same kind of targets.
 */
export const DistilArm = z.enum([
  'distilled-soft',
  'distilled-hard',
  'random-soft',
  'random-hard',
  'chosen-hard',
  'equal-bytes',
  'all'
])
export type DistilArm = z.infer<typeof DistilArm>

/** Shares (0..1, by the check's measure) of the students of one network trained on one set. */
export const DistilArmResult = z.strictObject({
  arm: DistilArm,
  /** In words: "ConvNet, 32 filters". */
  network: z.string(),
  items: z.int(),
  bytes: z.number(),
  accuracy: MeanSd,
  perRepeat: z.array(z.number()),
  /** Step size of the students, chosen on validation items; null for models that take no steps. */
  rate: z.number().nullable()
})
export type DistilArmResult = z.infer<typeof DistilArmResult>

/** One line of the storage ledger. */
export const LedgerLine = z.strictObject({
  name: z.string(),
  numbers: z.number(),
  bytes: z.number()
})
export type LedgerLine = z.infer<typeof LedgerLine>

/**
 * The data-knowledge frontier ("A Label is Worth a Thousand Images", section 5): accuracy on
 * validation items over the items of each label, one row for each pass of the helper model.
 */
export const DistilFrontier = z.strictObject({
  /** Passes, one for each row of `accuracy`. */
  epochs: z.array(z.number()),
  /** Items for each label, one for each column. */
  perClass: z.array(z.int()),
  /** Shares 0..1. */
  accuracy: z.array(z.array(z.number())),
  /** For each number of items the pass that teaches best. */
  best: z.array(z.strictObject({ perClass: z.int(), epoch: z.number(), accuracy: z.number() }))
})
export type DistilFrontier = z.infer<typeof DistilFrontier>

export const DistilResult = z.strictObject({
  run: JobId,
  name: z.string(),
  dataset: DatasetId,
  datasetName: z.string(),
  method: z.string(),
  methodName: z.string(),
  kind: DistilKind,
  /** Items the set was made for, and items after decoding. */
  perClass: z.int(),
  items: z.int(),
  decodedItems: z.int(),
  trainItems: z.int(),
  testItems: z.int(),
  seconds: z.number(),
  classNames: z.array(z.string()),
  /** Height, width and channels of a picture; null for rows of numbers. */
  picture: z.strictObject({ height: z.int(), width: z.int(), channels: z.int() }).nullable(),
  /** The network students have, in words. */
  network: z.string(),
  check: z
    .strictObject({
      /** What every share below is; absent = accuracy. */
      measure: DistilMeasure.optional(),
      repeats: z.int(),
      arms: z.array(DistilArmResult),
      /** The arm whose accuracy counts: the one that did better on validation items. */
      chosenArm: DistilArm,
      /** Paired, that arm minus random real items of the same number. */
      difference: Interval,
      /** The same on the other network; null when not asked. */
      otherDifference: Interval.nullable(),
      kind: z.enum(['helped', 'no-difference', 'worse']),
      verdict: z.string(),
      cautions: z.array(z.string()),
      /** DD-Ranking: label-robust and augmentation-robust scores, 0..1; null when not measured. */
      labelRobust01: z.number().nullable(),
      augmentationRobust01: z.number().nullable(),
      /** Shares: all data minus the set with plain labels, and the set minus random items. */
      hardLabelLoss: z.number().nullable().optional(),
      leadOverRandom: z.number().nullable().optional(),
      device: z.string()
    })
    .nullable(),
  ledger: z.array(LedgerLine),
  bytes: z.number(),
  /** Real pictures per label that take as many bytes. */
  perClassOfEqualBytes: z.number(),
  /** Accuracy on validation items as the set was made: the set, and random real items. */
  curve: z.array(z.strictObject({ x: z.number(), set: z.number() })),
  randomLine: z.number().nullable(),
  /** Helper models: their accuracy and entropy as they learned; empty without. */
  experts: z.array(
    z.strictObject({ epoch: z.number(), accuracy01: z.number(), entropy: z.number() })
  ),
  /** The epoch whose labels were taken; null without soft labels. */
  expertEpoch: z.number().nullable(),
  /** Tables a method measured on its way, ready to show. */
  tables: z.array(
    z.strictObject({
      title: z.string(),
      help: z.string(),
      header: z.array(z.string()),
      rows: z.array(z.array(z.union([z.string(), z.number()])))
    })
  ),
  /** Absent where it was not measured. */
  frontier: DistilFrontier.optional(),
  /** Whom the set teaches; absent in results of earlier versions. */
  consumer: z.enum(['network', 'kernel', 'representation', 'pairs']).optional(),
  notes: z.array(z.string()),
  draft: DistilDraft,
  provenance: z.record(z.string(), Json)
})
export type DistilResult = z.infer<typeof DistilResult>

/** Items of a finished (or running) set. */
export const DistilItem = z.strictObject({
  /** Place in the set. */
  index: z.int(),
  label: z.string(),
  /** The largest shares of its label, largest first; empty for plain labels. */
  shares: z.array(z.strictObject({ name: z.string(), share01: z.number() })),
  /** The real item it is; null for computer-made ones. */
  item: ItemRow.nullable(),
  /** Real items most like it; for computer-made ones. */
  nearest: z.array(z.strictObject({ item: ItemRow, similarity01: z.number() }))
})
export type DistilItem = z.infer<typeof DistilItem>

export const DistilItemsRequest = z.strictObject({
  run: JobId,
  label: z.string().nullable().default(null),
  first: z.int().min(0).default(0),
  limit: z.int().min(1).max(200).default(60)
})
export type DistilItemsRequest = z.infer<typeof DistilItemsRequest>

/** The set as it is now, while it is being made. */
export const DistilPreview = z.strictObject({
  /** Grows with every new picture; 0 = none yet. */
  version: z.int(),
  /** PNG of a grid of at most 100 items, one row of cells for each label. */
  png: z.instanceof(Uint8Array).nullable(),
  columns: z.int(),
  rows: z.int(),
  labels: z.array(z.string()),
  canStopEarly: z.boolean(),
  /** What the items are; absent when that is not known. */
  kind: DistilKind.optional(),
  /** What was asked; absent when that is not known. */
  draft: DistilDraft.optional(),
  /** About how long until the first picture; absent when that cannot be told. */
  firstInSeconds: z.number().optional()
})
export type DistilPreview = z.infer<typeof DistilPreview>
