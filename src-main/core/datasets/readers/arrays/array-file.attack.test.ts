// Array files that lie: sizes, shapes, offsets, pickles with code in them, cut and mutated files.
// Every one is refused with a plain reason or read correctly; none crashes or fills the memory.
import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../../api/errors.ts'
import { rawZip } from '../../../files/testing/raw-zip.ts'
import { temporaryFolder } from '../../../store/store.test-support.ts'
import { openArrayFile } from './array-file.ts'
import {
  npyOf,
  pickle,
  rawNpy,
  safetensorsOf,
  tensorPickle,
  torchZip,
  zipOf
} from './arrays.test-support.ts'
import { descriptionBytes } from './safetensors-file.ts'

let folder: ReturnType<typeof temporaryFolder>
let path = ''
beforeEach(() => {
  folder = temporaryFolder()
  path = join(folder.path, 'a.bin')
})
afterEach(() => folder.remove())

/** Opens a file and reads the first and last row of everything in it. */
async function readThrough(bytes: Uint8Array): Promise<number> {
  await writeFile(path, bytes)
  const file = await openArrayFile(path)
  let read = 0
  try {
    for (const { name, problem } of file.tensors) {
      if (problem !== undefined) continue
      const rows = await file.rows(name)
      try {
        if (rows.rows === 0 || rows.rowBytes > 1 << 26) continue
        read += (await rows.readDoubles(0, 1)).length
        read += (await rows.readDoubles(rows.rows - 1, 1)).length
      } finally {
        await rows.close()
      }
    }
    return read
  } finally {
    await file.close()
  }
}

const eight = new Uint8Array(8)

describe('NumPy files', () => {
  const header = (shape: string, descr = "'<f4'", order = 'False'): string =>
    `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`
  it.each([
    ['a shape over the bytes', header('(3,)')],
    ['a shape under the bytes', header('(1,)')],
    ['a negative shape', header('(-2,)')],
    ['a shape whose product overflows', header('(999999999999999, 999999999999999)')],
    ['a shape of zero times a lot', header('(0, 999999999999999, 999999999999999, 999999999)')],
    ['too many dimensions', header(`(${'1, '.repeat(9)}2)`)],
    ['a shape of code', header('(__import__("os"),)')],
    ['no order', "{'descr': '<f4', 'shape': (2,)}"],
    ['Python objects', header('(1,)', "'|O'")],
    ['records', header('(1,)', "[('a', '<f4'), ('b', '<f4')]")],
    ['complex numbers', header('(1,)', "'<c8'")]
  ])('%s', async (_, text) => {
    await expect(readThrough(rawNpy(text, eight))).rejects.toBeInstanceOf(AppError)
  })

  it('a header longer than it may be, in any version', async () => {
    for (const version of [2, 3] as const) {
      const file = rawNpy(header('(2,)'), eight, version)
      file.writeUInt32LE(0xffffffff, 8)
      await expect(readThrough(file)).rejects.toMatchObject({ code: 'file-damaged' })
    }
  })

  it('an archive whose packed array is longer than its description says', async () => {
    const honest = npyOf('<f4', [2], Float32Array.of(1, 2))
    const zip = rawZip([
      {
        name: 'x.npy',
        data: Buffer.concat([honest, Buffer.alloc(1 << 20)]),
        method: 8,
        claimedSize: honest.length
      }
    ])
    await expect(readThrough(zip)).rejects.toMatchObject({ code: 'file-damaged' })
  })

  it('an archive with something else, a path or a link in it', async () => {
    const npy = npyOf('<f4', [2], Float32Array.of(1, 2))
    for (const entry of [
      { name: 'run.py', data: 'print()' },
      { name: '../../x.npy', data: npy },
      { name: 'link.npy', data: '/etc/passwd', mode: 0o120777 }
    ])
      await expect(
        readThrough(rawZip([{ name: 'x.npy', data: npy }, entry]))
      ).rejects.toBeInstanceOf(AppError)
  })

  it('leaves no unpacked file behind, even when unpacking fails', async () => {
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('winnow-array-'))
    const npy = npyOf('<f4', [2000], new Float32Array(2000).fill(2))
    expect(await readThrough(await zipOf({ 'x.npy': npy }, true))).toBe(2)
    const broken = rawZip([{ name: 'x.npy', data: npy, method: 8, claimedCrc: 1 }])
    await expect(readThrough(broken)).rejects.toMatchObject({ code: 'file-damaged' })
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith('winnow-array-'))
    // Other tests may be unpacking at the same time; none of ours is left.
    expect(
      after.filter((name) => !before.includes(name) && existsSync(join(tmpdir(), name, 'values')))
    ).toEqual([])
  })
})

