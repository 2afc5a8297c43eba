// Data without labels: groups by likeness in their place, the messages about it, and whole runs that
// are stopped and go on with the same groups.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DistilResult, type DistilDraft } from '../../api/dto/distil.ts'
import { distillationMethods } from '../methods/distillation/registry.ts'
import {
  addPictures,
  addUnlabelled,
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from './distil.test-support.ts'
import { draftMessages } from './messages.ts'
import { splitDraft } from './draft-split.ts'
import { loadSplit } from './frozen-split.ts'
import { methodChoices, recommendFor } from './recommend.ts'
import { loadSet } from './set-files.ts'
import { setItems } from './set-items.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture()
})
afterEach(() => fixture.dispose())

const tiny = { iterations: 2, batch: 20, networks: 1, lifetime: 2 }
const quickCheck = { repeats: 1, all: false, otherNetwork: false, equalBytes: false }

function likenessDraft(change: Record<string, unknown> = {}): DistilDraft {
  return draftFor('pictures', {
    groups: 4,
    kind: 'made',
    method: { id: 'self-supervised', params: tiny },
    ...change
  })
}

function resultOf(id: string): DistilResult {
  return DistilResult.parse(fixture.store.runs.get(id)?.result)
}

async function messagesOf(draft: DistilDraft) {
  const split = await splitDraft(fixture, draft)
  const choices = methodChoices(distillationMethods, 'pictures')
  return draftMessages({
    draft,
    split,
    choices,
    method: distillationMethods.find(({ id }) => id === draft.method.id),
    recommended: recommendFor(choices, draft, 'pictures'),
    efforts: [],
    estimate: undefined,
    hasGraphicsCard: false,
    freeMemoryBytes: 1e10,
    freeDiskBytes: 1e12,
    newer: undefined
  })
}

