// A file is judged by what it declares: sizes and order of its input, number of its labels; what cannot
// label items is refused in plain words.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotOnnx, readOnnxFacts } from '../../compute/devices/native/onnx-file.ts'
import { encodeModel } from '../../compute/devices/native/onnx-model.ts'
import { AppError } from '../../../api/errors.ts'
import { fitHelper } from './helper-fit.ts'
import { helperFacts } from './helper-facts.ts'
import { tinyOnnx, type TinyModel } from './tiny-onnx.test-support.ts'

const model = (change: Partial<TinyModel>): Uint8Array =>
  tinyOnnx({ input: [1, 2, 2], weights: new Float32Array(12), outputs: 3, ...change })

function refusal(bytes: Uint8Array): AppError {
  try {
    helperFacts(bytes, '/home/me/teacher.onnx')
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('it was taken')
}

describe('what a file says', () => {
  it.each([
    [[3, 224, 224], 3 * 224 * 224, { height: 224, width: 224, channels: 3, layout: 'NCHW' }],
    [[32, 48, 3], 32 * 48 * 3, { height: 32, width: 48, channels: 3, layout: 'NHWC' }],
    [[1, -1, -1], 4, { height: null, width: null, channels: 1, layout: 'NCHW' }],
    [[7], 7, { height: 1, width: 1, channels: 7, layout: 'rows' }]
  ])('about its input %j', (input, size, expected) => {
    const bytes = model({ input, weights: new Float32Array(3 * size) })
    expect(helperFacts(bytes, 'a.onnx').input).toEqual(expected)
  })

  it('about its answer: scores, shares, a fixed number of items', () => {
    expect(helperFacts(model({}), 'a.onnx')).toMatchObject({
      outputs: 3,
      gives: 'scores',
      batch: null,
      data: 'pictures',
      inputName: 'items',
      outputName: 'labels'
    })
    expect(helperFacts(model({ softmax: true, batch: 4 }), 'a.onnx')).toMatchObject({
      gives: 'shares',
      batch: 4
    })
  })
})

describe('refused is', () => {
  it('a file that is no model, and one that is cut off', () => {
    expect(refusal(new TextEncoder().encode('a photo album')).message).toContain(
      'is not an ONNX model, or it is cut off'
    )
    expect(refusal(new Uint8Array(0)).code).toBe('file-not-recognised')
    const whole = model({})
    expect(refusal(whole.subarray(0, whole.length - 30)).message).toContain('cut off')
  })

  it('numbers that are no floating-point numbers, and shapes that are no items', () => {
    expect(refusal(model({ inputType: 'int64' })).message).toContain('32-bit floating-point')
    const odd = model({ input: [5, 9, 9], weights: new Float32Array(5 * 81 * 3) })
    expect(refusal(odd).message).toContain('neither 1 nor 3 channels')
    const one = model({ outputs: 1, weights: new Float32Array(4) })
    expect(refusal(one).message).toContain('one number')
    const huge = model({ input: [3, 4000, 4000], weights: new Float32Array(3) })
    expect(refusal(huge).message).toContain('larger than 1024 pixels')
  })

  it('a model of two inputs', () => {
    const bytes = encodeModel({
      nodes: [{ op: 'Add', inputs: ['a', 'b'], outputs: ['c'] }],
      constants: [],
      inputs: ['a', 'b'].map((name) => ({ name, type: 'float32' as const, shape: [-1, 4] })),
      outputs: [{ name: 'c', type: 'float32', shape: [-1, 4] }]
    })
    expect(refusal(bytes).message).toContain('takes 2 inputs')
  })

  it('one whose numbers lie in other files, whatever path it names', () => {
    // A constant with external data, as appended to a sound model's graph.
    const out = new BinaryWriter()
    out.tag(8, WireType.LengthDelimited).string('w')
    out.tag(13, WireType.LengthDelimited).fork()
    out.tag(1, WireType.LengthDelimited).string('location')
    out.tag(2, WireType.LengthDelimited).string('../../../etc/passwd')
    out.join()
    out.tag(14, WireType.Varint).int32(1)
    const constant = out.finish()
    const bytes = withConstant(model({}), constant)
    expect(refusal(bytes).message).toContain('keeps its numbers in further files')
  })

  it('one with operations of somebody else', () => {
    const bytes = encodeModel({
      nodes: [
        // The type names the domains our own writer uses; any text is one on disk.
        { op: 'Run', inputs: ['a'], outputs: ['c'], domain: 'com.microsoft' }
      ],
      constants: [],
      inputs: [{ name: 'a', type: 'float32', shape: [-1, 4] }],
      outputs: [{ name: 'c', type: 'float32', shape: [-1, 4] }]
    })
    const text = Buffer.from(bytes).toString('latin1').replaceAll('com.microsoft', 'com.somebody.')
    expect(refusal(Buffer.from(text, 'latin1')).message).toContain('com.somebody.:Run')
  })
})

/** A model with one more constant in its graph. */
function withConstant(bytes: Uint8Array, constant: Uint8Array): Uint8Array {
  const extra = new BinaryWriter()
  extra.tag(5, WireType.LengthDelimited).bytes(constant)
  const added = extra.finish()
  const out = new BinaryWriter()
  // Fields of a message that come twice are joined: a second graph field would be a second graph.
  const graph = graphOf(bytes)
  out.tag(1, WireType.Varint).int32(8)
  out.tag(7, WireType.LengthDelimited).bytes(Buffer.concat([graph, added]))
  return out.finish()
}

/** The bytes of the graph field, found by its tag: 1 (version), then 7. */
function graphOf(bytes: Uint8Array): Uint8Array {
  // Tag and version take two bytes; the graph's tag one; its length is a varint.
  let at = 3
  let length = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    length += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) break
  }
  return bytes.subarray(at, at + length)
}

