// Expanding unseen kinds of clothes with the model that comes with the app, whose training saw five
// others: how well pictures come back, what each way of drawing gives, and whether training with what
// is made helps a small classifier. Run: node bench/expand/expand.ts [--quick] [--part back|latents|rules|few-shot|times]
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { CandidateRule } from '../../src-main/core/synthesis/candidates.ts'
import type { NetworkCode } from '../../src-main/core/networks/network.ts'
import { candidateRules } from '../../src-main/core/synthesis/candidates.ts'
import { enableGradients } from '../../src-main/core/compute/devices/gradients.ts'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { mean, sd } from '../../src-main/core/compute/statistics.ts'
import { createMover } from '../../src-main/core/networks/diffusion/ddim.ts'
import { stepGrid, usualSchedule } from '../../src-main/core/networks/diffusion/schedule.ts'
import { startUnet, usualUnetRecipe } from '../../src-main/core/networks/diffusion/train-unet.ts'
import {
  accuracyOf,
  featuresOf,
  predictLogits,
  shareRight
} from '../../src-main/core/networks/predict.ts'
import { trainingOps } from '../../src-main/core/networks/training-ops.ts'
import { drawPlaces } from '../../src-main/core/synthesis/draw-candidates.ts'
import {
  asRows,
  helperNetwork,
  movedPictures,
  trainHelper,
  type LabelledPictures
} from '../../src-main/core/synthesis/helper.ts'
import { copyShare } from '../../src-main/core/synthesis/gates.ts'
import {
  featureDistance,
  nearestOf,
  rowErrors,
  toUnit,
  usualDistance,
  type Points
} from '../../src-main/core/synthesis/made-measures.ts'
import { openModel } from '../../src-main/core/synthesis/picture-model.ts'
import { blended } from '../../src-main/core/synthesis/measure-task.ts'
import { fashionMnist, hasFashionMnist } from '../features/fashion-mnist.ts'
import { tellLatents, type LatentBench } from './latents.ts'

if (!hasFashionMnist) {
  console.log('Skipped: the Debian package dataset-fashion-mnist is not installed.')
  process.exit(0)
}
const isQuick = process.argv.includes('--quick')
type Part = 'back' | 'latents' | 'rules' | 'few-shot' | 'times'
const asked = process.argv.at(process.argv.indexOf('--part') + 1)
const isAsked = (part: Part): boolean => !process.argv.includes('--part') || asked === part
const size = 784
const seen = [0, 2, 3, 4, 6]
const unseen = [1, 5, 7, 8, 9]
const names = [
  'T-shirt',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Boot'
]
const signal = new AbortController().signal
const { device } = await openDevice('native')
await enableGradients()
device.setCores?.(1)
const { tf } = device
const model = await openModel(
  join(import.meta.dirname, '../../resources/models/pictures-grey-28.safetensors')
)
const { input } = model.unet
const data = fashionMnist('t10k', 10_000)
const rowsOf = (label: number, from: number, count: number): number[] =>
  [...data.labels.keys()].filter((row) => data.labels[row] === label).slice(from, from + count)
const points = (rows: readonly number[]): Points => {
  const pixels = new Uint8Array(rows.length * size)
  rows.forEach((row, at) =>
    pixels.set(data.pixels.subarray(row * size, (row + 1) * size), at * size)
  )
  return { values: toUnit(pixels), count: rows.length, size }
}
const labelled = (rows: readonly number[], classes: readonly number[]): LabelledPictures => ({
  values: points(rows).values,
  labels: Int32Array.from(rows, (row) => classes.indexOf(data.labels[row]))
})
async function moved(
  values: Float32Array,
  steps: number,
  way: 'invert' | 'denoise',
  most = 500
): Promise<Float32Array> {
  const mover = createMover(tf, trainingOps(tf), model, { grid: stepGrid(steps, most), signal })
  const out = new Float32Array(values.length)
  for (let from = 0; from < values.length; from += 20 * size)
    out.set(await mover[way](values.slice(from, from + 20 * size)), from)
  mover.dispose()
  return out
}
const rootMean = (errors: Float32Array): number =>
  Math.sqrt(mean(errors.map((error) => error * error)))

console.log(`Model: ${model.facts.steps} steps, last loss ${model.facts.losses.at(-1)?.toFixed(4)}`)
if (isAsked('back')) await back()
if (isAsked('latents') || isAsked('rules')) await judged()
if (isAsked('few-shot')) await fewShot()
if (isAsked('times')) await times()

