// The parameters of self-supervised sets as the form, the command line and the record see them.
import { z } from 'zod'
import { storageParam } from '../matching/matching-params.ts'

/** How items begin. */
export const representationStarts = ['central', 'random'] as const

export const selfSupervisedParams = z.object({
  iterations: z.int().min(1).max(1_000_000).default(600).meta({
    title: 'Steps',
    description:
      'Each step moves all items and targets a little. The paper takes 160,000 on a graphics card.'
  }),
  batch: z.int().min(1).max(4096).default(256).meta({
    title: 'Real items in a step',
    description: 'How many real items are foretold in each step. More are steadier and slower.'
  }),
  rate: z.number().min(1e-6).max(1).default(0.03).meta({
    title: 'Step size',
    description: 'How far items and targets move in the first step (Adam); it falls to nothing.'
  }),
  networks: z.int().min(1).max(50).default(5).meta({
    title: 'Networks',
    description: 'How many small networks take turns. The paper has 10.'
  }),
  lifetime: z.int().min(1).max(10_000).default(30).meta({
    title: 'Steps of a network',
    description:
      'A network that has learned from the set for so many steps is replaced by a new one.'
  }),
  ridge: z.number().min(1e-8).max(1).default(1e-2).meta({
    title: 'Smoothness (lambda)',
    description:
      'How little a single item may bend the last layer, as a share of the average kernel value.'
  }),
  learnTargets: z.boolean().default(true).meta({
    title: 'Learn the targets too',
    description: 'Off: each item keeps the fingerprint of the real item that it began as.'
  }),
  start: z.enum(representationStarts).default('central').meta({
    title: 'Items begin as',
    description: 'central: the most typical real items of each group. random: real items by lot.'
  }),
  storage: storageParam
})
export type SelfSupervisedParams = z.output<typeof selfSupervisedParams>
