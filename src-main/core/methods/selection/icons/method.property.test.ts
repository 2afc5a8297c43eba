import { beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { VoteResult } from '../../../../api/dto/runs.ts'
import { makeCase, memorySource, runCase } from './icons.test-support.ts'
import { balanceRules, combineRules, tieRules } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const anyCase = fc.record({
  seed: fc.nat(1000),
  rows: fc.integer({ min: 2, max: 60 }),
  columns: fc.integer({ min: 1, max: 6 }),
  classes: fc.integer({ min: 2, max: 5 }),
  tasks: fc.integer({ min: 1, max: 5 }),
  parts: fc.integer({ min: 1, max: 2 }),
  fill: fc.double({ min: 0.01, max: 1, noNaN: true }),
  combine: fc.constantFrom(...combineRules),
  tieRule: fc.constantFrom(...tieRules),
  balance: fc.constantFrom(...balanceRules),
  votePercent: fc.constantFrom(0, 5, 50, 100),
  badRow: fc.option(fc.nat(59), { nil: undefined })
})

describe('ICONS on any input', () => {
  it('gives a total order, consistent counts and no NaN', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyCase,
        async ({ seed, fill, combine, tieRule, balance, votePercent, badRow, ...shape }) => {
          const budget = Math.max(1, Math.round(fill * shape.rows))
          const { inputs, values } = makeCase(seed, { ...shape, budget, examples: 4 })
          if (badRow !== undefined && badRow < shape.rows) values[badRow * shape.columns] = NaN
          const features = memorySource(values, shape.columns)
          const params = { combine, tieRule, balance, votePercent }
          const { selection } = await runCase(device, { ...inputs, features }, params, { seed })
          expect(new Set(selection.order).size).toBe(shape.rows)
          expect(selection.got).toBe(budget)
          expect(selection.score.every((score) => score > 0 && score <= 1)).toBe(true)
          expect(selection.tieShare >= 0 && selection.tieShare <= 1).toBe(true)
          const read = VoteResult.parse(selection.info['votes'])
          const points = read.histogram.reduce((sum, rows, votes) => sum + rows * votes, 0)
          expect(points).toBe(read.tasks.reduce((sum, task) => sum + task.votedFor, 0))
          const chosenPoints = read.chosenHistogram.reduce(
            (sum, rows, votes) => sum + rows * votes,
            0
          )
          expect(chosenPoints).toBe(
            read.tasks.reduce((sum, task) => sum + task.votedForAndChosen, 0)
          )
        }
      ),
      { numRuns: 60 }
    )
  })

  it('does not care about the unit and the zero of the features', async () => {
    const shift = fc.record({
      seed: fc.nat(500),
      power: fc.integer({ min: -6, max: 6 }),
      offset: fc.integer({ min: -4, max: 4 })
    })
    await fc.assert(
      fc.asyncProperty(shift, async ({ seed, power, offset }) => {
        const { inputs, values } = makeCase(seed, {
          rows: 120,
          columns: 4,
          classes: 3,
          tasks: 2,
          budget: 24
        })
        const factor = 2 ** power
        const move = (from: Float32Array): Float32Array =>
          from.map((value) => (value + offset) * factor)
        const tasks = inputs.tasks.map((task) => ({
          ...task,
          parts: task.parts.map((part) => ({ ...part, features: move(part.features) }))
        }))
        const moved = { ...inputs, features: memorySource(move(values), 4), tasks }
        const first = (await runCase(device, inputs)).checkpoints[1].arrays['scores']
        const second = (await runCase(device, moved)).checkpoints[1].arrays['scores']
        // Rounding of the offset is all that may differ.
        first.forEach((score, i) => expect(Math.abs(score - second[i])).toBeLessThan(1e-3))
      }),
      { numRuns: 20 }
    )
  })
})
