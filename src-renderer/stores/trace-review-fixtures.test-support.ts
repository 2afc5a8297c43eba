// A small attempt of an agent and a backend that keeps reviews of it, for tests of the review screen.
import {
  emptyReviewBody,
  ReviewAct as ReviewActSchema,
  ReviewQuestion
} from '@api/dto/trace-reviews.ts'
import { bodyAfter } from '@api/review-acts.ts'
import type {
  QueueItem,
  QueuePlan,
  QueueSummary,
  ReviewAct,
  ReviewBody,
  ReviewView
} from '@api/dto/trace-reviews.ts'
import { noTraceFilter } from '@api/dto/trace-sets.ts'
import type {
  TraceDetail,
  TraceEventKind,
  TraceEventView,
  TraceRow,
  TraceStepView
} from '@api/dto/trace-sets.ts'
import { AppError } from '@api/errors.ts'
import type { Answers } from './run-fixtures.test-support.ts'
import { eventKinds } from './trace-review-places.ts'

/** A row of the list of attempts. */
export function traceRowOf(trace: number, part: Partial<TraceRow> = {}): TraceRow {
  return {
    trace,
    name: `attempt ${trace}`,
    task: 'airline 7',
    goal: 'Cancel the booking',
    trial: trace - 1,
    agent: 'secret-agent',
    model: 'secret-model',
    outcome: 'fail',
    reward: 0,
    steps: 4,
    events: 11,
    errors: 1,
    findings: ['EXTRA_WRITE'],
    state: 'none',
    verdict: null,
    isFlagged: false,
    startedAt: 1_000_000,
    durationMs: 9000,
    tokens: 1200,
    ...part
  }
}

/** An event. */
export function eventOf(
  seq: number,
  kind: TraceEventKind,
  part: Partial<TraceEventView> = {}
): TraceEventView {
  const text = part.text ?? ''
  return {
    seq,
    kind,
    actor: null,
    name: null,
    callId: null,
    text,
    length: text.length,
    data: null,
    dataLength: 0,
    isError: false,
    time: null,
    attachments: [],
    ...part
  }
}

/** Eleven events: instructions, a question, four decisions with their results, a score. */
export const events: readonly TraceEventView[] = [
  eventOf(0, 'system', { text: 'Follow the rules of the airline.' }),
  eventOf(1, 'user', { text: 'Cancel my booking, booking Q7.' }),
  eventOf(2, 'tool-call', { name: 'get_booking', data: { id: 'Q7' }, dataLength: 11 }),
  eventOf(3, 'tool-result', { name: 'get_booking', text: 'booking Q7\nseat 4A' }),
  eventOf(4, 'tool-call', {
    name: 'cancel_booking',
    data: { id: 'Q8', refund: 12.5, notes: ['late'], isFree: false },
    dataLength: 60
  }),
  eventOf(5, 'tool-result', {
    name: 'cancel_booking',
    text: 'Error: no booking Q8',
    isError: true
  }),
  eventOf(6, 'tool-call', { name: 'get_booking', data: { id: 'Q7', full: true }, dataLength: 24 }),
  eventOf(7, 'tool-result', { name: 'get_booking', text: 'booking Q7\nseat 4B' }),
  eventOf(8, 'assistant', { text: 'Your booking is gone.' }),
  eventOf(9, 'score', { text: 'reward 0' }),
  eventOf(10, 'info', { text: 'the end' })
]

/** A step of the list. */
export function stepOf(index: number, part: Partial<TraceStepView> = {}): TraceStepView {
  return {
    index,
    from: 2 + index * 2,
    to: 3 + index * 2,
    until: 4 + index * 2,
    actor: 'agent',
    title: 'get_booking',
    kind: 'call',
    status: 'ok',
    effect: 'read',
    durationMs: 1000,
    findings: [],
    repeats: 1,
    lane: 0,
    ...part
  }
}
const steps: readonly TraceStepView[] = [
  stepOf(0),
  stepOf(1, {
    title: 'cancel_booking',
    status: 'error',
    effect: 'write',
    findings: [{ detector: 'WRONG_ARGS', severity: 3 }]
  }),
  stepOf(2, { findings: [{ detector: 'REPEAT', severity: 1 }] }),
  stepOf(3, { title: 'Your booking is gone.', kind: 'talk', effect: 'talk', until: 11 })
]

