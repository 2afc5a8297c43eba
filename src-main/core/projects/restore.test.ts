// Restoring a backup: the right bytes come back, what stood there is kept, a kill between any two steps
// loses nothing, and nobody else's project is touched.
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
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { datasetRecord, temporaryFolder } from '../store/store.test-support.ts'
import { backupProject } from './backups.ts'
import { lockProject } from './project-lock.ts'
import { createProject, isProjectFolder, openProject } from './projects.ts'
import { madeIn, onlyIn } from './restore-loss.ts'
import { finishRestore, listRestorable, readRestorable, restoreProject } from './restore.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const later = Date.UTC(2026, 0, 5, 12)

/** A closed project with one dataset in its backup and a second one made since. */
async function project(): Promise<{ place: string; file: string; backup: string }> {
  const made = await createProject(folder.path, 'Flowers', 0)
  made.store.datasets.insert(datasetRecord('first'))
  const { path } = await backupProject(made, Date.UTC(2026, 0, 1), 5)
  made.store.datasets.insert(datasetRecord('second'))
  made.close()
  return { place: made.folder, file: join(made.folder, 'project.sqlite'), backup: path }
}
async function datasetsOf(place: string): Promise<string[]> {
  const opened = await openProject(place, 5)
  try {
    return opened.store.datasets.list().map(({ id }) => id)
  } finally {
    opened.close()
  }
}
const replacedIn = (place: string): string[] => readdirSync(join(place, 'replaced'))
const damage = Buffer.from('not a database at all'.repeat(500))

