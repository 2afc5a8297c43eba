// Exported tiny sets on a real project: real pictures with richer labels, made pictures, and rows of
// a table. What is written is what students learned from, verifies, and is whole or not there.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parquetReadObjects } from 'hyparquet'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DistilResult } from '../../../api/dto/distil.ts'
import {
  addPictures,
  addRows,
  createDistilFixture,
  type DistilFixture
} from '../../distillation/distil.test-support.ts'
import { parseNpyHeader } from '../../features/npy-header.ts'
import { distillationMethods } from '../../methods/distillation/registry.ts'
import { planExport } from '../export-plan.ts'
import { verifyFolder } from '../verify-folder.ts'
import { buildTinyReport } from './build-tiny-report.ts'
import type { TinySet } from './tiny-set.ts'
import {
  enrichLabels,
  exportDeps,
  exportPlace,
  exportsThere,
  exportTiny,
  makeTiny,
  softSettings,
  tinySets,
  valuesOfSet
} from './tiny-export.test-support.ts'

let fixture: DistilFixture
let real: DistilResult
let made: DistilResult
beforeAll(async () => {
  fixture = await createDistilFixture()
  await addPictures(fixture, 160)
  await addRows(fixture)
  const soft = { id: 'soft-labels', params: softSettings }
  real = await makeTiny(fixture, 'real', 'pictures', { method: soft })
  await enrichLabels(fixture, 'real')
  made = await makeTiny(fixture, 'made', 'pictures', {
    kind: 'made',
    method: { id: 'distribution-matching', params: { iterations: 2, realPerClass: 8 } },
    check: { isOn: false }
  })
  await makeTiny(fixture, 'rows', 'rows', { method: soft, check: { isOn: false } })
}, 120_000)
afterAll(() => fixture.dispose())
afterEach(() => {
  for (const name of exportsThere(fixture))
    rmSync(join(exportPlace(fixture), name), { recursive: true })
})

/** Numbers of a .npy file. */
function npy(bytes: Buffer): { shape: readonly number[]; values: number[] } {
  const { dtype, shape, dataOffset } = parseNpyHeader(bytes, bytes.length)
  expect(dtype).toBe('float32')
  const { buffer } = new Uint8Array(bytes.subarray(dataOffset))
  return { shape, values: [...new Float32Array(buffer)] }
}

describe('an exported set of real pictures', () => {
  it('holds originals, labels, numbers, words and a manifest that verifies', async () => {
    const out = await exportTiny(fixture, 'real', { layouts: [...layouts, 'hf-folder'] })
    expect(out.items).toBe(8)
    const top = new Set(out.files.map((path) => path.split('/')[0]))
    expect([...top].sort()).toEqual(
      [
        ...['README.txt', 'arrays', 'data-card.md', 'grid.png', 'hf', 'items', 'labels.csv'],
        ...['labels.parquet', 'manifest.json', 'recipe.json', 'report.html', 'train.npz'],
        ...['train.py', 'train.safetensors']
      ].sort()
    )
    expect((await verifyFolder(out.dir)).ok).toBe(true)
    expect(out.files.filter((path) => path.startsWith('items/'))).toHaveLength(8)
    const first = await sharp(out.bytes('items/c0_0000.png')).metadata()
    expect([first.width, first.height]).toEqual([12, 12])
    const manifest = JSON.parse(out.text('manifest.json')) as Record<string, unknown>
    expect(manifest).toMatchObject({ synthetic: false, items: 8, check: real.check })
    expect(manifest['tiny']).toMatchObject({
      input: { height: 12, values: '(pixel / 255 - mean) / sd' },
      student: { recipe: { epochs: 10 } },
      ledger: real.ledger
    })
    expect(fixture.store.exports.list('real')[0]).toMatchObject({ name: 'Tiny', items: 8 })
  })

  it('has the numbers that students learned from: the pixels of the originals, scaled', async () => {
    const out = await exportTiny(fixture, 'real')
    const set = await tinySets(fixture).open('real')
    const images = npy(out.bytes('arrays/images.npy'))
    expect(images.shape).toEqual([8, 12, 12, 1])
    expect(images.values).toEqual([...(await valuesOfSet(fixture, set))])
    const raw = await sharp(out.bytes('items/c0_0000.png')).greyscale().raw().toBuffer()
    const { mean, sd } = set.facts.normalisation
    raw.forEach((byte, i) =>
      expect(images.values[i]).toBeCloseTo((byte / 255 - (mean[0] ?? 0)) / (sd[0] ?? 1), 5)
    )
    const targets = npy(out.bytes('arrays/targets.npy'))
    expect(targets.shape).toEqual([8, 4])
    for (let item = 0; item < 8; item++)
      expect(targets.values.slice(4 * item, 4 * item + 4).reduce((a, b) => a + b)).toBeCloseTo(1, 3)
  })

  it('says the same in labels.csv and labels.parquet', async () => {
    const out = await exportTiny(fixture, 'real')
    const [header, ...lines] = out.text('labels.csv').trim().split('\r\n')
    expect(header).toBe(
      'item,path,label,label_number,id,original,share c0,share c1,share c2,share c3'
    )
    const file = out.bytes('labels.parquet')
    const rows = await parquetReadObjects({ file: new Uint8Array(file).buffer })
    expect(rows).toHaveLength(8)
    for (const [item, line] of lines.entries()) {
      const cells = line.split(',')
      expect(cells[1]).toMatch(new RegExp(`^items/${cells[2]}_000${item}\\.png$`))
      expect(cells.slice(0, 6)).toEqual(
        ['item', 'path', 'label', 'label_number', 'id', 'original'].map((name) =>
          String(rows[item]?.[name])
        )
      )
      for (const [label, cell] of cells.slice(6).entries())
        expect(Number(cell)).toBeCloseTo(Number(rows[item]?.[`share c${label}`]), 5)
    }
  })

  it('when an original is gone is refused, and nothing is left', async () => {
    const path = join(fixture.folder, 'source', 'train-images-idx3-ubyte')
    const bytes = readFileSync(path)
    rmSync(path)
    try {
      await expect(exportTiny(fixture, 'real')).rejects.toMatchObject({
        code: expect.stringMatching(/file-/) as string
      })
    } finally {
      writeFileSync(path, bytes)
    }
    expect(exportsThere(fixture)).toEqual([])
  })
})