describe('the review of data without labels', () => {
  it('offers groups by likeness, and has no complaint after that', async () => {
    await addUnlabelled(fixture, 240)
    const draft = draftFor('pictures')
    const before = await messagesOf(draft)
    const found = before.find(({ code }) => code === 'D1')
    expect(found?.severity).toBe('error')
    expect(found?.actions[0]?.label).toBe('Group by likeness')
    expect(found?.actions[0]?.patch).toEqual({
      groups: 6,
      kind: 'made',
      method: { id: 'self-supervised', params: {} }
    })
    const grouped = { ...draft, ...(found?.actions[0]?.patch as Partial<DistilDraft>) }
    const after = await messagesOf(grouped)
    expect(after.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(after.find(({ code }) => code === 'D12')?.text).toMatch(/stand in for labels/)
    const split = await splitDraft(fixture, grouped)
    expect(split.classNames).toEqual(Array.from({ length: 6 }, (_, i) => `Group ${i + 1}`))
    expect(split.train.length).toBeGreaterThan(100)
  })

  it('says how many groups there can be', async () => {
    await addUnlabelled(fixture, 120)
    const messages = await messagesOf(likenessDraft({ groups: 50 }))
    const found = messages.find(({ code }) => code === 'D11')
    expect(found?.severity).toBe('error')
    const patch = found?.actions[0]?.patch as Partial<DistilDraft>
    expect(await messagesOf(likenessDraft(patch))).not.toContainEqual(
      expect.objectContaining({ severity: 'error' })
    )
  })
})

describe('a run without labels', () => {
  it('teaches likeness: made, scored by the share explained, and readable item by item', async () => {
    await addUnlabelled(fixture, 160)
    const draft = likenessDraft({ check: { ...quickCheck, all: true } })
    const run = await runDistilJob(fixture, draft, { id: 'one' })
    expect(run.error).toBeUndefined()
    const result = resultOf('one')
    expect(result.classNames).toEqual(['Group 1', 'Group 2', 'Group 3', 'Group 4'])
    expect(result.items).toBe(8)
    expect(result.check?.measure).toBe('explained')
    const arms = result.check?.arms.map(({ arm, network }) => `${arm} ${network}`)
    expect(arms).toHaveLength(new Set(arms).size)
    expect(new Set(result.check?.arms.map(({ arm }) => arm))).toEqual(
      new Set(['distilled-soft', 'random-hard', 'all'])
    )
    expect(result.check?.verdict).toMatch(/per group explains .* % of the similarity fingerprint/)
    expect(result.check?.cautions.join(' ')).toMatch(/has no labels/)
    expect(result.check?.labelRobust01).toBeNull()
    const all = result.check?.arms.find(({ arm }) => arm === 'all')
    expect(all?.accuracy.mean).toBeGreaterThan(0.2)
    const set = await loadSet(join(fixture.folder, 'runs', 'one', 'set'))
    expect(set.consumer).toBe('representation')
    expect(set.targets.kind === 'values' && set.targets.values.length).toBe(8 * 5)
    const { items, total } = await setItems(
      { store: fixture.store, pool: fixture.pool, mediaFolder: fixture.folder },
      join(fixture.folder, 'runs', 'one'),
      result,
      { run: 'one', label: 'Group 2', first: 0, limit: 10 }
    )
    expect(total).toBe(2)
    expect(items[0]).toMatchObject({ label: 'Group 2', shares: [] })
    // Groups follow the four directions.
    const split = await loadSplit(join(fixture.folder, 'runs', 'one', 'split'))
    const kinds = [0, 1, 2, 3].map((group) => {
      const rows = split.train.filter((_, i) => split.trainLabels[i] === group)
      const counts = [0, 1, 2, 3].map((kind) => rows.filter((row) => row % 4 === kind).length)
      return Math.max(...counts) / rows.length
    })
    expect(Math.min(...kinds)).toBeGreaterThan(0.9)
  }, 60_000)

  it('stopped anywhere goes on with the same groups to the same end', async () => {
    await addUnlabelled(fixture, 120)
    const draft = likenessDraft({ groups: 2, check: quickCheck })
    const whole = await runDistilJob(fixture, draft, { id: 'whole' })
    expect(whole.error).toBeUndefined()
    for (const stopAfter of [1, 2, 3, 5])
      await runDistilJob(fixture, draft, { id: 'cut', stopAfter })
    const last = await runDistilJob(fixture, draft, { id: 'cut' })
    expect(last.error).toBeUndefined()
    const [one, two] = [resultOf('whole'), resultOf('cut')]
    expect(two.provenance['splitHash']).toEqual(one.provenance['splitHash'])
    expect(two.provenance['setHash']).toEqual(one.provenance['setHash'])
    expect(two.check?.arms).toEqual(one.check?.arms)
    expect(two.notes).toEqual(one.notes)
  }, 60_000)

  it('with a method that names items says that groups are no labels', async () => {
    await addUnlabelled(fixture, 240)
    const draft = draftFor('pictures', {
      groups: 9,
      method: { id: 'real-items' },
      labels: { kind: 'hard' },
      check: quickCheck
    })
    const run = await runDistilJob(fixture, draft, { id: 'named' })
    expect(run.error).toBeUndefined()
    const result = resultOf('named')
    // 240 items make no nine groups of twenty.
    expect(result.classNames.length).toBeLessThan(9)
    expect(result.items).toBe(2 * result.classNames.length)
    expect(result.notes.join(' ')).toMatch(/of 9 groups had too few items/)
    expect(result.check?.measure).toBeUndefined()
    expect(result.check?.verdict).toMatch(/per group reaches/)
    expect(result.check?.cautions.join(' ')).toMatch(/Groups are not labels/)
  }, 60_000)

  it('uses groups of labelled data too, and leaves out what was left out', async () => {
    await addPictures(fixture, 240)
    const draft = likenessDraft({ leaveOut: ['c1'] })
    const split = await splitDraft(fixture, draft)
    const rows = [...split.train, ...split.validation, ...split.test]
    expect(rows.length).toBe(180)
    expect(rows.every((row) => row % 4 !== 1)).toBe(true)
    expect(split.tooFew).toEqual([])
  })
})
