// The local host, the command line and the threads never reach Electron: not in the sources, and
// not in what was built of them.
import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importClosure, importsOf, packageOf } from './import-closure.ts'

const root = join(import.meta.dirname, '..')
const sources = ['node/main.ts', 'node/cli.ts', 'worker/backend.ts', 'worker/compute.ts'].map(
  (name) => join(root, 'src-main', 'hosts', name)
)
const built = ['node.js', 'cli.js', 'backend.js', 'compute.js'].map((name) =>
  join(root, 'out', 'main', name)
)
const place = (file: string): string => relative(root, file).replaceAll(sep, '/')

describe('importsOf', () => {
  it('finds every way of importing', () => {
    const text = `
      import a, { type B } from 'static'
      import type { C } from 'typed'
      export * from 'exported'
      let d: import('typed-in-place').D
      await import('dynamic'); import(\`plain\`); import(name); require('required')
      createRequire(import.meta.url).resolve('resolved/file.json')
      const s = "import x from 'in text'" // import y from 'in a comment'
      path.resolve('not-an-import')`
    expect(importsOf('x.ts', text).map(({ specifier }) => specifier)).toEqual([
      'static',
      'typed',
      'exported',
      'typed-in-place',
      'dynamic',
      'plain',
      undefined,
      'required',
      'resolved/file.json'
    ])
  })

  it('names packages', () => {
    expect(['a', 'a/b', '@s/a', '@s/a/b'].map(packageOf)).toEqual(['a', 'a', '@s/a', '@s/a'])
  })

  it('does find Electron where it is', () => {
    const host = importClosure([join(root, 'src-main', 'hosts', 'electron', 'main.ts')])
    expect([...host.packages.keys()]).toContain('electron')
  })
})

describe('the packages under the native device', () => {
  it('are its alone', () => {
    // Other than dependency-cruiser, this also sees packages that createRequire() looks for.
    const { packages } = importClosure(sources)
    const home = 'src-main/core/compute/devices/native/'
    for (const name of ['onnxruntime-node', 'onnxruntime-common', '@bufbuild/protobuf']) {
      const importers = [...(packages.get(name) ?? [])].map(place)
      expect(importers.filter((file) => !file.startsWith(home))).toEqual([])
    }
  })
})

describe.each([
  { of: 'sources', entries: sources, isThere: true },
  { of: 'built output', entries: built, isThere: built.every((path) => existsSync(path)) }
])('the closure of the $of', ({ entries, isThere }) => {
  it.skipIf(!isThere)('holds no Electron, and every import leads somewhere', () => {
    const { files, packages, computed, missing } = importClosure(entries)
    expect(files.size).toBeGreaterThan(entries.length)
    const forbidden = [...packages.keys()].filter((name) => /electron/.test(name))
    expect(forbidden).toEqual([])
    const ofElectron = [...files].map(place).filter((file) => file.includes('hosts/electron/'))
    expect(ofElectron).toEqual([])
    expect(missing).toEqual([])
    // A computed import could be anything; these name an optional package of TensorFlow's library,
    // and a file of onnxruntime-node that its entry does not export.
    const known = ['packageName', "join(dirname(home), 'binding.js')"]
    const texts = computed.map(({ text }) => text.replaceAll('"', "'"))
    expect(texts).toContain('packageName')
    expect(texts.filter((text) => !known.includes(text))).toEqual([])
  })
})
