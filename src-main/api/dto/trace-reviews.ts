// Reviews of agent traces: what is asked, which attempts come first, what a reviewer marked, and what
// all of it says.
import { z } from '../zod.ts'
import { JobId, Json } from './common.ts'
import { TraceFilter, TraceId, TraceSetId } from './trace-sets.ts'

export const QueueId = z.string().min(1).max(64)
export type QueueId = z.infer<typeof QueueId>
export const ReviewId = z.string().min(1).max(64)
export type ReviewId = z.infer<typeof ReviewId>

export const Verdict = z.enum(['pass', 'fail', 'partial', 'unsure'])
export type Verdict = z.infer<typeof Verdict>

/** One thing a reviewer is asked about every attempt. */
export const ReviewQuestion = z.strictObject({
  id: z.string().min(1).max(40),
  text: z.string().min(1).max(300),
  type: z.enum(['yes-no', 'scale', 'tags', 'note']),
  /** Of "tags": what can be chosen. */
  choices: z.array(z.string().min(1).max(80)).max(30).default([]),
  isRequired: z.boolean().default(false),
  /** Reasons offered when the answer is "no". */
  reasons: z.array(z.string().min(1).max(80)).max(30).default([])
})
export type ReviewQuestion = z.infer<typeof ReviewQuestion>

/** Which attempts come first. */
export const QueueOrder = z.enum(['informative', 'random', 'oldest', 'like-marked'])
export type QueueOrder = z.infer<typeof QueueOrder>

export const QueuePlan = z.strictObject({
  set: TraceSetId,
  name: z.string().min(1).max(80),
  template: z.enum(['finished', 'safe', 'efficient', 'training', 'custom']),
  /** Asked beside the verdict, the first mistake and "keep for training". */
  questions: z.array(ReviewQuestion).max(6),
  filter: TraceFilter,
  order: QueueOrder.default('informative'),
  count: z.int().min(1).max(100_000),
  /** Share drawn at random, so that rates over all attempts can be told; at least a tenth. */
  randomShare01: z.number().min(0.1).max(1).default(0.2),
  isBalanced: z.boolean().default(true),
  /** Names of agents, models, outcomes and all suggestions stay hidden until a review is done. */
  isBlind: z.boolean().default(false),
  /** Share of attempts that come a second time later on. */
  secondLook01: z.number().min(0).max(0.5).default(0.1),
  /** Reviews wanted of each attempt, by different people. */
  reviewers: z.int().min(1).max(5).default(1),
  seed: z.int().min(0).default(0)
})
export type QueuePlan = z.infer<typeof QueuePlan>

/** What starting a plan would give, with messages (codes C1 to C9). */
export const QueuePreview = z.strictObject({
  matching: z.int(),
  count: z.int(),
  random: z.int(),
  secondLooks: z.int(),
  /** About, from this reviewer's own pace or 45 s each. */
  seconds: z.number(),
  secondsEach: z.number(),
  outcomes: z.strictObject({ pass: z.int(), fail: z.int(), partial: z.int(), unknown: z.int() }),
  /** The first ones, with why each comes here. */
  first: z.array(z.strictObject({ trace: TraceId, name: z.string(), why: z.string() })),
  messages: z.array(
    z.strictObject({
      code: z.string(),
      severity: z.enum(['error', 'caution', 'note']),
      text: z.string()
    })
  )
})
export type QueuePreview = z.infer<typeof QueuePreview>

export const QueueSummary = z.strictObject({
  queue: QueueId,
  set: TraceSetId,
  setName: z.string(),
  plan: QueuePlan,
  createdAt: z.number(),
  /** Of the current reviewer. */
  done: z.int(),
  skipped: z.int(),
  total: z.int(),
  secondsLeft: z.number(),
  secondsEach: z.number()
})
export type QueueSummary = z.infer<typeof QueueSummary>

/** One place in a queue. */
export const QueueItem = z.strictObject({
  position: z.int(),
  trace: TraceId,
  /** Drawn at random, so that it counts for rates. Told once its review is done. */
  isRandom: z.boolean(),
  isSecondLook: z.boolean(),
  why: z.string(),
  /** Of the current reviewer. */
  state: z.enum(['none', 'draft', 'done', 'skipped']),
  /** As many other people as wanted have done it: it can be passed by. */
  isTaken: z.boolean().optional()
})
export type QueueItem = z.infer<typeof QueueItem>

export const Reviewer = z.strictObject({
  id: z.string(),
  name: z.string().min(1).max(60),
  isModel: z.boolean(),
  isCurrent: z.boolean(),
  reviews: z.int()
})
export type Reviewer = z.infer<typeof Reviewer>

export const StepMark = z.enum(['good', 'bad', 'neutral', 'recovered', 'irrelevant'])
export type StepMark = z.infer<typeof StepMark>

