// Whether every sentence that the core writes down about choosing has German: the literals of the
// folders that make such sentences are read from their source, so that a new one is not forgotten.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { acrossModels } from '../src-main/core/evaluation/across-models.ts'
import { reasonOf, type ReasonParts } from '../src-main/core/health/reasons.ts'
import { FindingKind } from '../src-main/api/dto/health.ts'
import { ruleCodes, ruleSentence, ruleSummary } from '../src-main/core/selection/rule-reasons.ts'

// By their addresses: the window's files are checked by the rules of the window, which has a document.
const wordsAddress = '../src-renderer/text/core-words.ts'
const germanAddress = '../src-renderer/text/de/core.ts'
const { coreSpeaker } = (await import(wordsAddress)) as {
  coreSpeaker(words: unknown): (text: string) => string
}
const de = (await import(germanAddress)) as {
  readonly sentences: Readonly<Record<string, string>>
  readonly forms: readonly (readonly [english: string, german: string])[]
}
const speak = coreSpeaker(de)
const root = join(import.meta.dirname, '..')

/** Where sentences about choosing are made that the window shows. */
const places = [
  'selection/*.ts',
  'methods/{coverage,difficulty,gradients,head-gradients,mixtures}/*.ts',
  'methods/selection/*/*.ts',
  'methods/check-inputs.ts',
  'evaluation/*.ts',
  'evaluation/models/*.ts',
  'health/**/*.ts',
  'maps/*.ts',
  'features/**/*.ts',
  'projects/*.ts',
  'files/*.ts'
]
/** What in these is no sentence, or none that the window shows as it is. */
const elsewhere: readonly { readonly at: RegExp; readonly why: string }[] = [
  { at: /\/(card|params)\.ts$/, why: 'Cards and settings are listed by their registry.' },
  { at: /(-|\/)(estimate|cost)\.ts$/, why: 'What an estimate rests on is said by its measure.' },
  { at: /\/(languages|typical-words|words)\.ts:.*( \S+){20}/, why: 'Common words of languages.' },
  { at: /selection-fixture|\.test-support|\.test\.ts/, why: 'Tests.' },
  { at: /secrets\.ts:.*PRIVATE KEY/, why: 'What a file with a key holds.' },
  {
    at: /:(draw by source|held out by source|early-learning head|loss-window sample)$/,
    why: 'Names of draws by lot.'
  },
  { at: /rule-words/, why: 'Only the report says these.' },
  { at: /restore\.ts:(make|write|move|put) /, why: 'Names of steps in the log of the host.' }
]
/** Parts of a method that only the command line and the report show. */
const unseen = /^(estimate|card|params|reference|why|cost|targetWhy|\w+Cost|\w+Name)$/

/** A sentence and a bit: long enough to be words for a person, and not a name for the code. */
function isSaid(text: string): boolean {
  return text.length >= 12 && / /.test(text) && (text.match(/[A-Za-z]{2,}/g) ?? []).length >= 3
}
/** Both ways of every choice in a form. */
function spelledOut(form: string): string[] {
  const choice = /\[([^\]]*\|[^\]]*)\]/.exec(form)
  if (choice === null) return [form]
  const [all, ways] = choice
  return (ways ?? '')
    .split('|')
    .flatMap((way) =>
      spelledOut(form.slice(0, choice.index) + way + form.slice(choice.index + (all ?? '').length))
    )
}
const known = [
  ...Object.keys(de.sentences),
  ...de.forms.flatMap(([english]) => spelledOut(english))
].join('\n')

