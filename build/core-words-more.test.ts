// What the core says of tiny sets, traces, groups, made pictures and data, in German: everything that can be
// listed from a registry, and every fixed sentence of a refusal, a hint, a note, a phase or a message.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImportPreview } from '../src-main/api/dto/datasets.ts'
import type { GroupsResult } from '../src-main/api/dto/groups.ts'
import type { RoomsResult, RoomsSpreads } from '../src-main/api/dto/trace-rooms.ts'
import { describeReading } from '../src-main/core/datasets/preview-words.ts'
import { stepSentence } from '../src-main/core/datasets/edits/step-sentence.ts'
import { distilPhases } from '../src-main/core/distillation/distil-state.ts'
import { aboutRange } from '../src-main/core/distillation/duration-words.ts'
import { partNames } from '../src-main/core/distillation/ledger.ts'
import { sentencesOf as groupSentences } from '../src-main/core/groups/groups-result.ts'
import { sentencesOf as roomSentences } from '../src-main/core/rooms/rooms-result.ts'
import { measureSentence } from '../src-main/core/synthesis/measure-sentence.ts'
import { detectors } from '../src-main/core/traces/detectors/registry.ts'
import { archiveFormats, traceFormats } from '../src-main/core/traces/formats/registry.ts'
import { actWords } from '../src-main/core/traces/reviews/act-words.ts'
import { failureTags } from '../src-main/core/traces/reviews/tags.ts'
import { findingView } from '../src-main/core/traces/stored/finding-text.ts'

// By their addresses: the window's files are checked by the rules of the window, which has a document.
const wordsAddress = '../src-renderer/text/core-words.ts'
const germanAddress = '../src-renderer/text/de/core.ts'
const tagsAddress = '../src-renderer/text/de/core/traces.ts'
interface CoreWords {
  readonly sentences: Readonly<Record<string, string>>
  readonly forms: readonly (readonly [english: string, german: string])[]
}
const { coreSpeaker } = (await import(wordsAddress)) as {
  coreSpeaker(words: CoreWords): (text: string) => string
}
const de = (await import(germanAddress)) as CoreWords
const { tags } = (await import(tagsAddress)) as { tags: Readonly<Record<string, string>> }
type Act = Parameters<typeof actWords>[0]
const speak = coreSpeaker(de)
const root = join(import.meta.dirname, '..')

/** True for what has German; it may be the same word. */
const knows = (text: string): boolean => Object.hasOwn(de.sentences, text) || speak(text) !== text
const unknown = (texts: readonly string[]): string[] => texts.filter((text) => !knows(text))

describe('tiny sets in German', () => {
  it('name their phases and what is stored of them', () => {
    expect(unknown(distilPhases.map(({ name }) => name))).toEqual([])
    expect(unknown(Object.values(partNames))).toEqual([])
  })

  it('say how long something takes', () => {
    const seconds = [3, 20, 52, 240, 2400, 5400, 40_000]
    const ranges = seconds.flatMap((low) =>
      seconds.filter((high) => high >= low).map((high) => aboutRange(low, high))
    )
    expect(unknown(ranges)).toEqual([])
    expect(speak(aboutRange(3, 20))).toBe('bis zu 20 s')
    expect(speak(aboutRange(2400, 5400))).toBe('etwa 40 min bis 1,5 h')
  })

  it('keep what is called by a name, and say the rest', () => {
    expect(
      speak(
        'No graphics card was found. Standard would take about 2 to 4 h here; Quick about 10 to 20 min.'
      )
    ).toBe(
      'Es wurde keine Grafikkarte gefunden. „Standard“ würde hier etwa 2 bis 4 h dauern, „Schnell“ etwa 10 bis 20 min.'
    )
    expect(
      speak('‘No. 5’ has only 12 items to take from; 1,000 for each label cannot be met.')
    ).toBe('„No. 5“ hat nur 12 Elemente; 1.000 je Label sind nicht möglich.')
    expect(
      speak(
        '100 per class × 10 classes is 1,000 items – nearly half your data. Choosing real items may serve you better.'
      )
    ).toBe(
      '100 je Label × 10 ergibt 1.000 – fast die Hälfte Ihrer Daten. Mit ausgewählten echten Elementen fahren Sie vielleicht besser.'
    )
  })
})

