// Several check models: one gives the verdict, the others say how far it carries.
import { describe, expect, it } from 'vitest'
import { acrossModels, disagreement, modelSentence } from './across-models.ts'
import type { CheckUnit } from './check.ts'
import { checkResult } from './check-result.ts'
import { planOf, results } from './check.test-support.ts'

describe('several models', () => {
  /** Accuracies of random draws vary a little; `gain` is what choosing adds. */
  const accuracyOf =
    (gains: Readonly<Record<string, number>>) =>
    (unit: CheckUnit): number =>
      unit.arm === 'chosen'
        ? 0.7 + gains[unit.model]
        : unit.arm === 'all'
          ? 0.9
          : 0.7 + 0.002 * (unit.repeat - 2)

  it('takes the verdict from the first model and the table from all', async () => {
    const plan = planOf({ models: ['linear', 'knn', 'mlp'] })
    const found = await results(plan, accuracyOf({ linear: 0.05, knn: 0.03, mlp: 0.001 }))
    const result = checkResult(plan, found, 1000, 'd')
    expect(result.kind).toBe('helped')
    expect(result.models.map(({ model, kind }) => [model, kind])).toEqual([
      ['linear', 'helped'],
      ['knn', 'helped'],
      ['mlp', 'no-difference']
    ])
    expect(result.models[0]).toMatchObject({
      chosen: result.chosen,
      difference: result.difference,
      name: 'Fast linear'
    })
    // sd 0.00316, t(4) = 2.776, sqrt(1.2): half 0.0096.
    expect(result.acrossModels).toBe(
      'Also better than random with k-NN (+3.0); no clear difference with a small network (+0.1, \u22120.9 to 1.1).'
    )
    expect(result.cautions.join(' ')).toContain('Not every check model sees the gain')
    expect(result.models[2]?.sentence).toBe(
      'No clear difference from random with a small network (+0.1, \u22120.9 to 1.1).'
    )
  })
  it('says nothing across models when only one was asked', async () => {
    const plan = planOf()
    const result = checkResult(plan, await results(plan, accuracyOf({ linear: 0 })), 1000, 'd')
    expect(result.acrossModels).toBeNull()
    expect(result.models).toHaveLength(1)
    expect(result.curve).toBeNull()
  })
  it('puts every pair of findings into words', () => {
    const found = (model: 'linear' | 'knn' | 'mlp', mean: number) =>
      ({
        model,
        kind: mean > 0.01 ? 'helped' : mean < -0.01 ? 'worse' : 'no-difference',
        difference: { mean, low: mean - 0.01, high: mean + 0.01 }
      }) as const
    expect(acrossModels([found('linear', 0), found('knn', 0.02), found('mlp', -0.02)], 5)).toBe(
      'Better than random with k-NN (+2.0); worse than random with a small network (\u22122.0).'
    )
    expect(acrossModels([found('linear', 0.03), found('knn', 0.02), found('mlp', 0.04)], 5)).toBe(
      'Also better than random with k-NN (+2.0) and a small network (+4.0).'
    )
    expect(acrossModels([found('linear', 0.03), found('knn', 0.02)], 1)).toContain('One repeat')
    expect(modelSentence(found('knn', 0.02), 1)).toContain('tells nothing')
    expect(disagreement([found('linear', 0.03), found('knn', 0.02)], 5)).toBeUndefined()
    expect(disagreement([found('linear', 0.03), found('knn', -0.02)], 5)).toContain('contradict')
    expect(disagreement([found('linear', 0), found('knn', 0.02)], 5)).toContain('picked beforehand')
    expect(disagreement([found('linear', -0.02), found('knn', 0)], 5)).toContain('sees the loss')
    expect(disagreement([found('linear', 0.03), found('knn', -0.02)], 1)).toBeUndefined()
  })
})
