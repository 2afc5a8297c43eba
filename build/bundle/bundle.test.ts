// The archive is the same for the same files on any day; its launcher starts what lies beside it.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeChecksums } from '../checksums.ts'
import { writeArchive, writeChecksum } from './archive.ts'
import { machineOf } from './bundle-checks.ts'
import { launcherOf, readmeText } from './launchers.ts'
import { partLimits, partSizes, sizeProblems } from './sizes.ts'
import type { ArchiveEntry } from './tar.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-archive-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const at = (...path: string[]): string => join(folder, ...path)

const long = `app/${'a-long-folder-name/'.repeat(8)}${'x'.repeat(120)}.js`

function entries(content = 'the same'): ArchiveEntry[] {
  writeFileSync(at('source'), content)
  const bytes = Buffer.from('#!/bin/sh\n')
  const source = { source: at('source'), size: content.length, mode: 0o644 }
  return [
    { path: 'top/', mode: 0o755, size: 0 },
    { path: 'top/Wörter.txt', ...source },
    { path: `top/${long}`, ...source },
    { path: 'top/empty', mode: 0o644, size: 0, bytes: Buffer.alloc(0) },
    { path: 'top/winnow', mode: 0o755, size: bytes.length, bytes }
  ]
}
const digest = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex')

describe.each(['a.tar.gz', 'a.zip'])('the archive %s', (name) => {
  it('has the same bytes whenever and wherever it is made', async () => {
    const zone = process.env['TZ']
    await writeArchive(entries(), at(name))
    const first = digest(at(name))
    const again = entries()
    utimesSync(at('source'), 1, 1)
    chmodSync(at('source'), 0o600)
    try {
      process.env['TZ'] = 'Pacific/Auckland'
      await writeArchive(again, at(name))
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
    expect(digest(at(name))).toBe(first)
    await writeArchive(entries('another'), at(name))
    expect(digest(at(name))).not.toBe(first)
  })
})

describe('the tar archive', () => {
  it("is read by the system's own tool, long names and modes included", async () => {
    await writeArchive(entries(), at('a.tar.gz'))
    const run = spawnSync('tar', ['-tvzf', at('a.tar.gz')], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
    })
    expect([run.status, run.stderr]).toEqual([0, ''])
    const lines = run.stdout.trim().split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[2]?.endsWith(long)).toBe(true)
    expect(lines[4]).toMatch(/^-rwxr-xr-x .* 2020-01-01 .*top\/winnow$/)
    mkdirSync(at('out'))
    expect(spawnSync('tar', ['-xzf', at('a.tar.gz'), '-C', at('out')]).status).toBe(0)
    for (const path of ['Wörter.txt', long])
      expect(readFileSync(at('out', 'top', path), 'utf8')).toBe('the same')
  })

  it('refuses a file that changes while it is packed', async () => {
    const changing = entries()
    writeFileSync(at('source'), 'longer than it was')
    await expect(writeArchive(changing, at('a.tar.gz'))).rejects.toThrow(/changed while/)
  })
})

describe('checksums', () => {
  it('lie beside an archive, and in one list for all that is downloaded', async () => {
    writeFileSync(at('a.tar.gz'), 'abc')
    writeFileSync(at('builder-debug.yml'), '')
    const sum = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(await writeChecksum(at('a.tar.gz'))).toBe(sum)
    expect(readFileSync(at('a.tar.gz.sha256'), 'utf8')).toBe(`${sum}  a.tar.gz\n`)
    expect(await writeChecksums(folder)).toEqual([`${sum}  a.tar.gz`])
    rmSync(at('a.tar.gz'))
    await expect(writeChecksums(folder)).rejects.toThrow(/nothing to download/)
  })
})

