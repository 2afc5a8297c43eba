// A whole analysis of a small set: every panel, and going on after a stop at every unit.
import { beforeAll, expect, it } from 'vitest'
import { AnalysisPanel, AnalysisParts } from '../../../api/dto/analysis.ts'
import type { Device } from '../../compute/devices/device.ts'
import { openDevice } from '../../compute/devices/registry.ts'
import { oneHotShares } from '../../networks/normalisation.ts'
import { smallPictures } from '../../networks/picture-sample.test-support.ts'
import { drawPerClass } from '../distilled/random-items.ts'
import type { AnalysisInputs, AnalysisSizes, UnitResult } from './analysis.ts'
import { closer } from './agreement-panel.ts'
import { mixingFacts } from './mixing.ts'
import { runAnalysis } from './run-analysis.ts'

const sizes: AnalysisSizes = {
  testItems: 40,
  steps: 20,
  batch: 16,
  judgeSteps: 60,
  added: [0, 2, 10, 50],
  mixRepeats: 1,
  students: 2,
  subsetModels: 3,
  paths: 2,
  lookEvery: 5,
  curvatureEvery: 10,
  probes: 1,
  curvatureItems: 16,
  influenceItems: 4,
  influenceSteps: 6
}

let device: Device
let inputs: AnalysisInputs

beforeAll(async () => {
  device = (await openDevice('native')).device
  const { train, test, shape, classes, normalisation } = smallPictures(5, { side: 8 })
  const rows = drawPerClass(train.labels, classes, 2, 1)
  const labels = Int32Array.from(rows, (row) => train.labels[row])
  inputs = {
    shape,
    normalisation,
    classes,
    network: { kind: 'convnet', width: 4, depth: 2, norm: 'instance' },
    otherNetworks: [{ kind: 'mlp', width: 8, depth: 1, norm: 'none' }],
    set: {
      values: train.read(rows),
      count: rows.length,
      labels,
      shares: oneHotShares(labels, classes)
    },
    train,
    test,
    seed: 11
  }
})

async function run(
  panels: readonly AnalysisPanel[],
  finished: readonly UnitResult[] = [],
  signal = new AbortController().signal
): Promise<{ units: UnitResult[]; parts: AnalysisParts }> {
  const context = { device, signal, finished, rowOf: (position: number) => position }
  const steps = runAnalysis(panels, inputs, sizes, context)
  const units: UnitResult[] = []
  let last = 0
  for (;;) {
    const step = await steps.next()
    if (step.done === true) return { units, parts: AnalysisParts.parse(step.value) }
    units.push(step.value.unit)
    expect(step.value.done).toBeGreaterThan(last)
    expect(step.value.done).toBeLessThanOrEqual(step.value.total)
    last = step.value.done
  }
}

it('fills every panel, in the same way after a stop', async () => {
  const tensors = device.tf.memory().numTensors
  const { units, parts } = await run(AnalysisPanel.options)
  expect(device.tf.memory().numTensors).toBe(tensors)
  expect(Object.values(parts).every((part) => part !== null)).toBe(true)

  const { recognition, mixing, agreement, learned, curvature, influence } = parts
  expect(recognition?.judges.map(({ network }) => network)).toEqual([
    'ConvNet, 4 filters, 2 blocks',
    'dense network, 1 x 8 units'
  ])
  expect(recognition?.map.points.filter(({ isReal }) => !isReal)).toHaveLength(8)
  const brightness = recognition?.brightness
  expect(
    (brightness?.set.reduce((sum, value) => sum + value, 0) ?? 0) * (brightness?.width ?? 0)
  ).toBeCloseTo(1, 6)
  expect(brightness?.outside01).toEqual({ real: 0, set: 0 })
  // 40 of each label: 50 cannot be added.
  expect(mixing?.points.map(({ added }) => added)).toEqual([0, 2, 10])
  expect(agreement?.subset.models).toBe(3)
  expect(agreement?.early.models).toBe(2 * 7)
  expect(learned?.points.map(({ step }) => step)).toEqual([0, 1, 2, 5, 10, 15, 20])
  expect(curvature?.points.map(({ step }) => step)).toEqual([0, 10, 20])
  expect(curvature?.points.every(({ real, set }) => real > 0 && set > 0)).toBe(true)
  expect(influence?.items).toHaveLength(4)

  const kept = Math.floor(0.7 * units.length)
  const again = await run(AnalysisPanel.options, units.slice(0, kept))
  expect(again.units).toEqual(units.slice(kept))
  expect(again.parts).toEqual(parts)
})

it('computes only what was asked for', async () => {
  const { units, parts } = await run(['learned'])
  expect(units.map(({ step }) => step)).toEqual(['path/0', 'path/1'])
  expect(parts.learned?.reading).toContain('20 steps')
  expect(parts.mixing).toBeNull()
})

it('stops when it is told to', async () => {
  const stop = new AbortController()
  stop.abort(new Error('stopped'))
  await expect(run(['mixing'], [], stop.signal)).rejects.toThrow('stopped')
})

it('warns where real items lower the accuracy (the paper\u2019s curve of BPTT)', () => {
  const curve = [0.587, 0.543, 0.497, 0.504, 0.596]
  const points = [0, 2, 10, 50, 250].map((added, i) => ({ added, accuracy01: curve[i] }))
  expect(mixingFacts(points, 10_000)).toEqual({ isHarmful: true, lowestAt: 10, betterFrom: 250 })
  // A random set only gets better.
  const rising = [0.273, 0.287, 0.326, 0.452, 0.584]
  expect(
    mixingFacts(
      points.map(({ added }, i) => ({ added, accuracy01: rising[i] })),
      10_000
    )
  ).toEqual({ isHarmful: false, lowestAt: null, betterFrom: 2 })
  // On few test items the same fall may be chance.
  expect(mixingFacts(points.slice(0, 2), 40).isHarmful).toBe(false)
})

it('calls a set close to a group only where the pairs and items are enough to tell', () => {
  const group = (mean01: number | null, pairs: number) => ({ mean01, matched: Array(pairs) })
  // The paper's modes of BPTT: .622 and .66.
  expect(closer(group(0.622, 10), group(0.66, 10), 10_000)).toBe('early')
  expect(closer(group(0.73, 30), group(0.68, 30), 1000)).toBe('subset')
  expect(closer(group(0.73, 1), group(0.71, 2), 300)).toBe('neither')
  expect(closer(group(0.623, 99), group(0.63, 99), 10_000)).toBe('neither')
  expect(closer(group(null, 0), group(0.66, 10), 10_000)).toBe('unknown')
})
