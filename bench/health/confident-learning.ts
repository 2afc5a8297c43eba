// Likely wrong labels on Fashion-MNIST with 10 % planted wrong labels: precision and recall at the
// check's own threshold, beside scikit-learn's logistic regression with the same mathematics in
// NumPy. Both see the same fingerprints and the same labels.
//   node bench/health/confident-learning.ts [rows] [seeds]
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import {
  describeImages,
  fitImages
} from '../../src-main/core/features/extractors/image-small/extractor.ts'
import { greyShape } from '../../src-main/core/features/extractors/image-small/shape.ts'
import { readNpy, writeNpy } from '../../src-main/core/features/npy.ts'
import { findWrongLabels } from '../../src-main/core/health/labels/find-wrong-labels.ts'
import { foldCount, planLabelCheck } from '../../src-main/core/health/labels/plan-labels-task.ts'
import {
  confidentLearning,
  probabilitiesInMemory
} from '../../src-main/core/health/labels/confident-learning.ts'
import { arrangeTask } from '../../src-main/core/health/likeness/arrange-task.ts'
import { findNeighbours } from '../../src-main/core/health/likeness/find-neighbours.ts'
import { neighboursTask } from '../../src-main/core/health/likeness/neighbours-task.ts'
import { foldTask } from '../../src-main/core/health/labels/fold-task.ts'
import { wrongLabelsTask } from '../../src-main/core/health/labels/wrong-labels-task.ts'
import { fashionMnist, hasFashionMnist } from '../features/fashion-mnist.ts'
import { phaseContext } from './inline-pool.ts'

if (!hasFashionMnist) {
  console.log('Skipped: the Debian package dataset-fashion-mnist is not installed.')
  process.exit(0)
}

const count = Number(process.argv[2] ?? 20_000)
const seeds = Number(process.argv[3] ?? 3)
const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const hasPeer = spawnSync(python, ['-c', 'import sklearn'], { stdio: 'ignore' }).status === 0
const classes = 10
const wrongShare = 0.1
/** Confident learning alone; the product adds the neighbours to the first. */
const filters = ['both', 'noise-rate', 'class', 'joint'] as const

const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'))
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** Labels with a tenth replaced by another class, and which. */
function plant(labels: Int32Array, seed: number): { labels: Int32Array; isWrong: Uint8Array } {
  const random = createRandom(seed).fork('wrong labels')
  const out = labels.slice()
  const isWrong = new Uint8Array(labels.length)
  for (const row of random.sample(labels.length, Math.round(wrongShare * labels.length))) {
    out[row] = (labels[row] + 1 + random.below(classes - 1)) % classes
    isWrong[row] = 1
  }
  return { labels: out, isWrong }
}

function judge(rows: Iterable<number>, isWrong: Uint8Array): { precision: number; recall: number } {
  const flagged = [...rows]
  const right = flagged.filter((row) => isWrong[row] === 1).length
  const planted = isWrong.reduce((sum, value) => sum + value, 0)
  return { precision: right / Math.max(1, flagged.length), recall: right / planted }
}

function say(
  who: string,
  seed: number,
  found: { precision: number; recall: number },
  seconds: number
): void {
  console.log(
    `${who}, seed ${seed}: precision ${percent(found.precision)}, recall ${percent(found.recall)}, ${seconds.toFixed(1)} s`
  )
}

const signal = new AbortController().signal
const { device } = await openDevice('auto')
const data = fashionMnist('train', count)
const fit = await fitImages(
  device.tf,
  data.pixels.subarray(0, 4000 * 784),
  greyShape(28),
  0,
  signal
)
const features = await describeImages(device.tf, data.pixels, fit, signal)
const path = join(folder, 'features.npy')
await writeNpy(path, features, count, fit.columns)
console.log(
  `Fashion-MNIST, first ${count} training pictures, ${fit.columns} columns, ${percent(wrongShare)} wrong labels planted, ${foldCount} folds, ${device.name}`
)
const rows = Uint32Array.from({ length: count }, (_, i) => i)
try {
  const begun = performance.now()
  const neighbours = await findNeighbours(phaseContext([arrangeTask, neighboursTask]), folder, {
    features: path,
    rows,
    lift: 0
  })
  console.log(`neighbours in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  for (let seed = 1; seed <= seeds; seed++) {
    const { labels, isWrong } = plant(data.labels, seed)
    const plan = planLabelCheck(labels, rows, rows)
    if (!('work' in plan)) throw new Error(plan.reason)
    const work = join(folder, `seed-${seed}`)
    mkdirSync(work)
    let start = performance.now()
    // The folds stay in the work folder: the filters after the first only read them again.
    const context = phaseContext([foldTask, wrongLabelsTask])
    const inputs = { features: path }
    const witness = { files: neighbours, firstSame: rows }
    const whole = await findWrongLabels(context, work, plan.work, {
      ...inputs,
      neighbours: witness
    })
    say('Winnow', seed, judge(whole.rows, isWrong), (performance.now() - start) / 1000)
    console.log(
      `  model and neighbours see ${percent(whole.consensus01)} alike; models give ${percent(whole.agreement01)} of the labels`
    )
    for (const filter of filters) {
      const found = await findWrongLabels(context, work, plan.work, {
        ...inputs,
        neighbours: undefined,
        filter
      })
      const seconds = (performance.now() - start) / 1000
      say(`without neighbours, ${filter}`, seed, judge(found.rows, isWrong), seconds)
    }
    if (!hasPeer) continue
    const labelsPath = join(folder, 'labels.npy')
    const probabilitiesPath = join(folder, 'probabilities.npy')
    await writeNpy(labelsPath, labels, count, 1)
    start = performance.now()
    const peer = spawnSync(
      python,
      [
        join(import.meta.dirname, 'confident_learning_peer.py'),
        path,
        labelsPath,
        probabilitiesPath
      ],
      { encoding: 'utf8', maxBuffer: 64 << 20 }
    )
    if (peer.status !== 0) throw new Error(peer.stderr)
    const seconds = (performance.now() - start) / 1000
    const answer = JSON.parse(peer.stdout) as Record<string, number[]>
    for (const [filter, flagged] of Object.entries(answer))
      say(`scikit-learn, ${filter}`, seed, judge(flagged, isWrong), seconds)
    await compareMathematics(labels, probabilitiesPath, answer)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The same probabilities through both implementations: how many rows are flagged differently. */
async function compareMathematics(
  labels: Int32Array,
  probabilitiesPath: string,
  answer: Record<string, number[]>
): Promise<void> {
  const { values } = await readNpy(probabilitiesPath)
  for (const filter of filters) {
    const { flags } = await confidentLearning(
      probabilitiesInMemory(values, classes),
      labels,
      filter
    )
    const theirs = new Set(answer[filter])
    const differing = flags.reduce(
      (sum, flag, row) => sum + (flag === Number(theirs.has(row)) ? 0 : 1),
      0
    )
    console.log(
      `same probabilities, ${filter}: ${differing} of ${labels.length} rows flagged differently`
    )
  }
}
