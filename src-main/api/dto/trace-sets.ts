// Sets of agent traces in a project: adding files, listing attempts, reading one, rules and findings.
import { z } from '../zod.ts'
import { GrantId, JobId, Json, PageRequest } from './common.ts'
import { ActionEffect, DetectorRate, FirstWrongSuggestion, TraceOutcome } from './traces.ts'

export const TraceSetId = z.string().min(1).max(64)
export type TraceSetId = z.infer<typeof TraceSetId>
/** Number of a trace in its project. */
export const TraceId = z.int().min(1)
export type TraceId = z.infer<typeof TraceId>

export const TraceEventKind = z.enum([
  'system',
  'user',
  'assistant',
  'thought',
  'tool-call',
  'tool-result',
  'observation',
  'score',
  'error',
  'state',
  'info'
])
export type TraceEventKind = z.infer<typeof TraceEventKind>

/** Where a trace's parts are in values of an unknown form; paths are names joined by dots, "" = the value itself. */
export const TraceMapping = z.strictObject({
  /** List of messages or steps inside a value; null = every value of the file is one message. */
  messages: z.string().max(200).nullable(),
  /** Inside a message. */
  role: z.string().max(200),
  text: z.string().max(200),
  toolName: z.string().max(200).nullable().default(null),
  toolArguments: z.string().max(200).nullable().default(null),
  toolResult: z.string().max(200).nullable().default(null),
  time: z.string().max(200).nullable().default(null),
  /** Inside a value. */
  id: z.string().max(200).nullable().default(null),
  task: z.string().max(200).nullable().default(null),
  outcome: z.string().max(200).nullable().default(null),
  /** Values of the outcome field that mean success; others that are there mean failure. */
  passValues: z.array(z.string().max(200)).max(50).default([]),
  /** Which role each value of the role field is; a value that is missing is guessed from its name. */
  roles: z
    .record(z.string(), z.enum(['system', 'user', 'assistant', 'tool', 'observation', 'skip']))
    .default({})
})
export type TraceMapping = z.infer<typeof TraceMapping>

export const TraceImportOptions = z.strictObject({
  /** Keys, tokens, e-mail addresses and home folders are replaced before anything is stored. */
  hideSecrets: z.boolean().default(true),
  /** For values that no known form fits. */
  mapping: TraceMapping.nullable().default(null)
})
export type TraceImportOptions = z.infer<typeof TraceImportOptions>

/** One event as the reading screens show it. */
export const TraceEventView = z.strictObject({
  seq: z.int(),
  kind: TraceEventKind,
  actor: z.string().nullable(),
  name: z.string().nullable(),
  callId: z.string().nullable(),
  /** The beginning; `length` says how much there is. */
  text: z.string(),
  length: z.int(),
  /** Arguments of a tool call. Null when they are too long: `dataLength` then says how long. */
  data: Json,
  dataLength: z.int(),
  isError: z.boolean(),
  time: z.number().nullable(),
  /** Pictures, pages and files that came with it. */
  attachments: z.array(
    z.strictObject({
      index: z.int(),
      mime: z.string(),
      name: z.string().nullable(),
      sizeBytes: z.number()
    })
  )
})
export type TraceEventView = z.infer<typeof TraceEventView>

export const TracePreviewRequest = z.strictObject({ grant: GrantId, options: TraceImportOptions })
export type TracePreviewRequest = z.infer<typeof TracePreviewRequest>

/** What a file, or a folder of files, looks like before it is added. Reads the beginning only. */
export const TracePreview = z.strictObject({
  files: z.array(
    z.strictObject({
      name: z.string(),
      sizeBytes: z.number(),
      /** Id and words of the form; null = not recognised. */
      format: z.string().nullable(),
      formatName: z.string().nullable(),
      /** Attempts found in the part that was read, and whether that was all of it. */
      traces: z.int(),
      isWhole: z.boolean(),
      problem: z.string().nullable()
    })
  ),
  /** The first attempt: who spoke, tools, results. At most 12 events. */
  example: z
    .strictObject({
      task: z.string(),
      outcome: TraceOutcome,
      events: z.array(TraceEventView),
      steps: z.int()
    })
    .nullable(),
  outcomes: z.strictObject({ pass: z.int(), fail: z.int(), partial: z.int(), unknown: z.int() }),
  /** Where the outcome comes from, in words; null when no file says how attempts ended. */
  outcomeFrom: z.string().nullable(),
  /**
   * Fields of values that no known form fits, for mapping by hand: path, kind and an example. "[]"
   * after a path means each entry of that list ("turns[].role"); a mapping takes such paths as they
   * are, or without the path of its list ("role").
   */
  fields: z.array(
    z.strictObject({
      path: z.string(),
      kind: z.enum(['text', 'number', 'yes-no', 'list', 'object', 'empty']),
      example: z.string(),
      /** For short texts: the values seen, most frequent first; at most 20. */
      values: z.array(z.string())
    })
  ),
  /** A first proposal, to be set right by hand; null when nothing needs mapping. */
  mapping: TraceMapping.nullable(),
  /** Hidden in the part that was read, by kind ("e-mail address"). */
  secrets: z.array(z.strictObject({ kind: z.string(), count: z.int() }))
})
export type TracePreview = z.infer<typeof TracePreview>

