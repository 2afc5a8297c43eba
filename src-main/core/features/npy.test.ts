// Arrays on disk: every type round trip, bytes as NumPy writes and reads them, reading by blocks
// and rows, filling in any order, and broken files.
import { execFileSync } from 'node:child_process'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import { halfToNumber } from '../datasets/readers/arrays/array-types.ts'
import { headerCapBytes } from '../datasets/readers/arrays/npy-fields.ts'
import { formatNpyHeader } from './npy-header.ts'
import {
  decodeNpy,
  encodeNpy,
  openNpy,
  openNpyWriter,
  readNpy,
  writeNpy,
  type NpyValues
} from './npy.ts'

let folder: ReturnType<typeof temporaryFolder>
let path = ''
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'a.npy')
})
afterEach(() => folder.remove())

const kinds = [
  Float32Array,
  Float64Array,
  Uint8Array,
  Int32Array,
  Uint32Array
] as const satisfies readonly (new (values: number[]) => NpyValues)[]

const arbitraryArray = fc
  .tuple(
    fc.constantFrom(...kinds),
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
    fc.infiniteStream(fc.oneof(fc.double(), fc.integer()))
  )
  .map(([Kind, shape, numbers]) => {
    const size = shape.reduce((product, n) => product * n, 1)
    const values = new Kind(Array.from(numbers.take(size)))
    return { values, shape }
  })

describe('bytes', () => {
  it('decode to what was encoded, for every type and shape', () => {
    fc.assert(
      fc.property(arbitraryArray, ({ values, shape }) => {
        const decoded = decodeNpy(encodeNpy(values, shape))
        expect(decoded.shape).toEqual(shape)
        expect(decoded.values.constructor).toBe(values.constructor)
        expect(decoded.values).toEqual(values)
      })
    )
  })

  it('of a view are those of the view only', () => {
    const values = new Float32Array([9, 1, 2, 9]).subarray(1, 3)
    expect(Array.from(decodeNpy(encodeNpy(values, [2])).values)).toEqual([1, 2])
  })

  it('may lie anywhere: a Buffer of the pool starts at any offset', () => {
    const encoded = encodeNpy(new Float64Array([1.5, -2.5]), [2])
    for (let offset = 0; offset < 9; offset++) {
      const whole = Buffer.alloc(encoded.length + 20, 0xff)
      whole.set(encoded, offset)
      const { values } = decodeNpy(whole.subarray(offset, offset + encoded.length))
      expect(Array.from(values)).toEqual([1.5, -2.5])
      expect(values.buffer.byteLength).toBe(16)
    }
  })

  it('start at a multiple of 64, as NumPy writes them', () => {
    for (const shape of [[1], [123456789, 0], [1, 2, 3, 4, 5]]) {
      const header = formatNpyHeader('float32', shape)
      expect(header.length % 64).toBe(0)
      expect(header.at(-1)).toBe(10)
    }
  })

  it('that do not fill the shape are refused', () => {
    expect(() => encodeNpy(new Float32Array(5), [2, 3])).toThrow('do not fill')
  })

  it('of 16-bit floats are widened: all 65,536 of them', () => {
    const half = new Float16Array(new Uint16Array([0]).buffer)
    const bits = new Uint16Array(half.buffer)
    for (let i = 0; i < 65_536; i++) {
      bits[0] = i
      expect(Object.is(halfToNumber(i), half[0]) || halfToNumber(i) === half[0]).toBe(true)
    }
  })
})

function rawNpy(header: string, data: Uint8Array, version = 1): Buffer {
  const text = Buffer.from(header, 'latin1')
  const head = Buffer.alloc(version === 1 ? 10 : 12)
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0])
  if (version === 1) head.writeUInt16LE(text.length, 8)
  else head.writeUInt32LE(text.length, 8)
  return Buffer.concat([head, text, data])
}

const good = `{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n`
const eight = new Uint8Array(8)