describe('safetensors files', () => {
  const one = { dtype: 'F32', shape: [2], data_offsets: [0, 8] }
  it.each([
    ['overlapping arrays', { a: one, b: { ...one, data_offsets: [4, 12] } }, 12],
    ['the same bytes twice', { a: one, b: one }, 8],
    ['an array outside the file', { a: { ...one, data_offsets: [0, 800], shape: [200] } }, 8],
    ['offsets the wrong way round', { a: { ...one, data_offsets: [8, 0] } }, 8],
    ['negative offsets', { a: { ...one, data_offsets: [-8, 0] } }, 8],
    ['a gap between arrays', { a: one, b: { ...one, data_offsets: [12, 20] } }, 20],
    ['bytes after the last array', { a: one }, 12],
    ['a shape that is not its size', { a: { ...one, shape: [3] } }, 8],
    ['a negative shape', { a: { ...one, shape: [-2] } }, 8],
    ['a shape of texts', { a: { ...one, shape: ['2'] } }, 8],
    ['a shape that overflows', { a: { ...one, shape: [2 ** 40, 2 ** 40] } }, 8],
    ['a list for a description', [1, 2], 8],
    ['nothing for an array', { a: null }, 8],
    ['a description that is no JSON', '{"a": nonsense}', 8]
  ])('%s', async (_, description, bytes) => {
    const file = safetensorsOf(description, new Uint8Array(bytes))
    await expect(readThrough(file)).rejects.toBeInstanceOf(AppError)
  })

  it('a description longer than it may be, without reading it', async () => {
    const file = Buffer.concat([Buffer.alloc(8), Buffer.alloc(descriptionBytes + 8, 0x20)])
    file.writeBigUInt64LE(BigInt(descriptionBytes + 1))
    file.write('{"', 8)
    await expect(readThrough(file)).rejects.toMatchObject({ code: 'too-large' })
  })

  it('names that would change objects are only names', async () => {
    const text = '{"__proto__": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}'
    expect(await readThrough(safetensorsOf(text, eight))).toBe(2)
    expect(Object.hasOwn(Object.prototype, 'dtype')).toBe(false)
  })

  it('kinds of numbers that are not read are listed with the reason', async () => {
    await writeFile(
      path,
      safetensorsOf({ a: { dtype: 'F8_E4M3', shape: [8], data_offsets: [0, 8] } }, eight)
    )
    const file = await openArrayFile(path)
    expect(file.tensors[0].problem).toMatch(/f8_e4m3|F8_E4M3/)
    await file.close()
  })
})

