// The parameters that all difficulty lenses share, as the form, the command line and the record see
// them. Each lens names its own defaults.
import { z } from 'zod'

/** Which end of the difficulty scale is kept. */
export const keepRules = ['hardest', 'easiest', 'middle'] as const
export type KeepRule = (typeof keepRules)[number]

/** Whether items compete all together or within their label. */
export const balanceRules = ['none', 'labels'] as const
export type BalanceRule = (typeof balanceRules)[number]

/** "Part to keep": `rules` are those the lens offers. */
export const keepParam = <K extends string>(rules: readonly [K, ...K[]], first: K, more = '') =>
  z
    .enum(rules)
    .default(first as never)
    .meta({
      title: 'Part to keep',
      description:
        'hardest: items the helper models find hardest. easiest: those they find easiest. middle: ' +
        `those in between.${more}`
    })

export const dropParam = (first: number) =>
  z
    .number()
    .min(0)
    .max(90)
    .default(first)
    .meta({
      title: 'Leave out first',
      description:
        'This share of the items at the extreme end is set aside before any is kept: the very hardest ' +
        'often carry a wrong label. Does not apply to the middle.',
      unit: '%'
    })

export const balanceParam = z
  .enum(balanceRules)
  .default('labels')
  .meta({
    title: 'Mix of labels',
    description:
      'labels: every label keeps its share, and items compete within their label. none: all items ' +
      'compete together, so whole labels may lose out.'
  })

export const runsParam = (first: number) =>
  z.int().min(1).max(50).default(first).meta({
    title: 'Helper models',
    description:
      'Each learns from its own draw of the items, and their opinions are averaged. More are steadier.'
  })

export const passesParam = (first: number, why: string) =>
  z
    .int()
    .min(1)
    .max(100)
    .default(first)
    .meta({ title: 'Passes', description: `Passes over the items for each helper model. ${why}` })