describe('traces in German', () => {
  /** Evidence that serves every detector. */
  const evidence = {
    ...{ verb: 'book', args: { id: 7 }, passes: 3, line: 'Not found.', first: 3, period: 2 },
    ...{ rounds: 4, inRow: 3, length: 5, steps: 9, name: 'id', value: 'zz', seen: 2, limit: 20.5 },
    ...{ reason: 'too long', fields: [{ field: 'id', here: '7', there: '8' }] }
  }

  it.each(detectors.map(({ id, name }) => [id, name]))('say what %s found', (detector, name) => {
    const view = (other: object): string =>
      findingView({
        ...{ detector, severity: 1, step: 1, to: 1 },
        evidence: { ...evidence, ...other }
      }).text
    const one = { passes: 1, period: 1, rounds: 1, inRow: 1, length: 1, steps: 1, seen: 1 }
    expect(unknown([name, view({}), view(one)])).toEqual([])
    expect(speak(view({}))).not.toMatch(/\b(the|run|runs|step|steps)\b/)
  })

  it('keep what the log says as it is', () => {
    const { text } = findingView({
      ...{ detector: 'error', severity: 2, step: 0, to: 0 },
      evidence: { line: 'No. 3, “x” {y} is missing.' }
    })
    expect(speak(text)).toBe(
      'Das Werkzeug antwortete mit einer Fehlermeldung: „No. 3, “x” {y} is missing.“.'
    )
  })

  it('show every tag that is offered, and none that is not', () => {
    expect(Object.keys(tags)).toEqual([...failureTags])
    expect(Object.entries(tags).filter(([english, german]) => english === german)).toEqual([])
  })

  it('name the forms of logs', () => {
    expect(unknown([...traceFormats, ...archiveFormats].map(({ name }) => name))).toEqual([])
  })

  it('say what undoing takes back', () => {
    const acts: Act[] = [
      ...(['pass', 'fail', 'partial', 'unsure', null] as const).map(
        (verdict) => ({ kind: 'verdict', verdict }) as const
      ),
      ...([3, null] as const).flatMap((step) => [
        { kind: 'first-wrong', step } as const,
        { kind: 'decisive', step } as const
      ]),
      ...([true, false] as const).flatMap((value) => [
        { kind: 'none-wrong', value } as const,
        { kind: 'flag', value } as const
      ]),
      ...(['good', 'bad', 'neutral', 'recovered', 'irrelevant', null] as const).map(
        (mark) => ({ kind: 'mark', step: 2, mark }) as const
      ),
      { kind: 'confidence', value: 2 },
      { kind: 'confidence', value: null },
      ...(['yes', 'no', 'unsure', null] as const).map(
        (value) => ({ kind: 'keep', value }) as const
      ),
      ...(['yes', 'no', 'unsure', 4, 'A long text'] as const).map((value): Act => ({
        kind: 'answer',
        question: 'q',
        answer: { value, reasons: [] }
      })),
      { kind: 'answer', question: 'q', answer: null },
      { kind: 'note', text: '' },
      { kind: 'note', text: 'x' },
      { kind: 'suggestion', value: 'accepted', step: 1 },
      { kind: 'suggestion', value: 'dismissed', step: null },
      { kind: 'suggestion', value: null, step: null },
      { kind: 'correction', step: 1, correction: null },
      { kind: 'step-note', step: 1, text: 'x' },
      { kind: 'step-note', step: 1, text: '' },
      ...([true, false] as const).flatMap((on) => [
        { kind: 'tag', tag: 'mine', on } as const,
        { kind: 'step-tag', step: 1, tag: 'Wrong value', on } as const
      ])
    ]
    expect(unknown(acts.map((act) => actWords(act, [])))).toEqual([])
    expect(speak(actWords({ kind: 'tag', tag: 'Wrong value', on: true }, []))).toBe(
      'Schlagwort „Falscher Wert“'
    )
    expect(speak(actWords({ kind: 'tag', tag: 'mine', on: false }, []))).toBe(
      'Schlagwort „mine“ entfernt'
    )
  })
})