/** The attempt with its steps. */
export function detailOf(trace: number, part: Partial<TraceDetail> = {}): TraceDetail {
  return {
    row: traceRowOf(trace),
    set: 's1',
    goal: 'Cancel the booking',
    endReason: null,
    warnings: [],
    steps: [...steps],
    events: events.length,
    kinds: Uint8Array.from(events, ({ kind }) => eventKinds.indexOf(kind)),
    side: [],
    findings: [
      {
        detector: 'WRONG_ARGS',
        name: 'Wrong value',
        severity: 3,
        step: 1,
        to: 1,
        text: 'Solved attempts gave Q7.'
      }
    ],
    siblings: [
      traceRowOf(2, { outcome: 'pass', steps: 3, agent: 'other-agent' }),
      traceRowOf(3, { outcome: 'fail' })
    ],
    marked: null,
    ...part
  }
}

/** A plan with one question. */
export function planOf(part: Partial<QueuePlan> = {}): QueuePlan {
  return {
    set: 's1',
    name: 'First look',
    template: 'custom',
    questions: [
      {
        id: 'q1',
        text: 'Was it polite?',
        type: 'yes-no',
        choices: [],
        isRequired: true,
        reasons: ['Rude']
      }
    ],
    filter: noTraceFilter,
    order: 'informative',
    count: 3,
    randomShare01: 0.2,
    isBalanced: true,
    isBlind: false,
    secondLook01: 0,
    reviewers: 1,
    seed: 0,
    ...part
  }
}

interface KeptReview {
  view: ReviewView
  /** Bodies before each act in force, and those taken back. */
  past: ReviewBody[]
  future: ReviewBody[]
}

/** A backend that keeps reviews in memory. */
export interface ReviewBackend {
  readonly answers: Answers
  /** Acts as they came, in order. */
  readonly acts: { readonly review: string; readonly act: ReviewAct }[]
  readonly items: QueueItem[]
  review(trace: number): ReviewView | undefined
  /** The next acts are refused with this until it is taken back. */
  failWith: AppError | undefined
}

