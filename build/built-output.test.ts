// The checks of built output find what they are for, on small trees of their own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mainEntries, missingOutput, preloadProblems, unresolvedImports } from './built-output.ts'
import { closureOf } from './production-packages.ts'

let root: string
const put = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'winnow-built-'))
  for (const name of mainEntries) put(`out/main/${name}`, "import 'node:fs'")
  put('out/preload/preload.cjs', "let e = require('electron')\ne.contextBridge")
  put('out/renderer/index.html', '<!doctype html>')
  put('package.json', JSON.stringify({ dependencies: { zod: '1', vue: '1' } }))
  put('package-lock.json', JSON.stringify({ packages: {} }))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('built output', () => {
  it('has no problems when it is whole', () => {
    put('out/main/electron.js', "import 'electron'\nimport './chunks/a.js'")
    put('out/main/chunks/a.js', "import { z } from 'zod'\nawait import('node:path')")
    expect([missingOutput(root), unresolvedImports(root), preloadProblems(root)]).toEqual([
      [],
      [],
      []
    ])
  })

  it('names what is missing or empty', () => {
    put('out/main/cli.js', '')
    rmSync(join(root, 'out', 'renderer'), { recursive: true })
    expect(missingOutput(root).map((line) => line.split(' ')[0]?.replaceAll('\\', '/'))).toEqual([
      'out/main/cli.js',
      'out/renderer/index.html'
    ])
  })

  it.each([
    ["import 'left-pad'", /left-pad is no dependency/],
    ["import { ref } from 'vue'", /vue is left out/],
    ["await import('./chunks/gone.js')", /gone\.js, which is not there/]
  ])('finds that %s cannot be resolved', (code, problem) => {
    put('out/main/backend.js', code)
    expect(unresolvedImports(root)).toEqual([expect.stringMatching(problem)])
  })

  it.each([
    ["require('node:fs')", /loads node:fs/],
    ["require('./chunk.cjs')", /loads \.\/chunk\.cjs/],
    ['require(name)', /loads a file/],
    ["import 'electron'", /no CommonJS/]
  ])('refuses a preload script with %s', (code, problem) => {
    put('out/preload/preload.cjs', code)
    expect(preloadProblems(root)).toEqual([expect.stringMatching(problem)])
  })

  it('refuses a preload script in pieces', () => {
    put('out/preload/chunk.cjs', '')
    expect(preloadProblems(root)).toEqual([expect.stringMatching(/more than one file/)])
  })
})

describe('closureOf', () => {
  it('finds packages as Node does, nearest first', () => {
    const lock = {
      'node_modules/a': { dependencies: { b: '1', missing: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
      'node_modules/b': {},
      'node_modules/c': { optionalDependencies: { a: '1' } },
      'node_modules/d': {}
    }
    expect([...closureOf(lock, ['a'])]).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c'
    ])
  })

  it('does not follow what a package needs for its installation alone', () => {
    const lock = {
      'node_modules/a': { dependencies: { b: '1', c: '1' } },
      'node_modules/b': { dependencies: { d: '1' } },
      'node_modules/c': {},
      'node_modules/d': { dependencies: { c: '1' } }
    }
    expect([...closureOf(lock, ['a'], { a: ['b'] })]).toEqual(['node_modules/a', 'node_modules/c'])
    expect([...closureOf(lock, ['a', 'd'], { a: ['b'] })]).toContain('node_modules/d')
  })
})