it('any bytes are read or refused, never anything else', () => {
  const whole = model({})
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
      fc.nat(whole.length),
      (changes, length) => {
        const bytes = whole.slice(0, length)
        for (const [at, value] of changes) if (at < length) bytes[at] = value
        try {
          readOnnxFacts(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(NotOnnx)
        }
      }
    ),
    { numRuns: 300 }
  )
})

describe('the outputs are the labels in their order', () => {
  const facts = { name: 'teacher.onnx', ...helperFacts(model({}), 'teacher.onnx') }
  const to = {
    data: 'pictures' as const,
    shape: { height: 2, width: 2, channels: 1 },
    datasetLabels: ['cat', 'dog', 'emu'],
    classNames: ['cat', 'dog', 'emu']
  }
  it('of the dataset, also when some take no part; or of those that do', () => {
    expect(fitHelper(facts, to)).toEqual({ outputs: 3, outputOf: [0, 1, 2] })
    expect(fitHelper(facts, { ...to, classNames: ['cat', 'emu'] })).toEqual({
      outputs: 3,
      outputOf: [0, 2]
    })
    const four = { ...to, datasetLabels: ['bee', ...to.datasetLabels] }
    expect(fitHelper(facts, four)).toEqual({ outputs: 3, outputOf: [0, 1, 2] })
  })
  it('and another number of them is refused with both numbers', () => {
    const wrong = fitHelper(facts, { ...to, datasetLabels: ['a', 'b'], classNames: ['a', 'b'] })
    expect(wrong.problem).toContain('names 3 labels; the data has 2 labels')
    expect(fitHelper(facts, { ...to, data: 'vectors' }).problem).toContain('takes pictures')
    const rows = { ...facts, ...helperFacts(model({ input: [4] }), 'a.onnx') }
    const columns = { height: 1, width: 1, channels: 9 }
    expect(fitHelper(rows, { ...to, data: 'vectors', shape: columns }).problem).toContain(
      'takes 4 columns; the items here have 9'
    )
  })
})
