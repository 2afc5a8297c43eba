// Rule F5 and F6: a model file may have been made by anyone to do harm, and so may a project that holds
// one. Too large, cut off, with parts elsewhere, of other shapes than it says, never ending, drawing
// chance, answering with no numbers: each is refused in words, and nothing is kept.
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../api/errors.ts'
import {
  encodeModel,
  type OnnxGraph,
  type OnnxNode,
  type OnnxValueInfo
} from '../../compute/devices/native/onnx-model.ts'
import { openPictureModel } from '../picture-model.ts'
import { modelBytesMax, noiseModelFacts } from './noise-model-facts.ts'
import { openNoiseSession } from './noise-session.ts'
import {
  entryPath,
  findOwn,
  hashOf,
  isOwnId,
  keepOwn,
  ownId,
  readModelBytes,
  removeOwn,
  type OwnEntry
} from './own-models.ts'
import { findSettings, usualSettings } from './try-own-model.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-own-model-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const pictures: OnnxValueInfo = { name: 'sample', type: 'float32', shape: [-1, 1, 8, 8] }
const step: OnnxValueInfo = { name: 'timestep', type: 'int64', shape: [-1] }
const answer: OnnxValueInfo = { name: 'noise', type: 'float32', shape: [-1, 1, 8, 8] }
const same: OnnxNode = { op: 'Identity', inputs: ['sample'], outputs: ['noise'] }
const file = (part: Partial<OnnxGraph> = {}): Uint8Array =>
  encodeModel({
    ...{ nodes: [same], constants: [], inputs: [pictures, step], outputs: [answer] },
    ...part
  })
const floats = (name: string, ...values: number[]) => ({
  ...{ name, type: 'float32' as const, shape: [] },
  bytes: new Uint8Array(Float32Array.from(values).buffer)
})

/** Why a file is not taken; nothing but an AppError counts. */
function refused(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it was taken')
}
const judged = (bytes: Uint8Array): AppError =>
  refused(() => noiseModelFacts(bytes, '/home/me/mine.onnx'))
function ran(bytes: Uint8Array): AppError {
  const facts = noiseModelFacts(bytes, 'mine.onnx')
  return refused(() => {
    const session = openNoiseSession({ bytes, name: 'mine.onnx', facts, side: 8, cores: 1 })
    try {
      session.see(new Float32Array(2 * 64).fill(0.5), 300)
    } finally {
      session.dispose()
    }
  })
}

