// Limits and amounts in every unit through whole runs: what is kept, what the result says, and that
// a run that goes on keeps to what was frozen at its start.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SelectionResult } from '../../api/dto/runs.ts'
import { readArrayOf } from './array-files.ts'
import { loadChoice, saveChoice } from './frozen-choice.ts'
import { clouds, createFixture, draftFor, runJob, type Fixture } from './selection-fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await createFixture()
  const items = clouds({ items: 120, classes: 3, columns: 4, seed: 3 }).map((item, row) => ({
    ...item,
    sizeBytes: 50 + (row % 7) * 30,
    text: 'x'.repeat(40 + (row % 5) * 40),
    values: { site: ['web', 'scan', 'phone'][row % 4] ?? '' }
  }))
  const column = {
    name: 'site',
    type: 'category' as const,
    role: 'keep' as const,
    confidence01: 1,
    distinct: 3,
    missing: 30,
    examples: []
  }
  await fixture.addDataset('pool', items, { columns: [column] })
})
afterEach(() => fixture.dispose())

function draft(change: Record<string, unknown>): ReturnType<typeof draftFor> {
  return draftFor('pool', { method: { id: 'random' }, check: { isOn: false }, ...change })
}

async function run(
  change: Record<string, unknown>
): Promise<{ result: SelectionResult; rows: Uint32Array }> {
  const { error } = await runJob(fixture, draft(change), { id: 'run' })
  expect(error).toBeUndefined()
  return {
    result: SelectionResult.parse(fixture.store.runs.get('run')?.result),
    rows: await readArrayOf(join(fixture.folder, 'runs', 'run', 'chosen.npy'), 'u4')
  }
}
const noRepeats = { nearDuplicates: { isOn: false, similarity01: 0.98 } }

describe('a run', () => {
  it('keeps as many items as fit into a size', async () => {
    const { result, rows } = await run({ budget: { kind: 'bytes', bytes: 2000 } })
    const items = fixture.store.items.rows('pool', [...rows])
    const spent = items.reduce((sum, item) => sum + item.sizeBytes, 0)
    // The smallest left-out item would not fit any more.
    expect(spent).toBeLessThanOrEqual(2000)
    expect(spent).toBeGreaterThan(2000 - 50)
    expect(result.asked).toBe(result.got)
    expect(result.notes).toContain(
      `The ${result.got} kept items take ${(spent / 1000).toFixed(1).replace(/\.0$/, '')} KB of the 2 KB asked for.`
    )
  })

  it('keeps as many items as fit into a number of tokens', async () => {
    const { result, rows } = await run({ budget: { kind: 'tokens', tokens: 500 } })
    const items = fixture.store.items.rows('pool', [...rows])
    const characters = items.reduce((sum, item) => sum + (item.text?.length ?? 0), 0)
    expect(characters).toBeLessThanOrEqual(2000)
    expect(characters).toBeGreaterThan(2000 - 40)
    expect(result.notes[0]).toMatch(/kept items take .* tokens of the 500 tokens asked for\.$/)
  })

  it('holds limits of labels and sources at once, and tells what it could not meet', async () => {
    const { result, rows } = await run({
      budget: { kind: 'count', count: 30 },
      rules: {
        ...noRepeats,
        sourceColumn: 'site',
        perClass: [{ label: 'c0', min: 15, max: null }],
        perSource: [
          { source: 'web', min: null, max: 3 },
          { source: 'scan', min: 40, max: null }
        ]
      }
    })
    const sites = fixture.store.items.columnValues('pool', 'site')
    const count = (site: string): number => rows.filter((row) => sites[row] === site).length
    expect(result.got).toBe(30)
    expect(count('web')).toBeLessThanOrEqual(3)
    const kept = result.classes.map(({ chosen }) => chosen)
    expect(kept[0]).toBeGreaterThanOrEqual(15)
    expect(result.notes).toContain(
      `Of \u2018scan\u2019, ${count('scan')} were kept where at least 40 were asked for: there are no more that can be chosen.`
    )
  })

  it('keeps the mix that was asked for', async () => {
    const shares = [60, 30, 10].map((percent, i) => ({
      label: `c${i}`,
      min: null,
      max: null,
      percent
    }))
    const { result } = await run({
      budget: { kind: 'count', count: 40 },
      tasks: { kind: 'labels', perTask: 1 },
      rules: { ...noRepeats, perClass: shares }
    })
    expect(result.classes.map(({ chosen }) => chosen)).toEqual([24, 12, 4])
  })
})

describe('a frozen choice', () => {
  it('comes back with its costs and sources', async () => {
    await run({
      budget: { kind: 'bytes', bytes: 2000.5 },
      rules: { ...noRepeats, sourceColumn: 'site' }
    })
    const choice = await loadChoice(join(fixture.folder, 'runs', 'run', 'choice'))
    expect(choice.spend).toMatchObject({ unit: 'bytes', budget: 2000.5 })
    expect([...(choice.spend?.costs ?? [])].slice(0, 3)).toEqual([50, 80, 110])
    expect(choice.sources?.names).toEqual(['phone', 'scan', 'web'])
    await saveChoice(join(fixture.folder, 'again'), choice)
    expect(await loadChoice(join(fixture.folder, 'again'))).toEqual(choice)
  })
})