describe.skipIf(process.platform === 'win32')('the launcher', () => {
  /** Puts the launcher where a program that only says how it was started takes Node's place. */
  function install(): string {
    const home = at('Wörk of daten')
    mkdirSync(join(home, 'runtime'), { recursive: true })
    const { name, text } = launcherOf({ platform: 'linux', arch: 'x64' })
    writeFileSync(join(home, name), text, { mode: 0o755 })
    const says = '#!/bin/sh\necho "$WINNOW_START"\nfor one in "$@"; do echo "$one"; done\n'
    writeFileSync(join(home, 'runtime', 'node'), says, { mode: 0o755 })
    return join(home, name)
  }
  const started = (path: string, args: readonly string[], cwd = folder): string[] => {
    const env = { PATH: process.env['PATH'] }
    const run = spawnSync(path, [...args], { cwd, encoding: 'utf8', env })
    expect([run.status, run.stderr]).toEqual([0, ''])
    return run.stdout.trimEnd().split('\n')
  }

  it.each([
    [[], ['serve']],
    [['--headless'], ['serve', '--headless']],
    [['My flowers.winnow'], ['serve', 'My flowers.winnow']],
    [
      ['new', 'My flowers.winnow'],
      ['new', 'My flowers.winnow']
    ],
    [['--version'], ['--version']],
    [
      ['select', '--name', ' two  blanks ', '*', ''],
      ['select', '--name', ' two  blanks ', '*', '']
    ]
  ])('starts %j as %j', (given, wanted) => {
    const path = install()
    const [start, cli, ...rest] = started(path, given)
    expect(start).toBe('winnow')
    expect(cli?.endsWith('Wörk of daten/app/out/main/cli.js')).toBe(true)
    // An empty last word ends the output with one line break more, which was cut off.
    expect(rest.join('\n')).toBe(wanted.join('\n').trimEnd())
  })

  it('finds its folder through links, and from inside it', () => {
    const path = install()
    mkdirSync(at('bin'))
    symlinkSync(path, at('bin', 'first'))
    symlinkSync('first', at('bin', 'winnow'))
    const direct = started(path, ['help'])
    expect(started(at('bin', 'winnow'), ['help'])).toEqual(direct)
    expect(started('./winnow', ['help'], at('Wörk of daten'))).toEqual(direct)
  })
})

describe('the texts', () => {
  it('say where things go on each system, with its own line ends', () => {
    const windows = { platform: 'win32', arch: 'x64' } as const
    expect(readmeText({ platform: 'linux', arch: 'x64' }, '1.2.3')).toMatch(
      /^Winnow 1\.2\.3\n.*~\/\.config\/winnow/s
    )
    for (const text of [readmeText(windows, '1.2.3'), launcherOf(windows).text]) {
      expect(text.replaceAll('\r\n', '')).not.toContain('\n')
      expect(text).toContain('winnow')
    }
    expect(launcherOf(windows).text).toContain('"%~dp0runtime\\node.exe"')
  })
})

describe('sizes', () => {
  const linux = { platform: 'linux', arch: 'x64' } as const
  const file = (path: string, megabytes: number): ArchiveEntry => ({
    path: `top/${path}`,
    mode: 0o644,
    size: megabytes * 1e6
  })

  it('are counted by part, each file once', () => {
    const sizes = partSizes([
      file('runtime/node', 100),
      file('app/node_modules/@img/a/b.so', 5),
      file('app/node_modules/zod/index.js', 2),
      file('app/out/renderer/index.html', 1),
      file('winnow', 0.5)
    ])
    expect(sizes).toMatchObject({ runtime: 100, pictures: 5, packages: 2, page: 1, app: 0.5 })
    expect(Object.values(sizes).reduce((sum, one) => sum + one)).toBe(108.5)
  })

  it('above a limit are named', () => {
    expect(sizeProblems([file('runtime/node', 100)], 1, linux)).toEqual([])
    const limit = partLimits(linux).database
    const heavy = [file('app/node_modules/better-sqlite3/prebuilds/a.node', limit + 1)]
    expect(sizeProblems(heavy, 9e9, linux)).toEqual([
      expect.stringMatching(/^database takes/),
      expect.stringMatching(/^the archive takes/)
    ])
  })

  it('have a limit for every part on every system that is packed for', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      for (const arch of ['x64', 'arm64'])
        for (const limit of Object.values(partLimits({ platform, arch })))
          expect(limit).toBeGreaterThan(1)
    }
  })
})

describe('machineOf', () => {
  const sqlite = join(import.meta.dirname, '../../node_modules/better-sqlite3/prebuilds')
  it.each(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'])(
    'knows a library for %s',
    async (name) => {
      expect(await machineOf(join(sqlite, `${name}.node`))).toBe(name.replace('-', ' '))
    }
  )
  it('does not take a text for a library', async () => {
    cpSync(import.meta.filename, at('text.node'))
    expect(await machineOf(at('text.node'))).toBeUndefined()
  })
})
