// Project folders: made, opened, refused, locked against a second host, backed up and pruned.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { hostname, uptime } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { datasetRecord, newItem, temporaryFolder } from '../store/store.test-support.ts'
import { backupProject, backupWhenDue } from './backups.ts'
import { lockProject } from './project-lock.ts'
import {
  createProject,
  isProjectFolder,
  openProject,
  projectSize,
  type OpenedProject
} from './projects.ts'

let folder: ReturnType<typeof temporaryFolder>
let opened: OpenedProject[]
beforeEach(() => {
  folder = temporaryFolder()
  opened = []
})
afterEach(() => {
  for (const project of opened) project.close()
  folder.remove()
})

async function keep(project: Promise<OpenedProject>): Promise<OpenedProject> {
  opened.push(await project)
  return project
}
const create = (name = 'Flowers', isSample = false): Promise<OpenedProject> =>
  keep(createProject(folder.path, name, 1_700_000_000_000, isSample))
const open = (path = join(folder.path, 'Flowers.winnow')): Promise<OpenedProject> =>
  keep(openProject(path, 5))

describe('a new project', () => {
  it('is a folder with its places and facts', async () => {
    const project = await create('Flowers', true)
    expect(project.folder).toBe(join(folder.path, 'Flowers.winnow'))
    expect(project.name).toBe('Flowers')
    expect(readdirSync(project.folder).sort()).toEqual(
      expect.arrayContaining(['exports', 'features', 'media', 'project.sqlite', 'runs'])
    )
    expect(project.store.fact('isSample')).toBe(true)
    expect(project.store.fact('createdAt')).toBe(1_700_000_000_000)
    project.close()
    expect((await open()).name).toBe('Flowers')
  })

  it('makes the folders above it, and no second one of its name', async () => {
    const place = join(folder.path, 'new', 'place')
    await keep(createProject(place, 'A', 0))
    await expect(createProject(place, 'A', 0)).rejects.toMatchObject({ code: 'project-exists' })
  })

  it.each(['', '..', 'a/b', 'a:b', 'NUL', 'x'.repeat(300)])(
    'is refused under the name %j',
    async (name) => {
      await expect(createProject(folder.path, name, 0)).rejects.toMatchObject({
        code: 'invalid-input'
      })
      expect(readdirSync(folder.path)).toEqual([])
    }
  )

  it('where nothing can be made says so', async () => {
    writeFileSync(join(folder.path, 'file'), '')
    await expect(createProject(join(folder.path, 'file'), 'A', 0)).rejects.toMatchObject({
      code: 'destination-not-writable'
    })
  })
})

describe('opening', () => {
  it('refuses what is not there and what is no project', async () => {
    await expect(openProject(join(folder.path, 'gone'), 5)).rejects.toMatchObject({
      code: 'project-not-found'
    })
    await expect(openProject(folder.path, 5)).rejects.toMatchObject({ code: 'project-not-winnow' })
    expect(await isProjectFolder(folder.path)).toBe(false)
    const odd = join(folder.path, 'odd.winnow')
    mkdirSync(join(odd, 'project.sqlite'), { recursive: true })
    await expect(openProject(odd, 5)).rejects.toMatchObject({ code: 'project-not-winnow' })
    const linked = join(folder.path, 'linked.winnow')
    mkdirSync(linked)
    symlinkSync('/etc/passwd', join(linked, 'project.sqlite'))
    await expect(openProject(linked, 5)).rejects.toMatchObject({ code: 'project-not-winnow' })
  })

  it('of a damaged file leaves no lock behind', async () => {
    const { folder: place } = await create()
    opened[0].close()
    const file = join(place, 'project.sqlite')
    const whole = readFileSync(file)
    writeFileSync(file, whole.subarray(0, 5000))
    await expect(openProject(place, 5)).rejects.toMatchObject({ code: 'project-damaged' })
    writeFileSync(file, whole)
    expect((await open()).store.isReadOnly).toBe(false)
  })

  it('that fails after the file was opened leaves no lock behind', async () => {
    const { folder: place } = await create()
    opened[0].close()
    // A file where a folder has to be.
    rmSync(join(place, 'runs'), { recursive: true })
    writeFileSync(join(place, 'runs'), '')
    await expect(openProject(place, 5)).rejects.toThrow()
    rmSync(join(place, 'runs'))
    expect((await open()).store.isReadOnly).toBe(false)
  })

  it('makes folders that were lost in a copy', async () => {
    const { folder: place } = await create()
    opened[0].close()
    for (const name of ['features', 'media', 'runs', 'exports'])
      rmSync(join(place, name), { recursive: true })
    await open()
    expect(readdirSync(place)).toEqual(
      expect.arrayContaining(['exports', 'features', 'media', 'runs'])
    )
  })

  it('takes the name of the folder where the file has none', async () => {
    const place = join(folder.path, 'Bare.winnow')
    mkdirSync(place)
    openStore(join(place, 'project.sqlite')).dispose()
    expect((await open(place)).name).toBe('Bare')
  })
})

