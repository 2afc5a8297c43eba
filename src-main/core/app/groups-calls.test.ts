// What belongs together through the contract of a whole app, with its threads: pictures are learned
// from, measured, drawn in groups, sorted by parts, and compared by what was learned only if they may.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ImportOptions } from '../../api/dto/datasets.ts'
import { GroupsPlan } from '../../api/dto/groups.ts'
import type { Client } from '../../api/rpc.ts'
import { writeBars } from '../groups/bars.test-support.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import type { App } from './create-app.ts'
import { serveApp, type ServedApp } from './served-app.test-support.ts'

let folder: ReturnType<typeof temporaryFolder>
let app: App
let client: Client
let grant: ServedApp['grant']
let finished: ServedApp['ended']
let dataset: string

beforeEach(async () => {
  folder = temporaryFolder()
  vi.stubEnv('WINNOW_HOME', join(folder.path, 'home'))
  ;({ app, client, grant, ended: finished } = await serveApp())
  await client.call('projects.create', { name: 'Groups', place: await grant(folder.path) })
  const sources = join(folder.path, 'sources')
  await mkdir(sources)
  await writeBars(sources, 120)
  const started = await client.call('datasets.import', {
    grant: await grant(sources),
    name: 'bars',
    options: ImportOptions.parse({ split: { kind: 'holdout', testFraction01: 0.3, seed: 1 } }),
    purpose: 'pool'
  })
  await finished(started.job)
  dataset = started.dataset
})
afterEach(async () => {
  await app.dispose()
  vi.unstubAllEnvs()
  folder.remove()
})

it('is learned, measured and looked at', async () => {
  const plan = GroupsPlan.parse({ dataset, seed: 5, mirror: false })
  const estimate = await client.call('groups.estimate', plan)
  expect(estimate).toMatchObject({ learnsFrom: 'labels', heldOut: 36, pictures: 84, items: 120 })
  expect(estimate.problem).toBeNull()
  expect(estimate.seconds?.low).toBeGreaterThan(0)
  expect((await client.call('groups.runs', { dataset })).runs).toEqual([])

  const { job } = await client.call('groups.start', plan)
  await expect(client.call('groups.result', { job })).rejects.toMatchObject({
    code: 'run-not-finished'
  })
  expect((await finished(job)).error).toBeNull()
  const result = await client.call('groups.result', { job })
  expect(result).toMatchObject({ learnsFrom: 'labels', squares: 7, heads: 4, matrix: null })
  // Seven numbers of groups and rounds on one set of weights, then pixels and the built-in ones.
  expect(result.measures).toHaveLength(9)
  const learned = result.measures[0]
  expect(learned.probe01).toBeGreaterThan(0.5)
  expect(learned.milliseconds).toBeGreaterThan(0)
  for (const { probe01, neighbours01 } of result.measures)
    for (const share of [probe01, neighbours01]) expect(share).toBeLessThanOrEqual(1)
  const { runs } = await client.call('groups.runs', { dataset })
  expect(runs).toMatchObject([{ job, plan, verdict: result.sentences[0] }])

  // The same picture is drawn the same way twice, with any number of groups.
  const ask = { job, row: 3, layer: result.layers - 1, detail: { groups: 8, rounds: 3 } }
  const once = await client.call('groups.picture', ask)
  const twice = await client.call('groups.picture', ask)
  expect(twice.heads).toEqual(once.heads)
  expect(once).toMatchObject({ rows: 7, columns: 7, starts: 8 })
  for (const { shares, owners, agreement, confidence, parts } of once.heads) {
    expect(parts).toHaveLength(8)
    for (let square = 0; square < 49; square++) {
      const own = shares.subarray(square * 8, square * 8 + 8)
      expect(own.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4)
      expect(own[owners[square]]).toBe(Math.max(...own))
      expect(agreement[square]).toBeGreaterThanOrEqual(1 / 8)
      expect(confidence[square]).toBeLessThanOrEqual(1)
    }
  }
  for (const groups of [1, 2, 32]) {
    const other = await client.call('groups.picture', { ...ask, detail: { groups, rounds: 2 } })
    expect(other.heads[0].shares).toHaveLength(49 * groups)
  }
  await expect(client.call('groups.picture', { ...ask, layer: 9 })).rejects.toMatchObject({
    code: 'invalid-input'
  })

  const { parts, pictures } = await client.call('groups.parts', { job })
  expect([parts.length, pictures]).toEqual([4 * result.partsPerHead, 120])
  const [most] = parts.toSorted((a, b) => b.pictures - a.pictures)
  const found = await client.call('groups.part', { job, part: most.part })
  expect(found.rows).toHaveLength(most.pictures)
  expect(found.rows[0]).toBe(most.example)
  for (const { squares } of found.examples) expect(squares.length).toBeGreaterThan(0)
  const [{ label, count }] = most.labels
  const one = await client.call('groups.part', { job, part: most.part, label })
  expect(one.rows).toHaveLength(count)

  // Used where it may be, refused where it may not; either way the gate decides, not the caller.
  const use = client.call('groups.use', { job })
  if (result.mayReplace) {
    const { matrix } = await use
    const { matrices } = await client.call('matrices.list', { dataset })
    // 84 pictures have 83 main axes.
    expect(matrices).toMatchObject([{ id: matrix, isInUse: true, rows: 120, columns: 83 }])
    expect((await client.call('groups.result', { job })).matrix).toBe(matrix)
  } else {
    await expect(use).rejects.toMatchObject({ code: 'method-not-possible' })
    expect((await client.call('matrices.list', { dataset })).matrices).toEqual([])
  }
}, 300_000)
