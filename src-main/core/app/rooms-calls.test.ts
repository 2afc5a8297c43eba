// Buildings and paths through the contract of a whole app, with its threads: a folder is added, a planner
// learns and is measured, its result is read, drawn and saved. Every answer is checked by its schema.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { RoomsPlan } from '../../api/dto/trace-rooms.ts'
import { noTraceFilter } from '../../api/dto/trace-sets.ts'
import type { Client } from '../../api/rpc.ts'
import { writeRooms } from '../rooms/rooms.test-support.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import type { App } from './create-app.ts'
import { serveApp, type ServedApp } from './served-app.test-support.ts'

let folder: ReturnType<typeof temporaryFolder>
let app: App
let client: Client
let grant: ServedApp['grant']
let finished: ServedApp['ended']

beforeEach(async () => {
  folder = temporaryFolder()
  vi.stubEnv('WINNOW_HOME', join(folder.path, 'home'))
  ;({ app, client, grant, ended: finished } = await serveApp())
  await client.call('projects.create', { name: 'Ways', place: await grant(folder.path) })
})
afterEach(async () => {
  await app.dispose()
  vi.unstubAllEnvs()
  folder.remove()
})

it('a folder becomes a trace set, a planner learns in it, and the result says how it did', async () => {
  const place = join(folder.path, 'data')
  await writeRooms(place, { train: 2, unseen: 1, paths: 12, columns: 3, rows: 3 })
  await writeFile(join(place, 'broken.json'), '[{"image_id": "a", "unobstructed": []}]')
  const preview = await client.call('rooms.preview', { grant: await grant(place) })
  expect(preview).toMatchObject({ paths: 36, problems: 1, leftAlone: 0 })
  const { job, set } = await client.call('rooms.import', {
    grant: await grant(place),
    name: 'Rooms'
  })
  expect(await finished(job)).toMatchObject({ error: null, state: 'finished-with-notes' })

  // Its paths are attempts like any others.
  const summary = await client.call('traces.set', { set })
  expect(summary).toMatchObject({ traces: 36, tasks: 36, problems: 1 })
  const listed = await client.call('traces.list', {
    set,
    filter: { ...noTraceFilter, agents: ['Path of the data'], minSteps: 3 }
  })
  expect(listed.total).toBeGreaterThan(0)
  const [first] = listed.rows
  const graph = await client.call('traces.graph', { set, task: first.task })
  expect(graph.states).toBe('screen')

  expect(await client.call('rooms.sets', {})).toEqual({ sets: [{ set, name: 'Rooms', paths: 36 }] })
  const { suggested } = await client.call('rooms.buildings', { set })
  expect(suggested).toEqual({ train: ['house1', 'house2'], test: ['tower1'] })
  const more = { effort: 'quick', runs: 1, testPaths: 10, seed: 7 }
  const plan = RoomsPlan.parse({ set, ...suggested, ...more })
  expect(await client.call('rooms.estimate', { ...plan, train: ['nowhere'] })).toMatchObject({
    problem: 'There is no building “nowhere” in this set.',
    seconds: null
  })
  await expect(client.call('rooms.start', { ...plan, train: ['nowhere'] })).rejects.toMatchObject({
    code: 'invalid-input'
  })
  const estimate = await client.call('rooms.estimate', plan)
  expect(estimate).toMatchObject({ trainPaths: 24, testPaths: 12, seen: [], problem: null })
  expect(estimate.seconds?.low).toBeGreaterThan(0)

  const started = await client.call('rooms.start', plan)
  await expect(client.call('rooms.result', started)).rejects.toMatchObject({
    code: 'run-not-finished'
  })
  expect((await finished(started.job)).error).toBeNull()
  const result = await client.call('rooms.result', started)
  expect(result.walkers.map(({ walker }) => walker)).toEqual([
    ...['planner', 'nearest', 'greedy', 'random', 'shortest']
  ])
  const of = (name: string): (typeof result.walkers)[number]['spread'] | undefined =>
    result.walkers.find(({ walker }) => walker === name)?.spread
  expect(of('shortest')?.success.mean).toBe(1)
  expect(of('shortest')?.spl.mean).toBeCloseTo(1, 9)
  expect(result).toMatchObject({ verdict: 'too-few', over: 'walks', walked: 10, seen: [] })
  const { runs } = await client.call('rooms.runs', { set })
  expect(runs).toMatchObject([{ job: started.job, plan, verdict: result.sentences[0] }])

  const episode = await client.call('rooms.episode', { job: started.job, run: 0, at: 9 })
  expect(episode).toMatchObject({ scan: 'tower1', total: 10 })
  expect(episode.route[0]).toBe(episode.start)
  for (const { walk, frontier } of episode.walks) {
    expect(walk[0]).toBe(episode.start)
    expect(frontier.some((at) => walk.includes(at))).toBe(false)
  }
  const meanMetres = async (): Promise<number> => {
    let sum = 0
    for (let at = 0; at < 10; at++) {
      const { walks } = await client.call('rooms.episode', { job: started.job, run: 0, at })
      sum += walks.find(({ walker }) => walker === 'planner')?.measures.metres ?? NaN
    }
    return sum / 10
  }
  expect(await meanMetres()).toBeCloseTo(of('planner')?.metres.mean ?? NaN, 9)
  await expect(
    client.call('rooms.episode', { job: started.job, run: 0, at: 10 })
  ).rejects.toMatchObject({ code: 'invalid-input' })
  const csv = await client.call('rooms.figures', { job: started.job, format: 'csv' })
  expect(csv.text.trim().split('\r\n')).toHaveLength(11)
  const json = await client.call('rooms.figures', { job: started.job, format: 'json' })
  expect(JSON.parse(json.text)).toEqual(result)

  // A set that is taken away takes its buildings along.
  await client.call('traces.remove', { set })
  expect(await client.call('rooms.sets', {})).toEqual({ sets: [] })
}, 300_000)
