// Small DTOs of tiny training sets to answer with.
import type { MethodInfo } from '@api/dto/methods.ts'
import type { ItemRow } from '@api/dto/datasets.ts'
import {
  DistilDraft,
  type DistilArm,
  type DistilArmResult,
  type DistilItem,
  type DistilPreview,
  type DistilResult,
  type DistilReview
} from '@api/dto/distil.ts'
import type { Run } from '@api/dto/runs.ts'
import { datasetOf, jobOf, type Answers } from './run-fixtures.test-support.ts'

/** A draft as recommended. */
export function tinyDraftOf(part: Partial<DistilDraft> = {}): DistilDraft {
  return {
    ...DistilDraft.parse({
      dataset: 'd1',
      kind: 'real',
      method: { id: 'soft-labels', params: {} },
      perClass: 10,
      effort: 'standard',
      labels: { kind: 'soft', keep: null },
      check: {}
    }),
    ...part
  }
}

/** A review of a draft. */
export function tinyReviewOf(part: Partial<DistilReview> = {}): DistilReview {
  return {
    trainItems: 7000,
    validationItems: 1000,
    testItems: 2000,
    items: 20,
    shrink: 350,
    sizeBytes: 20_000,
    classes: [
      { name: 'boot', available: 4500 },
      { name: 'shoe', available: 2500 }
    ],
    side: 28,
    messages: [],
    kinds: [
      { kind: 'real', isPossible: true, reason: null, method: 'soft-labels' },
      { kind: 'made', isPossible: true, reason: null, method: 'matching' },
      { kind: 'mixed', isPossible: false, reason: 'Needs pictures of 64 points.', method: 'tiles' }
    ],
    methods: [
      {
        method: 'soft-labels',
        name: 'Richer labels for real items',
        oneLine: 'Real items.',
        kind: 'real',
        isPossible: true,
        reason: null,
        wantsGraphicsCard: false
      },
      {
        method: 'matching',
        name: 'Match averages (DM)',
        oneLine: 'Made items.',
        kind: 'made',
        isPossible: true,
        reason: null,
        wantsGraphicsCard: false
      },
      {
        method: 'memories',
        name: 'Shared building blocks',
        oneLine: 'Made of parts.',
        kind: 'made',
        isPossible: true,
        reason: null,
        wantsGraphicsCard: true
      }
    ],
    recommended: { kind: 'real', method: 'soft-labels', why: 'It works with any later model.' },
    efforts: [
      { effort: 'quick', lowSeconds: 60, highSeconds: 120 },
      { effort: 'standard', lowSeconds: 400, highSeconds: 700 },
      { effort: 'thorough', lowSeconds: 7200, highSeconds: 10_800 }
    ],
    estimate: {
      lowSeconds: 400,
      highSeconds: 700,
      megabytes: 500,
      diskMegabytes: 30,
      device: 'Processor',
      why: 'A probe.'
    },
    sentence: '',
    suggestedName: '10 for each label of Shoes',
    command: 'winnow distil --plan plan.json',
    ...part
  }
}

/** A method that makes tiny sets, with one setting. */
export function tinyMethodOf(id: string, part: Partial<MethodInfo> = {}): MethodInfo {
  return {
    id,
    family: 'distillation',
    version: 1,
    group: 'tiny-set',
    name: `Way ${id}`,
    oneLine: 'One line.',
    description: 'What it does.',
    whenToUse: 'Small sets.',
    whenNotToUse: 'Large sets.',
    reads: [],
    gives: 'A set.',
    aimsAtTasks: 'never',
    readsTexts: false,
    needsSources: false,
    usesGradients: false,
    memory: 'Little.',
    reference: { title: 'T', authors: 'A', where: 'W', note: 'N' },
    params: {
      type: 'object',
      properties: {
        passes: { type: 'integer', title: 'Passes', description: 'How many.', default: 10 }
      }
    },
    defaults: { passes: 10 },
    ...part
  }
}

/** Answers of a backend that plans tiny sets of one dataset of pictures. */
export function tinyAnswers(answers: Answers = {}): Answers {
  return {
    'datasets.list': () => ({ datasets: [datasetOf()] }),
    'datasets.items': () => ({ items: [], similarity01: null, total: 0 }),
    'methods.list': () => ({ methods: [tinyMethodOf('soft-labels'), tinyMethodOf('matching')] }),
    'distil.defaults': () => tinyDraftOf(),
    'distil.review': (draft) => tinyReviewOf({ items: draft.perClass * 2 }),
    'distil.saveDraft': ({ id }) => ({ id: id ?? 'saved-1' }),
    'distil.drafts': () => ({ drafts: [] }),
    'distil.removeDraft': () => ({}),
    'distil.start': () => ({ run: 't9' }),
    ...answers
  }
}

