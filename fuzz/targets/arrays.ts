// Arrays of numbers: IDX, NumPy, archives of NumPy, safetensors, PyTorch files, and matrices that are
// joined to a dataset. Headers are written with any lie in them.
import type { Random } from '../../src-main/core/compute/random.ts'
import { openArrayFile } from '../../src-main/core/datasets/readers/arrays/array-file.ts'
import {
  npyOf,
  pickle,
  rawNpy,
  safetensorsOf,
  tensorPickle,
  torchZip,
  zipOf
} from '../../src-main/core/datasets/readers/arrays/arrays.test-support.ts'
import { rawZip } from '../../src-main/core/files/testing/raw-zip.ts'
import { matrixPreviewTask } from '../../src-main/core/matrices/matrix-fit.ts'
import { matrixCheckTask } from '../../src-main/core/matrices/matrix-tasks.ts'
import type { ComputeTask } from '../../src-main/core/jobs/compute-task.ts'
import {
  changeValue,
  noise,
  oddNumber,
  oddText,
  once,
  oneOf,
  pieces,
  type Value
} from '../mutate.ts'
import { readSource } from '../read-source.ts'
import { answerOf, Broken, requirePlain, type FuzzTarget } from '../target.ts'
import { sourceTarget, type Files } from './source-target.ts'

function idxOf(dims: readonly number[], data: Uint8Array, type = 8): Buffer {
  const head = Buffer.alloc(4 + 4 * dims.length)
  head[2] = type
  head[3] = dims.length
  for (const [i, dim] of dims.entries()) head.writeUInt32BE(dim >>> 0, 4 + 4 * i)
  return Buffer.concat([head, data])
}

function anyIdx(random: Random): Buffer {
  const dims = Array.from({ length: random.below(6) }, () =>
    once(random, 3) ? oddNumber(random) : random.below(9)
  )
  const type = oneOf(random, [8, 8, 8, 9, 11, 12, 13, 14, 0, 255])
  const honest = dims.reduce((product, dim) => product * dim, 1)
  const size = once(random, 2) && honest < 5000 ? honest : random.below(300)
  return idxOf(dims, Buffer.alloc(size, random.below(256)), type)
}

const pixels = Uint8Array.from({ length: 6 * 20 }, (_, i) => i * 7)

/** IDX. */
export const idxTarget: FuzzTarget = sourceTarget({
  name: 'idx',
  about: 'IDX arrays, packed or not, alone or as pairs of pictures and labels',
  shortCases: 120,
  mayBePacked: true,
  seeds: () =>
    Promise.resolve([
      { x: idxOf([6, 4, 5], pixels) },
      {
        'train-images-idx3-ubyte': idxOf([6, 4, 5], pixels),
        'train-labels-idx1-ubyte': idxOf([6], Uint8Array.of(0, 1, 2, 0, 1, 2)),
        't10k-images-idx3-ubyte': idxOf([2, 4, 5], pixels.subarray(0, 40)),
        't10k-labels-idx1-ubyte': idxOf([2], Uint8Array.of(1, 0))
      }
    ]),
  makers: [
    (random) => ({ x: anyIdx(random) }),
    (random) => ({
      [oneOf(random, ['images-idx3-ubyte', 'train-images.idx3-ubyte', 'a'])]: anyIdx(random),
      [oneOf(random, ['labels-idx1-ubyte', 'train-labels.idx1-ubyte', 'b'])]: anyIdx(random)
    })
  ]
})

const npyPieces = [
  ..."'descr': |'fortran_order': |'shape': |'<f4'|'|u1'|'>i8'|'<U3'|'|O'|'|V8'|'<M8[ns]'|'|S2'".split(
    '|'
  ),
  ...['True', 'False', '(', ')', ',', ' ', '{', '}', '2', '3', '0', '-1', '999999999999', '1e3'],
  ...['4L', "'", '"', '[', ']', "('a', '<f4')", '#', '\\', '\u00e9', '\n', '__import__("os")']
]