/** What the agent should have done at a step. */
export const StepCorrection = z.strictObject({
  /** The tool, or "say". */
  verb: z.string().min(1).max(200),
  args: Json,
  /** What it should have thought before. */
  thought: z.string().max(20_000).default(''),
  why: z.string().max(20_000).default(''),
  origin: z.enum(['human', 'model', 'sibling', 'rule']).default('human'),
  /** Whether doing it was seen to help, where the environment could be run again. */
  verified: z.enum(['none', 'replay-ok', 'replay-fail']).default('none')
})
export type StepCorrection = z.infer<typeof StepCorrection>

/** An answer: yes/no/unsure, a number from 1 to 5, chosen tags, or a text; reasons for a "no". */
export const ReviewAnswer = z.strictObject({
  value: z.union([z.string().max(20_000), z.number(), z.array(z.string().max(80)).max(30)]),
  reasons: z.array(z.string().max(80)).max(30).default([])
})
export type ReviewAnswer = z.infer<typeof ReviewAnswer>

/** All that a reviewer said about one attempt. Steps are numbers from 0, as keys in decimal. */
export const ReviewBody = z.strictObject({
  verdict: Verdict.nullable(),
  /** First deviation: where it first went wrong. */
  firstWrong: z.int().min(0).nullable(),
  /** Decisive mistake: after it the attempt could not be saved. */
  decisive: z.int().min(0).nullable(),
  /** No step is wrong: the task, the checker or the user is. */
  noneWrong: z.boolean(),
  confidence: z.int().min(1).max(3).nullable(),
  keep: z.enum(['yes', 'no', 'unsure']).nullable(),
  answers: z.record(z.string(), ReviewAnswer),
  marks: z.record(z.string(), StepMark),
  corrections: z.record(z.string(), StepCorrection),
  tags: z.array(z.string().max(80)).max(100),
  stepTags: z.record(z.string(), z.array(z.string().max(80)).max(30)),
  note: z.string().max(100_000),
  stepNotes: z.record(z.string(), z.string().max(20_000)),
  isFlagged: z.boolean(),
  suggestion: z.enum(['accepted', 'dismissed']).nullable()
})
export type ReviewBody = z.infer<typeof ReviewBody>

/** A review in which nothing is marked. */
export const emptyReviewBody: ReviewBody = {
  verdict: null,
  firstWrong: null,
  decisive: null,
  noneWrong: false,
  confidence: null,
  keep: null,
  answers: {},
  marks: {},
  corrections: {},
  tags: [],
  stepTags: {},
  note: '',
  stepNotes: {},
  isFlagged: false,
  suggestion: null
}

export const ReviewState = z.enum(['draft', 'done', 'skipped'])
export type ReviewState = z.infer<typeof ReviewState>

export const ReviewView = z.strictObject({
  review: ReviewId,
  queue: QueueId.nullable(),
  trace: TraceId,
  reviewer: z.string(),
  pass: z.int(),
  state: ReviewState,
  body: ReviewBody,
  /** Suggestions were shown before it was done. */
  sawSuggestions: z.boolean(),
  msSpent: z.number(),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** What Undo and Redo would take back or make again, in words; null = nothing. */
  undo: z.string().nullable(),
  redo: z.string().nullable()
})
export type ReviewView = z.infer<typeof ReviewView>

const step = z.int().min(0)
/** One thing a reviewer does; each is stored at once and can be taken back. */
export const ReviewAct = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('verdict'), verdict: Verdict.nullable() }),
  z.strictObject({ kind: z.literal('first-wrong'), step: step.nullable() }),
  z.strictObject({ kind: z.literal('decisive'), step: step.nullable() }),
  z.strictObject({ kind: z.literal('none-wrong'), value: z.boolean() }),
  z.strictObject({ kind: z.literal('confidence'), value: z.int().min(1).max(3).nullable() }),
  z.strictObject({ kind: z.literal('keep'), value: z.enum(['yes', 'no', 'unsure']).nullable() }),
  z.strictObject({
    kind: z.literal('answer'),
    question: z.string().max(40),
    answer: ReviewAnswer.nullable()
  }),
  z.strictObject({ kind: z.literal('mark'), step, mark: StepMark.nullable() }),
  z.strictObject({ kind: z.literal('correction'), step, correction: StepCorrection.nullable() }),
  z.strictObject({ kind: z.literal('tag'), tag: z.string().min(1).max(80), on: z.boolean() }),
  z.strictObject({
    kind: z.literal('step-tag'),
    step,
    tag: z.string().min(1).max(80),
    on: z.boolean()
  }),
  z.strictObject({ kind: z.literal('note'), text: z.string().max(100_000) }),
  z.strictObject({ kind: z.literal('step-note'), step, text: z.string().max(20_000) }),
  z.strictObject({ kind: z.literal('flag'), value: z.boolean() }),
  z.strictObject({
    kind: z.literal('suggestion'),
    value: z.enum(['accepted', 'dismissed']).nullable(),
    /** Accepting marks this step as the first mistake in the same act. */
    step: step.nullable().default(null)
  })
])
export type ReviewAct = z.infer<typeof ReviewAct>

