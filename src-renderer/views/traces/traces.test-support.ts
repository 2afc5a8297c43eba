// Trace sets, attempts and queues to test screens with, and the places these screens lead to.
import type {
  QueuePlan,
  QueuePreview,
  QueueReport,
  QueueSummary,
  TraceExportPreview
} from '@api/dto/trace-reviews.ts'
import { noTraceFilter } from '@api/dto/trace-sets.ts'
import type {
  TraceFacets,
  TracePreview,
  TraceRow,
  TraceRules,
  TraceSetSummary
} from '@api/dto/trace-sets.ts'
import type { ProjectInfo } from '@api/dto/projects.ts'
import type { Answers } from '../../stores/run-fixtures.test-support.ts'
import { startApp, type TestApp } from '../view.test-support.ts'

const counts = { pass: 84, fail: 116, partial: 0, unknown: 0 }

/** A set of 200 attempts at 50 tasks. */
export function setOf(part: Partial<TraceSetSummary> = {}): TraceSetSummary {
  return {
    set: 's1',
    name: 'Airline',
    createdAt: 1,
    formats: ['tau-bench results'],
    traces: 200,
    tasks: 50,
    mixedTasks: 31,
    events: 5000,
    steps: 2400,
    sizeBytes: 1e6,
    outcomes: counts,
    problems: 0,
    secrets: [],
    reviewed: 0,
    isDeriving: false,
    ...part
  }
}
/** One attempt in a list. */
export function traceRowOf(trace: number, part: Partial<TraceRow> = {}): TraceRow {
  return {
    trace,
    name: `task ${trace}`,
    task: String(trace),
    goal: 'Cancel the flight.',
    trial: 0,
    agent: null,
    model: null,
    outcome: 'fail',
    reward: 0,
    steps: 12,
    events: 30,
    errors: 1,
    findings: ['repeat'],
    state: 'none',
    verdict: null,
    isFlagged: false,
    startedAt: null,
    durationMs: null,
    tokens: null,
    ...part
  }
}
/** What the filters of a set offer. */
export function traceFacetsOf(part: Partial<TraceFacets> = {}): TraceFacets {
  return {
    tools: [{ value: 'cancel_flight', count: 40 }],
    agents: [],
    models: [{ value: 'gpt-4o', count: 200 }],
    tags: [],
    detectors: [
      {
        detector: 'repeat',
        name: 'Same action again',
        fails: 14,
        passes: 2,
        failShare01: 0.875
      }
    ],
    mostSteps: 40,
    ...part
  }
}
/** What one file of a known form holds. */
export function tracePreviewOf(part: Partial<TracePreview> = {}): TracePreview {
  return {
    files: [
      {
        name: 'airline.json',
        sizeBytes: 1e6,
        format: 'tau-bench',
        formatName: 'tau-bench results',
        traces: 200,
        isWhole: true,
        problem: null
      }
    ],
    example: null,
    outcomes: counts,
    outcomeFrom: 'The reward of each attempt.',
    fields: [],
    mapping: null,
    secrets: [],
    ...part
  }
}
/** What a plan would give. */
export function queuePreviewOf(part: Partial<QueuePreview> = {}): QueuePreview {
  return {
    matching: 200,
    count: 200,
    random: 40,
    secondLooks: 20,
    seconds: 9900,
    secondsEach: 45,
    outcomes: counts,
    first: [{ trace: 7, name: 'task 7', why: 'Passed and failed.' }],
    messages: [],
    ...part
  }
}
/** A queue that was started with a plan. */
export function queueOf(plan: QueuePlan, part: Partial<QueueSummary> = {}): QueueSummary {
  return {
    queue: 'q1',
    set: plan.set,
    setName: 'Airline',
    plan,
    createdAt: 1,
    done: 0,
    skipped: 0,
    total: plan.count,
    secondsLeft: 9000,
    secondsEach: 45,
    ...part
  }
}
/** A plan as it is sent. */
export function queuePlanOf(part: Partial<QueuePlan> = {}): QueuePlan {
  return {
    set: 's1',
    name: 'Review of Airline',
    template: 'finished',
    questions: [],
    filter: noTraceFilter,
    order: 'informative',
    count: 200,
    randomShare01: 0.2,
    isBalanced: true,
    isBlind: false,
    secondLook01: 0.1,
    reviewers: 1,
    seed: 0,
    ...part
  }
}
/** What a queue came to. */
export function queueReportOf(part: Partial<QueueReport> = {}): QueueReport {
  return {
    queue: queueOf(queuePlanOf(), { done: 200 }),
    reviews: 200,
    randomReviews: 40,
    rates: [{ name: 'Passed', count: 16, of: 40, share01: 0.4, low01: 0.264, high01: 0.554 }],
    agreement: [],
    reasons: [{ reason: 'Wrong value', count: 9 }],
    disagreements: [],
    kept: 70,
    corrections: 12,
    ...part
  }
}
/** What an export would hold. */
export function exportPreviewOf(part: Partial<TraceExportPreview> = {}): TraceExportPreview {
  return {
    traces: 70,
    sft: 68,
    weighted: 800,
    masked: 120,
    pairs: 30,
    steps: 920,
    messages: [],
    ...part
  }
}
/** Tools of a set. */
export function traceRulesOf(part: Partial<TraceRules> = {}): TraceRules {
  return {
    tools: [
      {
        verb: 'cancel_flight',
        calls: 40,
        effect: 'write',
        isGuess: true,
        arguments: ['id', 'price']
      },
      { verb: 'ask_manager', calls: 3, effect: 'end', isGuess: false, arguments: [] }
    ],
    volatile: [],
    isOrderFree: false,
    ...part
  }
}

const places = [
  { path: '/traces', name: 'traces' },
  { path: '/traces/add', name: 'add-traces' },
  { path: '/traces/:set', name: 'trace-set' },
  { path: '/traces/:set/review', name: 'plan-review' },
  { path: '/traces/:set/attempt/:trace', name: 'attempt' },
  { path: '/review/:queue', name: 'review' },
  { path: '/review/:queue/report', name: 'review-report' }
]

/** The app with one trace set, and with the places of the trace screens. */
export async function startTraceApp(
  answers: Answers = {},
  project?: ProjectInfo
): Promise<TestApp> {
  const app = await startApp(
    {
      'traces.sets': () => ({ sets: [setOf()] }),
      'reviews.queues': () => ({ queues: [] }),
      'reviews.reviewers': () => ({ reviewers: [] }),
      'traces.facets': () => traceFacetsOf(),
      ...answers
    },
    ...(project === undefined ? [] : [project])
  )
  for (const place of places) app.router.addRoute({ ...place, component: { template: '<i />' } })
  return app
}
