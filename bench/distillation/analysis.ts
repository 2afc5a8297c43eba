// "What does it teach?" on Fashion-MNIST: the app's analysis of sets made by the methods and of random
// real pictures, so that its shapes can be put beside the published ones (Yang et al. 2024, on CIFAR-10).
//   node bench/distillation/analysis.ts [--methods random,distribution-matching] [--per-class 10]
//     [--width 32] [--effort standard] [--make-effort quick] [--train 60000] [--seed 0]
//     [--panels recognition,mixing,agreement,learned,curvature,influence] [--device auto]
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  AnalysisPanel,
  type AnalysisEffort,
  type AnalysisParts
} from '../../src-main/api/dto/analysis.ts'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import {
  analysisSizes,
  type AnalysedSet
} from '../../src-main/core/evaluation/analysis/analysis.ts'
import { runAnalysis } from '../../src-main/core/evaluation/analysis/run-analysis.ts'
import { drawPerClass } from '../../src-main/core/evaluation/distilled/random-items.ts'
import type { Effort } from '../../src-main/core/methods/distillation/distillation-method.ts'
import { findDistillationMethod } from '../../src-main/core/methods/distillation/registry.ts'
import { oneHotShares } from '../../src-main/core/networks/normalisation.ts'
import { markdown } from '../compute/contender.ts'
import { hasFashionMnist } from '../features/fashion-mnist.ts'
import { benchData, classNames, normalisation, shape, type BenchData } from './grid/data.ts'
import { helpersFor } from './grid/helpers.ts'

const { values: options } = parseArgs({
  options: {
    methods: { type: 'string', default: 'random,distribution-matching' },
    'per-class': { type: 'string', default: '10' },
    width: { type: 'string', default: '32' },
    effort: { type: 'string', default: 'standard' },
    'make-effort': { type: 'string', default: 'quick' },
    train: { type: 'string', default: '60000' },
    seed: { type: 'string', default: '0' },
    panels: { type: 'string', default: AnalysisPanel.options.join(',') },
    device: { type: 'string', default: 'auto' }
  }
})
const signal = new AbortController().signal
const classes = classNames.length
const perClass = Number(options['per-class'])
const seed = Number(options.seed)
const network = {
  kind: 'convnet',
  width: Number(options.width),
  depth: 3,
  norm: 'instance'
} as const
const percent = (share01: number): string => (100 * share01).toFixed(1)

async function made(
  device: Awaited<ReturnType<typeof openDevice>>['device'],
  data: BenchData,
  id: string
): Promise<AnalysedSet> {
  const { train, validation } = data
  if (id === 'random') {
    const rows = drawPerClass(train.labels, classes, perClass, seed)
    const labels = Int32Array.from(rows, (row) => train.labels[row])
    const shares = oneHotShares(labels, classes)
    return { values: train.read(rows), count: rows.length, labels, shares }
  }
  const method = findDistillationMethod(id)
  if (method === undefined) throw new Error(`There is no method "${id}".`)
  const params = method.params.parse(method.efforts[options['make-effort'] as Effort])
  const asked = {
    data: 'pictures',
    shape,
    classes,
    trainItems: train.count,
    perClass,
    network
  } as const
  const request = method.experts(asked, params)
  const folder = resolve(import.meta.dirname, '../../bench-results/distillation')
  const helpers =
    request === undefined
      ? undefined
      : await helpersFor(join(folder, 'helpers'), device, request, data)
  const steps = method.run(
    { random: createRandom(seed).fork(id), seed, signal, device, resume: undefined },
    {
      data: 'pictures',
      shape,
      normalisation,
      classNames,
      train,
      validation,
      perClass,
      network,
      ...(helpers === undefined ? {} : { experts: helpers.source })
    },
    params
  )
  let step = await steps.next()
  while (step.done !== true) step = await steps.next()
  const { values, count, labels, targets } = step.value
  const shares = targets.kind === 'soft' ? targets.shares : oneHotShares(labels, classes)
  return { values, count, labels, shares }
}

function print(id: string, parts: AnalysisParts): void {
  const { recognition, mixing, agreement, learned, curvature, influence } = parts
  console.log(`\n### ${id}\n`)
  if (recognition !== null)
    console.log(
      markdown([
        ['recognised by', 'test %', 'on the set %'],
        ...recognition.judges.map((judge) => [
          judge.network,
          percent(judge.test01),
          percent(judge.onSet01)
        ])
      ])
    )
  if (mixing !== null)
    console.log(
      markdown([
        ['real added per class', ...mixing.points.map(({ added }) => String(added))],
        ['set', ...mixing.points.map((point) => percent(point.set.mean))],
        ['random of equal number', ...mixing.points.map((point) => percent(point.random.mean))]
      ])
    )
  if (agreement !== null) {
    const group = ({ mean01, matched }: typeof agreement.early): string =>
      mean01 === null ? 'none as accurate' : `${percent(mean01)} % (${matched.length} pairs)`
    console.log(`${id}: students reach ${percent(agreement.student01)} %`)
    console.log(
      `agreement with subset models ${group(agreement.subset)}, stopped early ${group(agreement.early)}, independent errors ${percent(agreement.independent01)} %`
    )
  }
  const every = <T>(points: readonly T[]): T[] =>
    points.filter((_, i) => i % Math.ceil(points.length / 10) === 0 || i === points.length - 1)
  if (learned !== null) {
    const points = every(learned.points)
    console.log(
      markdown([
        ['step', ...points.map(({ step }) => String(step))],
        ['test %', ...points.map(({ test01 }) => percent(test01))],
        ['set %', ...points.map(({ set01 }) => percent(set01))]
      ])
    )
  }
  if (curvature !== null) {
    const points = every(curvature.points)
    console.log(
      markdown([
        ['step', ...points.map(({ step }) => String(step))],
        ['trace, real', ...points.map(({ real }) => real.toFixed(0))],
        ['trace, set', ...points.map(({ set }) => set.toFixed(0))]
      ])
    )
  }
  for (const part of Object.values(parts)) if (part !== null) console.log(`- ${part.reading}`)
  if (influence !== null)
    console.log(
      `influence: own label best for ${percent(influence.ownLabelBest01)} % of the labels`
    )
}

async function run(): Promise<void> {
  const { device } = await openDevice(options.device)
  const data = benchData(Number(options.train), 10_000)
  const sizes = analysisSizes(options.effort as AnalysisEffort)
  const panels = options.panels.split(',').map((panel) => AnalysisPanel.parse(panel))
  console.log(
    `Fashion-MNIST, ${perClass} per class, ConvNet-3 of width ${options.width}, effort ${options.effort}, ${device.name}.`
  )
  for (const id of options.methods.split(',')) {
    const set = await made(device, data, id)
    const start = performance.now()
    const inputs = {
      shape,
      normalisation,
      classes,
      network,
      otherNetworks: [{ kind: 'mlp', width: 128, depth: 2, norm: 'none' }] as const,
      set,
      train: data.train,
      test: data.test,
      seed
    }
    const context = { device, signal, finished: [], rowOf: (position: number) => position }
    const steps = runAnalysis(panels, inputs, sizes, context)
    let step = await steps.next()
    while (step.done !== true) {
      const { panel, done, total } = step.value
      console.error(`${id}: ${panel}, ${((100 * done) / total).toFixed(0)} %`)
      step = await steps.next()
    }
    print(id, step.value)
    console.log(`${id}: analysed in ${((performance.now() - start) / 1000).toFixed(0)} s`)
  }
}

if (hasFashionMnist) await run()
else console.log('Fashion-MNIST is not here; apt-get install dataset-fashion-mnist')