const layouts = ['arrays', 'npy', 'safetensors', 'parquet'] as const

describe('an exported set of made pictures', () => {
  it('is marked as made by the computer everywhere', async () => {
    const out = await exportTiny(fixture, 'made', { layouts: ['hf-folder'] })
    expect(JSON.parse(out.text('manifest.json'))).toMatchObject({ synthetic: true, check: null })
    expect(out.text('README.txt')).toContain('Computer-made items are not real photos.')
    expect(out.text('hf/README.md')).toMatch(/^---\n[\s\S]*\nsynthetic: true\n/)
    expect(out.text('data-card.md')).toContain('- Computer-made items: all\n')
    expect(out.text('report.html')).toContain('not real photos')
    const lines = out.text('hf/train/metadata.jsonl').trim().split('\n')
    for (const line of lines) {
      const { file_name } = JSON.parse(line) as { file_name: string }
      expect(out.files).toContain(`hf/train/${file_name}`)
    }
    expect(lines).toHaveLength(made.decodedItems)
    expect(out.files).not.toContain('train.npz')
    expect(out.text('README.txt')).not.toContain('import torch')
  })

  it('that are mixed from shared pictures come with these, and with how to mix them', async () => {
    const tiny = tinySets(fixture)
    const part = (name: string, part: 'items' | 'coefficients', shape: readonly number[]) => {
      const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i)
      return { name, part, shape, values, bytesEach: 4 } as const
    }
    const stored = [
      part('bases', 'items', [3, 6, 6, 1]),
      part('addresses', 'coefficients', [4, made.decodedItems / 4, 3])
    ]
    const open = async (run: string): Promise<TinySet> => ({
      ...(await tiny.open(run)),
      ...{ form: 'memories', stored }
    })
    const deps = exportDeps(fixture, { ...tiny, open })
    const out = await exportTiny(fixture, 'made', { layouts: ['npy'] }, { deps })
    const bases = npy(out.bytes('parts/bases.npy'))
    const mix = npy(out.bytes('parts/coefficients.npy'))
    expect(bases.shape).toEqual([3, 6, 6, 1])
    expect(mix.shape).toEqual([4, out.items / 4, 3])
    expect(mix.values.slice(0, 3)).toEqual([0, 1, 2])
    expect(out.text('README.txt')).toContain("np.load('parts/coefficients.npy')")
    expect((await verifyFolder(out.dir)).ok).toBe(true)
  })

  it('can be exported when the data it was made from is gone from the project', async () => {
    const deps = exportDeps(fixture)
    const { store } = deps.project
    const gone = {
      ...store,
      exports: store.exports,
      datasets: { ...store.datasets, get: () => undefined }
    }
    const out = await exportTiny(
      fixture,
      'made',
      {},
      {
        deps: { ...deps, project: { ...deps.project, store: gone as typeof store } }
      }
    )
    expect((await verifyFolder(out.dir)).ok).toBe(true)
  })

  it('stopped in the middle leaves nothing, and an earlier export as it was', async () => {
    const before = await exportTiny(fixture, 'made')
    const abort = new AbortController()
    const stopped = exportTiny(
      fixture,
      'made',
      { conflict: 'replace' },
      {
        signal: abort.signal,
        onProgress: (done) => done > 2 && abort.abort()
      }
    )
    await expect(stopped).rejects.toThrow()
    expect(exportsThere(fixture)).toEqual(['Tiny'])
    expect((await verifyFolder(before.dir)).ok).toBe(true)
  })

  it('holds the files its method adds, and says what they are', async () => {
    const methods = distillationMethods.map((method) =>
      method.id === 'distribution-matching'
        ? {
            ...method,
            exportFiles: async () => [
              { name: 'decoder.onnx', bytes: Uint8Array.of(8, 7), text: 'makes more items' },
              {
                name: 'clouds.npy',
                array: { shape: [1, 2], values: Float32Array.of(3, 4) },
                text: 'for it'
              }
            ]
          }
        : method
    )
    const out = await exportTiny(
      fixture,
      'made',
      {},
      {
        deps: exportDeps(fixture, tinySets(fixture, methods))
      }
    )
    expect([...out.bytes('decoder.onnx')]).toEqual([8, 7])
    expect(npy(out.bytes('clouds.npy'))).toEqual({ shape: [1, 2], values: [3, 4] })
    expect(out.text('README.txt')).toMatch(/decoder\.onnx +makes more items/)
    expect((await verifyFolder(out.dir)).ok).toBe(true)
  })
})

