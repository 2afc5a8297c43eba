// Datasets held in arrays: pictures and tables, labels, parts and names found by themselves or
// chosen, the same pixels again afterwards, and refusals that say what to do.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openItemSource } from '../../item-source.ts'
import { previewSource } from '../../preview.ts'
import { recognise } from '../../recognise.ts'
import { optionsOf, readAll, writeTree } from '../../testing/fixtures.ts'
import { temporaryFolder } from '../../../store/store.test-support.ts'
import { pixelFingerprint } from '../idx-reader.ts'
import {
  npyOf,
  pickle,
  safetensorsOf,
  tensorPickle,
  torchZip,
  zipOf
} from './arrays.test-support.ts'

let folder: ReturnType<typeof temporaryFolder>
let path = ''
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'digits.npz')
})
afterEach(() => folder.remove())

const side = 5
const each = side * side

/** `count` grey pictures whose pixels tell them apart. */
function pixels(count: number, from = 0): Uint8Array {
  return Uint8Array.from(
    { length: count * each },
    (_, i) => (i * 7 + Math.floor(i / each) * 13 + from) & 255
  )
}

function labelsOf(count: number): BigInt64Array {
  return BigInt64Array.from({ length: count }, (_, i) => BigInt(i % 3))
}

async function writeDigits(isPacked: boolean): Promise<void> {
  await writeFile(
    path,
    await zipOf(
      {
        'x_train.npy': npyOf('|u1', [6, side, side], pixels(6)),
        'y_train.npy': npyOf('<i8', [6], labelsOf(6)),
        'x_test.npy': npyOf('|u1', [3, side, side], pixels(3, 99)),
        'y_test.npy': npyOf('<i8', [3], labelsOf(3))
      },
      isPacked
    )
  )
}

describe('pictures in .npz', () => {
  it.each([false, true])('train and test with labels are found (packed: %s)', async (isPacked) => {
    await writeDigits(isPacked)
    const { plan, items, problems } = await readAll(path)
    expect(plan).toMatchObject({
      format: 'npz',
      kind: 'images',
      classNames: ['0', '1', '2'],
      total: 9
    })
    expect(problems).toEqual([])
    expect(items.map(({ split, label }) => `${split}${label}`)).toEqual([
      'train0',
      'train1',
      'train2',
      'train0',
      'train1',
      'train2',
      'test0',
      'test1',
      'test2'
    ])
    const shape = { height: side, width: side, channels: 1 }
    expect(items[1].fingerprint).toEqual(
      new Uint8Array(pixelFingerprint(pixels(6).subarray(each, 2 * each), shape))
    )
  })

  it('the same pixels come back from the item source', async () => {
    await writeDigits(true)
    const { items } = await readAll(path)
    const source = await openItemSource({ kind: 'images', format: 'npz', path, storage: 'link' })
    const read = await source.readPixels([items[7].locator, items[0].locator], {
      size: side,
      channels: 1
    })
    await source.close()
    expect(read.failed).toEqual([])
    expect([...read.pixels]).toEqual([
      ...pixels(3, 99).subarray(each, 2 * each),
      ...pixels(6).subarray(0, each)
    ])
  })

  it('an import goes on in the middle with the same items', async () => {
    await writeDigits(false)
    const whole = await readAll(path)
    const position = { units: 4, rows: 4, skipped: 0 }
    const rest = await readAll(path, {}, { plan: whole.plan, position })
    expect(rest.items).toEqual(whole.items.slice(4))
  })

  it('chosen arrays come before what the names say', async () => {
    await writeDigits(false)
    const { plan, items } = await readAll(path, { array: 'x_test', labelArray: '' })
    expect(plan.classNames).toEqual([])
    expect(items.map(({ split, label }) => `${split}${label}`)).toEqual([
      'none-1',
      'none-1',
      'none-1'
    ])
    await expect(readAll(path, { array: 'x_test', labelArray: 'y_train' })).rejects.toThrow(
      /one label for each of the 3/
    )
    await expect(readAll(path, { array: 'y_test' })).rejects.toThrow(/neither pictures nor rows/)
    await expect(readAll(path, { array: 'z' })).rejects.toMatchObject({ code: 'column-not-found' })
  })

  it('names of classes, as texts, stand for the values', async () => {
    const names = Uint32Array.from('cat\0dog\0bird', (letter) => letter.codePointAt(0) ?? 0)
    await writeFile(
      path,
      await zipOf({
        'images.npy': npyOf('|u1', [3, side, side, 1], pixels(3)),
        'labels.npy': npyOf('|u1', [3], Uint8Array.of(2, 0, 1)),
        'class_names.npy': npyOf('<U4', [3], names)
      })
    )
    const { plan, items } = await readAll(path)
    expect(plan.classNames).toEqual(['bird', 'cat', 'dog'])
    expect(items.map(({ label }) => plan.classNames[label])).toEqual(['bird', 'cat', 'dog'])
  })

  it('the preview lists every array and says which were chosen', async () => {
    await writeDigits(false)
    const preview = await previewSource(path, optionsOf())
    expect(preview).toMatchObject({
      sentence:
        'Looks like a NumPy file with grey pictures of 5 × 5, with labels of 3 classes, already split into train and test.',
      itemsEstimate: 9,
      isComplete: true,
      options: { array: 'x_train', labelArray: 'y_train' },
      classes: [
        { name: '0', count: 3 },
        { name: '1', count: 3 },
        { name: '2', count: 3 }
      ]
    })
    expect(preview.arrays.map(({ name }) => name)).toEqual([
      'x_train',
      'y_train',
      'x_test',
      'y_test'
    ])
    expect(preview.items[0].thumbnail?.length).toBeGreaterThan(50)
  })

  it('fractions are no labels, and say so when they are chosen', async () => {
    await writeFile(
      path,
      await zipOf({
        'x.npy': npyOf('|u1', [2, side, side], pixels(2)),
        'y.npy': npyOf('<f4', [2], Float32Array.of(0.5, 1))
      })
    )
    await expect(readAll(path)).rejects.toThrow(/holds fractions/)
    const { items } = await readAll(path, { labelArray: '' })
    expect(items).toHaveLength(2)
  })
})