/** A measure with its interval. */
const spread = (mean: number, low: number | null, high: number | null): RoomsSpreads => {
  const one = { mean, low, high }
  return { success: one, spl: one, ndtw: one, metres: { mean: 12, low: 10, high: 14 } }
}

describe('finding the way in German', () => {
  it.each(['better', 'no-better', 'worse', 'too-few'] as const)('says %s', (verdict) => {
    const said = [spread(0.1, 0.05, 0.2), spread(-0.1, -0.2, -0.05), spread(0.002, -0.004, 0.1)]
    for (const ahead of said) {
      const sentences = roomSentences({
        ...({} as Omit<RoomsResult, 'sentences'>),
        verdict,
        ...{ walked: 40, seen: ['a', 'b'], over: 'walks' },
        plan: { runs: 1, hintMetres: 3 } as RoomsResult['plan'],
        walkers: (['planner', 'greedy', 'nearest', 'local'] as const).map((walker) => ({
          ...{ walker, runs: [] },
          spread: spread(0.5, 0.4, 0.6)
        })),
        ahead: (['greedy', 'local'] as const).map((of) => ({ of, spread: ahead }))
      })
      expect(sentences.length).toBeGreaterThan(4)
      expect(unknown(sentences)).toEqual([])
      expect(sentences.join(' ')).not.toMatch(/[-−]0(?![.\d])/)
    }
  })
})

describe('groups in German', () => {
  const measure = (features: 'learned' | 'pixels' | 'built-in', groups = 8, rounds = 3) => ({
    ...{ features, columns: 10, probe01: 0.612, neighbours01: 0.5, milliseconds: 1 },
    detail: features === 'learned' ? { groups, rounds } : null
  })
  const base = {
    ...({} as Omit<GroupsResult, 'sentences' | 'matrix'>),
    ...{ heldOut: 1200, variety01: 0.4, mayReplace: false },
    learnsFrom: 'pictures' as const,
    measures: [measure('learned'), measure('pixels'), measure('built-in')]
  }
  const ahead = [
    { of: 'pixels', mean: -0.0002, low: -0.0004, high: 0.03 },
    { of: 'built-in', mean: 0.02, low: 0.01, high: 0.03 }
  ] as const

  it.each(['better', 'no-better', 'worse', 'not-measured', 'collapsed'] as const)(
    'say %s',
    (verdict) => {
      const sentences = groupSentences({
        ...base,
        ...{ verdict, mayReplace: verdict === 'better', measures: [...base.measures] },
        ahead: verdict === 'not-measured' ? [] : [...ahead]
      })
      expect(unknown(sentences)).toEqual([])
      // What rounds to nothing is neither more nor less.
      expect(sentences.join(' ')).not.toMatch(/[-−]0\.0(?!\d)/)
    }
  )
})