describe('an exported set of rows of a table', () => {
  it('holds the rows with their content and their numbers, and no pictures', async () => {
    const out = await exportTiny(fixture, 'rows')
    const set = await tinySets(fixture).open('rows')
    expect(out.files).not.toContain('grid.png')
    expect(out.files.some((path) => path.startsWith('items/'))).toBe(false)
    expect(out.text('items.csv').trim().split('\r\n')).toHaveLength(1 + set.count)
    const rows = npy(out.bytes('arrays/rows.npy'))
    expect(rows.shape).toEqual([set.count, 8])
    expect(rows.values).toEqual([...(await valuesOfSet(fixture, set))])
    expect(new Set(rows.values).size).toBeGreaterThan(8)
  })

  it('cannot be a folder of pictures, and says so', async () => {
    const plan = await planExport(exportDeps(fixture), {
      run: 'rows',
      place: exportPlace(fixture),
      name: null
    })
    expect(plan.layouts.find(({ layout }) => layout === 'hf-folder')).toEqual({
      layout: 'hf-folder',
      isPossible: false,
      reason: 'The items are no pictures.',
      sizeBytes: 0
    })
    await expect(exportTiny(fixture, 'rows', { layouts: ['hf-folder'] })).rejects.toThrow(
      'The items are no pictures.'
    )
    await expect(exportTiny(fixture, 'rows', { layouts: ['openai'] })).rejects.toThrow(
      'not for tiny training sets'
    )
    expect(readdirSync(exportPlace(fixture))).toEqual([])
  })
})

describe('the plan and the report', () => {
  it('the plan names what would be written', async () => {
    const plan = await planExport(exportDeps(fixture), {
      run: 'real',
      place: undefined,
      name: null
    })
    expect(plan).toMatchObject({ items: 8, totalItems: real.trainItems, nameTaken: false })
    expect(plan.layouts.every(({ isPossible }) => isPossible)).toBe(true)
    expect(plan.sentence).toContain('8 items that stand for')
  })

  it('the report shows verdict, arms with numbers, storage and labels of items; no scripts', async () => {
    const facts = { createdAt: '2026-11-21T11:24:28.180Z', appVersion: '1.0.0' }
    const html = await buildTinyReport(await tinySets(fixture).open('real'), facts)
    expect(html).toContain(real.check?.verdict.replaceAll("'", '&#39;'))
    for (const words of ['Random real items, plain labels', 'What it takes', 'Before you use it'])
      expect(html).toContain(words)
    expect(html.match(/data:image\/png;base64,/g)).toHaveLength(8)
    expect(html).toContain('<div class="bar"><i style="width:')
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/)
    expect(html).not.toContain(fixture.folder)
  })
})