describe('values of pictures', () => {
  async function shown(
    values: Float32Array
  ): Promise<{ pixels: number[]; notes: readonly string[] }> {
    await writeFile(path, await zipOf({ 'x.npy': npyOf('<f4', [1, 4, 4], values) }))
    const { plan, items } = await readAll(path)
    const source = await openItemSource({ kind: 'images', format: 'npz', path, storage: 'link' })
    const read = await source.readPixels([items[0].locator], { size: 4, channels: 1 })
    await source.close()
    return {
      pixels: [...read.pixels],
      notes: plan.notes.filter((note) => !note.startsWith('No labels'))
    }
  }

  it('0 to 1 become 0 to 255; 0 to 255 stay', async () => {
    const ones = Float32Array.from({ length: 16 }, (_, i) => i / 15)
    expect(await shown(ones)).toEqual({
      pixels: [...ones].map((v) => Math.round(v * 255)),
      notes: []
    })
    const bytes = Float32Array.from({ length: 16 }, (_, i) => i * 17)
    expect(await shown(bytes)).toEqual({ pixels: [...bytes], notes: [] })
  })

  it('anything else is stretched, with a note; what is no number is black', async () => {
    const values = Float32Array.from({ length: 16 }, (_, i) => i / 4 - 2)
    values[3] = Number.NaN
    const made = await shown(values)
    expect(made.notes).toEqual([expect.stringContaining('from -2 to 1.75')])
    expect(made.pixels[0]).toBe(0)
    expect(made.pixels[3]).toBe(0)
    expect(made.pixels[15]).toBe(255)
  })

  it('channels first and channels last are the same picture; transparency is laid on white', async () => {
    const last = Uint8Array.from({ length: 4 * 6 * 3 }, (_, i) => i * 3)
    const first = Uint8Array.from(last, (_, i) => last[(i % 24) * 3 + Math.floor(i / 24)])
    const clear = new Uint8Array(4 * 6 * 4).fill(0)
    const prints: string[] = []
    for (const [shape, data] of [
      [[1, 4, 6, 3], last],
      [[1, 3, 4, 6], first],
      [[1, 4, 6, 4], clear]
    ] as const) {
      await writeFile(path, await zipOf({ 'x.npy': npyOf('|u1', shape, data) }))
      const { items } = await readAll(path)
      expect(items[0]).toMatchObject({ width: 6, height: 4 })
      prints.push(Buffer.from(items[0].fingerprint).toString('hex'))
    }
    expect(prints[0]).toBe(prints[1])
    const white = pixelFingerprint(new Uint8Array(72).fill(255), {
      height: 4,
      width: 6,
      channels: 3
    })
    expect(prints[2]).toBe(Buffer.from(white).toString('hex'))
  })
})

