// A tiny set's plan copied from the window must come back from `winnow distil` as it was; options
// have the last word, and what cannot be meant is named.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DistilDraft } from '../../../api/dto/distil.ts'
import { readArguments } from './arguments.ts'
import { distilDraftFrom, distilOptions } from './distil-draft.ts'
import type { Session } from './session.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-distil-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const defaults = DistilDraft.parse({
  dataset: 'd',
  kind: 'real',
  method: { id: 'soft-labels' },
  perClass: 10,
  effort: 'standard',
  labels: { kind: 'soft' },
  check: {}
})
const answers: Readonly<Record<string, unknown>> = {
  'datasets.list': {
    datasets: [
      { id: 'd', name: 'Pool', purpose: 'pool' },
      { id: 'e', name: 'Mine', purpose: 'pool' }
    ]
  },
  'distil.review': {
    methods: [
      { method: 'soft-labels', kind: 'real' },
      { method: 'distribution-matching', kind: 'made' }
    ]
  }
}
const session = {
  client: {
    call: (name: string, input: { dataset: string }) =>
      Promise.resolve(
        name === 'distil.defaults' ? { ...defaults, dataset: input.dataset } : answers[name]
      )
  }
} as unknown as Session // only these calls are made

function draftOf(...args: string[]): Promise<DistilDraft> {
  return distilDraftFrom(session, readArguments(args, distilOptions))
}
async function planFile(plan: unknown): Promise<string> {
  const path = join(folder, 'plan.json')
  await writeFile(path, JSON.stringify(plan))
  return path
}

it('a plan copied from the window comes back as it was', async () => {
  const plan = DistilDraft.parse({
    ...defaults,
    name: 'Mine',
    dataset: 'e',
    scope: { kind: 'all' },
    leaveOut: ['other'],
    kind: 'made',
    method: { id: 'distribution-matching', params: { iterations: 9 } },
    perClass: 3,
    effort: 'thorough',
    labels: { kind: 'hard' },
    side: 24,
    width: 8,
    seed: 11,
    check: { isOn: false, repeats: 7 }
  })
  const path = await planFile(plan)
  expect(await draftOf('--dataset', 'Mine', '--plan', path)).toEqual(plan)
  // Elsewhere the dataset has another id: its name counts.
  expect(await draftOf('--dataset', 'Pool', '--plan', path)).toEqual({ ...plan, dataset: 'd' })
})

it('what a plan leaves out is as recommended, also within the check', async () => {
  const path = await planFile({ perClass: 2, check: { repeats: 5 } })
  expect(await draftOf('--dataset', 'd', '--plan', path)).toEqual({
    ...defaults,
    perClass: 2,
    check: { ...defaults.check, repeats: 5 }
  })
})

it('options have the last word; another method brings its kind and forgets old settings', async () => {
  const path = await planFile({
    perClass: 2,
    method: { id: 'soft-labels', params: { moments: 3 } }
  })
  const from = ['--dataset', 'd', '--plan', path]
  expect(await draftOf(...from, '--per-class', '4', '--set', 'rates=2')).toMatchObject({
    perClass: 4,
    method: { id: 'soft-labels', params: { moments: 3, rates: 2 } }
  })
  expect(
    await draftOf(...from, '--method', 'distribution-matching', '--set', 'iterations=5')
  ).toMatchObject({
    kind: 'made',
    method: { id: 'distribution-matching', params: { iterations: 5 } }
  })
})

it.each([
  [['--per-class', '0'], '--per-class must be from 1 to 1000'],
  [['--effort', 'huge'], '--effort must be one of quick, standard, thorough'],
  [['--method', 'magic'], '--method must be one of soft-labels, distribution-matching'],
  [['--plan', 'nothing.json'], 'could not be read']
])('%j is refused', async (args, message) => {
  await expect(draftOf('--dataset', 'd', ...args)).rejects.toThrow(message)
})

it.each([{ perClas: 2 }, { check: { repeat: 2 } }, { check: 3 }, []])(
  'the plan %j is refused',
  async (plan) => {
    const path = await planFile(plan)
    await expect(draftOf('--dataset', 'd', '--plan', path)).rejects.toThrow(/The plan file/)
  }
)
