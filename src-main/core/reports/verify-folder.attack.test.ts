// "Verify this folder": names what is missing, changed and extra, and does not let a manifest lead
// it out of the folder.
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { VerifyResult } from '../../api/dto/exports.ts'
import { sha256Hex } from '../files/hashes.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { verifyFolder } from './verify-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
let place = ''
beforeEach(() => {
  folder = temporaryFolder()
  place = join(folder.path, 'set')
  mkdirSync(join(place, 'items', 'rose'), { recursive: true })
  writeFileSync(join(folder.path, 'secret.txt'), 'secret')
  put('items.csv', 'id\r\n')
  put('items/rose/a.jpg', 'aaaa')
  put('items/rose/b.jpg', 'bbbb')
  writeManifest(['items.csv', 'items/rose/a.jpg', 'items/rose/b.jpg'])
})
afterEach(() => folder.remove())

const contents: Record<string, string> = {}
function put(path: string, content: string): void {
  contents[path] = content
  writeFileSync(join(place, path), content)
}

const entry = (path: string, content: string): object => ({
  path,
  bytes: content.length,
  sha256: sha256Hex(Buffer.from(content))
})

function writeManifest(paths: readonly string[], change: object = {}): void {
  const manifest = {
    format: 'winnow-export',
    formatVersion: 1,
    appVersion: '1',
    createdAt: '',
    name: 'set',
    dataset: { name: 'd', contentHash: '', items: 3 },
    items: 2,
    synthetic: false,
    method: {},
    settings: {},
    check: null,
    provenance: {},
    licence: null,
    files: paths.map((path) => entry(path, contents[path] ?? 'secret')),
    ...change
  }
  writeFileSync(join(place, 'manifest.json'), JSON.stringify(manifest))
}

const verify = (): Promise<VerifyResult> => verifyFolder(place)

describe('a folder', () => {
  it('as it was exported is in order', async () => {
    const seen: [number, number][] = []
    const result = await verifyFolder(place, { onFile: (...step) => void seen.push(step) })
    expect(result).toMatchObject({ ok: true, files: 3, missing: [], changed: [], extra: [] })
    expect(result.sentence).toBe('All 3 files are exactly as they were exported.')
    expect(seen).toEqual([
      [1, 3],
      [2, 3],
      [3, 3]
    ])
  })

  it('with a missing, a changed and an extra file names each', async () => {
    rmSync(join(place, 'items', 'rose', 'a.jpg'))
    writeFileSync(join(place, 'items', 'rose', 'b.jpg'), 'bbbB')
    writeFileSync(join(place, 'items', 'c.jpg'), 'c')
    expect(await verify()).toMatchObject({
      ok: false,
      missing: ['items/rose/a.jpg'],
      changed: ['items/rose/b.jpg'],
      extra: ['items/c.jpg'],
      sentence: 'This folder differs from its manifest: 1 missing, 1 changed, 1 extra.'
    })
  })

  it('in which two files changed places, or one grew, has changed', async () => {
    const [a, b] = ['a.jpg', 'b.jpg'].map((name) => join(place, 'items', 'rose', name))
    renameSync(a, `${a}.x`)
    renameSync(b, a)
    renameSync(`${a}.x`, b)
    writeFileSync(join(place, 'items.csv'), 'id\r\nmore\r\n')
    expect((await verify()).changed).toEqual(['items.csv', 'items/rose/a.jpg', 'items/rose/b.jpg'])
  })

  it('can be given up', async () => {
    const signal = AbortSignal.abort()
    await expect(verifyFolder(place, { signal })).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('a manifest that was tampered with', () => {
  it('and names other hashes or sizes shows as changed', async () => {
    writeManifest([], {
      files: [
        { path: 'items.csv', bytes: 4, sha256: '0'.repeat(64) },
        { path: 'items/rose/a.jpg', bytes: 5, sha256: sha256Hex(Buffer.from('aaaa')) }
      ]
    })
    expect(await verify()).toMatchObject({
      changed: ['items.csv', 'items/rose/a.jpg'],
      extra: ['items/rose/b.jpg']
    })
  })

  it.each([
    ['not JSON', 'hello'],
    ['empty', ''],
    ['of another format', '{"format":"other"}'],
    ['a list', '[]']
  ])('%s is no export', async (_, text) => {
    writeFileSync(join(place, 'manifest.json'), text)
    await expect(verify()).rejects.toMatchObject({ code: 'not-an-export' })
  })

  it.each([
    { files: [{ path: '', bytes: 1, sha256: '0'.repeat(64) }] },
    { files: [{ path: 'a', bytes: -1, sha256: '0'.repeat(64) }] },
    { files: [{ path: 'a', bytes: 1, sha256: 'x' }] },
    { files: [{ path: 'a', bytes: 1, sha256: '0'.repeat(64), run: 'me' }] },
    { files: 'all' },
    { formatVersion: 2 }
  ])('with %j is no export', async (change) => {
    writeManifest([], change)
    await expect(verify()).rejects.toMatchObject({ code: 'not-an-export' })
  })

  it('that is missing, a folder or a link is no export', async () => {
    const manifest = join(place, 'manifest.json')
    renameSync(manifest, join(folder.path, 'real.json'))
    await expect(verify()).rejects.toMatchObject({ code: 'not-an-export' })
    symlinkSync(join(folder.path, 'real.json'), manifest)
    await expect(verify()).rejects.toMatchObject({ code: 'not-an-export' })
    rmSync(manifest)
    mkdirSync(manifest)
    await expect(verify()).rejects.toMatchObject({ code: 'not-an-export' })
    await expect(verifyFolder(join(folder.path, 'gone'))).rejects.toMatchObject({
      code: 'not-an-export'
    })
  })

  it('cannot have files outside looked at: their presence must not show', async () => {
    const outside = [
      '../secret.txt',
      'items/../../secret.txt',
      join(folder.path, 'secret.txt'),
      './../secret.txt',
      'items//rose/a.jpg',
      './items.csv',
      '..\\secret.txt',
      'C:\\secret.txt',
      'items.csv\0'
    ]
    writeManifest(outside)
    const result = await verify()
    expect(result.missing).toEqual(outside)
    expect(result.changed).toEqual([])
  })

  it('cannot look through links inside the folder', async () => {
    symlinkSync(join(folder.path, 'secret.txt'), join(place, 'link.txt'))
    symlinkSync(folder.path, join(place, 'out'))
    writeManifest(['link.txt', 'out/secret.txt'])
    const result = await verify()
    expect(result.missing).toEqual(['link.txt', 'out/secret.txt'])
    // The links themselves are shown, what lies behind them is not listed.
    expect(result.extra).toEqual(['items.csv', 'items/rose/a.jpg', 'items/rose/b.jpg', 'out'])
  })
})