describe('made pictures in German', () => {
  const arm = (
    name: 'real' | 'made' | 'moved' | 'blended',
    mean: number,
    ahead: number | null
  ) => ({
    ...{ arm: name, mean, sd: 1, runs: [] },
    ahead: ahead === null ? null : { mean: ahead, low: ahead - 1, high: ahead + 1 }
  })
  const arms = (ahead: number, plain: number): Parameters<typeof measureSentence>[1] =>
    [
      arm('real', 70, null),
      arm('made', 70 + ahead, ahead),
      arm('moved', 70 + plain, plain),
      arm('blended', 60, -10)
    ] as unknown as Parameters<typeof measureSentence>[1]

  it.each(['better', 'worse', 'no-difference'] as const)('say %s', (verdict) => {
    const said = [
      [2, 1],
      [-2, 3],
      [0.01, 0.02],
      [-0.04, -0.01]
    ] as const
    for (const [ahead, plain] of said) {
      const sentence = measureSentence(
        verdict as Parameters<typeof measureSentence>[0],
        arms(ahead, plain)
      )
      expect(unknown([sentence])).toEqual([])
    }
  })

  it('give no sign to what rounds to nothing', () => {
    const verdict = 'none' as Parameters<typeof measureSentence>[0]
    const sentence = measureSentence(verdict, arms(-0.04, -0.01))
    expect(sentence).toBe(
      'No difference was found (0.0 points, −1.0 to +1.0): nothing speaks for adding the made pictures. Plain flips and shifts did as well or better (0.0 points), at no cost.'
    )
    expect(speak(sentence)).toBe(
      'Es fand sich kein Unterschied (0,0 Punkte, −1,0 bis +1,0): Nichts spricht dafür, die gemachten Bilder hinzuzufügen. Bloßes Spiegeln und Schieben war ebenso gut oder besser (0,0 Punkte) und kostet nichts.'
    )
    expect(measureSentence(verdict, arms(0.4, -3))).toContain('(+0.4 points, −0.6 to +1.4)')
  })
})

