// Parameters that every method aiming at example tasks through head gradients has.
import { z } from 'zod'

/** How the scores of several tasks become one. */
export const joinRules = ['max', 'mean'] as const
export type JoinRule = (typeof joinRules)[number]

/** Whether a task's examples are averaged per label or all together. */
export const splitRules = ['labels', 'none'] as const
export type SplitRule = (typeof splitRules)[number]

/** Whether items compete within their label or all together. */
export const balanceRules = ['labels', 'none'] as const
export type BalanceRule = (typeof balanceRules)[number]

/**
 * The three parameters with a method's own defaults. Cosines are all of one size, so the best task
 * can be taken (LESS); effects in the unit of the loss add up.
 */
export function targetParams(
  join: JoinRule,
  subTasks: SplitRule
): {
  join: z.ZodDefault<z.ZodEnum<{ max: 'max'; mean: 'mean' }>>
  subTasks: z.ZodDefault<z.ZodEnum<{ labels: 'labels'; none: 'none' }>>
  balance: z.ZodDefault<z.ZodEnum<{ labels: 'labels'; none: 'none' }>>
} {
  return {
    join: z
      .enum(joinRules)
      .default(join)
      .meta({
        title: 'How tasks decide together',
        description:
          'max: an item counts by the example task it helps most. mean: by what it does for all of ' +
          'them, so harm to one task counts against it. Important tasks count more in both.'
      }),
    subTasks: z
      .enum(splitRules)
      .default(subTasks)
      .meta({
        title: 'Parts of a task',
        description:
          'labels: the examples of each label are a part of their own, and an item counts by the part ' +
          'it helps most. none: a task is the average of all its examples.'
      }),
    balance: z
      .enum(balanceRules)
      .default('labels')
      .meta({
        title: 'Mix of labels',
        description:
          'labels: every label with examples keeps its share of the places. none: the best items win, ' +
          'whatever their label; a few labels then usually take nearly everything.'
      })
  }
}

const automatic =
  ' auto: labels with the app\u2019s own helper model, none with learning directions made elsewhere.'

/**
 * {@link targetParams} of a method that also works on gradients made elsewhere, where labels may be
 * missing or mean something else: there it does as its paper does, unless a person says otherwise.
 * @param subTasks what "auto" means for parts with the app's own helper model
 */
export function autoTargetParams(
  join: JoinRule,
  subTasks: SplitRule
): {
  join: z.ZodDefault<z.ZodEnum<{ max: 'max'; mean: 'mean' }>>
  subTasks: z.ZodDefault<z.ZodEnum<{ auto: 'auto'; labels: 'labels'; none: 'none' }>>
  balance: z.ZodDefault<z.ZodEnum<{ auto: 'auto'; labels: 'labels'; none: 'none' }>>
} {
  const own = targetParams(join, subTasks)
  const describe = (key: 'subTasks' | 'balance'): { title: string; description: string } => {
    const { title, description } = own[key].meta() ?? {}
    const isLabels = key === 'balance' || subTasks === 'labels'
    return {
      title: String(title),
      description: `${String(description)}${isLabels ? automatic : ' auto: none.'}`
    }
  }
  return {
    join: own.join,
    subTasks: z
      .enum(['auto', ...splitRules])
      .default('auto')
      .meta(describe('subTasks')),
    balance: z
      .enum(['auto', ...balanceRules])
      .default('auto')
      .meta(describe('balance'))
  }
}

/** Parameters of {@link autoTargetParams}. */
export interface AutoTargetParams {
  readonly join: JoinRule
  readonly subTasks: SplitRule | 'auto'
  readonly balance: BalanceRule | 'auto'
}

/** The parameters with what "auto" stands for filled in. */
export function withoutAuto(
  { join, subTasks, balance }: AutoTargetParams,
  automatic: Pick<TargetParams, 'subTasks' | 'balance'>
): TargetParams {
  return {
    join,
    subTasks: subTasks === 'auto' ? automatic.subTasks : subTasks,
    balance: balance === 'auto' ? automatic.balance : balance
  }
}

/** The shared parameters as the engine sees them. */
export interface TargetParams {
  readonly join: JoinRule
  readonly subTasks: SplitRule
  readonly balance: BalanceRule
}

/** Share of the items a warm-up learns from. */
export const warmUpPercent = (percent: number): z.ZodDefault<z.ZodNumber> =>
  z
    .number()
    .gt(0)
    .max(100)
    .default(percent)
    .meta({
      title: 'Items for the warm-up',
      description:
        'Share of the items the helper model learns from before items are compared; at least 200 ' +
        'items and 20 per label.',
      unit: '%'
    })

/** Passes of a warm-up. */
export const warmUpEpochs = (epochs: number): z.ZodDefault<z.ZodInt> =>
  z.int().min(1).max(50).default(epochs).meta({
    title: 'Warm-up passes',
    description: 'Passes over the warm-up items.'
  })

/** Rows whose curvature is taken. */
export const curvatureRows = z
  .int()
  .min(100)
  .max(200_000)
  .default(20_000)
  .meta({
    title: 'Items measured for the correction',
    description:
      'What the helper model can learn from several items is counted once: this is measured on so ' +
      'many items, drawn by lot where there are more.',
    unit: 'items'
  })
