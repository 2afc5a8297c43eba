// Facility location as a method: against plain loops, and its ways for large sets.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import {
  chosenOf,
  describeCoverageMethod,
  makeCoverageCase,
  permuted,
  runMethod,
  type MadeCase
} from '../../coverage/coverage.test-support.ts'
import { runCoverage } from '../../coverage/coverage-run.ts'
import type { SelectionInputs } from '../../method.ts'
import method from './method.ts'
import { pickFacilityLocation } from './pick.ts'
import { createRandom } from '../../../compute/random.ts'

describeCoverageMethod(method as never, { variants: [{}, { mix: 'free' }], small: {} })

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

/** Cosines of centred rows moved to 0..1, in float64. */
function similarities({ inputs, values }: MadeCase): number[][] {
  const { rows, columns } = inputs.features
  const row = (i: number): number[] => [...values.subarray(i * columns, (i + 1) * columns)]
  const mean = Array.from({ length: columns }, (_, j) => {
    let sum = 0
    for (let i = 0; i < rows; i++) sum += row(i)[j]
    return sum / rows
  })
  const units = Array.from({ length: rows }, (_, i) => {
    const moved = row(i).map((value, j) => value - mean[j])
    const length = Math.hypot(...moved)
    return moved.map((value) => value / length)
  })
  return units.map((a) => units.map((b) => 0.5 + 0.5 * a.reduce((s, v, j) => s + v * b[j], 0)))
}

function coverage(s: number[][], picks: readonly number[]): number {
  return s.reduce((sum, line) => sum + Math.max(0, ...picks.map((j) => line[j])), 0)
}

function plainGreedy(s: number[][], need: number): number[] {
  const picks: number[] = []
  while (picks.length < need) {
    const left = s.flatMap((_, j) => (picks.includes(j) ? [] : [j]))
    const values = left.map((j) => coverage(s, [...picks, j]))
    picks.push(left[values.indexOf(Math.max(...values))])
  }
  return picks
}

/** Runs the picker with a limit far below the product's. */
async function runLimited(inputs: SelectionInputs, limit: number, keepBytes?: number) {
  const context = {
    random: createRandom(1),
    seed: 1,
    signal: new AbortController().signal,
    device,
    resume: undefined
  }
  const run = runCoverage(context, inputs, {
    form: 'direction',
    mix: 'free',
    columns: {
      nearest: { type: 'whole', fill: 0xffffffff },
      alike: { type: 'real', fill: -2 },
      standsFor: { type: 'whole', fill: 0 }
    },
    pick: (task) => pickFacilityLocation(task, limit),
    ...(keepBytes === undefined ? {} : { keepBytes })
  })
  const states = []
  for (;;) {
    const step = await run.next()
    if (step.done === true) return { outcome: step.value, states }
    if (step.value.checkpoint !== undefined) states.push(step.value.checkpoint)
  }
}

describe('facility location', () => {
  it('picks what plain greedy picks, and says how well all rows are covered', async () => {
    const made = makeCoverageCase(1, { rows: 60, columns: 5, classes: 3, budget: 12 })
    const s = similarities(made)
    const { selection } = await runMethod(device, method as never, made.inputs, { mix: 'free' })
    const picks = chosenOf(selection)
    expect(picks).toEqual(plainGreedy(s, 12))
    const mean = (2 * coverage(s, picks)) / 60 - 1
    expect(selection.summary.value).toBeCloseTo(mean, 5)
    let standing = 0
    for (let row = 0; row < 60; row++) {
      const best = Math.max(...picks.map((j) => s[row][j]))
      expect(selection.columns['alike'][row]).toBeCloseTo(2 * best - 1, 4)
      const nearest = (selection.columns['nearest'][row] - 10) / 2
      expect(s[row][nearest]).toBeCloseTo(best, 5)
      standing += selection.columns['standsFor'][row]
    }
    expect(standing).toBe(48)
  })

  it('begins with the picks of a smaller number, and puts the least covered next', async () => {
    const { inputs } = makeCoverageCase(2, { rows: 90, columns: 6, classes: 3, budget: 20 })
    const small = await runMethod(
      device,
      method as never,
      { ...inputs, budget: 11 },
      { mix: 'free' }
    )
    const large = await runMethod(device, method as never, inputs, { mix: 'free' })
    expect(chosenOf(large.selection).slice(0, 11)).toEqual(chosenOf(small.selection))
    const { order, columns } = large.selection
    for (let place = 21; place < 90; place++)
      expect(columns['alike'][order[place]]).toBeGreaterThanOrEqual(
        columns['alike'][order[place - 1]]
      )
  })

  it('does not depend on the order of the rows', async () => {
    const made = makeCoverageCase(3, { rows: 80, columns: 6, classes: 2, budget: 15 })
    const first = await runMethod(device, method as never, made.inputs)
    const { inputs, at } = permuted(made, 5)
    const moved = await runMethod(device, method as never, inputs)
    // Two rows that stand only for each other add exactly the same: the lower number is taken.
    const before = new Set(chosenOf(first.selection))
    expect(chosenOf(moved.selection).filter((row) => before.has(at[row])).length).toBeGreaterThan(
      13
    )
    expect(moved.selection.summary.value).toBeCloseTo(first.selection.summary.value, 6)
  })

  it('picks one of every copy first', async () => {
    const made = makeCoverageCase(4, { rows: 40, columns: 8, classes: 1, budget: 20 })
    const { values } = made
    values.copyWithin(20 * 8, 0, 20 * 8)
    const { selection } = await runMethod(device, method as never, made.inputs)
    expect(new Set(chosenOf(selection).map((row) => row % 20)).size).toBe(20)
  })

  it('comes close within cells and from a sample, from memory or from the file', async () => {
    const made = makeCoverageCase(5, {
      rows: 2600,
      columns: 6,
      classes: 8,
      budget: 300,
      spread: 0.4
    })
    const exact = await runLimited(made.inputs, 2600)
    const cells = await runLimited(made.inputs, 900)
    const streamed = await runLimited(made.inputs, 900, 0)
    // Some cells held together, or the whole group: only the reading differs.
    const held = await runLimited(made.inputs, 900, 1200 * 6 * 4)
    for (const { outcome } of [streamed, held])
      expect(outcome).toEqual({ ...cells.outcome, prepared: expect.anything() as never })
    const [whole, inCells] = [exact, cells].map(({ outcome }) => outcome.info.measures[0])
    expect(inCells).toBeGreaterThan(whole - 0.02)
    expect(inCells).toBeLessThan(whole + 1e-6)
    expect(cells.states.length).toBeGreaterThan(1)
    const few = { ...made.inputs, budget: 10 }
    const sampled = await runLimited(few, 900)
    const best = await runLimited(few, 2600)
    expect(sampled.outcome.info.measures[0]).toBeGreaterThan(best.outcome.info.measures[0] - 0.05)
    expect(sampled.outcome.notes.join()).toContain('drawn by lot')
  })
})
