// A lint over every word the app shows: the vocabulary of people who do not program, a calm tone,
// and one kind of quotation mark. Functions are called with small and large samples, so that the
// sentences they build are checked as well.
import { describe, expect, it } from 'vitest'
import type { CheckResult } from '@api/dto/runs.ts'
import { checkOf } from '../../stores/run-fixtures.test-support.ts'
import * as addData from './add-data.ts'
import * as browse from './browse.ts'
import * as charts from './charts.ts'
import * as check from './check.ts'
import * as choose from './choose.ts'
import * as common from './common.ts'
import * as data from './data.ts'
import * as distil from './distil.ts'
import * as handChanges from './hand-changes.ts'
import * as health from './health.ts'
import * as help from './help.ts'
import * as home from './home.ts'
import * as item from './item.ts'
import * as lists from './lists.ts'
import * as map from './map.ts'
import * as matrices from './matrices.ts'
import * as recipes from './recipes.ts'
import * as runs from './runs.ts'
import * as settings from './settings.ts'
import * as shell from './shell.ts'
import * as tinyAnalysis from './tiny-analysis.ts'
import * as traceGraph from './trace-graph.ts'
import * as tracePlans from './trace-plans.ts'
import * as traceReview from './trace-review.ts'
import * as traceRooms from './trace-rooms.ts'
import * as traceRunner from './trace-runner.ts'
import * as traces from './traces.ts'

const files: Readonly<Record<string, object>> = {
  addData,
  browse,
  charts,
  check,
  choose,
  common,
  data,
  distil,
  handChanges,
  health,
  help,
  home,
  item,
  lists,
  map,
  matrices,
  recipes,
  runs,
  settings,
  shell,
  tinyAnalysis,
  traceGraph,
  tracePlans,
  traceReview,
  traceRooms,
  traceRunner,
  traces
}

/** Engine words, with what the app says in their place. */
const banned: Readonly<Record<string, string>> = {
  'subsets?': 'chosen set',
  'coresets?': 'chosen set',
  'budgets?': 'how much to keep',
  'embeddings?': 'similarity fingerprint',
  'projections?': 'similarity map',
  cosine: 'alike',
  'neighbou?rs?': 'near-duplicate',
  'outliers?': 'odd one out',
  'density|herding': 'typical example',
  'EL2N|forgetting|margins?': 'hard example',
  'k-cent(er|re)|facility location': 'spread out',
  'gradients?': 'like my examples',
  'distill?(ed|ation)?': 'tiny training set',
  'soft labels?': 'richer labels',
  'teachers?|prox(y|ies)': 'helper model',
  'evaluators?|probes?': 'check model',
  'seeds?': 'repeat code',
  'held[- ]out': 'test items',
  'class(es)?': 'label or group',
  'exclud(e|es|ed|ing)': 'set aside, leave out',
  'config(uration|s)?': 'recipe, settings',
  'jobs?': 'run',
  lineage: 'step list',
  'SHA(-?256)?|hash(es)?': 'fingerprint',
  synthetic: 'made by the computer',
  'hyper-?parameters?|parameters?': 'settings',
  'epochs?|iterations?|batch(es)?': 'pass, part',
  'namespaces?|predicates?|SQL|VARCHAR|JSON|boolean|null|undefined|NaN|enum|string|integer|float':
    'plain words',
  'tensors?|vectors?|matri(x|ces)|backends?|kernels?|threads?|inference|pipelines?': 'plain words',
  'p-values?|F1|loss(es)?|sigma|variance|std': 'plain words',
  'stack ?traces?|exceptions?|errno|HTTP|API|RPC|websocket': 'plain words',
  'please|sorry|oops|unfortunately|simply|easy|easily': 'a calm sentence'
}

/** Where one of these words is right, and why. */
const allowed: readonly { readonly at: RegExp; readonly word: RegExp; readonly why: string }[] = [
  {
    at: /^help\.glossary\..*\.technical$/,
    word: /./,
    why: 'The technical word appears once, in the help drawer.'
  },
  {
    at: /^shell\.(shell\.helpLabel|shell\.help|keyHelp\..*)$/,
    word: /^F1$/,
    why: 'The key, not the score.'
  },
  {
    at: /^shell\.(shell\.jobs\w*|keyHelp\..*)$|^runs\.run\.waiting$/,
    word: /^jobs?$/i,
    why: 'Imports, runs and exports together; only choosing is a run.'
  },
  {
    at: /^data\.data\.formats\.jsonl?$|^addData\.kindsOfData\.texts\.text$/,
    word: /^JSON$/,
    why: 'The name of a file format, as the analyst has it.'
  },
  {
    at: /^matrices\.matrices\.dialog\.gradientsText$/,
    word: /^gradients$/i,
    why: 'What the file holds, under the name its maker gave it.'
  }
]

