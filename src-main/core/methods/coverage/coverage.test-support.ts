// Seeded cases, a runner, and the checks that every method without targets has to pass.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { createRandom } from '../../compute/random.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import type { FeatureSource } from '../../features/feature-matrix.ts'
import type {
  MethodCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs,
  SelectionMethod
} from '../method.ts'
import { memorySource } from '../selection/icons/icons.test-support.ts'

export interface CoverageCase {
  readonly rows: number
  readonly columns: number
  readonly classes: number
  readonly budget: number
  /** Every so many rows are copies of earlier ones; 0 = none. */
  readonly copies?: number
  /** How far apart rows of a class lie; 0.6 when absent. */
  readonly spread?: number
}

/** Rows with what is known of them. */
export interface MadeCase {
  readonly inputs: SelectionInputs
  readonly values: Float32Array
}

/** Gaussian classes away from the origin, with a label each. */
export function makeCoverageCase(seed: number, shape: CoverageCase): MadeCase {
  const { rows, columns, classes, budget, copies = 0, spread = 0.6 } = shape
  const random = createRandom(seed)
  const means = Float64Array.from({ length: classes * columns }, () => 3 + random.normal())
  const labels = new Int32Array(rows)
  const values = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const label = random.below(classes)
    labels[row] = label
    for (let j = 0; j < columns; j++)
      values[row * columns + j] = means[label * columns + j] + spread * random.normal()
    if (copies === 0 || row === 0 || row % copies !== 0) continue
    const from = random.below(row)
    labels[row] = labels[from]
    values.copyWithin(row * columns, from * columns, (from + 1) * columns)
  }
  return caseOf(values, columns, labels, classes, budget)
}

/** A case from its parts; ids are 10, 12, 14 ... */
export function caseOf(
  values: Float32Array,
  columns: number,
  labels: Int32Array,
  classes: number,
  budget: number
): MadeCase {
  return {
    values,
    inputs: {
      features: memorySource(values, columns),
      labels,
      classNames: Array.from({ length: classes }, (_, c) => `class ${c}`),
      tasks: [],
      budget,
      rowIds: Uint32Array.from(labels, (_, row) => 10 + 2 * row)
    }
  }
}

export interface RunOptions {
  readonly seed?: number
  readonly signal?: AbortSignal
  readonly resume?: MethodCheckpoint
}

export interface RunRecord {
  readonly selection: Selection
  readonly steps: readonly MethodProgress[]
}

/** Runs a method to its end, as the compute task does. */
export async function runMethod(
  device: Device,
  method: SelectionMethod,
  inputs: SelectionInputs,
  params: Readonly<Record<string, unknown>> = {},
  { seed = 0, signal = new AbortController().signal, resume }: RunOptions = {}
): Promise<RunRecord> {
  const context: MethodContext = {
    random: createRandom(seed).fork(method.id),
    seed,
    signal,
    device,
    resume
  }
  const run = method.run(context, inputs, method.params.parse(params))
  const steps: MethodProgress[] = []
  let step = await run.next()
  while (step.done !== true) {
    steps.push(step.value)
    step = await run.next()
  }
  return { selection: step.value, steps }
}

/** The chosen rows in their order. */
export const chosenOf = ({ order, got }: Selection): number[] => [...order.subarray(0, got)]

/** Chosen rows of every label; the last entry is for rows without one. */
export function mixOf(selection: Selection, { labels, classNames }: SelectionInputs): number[] {
  const counts = Array.from({ length: classNames.length + 1 }, () => 0)
  for (const row of chosenOf(selection)) counts[labels[row] < 0 ? classNames.length : labels[row]]++
  return counts
}

/** The same rows in another order; `at[new] = old`. Ids follow their rows. */
export function permuted(
  { inputs, values }: MadeCase,
  seed: number
): { readonly inputs: SelectionInputs; readonly at: Uint32Array } {
  const { rows, columns } = inputs.features
  const at = createRandom(seed).shuffle(Uint32Array.from({ length: rows }, (_, i) => i))
  const moved = new Float32Array(values.length)
  at.forEach((from, to) =>
    moved.set(values.subarray(from * columns, (from + 1) * columns), to * columns)
  )
  const labels = Int32Array.from(at, (from) => inputs.labels[from])
  const rowIds = Uint32Array.from(at, (from) => inputs.rowIds[from])
  return { at, inputs: { ...inputs, features: memorySource(moved, columns), labels, rowIds } }
}

