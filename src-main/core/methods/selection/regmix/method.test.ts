import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { runMethod } from '../../coverage/coverage.test-support.ts'
import {
  checkMixture,
  describeSourceMethod,
  makeSourceCase,
  mixtureOf
} from '../../mixtures/mixtures.test-support.ts'
import regmix from './method.ts'

// As in the registry: the method's own parameter type is widened.
const method = regmix as never
const quick = { mixtures: 16, items: 50, passes: 1, simulated: 1000 }
let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

/** A table of runs whose loss falls with the share of the second of two sources. */
function table(rows: (at: number) => string = () => ''): string {
  const runs = Array.from({ length: 12 }, (_, i) => {
    const share = (i + 0.5) / 12
    return `${(1 - share).toFixed(3)},${share.toFixed(3)},${(2 - share).toFixed(3)}${rows(i)}`
  })
  return ['source 0,source 1,loss', ...runs].join('\n')
}

describeSourceMethod(method, [quick, { ...quick, aimAt: '' }])

describe('with helper models', () => {
  it('take less from a noisy source when examples say what is wanted', async () => {
    const shape = { sizes: [200, 600], noise: [0, 0.6], budget: 100, tasks: 1, examples: 60 }
    const { inputs } = makeSourceCase(3, shape)
    const params = { mixtures: 40, items: 120, passes: 4, simulated: 4000 }
    const { selection } = await runMethod(device, method, inputs, params)
    checkMixture(method, selection, inputs)
    const [clean, noisy] = mixtureOf(selection).sources
    expect(clean.before).toBe(0.25)
    expect(clean.asked).toBeGreaterThan(0.6)
    expect(noisy.asked).toBeLessThan(0.4)
    expect(selection.info['quality']).toBeGreaterThan(0.6)
    expect(selection.notes.join(' ')).toMatch(/clearly lower than shares by size/)
  })

  it('never ask a source for more than it has', async () => {
    const { inputs } = makeSourceCase(3, {
      sizes: [60, 300],
      noise: [0, 0.9],
      budget: 240,
      tasks: 1
    })
    const { selection } = await runMethod(device, method, inputs, quick)
    const [clean] = mixtureOf(selection).sources
    expect(clean.asked * 240).toBeLessThanOrEqual(60 + 1e-9)
    expect(clean.kept).toBeGreaterThan(40)
  })

  it('aim at one source alone, and refuse a name that is not measured', async () => {
    const { inputs } = makeSourceCase(4, { sizes: [80, 80], budget: 40 })
    const { selection } = await runMethod(device, method, inputs, { ...quick, aimAt: ' source 1 ' })
    expect(selection.info['measures']).toMatchObject([{ weight: 0 }, { weight: 1 }])
    await expect(runMethod(device, method, inputs, { aimAt: 'web' })).rejects.toMatchObject({
      code: 'method-not-possible',
      hint: expect.stringContaining('source 0, source 1') as unknown
    })
  })

  it('need labels; without enough of them every source keeps its share', async () => {
    const { inputs } = makeSourceCase(4, { sizes: [80, 40], budget: 30 })
    const few = { ...inputs, labels: inputs.labels.map((label, row) => (row < 20 ? label : -1)) }
    const { selection } = await runMethod(device, method, few, quick)
    expect(mixtureOf(selection).sources.map(({ kept }) => kept)).toEqual([20, 10])
    expect(selection.notes[0]).toContain('could not be compared')
    inputs.labels.fill(-1)
    await expect(runMethod(device, method, inputs, quick)).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })

  it('leave a source with few labelled items at its share', async () => {
    const { inputs } = makeSourceCase(4, { sizes: [80, 80, 15], budget: 35 })
    const { selection } = await runMethod(device, method, inputs, quick)
    const { sources } = mixtureOf(selection)
    expect(sources[2].asked).toBeCloseTo(15 / 175, 12)
    expect(selection.notes.join(' ')).toContain('keeps its share by size: "source 2"')
  })
})

describe('with a pasted table', () => {
  it('follow its losses without labels or helper models', async () => {
    const { inputs } = makeSourceCase(5, { sizes: [100, 100], budget: 40 })
    inputs.labels.fill(-1)
    const params = { lossTable: table(), simulated: 4000 }
    const { selection, steps } = await runMethod(device, method, inputs, params)
    expect(steps).toEqual([])
    checkMixture(method, selection, inputs)
    expect(mixtureOf(selection).sources[1].asked).toBeGreaterThan(0.9)
    expect(selection.summary.value).toBeGreaterThan(0.95)
  })

  it('aim at one of its losses', async () => {
    const { inputs } = makeSourceCase(5, { sizes: [100, 100], budget: 40 })
    const text = table((i) => `,${i / 10}`).replace('loss', 'loss,other')
    const shareFor = async (aimAt: string): Promise<number> => {
      const params = { lossTable: text, aimAt, simulated: 2000 }
      return mixtureOf((await runMethod(device, method, inputs, params)).selection).sources[1].asked
    }
    expect(await shareFor('loss')).toBeGreaterThan(0.9)
    expect(await shareFor('other')).toBeLessThan(0.1)
    await expect(shareFor('perplexity')).rejects.toMatchObject({ code: 'method-not-possible' })
  })

  it('leave items without a source at their share', async () => {
    const { inputs } = makeSourceCase(5, { sizes: [80, 80, 40], budget: 50 })
    const ids = inputs.sources?.ids ?? new Int32Array()
    ids.forEach((id, row) => {
      if (id === 2) ids[row] = -1
    })
    const { selection } = await runMethod(device, method, inputs, {
      lossTable: table(),
      simulated: 2000
    })
    expect(mixtureOf(selection).sources[2].asked).toBeCloseTo(0.2, 12)
  })
})
