// Recipes from the command line, over a project that answers from a table.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DistilDraft } from '../../../api/dto/distil.ts'
import { SelectDraft } from '../../../api/dto/runs.ts'
import { distilCommand } from './distil-command.ts'
import { exitCodes, UsageError } from './output.ts'
import { recipeCommand } from './recipe-command.ts'
import { selectCommand } from './run-commands.ts'
import type { Session } from './session.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-recipe-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const draft = SelectDraft.parse({
  dataset: 'd',
  goal: 'train-text',
  tasks: { kind: 'labels', perTask: 7 },
  budget: { kind: 'percent', percent: 10 },
  rules: {},
  method: { id: 'icons', params: { combine: 'mean' } },
  check: { repeats: 4 }
})
const tinyDraft = DistilDraft.parse({
  dataset: 'd',
  kind: 'real',
  method: { id: 'soft-labels', params: { moments: 3 } },
  perClass: 5,
  effort: 'quick',
  labels: { kind: 'soft' },
  check: {}
})
const summary = {
  id: 'rec1',
  makes: 'chosen',
  name: 'Tenth',
  savedAt: 1,
  dataName: 'Shoes',
  kind: 'text',
  sentence: 'Train a text sorter: keep 10 %.'
}
const answers: Readonly<Record<string, unknown>> = {
  'recipes.list': {
    recipes: [summary, { ...summary, id: 'tiny1', name: 'Tiny', makes: 'tiny' }]
  },
  'recipes.saveTiny': { ...summary, id: 'tiny2', makes: 'tiny' },
  'recipes.save': summary,
  'recipes.read': { ...summary, id: 'rec2' },
  'recipes.text': { name: 'Tenth', json: '{"format":"winnow-recipe"}\n' },
  'recipes.fit': {
    makes: 'chosen',
    draft,
    misfits: ['This data has no label “c2”; it was left out.']
  },
  'runs.get': { kind: 'select' },
  'runs.result': { draft },
  'distil.result': { draft: tinyDraft },
  'distil.review': {
    messages: [{ severity: 'note', text: 'Few items.' }],
    estimate: {
      lowSeconds: 120,
      highSeconds: 400,
      megabytes: 99.5,
      diskMegabytes: 3,
      device: 'Processor',
      why: ''
    },
    items: 10,
    shrink: 5,
    sizeBytes: 100,
    sentence: 'From 50 items.',
    methods: []
  },
  'runs.review': { messages: [], estimate: null, keep: 5, sentence: 'Keep 5 of 50.' },
  'datasets.list': { datasets: [{ id: 'd', name: 'Pool', purpose: 'pool' }] }
}

interface Seen {
  readonly session: Session
  readonly calls: { readonly name: string; readonly input: unknown }[]
  readonly said: string[]
}
/** A project whose recipe called "Tiny" makes a tiny set. */
const tinyAnswers = { 'recipes.fit': { makes: 'tiny', draft: tinyDraft, misfits: [] } }
function open(special: Readonly<Record<string, unknown>> = {}): Seen {
  const calls: { name: string; input: unknown }[] = []
  const said: string[] = []
  const session = {
    client: {
      call(name: string, input: unknown) {
        calls.push({ name, input })
        return Promise.resolve({ ...answers, ...special }[name])
      }
    },
    output: {
      say: (text: string) => void said.push(text),
      event: () => undefined,
      result: () => undefined
    },
    open: () => Promise.resolve(),
    grant: (path: string) => Promise.resolve(`grant of ${path}`)
  } as unknown as Session // what these commands use of it
  return { session, calls, said }
}
const project = ['--project', 'P.winnow']
const inputOf = ({ calls }: Seen, name: string): unknown =>
  calls.find((call) => call.name === name)?.input

