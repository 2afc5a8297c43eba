// Tiny sets without labels on Fashion-MNIST: how much of the similarity fingerprint students of a set
// foretell, and what comes of a few labels after that: a linear model on their features, and the whole
// network trained on. Beside it as many random real pictures with the same targets, all pictures, and a
// network that learned nothing.
//   node bench/distillation/self-supervised.ts [--train 6000] [--test 2000] [--groups 10]
//     [--per-group 1] [--width 16] [--effort standard] [--seeds 0,1,2] [--labelled 10] [--params '{}']
import { parseArgs } from 'node:util'
import { normaliseRows } from '../../src-main/core/compute/kernels/row-normalise.ts'
import {
  nearestCentroids,
  sphericalKMeans
} from '../../src-main/core/compute/kernels/spherical-k-means.ts'
import { createRowProducts, kernelsOf } from '../../src-main/core/compute/kernels/item-kernel.ts'
import {
  factorRidge,
  predictRidge,
  solveRidge
} from '../../src-main/core/compute/kernels/kernel-ridge.ts'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { mean, sd } from '../../src-main/core/compute/statistics.ts'
import { centring } from '../../src-main/core/distillation/target-rows.ts'
import { explainedShare } from '../../src-main/core/evaluation/distilled/explained.ts'
import { drawPerClass } from '../../src-main/core/evaluation/distilled/random-items.ts'
import {
  describeImages,
  fitImages
} from '../../src-main/core/features/extractors/image-small/extractor.ts'
import { greyShape } from '../../src-main/core/features/extractors/image-small/shape.ts'
import type {
  DistillationInputs,
  Effort,
  TargetRows
} from '../../src-main/core/methods/distillation/distillation-method.ts'
import { selfSupervisedMethod } from '../../src-main/core/methods/distillation/self-supervised/method.ts'
import { createNetwork } from '../../src-main/core/networks/create-network.ts'
import { labelledPictures, oneHotShares } from '../../src-main/core/networks/normalisation.ts'
import {
  accuracyOf,
  featuresOf,
  predictLogits,
  shareRight
} from '../../src-main/core/networks/predict.ts'
import { plainStudent, type StudentRecipe } from '../../src-main/core/networks/student-recipe.ts'
import { trainStudent, type StudentItems } from '../../src-main/core/networks/train-student.ts'
import { fashionMnist, hasFashionMnist } from '../features/fashion-mnist.ts'
import { normalisation, shape } from './grid/data.ts'

if (!hasFashionMnist) {
  console.log('Skipped: the Debian package dataset-fashion-mnist is not installed.')
  process.exit(0)
}
const { values: options } = parseArgs({
  options: {
    train: { type: 'string', default: '6000' },
    test: { type: 'string', default: '2000' },
    groups: { type: 'string', default: '10' },
    'per-group': { type: 'string', default: '1' },
    width: { type: 'string', default: '16' },
    effort: { type: 'string', default: 'standard' },
    seeds: { type: 'string', default: '0,1,2' },
    labelled: { type: 'string', default: '10' },
    params: { type: 'string', default: '{}' },
    student: { type: 'string', default: '{}' },
    all: { type: 'boolean', default: false }
  }
})
const { signal } = new AbortController()
const { device } = await openDevice('auto')
const { tf } = device
const [perGroup, groups, labelled] = [options['per-group'], options.groups, options.labelled].map(
  Number
)
const trainRows = fashionMnist('train', Number(options.train))
const testRows = fashionMnist('t10k', Number(options.test))
const fit = await fitImages(tf, trainRows.pixels.subarray(0, 4000 * 784), greyShape(28), 0, signal)
const [trainPrints, testPrints] = [
  await describeImages(tf, trainRows.pixels, fit, signal),
  await describeImages(tf, testRows.pixels, fit, signal)
]
const columns = fit.columns
const { mean: middle, factor } = centring(trainPrints, columns)
const scaled = (raw: Float32Array): Float32Array =>
  raw.map((value, i) => (value - middle[i % columns]) * factor)
const [trainTargets, testTargets] = [scaled(trainPrints), scaled(testPrints)]

const directions = trainPrints.slice()
normaliseRows(directions, columns)
const centres = await sphericalKMeans(tf, directions, columns, groups, createRandom(0), signal)
const { cluster } = await nearestCentroids(tf, directions, centres, columns, signal)
const groupOf = Int32Array.from(cluster)
const train = labelledPictures(trainRows.pixels, groupOf, shape, normalisation)
const test = labelledPictures(testRows.pixels, testRows.labels, shape, normalisation)
const take = (from: Float32Array, rows: Uint32Array): Float32Array => {
  const out = new Float32Array(rows.length * columns)
  rows.forEach((row, i) => out.set(from.subarray(row * columns, (row + 1) * columns), i * columns))
  return out
}
const targets: TargetRows = {
  columns,
  train: (rows) => take(trainTargets, rows),
  part: () => Promise.resolve(testTargets)
}
const network = {
  kind: 'convnet',
  width: Number(options.width),
  depth: 3,
  norm: 'instance'
} as const
const code = createNetwork(network, shape, columns)

/** Share of test pictures that a linear model on features names rightly after a few labels. */
function probe(few: Float32Array, asked: Float32Array, rows: Uint32Array, width: number): number {
  const { mean: by, factor: scale } = centring(few, width)
  const even = (raw: Float32Array): Float32Array =>
    raw.map((value, i) => (value - by[i % width]) * scale)
  const products = createRowProducts(tf)
  const { own, across } = kernelsOf(products, even(few), even(asked), width, { kind: 'plain' })
  products.dispose()
  const wanted = new Float32Array(rows.length * 10).fill(-0.1)
  rows.forEach((row, i) => (wanted[i * 10 + trainRows.labels[row]] += 1))
  const weights = solveRidge(factorRidge(own, rows.length, 0.05), wanted, 10)
  const said = predictRidge(across, weights, testRows.labels.length, 10)
  return shareRight(Float32Array.from(said), testRows.labels, 10)
}