describe('PyTorch files', () => {
  const plain = { storage: 'FloatStorage', shape: [2, 1], length: 2 }
  const refusal = (body: Buffer): Promise<AppError> =>
    torchZip(body, { 0: Buffer.from(eight) })
      .then(readThrough)
      .then(
        () => {
          throw new Error('it was read')
        },
        (error: AppError) => error
      )

  it('never runs code: os.system is refused by name', async () => {
    const marker = join(folder.path, 'ran')
    const body = Buffer.concat([
      pickle.global('os', 'system'),
      pickle.mark,
      pickle.text(`touch ${marker}`),
      pickle.tuple,
      pickle.reduce
    ])
    const error = await refusal(body)
    expect(error.code).toBe('file-not-recognised')
    expect(error.message).toContain('os.system')
    expect(existsSync(marker)).toBe(false)
  })

  it.each([
    ['builtins', 'eval'],
    ['torch._utils', '_rebuild_parameter'],
    ['torch', 'load'],
    ['torch.FloatStorage\nx', 'y'],
    ['collections', 'OrderedDict.__init__']
  ])('refuses %s.%s', async (module, name) => {
    expect((await refusal(pickle.global(module, name))).code).toBe('file-not-recognised')
  })

  it('refuses STACK_GLOBAL, INST and OBJ as ways around', async () => {
    const stacked = Buffer.concat([pickle.text('os'), pickle.text('system'), Buffer.from([0x93])])
    expect((await refusal(stacked)).message).toContain('os.system')
    for (const body of ['(ios\nsystem\n', '(cos\nsystem\no', 'Pbuiltins.eval\n', 'V\\u0041\n'])
      expect((await refusal(Buffer.from(body))).code).toBe('file-not-recognised')
  })

  it('names of code that are no texts are refused before they are written out', async () => {
    // Lists that each hold the one before a hundred times: as a text longer than any memory.
    const layers: Buffer[] = [Buffer.from([0x5d, 0x71, 0])]
    for (let i = 1; i < 30; i++) {
      const again = Array.from({ length: 100 }, () => [0x68, i - 1]).flat()
      layers.push(Buffer.from([0x5d, 0x71, i, 0x28, ...again, 0x65]))
    }
    const laughs = Buffer.concat([...layers, pickle.text('system'), Buffer.from([0x93])])
    expect((await refusal(laughs)).message).toContain('is damaged')
    const object = Buffer.concat([pickle.int(7), pickle.emptyDict, Buffer.from([0x93])])
    expect((await refusal(object)).message).not.toContain('[object')
  })

  it.each([
    ['a shape over its values', { ...plain, shape: [3, 1] }],
    ['an offset past its values', { ...plain, offset: 1 }],
    ['a claim of more values than there are', { ...plain, length: 2 ** 30 }],
    ['a negative shape', { ...plain, shape: [-2, 1] }],
    ['a shape that overflows', { ...plain, shape: [2 ** 30, 2 ** 30] }],
    ['values that are not there', { ...plain, key: '7' }],
    ['values outside the archive', { ...plain, key: '../../etc/passwd' }],
    ['an unknown kind', { ...plain, storage: 'QInt8Storage' }],
    ['strides of another length', { ...plain, strides: [1] }]
  ])('%s', async (_, tensor) => {
    expect(await refusal(tensorPickle(tensor))).toBeInstanceOf(AppError)
  })

  it('lists inside themselves and inside each other end', async () => {
    // A list that holds itself; then lists that each hold the one before ten times.
    const self = Buffer.from([0x5d, 0x71, 0, 0x68, 0, 0x61])
    expect((await refusal(self)).code).toBe('file-not-recognised')
    const layers: Buffer[] = [Buffer.from([0x5d, 0x71, 0])]
    for (let i = 1; i < 30; i++) {
      const again = Array.from({ length: 100 }, () => [0x68, i - 1]).flat()
      layers.push(Buffer.from([0x5d, 0x71, i, 0x28, ...again, 0x65]))
    }
    expect((await refusal(Buffer.concat(layers))).code).toBe('file-not-recognised')
  })

  it('names the old format, and a file without a description', async () => {
    const old = Buffer.concat([
      Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex'),
      Buffer.alloc(100)
    ])
    await expect(readThrough(old)).rejects.toThrow(/old format of PyTorch/)
  })
})

/** Bytes of valid files, one for every format. */
async function corpus(): Promise<readonly Buffer[]> {
  const values = Float32Array.from({ length: 6 }, (_, i) => i)
  const npy = npyOf('<f4', [3, 2], values)
  return [
    npy,
    npyOf(
      '>i2',
      [2, 6],
      Int16Array.from({ length: 12 }, (_, i) => i),
      true
    ),
    await zipOf({ 'x.npy': npy, 'y.npy': npyOf('|u1', [3], Uint8Array.of(0, 1, 2)) }),
    await zipOf({ 'x.npy': npy, 'n.npy': npyOf('<U2', [1], new Uint32Array(2)) }, true),
    safetensorsOf(
      { a: { dtype: 'F32', shape: [3, 2], data_offsets: [0, 24] } },
      Buffer.from(values.buffer)
    ),
    await torchZip(tensorPickle({ storage: 'FloatStorage', shape: [3, 2], length: 6 }), {
      0: Buffer.from(values.buffer)
    })
  ]
}

it('cut, changed and grown files are refused or read, never worse', async () => {
  const files = await corpus()
  await fc.assert(
    fc.asyncProperty(
      fc.nat(files.length - 1),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
      fc.option(fc.nat(), { nil: undefined }),
      async (which, changes, cut) => {
        const bytes = Buffer.from(files[which])
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        const kept = cut === undefined ? bytes : bytes.subarray(0, cut % (bytes.length + 1))
        const read = await readThrough(kept).catch((error: unknown) => error)
        expect(typeof read === 'number' || read instanceof AppError, String(read)).toBe(true)
      }
    ),
    { numRuns: 150 }
  )
})
