// "Copy as command" must bring back the plan it was copied from: every draft goes through the
// command and its files and comes out the same, whatever is recommended for the data.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SelectDraft } from '../../../api/dto/runs.ts'
import { commandOf } from '../../../core/selection/draft-command.ts'
import { readArguments } from './arguments.ts'
import { UsageError } from './output.ts'
import { draftFrom, draftOptions, readSettings } from './select-draft.ts'
import type { Session } from './session.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-command-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The few calls that reading options needs. */
const session = {
  client: {
    call: (name: string) =>
      Promise.resolve(
        name === 'datasets.list'
          ? {
              datasets: [
                { id: 'd', name: 'Pool' },
                { id: 'e', name: 'Mine' }
              ]
            }
          : { labelColumn: 'label', columns: [{ name: 'topic', role: 'keep' }] }
      )
  }
} as unknown as Session // only these two calls are made

function draftOf(change: Record<string, unknown>): SelectDraft {
  return SelectDraft.parse({
    dataset: 'd',
    goal: 'train-text',
    tasks: { kind: 'labels', perTask: 7 },
    budget: { kind: 'percent', percent: 10 },
    rules: {},
    method: { id: 'icons' },
    check: {},
    ...change
  })
}

/** What is recommended for other data: nothing of it may show in the result. */
const recommended = draftOf({
  goal: 'train-images',
  tasks: { kind: 'sets', sets: [{ name: 'Other', dataset: 'e' }] },
  budget: { kind: 'count', count: 3 },
  method: { id: 'random', params: { a: 1 } }
})

/** The words a shell makes of a line. */
function shellWords(line: string): string[] {
  const parts = line.match(/(?:'[^']*'|\\'|[^\s'\\])+/g) ?? []
  return parts.map((part) => part.replaceAll(/'([^']*)'|\\(')/g, '$1$2'))
}

/** The files the window lets a person save beside the command. */
async function saveFiles(draft: SelectDraft): Promise<void> {
  const { scope, goal, gradients, given, alsoTry, check, rules, tasks } = draft
  const plan = { scope, goal, gradients, given, alsoTry, check }
  await writeFile(join(folder, 'rules.json'), JSON.stringify(rules))
  await writeFile(join(folder, 'plan.json'), JSON.stringify(plan))
  const names: Readonly<Record<string, string>> = { d: 'Pool', e: 'Mine' }
  const sets = tasks.kind === 'sets' ? tasks.sets : []
  const named = sets.map((set) => ({ ...set, dataset: names[set.dataset] }))
  await writeFile(join(folder, 'tasks.json'), JSON.stringify(named))
}

async function throughCommand(draft: SelectDraft): Promise<SelectDraft> {
  const { command } = commandOf(draft, { name: 'Pool' }, 'P.winnow')
  await saveFiles(draft)
  const words = shellWords(command)
    .slice(2)
    .map((word) => (word.endsWith('.json') ? join(folder, word) : word))
  const options = {
    project: { type: 'string' },
    dataset: { type: 'string' },
    ...draftOptions
  } as const
  return draftFrom(session, recommended, readArguments(words, options))
}

const changes: readonly [string, Record<string, unknown>][] = [
  ['as recommended', {}],
  ['a name with a quote', { name: "Bob's best" }],
  ['near-duplicates kept', { rules: { nearDuplicates: { isOn: false, similarity01: 0.98 } } }],
  [
    'all rules',
    {
      rules: {
        mustKeep: ['a'],
        mustDrop: ['b'],
        perClass: [{ label: 'x', min: 1, max: 5, percent: 20 }],
        sourceColumn: 'topic',
        perSource: [{ source: 'web', min: null, max: 9 }],
        nearDuplicates: { isOn: true, similarity01: 0.9 },
        protectTestSplit: false,
        groupColumn: 'topic',
        keepExamplesOut: false
      }
    }
  ],
  ['a size', { budget: { kind: 'bytes', bytes: 2.5e9 } }],
  ['hours', { budget: { kind: 'time', hours: 2.5, secondsPerItem: 8 } }],
  ['the smallest set', { budget: { kind: 'smallest', keepsShare01: 0.985, atMostPercent: 30 } }],
  ['a column of tasks', { tasks: { kind: 'column', column: 'topic', perTask: 9 } }],
  [
    'own examples',
    { tasks: { kind: 'sets', sets: [{ name: 'Mine', dataset: 'e', labels: ['x y'] }] } }
  ],
  [
    'settings of every kind',
    {
      method: {
        id: 'gtp',
        params: { rank: 5, isOn: true, word: 'round-robin', digits: '5', list: [1, 2], none: null }
      }
    }
  ],
  ['no test', { check: { isOn: false } }],
  ['a test of its own', { check: { isOn: true, repeats: 3, model: 'knn', curve: true } }],
  ['a test of its own that is off', { check: { isOn: false, model: 'mlp' } }],
  [
    'parts only the window sets',
    {
      scope: { kind: 'filter', filter: { search: 'cat' } },
      alsoTry: [{ id: 'herding' }],
      gradients: ['m1'],
      given: { title: 'list', keys: ['a', 'b'] },
      seed: 4_000_000_000
    }
  ]
]

