// Bins are disjoint and cover everything, follow the definition, and are drawn from evenly.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { graphCutBins } from '../../../compute/kernels/graph-cut-bins.ts'
import { normaliseRows } from '../../../compute/kernels/row-normalise.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { runCoverage } from '../../coverage/coverage-run.ts'
import {
  chosenOf,
  describeCoverageMethod,
  makeCoverageCase,
  runMethod
} from '../../coverage/coverage.test-support.ts'
import type { MethodCheckpoint } from '../../method.ts'
import method, { pickFromLayers } from './method.ts'

describeCoverageMethod(method as never, {
  variants: [{}, { mix: 'free', layers: 3 }],
  small: {}
})

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describe('graph-cut bins', () => {
  it('are those of the definition, with similarities recomputed for what is left', async () => {
    const random = createRandom(4)
    const rows = Float32Array.from({ length: 23 * 4 }, () => random.normal())
    normaliseRows(rows, 4)
    const s = (i: number, j: number): number => {
      let dot = 0
      for (let c = 0; c < 4; c++) dot += rows[4 * i + c] * rows[4 * j + c]
      return 0.5 + 0.5 * dot
    }
    const sizes = [6, 6, 6, 5]
    const expected = new Array<number>(23).fill(-1)
    sizes.forEach((size, b) => {
      const left = expected.flatMap((bin, i) => (bin < 0 ? [i] : []))
      const own: number[] = []
      while (own.length < size) {
        const gains = left.map((j) =>
          own.includes(j)
            ? -Infinity
            : left.reduce((sum, i) => sum + s(i, j), 0) -
              2 * own.reduce((sum, i) => sum + s(i, j), 0)
        )
        own.push(left[gains.indexOf(Math.max(...gains))])
      }
      for (const i of own) expected[i] = b
    })
    const run = graphCutBins(device.tf, rows, 4, sizes, 1, new AbortController().signal)
    let step = await run.next()
    while (step.done !== true) step = await run.next()
    expect([...step.value]).toEqual(expected)
    const wrong = graphCutBins(device.tf, rows, 4, [6], 1, new AbortController().signal)
    await expect(wrong.next()).rejects.toThrow(RangeError)
  })
})

describe('dataset quantization', () => {
  it('draws the same share from every layer, and every item has one', async () => {
    const { inputs } = makeCoverageCase(1, { rows: 200, columns: 5, classes: 3, budget: 60 })
    const { selection } = await runMethod(device, method as never, inputs, {
      mix: 'free',
      layers: 8
    })
    const layers = selection.columns['layer']
    const size = new Array<number>(9).fill(0)
    const drawn = new Array<number>(9).fill(0)
    for (const layer of layers) size[layer]++
    for (const row of chosenOf(selection)) drawn[layers[row]]++
    expect(size).toEqual([0, ...new Array<number>(8).fill(25)])
    for (const count of drawn.slice(1)) expect(Math.abs(count - 7.5)).toBeLessThan(1)
  })

  it('layers in parts, and goes on between them', async () => {
    const { inputs } = makeCoverageCase(2, { rows: 500, columns: 5, classes: 3, budget: 100 })
    const run = async (resume?: MethodCheckpoint) => {
      const context = {
        random: createRandom(1),
        seed: 1,
        signal: new AbortController().signal,
        device,
        resume
      }
      const steps = runCoverage(context, inputs, {
        form: 'direction',
        mix: 'free',
        columns: { layer: { type: 'whole', fill: 0 } },
        pick: (task) => pickFromLayers(task, 5, 1, 120)
      })
      const states: MethodCheckpoint[] = []
      for (;;) {
        const step = await steps.next()
        if (step.done === true) return { outcome: { ...step.value, prepared: undefined }, states }
        if (step.value.checkpoint) states.push(step.value.checkpoint)
      }
    }
    const { outcome, states } = await run()
    expect(states.length).toBeGreaterThan(3)
    for (const state of states) expect((await run(structuredClone(state))).outcome).toEqual(outcome)
    const counts = new Array<number>(6).fill(0)
    for (const layer of outcome.columns['layer']) counts[layer]++
    expect(counts).toEqual([0, 100, 100, 100, 100, 100])
  })
})
