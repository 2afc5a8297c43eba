// Teaching and measuring on small buildings: what is learned from never is what is measured on, a stop
// after any round changes no bit, and verdicts follow from intervals.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RoomsPlan, type RoomsMeasures } from '../../api/dto/trace-rooms.ts'
import type { Device } from '../compute/devices/device.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { openTestDevice } from '../compute/wasm.test-support.ts'
import type { TaskContext } from '../jobs/compute-task.ts'
import { saveCheckpointArrays } from '../selection/selection-files.ts'
import { readRooms } from './read-rooms.ts'
import { buildingsOf, loadRooms, roomsPath, saveRooms, type KeptRooms } from './room-store.ts'
import { plannedPaths, suggestedBuildings } from './rooms-plan.ts'
import { roomsCsv, roomsResult, type ResultFacts } from './rooms-result.ts'
import { writeRooms } from './rooms.test-support.ts'
import { chosenPaths, type MeasureLists } from './walk-rooms.ts'
import {
  checkpointOf,
  runInputOf,
  seedOf,
  stateOf,
  walkRoomsTask,
  type WalkRoomsEvent
} from './walk-task.ts'

let folder = ''
let rooms: KeptRooms
let device: Device
let plan: RoomsPlan
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-walk-'))
  await writeRooms(folder, { train: 2, unseen: 1, paths: 12, columns: 3, rows: 3 })
  const { buildings, paths } = await readRooms(folder, { signal: new AbortController().signal })
  await saveRooms(folder, 's', { buildings, paths })
  rooms = await loadRooms(roomsPath(folder, 's'))
  device = await openTestDevice()
  await enableGradients()
  plan = RoomsPlan.parse({
    set: 's',
    train: ['house1', 'house2'],
    test: ['tower1'],
    effort: 'quick',
    runs: 1,
    testPaths: 5
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a plan', () => {
  it('measures in buildings that were never seen, as the data says', () => {
    expect(suggestedBuildings(buildingsOf(rooms))).toEqual({
      train: ['house1', 'house2'],
      test: ['tower1']
    })
    const { train, test, seen, problem } = plannedPaths(rooms, plan)
    expect([train.length, test.length, seen, problem]).toEqual([24, 12, [], undefined])
  })

  it('never measures on a path it learned from, and says that a building was seen', () => {
    const { train, test, seen } = plannedPaths(rooms, { train: ['house1'], test: ['house1'] })
    const names = new Set(train.map(({ path }) => path.join(' ')))
    expect(test.some(({ path }) => names.has(path.join(' ')))).toBe(false)
    expect(train.length + test.length).toBe(12)
    expect(seen).toEqual(['house1'])
  })

  it('without parts holds every fifth building back, or the last of a few', () => {
    const some = (count: number): ReturnType<typeof buildingsOf> =>
      Array.from({ length: count }, (_, at) => ({
        scan: `b${at}`,
        places: 9,
        ways: 9,
        paths: [{ split: 'all', count: 3 }]
      }))
    expect(suggestedBuildings(some(6))).toEqual({
      train: ['b0', 'b1', 'b2', 'b3', 'b5'],
      test: ['b4']
    })
    expect(suggestedBuildings(some(2))).toEqual({ train: ['b0'], test: ['b1'] })
    expect(suggestedBuildings(some(1))).toEqual({ train: ['b0'], test: ['b0'] })
  })

  it('that cannot be carried out says why', () => {
    expect(plannedPaths(rooms, { train: ['house9'], test: ['tower1'] }).problem).toContain('house9')
    const few = { ...rooms, paths: rooms.paths.slice(0, 2) }
    expect(plannedPaths(few, { train: ['house1'], test: ['tower1'] }).problem).toContain(
      'at least 4'
    )
  })
})

/** The walking task's events, and the last checkpoint when it is given up after some rounds. */
async function walked(
  more: Partial<Parameters<typeof walkRoomsTask.run>[0]>,
  until = Infinity
): Promise<WalkRoomsEvent[]> {
  const context = {
    signal: new AbortController().signal,
    device: () => Promise.resolve(device),
    transfer: () => {}
  } satisfies TaskContext
  const path = roomsPath(folder, 's')
  const input = { path, folder, plan, units: 0, under: undefined, device: 'wasm' }
  const events: WalkRoomsEvent[] = []
  for await (const event of walkRoomsTask.run(
    { ...input, checkpointEveryMs: 0, learning: { rounds: 4, walks: 4 }, ...more },
    context
  )) {
    events.push(event)
    if (events.length >= until) break
  }
  return events
}

