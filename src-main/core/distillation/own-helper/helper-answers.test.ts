// What a model is given and what is made of its answers: order of numbers, colours, sizes and scales;
// scores and shares both become logits; a cancel comes through.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HelperValues } from '../../../api/dto/distil.ts'
import { labelledValues } from '../../networks/normalisation.ts'
import { askHelper, looksLikeShares, type HelperQuestion } from './helper-answers.ts'
import { helperFacts } from './helper-facts.ts'
import { formItems } from './helper-items.ts'
import { identity, tinyOnnx, type TinyModel } from './tiny-onnx.test-support.ts'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'winnow-helper-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

const never = new AbortController().signal
const grey = { height: 2, width: 2, channels: 1 }
const plain = { mean: [0], sd: [1] }

async function question(
  model: TinyModel,
  change: Partial<HelperQuestion> = {}
): Promise<HelperQuestion> {
  const bytes = tinyOnnx(model)
  const path = join(folder, 'model.onnx')
  await writeFile(path, bytes)
  const facts = helperFacts(bytes, path)
  const file = { file: 'a'.repeat(64), name: 'model.onnx', bytes: bytes.length }
  return {
    helper: { ...facts, ...file, addedAt: 0, secondsPerItem: 0 },
    path,
    input: facts.input,
    values: 'shares',
    shape: grey,
    normalisation: plain,
    outputOf: [0, 1, 2, 3],
    outputs: 4,
    cores: 1,
    ...change
  }
}

const echo: TinyModel = { input: [1, 2, 2], weights: identity(4), outputs: 4 }
const rowsOf = (values: readonly number[], size: number) =>
  labelledValues(Float32Array.from(values), new Int32Array(values.length / size))

describe('items', () => {
  const colour = { height: 1, width: 2, channels: 3 }
  const form = (values: HelperValues, input: HelperQuestion['input']) =>
    formItems(
      { input, values, shape: colour, normalisation: { mean: [0.5, 0, 0], sd: [0.5, 1, 1] } },
      // Two pixels, red first: shares 1, .2, .4 and 0, .6, .8.
      Float32Array.of(1, 0.2, 0.4, -1, 0.6, 0.8)
    )
  const first = { height: 1, width: 2, channels: 3, layout: 'NCHW' as const }
  const rounded = (values: Float32Array) => Array.from(values, (value) => Number(value.toFixed(4)))

  it('come in the order the model takes', () => {
    expect(rounded(form('shares', first))).toEqual([1, 0, 0.2, 0.6, 0.4, 0.8])
    expect(rounded(form('shares', { ...first, layout: 'NHWC' }))).toEqual([
      1, 0.2, 0.4, 0, 0.6, 0.8
    ])
  })
  it('come on the scale the model takes', () => {
    expect(rounded(form('bytes', first))).toEqual([255, 0, 51, 153, 102, 204])
    expect(rounded(form('as-students', first))).toEqual([1, -1, 0.2, 0.6, 0.4, 0.8])
    const [red] = form('imagenet', first)
    expect(red).toBeCloseTo((1 - 0.485) / 0.229, 5)
  })
  it('lose or gain colours, and are brought to size', () => {
    const greyInput = { ...first, channels: 1 }
    expect(form('shares', greyInput)[0]).toBeCloseTo(0.299 + 0.587 * 0.2 + 0.114 * 0.4, 5)
    const larger = formItems(
      {
        input: { ...first, height: 4, width: 4 },
        values: 'shares',
        shape: grey,
        normalisation: plain
      },
      Float32Array.of(0.25, 0.25, 0.25, 0.25)
    )
    expect(larger).toHaveLength(48)
    expect(larger.every((value) => Math.abs(value - 0.25) < 1e-6)).toBe(true)
  })
})

describe('answers', () => {
  it('of scores are taken as they are, the labels that take part only', async () => {
    const asked = await question(echo, { outputOf: [3, 1] })
    const answer = await askHelper(asked, rowsOf([0.1, 0.2, 0.3, 0.4, 5, 6, 7, 8], 4), never)
    expect(Array.from(answer, (value) => Number(value.toFixed(4)))).toEqual([0.4, 0.2, 8, 6])
  })

  it('of shares become their logarithms', async () => {
    const asked = await question({ ...echo, softmax: true })
    const [a, b, c, d] = await askHelper(asked, rowsOf([0, 1, 2, 3], 4), never)
    expect([b - a, c - b, d - c].map((step) => Number(step.toFixed(4)))).toEqual([1, 1, 1])
    expect(a).toBeLessThan(0)
  })

  it('of a model that takes three items at once are those of each', async () => {
    const values = Array.from({ length: 28 }, (_, at) => at / 10)
    const rows = rowsOf(values, 4)
    const fixed = await askHelper(await question({ ...echo, batch: 3 }), rows, never)
    expect(Array.from(fixed, (value) => Number(value.toFixed(4)))).toEqual(values)
  })

  it('without a word about the last step are told by their numbers', () => {
    expect(looksLikeShares(Float32Array.of(0.25, 0.75, 1, 0), 2)).toBe(true)
    expect(looksLikeShares(Float32Array.of(0.25, 0.75, 1, 0.5), 2)).toBe(false)
    expect(looksLikeShares(Float32Array.of(-0.5, 1.5), 2)).toBe(false)
  })

  it('other than the file says are refused, and so is a file that is gone', async () => {
    const wrong = await question({ ...echo, declared: 5 }, { outputs: 5 })
    await expect(askHelper(wrong, rowsOf([1, 2, 3, 4], 4), never)).rejects.toMatchObject({
      code: 'method-not-possible'
    })
    const gone = { ...(await question(echo)), path: join(folder, 'nothing.onnx') }
    await expect(askHelper(gone, rowsOf([1, 2, 3, 4], 4), never)).rejects.toMatchObject({
      code: 'file-not-readable'
    })
  })

  it('end with a cancel', async () => {
    const abort = new AbortController()
    abort.abort(new Error('enough'))
    await expect(
      askHelper(await question(echo), rowsOf([1, 2, 3, 4], 4), abort.signal)
    ).rejects.toThrow('enough')
  })
})