describe('the lock', () => {
  const lock = (content: object | string): void =>
    writeFileSync(
      join(folder.path, '.lock'),
      typeof content === 'string' ? content : JSON.stringify(content)
    )
  const take = (): (() => void) => lockProject(folder.path)
  /** The id of a process that is gone. */
  const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid

  it('keeps a second window out until the first is closed', async () => {
    const project = await create()
    await expect(openProject(project.folder, 5)).rejects.toMatchObject({ code: 'project-in-use' })
    project.close()
    await open()
  })

  it('of a process that is gone is taken over', () => {
    lock({ pid: deadPid(), host: hostname(), id: 'x' })
    const release = take()
    expect(() => take()).toThrow('open in another window')
    release()
    take()()
    expect(readdirSync(folder.path)).toEqual([])
  })

  it('of our own process id, but not by us, is of an earlier run', () => {
    lock({ pid: process.pid, host: hostname(), id: 'from before the restart' })
    take()()
  })

  it('of another process that lives, or of another computer, is respected', () => {
    lock({ pid: process.ppid, host: hostname(), id: 'x' })
    expect(take).toThrow('open in another window')
    lock({ pid: deadPid(), host: 'another computer', id: 'x' })
    expect(take).toThrow('open on the computer “another computer”')
  })

  it.runIf(process.platform === 'linux')(
    'of a process whose number another one has got since is taken over',
    () => {
      lock({ pid: process.ppid, host: hostname(), id: 'x', born: 'an earlier start', uptime: 1 })
      take()()
    }
  )

  it('from before the computer was started anew is taken over', () => {
    lock({ pid: process.ppid, host: hostname(), id: 'x', uptime: uptime() + 3600 })
    take()()
  })

  it.each(['', '{', '[]', '{"pid":"x"}'])('with the content %j is of a killed write', (content) => {
    lock(content)
    take()()
  })

  it('that someone else took meanwhile is not removed at the end', () => {
    const release = take()
    lock({ pid: process.ppid, host: hostname(), id: 'theirs' })
    release()
    expect(readFileSync(join(folder.path, '.lock'), 'utf8')).toContain('theirs')
  })
})