export const TraceImportRequest = z.strictObject({
  grants: z.array(GrantId).min(1).max(200),
  name: z.string().min(1).max(80),
  options: TraceImportOptions,
  /** Adds to this set; null makes a new one. */
  addTo: TraceSetId.nullable().default(null)
})
export type TraceImportRequest = z.infer<typeof TraceImportRequest>

export const TraceSetSummary = z.strictObject({
  set: TraceSetId,
  name: z.string(),
  createdAt: z.number(),
  /** Words of the forms its files have. */
  formats: z.array(z.string()),
  traces: z.int(),
  tasks: z.int(),
  /** Tasks that were both solved and failed. */
  mixedTasks: z.int(),
  events: z.int(),
  steps: z.int(),
  sizeBytes: z.number(),
  outcomes: z.strictObject({ pass: z.int(), fail: z.int(), partial: z.int(), unknown: z.int() }),
  problems: z.int(),
  secrets: z.array(z.strictObject({ kind: z.string(), count: z.int() })),
  /** Attempts with a finished review by anyone. */
  reviewed: z.int(),
  /** Steps and findings are being made anew. */
  isDeriving: z.boolean()
})
export type TraceSetSummary = z.infer<typeof TraceSetSummary>

/** One tool of a set: what it does to the world, and which arguments do not tell calls apart. */
export const ToolRule = z.strictObject({
  verb: z.string(),
  calls: z.int(),
  effect: ActionEffect,
  isGuess: z.boolean(),
  /** Names of its arguments, most frequent first; at most 40. */
  arguments: z.array(z.string())
})
export type ToolRule = z.infer<typeof ToolRule>

export const TraceRules = z.strictObject({
  tools: z.array(ToolRule),
  /** Names of arguments left out when calls are compared: prices, times, request ids. */
  volatile: z.array(z.string()),
  /** Lists in arguments are compared without their order. */
  isOrderFree: z.boolean()
})
export type TraceRules = z.infer<typeof TraceRules>

export const TraceRulesChange = z.strictObject({
  set: TraceSetId,
  /** Effects by tool; null goes back to the guess. Tools not named stay as they are. */
  effects: z.record(z.string(), ActionEffect.nullable()).default({}),
  volatile: z.array(z.string().max(200)).max(200).optional(),
  isOrderFree: z.boolean().optional()
})
export type TraceRulesChange = z.infer<typeof TraceRulesChange>

export const TraceFilter = z.strictObject({
  /** Words, all of which occur in the attempt. */
  text: z.string().max(500).default(''),
  outcomes: z.array(TraceOutcome).default([]),
  verdicts: z.array(z.string().max(40)).default([]),
  /** Review states: "none" = nobody began. */
  states: z.array(z.enum(['none', 'draft', 'done', 'skipped'])).default([]),
  detectors: z.array(z.string().max(80)).default([]),
  tools: z.array(z.string().max(200)).default([]),
  agents: z.array(z.string().max(200)).default([]),
  models: z.array(z.string().max(200)).default([]),
  tags: z.array(z.string().max(80)).default([]),
  task: z.string().max(2000).nullable().default(null),
  mixedOnly: z.boolean().default(false),
  withErrors: z.boolean().default(false),
  flagged: z.boolean().default(false),
  minSteps: z.int().min(0).nullable().default(null),
  maxSteps: z.int().min(0).nullable().default(null)
})
export type TraceFilter = z.infer<typeof TraceFilter>
/** Lets everything through. */
export const noTraceFilter: TraceFilter = TraceFilter.parse({})

