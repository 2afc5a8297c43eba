// A client that answers from functions of the test, and small DTOs to answer with.
import type { CallName, EventOf, InputOf, OutputOf, StreamName } from '@api/contract.ts'
import type { DatasetSummary } from '@api/dto/datasets.ts'
import type { Job } from '@api/dto/jobs.ts'
import type {
  CheckResult,
  DraftReview,
  SelectDraft,
  SelectionResult,
  VoteResult
} from '@api/dto/runs.ts'
import { SelectDraft as SelectDraftSchema } from '@api/dto/runs.ts'
import { AppError } from '@api/errors.ts'
import type { Client } from '@api/rpc.ts'

/** Answers of a fake backend, by call. */
export type Answers = {
  [K in CallName]?: (input: InputOf<K>) => OutputOf<K> | Promise<OutputOf<K>>
}

/** A client over `answers` that records its calls and lets the test send events. */
export interface FakeClient extends Client {
  readonly calls: { readonly name: string; readonly input: unknown }[]
  countOf(name: CallName): number
  emit(event: EventOf<'projects.watch'>): void
}

/** Makes a fake client. Calls without an answer are refused as `unknown-call`. */
export function fakeClient(answers: Answers): FakeClient {
  const calls: { name: string; input: unknown }[] = []
  const listeners = new Set<(event: EventOf<'projects.watch'>) => void>()
  return {
    calls,
    countOf: (name) => calls.filter((call) => call.name === name).length,
    emit: (event) => listeners.forEach((listener) => listener(event)),
    async call<K extends CallName>(name: K, input: InputOf<K>): Promise<OutputOf<K>> {
      calls.push({ name, input })
      // The mapped type has an answer of exactly this call under its name.
      const answer = answers[name] as
        ((input: InputOf<K>) => OutputOf<K> | Promise<OutputOf<K>>) | undefined
      if (answer === undefined) throw new AppError('unknown-call', `no answer for ${name}`)
      return answer(input)
    },
    stream<K extends StreamName>(
      _name: K,
      _input: InputOf<K>,
      onEvent: (event: EventOf<K>) => void
    ): () => void {
      // There is one stream in the contract.
      const listener = onEvent as (event: EventOf<'projects.watch'>) => void
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onClose: () => undefined,
    close: () => undefined
  }
}

/** Resolves when `resolve` is called by the test: an answer that is still on its way. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
  reject(problem: unknown): void
}
export function deferred<T>(): Deferred<T> {
  return Promise.withResolvers<T>()
}

/** Phases of the example job. */
export const phaseNames = ['Fingerprints', 'Learning', 'Comparing pictures', 'Testing', 'Writing']

/** A job under way. */
export function jobOf(part: Partial<Job> = {}): Job {
  return {
    id: 'r1',
    kind: 'select',
    title: 'Best 10 % of Shoes',
    state: 'running',
    dataset: 'd1',
    run: 'r1',
    phase: {
      index: 3,
      count: 5,
      name: 'Comparing pictures',
      names: phaseNames,
      done: 8200,
      total: 12400,
      unit: 'items'
    },
    fraction01: 0.4,
    eta: null,
    queuePosition: null,
    createdAt: 1_000,
    startedAt: 2_000,
    finishedAt: null,
    activeSeconds: 12,
    error: null,
    notes: [],
    device: null,
    canPause: true,
    canResume: true,
    ...part
  }
}

/** A draft as recommended. */
export function draftOf(part: Partial<SelectDraft> = {}): SelectDraft {
  return {
    ...SelectDraftSchema.parse({
      dataset: 'd1',
      goal: 'train-images',
      tasks: { kind: 'labels', perTask: 20 },
      budget: { kind: 'percent', percent: 10 },
      rules: {},
      method: { id: 'icons', params: {} },
      check: {}
    }),
    ...part
  }
}

/** A review of a draft. */
export function reviewOf(part: Partial<DraftReview> = {}): DraftReview {
  return {
    candidates: 8000,
    scopeItems: 10_000,
    keep: 800,
    keepBytes: 800_000,
    keepTokens: null,
    bytesPerItem: 1000,
    tokensPerItem: null,
    classes: [
      { name: 'boot', available: 5000, willKeep: 500 },
      { name: 'shoe', available: 3000, willKeep: 300 }
    ],
    sources: [],
    testItems: 2000,
    tasks: [
      { name: 'boot', examples: 20 },
      { name: 'shoe', examples: 20 }
    ],
    messages: [],
    estimate: {
      lowSeconds: 50,
      highSeconds: 90,
      megabytes: 300,
      diskMegabytes: 20,
      device: 'Processor',
      why: 'A probe.'
    },
    sentence: '',
    suggestedName: 'Best 10 % of Shoes',
    recommended: { method: 'icons', why: 'Tasks overlap.' },
    goals: [{ goal: 'train-images', isPossible: true, reason: null, patch: {} }],
    methods: [{ method: 'icons', isPossible: true, reason: null }],
    command: 'winnow select',
    commandFiles: [],
    checkTimes: [],
    ...part
  }
}

/** A check that helped. */
export function checkOf(part: Partial<CheckResult> = {}): CheckResult {
  return {
    repeats: 3,
    testItems: 2000,
    trainItems: { chosen: 800, random: 800, stratified: 800, all: 8000 },
    chosen: { mean: 0.83, sd: 0 },
    random: { mean: 0.75, sd: 0.01 },
    stratified: { mean: 0.76, sd: 0.008 },
    all: { mean: 0.86, sd: 0 },
    perRepeat: {
      chosen: [0.83, 0.83, 0.83],
      random: [0.74, 0.75, 0.76],
      stratified: [0.752, 0.76, 0.768],
      all: [0.86, 0.86, 0.86]
    },
    difference: { mean: 0.08, low: 0.055, high: 0.105 },
    differenceToStratified: { mean: 0.07, low: 0.05, high: 0.09 },
    others: [],
    kind: 'helped',
    verdict: 'Choosing helped: +8.0 points (5.5 to 10.5).',
    cautions: [],
    device: 'Processor',
    models: [],
    acrossModels: null,
    curve: null,
    ...part
  }
}

/** Votes of three tasks. */
export function votesOf(part: Partial<VoteResult> = {}): VoteResult {
  return {
    tasks: ['a', 'b', 'c'].map((name) => ({
      name,
      examples: 20,
      votedFor: 800,
      votedForAndChosen: 500,
      threshold: 0.1,
      isConstant: false
    })),
    histogram: [6000, 1200, 500, 300],
    chosenHistogram: [0, 0, 500, 300],
    cutLevel: 2,
    tieShare: 0.25,
    tieRule: 'variety',
    overlap: [
      [1, 0.5, 0.2],
      [0.5, 1, 0.3],
      [0.2, 0.3, 1]
    ],
    meanOverlap: 0.33,
    chanceOverlap: 0.1,
    advice: null,
    ...part
  }
}

/** A result. */
export function resultOf(part: Partial<SelectionResult> = {}): SelectionResult {
  return {
    run: 'r1',
    name: 'Best 10 % of Shoes',
    dataset: 'd1',
    datasetName: 'Shoes',
    method: 'icons',
    methodName: 'Like my examples (ICONS)',
    asked: 800,
    got: 800,
    candidates: 8000,
    tieShare: 0.25,
    seconds: 42,
    check: checkOf(),
    votes: votesOf(),
    classes: [
      { name: 'boot', available: 5000, chosen: 600, random: 500 },
      { name: 'shoe', available: 3000, chosen: 200, random: 300 }
    ],
    measures: [],
    leftOutReasons: [{ code: 'votes', text: 'Fewer tasks asked for it.', count: 7200 }],
    notes: [],
    draft: draftOf(),
    provenance: { contentHash: 'ab12', appVersion: '0.1.0' },
    ...part
  }
}

/** A dataset. */
export function datasetOf(part: Partial<DatasetSummary> = {}): DatasetSummary {
  return {
    id: 'd1',
    name: 'Shoes',
    kind: 'images',
    format: 'image-folder',
    shape: null,
    version: 1,
    previous: null,
    isLatest: true,
    edits: 0,
    pictures: 0,
    items: 10_000,
    skipped: 0,
    setAside: 0,
    exactDuplicates: 0,
    missingLabels: 0,
    train: 8000,
    test: 2000,
    classes: [
      { index: 0, name: 'boot', count: 6000, train: 5000, test: 1000 },
      { index: 1, name: 'shoe', count: 4000, train: 3000, test: 1000 }
    ],
    columns: [],
    labelColumn: null,
    sizeBytes: 1e7,
    createdAt: 1,
    contentHash: 'ab12',
    storage: 'link',
    isReachable: true,
    place: '~/shoes',
    purpose: 'pool',
    ...part
  }
}