describe('learning and walking', () => {
  it('goes on after a stop with the same bits and leaves nothing on the device', async () => {
    const before = device.tf.memory().numTensors
    const whole = await walked({})
    expect(whole.map(({ kind }) => kind)).toEqual(['round', 'round', 'round', 'round', 'unit'])
    const cut = await walked({}, 2)
    expect(device.tf.memory().numTensors).toBe(before)
    const last = cut.at(-1)
    if (last?.kind !== 'round' || last.checkpoint === undefined) throw new Error('no checkpoint')
    const under = await saveCheckpointArrays(folder, 1, last.checkpoint)
    const rest = await walked({ under })
    expect(rest).toEqual(whole.slice(2))
    expect(device.tf.memory().numTensors).toBe(before)
    const unit = whole.at(-1)
    if (unit?.kind !== 'unit') throw new Error('no unit')
    const { walks, measures } = unit.done
    expect(Object.keys(walks)).toEqual(['planner', 'nearest', 'greedy', 'random', 'shortest'])
    expect(measures.shortest?.every(({ success, spl }) => success === 1 && spl > 1 - 1e-9)).toBe(
      true
    )
    // Every walk begins where its path does and follows ways of the building.
    const input = { ...(await runInputOf(roomsPath(folder, 's'), plan)), seed: seedOf(plan, 0) }
    const [graph] = rooms.buildings.filter(({ scan }) => scan === 'tower1')
    chosenPaths(input).forEach(({ path }, at) => {
      for (const list of Object.values(walks)) {
        expect(list[at][0]).toBe(path[0])
        list[at].forEach((place, step) => {
          if (step > 0)
            expect(graph.ways[list[at][step - 1]].some(({ to }) => to === place)).toBe(true)
        })
      }
    })
  })

  it('does not go on from numbers of another network', () => {
    const state = { parameters: [new Float32Array(3)], moments: [], steps: 1, rounds: 1 }
    expect(stateOf(checkpointOf(state), 'planner')).toBeUndefined()
  })
})

const facts = (runs: number): ResultFacts => ({
  plan: { ...plan, runs },
  setName: 'Rooms',
  trainPaths: 24,
  testPaths: 30,
  seen: [],
  decisions: 20,
  seconds: 1,
  device: 'test'
})
/** Walks of which the first `hits` succeed. */
const walksOf = (hits: number, count = 30): RoomsMeasures[] =>
  Array.from({ length: count }, (_, at) => {
    const success = at < hits ? 1 : 0
    return { success, spl: success / 2, ndtw: 0.5, metres: 10 }
  })
const run = (planner: number, greedy: number, count = 30): MeasureLists => ({
  planner: walksOf(planner, count),
  greedy: walksOf(greedy, count)
})

describe('a verdict', () => {
  it.each([
    ['better', [run(20, 5), run(21, 6), run(19, 5)], 'is better than greedy'],
    ['no-better', [run(6, 5), run(4, 6), run(6, 5)], 'is no better than greedy'],
    ['worse', [run(2, 15), run(3, 16), run(2, 15)], 'is worse than greedy'],
    ['too-few', [run(5, 1, 8)], 'too few to judge']
  ] as const)('%s', (verdict, runs, words) => {
    const result = roomsResult(facts(runs.length), runs)
    expect(result.verdict).toBe(verdict)
    expect(result.sentences[0]).toContain(words)
    expect(result.sentences.at(-1)).toContain('cannot be compared with published ones')
  })

  it('has intervals over runs, or over walks of the only run, inside what can be', () => {
    const several = roomsResult(facts(2), [run(30, 0), run(28, 1)])
    expect(several.over).toBe('runs')
    const [planner] = several.walkers
    // Student's t of two: 12.706 times the spread over the square root of two.
    expect(planner.spread.success).toMatchObject({ mean: 29 / 30, high: 1 })
    expect(planner.spread.success.low).toBeCloseTo(
      29 / 30 - (12.7062 * Math.SQRT2) / 30 / Math.SQRT2,
      4
    )
    const one = roomsResult(facts(1), [run(15, 3)])
    expect(one.over).toBe('walks')
    expect(one.sentences.join(' ')).toContain('intervals are over walks')
    expect(one.walkers[0].spread.success.low).toBeGreaterThan(0.3)
    const single = roomsResult(facts(1), [run(1, 0, 1)])
    expect(single.walkers[0].spread.success).toEqual({ mean: 1, low: null, high: null })
  })

  it('is saved as a table of runs and means', () => {
    const rows = roomsCsv(roomsResult(facts(2), [run(30, 0), run(28, 1)]))
      .trim()
      .split('\r\n')
    expect(rows[0]).toBe(
      'walker,run,repeat code,success,success low,success high,spl,spl low,spl high,ndtw,ndtw low,ndtw high,metres,metres low,metres high'
    )
    expect(rows).toHaveLength(7)
    expect(new Set(rows.map((row) => row.split(',').length)).size).toBe(1)
    expect(rows[1]).toMatch(/^planner,1,1,1,,,0\.5,/)
  })
})