function codeOf(bytes: Uint8Array): string {
  try {
    decodeNpy(bytes)
    return 'read'
  } catch (error) {
    return error instanceof AppError ? error.code : `crash: ${String(error)}`
  }
}

describe('a file from outside', () => {
  it.each([1, 2, 3])('of version %s is read', (version) => {
    expect(codeOf(rawNpy(good, eight, version))).toBe('read')
  })

  it.each([
    ['no magic', Buffer.from('PK\x03\x04 something else entirely')],
    ['empty', Buffer.alloc(0)],
    ['cut in the preamble', rawNpy(good, eight).subarray(0, 9)],
    ['cut in the header', rawNpy(good, eight).subarray(0, 30)],
    ['one byte short', rawNpy(good, new Uint8Array(7))],
    ['one byte long', rawNpy(good, new Uint8Array(9))],
    [
      'a header of 4 GB',
      Buffer.concat([
        Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0]),
        Buffer.alloc(4, 0xff),
        eight
      ])
    ],
    ['a header over the cap', rawNpy(good.padEnd(headerCapBytes + 1), eight, 2)],
    [
      'a shape that overflows',
      rawNpy(good.replace('(2,)', '(999999999999999, 999999999999999)'), eight)
    ],
    ['a negative shape', rawNpy(good.replace('(2,)', '(-2,)'), eight)],
    ['a shape of words', rawNpy(good.replace('(2,)', '(__import__,)'), eight)],
    ['too many dimensions', rawNpy(good.replace('(2,)', `(${'1, '.repeat(9)}2)`), eight)],
    ['no order', rawNpy(good.replace("'fortran_order': False,", ''), eight)],
    ['code after the description', rawNpy(good.replace('}', "} + exec('x')"), eight)]
  ])('%s is damaged', (_, bytes) => {
    expect(codeOf(bytes)).toBe('file-damaged')
  })

  it.each([
    ['Python objects', '|O'],
    ['big-endian numbers', '>f4'],
    ['complex numbers', '<c8'],
    ['texts', '<U4'],
    ['64-bit whole numbers', '<i8']
  ])('of %s is refused in words', (_, descr) => {
    expect(codeOf(rawNpy(good.replace('<f4', descr), eight))).toBe('file-not-recognised')
  })

  it('stored column by column is refused in words', () => {
    const columns = good.replace('False', 'True').replace('(2,)', '(1, 2)')
    expect(() => decodeNpy(rawNpy(columns, eight))).toThrow('save it in C order')
    expect(codeOf(rawNpy(good.replace('False', 'True'), eight))).toBe('read')
  })

  it('with any header never crashes the reader', () => {
    const base = rawNpy(good, eight)
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ maxLength: 200 }).map((text) => rawNpy(text, eight)),
      fc
        .array(fc.tuple(fc.nat(base.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
        .map((changes) => {
          const copy = Buffer.from(base)
          for (const [at, value] of changes) copy[at] = value
          return copy
        })
    )
    fc.assert(
      fc.property(bytes, (file) => {
        expect(['read', 'file-damaged', 'file-not-recognised']).toContain(codeOf(file))
      }),
      { numRuns: 500 }
    )
  })
})

