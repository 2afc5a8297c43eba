// The sentences that the core makes and the window translates: names of methods, phases of runs,
// refusals and verdicts. Here, because neither side may know the other.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorMessages } from '../src-main/api/errors.ts'
import { verdictOf, type VerdictInputs } from '../src-main/core/evaluation/verdict.ts'
import { methodInfos } from '../src-main/core/methods/registry.ts'
import { searchPhase, selectPhases } from '../src-main/core/selection/select-state.ts'

// By their addresses: the window's files are checked by the rules of the window, which has a document.
const wordsAddress = '../src-renderer/text/core-words.ts'
const germanAddress = '../src-renderer/text/de/core.ts'
interface CoreWords {
  readonly sentences: Readonly<Record<string, string>>
  readonly forms: readonly (readonly [english: string, german: string])[]
}
const { coreSpeaker, coreWords } = (await import(wordsAddress)) as {
  coreSpeaker(words: CoreWords): (text: string) => string
  coreWords(text: string): string
}
const de = (await import(germanAddress)) as CoreWords
const speak = coreSpeaker(de)
const knows = (text: string): boolean =>
  Object.hasOwn(de.sentences, text) || speak(text) !== text || !/\p{L}{2}/u.test(text)
const root = join(import.meta.dirname, '..')

/** One setting of a method, as its form is made from. */
interface Setting {
  readonly title: string
  readonly description: string
  readonly unit?: string
  readonly enum?: readonly string[]
}
const settings = methodInfos().flatMap(({ params }) =>
  Object.values((params as unknown as { properties: Record<string, Setting> }).properties)
)
/** Units that are the same in all languages. */
const sameUnits = new Set(['MB'])

