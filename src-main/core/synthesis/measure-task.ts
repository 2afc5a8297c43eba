// The compute-thread half of measuring: the same small network trained on the real pictures alone, with
// the made ones, with flips and shifts, and with blended pictures, for the same number of steps each,
// and named on real pictures that none of them came from.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ExpandArm } from '../../api/dto/expand.ts'
import { AppError } from '../../api/errors.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { createRandom, hashString, type Random } from '../compute/random.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { accuracyOf } from '../networks/predict.ts'
import { readArrayOf } from '../selection/array-files.ts'
import { loadExpanded, loadFrozen, madePath, pixelsPath } from './expand-files.ts'
import {
  asRows,
  helperNetwork,
  movedPictures,
  trainHelper,
  type LabelledPictures
} from './helper.ts'
import { toUnit } from './made-measures.ts'

export const measureRepeats = 5
/** Held-back pictures of each expanded label below which nothing can be said. */
export const fewestHeld = 5

export const measureArms: readonly ExpandArm[] = ['real', 'made', 'moved', 'blended']

export interface MeasureInput {
  readonly folder: string
  /** Where finished trainings are kept. */
  readonly unitsFolder: string
  readonly seed: number
  /** Steps of each training. */
  readonly steps: number
  readonly device: string
}

export interface MeasureOutput {
  readonly real: number
  readonly made: number
  readonly test: number
  readonly labels: readonly string[]
  /** By arm, in the order of {@link measureArms}, one each repeat. */
  readonly accuracies: readonly (readonly number[])[]
}

const Unit = z.strictObject({ accuracy: z.number() })

export const measureTask: ComputeTask<MeasureInput, { readonly done: number }, MeasureOutput> = {
  name: 'expand.measure',
  async *run({ folder, unitsFolder, seed, steps, device: asked }, context) {
    const frozen = await loadFrozen(folder)
    if (frozen === undefined) throw new AppError('run-not-found')
    const { candidates, model } = await loadExpanded(folder)
    const input = { height: model.side, width: model.side, channels: model.channels }
    const size = input.height * input.width * input.channels
    const pixels = toUnit(await readArrayOf(pixelsPath(folder), 'u1'))
    const madePixels = toUnit(await readArrayOf(madePath(folder), 'u1'))
    const classes = frozen.labels.length
    const { sources, lent, held } = frozen
    const expanded = new Set(sources.map(({ label }) => label))
    // Other labels are as many as the expanded ones are on average: a small set among small sets.
    const each = Math.max(1, Math.round(sources.length / expanded.size))
    const given = new Int32Array(classes)
    const beside = lent.flatMap(({ label }, at) =>
      !expanded.has(label) && given[label]++ < each ? [sources.length + at] : []
    )
    const all = [...sources, ...lent, ...held]
    const pick = (values: Float32Array, rows: readonly number[]): Float32Array => {
      const out = new Float32Array(rows.length * size)
      rows.forEach((row, at) => out.set(values.subarray(row * size, (row + 1) * size), at * size))
      return out
    }
    const labelled = (rows: readonly number[]): LabelledPictures => ({
      values: pick(pixels, rows),
      labels: Int32Array.from(rows, (row) => all[row].label)
    })
    const real = labelled([...sources.keys(), ...beside])
    const firstHeld = sources.length + lent.length
    const test = labelled([...held.keys()].map((at) => firstHeld + at))
    const accepted = candidates
      .filter(({ isAccepted }) => isAccepted)
      .slice(0, sources.length)
      .map(({ at, label }) => ({ at, label: frozen.labels.indexOf(label) }))
    const made: LabelledPictures = {
      values: pick(
        madePixels,
        accepted.map(({ at }) => at)
      ),
      labels: Int32Array.from(accepted, ({ label }) => label)
    }
    const sourcesAlone = labelled([...sources.keys()])
    const device = await context.device(asked)
    await enableGradients()
    const network = helperNetwork(input, classes)
    const accuracies: number[][] = measureArms.map(() => [])
    let done = 0
    for (let repeat = 0; repeat < measureRepeats; repeat++)
      for (const [place, arm] of measureArms.entries()) {
        context.signal.throwIfAborted()
        // Every arm of a repeat begins with the same weights.
        const random = createRandom(hashString(`repeat ${repeat}`, seed))
        const path = join(unitsFolder, `${repeat}-${arm}.json`)
        const there = await unitOf(path)
        const accuracy =
          there ??
          (await (async () => {
            const extra =
              arm === 'made'
                ? made
                : arm === 'blended'
                  ? blended(sourcesAlone, made.labels, size, random.fork('blends'))
                  : undefined
            const student = await trainHelper(
              device.tf,
              network,
              extra === undefined ? real : joined(real, extra),
              {
                steps,
                augment: arm === 'moved' ? movedPictures : null,
                random,
                signal: context.signal
              }
            )
            const rows = asRows(test, input)
            return accuracyOf(device.tf, network, student.parameters, rows, context.signal)
          })())
        if (there === undefined) await writeFileAtomic(path, JSON.stringify({ accuracy }))
        accuracies[place].push(accuracy)
        yield { done: ++done }
      }
    return {
      real: real.labels.length,
      made: made.labels.length,
      test: test.labels.length,
      labels: frozen.labels,
      accuracies
    }
  }
}

async function unitOf(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Unit.parse(JSON.parse(text)).accuracy
}

/** As many pictures as there are labels, each a mix of two sources of the label, pixel by pixel. */
export function blended(
  sources: LabelledPictures,
  labels: Int32Array,
  size: number,
  random: Random
): LabelledPictures {
  const values = new Float32Array(labels.length * size)
  labels.forEach((label, at) => {
    const rows = [...sources.labels.keys()].filter((row) => sources.labels[row] === label)
    const [first, second] = random.sample(rows.length, 2)
    const weight = 0.1 + 0.8 * random.uniform()
    for (let i = 0; i < size; i++)
      values[at * size + i] =
        (1 - weight) * sources.values[rows[first] * size + i] +
        weight * sources.values[rows[second] * size + i]
  })
  return { values, labels }
}

function joined(first: LabelledPictures, second: LabelledPictures): LabelledPictures {
  const values = new Float32Array(first.values.length + second.values.length)
  values.set(first.values)
  values.set(second.values, first.values.length)
  return { values, labels: Int32Array.from([...first.labels, ...second.labels]) }
}