describe('data in German', () => {
  const facts = {
    ...{ items: [{}], classes: [], splits: [], columns: [{}, {}, {}], kind: 'text', shape: null },
    ...{ isComplete: true, options: { encoding: 'utf-8', delimiter: ',', hasHeader: true } }
  }
  const cases: readonly object[] = [
    { format: 'image-folder' },
    { format: 'image-folder', items: [] },
    { format: 'image-zip', items: [] },
    { format: 'image-zip', classes: [{}, {}], splits: [{ name: 'train' }, { name: 'test' }] },
    { format: 'image-folder', classes: [{}], splits: [{ name: 'train' }] },
    { format: 'idx' },
    { format: 'idx', classes: [{}, {}], splits: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
    ...['csv', 'tsv'].flatMap((format) =>
      [',', ';', '\t', '|', '~'].flatMap((delimiter) =>
        [true, false].map((hasHeader) => ({
          format,
          options: { encoding: 'windows-1252', delimiter, hasHeader }
        }))
      )
    ),
    { format: 'csv', columns: [{}], options: { encoding: 'utf-16le', hasHeader: false } },
    ...['jsonl', 'json', 'parquet', 'xlsx', 'arrow', 'hf-folder'].flatMap((format) => [
      { format },
      { format, kind: 'images', columns: [{}], splits: [{ name: 'train' }, { name: 'test' }] },
      ...['sharegpt', 'llava', 'alpaca', 'openai'].flatMap((name) =>
        [true, false].map((isComplete) => ({
          ...{ format, isComplete, shape: { name, matching: 998, of: 1000 } },
          options: { encoding: 'utf-16le' }
        }))
      )
    ])
  ]

  it('say what an import recognised', () => {
    const sentences = cases.map((each) =>
      describeReading({ ...facts, ...each } as unknown as ImportPreview, '28 × 28')
    )
    expect(unknown(sentences)).toEqual([])
    expect(sentences.map(speak).filter((text) => /\b(with|of|and|rows)\b/.test(text))).toEqual([])
    expect(speak('Looks like OpenAI messages in JSON Lines, 998 of 1,000 rows.')).toBe(
      'Sieht aus wie OpenAI-Nachrichten (JSON-Zeilen): 998 von 1.000 Zeilen.'
    )
  })

  it('say what a step changed, for one and for many, with and without a reason', () => {
    const changes: Parameters<typeof stepSentence>[0][] = [
      { kind: 'aside', aside: true },
      { kind: 'aside', aside: false },
      { kind: 'label', label: 'Bag: old' },
      { kind: 'label', label: null },
      { kind: 'labels', labels: ['a'] },
      ...(['train', 'test', 'none'] as const).map((split) => ({ kind: 'split', split }) as const),
      { kind: 'tag', tag: 'items', on: true },
      { kind: 'tag', tag: 'items', on: false },
      { kind: 'note', text: '' },
      { kind: 'note', text: 'x' }
    ]
    const sentences = changes.flatMap((change) =>
      [1, 12_400].flatMap((count) =>
        [null, 'Genaue Duplikate'].map((because) => stepSentence(change, count, because))
      )
    )
    expect(unknown(sentences)).toEqual([])
    expect(speak(stepSentence(changes[0], 12_400, 'Genaue Duplikate'))).toBe(
      '12.400 Elemente beiseitegelegt: genaue Duplikate'
    )
    expect(speak(stepSentence(changes[2], 1, null))).toBe('Label „Bag: old“ gegeben: 1 Element')
  })
})

describe('fixed sentences of the core in German', () => {
  /** Where a sentence stands that the window shows. */
  const places = [
    /\bnew AppError\(\s*'[a-z-]+',\s*'((?:[^'\\]|\\.)+)'/g,
    /\bhint: '((?:[^'\\]|\\.)+)'/g,
    /\b(?:context\.note|notes\.push|warnings\.push|problems?\.push)\(\s*'((?:[^'\\]|\\.)+)'/g,
    /\bmessage\(\s*'[A-Z]+\d+',\s*'[a-z]+',\s*(?:'[a-z]+',\s*)?'([A-Z](?:[^'\\]|\\.)+)'/g,
    /\breason: '([A-Z](?:[^'\\]|\\.)+\.)'/g,
    /\bproblem: '([A-Z](?:[^'\\]|\\.)+\.)'/g,
    /\{ name: '((?:[^'\\]|\\.)+)', weight: [\d.]+/g
  ]

  it.each([
    'distillation',
    'methods/distillation',
    'traces',
    'rooms',
    'groups',
    'datasets',
    'matrices'
  ])('are there for all of %s', (part) => {
    const files = globSync(`src-main/core/${part}/**/*.ts`, { cwd: root }).filter(
      // What is written into exported files stays English: programs read it.
      (path) => !/\.(test|test-support)\.ts$|\/testing\/|\/validate-|check-conversations/.test(path)
    )
    const said = files.flatMap((path) => {
      const source = readFileSync(join(root, path), 'utf8')
        .replaceAll(/' \+\n\s*'/g, '')
        .replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, code: string) =>
          String.fromCodePoint(Number.parseInt(code, 16))
        )
      return places.flatMap((place) =>
        [...source.matchAll(place)].map((found) => (found[1] ?? '').replaceAll("\\'", "'"))
      )
    })
    expect(said.length).toBeGreaterThan(5)
    expect(unknown([...new Set(said)])).toEqual([])
  })
})

describe('forms of the core in German', () => {
  it('fill every hole, lists too', () => {
    const holes = (form: string): string[] =>
      [...form.matchAll(/\{[#@*]?\w+\}/g)].map(String).sort()
    for (const [english, german] of de.forms) expect(holes(german)).toEqual(holes(english))
  })

  it('translate lists word by word, or not at all', () => {
    const said = coreSpeaker({
      sentences: { apples: 'Äpfel', pears: 'Birnen' },
      forms: [
        ['Take {*fruit}.', 'Nehmen: {*fruit}.'],
        ['{#count} pears', '{#count} Birnen'],
        ['Found [apples|pears] in [a] box', 'In der Kiste']
      ]
    })
    expect(said('Take apples, pears, 1,200 pears.')).toBe('Nehmen: Äpfel, Birnen, 1.200 Birnen.')
    expect(said('Take apples, plums.')).toBe('Take apples, plums.')
    expect(said('Found pears in a box')).toBe('In der Kiste')
    // Asked again, it is the same.
    expect(said('Take apples, plums.')).toBe('Take apples, plums.')
  })
})
