// Which settings of ICONS hold up: the product's own fingerprints of Fashion-MNIST's training
// pictures, polluted and clean, at three sizes, against a random choice. Pool, examples and judging
// rows all come from the training part, so that the 10,000 test pictures stay unseen; the figures
// chose the defaults (docs/methods/icons.md).
//   node bench/selection/icons-settings.ts [--seeds 3] [--rows 51750]
import { parseArgs } from 'node:util'
import type { TensorFlow } from '../../src-main/core/compute/devices/device.ts'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { accuracy, checkRecipe, trainHead } from '../../src-main/core/compute/softmax-head.ts'
import { mean, sd } from '../../src-main/core/compute/statistics.ts'
import { plantPool } from '../../src-main/core/datasets/plant-pool.ts'
import {
  describeImages,
  fitImages
} from '../../src-main/core/features/extractors/image-small/extractor.ts'
import { greyShape } from '../../src-main/core/features/extractors/image-small/shape.ts'
import type { FeatureSource } from '../../src-main/core/features/feature-matrix.ts'
import type { TargetTask } from '../../src-main/core/methods/method.ts'
import icons from '../../src-main/core/methods/selection/icons/method.ts'
import { iconsParams } from '../../src-main/core/methods/selection/icons/params.ts'
import { fashionMnist, hasFashionMnist } from '../features/fashion-mnist.ts'

const classes = 10
const examplesPerClass = 25
const judgingRows = 8000
const pixelsEach = 28 * 28
const drawSeed = 4242
const plantSeed = 991

/** Groups of classes as in the bundled sample: footwear, tops, warm clothes, going out. */
const overlapping = [
  [5, 7, 9],
  [0, 2, 6, 4],
  [2, 4, 9, 1],
  [3, 8, 5, 6]
]
const settings: Readonly<Record<string, object>> = {
  "paper's form": { balance: 'none', subTasks: 'none', tieRule: 'random' },
  'whole tasks, variety': { subTasks: 'none', tieRule: 'variety' },
  'whole tasks, by lot': { subTasks: 'none', tieRule: 'random' },
  'labels, variety': { subTasks: 'labels', tieRule: 'variety' },
  'labels, by lot (default)': {}
}

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    rows: { type: 'string', default: '51750' }
  }
})
if (!hasFashionMnist) {
  console.log('Skipped: the Debian package dataset-fashion-mnist is not installed.')
  process.exit(0)
}

const signal = new AbortController().signal
const { device } = await openDevice('auto')
const tf: TensorFlow = device.tf

interface Rows {
  readonly values: Float32Array
  readonly labels: Int32Array
}

const all = fashionMnist('train', 60_000)
const order = createRandom(drawSeed).sample(60_000, 60_000)
const counts = new Map<number, number>()
const exampleRows: number[] = []
const rest: number[] = []
for (const row of order) {
  const count = counts.get(all.labels[row]) ?? 0
  counts.set(all.labels[row], count + 1)
  if (count < examplesPerClass) exampleRows.push(row)
  else rest.push(row)
}

function pictures(rows: readonly number[]): { pixels: Uint8Array; labels: Uint8Array } {
  const pixels = new Uint8Array(rows.length * pixelsEach)
  rows.forEach((row, at) =>
    pixels.set(all.pixels.subarray(row * pixelsEach, (row + 1) * pixelsEach), at * pixelsEach)
  )
  return { pixels, labels: Uint8Array.from(rows, (row) => all.labels[row]) }
}

const judging = pictures(rest.slice(0, judgingRows))
const clean = pictures(rest.slice(judgingRows, judgingRows + Number(options.rows)))
const planted = plantPool({
  images: { count: clean.labels.length, height: 28, width: 28, pixels: clean.pixels },
  labels: clean.labels,
  seed: plantSeed,
  wrongLabels01: 0.2,
  nearDuplicates01: 0.15,
  otherSource01: 0.15
})
const fit = await fitImages(
  tf,
  planted.images.pixels.subarray(0, 4000 * pixelsEach),
  greyShape(28),
  0,
  signal
)
const { columns } = fit
async function described(pixels: Uint8Array, labels: Uint8Array): Promise<Rows> {
  return { values: await describeImages(tf, pixels, fit, signal), labels: Int32Array.from(labels) }
}
const judge = await described(judging.pixels, judging.labels)
const given = pictures(exampleRows)
const examples = await described(given.pixels, given.labels)
const pools = {
  polluted: await described(planted.images.pixels, planted.labels),
  clean: await described(clean.pixels, clean.labels)
}

