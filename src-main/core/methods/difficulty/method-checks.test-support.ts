// Checks that every method has to pass, with or without example tasks: any rows, same bits, budgets at
// the edges, cancelling, going on from checkpoints, moved rows.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { createRandom } from '../../compute/random.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import {
  makeCoverageCase,
  permuted,
  runMethod,
  slowSource,
  type CoverageCase,
  type MadeCase
} from '../coverage/coverage.test-support.ts'
import type { Selection, SelectionInputs, SelectionMethod, TargetTask } from '../method.ts'

/** A coverage case with two example tasks: rows of the same classes that are not among the rows. */
export function makeTargetCase(seed: number, shape: CoverageCase, examples = 8): MadeCase {
  const { inputs, values } = makeCoverageCase(seed, { ...shape, rows: shape.rows + 2 * examples })
  const { columns } = shape
  const tasks = [0, 1].map((index): TargetTask => {
    const from = shape.rows + index * examples
    const features = values.slice(from * columns, (from + examples) * columns)
    const labels = inputs.labels.slice(from, from + examples)
    const parts = [{ name: 'all', features, labels }]
    return { name: `Task ${index + 1}`, importance: index === 0 ? 'normal' : 'high', parts }
  })
  const own = values.slice(0, shape.rows * columns)
  const { rows } = shape
  const readBlock = (start: number, count: number): Promise<Float32Array> =>
    Promise.resolve(own.slice(start * columns, (start + count) * columns))
  const readRows = (wanted: Uint32Array | readonly number[]): Promise<Float32Array> =>
    Promise.resolve(
      Float32Array.from(
        [...wanted].flatMap((row) => [...own.subarray(row * columns, (row + 1) * columns)])
      )
    )
  const features = { rows, columns, readBlock, readRows, close: () => Promise.resolve() }
  return {
    values: own,
    inputs: {
      ...inputs,
      features,
      labels: inputs.labels.slice(0, rows),
      rowIds: inputs.rowIds.slice(0, rows),
      tasks
    }
  }
}

/** Throws where a selection or a reason is not what the product relies on. */
export function checkSelection(
  method: SelectionMethod,
  selection: Selection,
  inputs: SelectionInputs,
  mayStopEarly = false
): void {
  const { rows } = inputs.features
  const { order, got, score, tieShare, columns, notes } = selection
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i))
  if (mayStopEarly) expect(got >= 1 && got <= inputs.budget).toBe(true)
  else expect(got).toBe(inputs.budget)
  expect(score.every((value) => value > 0 && value <= 1)).toBe(true)
  expect(tieShare >= 0 && tieShare <= 1).toBe(true)
  for (const column of Object.values(columns)) {
    expect(column.length).toBe(rows)
    expect(column.every((value) => Number.isFinite(value))).toBe(true)
  }
  for (const note of notes) expect(note).not.toMatch(/NaN|undefined|Infinity/)
  // What is stored is JSON.
  const info = JSON.parse(JSON.stringify(selection.info)) as Selection['info']
  order.forEach((row, place) => {
    const label = inputs.labels[row]
    const { code, text } = method.explain({
      row,
      isChosen: place < got,
      rank: place + 1,
      candidates: rows,
      label: label < 0 ? undefined : inputs.classNames[label],
      columns,
      info
    })
    expect(code).toMatch(/^[a-z][a-z-]*$/)
    expect(text).toMatch(place < got ? /^Kept.*\.$/ : /^Left out.*\.$/)
    expect(text).not.toMatch(/NaN|undefined|Infinity|null/)
  })
}

interface Expectations {
  /** Parameter sets that all checks run with; few and quick. */
  readonly variants: readonly Readonly<Record<string, unknown>>[]
  readonly mayStopEarly?: boolean
  /** Whether moved rows give the same choice: not where the order of rows steers a training. */
  readonly ignoresPlaces?: boolean
  readonly runs?: number
}

