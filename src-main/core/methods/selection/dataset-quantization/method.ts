// Dataset Quantization: bins from typical to particular, and the same share of each.
import { z } from 'zod'
import { graphCutBins } from '../../../compute/kernels/graph-cut-bins.ts'
import { shareOut } from '../../../compute/kernels/largest-remainder.ts'
import { defineMethod } from '../../method.ts'
import { amongLabel, explainUnable, mixParam, selectionOf } from '../../coverage/coverage-result.ts'
import {
  runCoverage,
  type CoverageInfo,
  type Picked,
  type PickStep,
  type PickTask
} from '../../coverage/coverage-run.ts'
import { interleave } from '../../coverage/label-groups.ts'
import { residentBytes } from '../../coverage/prepared-rows.ts'
import { dealShards, shardSize, wholeLimit } from '../../coverage/shards.ts'
import { dataQuantizationCard } from './card.ts'

const params = z.object({
  mix: mixParam,
  layers: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta({
      title: 'Layers',
      description:
        'The items of each label are parted into this many layers, from typical to particular; the same share is ' +
        'drawn from each.'
    }),
  lambda: z.number().min(0).max(1000).default(1).meta({
    title: 'Weight of typical items',
    description:
      'How much being like many items counts against being like items of the same layer. 1 = the usual form.'
  })
})

/** Orders one group. */
export async function* pickFromLayers(
  task: PickTask,
  layers: number,
  lambda: number,
  limit = wholeLimit
): AsyncGenerator<PickStep, Picked, void> {
  const { prepared, group, context, columns, resume } = task
  const { rows, quota } = group
  const random = context.random.fork(`layers-${group.index}`)
  const shards = dealShards(rows, random.fork('shards'), limit)
  const layer = columns['layer']
  if (resume !== undefined) layer.set(resume.arrays['layer'])
  const next = Number(resume?.values['next'] ?? 0)
  let done = 0
  for (const [at, shard] of shards.entries()) {
    const before = done
    done += shard.length
    if (at < next) continue
    const count = Math.min(layers, shard.length)
    const even = Array.from({ length: count }, () => 1)
    const sizes = shareOut(
      shard.length,
      even,
      even.map(() => shard.length)
    )
    const values = await prepared.read(shard)
    const { tf } = context.device
    const run = graphCutBins(tf, values, prepared.columns, sizes, lambda, context.signal)
    let step = await run.next()
    while (step.done !== true) {
      yield { done: before + Math.floor(step.value * shard.length) }
      step = await run.next()
    }
    const bins = step.value
    shard.forEach((row, i) => {
      layer[row] = bins[i] + 1
    })
    // Twenty checkpoints at most: each holds a number per row.
    const isDue =
      Math.floor((20 * (at + 1)) / shards.length) > Math.floor((20 * at) / shards.length)
    if (isDue && at + 1 < shards.length)
      yield {
        done,
        state: { arrays: { layer: Uint32Array.from(layer) }, values: { next: at + 1 } }
      }
  }
  return {
    order: drawEvenly(task, random.fork('draw').shuffle, layers),
    notes:
      shards.length === 1
        ? []
        : [
            `There were more than ${limit.toLocaleString('en-US')} items to compare at once, so they were dealt by lot into ` +
              'parts, and each part was layered by itself.'
          ]
  }

  function drawEvenly(
    { group: own }: PickTask,
    shuffle: (values: Uint32Array) => Uint32Array,
    most: number
  ): Uint32Array {
    const members = Array.from({ length: most }, (_, l) =>
      Uint32Array.from(own.rows.keys()).filter((at) => layer[own.rows[at]] === l + 1)
    )
    const sizes = members.map((list) => list.length)
    const quotas = shareOut(quota, sizes, sizes)
    const orders = members.flatMap((list, l) =>
      list.length === 0 ? [] : [{ rows: shuffle(list), quota: quotas[l] }]
    )
    const order = interleave(orders, new Uint32Array(0), own.rows.length)
    return order.map((at) => own.rows[at])
  }
}

export default defineMethod({
  id: 'dataset-quantization',
  family: 'selection',
  version: 1,
  card: dataQuantizationCard,
  params,
  inputs: { labels: false, tasks: false },
  estimate({ candidates, columns, classes }, { mix }) {
    const groups = mix === 'keep' ? Math.max(1, classes) : 1
    const partners = shardSize(candidates / groups)
    return {
      seconds: 0.2 + (candidates * partners * columns) / 13e9 + (4 * candidates * partners) / 0.8e9,
      megabytes:
        250 +
        (Math.min(residentBytes, 4 * candidates * columns) +
          5 * partners * (partners + columns) +
          24 * candidates) /
          1e6,
      why: `Items are layered in parts of ${Math.round(partners).toLocaleString('en-US')}.`
    }
  },
  async *run(context, inputs, chosen) {
    const outcome = yield* runCoverage(context, inputs, {
      form: 'direction',
      mix: chosen.mix,
      columns: { layer: { type: 'whole', fill: 0 } },
      pick: (task) => pickFromLayers(task, chosen.layers, chosen.lambda)
    })
    const info = { ...outcome.info, layers: chosen.layers }
    return selectionOf({ ...outcome, info }, inputs.budget, {
      value: inputs.budget / inputs.features.rows,
      meaning: 'Share drawn from every layer, up to rounding'
    })
  },
  explain(inputs) {
    const unable = explainUnable(inputs)
    if (unable !== undefined) return unable
    // Written by this method; the cast undoes only the loss of its type on disk.
    const info = inputs.info as CoverageInfo & { readonly layers: number }
    const among = amongLabel(inputs, info)
    const layer = inputs.columns['layer'][inputs.row]
    const where = `layer ${layer} of ${info.layers} of the items${among} (1 = most typical)`
    return inputs.isChosen
      ? { code: 'drawn-layer', text: `Kept because it was drawn by lot from ${where}.` }
      : { code: 'not-drawn-layer', text: `Left out: it was not drawn from ${where}.` }
  }
})
