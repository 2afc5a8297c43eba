import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { runMethod } from '../../coverage/coverage.test-support.ts'
import {
  checkSelection,
  describeMethod,
  makeTargetCase
} from '../../difficulty/method-checks.test-support.ts'
import type { SelectionInputs } from '../../method.ts'
import { memorySource } from '../icons/icons.test-support.ts'
import { judgeSide, outOfFoldAuc, trainJudge, type Side } from './judges.ts'
import filter from './method.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})
// As in the registry: the method's own parameter type is widened.
const method = filter as never

describeMethod(method, {
  variants: [{}, { balance: 'none', folds: 3 }, { leastScore: 0.01, samplePerTrusted: 1 }],
  mayStopEarly: true
})

/** Rows of which the first `good` are like the trusted items and the rest lie elsewhere. */
function pollutedCase(good: number, rows: number, budget: number, trusted = 40): SelectionInputs {
  const random = createRandom(17)
  const draw = (count: number, centre: number): Float32Array =>
    Float32Array.from(
      { length: count * 5 },
      (_, at) => (at % 5 === 0 ? centre : 0) + random.normal()
    )
  const values = new Float32Array(rows * 5)
  values.set(draw(good, 3))
  values.set(draw(rows - good, -1), good * 5)
  const part = { name: 'all', features: draw(trusted, 3), labels: new Int32Array(trusted) }
  return {
    features: memorySource(values, 5),
    labels: new Int32Array(rows),
    classNames: ['one'],
    tasks: [{ name: 'Trusted', importance: 'normal', parts: [part] }],
    budget,
    rowIds: Uint32Array.from({ length: rows }, (_, i) => 3 * i)
  }
}

describe('on a polluted pool', () => {
  it('keeps what is like the trusted items and says how well it can tell', async () => {
    const inputs = pollutedCase(100, 400, 80)
    const { selection } = await runMethod(device, method, inputs)
    expect(selection.order.subarray(0, 80).filter((row) => row >= 100).length).toBeLessThan(4)
    // Against a sample of which a quarter is good itself: at most about 0.875.
    expect(selection.info['auc']).toBeGreaterThan(0.8)
    expect(selection.info['auc']).toBeLessThan(0.95)
    checkSelection(method, selection, inputs)
  })

  it('orders by likeness: scores never rise along the order', async () => {
    const { selection } = await runMethod(device, method, pollutedCase(100, 400, 80), {
      balance: 'none'
    })
    const likeness = selection.columns['likeness']
    for (let place = 1; place < 400; place++)
      expect(likeness[selection.order[place]]).toBeLessThanOrEqual(
        likeness[selection.order[place - 1]]
      )
  })

  it('keeps fewer than asked for below the least score, and refuses when none is left', async () => {
    const inputs = pollutedCase(100, 400, 300)
    const { selection } = await runMethod(device, method, inputs, { leastScore: 0.5 })
    expect(selection.got).toBeGreaterThan(50)
    expect(selection.got).toBeLessThan(150)
    expect(selection.notes.join(' ')).toContain(
      `Only ${selection.got} items reach the least score of 0.5`
    )
    checkSelection(method, selection, inputs, true)
    await expect(
      runMethod(device, method, pollutedCase(0, 400, 300), { leastScore: 0.999 })
    ).rejects.toMatchObject({ code: 'method-not-possible' })
  })

  it('is close to 0.5 where trusted items are like all others, and says so', async () => {
    const { selection } = await runMethod(device, method, pollutedCase(400, 400, 80, 150))
    expect(Math.abs(Number(selection.info['auc']) - 0.5)).toBeLessThan(0.1)
    expect(selection.notes.join(' ')).toContain('can hardly be told from the rest')
  })
})

describe('the judges', () => {
  const sides = (): [Side, Side, Float32Array] => {
    const random = createRandom(8)
    const draw = (count: number, centre: number): Float32Array =>
      Float32Array.from({ length: count * 3 }, () => centre + random.normal())
    const folds = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, i) => i % 2)
    return [
      { features: draw(60, 0.5), folds: folds(60) },
      { features: draw(90, -0.5), folds: folds(90) },
      draw(50, 0)
    ]
  }

  it('turn the order round when trusted and other items change sides', async () => {
    const [a, b, rows] = sides()
    const { tf } = device
    const signal = new AbortController().signal
    const judge = async (up: Side, down: Side): Promise<Float32Array> => {
      const heads = [await trainJudge(tf, up, down, 3, 0, 1, signal)]
      const side = { features: rows, folds: new Uint8Array(50) }
      return judgeSide(tf, side, 3, { heads }, signal)
    }
    const [forth, back] = [await judge(a, b), await judge(b, a)]
    forth.forEach((logit, i) => expect(logit + back[i]).toBeCloseTo(0, 2))
    const order = (logits: Float32Array): number[] =>
      [...logits.keys()].sort((x, y) => logits[x] - logits[y])
    const [up, down] = [order(forth), order(back).reverse()]
    // Rows that are closer than the optimiser's tolerance may change places.
    up.forEach((row, place) => expect(Math.abs(forth[row] - forth[down[place]])).toBeLessThan(0.02))
  })

  it('do not see the items they judge: labels by lot give an AUC around one half', async () => {
    const random = createRandom(21)
    const noise = (count: number): Side => ({
      features: Float32Array.from({ length: count * 60 }, () => random.normal()),
      folds: Uint8Array.from({ length: count }, (_, i) => i % 5)
    })
    const [a, b] = [noise(100), noise(100)]
    const { tf } = device
    const signal = new AbortController().signal
    const train = (folds: number) =>
      Promise.all(
        Array.from({ length: folds }, (_, fold) => trainJudge(tf, a, b, 60, fold, folds, signal))
      )
    const crossed = await outOfFoldAuc(tf, a, b, 60, { heads: await train(5) }, signal)
    expect(Math.abs(crossed - 0.5)).toBeLessThan(0.15)
    const [one] = await train(1)
    const seen = await outOfFoldAuc(tf, a, b, 60, { heads: [one, one, one, one, one] }, signal)
    expect(seen).toBeGreaterThan(crossed + 0.15)
  })
})

describe('trusted items', () => {
  it('must be there and readable', async () => {
    const { inputs } = makeTargetCase(1, { rows: 30, columns: 4, classes: 2, budget: 5 })
    await expect(runMethod(device, method, { ...inputs, tasks: [] })).rejects.toMatchObject({
      code: 'method-not-possible'
    })
    for (const { features } of inputs.tasks.flatMap(({ parts }) => parts)) features.fill(NaN)
    await expect(runMethod(device, method, inputs)).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })

  it('may be a single one, which cannot be tested', async () => {
    const { inputs } = makeTargetCase(1, { rows: 30, columns: 4, classes: 2, budget: 5 })
    const part = inputs.tasks[0].parts[0]
    const parts = [
      { ...part, features: part.features.slice(0, 4), labels: part.labels.slice(0, 1) }
    ]
    const tasks = [{ ...inputs.tasks[0], parts }]
    const { selection } = await runMethod(device, method, { ...inputs, tasks })
    expect(selection.info['auc']).toBe(null)
    expect(selection.notes.join(' ')).toContain('single trusted item')
  })
})