/** Registers the checks. */
export function describeMethod(
  method: SelectionMethod,
  { variants, mayStopEarly = false, ignoresPlaces = false, runs = 25 }: Expectations
): void {
  let device: Device
  beforeAll(async () => {
    device = await openTestDevice()
  })
  const base = { rows: 80, columns: 4, classes: 3, budget: 25 }

  describe(`${method.id}, as every method`, () => {
    it('orders any rows, whatever they hold', async () => {
      const shape = fc.record({
        seed: fc.nat(500),
        rows: fc.integer({ min: 1, max: 40 }),
        columns: fc.integer({ min: 1, max: 5 }),
        classes: fc.integer({ min: 1, max: 4 }),
        copies: fc.constantFrom(0, 2, 3),
        fill: fc.double({ min: 0, max: 1, noNaN: true }),
        bad: fc.array(
          fc.record({ row: fc.nat(39), value: fc.constantFrom(NaN, Infinity, 0, 3e38) }),
          {
            maxLength: 4
          }
        ),
        unlabelled: fc.array(fc.nat(39), { maxLength: 6 }),
        params: fc.constantFrom(...variants)
      })
      await fc.assert(
        fc.asyncProperty(shape, async ({ seed, fill, bad, unlabelled, params, ...rest }) => {
          const budget = Math.max(1, Math.round(fill * rest.rows))
          const { inputs, values } = makeTargetCase(seed, { ...rest, budget }, 4)
          // One readable, labelled row stays: without any the methods refuse.
          for (const { row, value } of bad)
            if (row > 0 && row < rest.rows)
              values.fill(value, row * rest.columns, (row + 1) * rest.columns)
          for (const row of unlabelled) if (row > 0 && row < rest.rows) inputs.labels[row] = -1
          const { selection } = await runMethod(device, method, inputs, params, { seed })
          checkSelection(method, selection, inputs, mayStopEarly)
        }),
        { numRuns: runs }
      )
    })

    it('gives the same bits for the same seed, and takes one and all', async () => {
      for (const params of variants) {
        for (const budget of [1, 80]) {
          const { inputs } = makeTargetCase(6, { ...base, budget })
          const first = await runMethod(device, method, inputs, params, { seed: 4 })
          checkSelection(method, first.selection, inputs, mayStopEarly)
          const again = await runMethod(device, method, inputs, params, { seed: 4 })
          expect(again.selection).toEqual(first.selection)
        }
      }
    })

    it('refuses what cannot be', async () => {
      const { inputs } = makeTargetCase(7, base)
      for (const budget of [0, 81, 2.5])
        await expect(runMethod(device, method, { ...inputs, budget })).rejects.toMatchObject({
          code: 'budget-not-possible'
        })
    })

    it('stops when cancelled, at every step', async () => {
      const { inputs } = makeTargetCase(8, base)
      const features = slowSource(inputs.features)
      const total = (await runMethod(device, method, inputs, variants[0])).steps.length
      for (let after = 0; after < total; after++) {
        const abort = new AbortController()
        const context = {
          random: createRandom(0),
          seed: 0,
          signal: abort.signal,
          device,
          resume: undefined
        }
        const run = method.run(context, { ...inputs, features }, method.params.parse(variants[0]))
        for (let i = 0; i < after; i++) await run.next()
        abort.abort(new Error('stopped'))
        const drain = async (): Promise<void> => {
          for (let step = await run.next(); step.done !== true;) step = await run.next()
        }
        // The last steps are over before the signal is looked at again.
        if (after < total - 1) await expect(drain()).rejects.toThrow('stopped')
      }
    })

    it('goes on from every checkpoint to the same bits', async () => {
      const { inputs } = makeTargetCase(9, base)
      for (const params of variants) {
        const whole = await runMethod(device, method, inputs, params, { seed: 2 })
        const saved = whole.steps.flatMap(({ checkpoint }) => checkpoint ?? [])
        expect(saved.length).toBeGreaterThan(0)
        for (const resume of saved) {
          const resumed = await runMethod(device, method, inputs, params, { seed: 2, resume })
          expect(resumed.selection).toEqual(whole.selection)
        }
      }
    })

    if (ignoresPlaces)
      it('chooses the same rows when they are moved', async () => {
        const made = makeTargetCase(10, base)
        const moved = permuted(made, 3)
        const first = (await runMethod(device, method, made.inputs, variants[0])).selection
        const second = (await runMethod(device, method, moved.inputs, variants[0])).selection
        const ids = (order: Uint32Array, at?: Uint32Array): number[] =>
          [...order.subarray(0, 25)].map((row) => at?.[row] ?? row).sort((a, b) => a - b)
        expect(ids(second.order, moved.at)).toEqual(ids(first.order))
      })
  })
}
