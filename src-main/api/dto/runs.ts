// A selection: what was asked (draft), what it would cost, and what came out.
import { z } from '../zod.ts'
import { ItemFilter, Window } from './browse.ts'
import { DatasetId, JobId, Json, ValidationMessage } from './common.ts'
import { ItemRow } from './datasets.ts'
import { Job } from './jobs.ts'

export const Goal = z.enum([
  'train-images',
  'train-text',
  'train-table',
  'teach-chat',
  'teach-vision-chat',
  'label-first',
  'remove-repeats'
])
export type Goal = z.infer<typeof Goal>

/** One row of "Target tasks": a named group of example items. */
export const ExampleSet = z.strictObject({
  name: z.string().min(1).max(80),
  importance: z.enum(['low', 'normal', 'high']).default('normal'),
  /** The dataset the examples are taken from; may be the pool itself (they then leave the choice). */
  dataset: DatasetId,
  /** Which items: all of these labels, or these item keys. Both empty = all items. */
  labels: z.array(z.string()).default([]),
  keys: z.array(z.string()).max(100_000).default([]),
  /** Parts scored apart and joined by the maximum (ICONS sub-tasks); empty = one part. */
  parts: z
    .array(
      z.strictObject({
        name: z.string(),
        labels: z.array(z.string()).default([]),
        keys: z.array(z.string()).default([])
      })
    )
    .default([])
})
export type ExampleSet = z.infer<typeof ExampleSet>

export const TaskSource = z.discriminatedUnion('kind', [
  /** One task per label, from a seeded sample that leaves the choice. */
  z.strictObject({ kind: z.literal('labels'), perTask: z.int().min(1).max(1000).default(20) }),
  /** One task per value of a column. */
  z.strictObject({
    kind: z.literal('column'),
    column: z.string().min(1),
    perTask: z.int().min(1).max(1000).default(20)
  }),
  z.strictObject({ kind: z.literal('sets'), sets: z.array(ExampleSet).min(1).max(64) })
])
export type TaskSource = z.infer<typeof TaskSource>

export const Budget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count'), count: z.int().min(1) }),
  z.strictObject({ kind: z.literal('percent'), percent: z.number().gt(0).max(100) }),
  /** As many items as fit into this many bytes of originals. */
  z.strictObject({ kind: z.literal('bytes'), bytes: z.number().gt(0) }),
  /** As many texts as fit into this many tokens (about four characters each). */
  z.strictObject({ kind: z.literal('tokens'), tokens: z.number().gt(0) }),
  /** As many items as a person labels in this time. */
  z.strictObject({
    kind: z.literal('time'),
    hours: z.number().gt(0),
    secondsPerItem: z.number().gt(0).default(12)
  }),
  /** The smallest set that keeps this share of the accuracy of all data, up to a limit. */
  z.strictObject({
    kind: z.literal('smallest'),
    keepsShare01: z.number().min(0.5).max(1).default(0.98),
    atMostPercent: z.number().gt(0).max(100).default(50)
  })
])
export type Budget = z.infer<typeof Budget>

export const SelectionRules = z.strictObject({
  /** Item keys. */
  mustKeep: z.array(z.string()).max(1_000_000).default([]),
  mustDrop: z.array(z.string()).max(1_000_000).default([]),
  perClass: z
    .array(
      z.strictObject({
        label: z.string(),
        min: z.int().min(0).nullable(),
        max: z.int().min(0).nullable(),
        /** Wanted share of the kept items, 0..100; null = as the method finds. */
        percent: z.number().min(0).max(100).nullable().default(null)
      })
    )
    .default([]),
  /** Column that says where an item comes from; null = not asked. */
  sourceColumn: z.string().nullable().default(null),
  perSource: z
    .array(
      z.strictObject({
        source: z.string(),
        min: z.int().min(0).nullable(),
        max: z.int().min(0).nullable()
      })
    )
    .default([]),
  nearDuplicates: z
    .strictObject({ isOn: z.boolean(), similarity01: z.number().min(0.5).max(1) })
    .default({ isOn: true, similarity01: 0.98 }),
  protectTestSplit: z.boolean().default(true),
  /** Items with the same value are kept or left out together. */
  groupColumn: z.string().nullable().default(null),
  /** False only when the analyst chose to leave example items in the choice (V9). */
  keepExamplesOut: z.boolean().optional()
})
export type SelectionRules = z.infer<typeof SelectionRules>

