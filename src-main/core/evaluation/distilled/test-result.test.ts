// What a finished test says: differences, scores, the sentence and its cautions.
import { expect, it } from 'vitest'
import { DistilResult } from '../../../api/dto/distil.ts'
import { armsOfMeasure } from './measures.ts'
import { choosingUnits, testUnits, type TestPlan, type TestUnit } from './test-plan.ts'
import { testResult, type TestResultParts } from './test-result.ts'

const Check = DistilResult.shape.check.unwrap()

const plan: TestPlan = {
  seed: 2,
  repeats: 3,
  arms: ['distilled-soft', 'distilled-hard', 'random-soft', 'random-hard', 'equal-bytes', 'all'],
  hasOther: true,
  rates: [1]
}

/** A test whose students reach these accuracies, with small luck that both sides share. */
function tested(
  accuracy: (unit: TestUnit) => number,
  more: Partial<TestResultParts> = {}
): ReturnType<typeof testResult> {
  const results: Record<string, number> = {}
  const used = more.plan ?? plan
  for (let round = 0; round < 2; round++)
    for (const unit of choosingUnits(used, results)) results[unit.key] = accuracy(unit)
  for (const unit of testUnits(used, results))
    results[unit.key] = accuracy(unit) + [0, 0.008, -0.008][unit.repeat % 3]
  const check = testResult({
    plan: used,
    results,
    networks: { main: 'ConvNet, 32 filters', other: 'dense network, 2 x 128 units' },
    sizeOf: () => ({ items: 100, bytes: 78_400 }),
    rateOf: () => 0.01,
    perClass: 10,
    testItems: 10_000,
    device: 'native',
    ...more
  })
  expect(Check.parse(check)).toEqual(check)
  return check
}

const usual = ({ arm, network }: TestUnit): number => {
  const main = {
    'distilled-soft': 0.713,
    'distilled-hard': 0.69,
    'random-soft': 0.61,
    'random-hard': 0.589,
    'chosen-hard': 0.64,
    'equal-bytes': 0.65,
    all: 0.83
  }[arm]
  return network === 'main' ? main : main - 0.047
}

it('says what the set reaches beside random items, all data and another model', () => {
  const check = tested(usual)
  expect(check.chosenArm).toBe('distilled-soft')
  expect(check.kind).toBe('helped')
  expect(check.verdict).toBe(
    'The tiny set helped: +12.4 points (12.4 to 12.4). 10 per label reaches 71.3 % \u00b1 0.8; random 10 per label 58.9 \u00b1 0.8; all data 83.0. On a different model: 66.6.'
  )
  expect(check.cautions).toEqual([])
  expect(check.hardLabelLoss).toBeCloseTo(0.14, 6)
  // The lead is over random items with the same richer labels.
  expect(check.leadOverRandom).toBeCloseTo(0.103, 6)
  expect(check.augmentationRobust01).toBeNull()
  expect(check.arms).toHaveLength(8)
})

it('says when choosing real items does as well', () => {
  const withChosen: TestPlan = { ...plan, arms: [...plan.arms, 'chosen-hard'] }
  const given = (chosen: number) => (unit: TestUnit) =>
    unit.arm === 'chosen-hard' ? chosen : usual(unit)
  expect(tested(usual, { plan: withChosen }).cautions).toEqual([])
  const alike = tested(given(0.713), { plan: withChosen })
  expect(alike.cautions[0]).toContain('typical of their label did about as well (')
  const better = tested(given(0.75), { plan: withChosen })
  expect(better.kind).toBe('helped')
  expect(better.cautions[0]).toContain('choose real items instead')
})

it('says so when random items do better, and that one repeat tells nothing', () => {
  const worse = tested((unit) => (unit.arm.startsWith('distilled') ? 0.5 : usual(unit)))
  expect(worse.kind).toBe('worse')
  expect(worse.verdict).toContain('Random real items did better here (\u22128.9,')
  const once = tested(usual, { plan: { ...plan, repeats: 1 } })
  expect(once.kind).toBe('no-difference')
  expect(once.verdict).toContain('One repeat cannot tell')
  expect(once.verdict).toContain('reaches 71.3 %; random')
  expect(once.cautions).toEqual(['Rough estimate: only 1 repeat. Use 3 or more.'])
})

it('warns where the gain does not carry over, is the labels\u2019 alone, or costs more space', () => {
  const check = tested((unit) => {
    if (unit.network === 'other') return unit.arm.startsWith('distilled') ? 0.4 : 0.6
    if (unit.arm === 'random-soft') return 0.715
    return unit.arm === 'equal-bytes' ? 0.78 : usual(unit)
  })
  expect(check.kind).toBe('helped')
  expect(check.cautions).toHaveLength(3)
  expect(check.cautions[0]).toContain('only for the kind of model')
  expect(check.cautions[1]).toContain('as much space on disk do better')
  expect(check.cautions[2]).toContain('from the labels alone')
  const kernel = tested(usual, { consumer: 'kernel', testItems: 50 })
  expect(kernel.cautions.join(' ')).toContain('only 50 test items')
  expect(kernel.cautions.join(' ')).toContain('nearest example')
})

it('scores augmentation from both trainings', () => {
  const check = tested(
    ({ arm, augmentation }) =>
      0.5 + (arm.startsWith('distilled') ? (augmentation === 'own' ? 0.05 : 0.15) : 0),
    { plan: { ...plan, hasOpposite: true } }
  )
  // beta = (.05 + .15) / 2
  expect(check.augmentationRobust01).toBeCloseTo(0.31369, 4)
})

it('speaks of groups and of fingerprints where there are no labels', () => {
  const arms = ['distilled-soft', 'random-hard', 'equal-bytes', 'all'] as const
  const own = { plan: { ...plan, arms }, isGrouped: true }
  const likeness = tested(usual, { ...own, consumer: 'representation' })
  expect(likeness.measure).toBe('explained')
  expect(likeness.chosenArm).toBe('distilled-soft')
  expect(likeness.verdict).toContain(
    '10 per group explains 71.3 % of the similarity fingerprint \u00b1 0.8; random 10 per group 58.9'
  )
  expect(likeness.cautions.join(' ')).toContain('has no labels')
  expect([likeness.labelRobust01, likeness.hardLabelLoss]).toEqual([null, null])
  const named = tested(usual, { isGrouped: true })
  expect(named.measure).toBeUndefined()
  expect(named.verdict).toContain('10 per group reaches 71.3 %')
  expect(named.cautions.join(' ')).toContain('Groups are not labels')
})

it('leaves out arms of labels where the measure has none', () => {
  expect(armsOfMeasure('accuracy', plan.arms)).toEqual(plan.arms)
  for (const measure of ['explained', 'recall'] as const)
    expect(armsOfMeasure(measure, plan.arms)).toEqual([
      'distilled-soft',
      'random-hard',
      'equal-bytes',
      'all'
    ])
})