function tasksOf(groups: readonly (readonly number[])[]): TargetTask[] {
  return groups.map((group, index) => {
    const rows = [...examples.labels.keys()].filter((row) => group.includes(examples.labels[row]))
    const features = new Float32Array(rows.length * columns)
    rows.forEach((row, at) =>
      features.set(examples.values.subarray(row * columns, (row + 1) * columns), at * columns)
    )
    const labels = Int32Array.from(rows, (row) => examples.labels[row])
    const name = `Task ${index + 1}`
    return { name, importance: 'normal', parts: [{ name, features, labels }] }
  })
}

function sourceOf(pool: Rows, rows: number): FeatureSource {
  return {
    rows,
    columns,
    readBlock: (start, count) =>
      Promise.resolve(pool.values.slice(start * columns, (start + count) * columns)),
    readRows(wanted) {
      const out = new Float32Array(wanted.length * columns)
      wanted.forEach((row, at) =>
        out.set(pool.values.subarray(row * columns, (row + 1) * columns), at * columns)
      )
      return Promise.resolve(out)
    },
    close: () => Promise.resolve()
  }
}

async function judged(pool: Rows, chosen: Uint32Array): Promise<number> {
  const data = { features: pool.values, columns, labels: pool.labels, classes, rows: chosen }
  const head = await trainHead(tf, data, checkRecipe(0), signal)
  return 100 * accuracy(head, judge.values, judge.labels)
}

async function choose(
  pool: Rows,
  rows: number,
  budget: number,
  tasks: readonly TargetTask[],
  params: object,
  seed: number
): Promise<Uint32Array> {
  const inputs = {
    features: sourceOf(pool, rows),
    labels: pool.labels.slice(0, rows),
    classNames: Array.from({ length: classes }, (_, label) => String(label)),
    tasks,
    budget,
    rowIds: Uint32Array.from({ length: rows }, (_, row) => row)
  }
  const context = { random: createRandom(seed), seed, signal, device, resume: undefined }
  const run = icons.run(context, inputs, iconsParams.parse(params))
  let step = await run.next()
  while (step.done !== true) step = await run.next()
  return step.value.order.slice(0, step.value.got)
}

const seeds = Number(options.seeds)
const spread = (values: readonly number[]): string =>
  `${mean(values).toFixed(1)} ± ${sd(values).toFixed(1)}`
const whole = clean.labels.length
const oneClass = Array.from({ length: classes }, (_, label) => [label])
const cases = [
  { pool: 'polluted', tasks: overlapping, rows: Math.min(6000, whole), keep01: 0.1 },
  { pool: 'polluted', tasks: overlapping, rows: Math.min(10_000, whole), keep01: 0.2 },
  { pool: 'polluted', tasks: overlapping, rows: whole, keep01: 0.2 },
  { pool: 'polluted', tasks: oneClass, rows: whole, keep01: 0.2 },
  { pool: 'clean', tasks: overlapping, rows: whole, keep01: 0.2 }
] as const

console.log(`| pool, tasks | rows | keep | random | ${Object.keys(settings).join(' | ')} |`)
console.log(`|---|---|---|---|${'---|'.repeat(Object.keys(settings).length)}`)
for (const { pool: name, tasks: groups, rows, keep01 } of cases) {
  const pool = pools[name]
  const budget = Math.floor(rows * keep01)
  const tasks = tasksOf(groups)
  const measured = async (pick: (seed: number) => Promise<Uint32Array>): Promise<string> => {
    const figures: number[] = []
    for (let seed = 0; seed < seeds; seed++) figures.push(await judged(pool, await pick(seed)))
    return spread(figures)
  }
  const cells = [
    await measured((seed) =>
      Promise.resolve(createRandom(seed).fork('random').sample(rows, budget))
    )
  ]
  for (const params of Object.values(settings))
    cells.push(await measured((seed) => choose(pool, rows, budget, tasks, params, seed)))
  const kind = groups === oneClass ? 'one-class' : 'overlapping'
  console.log(
    `| ${name}, ${kind} | ${rows.toLocaleString('en')} | ${100 * keep01} % | ${cells.join(' | ')} |`
  )
}