/** Linear head and k nearest neighbours on fingerprints, a small network on them, a ConvNet on pixels. */
export const CheckModel = z.enum(['linear', 'mlp', 'convnet', 'knn'])
export type CheckModel = z.infer<typeof CheckModel>

export const CheckChoice = z.strictObject({
  isOn: z.boolean().default(true),
  repeats: z.int().min(1).max(20).default(5),
  /** The check model whose verdict counts. */
  model: CheckModel.default('linear'),
  /** Other check models that must agree, or not. */
  alsoModels: z.array(CheckModel).max(3).default([]),
  /** Accuracy at smaller and larger sizes too (a learning curve). */
  curve: z.boolean().default(false),
  /** Share held out for testing when the data has no test split. */
  holdoutFraction01: z.number().min(0.05).max(0.5).default(0.2)
})
export type CheckChoice = z.infer<typeof CheckChoice>

export const MethodChoice = z.strictObject({
  id: z.string(),
  params: z.record(z.string(), Json).default({})
})
export type MethodChoice = z.infer<typeof MethodChoice>

/** A list of items made elsewhere, or an earlier result changed by hand. */
export const GivenList = z.strictObject({
  /** Where it comes from, in words: a file's name, or the name of a run. */
  title: z.string().min(1).max(200),
  /** The run it was changed from; null for a list from a file. */
  run: JobId.nullable().default(null),
  /** Item keys, best first. */
  keys: z.array(z.string()).max(1_000_000),
  /** Of these, the ones added by hand; and keys that were taken out by hand. */
  added: z.array(z.string()).max(100_000).default([]),
  removed: z.array(z.string()).max(100_000).default([]),
  /** The items the changed run was tested on, so that the changed set is tested on the same. */
  test: z.array(z.string()).max(100_000).default([])
})
export type GivenList = z.infer<typeof GivenList>

/** What the entries of a list made elsewhere are. */
export const ListReadAs = z.enum(['records', 'keys', 'names', 'file-names', 'rows'])
export type ListReadAs = z.infer<typeof ListReadAs>

/** Best first: as the file has it, or from its end (ICONS writes the fewest votes first). */
export const ListOrder = z.enum(['as-listed', 'last-first'])
export type ListOrder = z.infer<typeof ListOrder>

/** A list made elsewhere, as the items of a dataset that it names. */
export const ReadList = z.strictObject({
  /** The file's name. */
  title: z.string(),
  readAs: ListReadAs,
  /** Other ways to read the same entries, when more than one fits. */
  alternatives: z.array(ListReadAs),
  order: ListOrder,
  /** Item keys, best first, each once. */
  keys: z.array(z.string()),
  entries: z.int(),
  /** Entries that name an item a second time. */
  duplicates: z.int(),
  /** Entries that name no item, and the first of them. */
  unknown: z.int(),
  unknownFirst: z.array(
    z.strictObject({ where: z.string(), entry: z.string(), reason: z.string() })
  ),
  notes: z.array(z.string()),
  /** "133,046 row numbers, all of this dataset." */
  sentence: z.string()
})
export type ReadList = z.infer<typeof ReadList>

export const SelectDraft = z.strictObject({
  name: z.string().max(120).default(''),
  dataset: DatasetId,
  scope: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('all') }),
      z.strictObject({ kind: z.literal('filter'), filter: ItemFilter })
    ])
    .default({ kind: 'all' }),
  goal: Goal,
  tasks: TaskSource,
  budget: Budget,
  rules: SelectionRules,
  method: MethodChoice,
  /** Joined gradient matrices of the dataset, one per checkpoint; none = gradients of a head made here. */
  gradients: z.array(z.string()).max(16).default([]),
  /** The list that the method "given-list" keeps. */
  given: GivenList.nullable().default(null),
  /** Other methods to run on the same pool and show beside. Random and stratified always run. */
  alsoTry: z.array(MethodChoice).max(4).default([]),
  seed: z.int().min(0).max(0xffffffff).default(0),
  check: CheckChoice
})
export type SelectDraft = z.infer<typeof SelectDraft>