interface Found {
  readonly explained01: number
  /** Share of test pictures named rightly: by a linear model on features, and by the whole network. */
  readonly probe01: number
  readonly tuned01: number
}

/** The network trained on with a few labels, its last layer new. */
async function tuned(
  parameters: readonly Float32Array[],
  few: Uint32Array,
  seed: number
): Promise<number> {
  const named = createNetwork(network, shape, 10)
  const from = { ...named, start: () => [...parameters.slice(0, -2), ...head()] }
  const head = (): Float32Array[] => named.start(createRandom(seed).fork('head')).slice(-2)
  const labels = Int32Array.from(few, (row) => trainRows.labels[row])
  const items = { values: train.read(few), count: few.length, targets: oneHotShares(labels, 10) }
  const random = createRandom(seed).fork('tuned')
  const student = await trainStudent(tf, from, items, plainStudent, random, signal)
  return accuracyOf(tf, named, student.parameters, test, signal)
}

/** What a network with these weights is worth. */
async function judged(
  parameters: readonly Float32Array[],
  few: Uint32Array,
  seed: number
): Promise<Found> {
  const said = await predictLogits(tf, code, parameters, test, signal)
  const fewRows = {
    count: few.length,
    read: (at: Uint32Array) => train.read(at.map((i) => few[i]))
  }
  const own = await featuresOf(tf, code, parameters, fewRows, signal)
  const asked = await featuresOf(tf, code, parameters, test, signal)
  return {
    explained01: explainedShare(testTargets, said, columns),
    probe01: probe(own, asked, few, code.featureWidth),
    tuned01: await tuned(parameters, few, seed)
  }
}

async function student(
  items: StudentItems,
  recipe: StudentRecipe,
  seed: number,
  few: Uint32Array
): Promise<Found> {
  const { parameters } = await trainStudent(
    tf,
    code,
    items,
    recipe,
    createRandom(seed).fork('student'),
    signal
  )
  return judged(parameters, few, seed)
}

const rows = new Map<string, Found[]>()
const add = (name: string, found: Found): void => {
  rows.set(name, [...(rows.get(name) ?? []), found])
  console.log(
    `  ${name}: explained ${(100 * found.explained01).toFixed(1)} %, probe ${(100 * found.probe01).toFixed(1)} %, trained on ${(100 * found.tuned01).toFixed(1)} %`
  )
}
for (const seed of options.seeds.split(',').map(Number)) {
  console.log(`seed ${seed}`)
  const few = drawPerClass(trainRows.labels, 10, labelled, seed + 100)
  const inputs: DistillationInputs = {
    data: 'pictures',
    shape,
    normalisation,
    classNames: Array.from({ length: groups }, (_, i) => `Group ${i + 1}`),
    train,
    validation: test,
    perClass: perGroup,
    network,
    targets
  }
  const { efforts, params } = selfSupervisedMethod
  const effort = efforts[options.effort as Effort] // a name from the command line
  const parsed = params.parse({ ...effort, ...JSON.parse(options.params) })
  const random = createRandom(seed).fork('self-supervised')
  const start = performance.now()
  const steps = selfSupervisedMethod.run(
    { random, seed, signal, device, resume: undefined },
    inputs,
    parsed
  )
  let step = await steps.next()
  const errors: number[] = []
  while (step.done !== true) {
    if (step.value.live !== undefined) errors.push(step.value.live.y)
    step = await steps.next()
  }
  const set = step.value
  const seconds = (performance.now() - start) / 1000
  console.log(
    `  made in ${seconds.toFixed(0)} s, error ${errors[0]?.toFixed(3)} -> ${errors.at(-1)?.toFixed(3)}`
  )
  if (set.targets.kind !== 'values') throw new Error('no targets')
  const recipe: StudentRecipe = { ...set.student, ...JSON.parse(options.student) }
  const made = { values: set.values, count: set.count, targets: set.targets.values }
  add('tiny set', await student(made, recipe, seed, few))
  const drawn = drawPerClass(groupOf, groups, perGroup, seed)
  const real = { values: train.read(drawn), count: drawn.length, targets: targets.train(drawn) }
  add('random real', await student(real, recipe, seed, few))
  add('learned nothing', await judged(code.start(createRandom(seed).fork('untrained')), few, seed))
  if (options.all) {
    const every = Uint32Array.from({ length: train.count }, (_, i) => i)
    const whole = { values: train.read(every), count: every.length, targets: trainTargets }
    add('all real', await student(whole, { ...recipe, batch: 64, epochs: 10 }, seed, few))
  }
  const [own, asked] = [take(trainPrints, few), testPrints]
  add('the fingerprint itself', {
    explained01: 1,
    probe01: probe(own, asked, few, columns),
    tuned01: NaN
  })
}
console.log(
  `${groups} groups, ${perGroup} each, width ${options.width}, ${labelled} labels a class`
)
for (const [name, found] of rows) {
  const of = (key: keyof Found): number[] => found.map((each) => 100 * each[key])
  const show = (v: number[]): string => `${mean(v).toFixed(1)} ± ${sd(v).toFixed(1)}`
  console.log(
    `| ${name} | ${show(of('explained01'))} | ${show(of('probe01'))} | ${show(of('tuned01'))} |`
  )
}