describe('copy as command', () => {
  it.each(changes)('brings back a plan with %s', async (_, change) => {
    const draft = draftOf(change)
    expect(await throughCommand(draft)).toEqual(draft)
  })

  it('names the files it needs, and no others', () => {
    const filesOf = (change: Record<string, unknown>): readonly string[] =>
      commandOf(draftOf(change), { name: 'Pool' }, 'P.winnow').files
    expect(filesOf({})).toEqual([])
    expect(filesOf({ rules: { mustKeep: ['a'] } })).toEqual(['rules.json'])
    expect(filesOf({ check: { model: 'knn' }, rules: { groupColumn: 'topic' } })).toEqual([
      'rules.json',
      'plan.json'
    ])
  })
})

describe('files of parts', () => {
  const read = async (name: string, text: string): Promise<SelectDraft> => {
    const path = join(folder, `${name}.json`)
    await writeFile(path, text)
    return draftFrom(session, recommended, readArguments([`--${name}`, path], draftOptions))
  }

  it('may name some parts only', async () => {
    const draft = await read('rules', '{"sourceColumn": "topic"}')
    expect(draft.rules).toEqual({ ...recommended.rules, sourceColumn: 'topic' })
    const planned = await read('plan', '{"goal": "teach-chat"}')
    expect(planned).toEqual({
      ...recommended,
      goal: 'teach-chat',
      method: { id: 'random', params: {} }
    })
  })

  it('that are not right are refused in words', async () => {
    const wrong: [string, string, RegExp][] = [
      ['rules', '{', /is not JSON/],
      ['rules', '{"mustkeep": []}', /not right.*mustkeep/s],
      ['rules', '{"perClass": [{"label": "x", "min": -1, "max": null}]}', /not right/],
      ['plan', '{"budget": {}}', /not right.*budget/s],
      ['plan', '[]', /not right/]
    ]
    for (const [name, text, message] of wrong) {
      const refused = read(name, text)
      await expect(refused, text).rejects.toThrow(UsageError)
      await expect(refused, text).rejects.toThrow(message)
    }
    const missing = readArguments(['--rules', join(folder, 'gone.json')], draftOptions)
    await expect(draftFrom(session, recommended, missing)).rejects.toThrow(/could not be read/)
  })
})

describe('options', () => {
  it('that exclude each other, or mean nothing, are refused', async () => {
    const wrong = [
      ['--per-label', '5', '--task-column', 'topic'],
      ['--per-label', '0'],
      ['--goal', 'win'],
      ['--set', 'a=[1,'],
      ['--set', '=1'],
      ['--task-column', 'nope']
    ]
    for (const words of wrong) {
      const parsed = readArguments(words, draftOptions)
      await expect(draftFrom(session, recommended, parsed), words.join(' ')).rejects.toThrow(
        UsageError
      )
    }
  })

  it('read settings as numbers, words or JSON', () => {
    expect(readSettings(['a=1', 'b=x', 'c=[1]', 'd="1"', 'e=', 'f=1e3x'])).toEqual({
      a: 1,
      b: 'x',
      c: [1],
      d: '1',
      e: '',
      f: '1e3x'
    })
  })
})