export const ClassMix = z.strictObject({
  name: z.string(),
  available: z.int(),
  willKeep: z.int()
})
export type ClassMix = z.infer<typeof ClassMix>

export const CostEstimate = z.strictObject({
  lowSeconds: z.number(),
  highSeconds: z.number(),
  megabytes: z.number(),
  diskMegabytes: z.number(),
  device: z.string(),
  /** How the figures were made: a probe on this data, or past runs on this computer. */
  why: z.string()
})
export type CostEstimate = z.infer<typeof CostEstimate>

/** "What you will get", messages and cost for a draft, before anything runs. */
export const DraftReview = z.strictObject({
  candidates: z.int(),
  scopeItems: z.int(),
  keep: z.int(),
  keepBytes: z.number(),
  keepTokens: z.number().nullable(),
  /** Mean size of an item that can be chosen; 0 and null = not known. */
  bytesPerItem: z.number().default(0),
  tokensPerItem: z.number().nullable().default(null),
  classes: z.array(ClassMix),
  /** Where items come from, when a column says so. */
  sources: z.array(z.strictObject({ name: z.string(), available: z.int() })).default([]),
  testItems: z.int(),
  tasks: z.array(z.strictObject({ name: z.string(), examples: z.int() })),
  messages: z.array(ValidationMessage),
  estimate: CostEstimate.nullable(),
  /** The plain sentence of step A7. */
  sentence: z.string(),
  suggestedName: z.string(),
  /** Recommended method and why, in a sentence. */
  recommended: z.strictObject({ method: z.string(), why: z.string() }),
  goals: z.array(
    z.strictObject({
      goal: Goal,
      isPossible: z.boolean(),
      reason: z.string().nullable(),
      /** Parts of the draft that this goal sets when it is picked. */
      patch: z.record(z.string(), Json)
    })
  ),
  methods: z.array(
    z.strictObject({ method: z.string(), isPossible: z.boolean(), reason: z.string().nullable() })
  ),
  /** The same selection as a command line. */
  command: z.string(),
  /** Files the command reads, to be saved beside. */
  commandFiles: z.array(z.enum(['tasks.json', 'rules.json', 'plan.json'])).default([]),
  /** Seconds the test takes with each check model, where that is known. */
  checkTimes: z
    .array(z.strictObject({ model: CheckModel, lowSeconds: z.number(), highSeconds: z.number() }))
    .default([])
})
export type DraftReview = z.infer<typeof DraftReview>

export const MeanSd = z.strictObject({ mean: z.number(), sd: z.number() })
export type MeanSd = z.infer<typeof MeanSd>
export const Interval = z.strictObject({ mean: z.number(), low: z.number(), high: z.number() })
export type Interval = z.infer<typeof Interval>

export const VerdictKind = z.enum(['helped', 'no-difference', 'worse', 'not-checked'])
export type VerdictKind = z.infer<typeof VerdictKind>

/** What one check model found: the same sets, the same test items, the same repeats. */
export const CheckModelResult = z.strictObject({
  model: CheckModel,
  /** In words: "Fast linear". */
  name: z.string(),
  chosen: MeanSd,
  random: MeanSd,
  stratified: MeanSd,
  all: MeanSd,
  difference: Interval,
  differenceToStratified: Interval,
  kind: VerdictKind,
  sentence: z.string()
})
export type CheckModelResult = z.infer<typeof CheckModelResult>

/** Accuracy of the fast linear model at several set sizes. Lists run along `sizes`. */
export const LearningCurve = z.strictObject({
  /** Items in the set, ascending. */
  sizes: z.array(z.int()),
  /** Null where a set of that size cannot be made. */
  arms: z.strictObject({
    chosen: z.array(MeanSd.nullable()),
    random: z.array(MeanSd.nullable()),
    stratified: z.array(MeanSd.nullable())
  }),
  /** 95 % range of one random set of that size: outside of it choosing made a clear difference. */
  randomRange: z.array(Interval.nullable()),
  all: MeanSd
})
export type LearningCurve = z.infer<typeof LearningCurve>

