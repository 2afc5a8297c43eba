// What `npm ci` may do: run no install script that was not decided on, and fetch nothing of ONNX
// Runtime from outside the registry, whichever npm installs.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const read = (name: string): string => readFileSync(join(root, name), 'utf8')

interface LockEntry {
  readonly hasInstallScript?: boolean
  readonly optional?: boolean
  readonly resolved?: string
}
// npm's own formats, written by npm.
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, LockEntry> }
const { allowScripts } = JSON.parse(read('package.json')) as {
  allowScripts: Record<string, boolean>
}
/** Settings of the repository's .npmrc. */
const npmrc = new Map(
  read('.npmrc')
    .split('\n')
    .filter((line) => line.includes('=') && !/^\s*[;#]/.test(line))
    .map((line) => line.split('=').map((part) => part.trim()) as [string, string])
)

describe('the lock file', () => {
  it('names no address, so that any registry serves it', () => {
    expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual(
      []
    )
  })

  it('holds no install script that nobody decided on', () => {
    const names = Object.entries(lock.packages)
      .filter(([, entry]) => entry.hasInstallScript === true && entry.optional !== true)
      .map(([place]) => place.split('node_modules/').at(-1) ?? '')
    expect(names).toContain('onnxruntime-node')
    expect(names.filter((name) => !(name in allowScripts))).toEqual([])
  })
})

describe('installing onnxruntime-node', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'winnow-install-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** Runs its install script as npm does, with `setting`; every connection is noted and refused. */
  function install(setting: Record<string, string>): { status: number | null; asked: string } {
    const notes = join(folder, 'asked')
    const guard = join(folder, 'guard.cjs')
    writeFileSync(notes, '')
    writeFileSync(
      guard,
      `const net = require('node:net'), fs = require('node:fs')
      net.Socket.prototype.connect = function () {
        fs.appendFileSync(${JSON.stringify(notes)}, 'connection\\n')
        process.nextTick(() => this.destroy(new Error('refused by the test')))
        return this
      }`
    )
    const env = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !/^(npm_|onnxruntime|node_options)/i.test(name)
      )
    )
    const script = join(root, 'node_modules', 'onnxruntime-node', 'script', 'install.js')
    // As on a Linux computer of the usual kind, the only one that it fetches anything for.
    const system = `const os = require('node:os'); os.platform = () => 'linux'; os.arch = () => 'x64'`
    writeFileSync(join(folder, 'system.cjs'), system)
    const run = spawnSync(
      process.execPath,
      ['--require', guard, '--require', join(folder, 'system.cjs'), script],
      { cwd: folder, encoding: 'utf8', env: { ...env, ...setting } }
    )
    return { status: run.status, asked: readFileSync(notes, 'utf8') }
  }

  it('would ask another server if it were not told', () => {
    const { status, asked } = install({})
    expect(asked).not.toBe('')
    expect(status).not.toBe(0)
  })

  it('asks nobody with the setting of .npmrc, which npm before 11.16 hands to it', () => {
    const setting = npmrc.get('onnxruntime-node-install') ?? ''
    expect(setting).toBe('skip')
    const run = install({ npm_config_onnxruntime_node_install: setting })
    expect(run).toEqual({ status: 0, asked: '' })
  })

  it('does not happen at all with npm 11.16 and later', () => {
    expect(allowScripts['onnxruntime-node']).toBe(false)
  })
})