describe('a matrix read by blocks', () => {
  it('gives the rows asked for, in the order asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(299), { maxLength: 30 }),
        fc.nat(299),
        async (rows, columns, wanted, start) => {
          const values = Float32Array.from({ length: rows * columns }, (_, i) => i / 3)
          await writeNpy(path, values, rows, columns)
          const matrix = await openNpy(path)
          const list = wanted.map((row) => row % rows)
          expect(await matrix.readRows(list)).toEqual(
            Float32Array.from(
              list.flatMap((row) => [...values.subarray(row * columns, (row + 1) * columns)])
            )
          )
          const first = start % rows
          expect(await matrix.readBlock(first, rows - first)).toEqual(values.slice(first * columns))
          await matrix.close()
        }
      ),
      { numRuns: 40 }
    )
  })

  it('reads along small gaps and skips large ones, with the same rows', async () => {
    // Rows of 8,000 bytes: far apart and near ones, more than one read holds.
    const columns = 2000
    const rows = 1200
    await writeNpy(
      path,
      Float32Array.from({ length: rows * columns }, (_, i) => Math.floor(i / columns)),
      rows,
      columns
    )
    const matrix = await openNpy(path)
    const wanted = [1199, 0, 1, 5, 900, 6, 600, 601, 900]
    const found = await matrix.readRows(wanted)
    expect(wanted.map((_, i) => found[i * columns])).toEqual(wanted)
    const all = Array.from({ length: rows }, (_, i) => i)
    const block = await matrix.readRows(all)
    expect(all.every((row) => block[row * columns + 7] === row)).toBe(true)
    await matrix.close()
  })

  it('reads every type as float32; more dimensions are columns, a list has one', async () => {
    await writeFile(path, encodeNpy(new Uint8Array([1, 2, 3, 255, 5, 6, 7, 8]), [2, 2, 2]))
    const cube = await openNpy(path)
    expect([cube.rows, cube.columns, cube.dtype]).toEqual([2, 4, 'uint8'])
    expect(await cube.readBlock(0, 1)).toEqual(new Float32Array([1, 2, 3, 255]))
    await cube.close()
    await writeFile(path, encodeNpy(new Float64Array([1, 2.5]), [2]))
    const list = await openNpy(path)
    expect([list.rows, list.columns]).toEqual([2, 1])
    expect(await list.readRows([1])).toEqual(new Float32Array([2.5]))
    await list.close()
  })

  it.each([
    [-1, 1],
    [0, 4],
    [3, 1],
    [Number.NaN, 1]
  ])('refuses rows %s + %s that it does not have', async (start, count) => {
    await writeNpy(path, new Float32Array(6), 3, 2)
    const matrix = await openNpy(path)
    await expect(matrix.readBlock(start, count)).rejects.toThrow(RangeError)
    await matrix.close()
  })

  it('that is not there or was cut off says so', async () => {
    await expect(openNpy(join(folder.path, 'gone.npy'))).rejects.toMatchObject({
      code: 'file-not-readable'
    })
    await expect(readNpy(join(folder.path, 'gone.npy'))).rejects.toMatchObject({
      code: 'file-not-readable'
    })
    await writeNpy(path, new Float32Array(600), 300, 2)
    await truncate(path, 1000)
    await expect(openNpy(path)).rejects.toMatchObject({ code: 'file-damaged' })
    await writeFile(path, 'short')
    await expect(openNpy(path)).rejects.toMatchObject({ code: 'file-damaged' })
  })

  it('cut off while it is open says so at the next read', async () => {
    await writeNpy(path, new Float32Array(600), 300, 2)
    const matrix = await openNpy(path)
    await truncate(path, 1000)
    await expect(matrix.readBlock(290, 10)).rejects.toMatchObject({ code: 'file-damaged' })
    await matrix.close()
  })
})

