// Real picture-text pairs: the controls that learned pairs are shown beside.
import { z } from 'zod'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { defineDistillation } from '../distillation-method.ts'
import { realPairsCard } from '../pair-matching/card.ts'
import { choosePairs } from '../pair-matching/choose-pairs.ts'
import { headParams, pairChoice, pairFacts } from '../pair-matching/head-params.ts'
import { pairSet, readingTables, readSet } from '../pair-matching/pair-set.ts'

const params = z.object({
  choice: pairChoice.default('random').meta({
    title: 'Which pairs',
    description:
      'random: by lot. k-center: far from each other. herding: so that their average is that of all.'
  }),
  ...headParams
})

export const realPairsMethod = defineDistillation({
  id: 'real-pairs',
  family: 'distillation',
  version: 1,
  card: realPairsCard,
  params,
  makes: 'real',
  learns: 'pairs',
  reads: ['vectors'],
  derivatives: 'none',
  efforts: { quick: {}, standard: {}, thorough: {} },
  experts: () => undefined,
  work: ({ perClass, trainItems, shape }, { choice }) => ({
    forward: 0,
    trained: 200 * perClass,
    second: 0,
    otherSeconds:
      1 +
      ((choice === 'random' ? 0 : perClass) * Math.min(5000, trainItems) * shape.channels) / 1e9,
    megabytes: 200 + (8 * trainItems * shape.channels) / 1e6
  }),
  async *run(context, inputs, chosen) {
    await enableGradients()
    const { device, random, signal } = context
    const { train, perClass } = inputs
    const facts = pairFacts(inputs, chosen)
    yield { phase: 'Choosing pairs', done: 0, total: 1, unit: 'steps' }
    const choosing = { tf: device.tf, random: random.fork('pairs'), signal }
    const rows = await choosePairs(choosing, train, perClass, chosen.choice)
    const set = pairSet(inputs, {
      values: train.read(rows),
      sourceRows: rows,
      facts,
      info: { choice: chosen.choice },
      notes: []
    })
    const reading = await readSet(context, inputs, set, facts)
    yield { phase: 'Choosing pairs', done: 1, total: 1, unit: 'steps' }
    return { ...set, info: { ...set.info, tables: readingTables(reading) } }
  }
})