export const TraceSort = z.enum(['added', 'task', 'steps', 'reward', 'findings', 'tokens'])
export type TraceSort = z.infer<typeof TraceSort>

export const TraceListRequest = z.strictObject({
  set: TraceSetId,
  filter: TraceFilter,
  sort: TraceSort.default('added'),
  isDescending: z.boolean().default(false),
  /** First position wanted, 0-based, and how many. */
  first: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100)
})
export type TraceListRequest = z.infer<typeof TraceListRequest>

export const TraceRow = z.strictObject({
  trace: TraceId,
  name: z.string(),
  task: z.string(),
  goal: z.string(),
  trial: z.int(),
  agent: z.string().nullable(),
  model: z.string().nullable(),
  outcome: TraceOutcome,
  reward: z.number().nullable(),
  steps: z.int(),
  events: z.int(),
  errors: z.int(),
  /** Strongest findings first: detector ids, at most 4. */
  findings: z.array(z.string()),
  /** Newest review that is not hidden: its state and verdict. */
  state: z.enum(['none', 'draft', 'done', 'skipped']),
  verdict: z.string().nullable(),
  isFlagged: z.boolean(),
  startedAt: z.number().nullable(),
  durationMs: z.number().nullable(),
  tokens: z.number().nullable()
})
export type TraceRow = z.infer<typeof TraceRow>

export const TraceList = z.strictObject({ total: z.int(), rows: z.array(TraceRow) })
export type TraceList = z.infer<typeof TraceList>

/** What the filter's menus offer, with counts over the whole set. */
export const TraceFacets = z.strictObject({
  tools: z.array(z.strictObject({ value: z.string(), count: z.int() })),
  agents: z.array(z.strictObject({ value: z.string(), count: z.int() })),
  models: z.array(z.strictObject({ value: z.string(), count: z.int() })),
  tags: z.array(z.strictObject({ value: z.string(), count: z.int() })),
  detectors: z.array(DetectorRate),
  mostSteps: z.int()
})
export type TraceFacets = z.infer<typeof TraceFacets>

/** Tasks with their attempts, for the heat strip. */
export const TraceBoard = z.strictObject({
  total: z.int(),
  tasks: z.array(
    z.strictObject({
      task: z.string(),
      goal: z.string(),
      attempts: z.array(
        z.strictObject({
          trace: TraceId,
          trial: z.int(),
          outcome: TraceOutcome,
          state: z.enum(['none', 'draft', 'done', 'skipped'])
        })
      )
    })
  )
})
export type TraceBoard = z.infer<typeof TraceBoard>

/** A step in the list on the left: what the agent decided, in short. */
export const TraceStepView = z.strictObject({
  index: z.int(),
  /** Events that are part of it, and the first one after its results. */
  from: z.int(),
  to: z.int(),
  until: z.int(),
  actor: z.string().nullable(),
  /** Tools it called, or the beginning of what it said. */
  title: z.string(),
  kind: z.enum(['call', 'talk', 'thought']),
  status: z.enum(['ok', 'soft', 'error', 'none']),
  effect: ActionEffect,
  durationMs: z.number().nullable(),
  /** Detector ids with their severity. */
  findings: z.array(z.strictObject({ detector: z.string(), severity: z.int() })),
  /** Number of equal calls in a row that this one begins; 1 = not repeated. */
  repeats: z.int(),
  /** 0 = the main line; more for retries and side branches of a log. */
  lane: z.int()
})
export type TraceStepView = z.infer<typeof TraceStepView>

export const TraceFinding = z.strictObject({
  detector: z.string(),
  name: z.string(),
  severity: z.int(),
  step: z.int(),
  to: z.int(),
  /** In a sentence, with what shows it. */
  text: z.string()
})
export type TraceFinding = z.infer<typeof TraceFinding>

export const TraceDetail = z.strictObject({
  row: TraceRow,
  set: TraceSetId,
  goal: z.string(),
  endReason: z.string().nullable(),
  warnings: z.array(z.string()),
  steps: z.array(TraceStepView),
  events: z.int(),
  /** Kind of each event in order, as positions in `TraceEventKind`'s list: lets lists be filtered without reading them. */
  kinds: z.instanceof(Uint8Array),
  /** Numbers of the events of side lines: tries that were given up, and helpers. */
  side: z.array(z.int()),
  findings: z.array(TraceFinding),
  /** Attempts at the same task with this one, by trial. */
  siblings: z.array(TraceRow),
  /** A mistake that the log itself names. */
  marked: z
    .strictObject({ event: z.int(), actor: z.string().nullable(), reason: z.string() })
    .nullable()
})
export type TraceDetail = z.infer<typeof TraceDetail>