describe('sentences of the core in German', () => {
  it('name every method and say what it does', () => {
    const english = methodInfos()
      .flatMap(({ name, oneLine }) => [name, oneLine])
      .filter((text) => speak(text) === text)
    expect(english).toEqual([])
  })

  it('say what every method is good for, and what not', () => {
    const texts = methodInfos().flatMap((method) => [method.whenToUse, method.whenNotToUse])
    expect(texts.filter((text) => !knows(text))).toEqual([])
  })

  it('name every setting of every method, with its help, its choices and its unit', () => {
    expect(settings.length).toBeGreaterThan(300)
    const texts = settings.flatMap(({ title, description, unit = '%', enum: choices = [] }) => [
      title,
      description,
      ...choices.map((choice) => `choice: ${choice}`),
      ...(sameUnits.has(unit) ? [] : [unit])
    ])
    expect([...new Set(texts.filter((text) => !knows(text)))]).toEqual([])
  })

  it('explain choices by the names they have', () => {
    const other = settings.flatMap(({ description, enum: choices = [] }) =>
      choices
        .filter((choice) => new RegExp(`(^|[ .])${choice}: `).test(description))
        .map((choice) => speak(`choice: ${choice}`))
        .filter((choice) => !speak(description).includes(`${choice}: `))
        .map((choice) => `${speak(description)} lacks ${choice}`)
    )
    expect([...new Set(other)]).toEqual([])
  })

  it('name the phases of a selection, and say why something is refused', () => {
    const texts = [
      ...selectPhases.map(({ name }) => name),
      searchPhase.name,
      ...Object.values(errorMessages)
    ]
    expect(texts.filter((text) => speak(text) === text)).toEqual([])
  })

  const usual: VerdictInputs = {
    repeats: 3,
    testItems: 2000,
    chosen: { mean: 0.7, sd: 0.01 },
    all: { mean: 0.842, sd: 0.01 },
    difference: { mean: 0.081, low: 0.062, high: 0.1 },
    differenceToStratified: { mean: 0.07, low: 0.05, high: 0.09 },
    keptShare01: 0.1
  }
  it.each([
    [
      usual,
      'Das Auswählen hat geholfen: +8,1 Punkte (6,2 bis 10,0). Alle Daten: 84,2 %. Davon bleiben 83 % mit 10 % der Elemente.'
    ],
    [
      { ...usual, difference: { mean: -0.02, low: -0.03, high: -0.01 }, keptShare01: 0.005 },
      'Zufall war hier besser (−2,0). Verwenden Sie diese Auswahl nicht. Alle Daten: 84,2 %. Davon bleiben 83 % mit 0,5 % der Elemente.'
    ],
    [
      { ...usual, difference: { mean: 0, low: -0.01, high: 0.01 }, testItems: 50 },
      'Kein klarer Unterschied zum Zufall (+0,0, −1,0 bis 1,0). Versuchen Sie ein anderes Verfahren oder mehr Elemente. Alle Daten: 84,2 %. Davon bleiben 83 % mit 10 % der Elemente. Grobe Schätzung.'
    ],
    [
      { ...usual, repeats: 1 },
      'Eine Wiederholung kann Auswählen und Zufall nicht unterscheiden (+8,1). Prüfen Sie noch einmal mit mindestens 3 Wiederholungen. Alle Daten: 84,2 %. Davon bleiben 83 % mit 10 % der Elemente. Grobe Schätzung.'
    ]
  ])('tell the verdict, case %#', (input, german) => {
    const { verdict, cautions } = verdictOf(input)
    expect(speak(verdict)).toBe(german)
    expect(cautions.filter((caution) => speak(caution) === caution)).toEqual([])
  })

  it('keep names as they are, and write figures as the language does', () => {
    expect(speak('Reading “Best 1.5, (a) {b} $&”')).toBe('„Best 1.5, (a) {b} $&“ wird gelesen')
    expect(speak('Measured just now on this computer with 12,400 of your items.')).toBe(
      'Gerade auf diesem Computer gemessen, mit 12.400 Ihrer Elemente.'
    )
  })

  it('stay English where they are not known, or known in part only', () => {
    for (const text of ['Nobody translated this.', 'Rough estimate. Nobody translated this.', ''])
      expect(speak(text)).toBe(text)
    expect(speak('Set 12 pictures of mine aside')).toBe('Set 12 pictures of mine aside')
    expect(speak('Set 12 pictures aside')).toBe('12 Bilder beiseitelegen')
    // What every object has is no sentence.
    expect(speak('constructor')).toBe('constructor')
  })

  it('are left alone on an English page', () => {
    expect(coreWords('Choosing')).toBe('Choosing')
  })

  it('are all still made by the core', () => {
    const source = globSync('src-main/{api,core}/**/*.ts', { cwd: root })
      .filter((path) => !path.includes('.test'))
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n')
      .replaceAll('\\u201c', '“')
      .replaceAll('\\u201d', '”')
      .replaceAll('\\u201C', '“')
      .replaceAll('\\u201D', '”')
      .replaceAll('\\u2019', '’')
      .replaceAll('\\u2013', '–')
      .replaceAll('\\u2018', '‘')
      // A long sentence may be put together from two lines.
      .replaceAll(/['`] \+\n\s*['`]/g, '')
      // What has no words in it need not be searched thousands of times.
      .split('\n')
      .filter((line) => /['`"]/.test(line) && !line.startsWith('import '))
      .join('\n')
    // Help of settings may be put together from pieces that several methods share.
    const made = `${source}\n${settings.map(({ description }) => description).join('\n')}`
    const gone = Object.keys(de.sentences).filter(
      (sentence) => !made.includes(sentence.replace(/^choice: (.+)$/, "'$1'"))
    )
    expect(gone).toEqual([])
    // Forms may be put together from parts: one part to know them by, or three words in a row, is enough.
    const goneForms = de.forms
      .map(([english]) => english)
      .filter((english) => {
        const pieces = english
          .split(/\{[#@*]?\w+\}|[[|\]]/)
          .flatMap((piece) => piece.replace(/^ (%|items are)/, '').split(': '))
          .map((piece) => piece.trim())
        const runs = pieces.flatMap((piece) => {
          const words = piece.split(' ')
          return words.slice(2).map((word, at) => [words[at], words[at + 1], word].join(' '))
        })
        const isFigures = pieces.every((piece) => !/\p{L}{3}/u.test(piece))
        return ![...pieces, ...runs].some(
          (piece) => isFigures || (piece.length >= 3 && source.includes(piece))
        )
      })
    expect(goneForms).toEqual([])
  })

  it('stand in one part each, and no part is forgotten', async () => {
    const parts = globSync('src-renderer/text/de/core/*.ts', { cwd: root })
    expect(parts.length).toBeGreaterThan(5)
    const words = await Promise.all(
      parts.map((path) => import(join(root, path)) as Promise<CoreWords>)
    )
    const keys = words.flatMap(({ sentences, forms }) => [
      ...Object.keys(sentences),
      ...forms.map(([english]) => english)
    ])
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
    const merged = new Set([...Object.keys(de.sentences), ...de.forms.map(([english]) => english)])
    expect(keys.filter((key) => !merged.has(key))).toEqual([])
  })

  it('are whole: every hole of a form is filled', () => {
    const holes = (form: string): string[] =>
      [...form.matchAll(/\{[#@*]?\w+\}/g)].map(String).sort()
    for (const [english, german] of de.forms) expect(holes(german)).toEqual(holes(english))
  })
})
