// The real items of a soft-label set: by one of the rules for real items, or from one tenth of each
// class by how hard a helper model finds them.
import { createNetwork } from '../../../networks/create-network.ts'
import { featuresOf } from '../../../networks/predict.ts'
import type { DistillationContext, DistillationInputs } from '../distillation-method.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { chooseRows } from '../real-items/choose-rows.ts'
import { rowsByLot, someRows } from '../real-items/real-rows.ts'
import { createExpertLabels } from './expert-labels.ts'
import type { SoftLabelParams } from './params.ts'

/** Items of a class that the helper model looks at, for their difficulty and for comparing them. */
const mostLookedAt = 1000
const mostCompared = 3000

/** Rows of each class, best first. Yields classes done. */
export async function* chooseItems(
  context: DistillationContext,
  inputs: DistillationInputs,
  perClass: number,
  { choice, tenth, compare }: Pick<SoftLabelParams, 'choice' | 'tenth' | 'compare'>
): AsyncGenerator<number, Uint32Array[], void> {
  const { classNames, train } = inputs
  const choosing = {
    tf: context.device.tf,
    random: context.random.fork('items'),
    signal: context.signal
  }
  if (choice !== 'difficulty') {
    const describe = compare === 'helper' ? await describeBy(context, inputs) : undefined
    const most = Math.max(mostCompared, 4 * perClass)
    const given = { ...choosing, describe, most }
    return yield* chooseRows(given, train, classNames, perClass, choice)
  }
  const chosen: Uint32Array[] = []
  for (const [label, all] of rowsByClass(train, classNames).entries()) {
    const random = choosing.random.fork(`class ${label}`)
    const rows = rowsByLot(all, mostLookedAt, random)
    const losses = await lossesOf(context, inputs, rows, label)
    const places = tenthOf(losses, tenth, Math.min(perClass, rows.length))
    chosen.push(
      random
        .shuffle(places)
        .slice(0, perClass)
        .map((place) => rows[place])
    )
    yield label + 1
  }
  return chosen
}

/**
 * Rows as the last layer of the first helper model sees them at its last moment; undefined for a linear
 * one, which sees the items themselves.
 */
async function describeBy(
  { device, signal }: DistillationContext,
  { experts, shape, classNames, train }: DistillationInputs
): Promise<((rows: Uint32Array) => Promise<Float32Array>) | undefined> {
  if (experts === undefined)
    throw new Error('items are compared by helper models, but there are none')
  // Nor is there a last layer to be read in a model of which only the answers are known.
  if (experts.network.kind === 'linear' || experts.answer !== undefined) return undefined
  const network = createNetwork(experts.network, shape, classNames.length)
  const moment = experts.moments[0].length - 1
  const parameters = await experts.read(0, moment)
  const statistics = await experts.readStatistics(0, moment)
  return (rows) =>
    featuresOf(device.tf, network, parameters, someRows(train, rows), signal, statistics)
}

/** Cross-entropy of the helper models' last moment with the label, for each row. */
async function lossesOf(
  { device, signal }: DistillationContext,
  { experts, shape, classNames, train }: DistillationInputs,
  rows: Uint32Array,
  label: number
): Promise<Float64Array> {
  if (experts === undefined)
    throw new Error('items are chosen by helper models, but there are none')
  const classes = classNames.length
  const items = someRows(train, rows)
  const labels = createExpertLabels(device.tf, experts, shape, classes, items, signal)
  const logits = await labels.logitsAt(experts.moments[0].length - 1)
  return Float64Array.from(rows, (_, i) => {
    const row = logits.subarray(i * classes, (i + 1) * classes)
    const top = Math.max(...row)
    return Math.log(row.reduce((sum, z) => sum + Math.exp(z - top), 0)) + top - row[label]
  })
}

/**
 * Places of one tenth by ascending loss (0 = easiest), ties by place; widened to `least` places
 * where a tenth has fewer.
 */
export function tenthOf(losses: Float64Array, tenth: number, least: number): Uint32Array {
  const order = Uint32Array.from(losses.keys()).sort((a, b) => losses[a] - losses[b] || a - b)
  const from = Math.floor((tenth * order.length) / 10)
  const to = Math.max(Math.floor(((tenth + 1) * order.length) / 10), from + least)
  return order.slice(Math.max(0, Math.min(from, order.length - least)), to)
}