/** A source whose every read comes in a later turn of the event loop, as with files. */
export function slowSource(source: FeatureSource): FeatureSource {
  const later = (): Promise<void> => new Promise((done) => setImmediate(done))
  return {
    ...source,
    readBlock: (start, count) => later().then(() => source.readBlock(start, count)),
    readRows: (rows) => later().then(() => source.readRows(rows))
  }
}

interface Expectations {
  /** Parameter sets that all checks run with. */
  readonly variants: readonly Readonly<Record<string, unknown>>[]
  /** Whether fewer than asked for may be chosen. */
  readonly mayStopEarly?: boolean
  /** Parameters that make even small sets take several checkpoints. */
  readonly small: Readonly<Record<string, unknown>>
}

/** Registers the checks that hold for each of these methods. */
export function describeCoverageMethod(
  method: SelectionMethod,
  { variants, mayStopEarly = false, small }: Expectations
): void {
  let device: Device
  beforeAll(async () => {
    device = await openTestDevice()
  })

  function checkSelection(
    { order, got, score, tieShare, columns, notes }: Selection,
    inputs: SelectionInputs
  ): void {
    const { rows } = inputs.features
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i))
    if (mayStopEarly) expect(got <= inputs.budget && got >= 1).toBe(true)
    else expect(got).toBe(inputs.budget)
    expect(score.every((value) => value > 0 && value <= 1)).toBe(true)
    expect(tieShare >= 0 && tieShare <= 1).toBe(true)
    for (const column of Object.values(columns)) {
      expect(column.length).toBe(rows)
      expect(column.every((value) => !Number.isNaN(value))).toBe(true)
    }
    for (const note of notes) expect(note).not.toMatch(/NaN|undefined|Infinity/)
  }

  function checkReasons(selection: Selection, inputs: SelectionInputs): void {
    selection.order.forEach((row, place) => {
      const label = inputs.labels[row]
      const { code, text } = method.explain({
        row,
        isChosen: place < selection.got,
        rank: place + 1,
        candidates: inputs.features.rows,
        label: label < 0 ? undefined : inputs.classNames[label],
        columns: selection.columns,
        info: JSON.parse(JSON.stringify(selection.info)) as Selection['info']
      })
      expect(code).toMatch(/^[a-z][a-z-]*$/)
      expect(text).toMatch(/^[A-Z].*\.$/)
      expect(text).not.toMatch(/NaN|undefined|Infinity|null/)
    })
  }

  describe(`${method.id}, as every method`, () => {
    it('orders any rows, whatever they hold', async () => {
      const shape = fc.record({
        seed: fc.nat(500),
        rows: fc.integer({ min: 1, max: 50 }),
        columns: fc.integer({ min: 1, max: 5 }),
        classes: fc.integer({ min: 1, max: 4 }),
        copies: fc.constantFrom(0, 2, 3),
        fill: fc.double({ min: 0, max: 1, noNaN: true }),
        bad: fc.array(fc.record({ row: fc.nat(49), value: fc.constantFrom(NaN, Infinity, 0) }), {
          maxLength: 5
        }),
        unlabelled: fc.array(fc.nat(49), { maxLength: 8 }),
        params: fc.constantFrom(...variants)
      })
      await fc.assert(
        fc.asyncProperty(shape, async ({ seed, fill, bad, unlabelled, params, ...rest }) => {
          const budget = Math.max(1, Math.round(fill * rest.rows))
          const { inputs, values } = makeCoverageCase(seed, { ...rest, budget })
          for (const { row, value } of bad)
            if (row < rest.rows) values.fill(value, row * rest.columns, (row + 1) * rest.columns)
          for (const row of unlabelled) if (row < rest.rows) inputs.labels[row] = -1
          const { selection } = await runMethod(device, method, inputs, params, { seed })
          checkSelection(selection, inputs)
          checkReasons(selection, inputs)
          const flags = selection.columns['flags']
          const able = flags === undefined ? rest.rows : flags.filter((flag) => flag === 0).length
          if (able >= selection.got && flags !== undefined)
            expect(chosenOf(selection).every((row) => flags[row] === 0)).toBe(true)
        }),
        { numRuns: 60 }
      )
    })

    it.each(variants)('keeps the mix of labels, and lets it go: %j', async (params) => {
      const { inputs } = makeCoverageCase(5, { rows: 120, columns: 6, classes: 3, budget: 40 })
      inputs.labels.fill(-1, 0, 9)
      const { selection } = await runMethod(device, method, inputs, { ...params, mix: 'keep' })
      if (selection.got === 40) {
        const shares = mixOf(
          { ...selection, order: Uint32Array.from(inputs.labels, (_, i) => i), got: 120 },
          inputs
        )
        mixOf(selection, inputs).forEach((count, label) =>
          expect(Math.abs(count - shares[label] / 3)).toBeLessThan(1)
        )
      }
      const free = await runMethod(device, method, inputs, { ...params, mix: 'free' })
      checkSelection(free.selection, inputs)
    })

    it.each(variants)('gives the same bits for the same seed: %j', async (params) => {
      const { inputs } = makeCoverageCase(6, { rows: 150, columns: 5, classes: 3, budget: 37 })
      const first = await runMethod(device, method, inputs, params, { seed: 4 })
      const again = await runMethod(device, method, inputs, params, { seed: 4 })
      expect(again.selection).toEqual(first.selection)
    })

    it('takes one and all', async () => {
      for (const budget of [1, 30]) {
        const { inputs } = makeCoverageCase(7, { rows: 30, columns: 4, classes: 2, budget })
        for (const params of variants) {
          const { selection } = await runMethod(device, method, inputs, params)
          checkSelection(selection, inputs)
        }
      }
    })

    it('refuses what cannot be', async () => {
      const { inputs } = makeCoverageCase(7, { rows: 30, columns: 4, classes: 2, budget: 10 })
      for (const budget of [0, 31, 2.5])
        await expect(runMethod(device, method, { ...inputs, budget })).rejects.toThrow()
    })

    it('stops when cancelled, at any step', async () => {
      const { inputs } = makeCoverageCase(8, { rows: 200, columns: 4, classes: 3, budget: 60 })
      const whole = await runMethod(device, method, inputs, small)
      for (const after of [0, 1, Math.floor(whole.steps.length / 2)]) {
        const abort = new AbortController()
        const context: MethodContext = {
          random: createRandom(0),
          seed: 0,
          signal: abort.signal,
          device,
          resume: undefined
        }
        const run = method.run(context, inputs, method.params.parse(small))
        for (let step = 0; step < after; step++) await run.next()
        abort.abort(new Error('stopped'))
        await expect(run.next()).rejects.toThrow('stopped')
      }
    })

    it('goes on from every checkpoint to the same bits', async () => {
      const { inputs } = makeCoverageCase(9, { rows: 400, columns: 6, classes: 4, budget: 90 })
      for (const mix of ['keep', 'free']) {
        const params = { ...small, mix }
        const whole = await runMethod(device, method, inputs, params, { seed: 2 })
        const states = whole.steps.flatMap(({ checkpoint }) => (checkpoint ? [checkpoint] : []))
        for (const resume of states) {
          const copy = structuredClone(resume)
          const rest = await runMethod(device, method, inputs, params, { seed: 2, resume: copy })
          expect(rest.selection).toEqual(whole.selection)
        }
      }
    })

    it('reports progress that never falls and never goes beyond the rows', async () => {
      const { inputs } = makeCoverageCase(9, { rows: 400, columns: 6, classes: 4, budget: 90 })
      const { steps } = await runMethod(device, method, inputs, small)
      const phases = [...new Set(steps.map(({ phase }) => phase))]
      for (const phase of phases) {
        const own = steps.filter((step) => step.phase === phase)
        own.forEach((step, i) => {
          expect(step.done).toBeGreaterThanOrEqual(own[i - 1]?.done ?? 0)
          expect(step.done).toBeLessThanOrEqual(step.total)
        })
      }
    })
  })
}