async function back(): Promise<void> {
  console.log('\nReconstruction, RMSE on -1..1, t0 = 500, 10 test pictures of each half')
  for (const steps of isQuick ? [50] : [50, 100]) {
    const errors: number[] = []
    for (const [half, labels] of [
      ['seen', seen],
      ['unseen', unseen]
    ] as const) {
      const real = points(labels.flatMap((label) => rowsOf(label, 200, 2)))
      const returned = await moved(await moved(real.values, steps, 'invert'), steps, 'denoise')
      errors.push(rootMean(rowErrors(returned, real.values, size)))
      console.log(`reconstruction, ${half}, S = ${steps}: ${errors.at(-1)?.toFixed(4)}`)
    }
    console.log(
      `reconstruction, unseen / seen, S = ${steps}: ${(errors[1] / errors[0]).toFixed(2)} times`
    )
  }
}

/** What is said with the help of a judge that knows all ten classes. */
async function judged(): Promise<void> {
  const all = seen.concat(unseen).toSorted((a, b) => a - b)
  const judge = helperNetwork(input, 10)
  // Pictures of the training half, which neither the sources nor the fresh ones come from.
  const lessons = fashionMnist('train', isQuick ? 2_000 : 20_000)
  const lesson = { values: toUnit(lessons.pixels), labels: lessons.labels }
  const judging = await trainHelper(tf, judge, lesson, {
    ...{ steps: isQuick ? 200 : 2_000, augment: null, random: createRandom(1), signal }
  })
  const judgeTest = labelled(
    all.flatMap((label) => rowsOf(label, 840, 100)),
    all
  )
  const right = await accuracyOf(tf, judge, judging.parameters, asRows(judgeTest, input), signal)
  console.log(`\nJudge on real test pictures: ${(100 * right).toFixed(1)} %`)
  const logitsOf = (values: Float32Array): Promise<Float32Array> =>
    predictLogits(
      tf,
      judge,
      judging.parameters,
      asRows({ values, labels: new Int32Array(values.length / size) }, input),
      signal
    )
  const bench: LatentBench = {
    ...{ device, seen, unseen, names },
    pictures: (label, from, count) => points(rowsOf(label, from, count)),
    invert: (values, most) => moved(values, 30, 'invert', most),
    denoise: (values, most) => moved(values, 30, 'denoise', most),
    async judged(values, labels) {
      const logits = await logitsOf(values)
      const count = values.length / size
      let hits = 0
      for (let row = 0; row < count; row++) {
        const own = [...logits.subarray(row * 10, (row + 1) * 10)]
        hits += labels.includes(own.indexOf(Math.max(...own))) ? 1 : 0
      }
      return hits / count
    }
  }
  if (isAsked('latents')) await tellLatents(bench, isQuick ? 40 : 200)
  if (isAsked('rules')) await rules(judge, judging.parameters, logitsOf)
}

/** What each way of drawing gives. */
async function rules(
  judge: NetworkCode,
  parameters: readonly Float32Array[],
  logitsOf: (values: Float32Array) => Promise<Float32Array>
): Promise<void> {
  const sourceCount = isQuick ? 14 : 200
  const makeCount = isQuick ? 14 : 100
  console.log(`\n${sourceCount} sources, ${makeCount} made, S = 50, t0 = 500`)
  for (const label of isQuick ? [8] : [8, 7]) {
    const sources = points(rowsOf(label, 0, sourceCount))
    const fresh = points(rowsOf(label, 640, isQuick ? 60 : 200))
    const latents = await moved(sources.values, 50, 'invert')
    const usual = usualDistance(sources, fresh)
    const look = async (given: Points): Promise<Points> => ({
      values: await featuresOf(
        tf,
        judge,
        parameters,
        asRows({ values: given.values, labels: new Int32Array(given.count) }, input),
        signal
      ),
      count: given.count,
      size: judge.featureWidth
    })
    const sourceLooks = await look(fresh)
    const tell = async (name: string, values: Float32Array): Promise<void> => {
      const made: Points = { values, count: values.length / size, size }
      const logits = await logitsOf(values)
      const share = shareRight(logits, new Int32Array(made.count).fill(label), 10)
      const nearest = Float64Array.from(
        { length: made.count },
        (_, row) => nearestOf(made, row, sources).distance / usual
      )
      const copies = nearest.filter((ratio) => ratio < copyShare).length / made.count
      const distance = featureDistance(await look(made), sourceLooks)
      console.log(
        `${names[label]}, ${name}: wanted ${(100 * share).toFixed(0)} %, nearest-source ratio ${mean(nearest).toFixed(2)}, ${(100 * copies).toFixed(0)} % refused as copies, feature distance ${distance.toFixed(2)}`
      )
    }
    await tell('invert and return', await moved(latents, 50, 'denoise'))
    for (const rule of candidateRules as readonly CandidateRule[]) {
      const { places } = drawPlaces(
        { values: latents, count: sources.count, size },
        new Int32Array(sources.count),
        { rule, make: makeCount, seed: 1 }
      )
      const starts = new Float32Array(makeCount * size)
      places.forEach(({ latent }, at) => starts.set(latent, at * size))
      await tell(rule, await moved(starts, 50, 'denoise'))
    }
  }
}