/** Samples for functions that take more than names and numbers. */
const samples: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'traceReview.suggestion.plausible': [
    [{ rank: 1, isKnown: true, advantage: 0 }],
    [{ rank: 3, isKnown: true, advantage: 0.2 }],
    [{ rank: null, isKnown: true, advantage: -0.2 }],
    [{ rank: null, isKnown: false, advantage: 0 }]
  ],
  'traceReview.suggestion.grounds': (
    ['writes', 'tree', 'alignment', 'error', 'position'] as const
  ).flatMap((tier) =>
    (['high', 'medium', 'low'] as const).map((confidence) => [{ tier, confidence }])
  ),
  'charts.charts.accuracyTitle': (['helped', 'worse', 'no-difference'] as const).map(
    (kind): [CheckResult] => [checkOf({ kind })]
  ),
  'charts.charts.curveTitle': [
    [undefined, 800],
    [{ size: 400, random: 800 }, 800],
    [{ size: 800, random: 800 }, 800]
  ],
  'charts.charts.curveSummary': [[[{ name: 'Chosen', from: 0.5, to: 0.7 }], 50, 800]],
  'charts.charts.accuracySummary': [[[{ name: 'Random', mean: 0.5 }]]],
  'charts.charts.differenceSummary': [[[{ name: 'Chosen', mean: 0.1, low: 0, high: 0.2 }]]],
  'charts.charts.mixTitle': [
    [undefined],
    ...[-0.1, 0, 0.1].map((shift) => [{ name: 'boot', shift }])
  ],
  'charts.charts.votesSummary': [[[10, 5, 1]]],
  'runs.result.settingText.filter': [
    [[], ''],
    [['boot', 'shoe'], 'red'],
    [['boot'], ''],
    [[], 'red']
  ],
  'traceGraph.traceGraph.attemptName': (['pass', 'fail', 'partial', 'unknown'] as const).map(
    (outcome) => [2, outcome]
  ),
  'traceGraph.traceGraph.trust': (['few-attempts', 'one-outcome', 'weak', 'trusted'] as const).map(
    (reason) => [{ reason, attempts: 7, passes: 1, auc: 0.7, low: 0.5 }]
  ),
  'traceRooms.traceRooms.found': [[{ buildings: [{}], paths: 1 }], [{ buildings: [], paths: 900 }]],
  'traceRooms.traceRooms.fileKind': [['building'], ['paths'], ['other'], ['damaged']],
  'traceRooms.traceRooms.pathsOf': [
    [{ paths: [] }],
    [{ paths: [{ split: 'train', count: 1200 }] }]
  ],
  'traceRooms.traceRooms.runLine': [
    [{ plan: { train: ['a'], test: ['b', 'c'], effort: 'usual', runs: 3, seed: 1 } }]
  ],
  'traceRooms.traceRooms.walker': [['planner'], ['local'], ['nearest'], ['greedy'], ['random']],
  'traceRooms.traceRooms.spread': [[{ mean: 0.5, low: 0.4, high: 0.6 }], [{ mean: 1, low: null }]],
  'traceRooms.traceRooms.metresSpread': [[{ mean: 12, low: 9, high: 15 }]],
  'traceRooms.traceRooms.place': [
    ['room 1', 'visited', [0]],
    ['room 1', 'visited', [0, 4]],
    ['room 1', 'frontier', []],
    ['room 1', 'unknown', []]
  ],
  'traceRunner.traceRunner.state': [['correct'], ['failed'], ['exception']],
  'shell.shell.checkedBad': [[['Page 3 cannot be read.']]]
}
const simpleSamples = (count: number): readonly (readonly unknown[])[] =>
  [0, 1, 2, 12_400].map((number) => Array<unknown>(count).fill(number))

