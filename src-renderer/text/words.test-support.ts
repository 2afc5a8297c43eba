// What the lints over words share: the sentences of a language's files, with those that functions
// make from small and large samples.
import type { CheckResult } from '@api/dto/runs.ts'
import { checkOf } from '../stores/run-fixtures.test-support.ts'

/** Word files by name, as `addData` for add-data.ts. */
export type WordFiles = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Names the modules of a glob import. */
export function wordFiles(modules: Readonly<Record<string, unknown>>): WordFiles {
  return Object.fromEntries(
    Object.entries(modules).map(([path, module]) => {
      const name = /([\w-]+)\.ts$/.exec(path)?.[1] ?? path
      return [
        name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
        module as WordFiles[string] // a module is its exports by name
      ]
    })
  )
}

/** Samples for functions that take more than names and numbers. */
export const samples: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
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
  'distil.armName': [
    ['random-soft', 'accuracy'],
    ['random-soft', 'recall'],
    ['all', undefined]
  ],
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
  'expand.expand.ruleOf': [['between-two'], ['towards-chance'], ['directions'], ['one-spread']],
  'expand.expand.ruleHelp': [['between-two'], ['towards-chance'], ['directions'], ['one-spread']],
  'expand.expand.reason': [['off-class'], ['copy'], ['off-model'], ['duplicate']],
  'expand.expand.arm': [['real'], ['made'], ['moved'], ['blended']],
  'groups.groups.counts': [
    [{ learnsFrom: 'labels', pictures: 800, heldOut: 200 }],
    [{ learnsFrom: 'pictures', pictures: 1, heldOut: 0 }]
  ],
  'groups.groups.runLine': [
    [{ plan: { effort: 'quick', useLabels: true, seed: 1 } }],
    [{ plan: { effort: 'usual', useLabels: false, seed: 2 } }]
  ],
  'groups.groups.features': [
    [{ features: 'learned' }],
    [{ features: 'pixels' }],
    [{ features: 'built-in' }]
  ],
  'groups.groups.facts': [[{ pictures: 1, steps: 300, side: 28, parameters: 90_000 }]],
  'groups.groups.partLine': [
    [{ pictures: 1, labels: [] }],
    [{ pictures: 9, labels: [{ label: 'cat', count: 9 }] }]
  ],
  'groups.groups.listSentence': [
    [1, null],
    [2, 'cat']
  ],
  'groups.groups.oddLine': [[{ part: 1, label: 'cat', count: 1, expected: 20 }]],
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
  'restore.restoreText.datasets': [
    [['Shoes'], 1],
    [['Shoes', 'Notes'], 12_400]
  ],
  'restore.restoreText.runs': [
    [['Best 10 %'], 1],
    [['Best 10 %', 'Tiny'], 12_400]
  ],
  'restore.restoreText.traceSets': [
    [['Airline'], 1],
    [['Airline', 'Shop'], 12_400]
  ],
  'shell.shell.hasEnded': [['Import'], ['Reading “Shoes”']],
  'shell.shell.hasFailed': [['Import'], ['Reading “Shoes”']],
  'shell.shell.checkedBad': [[['Page 3 cannot be read.']]]
}
/** What functions of names and numbers are called with. */
export const simpleSamples = (count: number): readonly (readonly unknown[])[] =>
  [0, 1, 2, 12_400].map((number) => Array<unknown>(count).fill(number))

/** One sentence and where it is: "choose.choose.get.of". */
export interface Sentence {
  readonly at: string
  readonly text: string
}

/** Any function of these files makes a sentence, or several, out of what it is given. */
export type Maker = (...given: readonly unknown[]) => unknown

/** All sentences of a value. */
export function sentencesOf(value: unknown, at: string): Sentence[] {
  if (typeof value === 'string') return [{ at, text: value }]
  if (typeof value === 'function') {
    const given = samples[at] ?? simpleSamples(value.length)
    return given.flatMap((sample) => sentencesOf((value as Maker)(...sample), at))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .filter(([key]) => key !== 'id') // names of entries, never shown
    .flatMap(([key, inner]) => sentencesOf(inner, `${at}.${key}`))
}

/** All sentences of some files. */
export function sentencesIn(files: WordFiles): Sentence[] {
  return Object.entries(files).flatMap(([name, file]) => sentencesOf(file, name))
}

/** Uses of banned words that no exception covers: "place: word → what to say". */
export function bannedIn(
  sentences: readonly Sentence[],
  banned: Readonly<Record<string, string>>,
  allowed: readonly { readonly at: RegExp; readonly word: RegExp }[]
): string[] {
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

/** Exceptions without a reason or without a use. */
export function idleIn(
  sentences: readonly Sentence[],
  allowed: readonly { readonly at: RegExp; readonly word: RegExp; readonly why: string }[]
): unknown[] {
  return allowed.filter(
    ({ at, word, why }) =>
      why === '' ||
      !sentences.some(
        (sentence) =>
          at.test(sentence.at) &&
          sentence.text.split(/[^\p{L}\p{N}-]+/u).some((part) => word.test(part))
      )
  )
}

/** Capitals in a row, but for names of formats, keys and parts of the command line. */
export const shouted =
  /\b(?!CSV|TSV|IDX|JSON|COCO|YOLO|UTF|PNG|SVG|ICONS|ROOT|FOLDER|GPU)[A-Z]{4,}\b/
