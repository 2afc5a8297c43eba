// Reading folders of buildings and paths: by content, with what is damaged named, within limits.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveTrace, plainRules } from '../traces/model/derive-steps.ts'
import { readRooms, roomLimits, splitOf, type RoomLimits, type Rooms } from './read-rooms.ts'
import { roomRecord } from './room-records.ts'
import {
  buildingsOf,
  loadRooms,
  roomsPath,
  saveRooms,
  setsWithRooms,
  sweepRooms
} from './room-store.ts'
import { writeRooms } from './rooms.test-support.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-rooms-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const { signal } = new AbortController()
const read = (limits: Partial<RoomLimits> = {}): Promise<Rooms> =>
  readRooms(folder, { signal, limits: { ...roomLimits, ...limits } })
const put = (name: string, value: unknown): Promise<void> =>
  writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))
async function listOf(name: string): Promise<Record<string, unknown>[]> {
  // Files that this test wrote.
  return JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, unknown>[]
}

describe('a folder', () => {
  it('gives buildings, paths and their parts, whatever else lies in it', async () => {
    const { train, unseen } = await writeRooms(folder, { train: 2, unseen: 1, paths: 5 })
    await mkdir(join(folder, 'pictures'))
    await put('pictures/house1.jpg', 'not read')
    await put('notes.json', { hello: 'world' })
    const rooms = await read()
    expect(rooms.buildings.map(({ scan }) => scan)).toEqual([...train, ...unseen])
    expect(rooms.paths).toHaveLength(15)
    expect(rooms.leftAlone).toBe(1)
    expect(rooms.problems).toEqual([])
    expect(rooms.files.map(({ kind, count }) => [kind, count > 0])).toEqual([
      ['paths', true],
      ['paths', true],
      ['building', true],
      ['building', true],
      ['building', true],
      ['other', false]
    ])
    expect(buildingsOf(rooms).map(({ scan, paths }) => [scan, paths])).toEqual([
      ['house1', [{ split: 'train', count: 5 }]],
      ['house2', [{ split: 'train', count: 5 }]],
      ['tower1', [{ split: 'val_unseen', count: 5 }]]
    ])
  })

  it('is kept and read back as it was, and goes with its set', async () => {
    await writeRooms(folder, { train: 1, unseen: 0, paths: 3 })
    const { buildings, paths } = await read()
    await saveRooms(folder, 'one', { buildings, paths })
    await saveRooms(folder, 'two', { buildings, paths })
    expect(await loadRooms(roomsPath(folder, 'one'))).toEqual({ buildings, paths })
    await sweepRooms(folder, (set) => set === 'two')
    expect(await setsWithRooms(folder)).toEqual(['two'])
    await expect(loadRooms(roomsPath(folder, 'one'))).rejects.toMatchObject({
      code: 'dataset-not-found'
    })
    await writeFile(roomsPath(folder, 'two'), '{"version":1')
    await expect(loadRooms(roomsPath(folder, 'two'))).rejects.toMatchObject({
      code: 'file-damaged'
    })
  })

  it.each([
    ['R2R_train.json', 'train'],
    ['a/R4R_val_unseen.json', 'val_unseen'],
    ['R2R_val-seen.jsonl', 'val_seen'],
    ['R2R_test.json.gz', 'test'],
    ['mine.json', 'mine']
  ])('names the part of %s', (name, split) => {
    expect(splitOf(name)).toBe(split)
  })
})

describe('damage', () => {
  it('in one place leaves the rest, and is named with its reason', async () => {
    await writeRooms(folder, { train: 2, unseen: 0, paths: 4 })
    const paths = await listOf('R2R_train.json')
    const own = paths.filter(({ scan }) => scan === 'house1')
    await put('R2R_train.json', [
      ...own,
      { ...own[0], path: ['nowhere', 'else'] },
      { ...own[0], path: 7 },
      { scan: 'far', path_id: 1, path: ['a', 'b'] },
      { scan: 'far', path_id: 2, path: ['a', 'b'] },
      { ...own[1], path: [(own[1]['path'] as string[])[0]] },
      'a word'
    ])
    const broken = await listOf('connectivity/house2_connectivity.json')
    await put('connectivity/house2_connectivity.json', [
      { ...broken[0], pose: [1] },
      ...broken.slice(1)
    ])
    await put('connectivity/cut_connectivity.json', JSON.stringify(broken).slice(0, -40))
    const rooms = await read()
    expect(rooms.buildings.map(({ scan }) => scan)).toEqual(['house1'])
    expect(rooms.paths).toHaveLength(4)
    expect(rooms.problems.map(({ where, reason }) => `${where}: ${reason}`)).toEqual([
      expect.stringMatching(/^connectivity\/cut_connectivity\.json: The file ends/),
      'connectivity/house2_connectivity.json: Viewpoint 1 has no pose of 16 numbers.',
      'R2R_train.json: Path 5 names a viewpoint that house1 does not have.',
      'R2R_train.json: Path 6 lists no viewpoints.',
      'R2R_train.json: Path 10 names no building.',
      'R2R_train.json: 1 paths say only where they begin, so there is nothing to compare with.',
      'R2R_train.json: 2 paths are in the building far, whose places are not in this folder.'
    ])
  })

  it('of everything is refused with the first reason', async () => {
    await put('x.json', '{"image_id": 1')
    await expect(read()).rejects.toMatchObject({ code: 'nothing-to-import' })
    await writeRooms(folder, { train: 1, unseen: 0, paths: 2 })
    await rm(join(folder, 'R2R_train.json'))
    await expect(read()).rejects.toThrow('no path in these buildings')
  })

  it.each([
    [{ places: 3 }, 'It has more than 3 places.'],
    [{ buildingBytes: 10 }, 'It is too large for one building.'],
    [{ nameChars: 3 }, 'Its name says no building.']
  ])('beyond limits is no building: %j', async (limits, reason) => {
    await writeRooms(folder, { train: 1, unseen: 0, paths: 2 })
    await expect(read(limits)).rejects.toThrow(reason)
  })

  it('beyond limits of the whole ends the reading', async () => {
    await writeRooms(folder, { train: 1, unseen: 0, paths: 3 })
    for (const limits of [{ paths: 2 }, { files: 1 }, { entries: 1 }])
      await expect(read(limits)).rejects.toMatchObject({ code: 'too-large' })
  })
})

describe('a path as an attempt', () => {
  it('has its moves as steps, the places as screens, and the same name only once', async () => {
    await writeRooms(folder, { train: 1, unseen: 0, paths: 3 })
    const list = await listOf('R2R_train.json')
    await put('R2R_val_seen.json', list)
    const { buildings, paths } = await read()
    expect(new Set(paths.map(({ id }) => id)).size).toBe(6)
    const [path] = paths
    const record = roomRecord(buildings[0], path)
    const { steps } = deriveTrace(record, plainRules)
    expect(steps.map(({ actions }) => actions[0].verb)).toEqual([
      ...path.path.slice(1).map(() => 'go'),
      'stop'
    ])
    expect(steps.map(({ actions }) => actions[0].args)).toEqual([
      ...path.path
        .slice(1)
        .map((at) => expect.objectContaining({ to: buildings[0].places[at].id }) as unknown),
      {}
    ])
    expect(new Set(steps.map(({ before }) => before)).size).toBe(path.path.length)
    expect(record).toMatchObject({ outcome: 'pass', task: { goal: path.instructions[0] } })
  })
})