function npyHeader(random: Random): string {
  if (once(random, 3)) return pieces(random, npyPieces, 30)
  const descr = oneOf(random, [
    ...["'<f4'", "'|u1'", "'>i2'", "'<i8'", "'<f2'", "'|b1'", "'<U2'", "'|S3'", "'<f8'", "'|O'"],
    ...["'<c8'", "'<f16'", "'<f3'", "'f4'", "''", "[('a', '<f4')]", '3']
  ])
  const shape = Array.from({ length: random.below(5) }, () =>
    once(random, 4) ? oneOf(random, ['-1', String(oddNumber(random)), '', '1.5', 'x']) : '3'
  ).join(', ')
  return `{'descr': ${descr}, 'fortran_order': ${oneOf(random, ['True', 'False', '0'])}, 'shape': (${shape}${once(random, 2) ? ',' : ''}), }`
}

function anyNpy(random: Random): Buffer {
  const data = once(random, 3)
    ? noise(random, 200)
    : Buffer.alloc(oneOf(random, [0, 12, 36, 108, 72, 18]), random.below(256))
  const file = rawNpy(npyHeader(random), data, oneOf(random, [1, 1, 2, 3]))
  if (once(random, 15)) file[6] = random.below(256)
  return file
}

const values = Float32Array.from({ length: 12 }, (_, i) => i - 3)
const goodNpy = npyOf('<f4', [6, 2], values)
const goodLabels = npyOf('|u1', [6], Uint8Array.of(0, 1, 2, 0, 1, 2))

function anyNpz(random: Random): Buffer {
  const entries = Array.from({ length: 1 + random.below(4) }, () => ({
    name: oneOf(random, [
      'x.npy',
      'y.npy',
      'images.npy',
      'labels.npy',
      'a/b.npy',
      'x',
      oddName(random)
    ]),
    data: once(random, 2) ? anyNpy(random) : oneOf(random, [goodNpy, goodLabels]),
    method: once(random, 2) ? (0 as const) : (8 as const),
    ...(once(random, 20) ? { claimedSize: oddNumber(random) } : {}),
    ...(once(random, 30) ? { claimedCrc: oddNumber(random) } : {})
  }))
  return rawZip(entries)
}

function oddName(random: Random): string {
  return oddText(random).replaceAll('\ud800', '?').slice(0, 100)
}

function description(random: Random): Value {
  const one: Value = { dtype: 'F32', shape: [6, 2], data_offsets: [0, 48] }
  const two: Value = { dtype: 'U8', shape: [6], data_offsets: [48, 54] }
  return changeValue(random, { images: one, labels: two, __metadata__: { format: 'pt' } }, [
    ...['dtype', 'shape', 'data_offsets', 'F16', 'BF16', 'I64', 'BOOL', 'F8_E5M2', '__metadata__']
  ])
}

function anySafetensors(random: Random): Buffer {
  const file = safetensorsOf(description(random), Buffer.alloc(54, random.below(256)))
  if (once(random, 8)) file.writeBigUInt64LE(BigInt(oddNumber(random)))
  return file
}

const opcodes = [
  ...[
    '(',
    '.',
    ')',
    ']',
    '}',
    't',
    'l',
    'd',
    'a',
    'e',
    's',
    'u',
    'R',
    'b',
    'Q',
    'N',
    '0',
    '2',
    '\x85'
  ],
  ...[
    '\x86',
    '\x87',
    '\x88',
    '\x89',
    '\x94',
    '\x93',
    '\x81',
    'K\x03',
    'M\x00\x01',
    'q\x00',
    'h\x00'
  ],
  ...['X\x01\x00\x00\x00a', '\x8c\x01a', 'ctorch\nFloatStorage\n', 'ccollections\nOrderedDict\n'],
  ...[
    'ctorch._utils\n_rebuild_tensor_v2\n',
    'cos\nsystem\n',
    '\x8a\x08abcdefgh',
    'J\xff\xff\xff\x7f'
  ],
  ...[
    'r\xff\xff\xff\x7f',
    'j\xff\xff\xff\x7f',
    'I01\n',
    'B\x01\x00\x00\x00x',
    '\x95\xff\xff\xff\xff'
  ]
]

async function anyTorch(random: Random): Promise<Buffer> {
  const body = once(random, 2)
    ? Buffer.from(pieces(random, opcodes, 40), 'latin1')
    : tensorPickle({
        storage: oneOf(random, ['FloatStorage', 'HalfStorage', 'ByteStorage', 'QInt8Storage', 'x']),
        shape: Array.from({ length: random.below(4) }, () =>
          oneOf(random, [6, 2, 1, 0, -1, 2 ** 30])
        ),
        strides: Array.from({ length: random.below(4) }, () =>
          oneOf(random, [2, 1, 0, -1, 2 ** 30])
        ),
        offset: oneOf(random, [0, 0, 1, -1, 2 ** 30]),
        length: oneOf(random, [12, 12, 0, 2 ** 30, -1]),
        key: oneOf(random, ['0', '0', '1', '../0', ''])
      })
  return torchZip(body, { 0: Buffer.from(values.buffer) })
}

