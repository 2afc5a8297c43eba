import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { unpackHeads } from '../../head-gradients/head-set.ts'
import {
  checkpointOf,
  correlation,
  dotOf,
  fullFisher,
  fullGradient,
  optimalHead,
  rankCorrelation,
  runSpec,
  scaledRow,
  scoresOf,
  softmaxOf,
  solveDense,
  type TargetRecord
} from '../../head-gradients/target.test-support.ts'
import { makeCase, type Case } from '../icons/icons.test-support.ts'
import { influenceSpec } from './method.ts'
import { influenceParams, type InfluenceParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const run = (given: Case, params: Partial<InfluenceParams>): Promise<TargetRecord> =>
  runSpec(
    device,
    given.inputs,
    influenceSpec(influenceParams.parse({ subTasks: 'none', ...params }))
  )

describe('influence functions beside training again without each item', () => {
  const shape = { rows: 60, columns: 4, classes: 3, tasks: 2, budget: 10 }
  const given = makeCase(8, shape)
  const all = Array.from({ length: 60 }, (_, i) => i)

  /** Mean loss of every task's examples after leaving each row out, minus that with all rows. */
  function leaveOneOut(record: TargetRecord): number[][] {
    const checkpoint = checkpointOf(record, 'heads')
    const { l2 } = unpackHeads(checkpoint)
    const { inputs, values } = given
    const h = all.map((i) => scaledRow(checkpoint, values, i))
    const losses = (weights: Float64Array): number[] =>
      inputs.tasks.map(({ parts: [part] }) => {
        const own = [...part.labels].map((label, v) =>
          Math.log(softmaxOf(weights, scaledRow(checkpoint, part.features, v))[label])
        )
        return -own.reduce((a, b) => a + b) / own.length
      })
    const whole = optimalHead(h, inputs.labels, 3, l2, all)
    const before = losses(whole)
    const changes = inputs.tasks.map(() => [] as number[])
    for (const row of all) {
      const rest = all.filter((other) => other !== row)
      losses(optimalHead(h, inputs.labels, 3, l2, rest, whole)).forEach((loss, task) =>
        changes[task].push(loss - before[task])
      )
    }
    return changes
  }

  it('ranks rows as it does, in the exact form and in the short one, in size too', async () => {
    const exact = await run(given, { damping: 0 })
    const short = await run(given, { damping: 0, form: 'ek-fac' })
    const truth = leaveOneOut(exact)
    truth.forEach((changes, task) => {
      const own = [...scoresOf(exact).subarray(task * 60, (task + 1) * 60)]
      expect(rankCorrelation(own, changes)).toBeGreaterThan(0.95)
      // Leaving one of n rows out moves the loss by 1/n of the influence.
      expect(correlation(own, changes)).toBeGreaterThan(0.95)
      const slope = dotOf(own, changes) / dotOf(own, own)
      expect(slope * 60).toBeGreaterThan(0.8)
      expect(slope * 60).toBeLessThan(1.3)
      const quick = [...scoresOf(short).subarray(task * 60, (task + 1) * 60)]
      expect(rankCorrelation(quick, changes)).toBeGreaterThan(0.8)
    })
  })

  it('is gradient times inverse (Fisher + weight decay) times gradient, written out', async () => {
    const record = await run(given, { damping: 0, holdBack: 0.2 })
    const checkpoint = checkpointOf(record, 'heads')
    const { weights, l2 } = unpackHeads(checkpoint)
    expect(l2).toBe(0.2)
    const { inputs, values } = given
    const h = all.map((i) => scaledRow(checkpoint, values, i))
    const fisher = fullFisher(weights[0], h, 3, l2, all)
    // Biases moved for all labels alike change no answer: any curvature there will do.
    for (const line of [4, 9, 14]) for (const at of [4, 9, 14]) fisher[line][at] += 1
    inputs.tasks.forEach(({ parts: [part] }, task) => {
      const mean = fisher.map(() => 0)
      part.labels.forEach((label, v) => {
        const g = fullGradient(weights[0], scaledRow(checkpoint, part.features, v), label)
        g.forEach((value, i) => {
          mean[i] += value / part.labels.length
        })
      })
      const copy = fisher.map((line) => [...line])
      const direction = solveDense(copy, mean)
      const expected = all.map((i) =>
        dotOf(fullGradient(weights[0], h[i], inputs.labels[i]), direction)
      )
      const size = Math.max(...expected.map(Math.abs))
      const got = scoresOf(record).subarray(task * 60, (task + 1) * 60)
      expected.forEach((value, i) => expect(Math.abs(got[i] - value)).toBeLessThan(1e-4 * size))
    })
  })

  it('reaches the optimum it speaks of', async () => {
    const checkpoint = checkpointOf(await run(given, {}), 'heads')
    const { weights, l2 } = unpackHeads(checkpoint)
    const h = all.map((i) => scaledRow(checkpoint, given.values, i))
    const best = optimalHead(h, given.inputs.labels, 3, l2, all)
    best.forEach((value, i) => {
      // The bias may be moved for all labels alike.
      if (i % 5 !== 4) expect(Math.abs(value - weights[0][i])).toBeLessThan(1e-3)
    })
  })

  it('becomes the plain dot product of gradients when the curvature is drowned in damping', async () => {
    for (const form of ['exact', 'ek-fac'] as const) {
      const record = await run(given, { damping: 1000, form, holdBack: 0.01 })
      const checkpoint = checkpointOf(record, 'heads')
      const own = unpackHeads(checkpoint).weights[0]
      const [part] = given.inputs.tasks[0].parts
      const targets = [...part.labels].map((label, v) =>
        fullGradient(own, scaledRow(checkpoint, part.features, v), label)
      )
      const plain = all.map((i) => {
        const g = fullGradient(own, scaledRow(checkpoint, given.values, i), given.inputs.labels[i])
        return targets.reduce((sum, target) => sum + dotOf(g, target), 0)
      })
      const got = [...scoresOf(record).subarray(0, 60)]
      expect(correlation(got, plain)).toBeGreaterThan(0.9999)
    }
  })
})

describe('the choice of the form', () => {
  it('is exact for small heads, short for large ones, and refuses what cannot be', async () => {
    const small = makeCase(3, { rows: 60, columns: 5, classes: 3, tasks: 1, budget: 9 })
    const facts = ({ selection }: TargetRecord): unknown =>
      (selection.info['facts'] as Record<string, unknown>)['form']
    expect(facts(await run(small, {}))).toBe('exact')
    const large = makeCase(3, { rows: 120, columns: 200, classes: 22, tasks: 1, budget: 9 })
    const record = await run(large, {})
    expect(facts(record)).toBe('ek-fac')
    expect(record.selection.notes.join(' ')).toContain('shorter form')
    await expect(run(large, { form: 'exact' })).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })

  it('says when the helper model learned from a part of the items only', async () => {
    const given = makeCase(3, { rows: 150, columns: 4, classes: 3, tasks: 1, budget: 9 })
    const { selection } = await run(given, { curvatureRows: 100 })
    expect(selection.notes.join(' ')).toContain('learned from 100 items drawn by lot')
    expect((await run(given, {})).selection.notes.join(' ')).not.toContain('drawn by lot')
  })
})