describe('backups', () => {
  it('are whole projects files, made while in use; the oldest go', async () => {
    const project = await create()
    project.store.datasets.insert(datasetRecord('d'))
    for (let day = 1; day <= 4; day++) {
      project.store.items.append('d', [newItem(day - 1, `text ${day}`)])
      const made = await backupProject(project, Date.UTC(2026, 0, day, 12), 3)
      expect(made.sizeBytes).toBeGreaterThan(4096)
    }
    const backups = join(project.folder, 'backups')
    expect(readdirSync(backups)).toEqual(
      [2, 3, 4].map((day) => `project-2026-01-0${day}T12-00-00.sqlite`)
    )
    const copy = join(folder.path, 'restored.sqlite')
    copyFileSync(join(backups, 'project-2026-01-03T12-00-00.sqlite'), copy)
    const restored = openStore(copy)
    expect(restored.check()).toEqual([])
    expect(restored.items.count('d')).toBe(3)
    restored.dispose()
  })

  it('that fail leave nothing half and push nothing out', async () => {
    const project = await create()
    await backupProject(project, 0, 1)
    const before = readdirSync(join(project.folder, 'backups'))
    project.store.dispose()
    await expect(backupProject(project, 86_400_000, 1)).rejects.toThrow()
    expect(readdirSync(join(project.folder, 'backups'))).toEqual(before)
  })

  it('made twice in one second are one', async () => {
    const project = await create()
    await backupProject(project, 1000, 5)
    await backupProject(project, 1000, 5)
    expect(readdirSync(join(project.folder, 'backups'))).toHaveLength(1)
  })

  it('made after the clock was set back are the newest all the same', async () => {
    const project = await create()
    const backups = join(project.folder, 'backups')
    for (const year of [2026, 2027, 2020, 2021, 2020])
      await backupProject(project, Date.UTC(year, 0, 1), 3)
    const later = 'project-2027-01-01T00-00-00~'
    expect(readdirSync(backups).sort()).toEqual([
      `${later}2020-01-01T00-00-00.sqlite`,
      `${later}2021-01-01T00-00-00.sqlite`,
      `${later}2021-01-01T00-00-00~2020-01-01T00-00-00.sqlite`
    ])
    // Set right again, the clock names the next one as usual.
    await backupProject(project, Date.UTC(2028, 0, 1), 1)
    expect(readdirSync(backups)).toEqual(['project-2028-01-01T00-00-00.sqlite'])
  })

  it('are made once a day of a project that holds something', async () => {
    const project = await create()
    const backups = join(project.folder, 'backups')
    const [day, noon] = [86_400_000, Date.UTC(2026, 0, 1, 12)]
    const count = (): number => (existsSync(backups) ? readdirSync(backups).length : 0)
    await backupWhenDue(project, noon, 5)
    expect(count()).toBe(0)
    project.store.datasets.insert(datasetRecord('d'))
    await backupWhenDue(project, noon, 5)
    await backupWhenDue(project, noon + day - 1000, 5)
    expect(count()).toBe(1)
    await backupWhenDue(project, noon + day, 5)
    expect(count()).toBe(2)
    // The clock was set back: how old the newest one is cannot be told.
    await backupWhenDue(project, noon - day, 5)
    expect(count()).toBe(3)
    await backupWhenDue(project, noon - day + 1000, 5)
    expect(count()).toBe(3)
  })

  it('are named when the project file is damaged, emptied or lost', async () => {
    const project = await create()
    const { path } = project.store
    const { path: backup } = await backupProject(project, 0, 5)
    project.close()
    const refusal = {
      code: 'project-damaged',
      hint: expect.stringContaining(basename(backup)) as string
    }
    for (const bytes of ['', 'not a database at all'.repeat(100)]) {
      writeFileSync(path, bytes)
      await expect(openProject(project.folder, 5)).rejects.toMatchObject(refusal)
    }
    rmSync(path)
    await expect(openProject(project.folder, 5)).rejects.toMatchObject(refusal)
    copyFileSync(backup, path)
    expect((await open(project.folder)).name).toBe(project.name)
  })

  it('leave other files in their folder alone', async () => {
    const project = await create()
    const backups = join(project.folder, 'backups')
    mkdirSync(backups)
    writeFileSync(join(backups, 'mine.sqlite'), 'x')
    await backupProject(project, 0, 1)
    await backupProject(project, 86_400_000, 1)
    expect(readdirSync(backups)).toEqual(['mine.sqlite', 'project-1970-01-02T00-00-00.sqlite'])
  })
})

describe('the size', () => {
  it('counts every file, and nothing behind links', async () => {
    const project = await create()
    project.close()
    const before = await projectSize(project.folder)
    writeFileSync(join(project.mediaFolder, 'a.bin'), Buffer.alloc(1000))
    symlinkSync('/etc', join(project.mediaFolder, 'etc'))
    expect(await projectSize(project.folder)).toBe(before + 1000)
    expect(await projectSize(join(folder.path, 'gone'))).toBe(0)
  })
})

describe.skipIf(process.getuid?.() === 0)(
  'a folder that cannot be written (not as root, who can write anywhere)',
  () => {
    it('opens for reading, without a lock', async () => {
      const { folder: place } = await create()
      opened[0].close()
      chmodSync(place, 0o500)
      try {
        const project = await open()
        expect(project.store.isReadOnly).toBe(true)
        expect(existsSync(join(place, '.lock'))).toBe(false)
      } finally {
        chmodSync(place, 0o700)
      }
    })
  }
)