describe('a matrix filled by blocks', () => {
  it('in any order, closed and opened between, is the matrix written in one go', async () => {
    const rows = 10
    const values = Float32Array.from({ length: rows * 3 }, (_, i) => i - 7.25)
    for (const first of [6, 0, 8, 2, 4]) {
      const writer = await openNpyWriter(path, rows, 3)
      await writer.writeRows(first, values.slice(first * 3, (first + 2) * 3))
      await writer.sync()
      await writer.close()
    }
    const whole = join(folder.path, 'whole.npy')
    await writeNpy(whole, values, rows, 3)
    expect((await readFile(path)).equals(await readFile(whole))).toBe(true)
  })

  it('has its full size and zeros from the start', async () => {
    const writer = await openNpyWriter(path, 5, 2)
    await writer.close()
    expect((await readNpy(path)).values).toEqual(new Float32Array(10))
  })

  it('says whether it goes on or starts anew; a file of another shape starts anew', async () => {
    const open = async (rows: number): Promise<boolean> => {
      const writer = await openNpyWriter(path, rows, 2)
      await writer.writeRows(0, new Float32Array(2).fill(1))
      await writer.close()
      return writer.isFresh
    }
    expect([await open(5), await open(5), await open(6), await open(6)]).toEqual([
      true,
      false,
      true,
      false
    ])
    await truncate(path, 100)
    expect(await open(6)).toBe(true)
    expect((await readNpy(path)).values).toEqual(Float32Array.from([1, 1, ...Array(10).fill(0)]))
  })

  it('refuses rows beyond its end and halves of rows', async () => {
    const writer = await openNpyWriter(path, 2, 3)
    await expect(writer.writeRows(2, new Float32Array(3))).rejects.toThrow(RangeError)
    await expect(writer.writeRows(-1, new Float32Array(3))).rejects.toThrow(RangeError)
    await expect(writer.writeRows(0, new Float32Array(4))).rejects.toThrow(RangeError)
    await writer.close()
  })
})

const python = (code: string, ...args: string[]): string =>
  execFileSync('python3', ['-c', code, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore']
  })
const hasNumPy = ((): boolean => {
  try {
    python('import numpy')
    return true
  } catch {
    return false
  }
})()

describe.skipIf(!hasNumPy)('with NumPy at hand', () => {
  it('what NumPy writes is read', async () => {
    python(
      `import numpy as np, sys
a = np.arange(12).reshape(3, 4) * 0.25 - 1
for t in ['float16', 'float32', 'float64', 'int32']: np.save(f'{sys.argv[1]}/{t}.npy', a.astype(t))
for t in ['uint8', 'uint32']: np.save(f'{sys.argv[1]}/{t}.npy', np.abs(a).astype(t))
np.save(f'{sys.argv[1]}/scalar.npy', np.float32(2.5))
np.save(f'{sys.argv[1]}/object.npy', np.array([{}], dtype=object), allow_pickle=True)`,
      folder.path
    )
    const read = (name: string): ReturnType<typeof readNpy> =>
      readNpy(join(folder.path, `${name}.npy`))
    const expected = Array.from({ length: 12 }, (_, i) => i * 0.25 - 1)
    for (const type of ['float16', 'float32', 'float64'] as const) {
      const { values, shape, dtype } = await read(type)
      expect([Array.from(values), shape, dtype]).toEqual([expected, [3, 4], type])
    }
    expect(Array.from((await read('int32')).values)).toEqual(expected.map((x) => Math.trunc(x) + 0))
    expect(Array.from((await read('uint32')).values)).toEqual(
      expected.map((x) => Math.trunc(Math.abs(x)))
    )
    expect(Array.from((await read('uint8')).values)).toEqual(
      expected.map((x) => Math.trunc(Math.abs(x)))
    )
    expect(await read('scalar')).toMatchObject({ shape: [], values: new Float32Array([2.5]) })
    await expect(read('object')).rejects.toMatchObject({ code: 'file-not-recognised' })
  })

  it('what is written is read by NumPy, byte for byte as its own', async () => {
    const values = Float32Array.from({ length: 6 }, (_, i) => i / 8)
    await writeNpy(path, values, 2, 3)
    const own = join(folder.path, 'own.npy')
    const shown = python(
      `import numpy as np, sys
a = np.load(sys.argv[1], allow_pickle=False)
np.save(sys.argv[2], a)
print(a.shape, a.dtype, a.sum())`,
      path,
      own
    )
    expect(shown.trim()).toBe('(2, 3) float32 1.875')
    expect((await readFile(own)).equals(await readFile(path))).toBe(true)
  })
})