const seeds = async (): Promise<Files[]> => [
  { x: goodNpy },
  { x: npyOf('>i2', [2, 6], Int16Array.from({ length: 12 }), true) },
  { x: await zipOf({ 'x.npy': goodNpy, 'y.npy': goodLabels }) },
  {
    x: await zipOf(
      { 'images.npy': npyOf('|u1', [6, 4, 5], pixels), 'labels.npy': goodLabels },
      true
    )
  },
  {
    x: safetensorsOf(
      {
        images: { dtype: 'F32', shape: [6, 2], data_offsets: [0, 48] },
        labels: { dtype: 'U8', shape: [6], data_offsets: [48, 54] }
      },
      Buffer.alloc(54, 1)
    )
  },
  {
    x: await torchZip(tensorPickle({ storage: 'FloatStorage', shape: [6, 2], length: 12 }), {
      0: Buffer.from(values.buffer)
    })
  }
]

const makers = [
  (random: Random): Files => ({ x: anyNpy(random) }),
  (random: Random): Files => ({ x: anyNpz(random) }),
  (random: Random): Files => ({ x: anySafetensors(random) }),
  async (random: Random): Promise<Files> => ({ x: await anyTorch(random) })
]
const words = [...npyPieces, ...opcodes, pickle.mark, 'PK\x03\x04', 'PK\x01\x02', 'PK\x05\x06']

/** Opens a file and reads the first and last row of everything in it. */
async function readThrough(path: string): Promise<string> {
  const file = await openArrayFile(path)
  try {
    for (const { name, problem } of file.tensors) {
      if (problem !== undefined) {
        requirePlain(problem, 'problem of an array')
        continue
      }
      const rows = await file.rows(name)
      try {
        if (rows.rows === 0 || rows.rowBytes > 1 << 26) continue
        const first = await rows.readDoubles(0, 1)
        const last = await rows.readDoubles(rows.rows - 1, 1)
        if (first.length !== last.length) throw new Broken('rows of different lengths')
      } finally {
        await rows.close()
      }
    }
    return `opened ${file.tensors.length}`
  } finally {
    await file.close()
  }
}

/** Arrays as datasets and as files. */
export const arraysTarget: FuzzTarget = sourceTarget({
  name: 'arrays',
  about: 'NPY, NPZ, safetensors and PyTorch files: lying headers, offsets, shapes and pickles',
  shortCases: 200,
  words,
  seeds,
  makers,
  read: (path, random) =>
    once(random, 2) ? readSource(path, random) : answerOf(() => readThrough(path))
})

async function run<I, E, O>(task: ComputeTask<I, E, O>, input: I): Promise<O> {
  const steps = task.run(input, {
    signal: new AbortController().signal,
    device: () => Promise.reject(new Error('no device is needed')),
    transfer: () => undefined
  })
  for (;;) {
    const step = await steps.next()
    if (step.done === true) return step.value
  }
}

/** Matrices that are joined to a dataset of six items. */
export const matricesTarget: FuzzTarget = sourceTarget({
  name: 'matrices',
  about: 'Matrices of gradients: which fit is told, every value is looked at',
  shortCases: 100,
  words,
  seeds,
  makers,
  read: (path, random) =>
    answerOf(async () => {
      const { arrays, sentence } = await run(matrixPreviewTask, { path, items: 6 })
      requirePlain(sentence, 'sentence of the arrays')
      for (const { problem } of arrays) if (problem !== null) requirePlain(problem, 'problem')
      const fitting = arrays.filter(({ problem }) => problem === null)
      const array = once(random, 6) ? oddText(random) : (fitting[0] ?? arrays[0])?.name
      if (array === undefined) return 'no arrays'
      const check = await run(matrixCheckTask, { path, array, items: 6 })
      if (!(check.badRows <= 6 && check.emptyRows <= 6 && check.columns > 0))
        throw new Broken('counted wrongly')
      return 'checked'
    })
})
