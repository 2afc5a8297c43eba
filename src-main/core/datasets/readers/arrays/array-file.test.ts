// Arrays in files: every format and kind of number, read in any order, as NumPy and PyTorch write
// them. The PyTorch files are assembled by hand after the real layout.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../store/store.test-support.ts'
import { openArrayFile } from './array-file.ts'
import { countNonFinite, toDoubles } from './array-types.ts'
import {
  hasNumpy,
  npyOf,
  pickle,
  python,
  safetensorsOf,
  tensorPickle,
  torchZip,
  zipOf
} from './arrays.test-support.ts'

let folder: ReturnType<typeof temporaryFolder>
let path = ''
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'a.bin')
})
afterEach(() => folder.remove())

/** All values of an array, read whole; as a plain list. */
async function valuesOf(name: string, from = path): Promise<number[]> {
  const file = await openArrayFile(from)
  try {
    const rows = await file.rows(name)
    try {
      return [...(await rows.readDoubles(0, rows.rows))]
    } finally {
      await rows.close()
    }
  } finally {
    await file.close()
  }
}

/** Rows in two unequal blocks, the last one first, put together again. */
async function valuesInBlocks(name: string, split: number): Promise<number[]> {
  const file = await openArrayFile(path)
  const rows = await file.rows(name)
  const cut = Math.min(split, rows.rows)
  const last = await rows.readDoubles(cut, rows.rows - cut)
  const first = await rows.readDoubles(0, cut)
  await rows.close()
  await file.close()
  return [...first, ...last]
}

describe('NumPy arrays by hand', () => {
  it('reads float16, its subnormals and its infinities', async () => {
    await writeFile(
      path,
      npyOf('<f2', [2, 3], Uint16Array.of(0x3c00, 0xc000, 1, 0x7c00, 0xfc00, 0x7e00))
    )
    expect(await valuesOf('')).toEqual([1, -2, 2 ** -24, Infinity, -Infinity, Number.NaN])
  })

  it('reads any block of any C or Fortran array as the whole tells', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.nat(4),
        async (shape, isFortran, split) => {
          const count = shape.reduce((product, size) => product * size, 1)
          const values = Int32Array.from({ length: count }, (_, i) => i)
          await writeFile(path, npyOf('<i4', shape, values, isFortran))
          const expected = isFortran ? fortranToC(shape) : [...values]
          expect(await valuesInBlocks('', split)).toEqual(expected)
        }
      ),
      { numRuns: 60 }
    )
  })

  it('reads texts, and lists them as no numbers', async () => {
    const codes = Uint32Array.from('ab\0céd', (letter) => letter.codePointAt(0) ?? 0)
    await writeFile(path, await zipOf({ 'names.npy': npyOf('<U3', [2], codes) }))
    const file = await openArrayFile(path)
    expect(file.tensors[0]).toMatchObject({ dtype: 'text', type: undefined })
    expect(await file.texts('names')).toEqual(['ab', 'céd'])
    await expect(file.rows('names')).rejects.toMatchObject({ code: 'file-not-recognised' })
    await file.close()
  })

  it('lists an array of objects with the reason and still reads its neighbours', async () => {
    await writeFile(
      path,
      await zipOf({
        'x.npy': npyOf('<f4', [2], Float32Array.of(1, 2)),
        'meta.npy': npyOf('|O', [1], Buffer.from('cos\nsystem\n'))
      })
    )
    const file = await openArrayFile(path)
    expect(file.tensors.find(({ name }) => name === 'meta')?.problem).toMatch(
      /objects.*never loaded/
    )
    await file.close()
    expect(await valuesOf('x')).toEqual([1, 2])
  })
})

/** The values 0, 1 ... laid down in Fortran order, in C order. */
function fortranToC(shape: readonly number[]): number[] {
  const count = shape.reduce((product, size) => product * size, 1)
  return Array.from({ length: count }, (_, c) => {
    let left = c
    const place = [...shape].reverse().map((size) => {
      const at = left % size
      left = Math.floor(left / size)
      return at
    })
    place.reverse()
    let step = 1
    return place.reduce((sum, at, d) => {
      const add = at * step
      step *= shape[d]
      return sum + add
    }, 0)
  })
}

describe('safetensors', () => {
  it('reads every kind of number, bfloat16 among them', async () => {
    const data = Buffer.concat([
      Buffer.from(Uint16Array.of(0x3f80, 0xc040).buffer),
      Buffer.from(Float32Array.of(0.5, -1).buffer),
      Buffer.from(BigInt64Array.of(-3n, 2n ** 40n).buffer),
      Buffer.from([1, 0])
    ])
    const description = {
      __metadata__: { format: 'pt' },
      half: { dtype: 'BF16', shape: [2], data_offsets: [0, 4] },
      full: { dtype: 'F32', shape: [1, 2], data_offsets: [4, 12] },
      long: { dtype: 'I64', shape: [2, 1], data_offsets: [12, 28] },
      flags: { dtype: 'BOOL', shape: [2], data_offsets: [28, 30] }
    }
    await writeFile(path, safetensorsOf(description, data))
    expect(await valuesOf('half')).toEqual([1, -3])
    expect(await valuesOf('full')).toEqual([0.5, -1])
    expect(await valuesOf('long')).toEqual([-3, 2 ** 40])
    expect(await valuesOf('flags')).toEqual([1, 0])
  })
})

