// Rule E16: the log stays on this computer, shows no places outside the project and holds no rows.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../core/store/store.test-support.ts'
import { createFileLog, redactPaths } from './file-log.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

describe('paths', () => {
  it.each([
    ['at read (/home/anna/secret study/patients.csv:3:1)', 'anna'],
    ['open /mnt/clinic/2026/ward 7/scan.png failed', 'clinic'],
    ['file:///srv/people/anna/notes/x.ts:1', 'anna'],
    ['"/data/one/two/three.json"', 'one/two']
  ])('of %j are shortened', (text, secret) => {
    const shown = redactPaths(text, '/home/anna')
    expect(shown).not.toContain(secret)
  })

  it('of the home folder never show whose it is, wherever they stand', () => {
    const home = '/home/anna'
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (before, after) => {
        expect(redactPaths(`${before}${home}/${after}`, home)).not.toContain(home)
      })
    )
  })

  it('leave the name of the file, which says what was wrong', () => {
    expect(redactPaths('/srv/a/b/c/table.csv is damaged', '/root')).toBe('…/table.csv is damaged')
  })
})

describe('the file', () => {
  it('lies in the data folder, for its owner alone, with paths shortened in every part', () => {
    const log = createFileLog(folder.path, () => 0)
    const place = join(homedir(), 'study', 'patients', 'a.csv')
    log.write('error', 'call-failed', `no ${place}`, { detail: `Error: ${place}\n at ${place}:1` })
    const path = join(folder.path, 'app.log')
    const text = readFileSync(path, 'utf8')
    expect(JSON.parse(text)).toMatchObject({ level: 'error', code: 'call-failed' })
    expect(text).not.toContain(homedir() === '/' ? '/study/patients' : join(homedir(), 'study'))
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0)
  })

  it('holds nothing of what is only for tracing, where rows could be', () => {
    createFileLog(folder.path, () => 0).write('debug', 'row', 'name,diagnosis')
    expect(existsSync(join(folder.path, 'app.log'))).toBe(false)
  })

  it('is one line for an entry, whatever is in it: nobody writes entries of others', () => {
    const log = createFileLog(folder.path, () => 0)
    log.write('notice', 'a', 'x\n{"level":"error"}\r\n', { detail: '\u2028\n' })
    log.write('notice', 'b', 'y')
    const lines = readFileSync(join(folder.path, 'app.log'), 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { code: string }).code)).toEqual(['a', 'b'])
  })
})