/** An item of the dataset. */
export function rowOf(row: number, part: Partial<ItemRow> = {}): ItemRow {
  return {
    row,
    key: `key-${row}`,
    name: `item ${row}`,
    label: 'boot',
    split: 'train',
    isAside: false,
    duplicateOf: null,
    text: null,
    width: 28,
    height: 28,
    hasPicture: true,
    tags: [],
    hasNote: false,
    givenLabel: null,
    ...part
  }
}

/** An item of a tiny set. */
export function tinyItemOf(index: number, part: Partial<DistilItem> = {}): DistilItem {
  return {
    index,
    label: index % 2 === 0 ? 'boot' : 'shoe',
    shares: [
      { name: index % 2 === 0 ? 'boot' : 'shoe', share01: 0.75 },
      { name: index % 2 === 0 ? 'shoe' : 'boot', share01: 0.25 }
    ],
    item: null,
    nearest: [{ item: rowOf(100 + index), similarity01: 0.996 }],
    ...part
  }
}

/** What the check models of one kind that learned from one set got right. */
export function armOf(arm: DistilArm, network: string, mean: number): DistilArmResult {
  return {
    arm,
    network,
    items: arm === 'all' ? 7000 : 20,
    bytes: arm === 'all' ? 5e6 : 20_000,
    accuracy: { mean, sd: 0.01 },
    perRepeat: [mean - 0.01, mean, mean + 0.01],
    rate: 0.01
  }
}

/** A result that helped on the network it was made with, and less on another one. */
export function tinyResultOf(part: Partial<DistilResult> = {}): DistilResult {
  const one = 'ConvNet, 32 filters'
  const two = 'Small residual network'
  return {
    run: 't1',
    name: '10 for each label of Shoes',
    dataset: 'd1',
    datasetName: 'Shoes',
    method: 'matching',
    methodName: 'Match averages (DM)',
    kind: 'made',
    perClass: 10,
    items: 20,
    decodedItems: 20,
    trainItems: 7000,
    testItems: 2000,
    seconds: 480,
    classNames: ['boot', 'shoe'],
    picture: { height: 28, width: 28, channels: 1 },
    network: one,
    check: {
      repeats: 3,
      arms: [
        armOf('all', one, 0.83),
        armOf('random-hard', one, 0.58),
        armOf('distilled-hard', one, 0.71),
        armOf('distilled-soft', one, 0.7),
        armOf('equal-bytes', one, 0.6),
        armOf('distilled-hard', two, 0.66),
        armOf('random-hard', two, 0.57)
      ],
      chosenArm: 'distilled-hard',
      difference: { mean: 0.13, low: 0.11, high: 0.15 },
      otherDifference: { mean: 0.09, low: 0.05, high: 0.13 },
      kind: 'helped',
      verdict: '10 per label reaches 71.0 %; random 58.0 %; all data 83.0 %.',
      cautions: [],
      labelRobust01: 0.42,
      augmentationRobust01: null,
      device: 'Processor'
    },
    ledger: [
      { name: 'Pictures', numbers: 15_680, bytes: 15_680 },
      { name: 'Labels', numbers: 20, bytes: 20 }
    ],
    bytes: 15_700,
    perClassOfEqualBytes: 10,
    curve: [
      { x: 10, set: 0.5 },
      { x: 100, set: 0.7 }
    ],
    randomLine: 0.58,
    experts: [
      { epoch: 1, accuracy01: 0.6, entropy: 1.2 },
      { epoch: 2, accuracy01: 0.8, entropy: 0.5 }
    ],
    expertEpoch: 1,
    tables: [],
    notes: [],
    draft: tinyDraftOf({ kind: 'made', method: { id: 'matching', params: { passes: 20 } } }),
    provenance: { appVersion: '0.1.0' },
    ...part
  }
}

/** The set as it is while it is being made; `version` 0 is none yet. */
export function previewOf(version: number, part: Partial<DistilPreview> = {}): DistilPreview {
  return {
    version,
    png: version === 0 ? null : new Uint8Array([137, 80, 78, 71, version]),
    columns: 10,
    rows: 2,
    labels: ['boot', 'shoe'],
    canStopEarly: version > 0,
    ...part
  }
}

/** The run of a tiny set. */
export function tinyRunOf(part: Partial<Run> = {}): Run {
  return {
    kind: 'distil',
    job: jobOf({ id: 't1', run: 't1', kind: 'distil', title: 'Tiny set of Shoes' }),
    name: 'Tiny set of Shoes',
    dataset: 'd1',
    datasetName: 'Shoes',
    method: 'matching',
    methodName: 'Match averages (DM)',
    alsoTried: [],
    asked: null,
    got: null,
    verdict: null,
    verdictKind: null,
    hasResult: false,
    ...part
  }
}
