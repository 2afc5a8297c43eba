// A lint over every word the app shows: the vocabulary of people who do not program, a calm tone,
// and one kind of quotation mark. Functions are called with small and large samples, so that the
// sentences they build are checked as well.
import { describe, expect, it } from 'vitest'
import { bannedIn, idleIn, sentencesIn, shouted, wordFiles } from '../words.test-support.ts'

const files = wordFiles(import.meta.glob(['./*.ts', '!./*.test.ts'], { eager: true }))

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

const all = sentencesIn(files)
const withMark = (mark: RegExp): string[] =>
  all.filter(({ text }) => mark.test(text)).map(({ at, text }) => `${at}: ${text}`)

describe('the words of the app', () => {
  it('were all found', () => {
    expect(all.length).toBeGreaterThan(900)
    expect(new Set(all.map(({ at }) => at.split('.')[0]))).toEqual(new Set(Object.keys(files)))
    expect(all.filter(({ text }) => /\[object|=>/.test(text))).toEqual([])
  })

  it('are words of the analyst, not of the engine', () => {
    expect(bannedIn(all, banned, allowed)).toEqual([])
  })

  it('would be caught if they were not', () => {
    const caught = bannedIn(
      [
        { at: 'x', text: 'The seed of the coreset, its budget and VARCHAR' },
        { at: 'help.glossary.0.technical', text: 'random seed' },
        { at: 'help.glossary.0.text', text: 'Uses an Embedding.' },
        { at: 'x', text: 'Seedlings in a classroom proceed' }
      ],
      banned,
      allowed
    )
    expect(caught.map((line) => line.split(' →')[0])).toEqual([
      'x: “coreset”',
      'x: “budget”',
      'x: “seed”',
      'x: “VARCHAR”',
      'help.glossary.0.text: “Embedding”'
    ])
  })

  it('have no exception without a reason or without a use', () => {
    expect(idleIn(all, allowed)).toEqual([])
  })

  it('do not shout', () => {
    expect(withMark(/!/)).toEqual([])
    expect(withMark(shouted)).toEqual([])
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
