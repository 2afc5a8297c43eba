import { beforeAll, describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { makeCase, memorySource } from '../icons/icons.test-support.ts'
import type { GtpInfo } from './explain.ts'
import { chosenRows, permutedCase, runGtpCase } from './gtp.test-support.ts'
import gtp from './method.ts'
import { lengthRules, splitRules, wrongLabelRules } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const anyCase = fc.record({
  seed: fc.nat(1000),
  rows: fc.integer({ min: 1, max: 60 }),
  columns: fc.integer({ min: 1, max: 6 }),
  classes: fc.integer({ min: 1, max: 5 }),
  tasks: fc.integer({ min: 0, max: 3 }),
  fill: fc.double({ min: 0.01, max: 1, noNaN: true }),
  split: fc.constantFrom(...splitRules),
  lengths: fc.constantFrom(...lengthRules),
  wrongLabels: fc.constantFrom(...wrongLabelRules),
  parts: fc.nat(4),
  reserve: fc.constantFrom(1, 2),
  spread: fc.constantFrom(0, 0.5),
  badRow: fc.option(fc.nat(59), { nil: undefined }),
  copied: fc.boolean(),
  unlabelled: fc.boolean(),
  keepBytes: fc.constantFrom(0, 1e9)
})

describe('GTP on any input', () => {
  it('gives a total order, as many as asked, consistent counts and no NaN', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async (given) => {
        const { seed, fill, split, lengths, parts, reserve, spread, ...rest } = given
        const { keepBytes, wrongLabels, badRow, copied, unlabelled, ...shape } = rest
        // A warm-up without one readable, labelled row is refused; method.test.ts has that.
        fc.pre(badRow === undefined || shape.rows >= 8)
        const budget = Math.max(1, Math.round(fill * shape.rows))
        const { inputs, values } = makeCase(seed, { ...shape, budget, examples: 4 })
        // The last half of the rows as a copy of the first.
        if (copied) values.copyWithin(Math.ceil(shape.rows / 2) * shape.columns, 0)
        if (badRow !== undefined && badRow < shape.rows) values[badRow * shape.columns] = NaN
        const features = memorySource(values, shape.columns)
        const labels = inputs.labels.map((label, i) => (unlabelled && i % 2 === 0 ? -1 : label))
        const params = { split, lengths, parts, reserve, spread, wrongLabels }
        const options = { seed, knobs: { keepBytes, blockRows: 16 } }
        const { selection } = await runGtpCase(
          device,
          { ...inputs, features, labels },
          params,
          options
        )
        expect(new Set(selection.order).size).toBe(shape.rows)
        expect(selection.got).toBe(budget)
        expect(selection.score.every((score) => score > 0 && score <= 1)).toBe(true)
        const info = selection.info as GtpInfo
        expect(info.pursued + info.filled).toBe(budget)
        expect(info.error >= 0 && info.error <= 1.001).toBe(true)
        for (const column of Object.values(selection.columns)) {
          expect(column.length).toBe(shape.rows)
          expect(column.every((value) => Number.isFinite(value))).toBe(true)
        }
        const how = selection.columns['how']
        expect(how.filter((value) => value === 1).length).toBe(info.pursued)
        selection.order.forEach((row, place) => {
          const isChosen = place < budget
          const reason = gtp.explain({
            row,
            isChosen,
            rank: place + 1,
            candidates: shape.rows,
            label: undefined,
            columns: selection.columns,
            info: selection.info
          })
          expect(reason.text.startsWith(isChosen ? 'Kept' : 'Left out')).toBe(true)
        })
      }),
      { numRuns: 120 }
    )
  })

  it('does not care about the order of the rows, nor about the unit of the features', async () => {
    const change = fc.record({ seed: fc.nat(300), power: fc.integer({ min: -5, max: 5 }) })
    await fc.assert(
      fc.asyncProperty(change, async ({ seed, power }) => {
        const given = makeCase(seed, { rows: 80, columns: 5, classes: 3, tasks: 0, budget: 16 })
        const first = await runGtpCase(device, given.inputs)
        const moved = permutedCase(given, seed)
        const resume = first.checkpoints[0]
        const second = await runGtpCase(device, moved.inputs, {}, { resume })
        const back = chosenRows(second.selection).map((row) => moved.at[row])
        expect(back.sort((a, b) => a - b)).toEqual(chosenRows(first.selection))
        const scaled = given.values.map((value) => value * 2 ** power)
        const features = memorySource(scaled, 5)
        const third = await runGtpCase(device, { ...given.inputs, features })
        expect(chosenRows(third.selection)).toEqual(chosenRows(first.selection))
      }),
      { numRuns: 20 }
    )
  })
})