describe('winnow recipe', () => {
  it('lists what is kept', async () => {
    const seen = open()
    expect(await recipeCommand(seen.session, ['list', ...project])).toBe(exitCodes.ok)
    expect(seen.said).toEqual([
      'Tenth: Train a text sorter: keep 10 %. Made on Shoes.',
      'Tiny: Train a text sorter: keep 10 %. Made on Shoes.'
    ])
  })

  it('keeps the settings of a run, and writes a file that is not there yet', async () => {
    const seen = open()
    const to = join(folder, 'tenth.json')
    const words = ['save', 'Tenth', '--run', 'r1', '--to', to, ...project]
    await recipeCommand(seen.session, words)
    expect(inputOf(seen, 'recipes.save')).toEqual({ name: 'Tenth', draft })
    expect(await readFile(to, 'utf8')).toContain('winnow-recipe')
    await expect(recipeCommand(seen.session, words)).rejects.toThrow('already there')
    await expect(recipeCommand(seen.session, ['save', 'Tenth', ...project])).rejects.toThrow(
      UsageError
    )
  })

  it('runs one by name or from a file, and says what does not fit', async () => {
    const seen = open()
    await recipeCommand(seen.session, ['run', 'Tenth', '--dry-run', ...project])
    expect(inputOf(seen, 'recipes.fit')).toEqual({ recipe: 'rec1', dataset: 'd' })
    expect(seen.said).toContain('note: This data has no label “c2”; it was left out.')
    expect(inputOf(seen, 'runs.review')).toEqual(draft)
    const file = join(folder, 'mine.json')
    await writeFile(file, '{}')
    const other = open()
    await recipeCommand(other.session, ['run', file, '--dry-run', ...project])
    expect(inputOf(other, 'recipes.read')).toEqual({ grant: `grant of ${file}` })
    expect(inputOf(other, 'recipes.fit')).toEqual({ recipe: 'rec2', dataset: 'd' })
    await expect(
      recipeCommand(open().session, ['run', 'Nothing', '--dry-run', ...project])
    ).rejects.toThrow('"Nothing" is neither a recipe nor a file. The project has "Tenth", "Tiny".')
    await expect(recipeCommand(open().session, ['bake', ...project])).rejects.toThrow('not known')
  })
})

describe('winnow select --recipe', () => {
  it('takes the recipe as it is, single options having the last word', async () => {
    const seen = open()
    await selectCommand(seen.session, ['--recipe', 'Tenth', '--dry-run', ...project])
    expect(inputOf(seen, 'runs.review')).toEqual(draft)
    const other = open()
    const words = ['--recipe', 'Tenth', '--budget', '20', '--seed', '3', '--dry-run', ...project]
    await selectCommand(other.session, words)
    expect(inputOf(other, 'runs.review')).toEqual({
      ...draft,
      budget: { kind: 'count', count: 20 },
      seed: 3
    })
  })
})

describe('recipes of tiny training sets', () => {
  it('are taken by winnow distil, single options having the last word', async () => {
    const seen = open(tinyAnswers)
    const words = ['--recipe', 'Tiny', '--per-class', '7', '--dry-run', ...project]
    expect(await distilCommand(seen.session, words)).toBe(exitCodes.ok)
    expect(inputOf(seen, 'recipes.fit')).toEqual({ recipe: 'tiny1', dataset: 'd' })
    expect(inputOf(seen, 'distil.review')).toEqual({ ...tinyDraft, perClass: 7 })
    expect(inputOf(seen, 'distil.defaults')).toBeUndefined()
    expect(seen.said).toEqual([
      'note: Few items.',
      'From 50 items.',
      'Takes about 2 to 7 min, 100 MB of memory and 3 MB of disk on: Processor.'
    ])
  })

  it('run by name, and are kept from a run', async () => {
    const seen = open(tinyAnswers)
    await recipeCommand(seen.session, ['run', 'Tiny', '--dry-run', ...project])
    expect(inputOf(seen, 'distil.review')).toEqual(tinyDraft)
    const other = open({ 'runs.get': { kind: 'distil' } })
    await recipeCommand(other.session, ['save', 'Mine', '--run', 't1', ...project])
    expect(inputOf(other, 'recipes.saveTiny')).toEqual({ name: 'Mine', draft: tinyDraft })
    expect(inputOf(other, 'recipes.save')).toBeUndefined()
  })

  it('are not mistaken for the other kind', async () => {
    await expect(
      selectCommand(open(tinyAnswers).session, ['--recipe', 'Tiny', '--dry-run', ...project])
    ).rejects.toThrow('makes a tiny training set')
    await expect(
      distilCommand(open().session, ['--recipe', 'Tenth', '--dry-run', ...project])
    ).rejects.toThrow('chooses items')
  })
})
