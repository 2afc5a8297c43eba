// Seeded cases with sources, and the checks that every method over sources has to pass.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { shareOut } from '../../compute/kernels/largest-remainder.ts'
import { createRandom } from '../../compute/random.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import { memorySource } from '../selection/icons/icons.test-support.ts'
import { permuted, runMethod, slowSource } from '../coverage/coverage.test-support.ts'
import { checkSelection } from '../difficulty/method-checks.test-support.ts'
import type { Selection, SelectionInputs, SelectionMethod, TargetTask } from '../method.ts'
import type { MixtureInfo } from './result.ts'

export interface SourceCase {
  /** Items per source. */
  readonly sizes: readonly number[]
  /** Share of labels drawn anew, per source; 0 when absent. */
  readonly noise?: readonly number[]
  readonly columns?: number
  readonly classes?: number
  readonly budget: number
  /** Example tasks: items like those of the first source, always with right labels. */
  readonly tasks?: number
  readonly examples?: number
}

/** What a source case is made of. */
export interface MadeSources {
  readonly inputs: SelectionInputs
  readonly values: Float32Array
}

/** Gaussian classes, the same in all sources; ids are 10, 12, 14 ... */
export function makeSourceCase(seed: number, shape: SourceCase): MadeSources {
  const { sizes, noise = [], columns = 5, classes = 3, budget, tasks = 0, examples = 12 } = shape
  const random = createRandom(seed)
  const means = Float64Array.from({ length: classes * columns }, () => random.normal())
  const draw = (label: number): number[] =>
    Array.from({ length: columns }, (_, j) => means[label * columns + j] + 0.8 * random.normal())
  const ids = Int32Array.from(sizes.flatMap((size, id) => Array<number>(size).fill(id)))
  random.shuffle(ids)
  const real = Array.from(ids, () => random.below(classes))
  const values = Float32Array.from(real.flatMap(draw))
  const labels = Int32Array.from(real, (label, row) =>
    random.uniform() < (noise[ids[row]] ?? 0) ? random.below(classes) : label
  )
  const list = Array.from({ length: tasks }, (_, t): TargetTask => {
    const own = Int32Array.from({ length: examples }, (_e, i) => i % classes)
    const part = { name: 'all', labels: own, features: Float32Array.from([...own].flatMap(draw)) }
    return { name: `Task ${t + 1}`, importance: t === 0 ? 'normal' : 'high', parts: [part] }
  })
  const inputs: SelectionInputs = {
    features: memorySource(values, columns),
    labels,
    classNames: Array.from({ length: classes }, (_, c) => `class ${c}`),
    tasks: list,
    budget,
    rowIds: Uint32Array.from(ids, (_, row) => 10 + 2 * row),
    sources: { ids, names: sizes.map((_, id) => `source ${id}`) }
  }
  return { inputs, values }
}

/** The read-out of a method over sources. */
export function mixtureOf({ info }: Selection): MixtureInfo {
  expect(info['kind']).toBe('mixture')
  // Checked just above.
  return info as MixtureInfo
}

