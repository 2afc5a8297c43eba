// The work of an analysis is counted before it runs: the same trainings as its units, by network.
import { expect, it } from 'vitest'
import { AnalysisPanel } from '../../../api/dto/analysis.ts'
import { labelledValues } from '../../networks/normalisation.ts'
import { analysisSizes, type AnalysisInputs } from './analysis.ts'
import { analysisWork } from './work.ts'

const classes = 2
const labelsOf = (count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, i) => i % classes)
const nothing = new Float32Array(0)
const inputs: AnalysisInputs = {
  shape: { height: 1, width: 1, channels: 4 },
  normalisation: { mean: [0], sd: [1] },
  classes,
  network: { kind: 'mlp', width: 8, depth: 1, norm: 'none' },
  otherNetworks: [{ kind: 'linear', width: 0, depth: 0, norm: 'none' }],
  set: { values: nothing, count: 6, labels: labelsOf(6), shares: nothing },
  train: labelledValues(nothing, labelsOf(2000)),
  test: labelledValues(nothing, labelsOf(500)),
  seed: 1
}
const sizes = analysisSizes('quick')

it('counts each training of a panel on the network that learns', () => {
  const judges = sizes.judgeSteps * sizes.batch
  expect(analysisWork(['recognition'], inputs, sizes)).toEqual({
    main: { trained: judges, forward: 300 },
    others: [{ trained: judges, forward: 300 }]
  })
  // 0, 2, 10 and 50 added to 3 of each label, on both sides; at most a batch in a step.
  const mixed = 2 * sizes.steps * (6 + 10 + 26 + 64)
  expect(analysisWork(['mixing'], inputs, sizes).main).toEqual({ trained: mixed, forward: 8 * 300 })
  // All items at once and without each of the six.
  expect(analysisWork(['influence'], inputs, sizes).main).toEqual({
    trained: 7 * sizes.influenceSteps * 6,
    forward: 7 * 300
  })
})

it('counts trainings that several panels read once, and more for more effort', () => {
  const of = (panels: readonly AnalysisPanel[]): number =>
    analysisWork(panels, inputs, sizes).main.trained
  const apart = of(['agreement']) + of(['learned']) + of(['curvature'])
  expect(of(['agreement', 'learned', 'curvature'])).toBeLessThan(apart)
  const all = (['quick', 'standard', 'thorough'] as const).map(
    (effort) => analysisWork(AnalysisPanel.options, inputs, analysisSizes(effort)).main.trained
  )
  expect(all[1]).toBeGreaterThan(2 * all[0])
  expect(all[2]).toBeGreaterThan(2 * all[1])
})