/** A share with its 95 % interval (Wilson), from the random part alone. */
export const ReviewRate = z.strictObject({
  name: z.string(),
  count: z.int(),
  of: z.int(),
  share01: z.number(),
  low01: z.number(),
  high01: z.number()
})
export type ReviewRate = z.infer<typeof ReviewRate>

/** Mean of a scale from 1 to 5 with its 95 % interval (bootstrap), from the random part alone. */
export const ReviewMean = z.strictObject({
  name: z.string(),
  count: z.int(),
  mean: z.number(),
  low: z.number(),
  high: z.number()
})
export type ReviewMean = z.infer<typeof ReviewMean>

/** How far two passes, or reviewers, agree. */
export const Agreement = z.strictObject({
  what: z.string(),
  /** "second looks" or the two reviewers' names. */
  between: z.string(),
  pairs: z.int(),
  percent01: z.number(),
  /** Cohen's kappa, weighted by squares for scales; null where nothing varies. */
  kappa: z.number().nullable(),
  /** Krippendorff's alpha over all reviewers; null where nothing varies. */
  alpha: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Fewer than 30 pairs. */
  isRough: z.boolean()
})
export type Agreement = z.infer<typeof Agreement>

/** What a queue's reviews say, from its random part where rates are told. */
export const QueueReport = z.strictObject({
  queue: QueueSummary,
  reviews: z.int(),
  randomReviews: z.int(),
  rates: z.array(ReviewRate),
  /** Of questions answered from 1 to 5. */
  means: z.array(ReviewMean).optional(),
  agreement: z.array(Agreement),
  reasons: z.array(z.strictObject({ reason: z.string(), count: z.int() })),
  /** Differing reviews of one attempt, furthest marks first; at most 200. */
  disagreements: z.array(
    z.strictObject({
      trace: TraceId,
      name: z.string(),
      first: z.string(),
      second: z.string(),
      verdicts: z.array(z.string()),
      steps: z.array(z.int().nullable())
    })
  ),
  kept: z.int(),
  corrections: z.int()
})
export type QueueReport = z.infer<typeof QueueReport>

/** What goes out. */
export const TraceExportRequest = z.strictObject({
  /** Reviews of a queue; null = all of the set. */
  set: TraceSetId,
  queue: QueueId.nullable().default(null),
  /** Folder to write into, and the name of the new folder in it. */
  to: z.string().min(1).max(64),
  name: z.string().min(1).max(80),
  /** Which attempts: those kept for training, all that were reviewed, or every one of the set. */
  which: z.enum(['kept', 'reviewed', 'all']).default('kept'),
  files: z
    .array(z.enum(['sft', 'sharegpt', 'pairs', 'steps', 'answers', 'atif', 'report']))
    .min(1)
    .default(['sft', 'answers', 'report']),
  sft: z
    .strictObject({
      /** Steps from the first mistake on, or every wrong step: masked (weight 0) or left out. */
      wrong: z.enum(['mask', 'drop']).default('mask'),
      scope: z.enum(['from-first', 'wrong-steps']).default('from-first'),
      /** The corrected action ends an attempt that failed. */
      withCorrections: z.boolean().default(true),
      withRecovered: z.boolean().default(true),
      /** About four characters each; null = no limit. Long ones are cut at the end of a turn. */
      maxTokens: z.int().min(100).max(10_000_000).nullable().default(null)
    })
    .prefault({}),
  /** Share of tasks in the test part; no task is in both. */
  testShare01: z.number().min(0).max(0.5).default(0),
  seed: z.int().min(0).default(0),
  ifExists: z.enum(['new-name', 'replace', 'stop']).default('new-name')
})
export type TraceExportRequest = z.infer<typeof TraceExportRequest>

/** Sends curated attempts to the chooser as a chat dataset. */
export const TraceSendRequest = z.strictObject({
  set: TraceSetId,
  queue: QueueId.nullable().default(null),
  which: z.enum(['kept', 'reviewed', 'all']).default('kept'),
  name: z.string().min(1).max(80),
  sft: TraceExportRequest.shape.sft
})
export type TraceSendRequest = z.infer<typeof TraceSendRequest>

/** What an export would hold, before it is started. */
export const TraceExportPreview = z.strictObject({
  traces: z.int(),
  sft: z.int(),
  weighted: z.int(),
  masked: z.int(),
  pairs: z.int(),
  steps: z.int(),
  messages: z.array(
    z.strictObject({
      code: z.string(),
      severity: z.enum(['error', 'caution', 'note']),
      text: z.string()
    })
  )
})
export type TraceExportPreview = z.infer<typeof TraceExportPreview>

export const OneQueue = z.strictObject({ queue: QueueId })
export const OneReview = z.strictObject({ review: ReviewId })
export const StartedTraceExport = z.strictObject({ job: JobId })