describe('a file is refused by what it says', () => {
  it('when it is too large, before it is read', async () => {
    const path = join(folder, 'huge.onnx')
    await writeFile(path, '')
    // A hole: as large as it says, and nothing on the disk.
    await truncate(path, modelBytesMax + 1)
    await expect(readModelBytes(path)).rejects.toMatchObject({ code: 'too-large' })
    await expect(readModelBytes(join(folder, 'none.onnx'))).rejects.toMatchObject({
      code: 'file-not-readable'
    })
  })
  it('when it is cut off anywhere, or changed: refused or read, never anything else', () => {
    const whole = file()
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(whole.length),
        (changes, length) => {
          const bytes = whole.slice(0, length)
          for (const [at, value] of changes) if (at < length) bytes[at] = value
          try {
            noiseModelFacts(bytes, 'mine.onnx')
          } catch (error) {
            expect(error).toBeInstanceOf(AppError)
          }
        }
      ),
      { numRuns: 300 }
    )
    expect(judged(whole.subarray(0, whole.length - 40)).message).toContain('cut off')
    expect(judged(new TextEncoder().encode('PK a photo album')).message).toContain('cut off')
  })
  it('when its numbers lie in other files, whatever place they name', () => {
    const out = new BinaryWriter()
    out.tag(8, WireType.LengthDelimited).string('w')
    out.tag(13, WireType.LengthDelimited).fork()
    out.tag(1, WireType.LengthDelimited).string('location')
    out.tag(2, WireType.LengthDelimited).string('/etc/passwd')
    out.join()
    out.tag(14, WireType.Varint).int32(1)
    const constant = out.finish()
    // A graph of its own with that constant; fields of a message that come twice are joined.
    const graph = new BinaryWriter()
    graph.tag(5, WireType.LengthDelimited).bytes(constant)
    const added = graph.finish()
    expect(judged(withMoreGraph(file(), added)).message).toContain('in further files')
  })
  it.each<[string, Partial<OnnxGraph>, string]>([
    ['one input', { inputs: [pictures] }, 'takes one input'],
    [
      'a third input',
      { inputs: [pictures, step, { name: 'text', type: 'float32', shape: [-1, 77, 768] }] },
      'takes 3 inputs'
    ],
    ['no pictures', { inputs: [{ ...pictures, shape: [-1, 64] }, step] }, '4 dimensions'],
    ['no square', { inputs: [{ ...pictures, shape: [-1, 1, 8, 16] }, step] }, 'only squares'],
    ['huge sides', { inputs: [{ ...pictures, shape: [-1, 3, 4096, 4096] }, step] }, '4096 pixels'],
    ['packed pictures', { inputs: [{ ...pictures, shape: [-1, 4, 8, 8] }, step] }, '1 nor 3'],
    ['many at once', { inputs: [{ ...pictures, shape: [9999, 1, 8, 8] }, step] }, '9999 pictures'],
    ['other numbers', { inputs: [{ ...pictures, type: 'float16' }, step] }, '32-bit'],
    ['a table of steps', { inputs: [pictures, { ...step, shape: [-1, 4] }] }, 'besides pictures'],
    ['steps of bytes', { inputs: [pictures, { ...step, type: 'uint8' }] }, 'of a kind'],
    ['twice the channels', { outputs: [{ ...answer, shape: [-1, 2, 8, 8] }] }, 'it gives any × 2'],
    ['a loop', { nodes: [{ ...same, op: 'Loop' }] }, 'repeats parts of itself'],
    ['chance', { nodes: [{ ...same, op: 'RandomNormalLike' }] }, 'random numbers of its own']
  ])('when it has %s', (_, part, words) => {
    const error = judged(file(part))
    expect(error.code).toBe('file-not-recognised')
    expect(error.message).toContain(words)
    expect(error.message).not.toContain('/home/me')
  })
  it('when it uses operations of somebody else', () => {
    const bytes = file({ nodes: [{ ...same, domain: 'com.microsoft' }] })
    const text = Buffer.from(bytes).toString('latin1').replaceAll('com.microsoft', 'com.somebody.')
    expect(judged(Buffer.from(text, 'latin1')).message).toContain('com.somebody.:Identity')
  })
})

describe('a file is refused when it is run', () => {
  it('and answers with what is no number, at one step only as well', () => {
    const zero = { op: 'Sub', inputs: ['sample', 'sample'], outputs: ['zero'] }
    const bytes = file({
      nodes: [zero, { op: 'Div', inputs: ['zero', 'zero'], outputs: ['noise'] }]
    })
    expect(ran(bytes).message).toContain('what is no number')
    const large = file({
      nodes: [
        { op: 'Mul', inputs: ['sample', 'most'], outputs: ['m'] },
        { op: 'Mul', inputs: ['m', 'most'], outputs: ['noise'] }
      ],
      constants: [floats('most', 3e38)]
    })
    expect(ran(large).message).toContain('what is no number')
  })
  it('and its answer has another shape than it says', () => {
    const half = file({
      nodes: [
        {
          op: 'AveragePool',
          inputs: ['sample'],
          outputs: ['noise'],
          attributes: { kernel_shape: [2, 2], strides: [2, 2] }
        }
      ],
      outputs: [{ ...answer, shape: [-1, -1, -1, -1] }]
    })
    expect(ran(half).code).toBe('method-not-possible')
  })
  it('and asks for more memory than there can be', () => {
    const shape = BigInt64Array.of(2n ** 20n, 2n ** 20n, 2n ** 6n)
    const bytes = file({
      nodes: [
        { op: 'ConstantOfShape', inputs: ['shape'], outputs: ['much'] },
        {
          op: 'ReduceSum',
          inputs: ['much'],
          outputs: ['sum'],
          attributes: { keepdims: 0 }
        },
        { op: 'Add', inputs: ['sample', 'sum'], outputs: ['noise'] }
      ],
      constants: [{ name: 'shape', type: 'int64', shape: [3], bytes: new Uint8Array(shape.buffer) }]
    })
    expect(ran(bytes).code).toBe('method-not-possible')
  })
  it('and sees no noise', () => {
    const bytes = file({
      nodes: [{ op: 'Sub', inputs: ['sample', 'sample'], outputs: ['noise'] }]
    })
    const facts = noiseModelFacts(bytes, 'mine.onnx')
    const session = openNoiseSession({ bytes, name: 'mine.onnx', facts, side: 8, cores: 1 })
    const seen = new Float32Array(4 * 64).map((_, at) => Math.sin(at))
    expect(refused(() => findSettings(session, facts, 'mine.onnx', seen, null)).message).toContain(
      'does not see noise'
    )
    session.dispose()
  })
})