describe('.npy files side by side', () => {
  it('a folder and a picked file find their labels, and copies are complete', async () => {
    await writeTree(folder.path, {
      'set/X_train.npy': npyOf('|u1', [4, side, side], pixels(4)),
      'set/y_train.npy': npyOf('<i4', [4], Int32Array.of(5, 6, 5, 6)),
      'set/notes.npy': npyOf('<f8', [7], new Float64Array(7))
    })
    const place = join(folder.path, 'set')
    const { plan, items } = await readAll(place)
    expect(plan).toMatchObject({ format: 'npy', classNames: ['5', '6'] })
    const picked = await readAll(join(place, 'X_train.npy'))
    expect(picked.items).toEqual(items)
    const found = await recognise(join(place, 'X_train.npy'), optionsOf())
    expect(found.isFile).toBe(false)
    expect(await found.filesToCopy(optionsOf())).toEqual({
      folder: place,
      names: ['X_train.npy', 'y_train.npy']
    })
    const source = await openItemSource({
      kind: 'images',
      format: 'npy',
      path: place,
      storage: 'link'
    })
    expect(
      (await source.readPixels([items[2].locator], { size: side, channels: 1 })).failed
    ).toEqual([])
    const outside = `../set/X_train.npy#0`
    expect((await source.readPixels([outside], { size: side, channels: 1 })).failed).toEqual([0])
    await source.close()
  })
})

describe('tables', () => {
  it('rows of numbers become columns, beside their labels', async () => {
    const values = Float64Array.of(1.5, 2, -3, 4, Number.NaN, 6)
    const data = Buffer.concat([
      Buffer.from(values.buffer),
      Buffer.from(Int32Array.of(7, 8, 7).buffer)
    ])
    await writeFile(
      join(folder.path, 't.safetensors'),
      safetensorsOf(
        {
          features: { dtype: 'F64', shape: [3, 2], data_offsets: [0, 48] },
          targets: { dtype: 'I32', shape: [3], data_offsets: [48, 60] }
        },
        data
      )
    )
    const { plan, items } = await readAll(join(folder.path, 't.safetensors'))
    expect(plan).toMatchObject({
      format: 'safetensors',
      kind: 'table',
      labelColumn: 'targets',
      classNames: ['7', '8']
    })
    expect(plan.columns.map(({ name, role }) => `${name}: ${role}`)).toEqual([
      'Column 1: number',
      'Column 2: number',
      'targets: label'
    ])
    expect(
      items.map(({ values: kept, label }) => [kept['Column 1'], kept['Column 2'], label])
    ).toEqual([
      [1.5, 2, 0],
      [-3, 4, 1],
      [null, 6, 0]
    ])
  })

  it('columns can be left out; a row without numbers is listed', async () => {
    const file = join(folder.path, 't.npy')
    await writeFile(file, npyOf('<f4', [3, 2], Float32Array.of(1, 2, Number.NaN, 4, 5, 6)))
    const { items, problems } = await readAll(file, { roles: { 'Column 2': 'ignore' } })
    expect(items.map(({ row, values }) => [row, values])).toEqual([
      [0, { 'Column 1': 1 }],
      [1, { 'Column 1': 5 }]
    ])
    expect(problems).toEqual([{ where: 'Row 2', reason: 'The row has no numbers.' }])
    await expect(readAll(file, { roles: { 'Column 9': 'keep' } })).rejects.toMatchObject({
      code: 'column-not-found'
    })
    await expect(readAll(file, { roles: { 'Column 1': 'text' } })).rejects.toMatchObject({
      code: 'invalid-input'
    })
  })

  it('a wide one is to be joined as a matrix, and so is a PyTorch file', async () => {
    const file = join(folder.path, 'wide.npy')
    await writeFile(file, npyOf('<f4', [2, 300], new Float32Array(600)))
    await expect(readAll(file)).rejects.toMatchObject({
      code: 'too-large',
      hint: expect.stringContaining('matrix')
    })
    const torch = join(folder.path, 'x.pt')
    const body = tensorPickle({ storage: 'FloatStorage', shape: [1, 2], length: 2 })
    await writeFile(
      torch,
      await torchZip(Buffer.concat([body, pickle.mark.subarray(0, 0)]), { 0: Buffer.alloc(8) })
    )
    await expect(readAll(torch)).rejects.toMatchObject({ hint: expect.stringContaining('matrix') })
  })
})
