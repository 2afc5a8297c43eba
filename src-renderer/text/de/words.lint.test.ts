// A lint over the German words, beside English: nothing missing, nothing left untranslated, nothing
// that English says left out; plain and calm words, and German quotation marks. Samples for
// functions are in ../words.test-support.ts, and serve both languages.
import { describe, expect, it, vi } from 'vitest'
import {
  bannedIn,
  idleIn,
  samples,
  sentencesIn,
  shouted,
  simpleSamples,
  wordFiles,
  type Maker
} from '../words.test-support.ts'

// Before anything with words is loaded, so that figures within sentences are German as well.
vi.hoisted(() => (document.documentElement.lang = 'de'))

const english = wordFiles(
  import.meta.glob(['../en/*.ts', '!../en/*.test.ts'], { eager: true }) // as they are written
)
const german = wordFiles(
  import.meta.glob(['./*.ts', '!./*.test.ts', '!./core.ts'], { eager: true })
)
/** Sentences of the core, by the English ones. */
const core = Object.entries(
  import.meta.glob<{
    readonly sentences: Readonly<Record<string, string>>
    readonly forms: readonly (readonly [english: string, german: string])[]
  }>('./core/*.ts', { eager: true })
).flatMap(([path, { sentences, forms }]) =>
  [...Object.entries(sentences), ...forms].map(([english, text]) => ({
    at: `${path}: ${english}`,
    text: text.replaceAll(/\{[#@*]?\w+\}/g, '{}')
  }))
)
const chosen = wordFiles(
  import.meta.glob(
    ['../*.ts', '!../*.test.ts', '!../*.test-support.ts', '!../language*.ts', '!../core-words.ts'],
    { eager: true }
  )
)

/** Engine words, with what the app says in their place. */
const banned: Readonly<Record<string, string>> = {
  'teilmengen?|kernmengen?|subsets?|coresets?': 'Auswahl',
  'budgets?': 'wie viel behalten wird',
  'embeddings?|einbettung(en)?': 'Ähnlichkeitsmerkmale',
  'projektion(en)?': 'Ähnlichkeitskarte',
  'kosinus|cosinus': 'ähnlich',
  'dichte|herding': 'typisch',
  'EL2N|margins?|konfidenz(en)?': 'schwierig',
  'gradient(en)?': 'Lernrichtungen',
  'destill\\w*|distill\\w*': 'Mini-Set',
  'teacher|proxys?|lehrermodelle?': 'Hilfsmodell',
  'evaluator(en)?': 'Prüfmodell',
  'seeds?|zufallskeime?|startwerte?': 'Wiederholungscode',
  'klassen?': 'Label oder Gruppe',
  'konfiguration(en)?|konfigur\\w*': 'Rezept, Einstellungen',
  'jobs?': 'Vorgang, Lauf',
  'SHA(-?256)?|hash(es|werte?)?|prüfsummen?': 'Fingerabdruck',
  'synthetisch\\w*': 'vom Computer erzeugt',
  '(hyper)?parameter[ns]?': 'Einstellungen',
  'epochen?|iteration(en)?|batch(es)?': 'Durchgang, Teil',
  'SQL|VARCHAR|JSON|boolean|null|undefined|NaN|enum|string|integer|float': 'einfache Wörter',
  'tensor(en)?|vektor(en)?|matrix|matrizen|backends?|kernels?|threads?|inferenz|pipelines?':
    'einfache Wörter',
  'p-werte?|F1|loss|sigma|varianz|standardabweichung': 'einfache Wörter',
  'stack ?traces?|exceptions?|errno|HTTP|API|RPC|websocket': 'einfache Wörter',
  'bitte|leider|ups|einfach|entschuldigung|sorry': 'ein ruhiger Satz',
  'du|dich|dir|dein\\w*': 'Sie'
}

/** Where one of these words is right, and why. */
const allowed: readonly { readonly at: RegExp; readonly word: RegExp; readonly why: string }[] = [
  {
    at: /^help\.glossary\..*\.technical$/,
    word: /./,
    why: 'The technical word appears once, in the help drawer.'
  },
  { at: /^shell\.(shell\.help|keyHelp\..*)$/, word: /^F1$/, why: 'The key, not the score.' },
  {
    at: /^data\.data\.formats\.jsonl?$|^addData\.kindsOfData\.texts\.text$/,
    word: /^JSON/,
    why: 'The name of a file format, as the analyst has it.'
  },
  {
    at: /^matrices\.matrices\.dialog\.gradientsText$/,
    word: /^Gradienten$/,
    why: 'What the file holds, under the name its maker gave it.'
  }
]

/** The same for sentences of the core. */
const allowedInCore: typeof allowed = [
  {
    at: /: [^:]*\(\w[\w ,]*\)$/,
    word: /^(EL2N|Margin|Herding)$/,
    why: 'The name of a method as its makers call it, in brackets behind what it does.'
  },
  {
    at: /[Hh]erding/,
    word: /^Herding$/,
    why: 'A choice of a setting that has the name of the method it works by.'
  },
  { at: /density pruning/, word: /^Dichte$/, why: 'The adjective: a crowded area.' },
  { at: /batch norm/, word: /^Batch/, why: 'What networks with it are called everywhere.' },
  { at: /manifest\.json/, word: /^json$/, why: 'The name of a file.' },
  {
    at: /JSON|json|http:|tensor[.(]/,
    word: /^(JSON|http|tensor)$/i,
    why: 'A file format, the beginning of an address, or what to write in a program, as the analyst has it.'
  }
]

/** Sentences that are the same in both languages, and are meant to be. */
const same = new Set<string>([
  'Agent',
  'Alpaca',
  'Alt',
  'Code',
  'Computer',
  'Details',
  'Esc',
  'Form',
  'Label',
  'Labels',
  'Name',
  'Normal',
  'Open Neural Network Exchange',
  'SPL, %',
  'Safetensors',
  'Set',
  'ShareGPT',
  'Standard',
  'Start',
  'Test',
  'Text',
  'Token',
  'Tokens',
  'Training',
  'UTF-16 (big)',
  'UTF-16 (little)',
  'Version',
  'Winnow',
  'nDTW, %',
  // Functions, by their place.
  'addData.dataList.version',
  'browse.browse.versionOf',
  'expand.expand.time',
  'shell.shell.version',
  'tinyAnalysis.tinyCompare.other',
  'tracePlans.planReview.scopeText'
])

interface Pair {
  readonly at: string
  readonly en: unknown
  readonly de: unknown
}
/** What stands at the same place in both languages, to the last string and function. */
function pairsOf(en: unknown, de: unknown, at: string): Pair[] {
  if (typeof en !== 'object' || en === null) return [{ at, en, de }]
  const other = (typeof de === 'object' && de !== null ? de : {}) as Readonly<
    Record<string, unknown>
  >
  const keys = new Set([...Object.keys(en), ...Object.keys(other)])
  return [...keys].flatMap((key) =>
    pairsOf((en as Readonly<Record<string, unknown>>)[key], other[key], `${at}.${key}`)
  )
}
const pairs = Object.keys(english).flatMap((name) => pairsOf(english[name], german[name], name))
const named = /\.(id|see\.\d+|group|how|needs)$/
const all = sentencesIn(german)
const withMark = (mark: RegExp): string[] =>
  all.filter(({ text }) => mark.test(text)).map(({ at, text }) => `${at}: ${text}`)
/** What a function makes of its samples, one text for each. */
const made = (maker: unknown, given: readonly (readonly unknown[])[]): string[] =>
  given.map((sample) => JSON.stringify((maker as Maker)(...sample)))
const makers = pairs.filter(({ en }) => typeof en === 'function')

describe('the German words', () => {
  it('are all there, and no more', () => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort())
    expect(pairs.length).toBeGreaterThan(2000)
    expect(pairs.filter(({ en, de }) => typeof en !== typeof de).map(({ at }) => at)).toEqual([])
  })

  it('can be reached by screens, all of them', () => {
    const hidden = Object.entries(german).flatMap(([name, file]) =>
      Object.keys(file)
        .filter((key) => !['format', 'nouns'].includes(name) && chosen[name]?.[key] !== file[key])
        .map((key) => `${name}.${key}`)
    )
    expect(hidden).toEqual([])
  })

  it('were all translated', () => {
    const left = pairs
      .filter(({ at, en }) => typeof en === 'string' && !named.test(at))
      .filter(({ en, de }) => en === de && /\p{L}{2}/u.test(String(en)) && !same.has(String(en)))
    expect(left.map(({ at, en }) => `${at}: ${String(en)}`)).toEqual([])
    const leftMakers = makers
      .filter(({ at, en, de }) => {
        const given = samples[at] ?? simpleSamples((en as Maker).length)
        const texts = made(en, given)
        return (
          texts.some((text) => /\p{L}{3}/u.test(text)) && texts.join() === made(de, given).join()
        )
      })
      .map(({ at, en }) => `${at}: ${made(en, samples[at] ?? simpleSamples(9))[0] ?? ''}`)
    expect(leftMakers.filter((line) => !same.has(line.split(': ')[0] ?? ''))).toEqual([])
  })

  it('keep the names that the code looks at', () => {
    const changed = pairs
      .filter(({ at, en }) => named.test(at) && /^[a-z][\w-]*$/.test(String(en)))
      .filter(({ en, de }) => en !== de)
    expect(changed.map(({ at, de }) => `${at}: ${String(de)}`)).toEqual([])
  })

  it('say the figures and names that the English ones say', () => {
    const lost = makers.flatMap(({ at, en, de }) => {
      if (samples[at] !== undefined) return []
      const given = [31, 52, 73, 94, 65].slice(0, (en as Maker).length)
      const [englishText, germanText] = [made(en, [given])[0] ?? '', made(de, [given])[0] ?? '']
      return given
        .map(String)
        .filter((figure) => englishText.includes(figure) && !germanText.includes(figure))
        .map((figure) => `${at}: ${germanText} lacks ${figure}`)
    })
    expect(lost).toEqual([])
  })

  it('differ for one and many, and for all else where the English ones do', () => {
    const alike = makers.flatMap(({ at, en, de }) => {
      const given = samples[at] ?? simpleSamples((en as Maker).length)
      const [englishTexts, germanTexts] = [made(en, given), made(de, given)]
      return given.flatMap((_, first) =>
        given
          .slice(0, first)
          .filter(
            (_, second) =>
              englishTexts[first] !== englishTexts[second] &&
              germanTexts[first] === germanTexts[second]
          )
          .map(() => `${at}: ${germanTexts[first] ?? ''}`)
      )
    })
    expect(alike).toEqual([])
  })

  it('count in German', () => {
    const texts = makers.flatMap(({ at, de }) =>
      samples[at] === undefined ? made(de, [Array<number>((de as Maker).length).fill(12_400)]) : []
    )
    expect(texts.some((text) => text.includes('12.400'))).toBe(true)
    expect(texts.filter((text) => text.includes('12,400'))).toEqual([])
  })

  it('are words of the analyst, not of the engine', () => {
    expect(bannedIn(all, banned, allowed)).toEqual([])
  })

  it('are plain, calm and rightly quoted in what the core says', () => {
    expect(core.length).toBeGreaterThan(1000)
    expect(bannedIn(core, banned, allowedInCore)).toEqual([])
    expect(idleIn(core, allowedInCore)).toEqual([])
    const wrong = core.filter(
      ({ text }) =>
        /[!"`”«»]| {2}|^\s|\s$|\d%/.test(text) ||
        [...text.matchAll(/„/g)].length !== [...text.matchAll(/“/g)].length
    )
    expect(wrong).toEqual([])
  })

  it('would be caught if they were not', () => {
    const caught = bannedIn(
      [
        { at: 'x', text: 'Das Budget der Klasse und dein Seed' },
        { at: 'help.glossary.0.technical', text: 'Seed' },
        { at: 'x', text: 'Klassenzimmer, einfache Wörter, Jobst' }
      ],
      banned,
      allowed
    )
    expect(caught.map((line) => line.split(' →')[0])).toEqual([
      'x: “Budget”',
      'x: “Seed”',
      'x: “Klasse”',
      'x: “dein”'
    ])
  })

  it('have no exception without a reason or without a use', () => {
    expect(idleIn(all, allowed)).toEqual([])
    const texts = new Set([...all.map(({ text }) => text), ...makers.map(({ at }) => at)])
    expect([...same].filter((text) => !texts.has(text))).toEqual([])
  })

  it('do not shout', () => {
    expect(withMark(/!/)).toEqual([])
    expect(withMark(shouted)).toEqual([])
  })

  it('quote names with German marks', () => {
    expect(withMark(/["`”«»]/)).toEqual([])
    expect(withMark(/\p{L}'\p{L}|'\p{L}+'/u)).toEqual([])
    for (const { at, text } of all) {
      const opening = [...text.matchAll(/„/g)].length
      expect([...text.matchAll(/“/g)].length, `${at}: ${text}`).toBe(opening)
    }
  })

  it('have no blanks at their ends and none twice', () => {
    expect(withMark(/ {2}|^\s|\s$/)).toEqual([])
  })

  it('put a space between a figure and its percent sign', () => {
    expect(withMark(/\d%/)).toEqual([])
  })
})