describe('a project from anyone', () => {
  const bytes = file()
  function entry(): OwnEntry {
    const settings = usualSettings(8)
    const sha256 = hashOf(bytes)
    return {
      id: ownId(sha256, settings),
      own: {
        ...{ sha256, file: 'mine.onnx', bytes: bytes.length, settings, error: 0.1 },
        isSideOpen: false
      },
      ...{ side: 8, channels: 1, addedAt: 1 }
    }
  }
  it('whose model is another file than was taken is not run', async () => {
    const own = entry()
    await keepOwn(folder, own, bytes)
    expect((await openPictureModel(entryPath(folder, own.id))).input.height).toBe(8)
    const path = join(folder, `${own.own.sha256}.onnx`)
    const other = await readFile(path)
    other[other.length - 1] ^= 1
    await writeFile(path, other)
    await expect(openPictureModel(entryPath(folder, own.id))).rejects.toMatchObject({
      code: 'file-damaged'
    })
  })
  it('whose entry says other settings than its code stands for is not used', async () => {
    const own = entry()
    await keepOwn(folder, own, bytes)
    const path = entryPath(folder, own.id)
    await writeFile(
      path,
      JSON.stringify({ ...own, own: { ...own.own, settings: { ...own.own.settings, steps: 77 } } })
    )
    await expect(openPictureModel(path)).rejects.toMatchObject({ code: 'file-damaged' })
    await writeFile(path, JSON.stringify({ ...own, side: 9_999_999 }))
    expect(await findOwn(folder, own.id)).toBeUndefined()
    await writeFile(path, '{"id":')
    expect(await findOwn(folder, own.id)).toBeUndefined()
  })
  it('and ids that are places lead nowhere', async () => {
    const outside = join(folder, 'outside')
    await mkdir(outside)
    await writeFile(join(outside, 'precious.json'), '{}')
    for (const id of ['../outside/precious', 'file-../outside/precious', 'shipped', '']) {
      expect(isOwnId(id)).toBe(false)
      expect(await findOwn(folder, id)).toBeUndefined()
      await removeOwn(join(folder, 'models'), id)
    }
    expect(await readdir(outside)).toEqual(['precious.json'])
  })
})

/** A model with more fields in its graph. */
function withMoreGraph(bytes: Uint8Array, added: Uint8Array): Uint8Array {
  // Version and its tag take two bytes, the graph's tag one; its length is a varint.
  let at = 3
  let length = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    length += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  const out = new BinaryWriter()
  out.tag(1, WireType.Varint).int32(8)
  out
    .tag(7, WireType.LengthDelimited)
    .bytes(Buffer.concat([bytes.subarray(at, at + length), added]))
  return out.finish()
}