/** Pieces of text in a source file, between what is put into them. */
function piecesOf(path: string): string[] {
  const source = ts.createSourceFile(
    path,
    readFileSync(join(root, path), 'utf8'),
    ts.ScriptTarget.Latest,
    true
  )
  const pieces: string[] = []
  const joined = (node: ts.Node): string | undefined => {
    if (ts.isStringLiteralLike(node)) return node.text
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken)
      return undefined
    const [left, right] = [joined(node.left), joined(node.right)]
    return left === undefined || right === undefined ? undefined : left + right
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return
    // Mistakes of the code, which the window does not quote.
    if (ts.isNewExpression(node) && /^(\w*Error)$/.test(node.expression.getText())) {
      if (node.expression.getText() !== 'AppError') return
    }
    if (
      (ts.isPropertyAssignment(node) ||
        ts.isMethodDeclaration(node) ||
        ts.isFunctionDeclaration(node)) &&
      unseen.test(node.name?.getText() ?? '')
    )
      return
    const text = joined(node)
    if (text !== undefined) {
      pieces.push(text)
      return
    }
    if (ts.isTemplateExpression(node)) {
      pieces.push(node.head.text, ...node.templateSpans.map(({ literal }) => literal.text))
      for (const { expression } of node.templateSpans) visit(expression)
      return
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return pieces
}

describe('what the core says about choosing', () => {
  const files = places.flatMap((place) => globSync(`src-main/core/${place}`, { cwd: root }))
  const said = files.flatMap((path) =>
    piecesOf(path)
      .flatMap((piece) => piece.split(/(?<=[.?:]) /))
      .map((piece) => piece.trim().replace(/^[.;:,)(’”" –-]+|[ “"(]+$/g, ''))
      .filter(isSaid)
      .map((piece) => `${path}:${piece}`)
  )

  it('has German, sentence by sentence', () => {
    expect(files.length).toBeGreaterThan(200)
    expect(said.length).toBeGreaterThan(700)
    const english = said.filter((line) => {
      const text = line.slice(line.indexOf(':') + 1)
      return (
        !elsewhere.some(({ at }) => at.test(line) || at.test(line.split(':')[0] ?? '')) &&
        !known.includes(text) &&
        speak(text) === text
      )
    })
    expect([...new Set(english)]).toEqual([])
  })

  it('has no exception without a reason', () => {
    const idle = elsewhere.filter(
      ({ at, why }) =>
        why === '' || !said.some((line) => at.test(line) || at.test(line.split(':')[0] ?? ''))
    )
    expect(idle).toEqual([])
  })
})

describe('what is put together from pieces', () => {
  const rules = ruleCodes.filter((code) => code !== 'none')
  const detail = {
    label: 'rose',
    twin: 'a.png',
    similarity01: 0.987,
    minimum: 5,
    source: 'web',
    sourceMinimum: 7
  }

  it('says why a rule kept or left out an item', () => {
    const texts = rules.flatMap((code) => [
      ruleSummary(code),
      ruleSentence(code, { ...detail, isTwinChosen: true }),
      ruleSentence(code, { ...detail, isTwinChosen: false })
    ])
    expect(texts.filter((text) => speak(text) === text)).toEqual([])
    expect(speak(ruleSentence('near-duplicate', { ...detail, isTwinChosen: true }))).toBe(
      'Fast gleich wie a.png; das wurde behalten (zu 98 % ähnlich).'
    )
  })

  it('says why an item is in a finding', () => {
    const parts: Omit<ReasonParts, 'finding'> = {
      values: [1, 2.5, 300],
      text: 'a…z (20 characters)',
      score01: 0.91,
      isBest: false,
      given: 'cat',
      suggested: 'dog'
    }
    const others = [
      {},
      { isBest: true },
      { values: [0, 60, 2], suggested: null },
      { values: [2, 1, 1], score01: 1 },
      { values: [3, 0.4, 9], text: '' }
    ]
    const texts = FindingKind.options.flatMap((finding) =>
      others.map((other) => reasonOf({ ...parts, ...other, finding }))
    )
    expect(texts.filter((text) => text !== '' && speak(text) === text)).toEqual([])
    expect(speak(reasonOf({ ...parts, finding: 'rare-labels' }))).toBe('„cat“ hat 1 Element')
  })

  it('says what other check models find', () => {
    const of = (model: 'linear' | 'knn' | 'mlp', kind: 'helped' | 'worse' | 'no-difference') => ({
      model,
      kind,
      difference: { mean: 0.021, low: -0.01, high: 0.05 }
    })
    const kinds = ['helped', 'worse', 'no-difference'] as const
    const texts = kinds.flatMap((first) =>
      kinds.flatMap((second) =>
        kinds.map((third) =>
          acrossModels([of('linear', first), of('knn', second), of('mlp', third)], 3)
        )
      )
    )
    expect(texts.filter((text) => text === null || speak(text) === text)).toEqual([])
    expect(
      speak(
        acrossModels([of('linear', 'helped'), of('knn', 'helped'), of('mlp', 'worse')], 3) ?? ''
      )
    ).toBe(
      'Auch besser als Zufall mit k-NN (+2,1); schlechter als Zufall mit einem kleinen Netz (+2,1).'
    )
  })

  it('says each sentence for itself, and takes no name past the end of one', () => {
    expect(
      speak(
        'Kept because 2 of 3 example tasks asked for it: Shoes and Bags. It resembles Bags most (rank 12 of 6,000). There was room for 300 of the 812 items labelled "boot" with as many votes; the places went by lot.'
      )
    ).toBe(
      'Behalten, weil 2 von 3 Zielaufgaben danach verlangt haben: Shoes und Bags. Am meisten ähnelt es Bags (Platz 12 von 6.000). Platz war für 300 von 812 Elementen mit dem Label „boot“ mit ebenso vielen Stimmen; das Los entschied.'
    )
    expect(
      speak(
        '3 of the 32 items on the list could not be kept: 2 are set aside, 1 is not in this data.'
      )
    ).toBe(
      '3 von 32 Elementen der Liste konnten nicht behalten werden: 2 beiseitegelegt, 1 nicht in diesen Daten.'
    )
    const half = 'Kept because you asked for it. Nobody has translated this yet.'
    expect(speak(half)).toBe(half)
  })
})
