// Settings and recent projects: kept over starts, and never a reason not to start.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Settings } from '../../api/dto/settings.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import {
  openRecentProjects,
  openSettings,
  type RecentProjects,
  type SettingsFile
} from './settings.ts'

let folder: ReturnType<typeof temporaryFolder>
let logged: string[]
beforeEach(() => {
  folder = temporaryFolder()
  logged = []
})
afterEach(() => folder.remove())

const log = { write: (_: unknown, code: string): void => void logged.push(code) }
const place = (name: string): string => join(folder.path, name)
const settings = (): SettingsFile => openSettings(folder.path, log)
const recent = (): RecentProjects => openRecentProjects(folder.path, log)

describe('settings', () => {
  it('are the defaults at first, and make their folder', () => {
    const file = openSettings(place('new'), log)
    expect(file.get()).toEqual(Settings.parse({}))
    expect(existsSync(place('new'))).toBe(true)
    expect(logged).toEqual([])
  })

  it('change one by one and are there at the next start', async () => {
    const file = settings()
    await file.set({ theme: 'dark' })
    expect(await file.set({ backupsKept: 9, theme: undefined })).toEqual(
      Settings.parse({ theme: 'dark', backupsKept: 9 })
    )
    expect(settings().get()).toEqual(file.get())
  })

  it('changed many times at once end as the last change says, in memory and on disk', async () => {
    const file = settings()
    await Promise.all([100, 110, 120, 130, 140].map((textSize) => file.set({ textSize })))
    expect(file.get().textSize).toBe(140)
    expect(settings().get().textSize).toBe(140)
  })

  it('refuse a value that is none, and stay as they were', async () => {
    const file = settings()
    await expect(file.set({ textSize: 5000 })).rejects.toThrow()
    expect(file.get().textSize).toBe(100)
    expect(existsSync(place('settings.json'))).toBe(false)
  })

  it.each(['', '{', 'null', '[]', '"x"', '\u0000\u0000'])(
    'from the file %j are the defaults; the file is set aside',
    async (text) => {
      writeFileSync(place('settings.json'), text)
      const file = settings()
      expect(file.get()).toEqual(Settings.parse({}))
      expect(logged).toEqual(['settings-damaged'])
      expect(readFileSync(place('settings.json.broken'), 'utf8')).toBe(text)
      await file.set({ theme: 'light' })
      expect(settings().get().theme).toBe('light')
      expect(logged).toHaveLength(1)
    }
  )

  it('of which one is broken, or of a newer app, keep the others', () => {
    const text = JSON.stringify({
      theme: 'dark',
      textSize: 'huge',
      cores: 'all',
      hologram: true,
      constructor: 1
    })
    writeFileSync(place('settings.json'), text)
    expect(settings().get()).toEqual(Settings.parse({ theme: 'dark', cores: 'all' }))
    expect(readFileSync(place('settings.json.broken'), 'utf8')).toBe(text)
  })

  it('that cannot be read because a folder is in their place are the defaults', () => {
    mkdirSync(place('settings.json'))
    expect(settings().get()).toEqual(Settings.parse({}))
  })
})

describe('recent projects', () => {
  const entry = (n: number): { path: string; name: string; openedAt: number } => ({
    path: `/p${n}`,
    name: `P${n}`,
    openedAt: n
  })

  it('are newest first, each once, at most twelve', async () => {
    const list = recent()
    for (let n = 0; n < 15; n++) await list.add(entry(n))
    await list.add({ ...entry(10), openedAt: 99 })
    expect(list.list().map(({ name }) => name)).toEqual([
      'P10',
      'P14',
      'P13',
      'P12',
      'P11',
      'P9',
      'P8',
      'P7',
      'P6',
      'P5',
      'P4',
      'P3'
    ])
    expect(recent().list()).toEqual(list.list())
    await list.forget('/p14')
    expect(recent().list()).toHaveLength(11)
  })

  it('pinned come first, stay when opened again, and never fall off the end', async () => {
    const list = recent()
    for (let n = 0; n < 3; n++) await list.add(entry(n))
    await list.pin('/p0', true)
    expect(list.list().map(({ name }) => name)).toEqual(['P0', 'P2', 'P1'])
    await list.add({ path: '/p0', name: 'P0', openedAt: 50 })
    for (let n = 3; n < 20; n++) await list.add(entry(n))
    expect(recent().list()).toHaveLength(12)
    expect(recent().list()[0]).toMatchObject({ name: 'P0', openedAt: 50, isPinned: true })
    await list.pin('/p0', false)
    expect(list.list().at(-1)?.name).toBe('P0')
    await list.add(entry(99))
    expect(list.list().some(({ name }) => name === 'P0')).toBe(false)
  })

  it('of an earlier version, which knew no pins, are read', () => {
    writeFileSync(place('recent.json'), '[{"path":"/a","name":"A","openedAt":1}]')
    expect(recent().list()).toEqual([{ path: '/a', name: 'A', openedAt: 1, isPinned: false }])
  })

  it('from a broken file are none, and the file is set aside', async () => {
    writeFileSync(place('recent.json'), '[{"path":1}]')
    const list = recent()
    expect(list.list()).toEqual([])
    await list.add(entry(1))
    expect(recent().list()).toEqual([{ ...entry(1), isPinned: false }])
    expect(existsSync(place('recent.json.broken'))).toBe(true)
  })
})