/** Throws where a selection does not give what its shares say. */
export function checkMixture(
  method: SelectionMethod,
  selection: Selection,
  inputs: SelectionInputs
): void {
  checkSelection(method, selection, inputs)
  const { sources } = mixtureOf(selection)
  const asked = sources.map((source) => source.asked)
  expect(asked.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
  const sizes = sources.map(({ items }) => items)
  const kept = sources.map((source) => source.kept)
  expect(kept).toEqual(shareOut(inputs.budget, asked, sizes))
  const counted = sources.map(() => 0)
  for (const row of selection.order.subarray(0, selection.got))
    counted[selection.columns['source'][row]]++
  expect(counted).toEqual(kept)
}

/** Registers the checks. */
export function describeSourceMethod(
  method: SelectionMethod,
  variants: readonly Readonly<Record<string, unknown>>[],
  { isQuick = false }: { readonly isQuick?: boolean } = {}
): void {
  let device: Device
  beforeAll(async () => {
    device = await openTestDevice()
  })
  const base = { sizes: [60, 90, 40], noise: [0, 0.5, 0.1], budget: 50 }

  describe(`${method.id}, as every method over sources`, () => {
    it('orders any rows, whatever they hold', async () => {
      const shape = fc.record({
        seed: fc.nat(500),
        sizes: fc.array(fc.integer({ min: 0, max: 45 }), { minLength: 1, maxLength: 4 }),
        columns: fc.integer({ min: 1, max: 4 }),
        classes: fc.integer({ min: 1, max: 3 }),
        tasks: fc.constantFrom(0, 0, 2),
        fill: fc.double({ min: 0, max: 1, noNaN: true }),
        bad: fc.array(
          fc.record({ row: fc.nat(99), value: fc.constantFrom(NaN, Infinity, 0, 3e38) }),
          { maxLength: 5 }
        ),
        unlabelled: fc.array(fc.nat(99), { maxLength: 8 }),
        sourceless: fc.array(fc.nat(99), { maxLength: 8 }),
        params: fc.constantFrom(...variants)
      })
      await fc.assert(
        fc.asyncProperty(shape, async (drawn) => {
          const { seed, fill, bad, unlabelled, sourceless, params, ...rest } = drawn
          const sizes = [rest.sizes[0] + 1, ...rest.sizes.slice(1)]
          const rows = sizes.reduce((sum, size) => sum + size, 0)
          const budget = Math.max(1, Math.round(fill * rows))
          const { inputs, values } = makeSourceCase(seed, { ...rest, sizes, budget })
          const { columns } = inputs.features
          // One labelled row stays: without any the methods with helper models refuse.
          for (const { row, value } of bad)
            if (row > 0 && row < rows) values.fill(value, row * columns, (row + 1) * columns)
          for (const row of unlabelled) if (row > 0 && row < rows) inputs.labels[row] = -1
          for (const row of sourceless)
            if (row < rows && inputs.sources) inputs.sources.ids[row] = -1
          const { selection } = await runMethod(device, method, inputs, params, { seed })
          checkMixture(method, selection, inputs)
        }),
        { numRuns: isQuick ? 80 : 20 }
      )
    })

    it('gives the same bits for the same seed, other rows for another, and takes one and all', async () => {
      for (const params of variants) {
        for (const budget of [1, 190]) {
          const { inputs } = makeSourceCase(6, { ...base, budget })
          const first = await runMethod(device, method, inputs, params, { seed: 4 })
          checkMixture(method, first.selection, inputs)
          const again = await runMethod(device, method, inputs, params, { seed: 4 })
          expect(again.selection).toEqual(first.selection)
        }
      }
      const { inputs } = makeSourceCase(6, base)
      const one = await runMethod(device, method, inputs, variants[0], { seed: 1 })
      const other = await runMethod(device, method, inputs, variants[0], { seed: 2 })
      expect(other.selection.order).not.toEqual(one.selection.order)
    })

    it('keeps the same rows when they are moved', async () => {
      const made = makeSourceCase(10, base)
      const moved = permuted(made, 3)
      const ids = made.inputs.sources?.ids
      const names = made.inputs.sources?.names ?? []
      const sources = { names, ids: Int32Array.from(moved.at, (from) => ids?.[from] ?? -1) }
      const first = await runMethod(device, method, made.inputs, variants[0])
      const second = await runMethod(device, method, { ...moved.inputs, sources }, variants[0])
      const rows = (order: Uint32Array, at?: Uint32Array): number[] =>
        [...order.subarray(0, 50)].map((row) => at?.[row] ?? row).sort((a, b) => a - b)
      expect(rows(second.selection.order, moved.at)).toEqual(rows(first.selection.order))
    })

    it('refuses what cannot be', async () => {
      const { inputs } = makeSourceCase(7, base)
      for (const budget of [0, 191, 2.5])
        await expect(runMethod(device, method, { ...inputs, budget })).rejects.toMatchObject({
          code: 'budget-not-possible'
        })
      const { sources, ...without } = inputs
      expect(sources).toBeDefined()
      await expect(runMethod(device, method, without)).rejects.toMatchObject({
        code: 'method-not-possible'
      })
    })

    it('stops when cancelled, at every step', async () => {
      const { inputs } = makeSourceCase(8, base)
      const features = slowSource(inputs.features)
      const total = (await runMethod(device, method, inputs, variants[0])).steps.length
      for (let after = 0; after <= Math.min(total - 1, 6); after++) {
        const abort = new AbortController()
        const { signal } = abort
        const random = createRandom(0)
        const context = { random, seed: 0, signal, device, resume: undefined }
        const run = method.run(context, { ...inputs, features }, method.params.parse(variants[0]))
        for (let i = 0; i < after; i++) await run.next()
        abort.abort(new Error('stopped'))
        await expect(run.next()).rejects.toThrow('stopped')
      }
    })

    it('goes on from every checkpoint to the same bits', async () => {
      for (const [at, params] of variants.entries()) {
        const { inputs } = makeSourceCase(9, { ...base, tasks: 2 * at })
        const whole = await runMethod(device, method, inputs, params, { seed: 2 })
        const saved = whole.steps.flatMap(({ checkpoint }) => checkpoint ?? [])
        if (!isQuick) expect(saved.length).toBeGreaterThan(0)
        // The first and the last of every stage, and one in between.
        const stages = [...new Set(saved.map(({ step }) => step))]
        const picked = stages.flatMap((stage) => {
          const own = saved.filter(({ step }) => step === stage)
          return [...new Set([own[0], own[own.length >> 1], own[own.length - 1]])]
        })
        for (const resume of picked) {
          const copy = structuredClone(resume)
          const rest = await runMethod(device, method, inputs, params, { seed: 2, resume: copy })
          expect(rest.selection).toEqual(whole.selection)
        }
      }
    })

    it('reports progress that never falls, with losses for the chart', async () => {
      const { inputs } = makeSourceCase(9, base)
      const { steps } = await runMethod(device, method, inputs, variants[0])
      steps.forEach(({ done, total, live }, i) => {
        expect(done).toBeGreaterThanOrEqual(steps[i - 1]?.done ?? 0)
        expect(done).toBeLessThanOrEqual(total)
        expect(live?.x).toBe(i + 1)
        expect(live?.y).toBeGreaterThan(0)
      })
      if (!isQuick) expect(steps[steps.length - 1].done).toBe(190)
    })
  })
}