export const TraceEventsRequest = z.strictObject({
  trace: TraceId,
  from: z.int().min(0),
  /** Not included; at most 400 events at once. */
  to: z.int().min(0),
  /** Most characters of each text. */
  maxChars: z.int().min(0).max(1_000_000).default(8000)
})
export type TraceEventsRequest = z.infer<typeof TraceEventsRequest>

/** A part of a long text, or of long arguments as JSON text. */
export const TraceTextRequest = z.strictObject({
  trace: TraceId,
  seq: z.int().min(0),
  what: z.enum(['text', 'data']),
  from: z.int().min(0),
  size: z.int().min(1).max(1_000_000)
})
export type TraceTextRequest = z.infer<typeof TraceTextRequest>

export const TraceSearchRequest = z.strictObject({
  trace: TraceId,
  /** Found as written, upper and lower case alike. */
  text: z.string().min(1).max(500),
  kinds: z.array(TraceEventKind).default([])
})
export type TraceSearchRequest = z.infer<typeof TraceSearchRequest>

/** Events that hold the text, in order, with how often; at most 10,000 events. */
export const TraceHits = z.strictObject({
  hits: z.array(z.strictObject({ seq: z.int(), count: z.int() })),
  total: z.int()
})
export type TraceHits = z.infer<typeof TraceHits>

/** Two attempts row by row: equal decisions side by side. */
export const TraceComparison = z.strictObject({
  left: TraceRow,
  right: TraceRow,
  rows: z.array(
    z.strictObject({
      left: z.int().nullable(),
      right: z.int().nullable(),
      relation: z.enum(['same', 'other-arguments', 'different', 'left-only', 'right-only']),
      leftText: z.string(),
      rightText: z.string(),
      /** Arguments that differ. */
      fields: z.array(z.strictObject({ field: z.string(), left: Json, right: Json }))
    })
  ),
  /** Row of the first difference; null when there is none. */
  firstDifference: z.int().nullable()
})
export type TraceComparison = z.infer<typeof TraceComparison>

/** What is suggested without a model for one attempt. */
export const TraceSuggestionView = z.strictObject({
  suggestion: FirstWrongSuggestion.omit({ trace: true, task: true, trial: true }).nullable(),
  /** Why there is none, in a sentence; null when there is one. */
  silence: z.string().nullable(),
  /** The plain rule beside it: where reviewers of this set usually mark, or the last step. */
  positional: z.strictObject({ step: z.int(), reason: z.string() }).nullable()
})
export type TraceSuggestionView = z.infer<typeof TraceSuggestionView>

/** How suggestions, and the plain rules beside them, agree with reviewers' own marks. */
export const SuggestionScore = z.strictObject({
  /** Finished reviews of failures with a first mistake, made without having seen suggestions. */
  marks: z.int(),
  rules: z.array(
    z.strictObject({
      rule: z.enum([
        'suggestions',
        'error',
        'usual-place',
        'last-step',
        'random',
        /** A model that reviewers asked, and rules on the very attempts it was asked about. */
        'model',
        'beside-model'
      ]),
      name: z.string(),
      /** Of those it speaks about. */
      spoke: z.int(),
      exact: z.number(),
      near: z.number()
    })
  ),
  tiers: z.array(
    z.strictObject({ tier: z.string(), name: z.string(), spoke: z.int(), exact: z.number() })
  ),
  detectors: z.array(DetectorRate),
  /** Against the log's own right solution where it names one. */
  gold: z
    .strictObject({
      labelled: z.int(),
      suggestions: z.int(),
      near: z.int(),
      anyNewCall: z.int(),
      prefixTree: z.int(),
      lastStep: z.int(),
      usualPlace: z.int(),
      random: z.number()
    })
    .nullable()
})
export type SuggestionScore = z.infer<typeof SuggestionScore>

export const OneTraceSet = z.strictObject({ set: TraceSetId })
export const OneTrace = z.strictObject({ trace: TraceId })
export const StartedTraceImport = z.strictObject({ job: JobId, set: TraceSetId })
export const TraceProblemsRequest = z.strictObject({ set: TraceSetId, page: PageRequest })
