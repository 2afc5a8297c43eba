// Recipes from the command line, over a project that answers from a table.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SelectDraft } from '../../../api/dto/runs.ts'
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
const summary = {
  id: 'rec1',
  name: 'Tenth',
  savedAt: 1,
  dataName: 'Shoes',
  kind: 'text',
  sentence: 'Train a text sorter: keep 10 %.'
}
const answers: Readonly<Record<string, unknown>> = {
  'recipes.list': { recipes: [summary] },
  'recipes.save': summary,
  'recipes.read': { ...summary, id: 'rec2' },
  'recipes.text': { name: 'Tenth', json: '{"format":"winnow-recipe"}\n' },
  'recipes.fit': { draft, misfits: ['This data has no label “c2”; it was left out.'] },
  'runs.result': { draft },
  'runs.review': { messages: [], estimate: null, keep: 5, sentence: 'Keep 5 of 50.' },
  'datasets.list': { datasets: [{ id: 'd', name: 'Pool', purpose: 'pool' }] }
}

interface Seen {
  readonly session: Session
  readonly calls: { readonly name: string; readonly input: unknown }[]
  readonly said: string[]
}
function open(): Seen {
  const calls: { name: string; input: unknown }[] = []
  const said: string[] = []
  const session = {
    client: {
      call(name: string, input: unknown) {
        calls.push({ name, input })
        return Promise.resolve(answers[name])
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
    expect(seen.said).toEqual(['Tenth: Train a text sorter: keep 10 %. Made on Shoes.'])
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
    ).rejects.toThrow('"Nothing" is neither a recipe nor a file. The project has "Tenth".')
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