describe('what can be restored', () => {
  it('is listed, the newest first, without what is no file of ours', async () => {
    const { place, backup } = await project()
    const opened = await openProject(place, 5)
    const second = await backupProject(opened, Date.UTC(2026, 0, 2), 5)
    opened.close()
    writeFileSync(join(place, 'backups', 'mine.sqlite'), 'x')
    symlinkSync('/etc/passwd', join(place, 'backups', 'project-2026-09-09T00-00-00.sqlite'))
    expect(await listRestorable(place)).toEqual([
      {
        id: basename(second.path),
        kind: 'backup',
        madeAt: Date.UTC(2026, 0, 2),
        sizeBytes: second.sizeBytes
      },
      expect.objectContaining({ id: basename(backup), madeAt: Date.UTC(2026, 0, 1) })
    ])
    expect(await listRestorable(join(place, 'gone'))).toEqual([])
  })

  it.each([
    '../project.sqlite',
    'project-../../x.sqlite',
    'project-..\\x.sqlite',
    'replaced/..',
    'replaced/2026-01-01T00-00-00/x',
    'mine.sqlite',
    '',
    '/etc/passwd'
  ])('is never %j', async (id) => {
    const { place, file } = await project()
    const before = readFileSync(file)
    await expect(restoreProject(place, id, later)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(readFileSync(file)).toEqual(before)
  })

  it('can be read and compared without leaving a trace', async () => {
    const { place, backup } = await project()
    const then = await readRestorable(place, basename(backup), madeIn)
    const opened = await openProject(place, 5)
    const now = madeIn(opened.store)
    opened.close()
    expect(onlyIn(now, then)).toMatchObject({
      datasets: ['Data second'],
      datasetCount: 1,
      steps: 0
    })
    expect(onlyIn(then, now)).toMatchObject({ datasets: [], datasetCount: 0 })
    expect(readdirSync(join(place, 'backups'))).toEqual([basename(backup)])
  })
})

describe('restoring', () => {
  it('brings the backup back and keeps what stood there, which can be brought back again', async () => {
    const { place, file, backup } = await project()
    const before = readFileSync(file)
    await restoreProject(place, basename(backup), later)
    const [name = ''] = replacedIn(place)
    expect(readFileSync(join(place, 'replaced', name, 'project.sqlite'))).toEqual(before)
    expect(await datasetsOf(place)).toEqual(['first'])
    expect(existsSync(join(place, 'restoring'))).toBe(false)
    expect(existsSync(join(place, '.lock'))).toBe(false)

    const [replaced] = (await listRestorable(place)).filter(({ kind }) => kind === 'replaced')
    expect(replaced?.madeAt).toBe(later)
    await restoreProject(place, replaced?.id ?? '', later)
    expect(await datasetsOf(place)).toEqual(['first', 'second'])
    expect(replacedIn(place)).toHaveLength(2)
  })

  it('takes the place of a damaged, an emptied and a lost file', async () => {
    const { place, file, backup } = await project()
    for (const bytes of [damage, Buffer.alloc(0), undefined]) {
      if (bytes === undefined) rmSync(file)
      else writeFileSync(file, bytes)
      expect(await isProjectFolder(place)).toBe(true)
      await restoreProject(place, basename(backup), later)
      expect(await datasetsOf(place)).toEqual(['first'])
    }
    const kept = replacedIn(place).map((name) => readdirSync(join(place, 'replaced', name)))
    // Nothing stood in the place of the lost one.
    expect(kept).toEqual([['project.sqlite'], ['project.sqlite'], []])
  })

  it('never leaves the log of the old file beside the new one', async () => {
    const { place, file, backup } = await project()
    writeFileSync(file, damage)
    for (const side of ['-wal', '-shm', '-journal']) writeFileSync(`${file}${side}`, `old${side}`)
    await restoreProject(place, basename(backup), later)
    const [name = ''] = replacedIn(place)
    expect(readdirSync(join(place, 'replaced', name)).sort()).toEqual([
      'project.sqlite',
      'project.sqlite-journal',
      'project.sqlite-shm',
      'project.sqlite-wal'
    ])
    expect(readFileSync(join(place, 'replaced', name, 'project.sqlite-wal'), 'utf8')).toBe(
      'old-wal'
    )
    expect(await datasetsOf(place)).toEqual(['first'])
  })

  it('reads the log of a file that was replaced with one', async () => {
    const { place, file, backup } = await project()
    // As a kill leaves it: a file whose last changes are in its log alone.
    const opened = await openProject(place, 5)
    opened.store.datasets.insert(datasetRecord('third'))
    const aside = join(place, 'replaced', '2026-01-03T00-00-00')
    mkdirSync(aside, { recursive: true })
    copyFileSync(file, join(aside, 'project.sqlite'))
    copyFileSync(`${file}-wal`, join(aside, 'project.sqlite-wal'))
    opened.close()
    await restoreProject(place, basename(backup), later)
    await restoreProject(place, 'replaced/2026-01-03T00-00-00', later)
    expect(await datasetsOf(place)).toEqual(['first', 'second', 'third'])
  })

  it('of a damaged backup changes nothing', async () => {
    const { place, file, backup } = await project()
    const before = readFileSync(file)
    writeFileSync(backup, damage)
    const refusal = { code: 'project-damaged', message: /damaged, too/ }
    await expect(restoreProject(place, basename(backup), later)).rejects.toMatchObject({
      code: refusal.code,
      message: expect.stringMatching(refusal.message) as string
    })
    await expect(readRestorable(place, basename(backup), madeIn)).rejects.toMatchObject({
      code: refusal.code
    })
    expect(readFileSync(file)).toEqual(before)
    expect(readdirSync(place).sort()).not.toContain('restoring')
  })

  it('is refused while another window has the project', async () => {
    const { place, file, backup } = await project()
    const before = readFileSync(file)
    const release = lockProject(place)
    const refusal = { code: 'project-in-use' }
    await expect(restoreProject(place, basename(backup), later)).rejects.toMatchObject(refusal)
    expect(readFileSync(file)).toEqual(before)
    release()
  })

  it.skipIf(process.getuid?.() === 0)('is refused where nothing can be written', async () => {
    const { place, backup } = await project()
    chmodSync(place, 0o500)
    try {
      await expect(restoreProject(place, basename(backup), later)).rejects.toMatchObject({
        code: 'project-read-only',
        message: expect.stringContaining('cannot be written to') as string
      })
    } finally {
      chmodSync(place, 0o700)
    }
  })
})

/** Restores and stops for ever before a step, as a kill does; false when there were not as many. */
async function killedAt(place: string, id: string, step: number): Promise<boolean> {
  let passed = 0
  const isKilled = await new Promise<boolean>((resolve, reject) => {
    restoreProject(place, id, later, () => {
      if (passed++ < step) return undefined
      resolve(true)
      return new Promise<void>(() => undefined)
    }).then(() => resolve(false), reject)
  })
  // The process that held it is gone.
  rmSync(join(place, '.lock'), { force: true })
  return isKilled
}

describe('a kill during a restore', () => {
  it('between any two steps leaves the old or the restored project, and every byte', async () => {
    const { place, file, backup } = await project()
    const id = basename(backup)
    for (const side of ['-wal', '-shm']) writeFileSync(`${file}${side}`, `old${side}`)
    writeFileSync(file, damage)
    let kills = 0
    for (let isKilled = true; isKilled; kills++) {
      const copy = join(folder.path, `Copy ${kills}.winnow`)
      mkdirSync(join(copy, 'backups'), { recursive: true })
      for (const name of ['project.sqlite', 'project.sqlite-wal', 'project.sqlite-shm'])
        copyFileSync(join(place, name), join(copy, name))
      copyFileSync(backup, join(copy, 'backups', id))

      isKilled = await killedAt(copy, id, kills)
      expect(await isProjectFolder(copy)).toBe(true)
      if (isKilled && !existsSync(join(copy, 'restoring', 'plan.json'))) {
        // Nothing had been moved: the damaged project is told as before, and can be restored.
        await expect(openProject(copy, 5)).rejects.toThrow('damaged')
        expect(readFileSync(join(copy, 'project.sqlite'))).toEqual(damage)
        await restoreProject(copy, id, later)
      }
      expect(await datasetsOf(copy)).toEqual(['first'])
      const [aside = ''] = replacedIn(copy)
      expect(readFileSync(join(copy, 'replaced', aside, 'project.sqlite'))).toEqual(damage)
      const log = readFileSync(join(copy, 'replaced', aside, 'project.sqlite-wal'), 'utf8')
      expect(log).toBe('old-wal')
      expect(readdirSync(join(copy, 'backups'))).toEqual([id])
      expect(existsSync(join(copy, 'restoring'))).toBe(false)
    }
    expect(kills).toBeGreaterThan(8)
  })

  it('is ended by nobody while another window ends it', async () => {
    const { place, backup } = await project()
    await killedAt(place, basename(backup), 5)
    const release = lockProject(place)
    await expect(finishRestore(place)).rejects.toMatchObject({ code: 'project-in-use' })
    release()
    expect(await datasetsOf(place)).toEqual(['first'])
  })
})
