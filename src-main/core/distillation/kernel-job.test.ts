// Kernel sets from start to end: made, tested with their own model and with networks, exported, and the
// exported numbers give the same accuracy again - here, and in NumPy where it is installed.
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DistilResult } from '../../api/dto/distil.ts'
import { describeSource, openItemSource } from '../datasets/item-source.ts'
import { openFastDevice } from '../evaluation/models/models.test-support.ts'
import { kernelAccuracy, kernelFactsOf } from '../networks/kernel-model.ts'
import { labelledPictures } from '../networks/normalisation.ts'
import {
  exportPlace,
  exportTiny,
  makeTiny,
  pythonWith,
  type ExportedTiny
} from '../reports/distilled/tiny-export.test-support.ts'
import { addPictures, createDistilFixture, type DistilFixture } from './distil.test-support.ts'
import { loadSplit } from './frozen-split.ts'

const side = 12
let fixture: DistilFixture
beforeAll(async () => {
  fixture = await createDistilFixture()
  await addPictures(fixture, 240, side, 35)
})
afterAll(() => fixture.dispose())

/** An exported array of 32-bit numbers; its header says how long it is. */
function floats(bytes: Buffer): Float32Array {
  const start = 10 + bytes.readUInt16LE(8)
  return new Float32Array(Uint8Array.from(bytes.subarray(start)).buffer)
}

/** The test items of a run as bytes. */
async function testItems(run: string): Promise<{ pixels: Uint8Array; labels: Int32Array }> {
  const { test, testLabels } = await loadSplit(join(fixture.folder, 'runs', run, 'split'))
  const dataset = fixture.store.datasets.get('pictures')
  if (dataset === undefined) throw new Error('no dataset')
  const source = await openItemSource(describeSource(dataset, join(fixture.folder, 'media')))
  try {
    const locators = Array.from(test, (row) => `train-images-idx3-ubyte#${row}`)
    const { pixels } = await source.readPixels(locators, { size: side, channels: 1 })
    return { pixels, labels: testLabels }
  } finally {
    await source.close()
  }
}

describe.each([
  ['kernel-ridge', 'made', { iterations: 12, batch: 40 }],
  ['kernel-labels', 'real', { fitted: 150 }]
])('a set of %s', (method, kind, params) => {
  let result: DistilResult
  let exported: ExportedTiny
  beforeAll(async () => {
    result = await makeTiny(fixture, method, 'pictures', {
      kind,
      method: { id: method, params },
      perClass: 1,
      check: { repeats: 2, otherNetwork: kind === 'real', equalBytes: false, all: false }
    })
    exported = await exportTiny(fixture, method, { name: method, layouts: ['arrays', 'npy'] })
  }, 60_000)

  it('is tested with the kernel model, which has no step size, and with a network', () => {
    const arms = result.check?.arms ?? []
    const own = arms.filter(({ network }) => network === 'kernel model')
    const others = arms.filter(({ network }) => network !== 'kernel model')
    expect(own.map(({ rate }) => rate)).toEqual(own.map(() => null))
    expect(own.map(({ arm }) => arm)).toContain('random-hard')
    expect(others.length > 0).toBe(kind === 'real')
    for (const { rate } of others) expect(rate).toBeGreaterThan(0)
    const set = own.find(({ arm }) => arm === 'distilled-soft')
    const random = own.find(({ arm }) => arm === 'random-hard')
    expect(set?.accuracy.mean).toBeGreaterThan(random?.accuracy.mean ?? 1)
    // The answer of a linear system has no luck in it.
    expect(set?.accuracy.sd).toBe(0)
  })

  it('gives the same accuracy from its exported numbers', async () => {
    const { manifest } = JSON.parse(
      `{"manifest": ${await readFile(join(fixture.folder, 'runs', method, 'manifest.json'), 'utf8')}}`
    ) as { manifest: { student: Record<string, unknown> } }
    const facts = kernelFactsOf(manifest.student)
    if (facts === undefined) throw new Error('the manifest names no kernel')
    const values = floats(exported.bytes('arrays/images.npy'))
    const count = result.decodedItems
    const [mean, sd] = ['mean', 'sd'].map((name) => [
      ...floats(exported.bytes(`arrays/${name}.npy`))
    ])
    const { pixels, labels } = await testItems(method)
    const shape = { height: side, width: side, channels: 1 }
    const device = await openFastDevice()
    const accuracy = await kernelAccuracy(
      device.tf,
      { values, count, targets: floats(exported.bytes('arrays/targets.npy')) },
      facts,
      labelledPictures(pixels, labels, shape, { mean, sd }),
      new AbortController().signal
    )
    const set = result.check?.arms.find(({ arm }) => arm === 'distilled-soft')
    expect(accuracy).toBeCloseTo(set?.accuracy.mean ?? NaN, 9)
  })

  const python = pythonWith('numpy')
  it.skipIf(python === undefined)('and in NumPy, by the exported program', async () => {
    const { pixels, labels } = await testItems(method)
    const test = join(fixture.folder, `${method}-test`)
    await writeFile(`${test}.images`, pixels)
    await writeFile(`${test}.labels`, Uint8Array.from(labels))
    const folder = join(exportPlace(fixture), method)
    const pack = `
import numpy as np, sys
t = sys.argv[1]
images = np.fromfile(t + '.images', np.uint8).reshape(-1, ${side}, ${side}, 1)
np.savez(t + '.npz', images=images, labels=np.fromfile(t + '.labels', np.uint8))`
    const limits = { timeout: 60_000 }
    execFileSync(python ?? '', ['-c', pack, test], limits)
    const said = execFileSync(
      python ?? '',
      [join(folder, 'kernel-model.py'), `${test}.npz`],
      limits
    ).toString()
    const set = result.check?.arms.find(({ arm }) => arm === 'distilled-soft')
    expect(Number(/accuracy ([\d.]+)/.exec(said)?.[1])).toBeCloseTo(set?.accuracy.mean ?? NaN, 3)
  })
})
