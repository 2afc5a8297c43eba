// The parameters of ICONS as the form, the command line and the record see them.
import { z } from 'zod'

/** How the tasks' scores become one order. */
export const combineRules = ['vote', 'round-robin', 'mean', 'max', 'rank', 'norm'] as const
export type CombineRule = (typeof combineRules)[number]

/** Which of the rows with the cut-off number of votes are taken. */
export const tieRules = ['variety', 'random', 'mean-rank', 'least-covered-task'] as const
export type TieRule = (typeof tieRules)[number]

/** Whether rows compete all together or within their label. */
export const balanceRules = ['auto', 'labels', 'none'] as const
export type BalanceRule = (typeof balanceRules)[number]

/** Whether a task's examples are averaged per label (and part) or all together. */
export const subTaskRules = ['auto', 'labels', 'none'] as const
export type SubTaskRule = (typeof subTaskRules)[number]

export const iconsParams = z.object({
  combine: z
    .enum(combineRules)
    .default('vote')
    .meta({
      title: 'How tasks decide together',
      description:
        'vote: items wanted by most tasks come first (ICONS). round-robin: tasks take turns, for ' +
        'tasks that want different things. mean, max, rank and norm join the scores directly.'
    }),
  tieRule: z
    .enum(tieRules)
    .default('random')
    .meta({
      title: 'Between items with equal votes',
      description:
        'random: by lot with the repeat code, as in the paper. variety: take those that stand for ' +
        'most others. mean-rank: by average place. least-covered-task: help the task with the fewest.'
    }),
  subTasks: z
    .enum(subTaskRules)
    .default('auto')
    .meta({
      title: 'Parts of a task',
      description:
        'labels: the examples of each label are a part of their own, and an item counts by the part ' +
        'it fits best. none: a task is the average of all its examples, or of those of each of its ' +
        'parts where it has some. auto: labels, but none with learning directions made elsewhere.'
    }),
  balance: z
    .enum(balanceRules)
    .default('auto')
    .meta({
      title: 'Mix of labels',
      description:
        'labels: every label with examples keeps its share, and each task votes within the labels it ' +
        'has examples of. none: votes alone decide, so whole labels may lose out (the paper). auto: ' +
        'labels, but none with learning directions made elsewhere. Applies to votes only.'
    }),
  votePercent: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .meta({
      title: 'Items each task votes for',
      description:
        'Each task votes for this share of the items. 0 = automatic: the share you keep (the paper), ' +
        'and at least 65 % where the mix of labels is kept.',
      unit: '%'
    }),
  warmUpPercent: z
    .number()
    .gt(0)
    .max(100)
    .default(5)
    .meta({
      title: 'Items for the warm-up',
      description:
        'Share of the items the helper model learns from before items are compared; at least 200 ' +
        'items and 20 per label.',
      unit: '%'
    }),
  warmUpEpochs: z.int().min(1).max(50).default(4).meta({
    title: 'Warm-up passes',
    description:
      'Passes over the warm-up items. Few are better: a finished model has little to ask.'
  })
})
export type IconsParams = z.output<typeof iconsParams>