/** Whether training with what is made helps. */
async function fewShot(): Promise<void> {
  const repeats = isQuick ? 2 : 5
  const perClass = isQuick ? 10 : 16
  console.log(
    `\nFew-shot: ${perClass} real pictures of each unseen class, as many made, ${repeats} seeds, 200 steps`
  )
  const fewRows = unseen.flatMap((label) => rowsOf(label, 0, perClass))
  const few = labelled(fewRows, unseen)
  const fewLatents = await moved(few.values, 50, 'invert')
  const { places } = drawPlaces({ values: fewLatents, count: fewRows.length, size }, few.labels, {
    rule: 'between-two',
    make: fewRows.length,
    seed: 2
  })
  const starts = new Float32Array(places.length * size)
  places.forEach(({ latent }, at) => starts.set(latent, at * size))
  const madeLabels = Int32Array.from(places, ({ label }) => label)
  const made = { values: await moved(starts, 50, 'denoise'), labels: madeLabels }
  const joined = (more: LabelledPictures): LabelledPictures => ({
    values: Float32Array.from([...few.values, ...more.values]),
    labels: Int32Array.from([...few.labels, ...more.labels])
  })
  const test = labelled(
    unseen.flatMap((label) => rowsOf(label, 500, 100)),
    unseen
  )
  const network = helperNetwork(input, unseen.length)
  const arms = ['real', 'made', 'moved', 'blended'] as const
  const scores: Record<(typeof arms)[number], number[]> = {
    real: [],
    made: [],
    moved: [],
    blended: []
  }
  for (let repeat = 0; repeat < repeats; repeat++)
    for (const arm of arms) {
      const random = createRandom(100 + repeat)
      const pictures =
        arm === 'made'
          ? joined(made)
          : arm === 'blended'
            ? joined(blended(few, madeLabels, size, random.fork('blends')))
            : few
      const augment = arm === 'moved' ? movedPictures : null
      const student = await trainHelper(tf, network, pictures, {
        steps: 200,
        augment,
        random,
        signal
      })
      scores[arm].push(
        await accuracyOf(tf, network, student.parameters, asRows(test, input), signal)
      )
    }
  for (const arm of arms)
    console.log(
      `few-shot, ${arm}: ${(100 * mean(scores[arm])).toFixed(1)} % \u00b1 ${(100 * sd(scores[arm])).toFixed(1)}`
    )
}

/** Times of this U-Net beside the same one in PyTorch. */
async function times(): Promise<void> {
  const pictures = { count: 16, read: (rows: Uint32Array) => new Float32Array(rows.length * size) }
  const recipe = { ...usualUnetRecipe, schedule: usualSchedule, steps: 100, batch: 16 }
  const training = startUnet(tf, model.unet, pictures, recipe, createRandom(1))
  const timed = (work: () => void, runs: number): number => {
    work()
    work()
    const began = performance.now()
    for (let run = 0; run < runs; run++) work()
    return (performance.now() - began) / runs
  }
  const step = timed(() => training.step(), 5)
  training.dispose()
  const mover = createMover(tf, trainingOps(tf), model, { grid: stepGrid(5, 500), signal })
  await mover.invert(new Float32Array(16 * size))
  const began = performance.now()
  await mover.denoise(new Float32Array(16 * size))
  const move = (performance.now() - began) / 4
  mover.dispose()
  console.log(`\ntime, training step of 16: ${step.toFixed(0)} ms`)
  console.log(`time, move of 16: ${move.toFixed(0)} ms`)
  const python = process.env['PYTHON'] ?? '/usr/bin/python3'
  const peer = spawnSync(
    python,
    [join(import.meta.dirname, 'expand_peer.py'), JSON.stringify(model.unet.spec)],
    { encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } }
  )
  if (peer.status === 0) {
    const told = JSON.parse(peer.stdout) as { readonly step: number; readonly move: number }
    console.log(`PyTorch: ${told.step.toFixed(0)} ms a step, ${told.move.toFixed(0)} ms a move`)
    console.log(`speed, training step, PyTorch / Winnow: ${(told.step / step).toFixed(2)} times`)
    console.log(`speed, move, PyTorch / Winnow: ${(told.move / move).toFixed(2)} times`)
  } else console.log('No comparison with PyTorch: python3-torch is not installed.')
}
