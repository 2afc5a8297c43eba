// Array files built byte by byte for tests: .npy, safetensors and PyTorch files, with any lie in
// them, and NumPy at hand where it is installed.
import { execFileSync } from 'node:child_process'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** A .npy file of version 1.0 around any header text. */
export function rawNpy(header: string, data: Uint8Array, version: 1 | 2 | 3 = 1): Buffer {
  const text = Buffer.from(`${header}\n`, 'latin1')
  const length = Buffer.alloc(version === 1 ? 2 : 4)
  if (version === 1) length.writeUInt16LE(text.length)
  else length.writeUInt32LE(text.length)
  return Buffer.concat([
    Buffer.from(`\x93NUMPY${String.fromCharCode(version)}\0`, 'latin1'),
    length,
    text,
    data
  ])
}

/** A .npy file of these values. */
export function npyOf(
  descr: string,
  shape: readonly number[],
  data: ArrayBufferView,
  isFortran = false
): Buffer {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const order = isFortran ? 'True' : 'False'
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return rawNpy(`{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${sizes}), }`, bytes)
}

/** A zip of these files. */
export async function zipOf(
  files: Readonly<Record<string, Buffer>>,
  isPacked = false
): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, bytes] of Object.entries(files))
    zip.addBuffer(bytes, name, { compress: isPacked })
  zip.end()
  return buffer(Readable.from(zip.outputStream))
}

/** A .safetensors file around any description. */
export function safetensorsOf(description: unknown, data: Uint8Array): Buffer {
  const text = Buffer.from(
    typeof description === 'string' ? description : JSON.stringify(description)
  )
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, text, data])
}

/** Parts of a pickle of protocol 2. */
export const pickle = {
  start: Buffer.from([0x80, 2]),
  stop: Buffer.from('.'),
  mark: Buffer.from('('),
  tuple: Buffer.from('t'),
  reduce: Buffer.from('R'),
  persistent: Buffer.from('Q'),
  emptyDict: Buffer.from('}'),
  setItems: Buffer.from('u'),
  false: Buffer.from([0x89]),
  global: (module: string, name: string): Buffer => Buffer.from(`c${module}\n${name}\n`),
  text(value: string): Buffer {
    const bytes = Buffer.from(value)
    const head = Buffer.alloc(5, 0x58)
    head.writeUInt32LE(bytes.length, 1)
    return Buffer.concat([head, bytes])
  },
  int(value: number): Buffer {
    const bytes = Buffer.alloc(5, 0x4a)
    bytes.writeInt32LE(value, 1)
    return bytes
  },
  ints: (values: readonly number[]): Buffer =>
    Buffer.concat([pickle.mark, ...values.map((value) => pickle.int(value)), pickle.tuple])
}

/** What a tensor in a PyTorch file is described by. */
export interface TorchTensor {
  /** "HalfStorage", "FloatStorage" ... */
  readonly storage: string
  readonly shape: readonly number[]
  readonly strides?: readonly number[]
  readonly offset?: number
  /** Values in the storage, as claimed. */
  readonly length: number
  readonly key?: string
}

/** Strides of rows that lie one after the other. */
export function rowStrides(shape: readonly number[]): number[] {
  return shape.map((_, d) => shape.slice(d + 1).reduce((product, size) => product * size, 1))
}

/** The pickle of one tensor as torch.save writes it (without memo, which changes nothing). */
export function tensorPickle(tensor: TorchTensor): Buffer {
  const { storage, shape, length, key = '0', offset = 0 } = tensor
  return Buffer.concat([
    pickle.global('torch._utils', '_rebuild_tensor_v2'),
    pickle.mark,
    pickle.mark,
    pickle.text('storage'),
    pickle.global('torch', storage),
    pickle.text(key),
    pickle.text('cpu'),
    pickle.int(length),
    pickle.tuple,
    pickle.persistent,
    pickle.int(offset),
    pickle.ints(shape),
    pickle.ints(tensor.strides ?? rowStrides(shape)),
    pickle.false,
    pickle.global('collections', 'OrderedDict'),
    Buffer.from(')'),
    pickle.reduce,
    pickle.tuple,
    pickle.reduce
  ])
}

/** A whole PyTorch file around any pickle. */
export function torchZip(
  body: Buffer,
  storages: Readonly<Record<string, Buffer>>,
  extra: Readonly<Record<string, Buffer>> = {}
): Promise<Buffer> {
  const files: Record<string, Buffer> = {
    'archive/data.pkl': Buffer.concat([pickle.start, body, pickle.stop]),
    ...extra
  }
  for (const [key, bytes] of Object.entries(storages)) files[`archive/data/${key}`] = bytes
  files['archive/version'] = Buffer.from('3\n')
  return zipOf(files)
}

/** True when Python with NumPy can be run. */
export function hasNumpy(): boolean {
  try {
    python('import numpy')
    return true
  } catch {
    return false
  }
}

/** Runs a Python program with arguments and returns what it prints. */
export function python(program: string, ...given: readonly string[]): string {
  return execFileSync('python3', ['-c', program, ...given], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 << 20
  })
}
