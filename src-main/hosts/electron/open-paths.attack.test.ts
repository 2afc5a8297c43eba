// Security rule E13: one instance, and paths from outside are nobody's word.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { FakeEmitter, preventable } from './electron-fakes.test-support.ts'
import { isProjectPath, projectArgument, takeSingleInstance } from './open-paths.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-paths-'))
  mkdirSync(join(folder, 'a.winnow'))
  mkdirSync(join(folder, 'b.WINNOW'))
  mkdirSync(join(folder, '--c.winnow'))
  writeFileSync(join(folder, 'notes.txt'), '')
  symlinkSync(join(folder, 'a.winnow'), join(folder, 'link.winnow'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('projectArgument', () => {
  it('finds the last project, as an absolute path', () => {
    expect(projectArgument(['.', 'a.winnow'], folder)).toBe(join(folder, 'a.winnow'))
    expect(projectArgument(['a.winnow', 'b.WINNOW', 'notes.txt'], folder)).toBe(
      join(folder, 'b.WINNOW')
    )
  })

  it.each([
    [['--c.winnow']],
    [['--inspect=9229', '--js-flags=x.winnow']],
    [['notes.txt']],
    [['link.winnow']],
    [['missing.winnow']],
    [['a.winnow\0.txt']],
    [['notes.txt/a.winnow']],
    [[`${'a'.repeat(5000)}.winnow`]],
    [[`${'a'.repeat(300)}.winnow`]],
    [['app://bundle/a.winnow']],
    [['']],
    [[]]
  ])('takes nothing from %j', (args) => expect(projectArgument(args, folder)).toBeUndefined())
})

describe('isProjectPath', () => {
  it.each(['\\\\server\\share\\a.winnow', '//server/share/a.winnow', '\\\\?\\C:\\a.winnow'])(
    'does not even look at %s',
    (path) => {
      const look = vi.fn(() => undefined)
      expect(isProjectPath(path, look)).toBe(false)
      expect(look).not.toHaveBeenCalled()
    }
  )

  it('refuses relative paths and devices', () => {
    expect(isProjectPath('a.winnow')).toBe(false)
    const device = { isSymbolicLink: () => false, isFile: () => false, isDirectory: () => false }
    expect(isProjectPath('/dev/x.winnow', () => device)).toBe(false)
  })
})

class FakeApp extends FakeEmitter {
  quits = 0
  readonly #isFirst: boolean
  constructor(isFirst: boolean) {
    super()
    this.#isFirst = isFirst
  }
  requestSingleInstanceLock(): boolean {
    return this.#isFirst
  }
  quit(): void {
    this.quits++
  }
}

describe('takeSingleInstance', () => {
  it('quits when another instance runs, and listens to nothing', () => {
    const app = new FakeApp(false)
    expect(takeSingleInstance(app, () => undefined)).toBe(false)
    expect([app.quits, app.count('second-instance'), app.count('open-file')]).toEqual([1, 0, 0])
  })

  it('hears of later starts with and without a project', () => {
    const app = new FakeApp(true)
    const starts: (string | undefined)[] = []
    expect(takeSingleInstance(app, (project) => starts.push(project))).toBe(true)
    app.emit('second-instance', {}, ['winnow', 'a.winnow'], folder, null)
    app.emit('second-instance', {}, ['winnow', '--flag', 'link.winnow'], folder, null)
    // The program's own name is no argument, whatever it is called.
    app.emit('second-instance', {}, [join(folder, 'a.winnow')], folder, null)
    expect(starts).toEqual([join(folder, 'a.winnow'), undefined, undefined])
  })

  it('opens a project from the file manager, and nothing else', () => {
    const app = new FakeApp(true)
    const starts: (string | undefined)[] = []
    takeSingleInstance(app, (project) => starts.push(project))
    for (const name of ['a.winnow', 'link.winnow', 'notes.txt']) {
      const event = preventable({})
      app.emit('open-file', event, join(folder, name))
      expect(event.isPrevented).toBe(true)
    }
    expect(starts).toEqual([join(folder, 'a.winnow')])
  })
})