/** Makes a backend with a queue of three attempts. */
export function reviewBackend(
  plan: Partial<QueuePlan> = {},
  detail: Partial<TraceDetail> = {}
): ReviewBackend {
  const kept = new Map<string, KeptReview>()
  const acts: ReviewBackend['acts'] = []
  const items: QueueItem[] = [1, 2, 3].map((trace, position) => ({
    position,
    trace,
    isRandom: false,
    isSecondLook: false,
    why: 'a failure',
    state: 'none'
  }))
  const firstPlan = planOf(plan)
  let { questions } = firstPlan
  const summary = (): QueueSummary => ({
    queue: 'q',
    set: 's1',
    setName: 'Airline',
    plan: { ...firstPlan, questions },
    createdAt: 1,
    done: items.filter(({ state }) => state === 'done').length,
    skipped: 0,
    total: 3,
    secondsLeft: 135,
    secondsEach: 45
  })
  function begin(trace: number, queue: string | null): ReviewView {
    const id = `r${trace}`
    const known = kept.get(id)
    if (known !== undefined) return known.view
    const view: ReviewView = {
      review: id,
      queue,
      trace,
      reviewer: 'Ann',
      pass: 1,
      state: 'draft',
      body: emptyReviewBody,
      sawSuggestions: false,
      msSpent: 0,
      createdAt: 1,
      updatedAt: 1,
      undo: null,
      redo: null
    }
    kept.set(id, { view, past: [], future: [] })
    return view
  }
  function change(id: string, make: (review: KeptReview) => ReviewBody): ReviewView {
    const review = kept.get(id)
    if (review === undefined) throw new AppError('internal')
    const body = make(review)
    review.view = {
      ...review.view,
      body,
      undo: review.past.length > 0 ? 'the last mark' : null,
      redo: review.future.length > 0 ? 'the last mark' : null
    }
    return review.view
  }
  const backend: ReviewBackend = {
    acts,
    items,
    failWith: undefined,
    review: (trace) => kept.get(`r${trace}`)?.view,
    answers: {
      'reviews.queue': () => ({ summary: summary(), items: items.map((item) => ({ ...item })) }),
      'reviews.setQuestions': (input) => {
        questions = input.questions.map((one) => ReviewQuestion.parse(one))
        return summary()
      },
      'reviews.open': ({ position }) => begin(items[position]?.trace ?? 0, 'q'),
      'reviews.openTrace': ({ trace }) => begin(trace, null),
      'reviews.act': ({ review, act: given }) => {
        const act = ReviewActSchema.parse(given)
        if (backend.failWith !== undefined) throw backend.failWith
        acts.push({ review, act })
        return change(review, (one) => {
          one.past.push(one.view.body)
          one.future = []
          return bodyAfter(one.view.body, act)
        })
      },
      'reviews.undo': ({ review }) =>
        change(review, (one) => {
          const before = one.past.pop()
          if (before !== undefined) one.future.push(one.view.body)
          return before ?? one.view.body
        }),
      'reviews.redo': ({ review }) =>
        change(review, (one) => {
          const after = one.future.pop()
          if (after !== undefined) one.past.push(one.view.body)
          return after ?? one.view.body
        }),
      'reviews.setState': ({ review, state }) => {
        const one = kept.get(review)
        if (one === undefined) throw new AppError('internal')
        if (state === 'done' && one.view.body.verdict === null)
          throw new AppError('invalid-input', 'A verdict is missing.')
        one.view = { ...one.view, state }
        const item = items.find(({ trace }) => trace === one.view.trace)
        if (item !== undefined) item.state = state
        return one.view
      },
      'reviews.addTime': () => ({}),
      'reviews.ofTrace': () => ({ reviews: [] }),
      'reviews.tags': () => ({ tags: ['Wrong tool', 'Wrong value', 'Rude'] }),
      'traces.rules': () => ({
        tools: [
          {
            verb: 'cancel_booking',
            calls: 3,
            effect: 'write',
            isGuess: true,
            arguments: ['id', 'reason']
          },
          {
            verb: 'get_booking',
            calls: 5,
            effect: 'read',
            isGuess: true,
            arguments: ['id', 'full']
          }
        ],
        volatile: [],
        isOrderFree: true
      }),
      'traces.get': ({ trace }) => detailOf(trace, { row: traceRowOf(trace), ...detail }),
      'traces.events': ({ from, to }) => ({ events: events.slice(from, to) }),
      'traces.search': ({ text }) => {
        const hits = events.flatMap((event) => {
          const count = event.text.toLowerCase().split(text.toLowerCase()).length - 1
          return count > 0 ? [{ seq: event.seq, count }] : []
        })
        return { hits, total: hits.reduce((sum, { count }) => sum + count, 0) }
      },
      'traces.suggestion': () => ({
        suggestion: {
          step: 1,
          steps: 4,
          tier: 'writes',
          kind: 'wrong-arguments',
          confidence: 'high',
          reason: 'Solved attempts cancelled Q7.',
          evidence: {},
          known: null
        },
        silence: null,
        positional: { step: 3, reason: 'It is the last step.' }
      }),
      'traces.plausibility': () => ({
        trust: {
          isTrusted: true,
          reason: 'trusted',
          attempts: 12,
          passes: 5,
          auc: 0.8,
          low: 0.7,
          scorer: 'counts'
        },
        steps: [
          { step: 0, logp: -0.2, rank: 1, advantage: 0, isKnown: true },
          { step: 1, logp: -4, rank: null, advantage: -0.3, isKnown: true }
        ]
      }),
      'traces.compare': ({ left, right }) => ({
        left: traceRowOf(left),
        right: traceRowOf(right, { outcome: 'pass' }),
        rows: [
          {
            left: 0,
            right: 0,
            relation: 'same',
            leftText: 'get_booking',
            rightText: 'get_booking',
            fields: []
          },
          {
            left: 1,
            right: 1,
            relation: 'other-arguments',
            leftText: 'cancel_booking',
            rightText: 'cancel_booking',
            fields: [{ field: 'id', left: 'Q8', right: 'Q7' }]
          },
          {
            left: 2,
            right: null,
            relation: 'left-only',
            leftText: 'get_booking',
            rightText: '',
            fields: []
          }
        ],
        firstDifference: 1
      })
    }
  }
  return backend
}
