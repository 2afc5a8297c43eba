// Winnow's side of the step benchmark, a process of its own: answers "run NAME TIMES" with the median
// milliseconds of an outer step and what it came to. Names: matching (DM), gradients (DC), unrolled.
// Usage: node steps-child.ts FOLDER DEVICE CORES
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tensor2D } from '@tensorflow/tfjs-core'
import { enableGradients } from '../../src-main/core/compute/devices/gradients.ts'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { crossEntropy } from '../../src-main/core/compute/ops/losses.ts'
import { createGradientMatcher } from '../../src-main/core/methods/distillation/gradient-matching/gradient-matcher.ts'
import { createMeanMatcher } from '../../src-main/core/methods/distillation/matching/mean-matching.ts'
import { siameseChange } from '../../src-main/core/methods/distillation/matching/siamese-change.ts'
import { unrollTraining } from '../../src-main/core/methods/distillation/unrolled/unrolled-training.ts'
import { labelledValues, oneHotShares } from '../../src-main/core/networks/normalisation.ts'
import { trainingOps } from '../../src-main/core/networks/training-ops.ts'
import { answerLines, median, peakMb, type Answer } from '../compute/contender.ts'
import { classes, networkOf, shape, type Problem } from './steps/problem.ts'

const [folder, id, cores] = process.argv.slice(2)
const problem = JSON.parse(readFileSync(join(folder, 'problem.json'), 'utf8')) as Problem
const numbers = new Float32Array(new Uint8Array(readFileSync(join(folder, 'numbers.f32'))).buffer)
const { device, fallback } = await openDevice(id)
if (device.id !== id) {
  console.log(JSON.stringify({ error: fallback }))
  process.exit(0)
}
await enableGradients()
device.setCores?.(Number(cores))
const { tf } = device
const signal = new AbortController().signal
const network = networkOf(problem)
let at = 0
const take = (count: number): Float32Array => numbers.slice(at, (at += count))
const weights = network.parameters.map(({ shape: sides }) => take(sides.reduce((a, b) => a * b, 1)))
const { realPerClass, madePerClass } = problem
const real = take(classes * realPerClass * 784)
const made = take(classes * madePerClass * 784)
const labelsOf = (perClass: number): Int32Array =>
  Int32Array.from({ length: classes * perClass }, (_, i) => Math.floor(i / perClass))
const parameters = network.parameters.map(({ shape: sides }, i) =>
  tf.tensor(weights[i], [...sides])
)
const change = siameseChange(tf, shape, null)

/** What a step came to: its loss, and the length of the slopes for the made pictures. */
interface Outcome {
  readonly loss: number
  readonly slope: number
}

const lengthOf = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))

function matching(): () => Promise<Outcome> {
  const matcher = createMeanMatcher({
    tf,
    ops: trainingOps(tf),
    network,
    describe: (_tf, { features }) => features,
    change,
    madePerClass,
    classWeight: 0,
    signal
  })
  const data = labelledValues(real, labelsOf(realPerClass))
  const batch = {
    rows: Uint32Array.from(data.labels, (_, row) => row),
    classes: data.labels,
    counts: new Int32Array(classes).fill(realPerClass)
  }
  const tensors = { parameters, judge: [], change: [] }
  return async () => {
    const means = await matcher.realMeans(data, batch, tensors)
    const { loss, slopes } = await matcher.match(made, means, tensors)
    return { loss, slope: lengthOf(slopes) }
  }
}

function gradients(): () => Promise<Outcome> {
  const matcher = createGradientMatcher({
    tf,
    network,
    change,
    distance: 'cosine',
    madePerClass,
    realPerClass,
    signal
  })
  const tensors = { parameters, change: [] }
  return async () => {
    let [loss, squares] = [0, 0]
    for (let c = 0; c < classes; c++) {
      const own = real.subarray(c * realPerClass * 784, (c + 1) * realPerClass * 784)
      const wanted = await matcher.realGradient(own, c, tensors)
      const part = made.slice(c * madePerClass * 784, (c + 1) * madePerClass * 784)
      const match = matcher.match(part, c, wanted, tensors)
      loss += match.loss
      squares += lengthOf(match.slopes) ** 2
    }
    return { loss, slope: Math.sqrt(squares) }
  }
}

function unrolled(): () => Promise<Outcome> {
  const { innerSteps, rate, momentum, outerItems } = problem
  const training = unrollTraining(
    tf,
    {
      shapes: network.parameters.map(({ shape: sides }) => sides),
      momentum,
      forwardOps: trainingOps(tf),
      loss: (ops, given, [x], [y]) =>
        crossEntropy(tf, ops, network.forward(tf, ops, given, x).logits, y as Tensor2D)
    },
    (ops, given, [x, y]) =>
      crossEntropy(tf, ops, network.forward(tf, ops, given, x).logits, y as Tensor2D)
  )
  const batchOf = (values: Float32Array, labels: Int32Array) => ({
    learned: [tf.tensor(values, [labels.length, 28, 28, 1])],
    given: [tf.tensor2d(oneHotShares(labels, classes), [labels.length, classes])]
  })
  const batch = batchOf(made, labelsOf(madePerClass))
  // The real pictures of an outer loss: the first of every class in turn.
  const perClass = outerItems / classes
  const chosen = Array.from({ length: classes }, (_, c) =>
    real.slice(c * realPerClass * 784, (c * realPerClass + perClass) * 784)
  )
  const outer = batchOf(
    Float32Array.from(chosen.flatMap((part) => Array.from(part))),
    labelsOf(perClass)
  )
  return () => {
    training.begin(weights)
    const before = Array.from({ length: innerSteps }, () => {
      const snapshot = training.snapshot()
      training.step(batch, rate)
      return snapshot
    })
    const loss = training.outer([...outer.learned, ...outer.given])
    const slopes = new Float32Array(made.length)
    for (const snapshot of before.reverse())
      training.back(snapshot, batch, rate).learned[0].forEach((slope, i) => (slopes[i] += slope))
    return Promise.resolve({ loss, slope: lengthOf(slopes) })
  }
}

const makers = { matching, gradients, unrolled }
const steps = new Map<string, () => Promise<Outcome>>()

async function run(name: string, times: number): Promise<Answer> {
  const make = makers[name as keyof typeof makers] // as steps.ts asks
  const step = steps.get(name) ?? make()
  const isNew = !steps.has(name)
  steps.set(name, step)
  const begun = performance.now()
  // The first two runs of a step compile it.
  if (isNew) for (let i = 0; i < 2; i++) await step()
  const firstMs = performance.now() - begun
  const spent: number[] = []
  let outcome: Outcome = { loss: NaN, slope: NaN }
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    outcome = await step()
    spent.push(performance.now() - start)
  }
  return { ms: median(spent), best: Math.min(...spent), firstMs, ...outcome, peakMb: peakMb() }
}

await answerLines({ about: device.name }, ([, name, times]) => run(name, Number(times)))