/** Accuracy shares (0..1) of the same head trained on each set, over the repeats. */
export const CheckResult = z.strictObject({
  repeats: z.int(),
  testItems: z.int(),
  trainItems: z.strictObject({
    chosen: z.int(),
    random: z.int(),
    stratified: z.int(),
    all: z.int()
  }),
  chosen: MeanSd,
  random: MeanSd,
  stratified: MeanSd,
  all: MeanSd,
  /** Per-repeat accuracies in repeat order, for the charts and the record. */
  perRepeat: z.strictObject({
    chosen: z.array(z.number()),
    random: z.array(z.number()),
    stratified: z.array(z.number()),
    all: z.array(z.number())
  }),
  /**
   * Paired chosen - random, 95 % interval. The chosen set is one set, so the interval has the
   * spread of a single random draw: mean +- t(n - 1) * sd * sqrt(1 + 1/n).
   */
  difference: Interval,
  /** Paired chosen - stratified random, 95 % interval as above. */
  differenceToStratified: Interval,
  /** Other methods tried beside, same protocol. */
  others: z.array(
    z.strictObject({ method: z.string(), name: z.string(), accuracy: MeanSd, difference: Interval })
  ),
  kind: VerdictKind,
  verdict: z.string(),
  /** "Rough estimate" and the like. */
  cautions: z.array(z.string()),
  device: z.string(),
  /** Every check model, the one whose verdict counts first; empty in results of older versions. */
  models: z.array(CheckModelResult).default([]),
  /** What the other check models say, in a sentence; null when only one was asked. */
  acrossModels: z.string().nullable().default(null),
  curve: LearningCurve.nullable().default(null)
})
export type CheckResult = z.infer<typeof CheckResult>

export const TaskResult = z.strictObject({
  name: z.string(),
  examples: z.int(),
  /** Items of the pool that this task voted for. */
  votedFor: z.int(),
  /** Of the chosen items, how many had this task's vote. */
  votedForAndChosen: z.int(),
  threshold: z.number(),
  isConstant: z.boolean()
})
export type TaskResult = z.infer<typeof TaskResult>

/** Consensus read-out; null for methods without votes. */
/** Ways of joining tasks side by side: what each would have chosen. */
export const RuleOverlap = z.strictObject({
  rules: z.array(z.string()),
  /** Square, in the order of `rules`: share of the places two rules fill with the same items. */
  overlap: z.array(z.array(z.number()))
})
export type RuleOverlap = z.infer<typeof RuleOverlap>

export const VoteResult = z.strictObject({
  tasks: z.array(TaskResult),
  /** Items with 0..K votes among the candidates. */
  histogram: z.array(z.int()),
  chosenHistogram: z.array(z.int()),
  cutLevel: z.int(),
  /** Share of the budget decided by the tie rule, 0..1. */
  tieShare: z.number(),
  tieRule: z.string(),
  /** K x K, row-major: share of task a's choice that task b also chose. */
  overlap: z.array(z.array(z.number())),
  meanOverlap: z.number(),
  chanceOverlap: z.number(),
  /** Null when consensus fits; otherwise what to use instead, in words. */
  advice: z.string().nullable(),
  /** Absent for a single task and in results of earlier versions. */
  rules: RuleOverlap.optional()
})
export type VoteResult = z.infer<typeof VoteResult>

/** What a method found on its way, for the result page. */
export const Findings = z.strictObject({
  facts: z.array(z.strictObject({ name: z.string(), value: z.string(), meaning: z.string() })),
  /** For methods that go by source: shares 0..1 of the candidates and as asked for, and what was kept. */
  sources: z.array(
    z.strictObject({
      name: z.string(),
      items: z.int(),
      before01: z.number(),
      asked01: z.number(),
      kept: z.int()
    })
  )
})
export type Findings = z.infer<typeof Findings>