describe('PyTorch files', () => {
  const values = Float32Array.from({ length: 12 }, (_, i) => i - 3.5)
  const bytes = Buffer.from(values.buffer)
  const plain = { storage: 'FloatStorage', shape: [3, 4], length: 12 }

  it('reads one plain tensor', async () => {
    await writeFile(path, await torchZip(tensorPickle(plain), { 0: bytes }))
    const file = await openArrayFile(path)
    expect(file).toMatchObject({
      format: 'torch',
      tensors: [{ name: '', shape: [3, 4], type: 'float32' }]
    })
    await file.close()
    expect(await valuesOf('')).toEqual([...values])
  })

  it('reads half and bfloat16 tensors, big-endian ones, and parts of a storage', async () => {
    const halves = Buffer.from(Uint16Array.of(0x3c00, 0x4000, 0x4200, 0x4400).buffer)
    const half = { storage: 'HalfStorage', shape: [1, 2], length: 4, offset: 2 }
    await writeFile(path, await torchZip(tensorPickle(half), { 0: halves }))
    expect(await valuesOf('')).toEqual([3, 4])
    const big = Buffer.from(halves).swap16()
    const order = { 'archive/byteorder': Buffer.from('big') }
    await writeFile(path, await torchZip(tensorPickle(half), { 0: big }, order))
    expect(await valuesOf('')).toEqual([3, 4])
  })

  it('reads a transposed tensor and refuses one with gaps', async () => {
    const turned = { ...plain, shape: [4, 3], strides: [1, 4] }
    await writeFile(path, await torchZip(tensorPickle(turned), { 0: bytes }))
    expect(await valuesOf('')).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11].map((i) => values[i]))
    const gaps = { ...plain, shape: [3, 2], strides: [4, 2] }
    await writeFile(path, await torchZip(tensorPickle(gaps), { 0: bytes }))
    const file = await openArrayFile(path)
    expect(file.tensors[0].problem).toMatch(/contiguous/)
    await file.close()
  })

  it('reads a dictionary of tensors by name', async () => {
    const second = { storage: 'LongStorage', shape: [2], length: 2, key: '1' }
    const body = Buffer.concat([
      pickle.emptyDict,
      pickle.mark,
      pickle.text('x'),
      tensorPickle(plain),
      pickle.text('y'),
      tensorPickle(second),
      pickle.setItems
    ])
    const longs = Buffer.from(BigInt64Array.of(7n, -8n).buffer)
    await writeFile(path, await torchZip(body, { 0: bytes, 1: longs }))
    expect(await valuesOf('x')).toEqual([...values])
    expect(await valuesOf('y')).toEqual([7, -8])
  })
})

it('counts what is infinite or no number in every kind', () => {
  const cases = [
    [Float32Array.of(1, Number.NaN, -Infinity), 'float32', 2],
    [Float64Array.of(Number.NaN, 1, 2), 'float64', 1],
    [Uint16Array.of(0x7c00, 0x7bff, 0xfe00), 'float16', 2],
    [Uint16Array.of(0x7f80, 0x7f7f, 0xffc0), 'bfloat16', 2],
    [Int32Array.of(-1, 0x7f800000), 'int32', 0]
  ] as const
  for (const [view, type, expected] of cases) {
    const bytes = new Uint8Array(view.buffer)
    expect(countNonFinite(bytes, type)).toBe(expected)
    expect([...toDoubles(bytes, type)].filter((value) => !Number.isFinite(value))).toHaveLength(
      expected
    )
  }
})

describe.skipIf(!hasNumpy())('with NumPy at hand', () => {
  const kinds = [
    '<f2',
    '>f2',
    '<f4',
    '>f4',
    '<f8',
    '>f8',
    'i1',
    'u1',
    '<i2',
    '>i2',
    '<u2',
    '<i4',
    '>i4',
    '<u4',
    '<i8',
    '>i8',
    '<u8',
    '?'
  ]
  const program = `import numpy as np, sys, json
folder, kinds = sys.argv[1], json.loads(sys.argv[2])
r = np.random.default_rng(5)
arrays = {}
for i, k in enumerate(kinds):
    a = (r.standard_normal((5, 3, 2)) * 50).astype(np.dtype(k)) if 'u' not in k else r.integers(0, 200, (5, 3, 2)).astype(np.dtype(k))
    arrays['a%d' % i] = a
    arrays['f%d' % i] = np.asfortranarray(a)
for name, a in arrays.items():
    np.save(folder + '/' + name + '.npy', a)
np.savez(folder + '/plain.npz', **arrays)
np.savez_compressed(folder + '/packed.npz', **arrays)
print(json.dumps({n: a.astype(np.float64).ravel().tolist() for n, a in arrays.items()}))`

  it('every kind, order and container comes back with identical values', async () => {
    // Parsed from what the program above prints.
    const expected = JSON.parse(python(program, folder.path, JSON.stringify(kinds))) as Record<
      string,
      number[]
    >
    for (const [name, values] of Object.entries(expected)) {
      expect(await valuesOf('', join(folder.path, `${name}.npy`)), name).toEqual(values)
      for (const container of ['plain.npz', 'packed.npz'])
        expect(
          await valuesOf(name, join(folder.path, container)),
          `${name} in ${container}`
        ).toEqual(values)
    }
  })
})
