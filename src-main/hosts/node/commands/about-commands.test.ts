// Commands about Winnow itself: they answer without the product, and say when something is missing.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommandLine } from '../cli.ts'
import { licencesCommand } from './about-commands.ts'
import { demoFolder } from './demo-command.ts'
import { createOutput, UsageError } from './output.ts'

let folder: string
let said: string
const stream = { write: (text: string) => void (said += text) }
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'winnow-about-'))
  said = ''
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('winnow --version', () => {
  it('names the version and what it runs on, in words and as an object', async () => {
    expect(await runCommandLine(['--version'], stream)).toBe(0)
    expect(said).toMatch(/^Winnow \d+\.\d+\.\d+ \(Node \d+\.\d+\.\d+, \w+ \w+\)\n$/)
    said = ''
    expect(await runCommandLine(['version', '--json'], stream)).toBe(0)
    expect(JSON.parse(said)).toMatchObject({ node: process.versions.node, arch: process.arch })
    expect(await runCommandLine(['--version', '--loud'], stream)).toBe(3)
  })

  it('is in the list of commands, as are licences', async () => {
    await runCommandLine(['help'], stream)
    expect(said).toContain('winnow --version')
    expect(said).toContain('winnow licences')
  })
})

describe('winnow licences', () => {
  const parts = [
    { name: 'winnow', version: '1.0.0', licence: 'Apache-2.0', home: 'both', texts: [0] },
    { name: 'tables', version: '2.0.0', licence: 'MIT', home: 'local', texts: [1, 2] },
    { name: 'windows', version: '3.0.0', licence: 'MIT', home: 'desktop', texts: [1] }
  ]
  const list = (...words: string[]): number =>
    licencesCommand(createOutput(false, stream), words, folder)

  it('lists what this form of the app carries, and shows texts of what is named', () => {
    mkdirSync(join(folder, 'out', 'renderer'), { recursive: true })
    const texts = ['one', 'two', 'three']
    const file = join(folder, 'out', 'renderer', 'licences.json')
    writeFileSync(file, JSON.stringify({ parts, texts }))
    expect(list()).toBe(0)
    expect(said).toBe(
      'winnow 1.0.0  Apache-2.0\ntables 2.0.0  MIT\n\nThe texts: winnow licences NAME\n'
    )
    said = ''
    expect(list('TABLES', 'mit')).toBe(0)
    expect(said).toBe('tables 2.0.0  MIT\n\ntwo\n\n\nthree\n\n')
    said = ''
    licencesCommand(createOutput(true, stream), ['winnow'], folder)
    expect(JSON.parse(said)).toMatchObject({ parts: [{ name: 'winnow', texts: ['one'] }] })
    expect(() => list('nothing')).toThrow(UsageError)
  })

  it('says what to do where the list was not built yet', () => {
    expect(() => list()).toThrow(/npm run build/)
  })
})

describe("the demo's folder", () => {
  it('is the one asked for, else in the current one, else among the projects', () => {
    const projects = join(folder, 'projects')
    expect(demoFolder(['--to', 'x'], projects, folder)).toBe(join(folder, 'x'))
    expect(demoFolder(['--to=x'], projects, folder)).toBe(join(folder, 'x'))
    expect(demoFolder([], projects, folder)).toBe(join(folder, '.winnow-demo'))
    // One that is not there cannot be written into either, and this holds for root as well.
    expect(demoFolder([], projects, join(folder, 'gone'))).toBe(join(projects, 'Demo'))
  })
})