export const SelectionResult = z.strictObject({
  run: JobId,
  name: z.string(),
  dataset: DatasetId,
  datasetName: z.string(),
  method: z.string(),
  methodName: z.string(),
  asked: z.int(),
  got: z.int(),
  candidates: z.int(),
  tieShare: z.number(),
  seconds: z.number(),
  check: CheckResult.nullable(),
  votes: VoteResult.nullable(),
  classes: z.array(
    z.strictObject({ name: z.string(), available: z.int(), chosen: z.int(), random: z.int() })
  ),
  /** B10 quality measures: name in words -> value. */
  measures: z.array(
    z.strictObject({ name: z.string(), value: z.number(), unit: z.string(), meaning: z.string() })
  ),
  leftOutReasons: z.array(z.strictObject({ code: z.string(), text: z.string(), count: z.int() })),
  notes: z.array(z.string()),
  /** Absent in results of earlier versions. */
  findings: Findings.optional(),
  draft: SelectDraft,
  /** Versions, device, fingerprints: everything needed to make it again. */
  provenance: z.record(z.string(), Json)
})
export type SelectionResult = z.infer<typeof SelectionResult>

export const Run = z.strictObject({
  /** A chosen set, or a tiny training set. */
  kind: z.enum(['select', 'distil']).default('select'),
  job: Job,
  name: z.string(),
  dataset: DatasetId,
  datasetName: z.string(),
  method: z.string(),
  methodName: z.string(),
  /** Names of the methods tried beside, in order. */
  alsoTried: z.array(z.string()),
  asked: z.int().nullable(),
  got: z.int().nullable(),
  verdict: z.string().nullable(),
  verdictKind: VerdictKind.nullable(),
  hasResult: z.boolean()
})
export type Run = z.infer<typeof Run>

export const RunItem = z.strictObject({
  item: ItemRow,
  /** 1-based among the chosen; null when left out. */
  rank: z.int().nullable(),
  score: z.number(),
  votes: z.int().nullable(),
  reasonCode: z.string(),
  reason: z.string(),
  /** An item to look at beside it: what it repeats, or the chosen item most like it. */
  evidence: z
    .strictObject({
      item: ItemRow,
      similarity01: z.number(),
      kind: z.enum(['repeats', 'nearest-chosen', 'near-chosen'])
    })
    .nullable()
    .default(null),
  /** Why it cannot be added to the chosen set by hand; null when it can, or is chosen. */
  whyFixed: z.string().nullable().default(null)
})
export type RunItem = z.infer<typeof RunItem>

export const RunItemsRequest = z.strictObject({
  run: JobId,
  part: z.enum(['chosen', 'left-out']),
  label: z.string().nullable().default(null),
  reasonCode: z.string().nullable().default(null),
  votes: z.int().nullable().default(null),
  window: Window.default({ first: 0, limit: 100 })
})
export type RunItemsRequest = z.infer<typeof RunItemsRequest>

export const RunItemsPage = z.strictObject({
  items: z.array(RunItem),
  total: z.int()
})
export type RunItemsPage = z.infer<typeof RunItemsPage>

/** Changes by hand to a finished result: keys of items to add and to take out. */
export const ReviseRequest = z.strictObject({
  run: JobId,
  add: z.array(z.string()).max(100_000).default([]),
  remove: z.array(z.string()).max(100_000).default([]),
  /** Name of the new run; empty = "<name>, changed by hand". */
  name: z.string().max(120).default('')
})
export type ReviseRequest = z.infer<typeof ReviseRequest>

/** Items to put in the place of one, most alike first. */
export const SwapChoices = z.strictObject({
  items: z.array(z.strictObject({ item: ItemRow, similarity01: z.number() }))
})
export type SwapChoices = z.infer<typeof SwapChoices>

export const RunComparison = z.strictObject({
  runs: z.array(SelectionResult).length(2),
  sameData: z.boolean(),
  both: z.int(),
  onlyFirst: z.int(),
  onlySecond: z.int(),
  /** Jaccard index: shared / union. */
  jaccard01: z.number(),
  /** Overlap two random sets of these sizes would have. */
  chanceJaccard01: z.number(),
  classes: z.array(z.strictObject({ name: z.string(), first: z.int(), second: z.int() })),
  /** Items both runs put in an order. */
  sharedCandidates: z.int().default(0),
  /**
   * Spearman correlation of the two orders over these, -1..1; null when one of the runs has no order
   * of its own, or for fewer than three items.
   */
  rankCorrelation: z.number().nullable().default(null),
  sentence: z.string()
})
export type RunComparison = z.infer<typeof RunComparison>