interface Sentence {
  readonly at: string
  readonly text: string
}
function sentencesOf(value: unknown, at: string): Sentence[] {
  if (typeof value === 'string') return [{ at, text: value }]
  if (typeof value === 'function') {
    const given = samples[at] ?? simpleSamples(value.length)
    // Any function of these files makes a sentence out of what it is given.
    const make = value as (...given: readonly unknown[]) => unknown
    return given.flatMap((sample) => sentencesOf(make(...sample), at))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .filter(([key]) => key !== 'id') // names of entries, never shown
    .flatMap(([key, inner]) => sentencesOf(inner, `${at}.${key}`))
}
const all = Object.entries(files).flatMap(([name, file]) =>
  Object.entries(file).flatMap(([key, value]) => sentencesOf(value, `${name}.${key}`))
)

/** Uses of banned words that no exception covers: "place: word → what to say". */
function bannedIn(sentences: readonly Sentence[]): string[] {
  return sentences.flatMap(({ at, text }) =>
    Object.entries(banned).flatMap(([pattern, instead]) =>
      [
        ...text.matchAll(
          new RegExp(String.raw`(?<![\p{L}\p{N}_])(?:${pattern})(?![\p{L}\p{N}_])`, 'giu')
        )
      ]
        .filter(
          ([word]) =>
            !allowed.some((exception) => exception.at.test(at) && exception.word.test(word))
        )
        .map(([word]) => `${at}: “${word}” → ${instead}`)
    )
  )
}
const withMark = (mark: RegExp): string[] =>
  all.filter(({ text }) => mark.test(text)).map(({ at, text }) => `${at}: ${text}`)

describe('the words of the app', () => {
  it('were all found', () => {
    expect(all.length).toBeGreaterThan(900)
    expect(new Set(all.map(({ at }) => at.split('.')[0]))).toEqual(new Set(Object.keys(files)))
    expect(all.filter(({ text }) => /\[object|=>/.test(text))).toEqual([])
  })

  it('are words of the analyst, not of the engine', () => {
    expect(bannedIn(all)).toEqual([])
  })

  it('would be caught if they were not', () => {
    const caught = bannedIn([
      { at: 'x', text: 'The seed of the coreset, its budget and VARCHAR' },
      { at: 'help.glossary.0.technical', text: 'random seed' },
      { at: 'help.glossary.0.text', text: 'Uses an Embedding.' },
      { at: 'x', text: 'Seedlings in a classroom proceed' }
    ])
    expect(caught.map((line) => line.split(' →')[0])).toEqual([
      'x: “coreset”',
      'x: “budget”',
      'x: “seed”',
      'x: “VARCHAR”',
      'help.glossary.0.text: “Embedding”'
    ])
  })

  it('have no exception without a reason or without a use', () => {
    const idle = allowed.filter(
      ({ at, word, why }) =>
        why === '' ||
        !all.some(
          (sentence) =>
            at.test(sentence.at) &&
            sentence.text.split(/[^\p{L}\p{N}-]+/u).some((part) => word.test(part))
        )
    )
    expect(idle).toEqual([])
  })

  it('do not shout', () => {
    expect(withMark(/!/)).toEqual([])
    // Names of formats, keys and parts of the command line are written as they are.
    const capitals = /\b(?!CSV|TSV|IDX|JSON|COCO|YOLO|UTF|PNG|SVG|ICONS|ROOT|FOLDER|GPU)[A-Z]{4,}\b/
    expect(withMark(capitals)).toEqual([])
  })

  it('quote names with curly marks', () => {
    expect(withMark(/["`]/)).toEqual([])
    expect(withMark(/\p{L}'\p{L}|'\p{L}+'/u)).toEqual([])
    for (const { at, text } of all) {
      const opening = [...text.matchAll(/“/g)].length
      expect([...text.matchAll(/”/g)].length, `${at}: ${text}`).toBe(opening)
    }
  })

  it('have no blanks at their ends and none twice, unless they are put together', () => {
    expect(withMark(/ {2}|^\s|\s$/)).toEqual([])
  })

  it('put a space between a figure and its percent sign', () => {
    expect(withMark(/\d%/)).toEqual([])
  })
})

describe('screens', () => {
  const screens = import.meta.glob<string>('../../**/*.vue', {
    query: '?raw',
    import: 'default',
    eager: true
  })

  it('take their words from these files: none are written into a template', () => {
    const written = Object.entries(screens).flatMap(([path, source]) => {
      const template = /<template>([\s\S]*)<\/template>/.exec(source)?.[1] ?? ''
      const texts = template
        .replaceAll(/<!--[\s\S]*?-->/g, '')
        .replaceAll(/\{\{[\s\S]*?\}\}/g, '')
        .replaceAll(/"[^"]*"/g, '')
        .split(/<[^>]*>/)
        .map((text) => text.trim())
        .filter((text) => /\p{L}{2,}/u.test(text))
      const attributes = [
        ...template.matchAll(
          /\s(?:aria-label|title|alt|placeholder|label|text)="([^"]*\p{L}{2,}[^"]*)"/gu
        )
      ]
      return [...texts, ...attributes.map(([, text]) => text)].map((text) => `${path}: ${text}`)
    })
    expect(Object.keys(screens).length).toBeGreaterThan(80)
    expect(written).toEqual([])
  })
})
