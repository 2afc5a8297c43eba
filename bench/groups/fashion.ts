// What a tokenizer learns on Fashion-MNIST: probes of its features over numbers of groups and rounds on one
// set of weights, by labels and without, beside the pixels' main axes and the built-in fingerprints; two
// blobs; and a training step beside PyTorch's. Run: node bench/groups/fashion.ts [DEVICE] [SHARE OF STEPS]
// [REPEAT CODES] [labels|pictures]; every repeat code after the first is measured as it learned.
import { enableGradients } from '../../src-main/core/compute/devices/gradients.ts'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import {
  describeImages,
  fitImages
} from '../../src-main/core/features/extractors/image-small/extractor.ts'
import { greyShape } from '../../src-main/core/features/extractors/image-small/shape.ts'
import {
  normalised,
  openForward,
  pictureOfHead,
  pooledOf,
  pooledWidth,
  type Pictures
} from '../../src-main/core/groups/forward.ts'
import type { GroupModel } from '../../src-main/core/groups/group-model.ts'
import { alignStarts } from '../../src-main/core/groups/group-picture.ts'
import {
  measuredDetails,
  recipeOf,
  sizesOf,
  trainedWith
} from '../../src-main/core/groups/groups-plan.ts'
import { probeFeatures } from '../../src-main/core/groups/probes.ts'
import { columnsOf, fitTurn, turned } from '../../src-main/core/groups/turned-features.ts'
import { createGrouping } from '../../src-main/core/networks/grouping/grouping-spec.ts'
import { startTokenizer } from '../../src-main/core/networks/grouping/train-tokenizer.ts'
import { labelledPictures } from '../../src-main/core/networks/normalisation.ts'
import { fashionMnist, hasFashionMnist } from '../features/fashion-mnist.ts'
import { percent } from '../features/linear-probe.ts'
import { blobScores } from './blobs.ts'
import { compareSteps } from './steps.ts'

if (!hasFashionMnist) {
  console.log('Skipped: the Debian package dataset-fashion-mnist is not installed.')
  process.exit(0)
}

const classes = 10
const [trained, tested] = [2000, 1000]
const part = Number(process.argv[3] ?? 1)
const seeds = Number(process.argv[4] ?? 1)
const only = process.argv[5]
const { device } = await openDevice(process.argv[2] ?? 'auto')
await enableGradients()
const { tf } = device
const signal = new AbortController().signal
const train = fashionMnist('train', trained)
const test = fashionMnist('t10k', tested)
console.log(
  `Fashion-MNIST, first ${trained} training and ${tested} test pictures, ${seeds} repeat code${seeds === 1 ? '' : 's'}, ${device.name}`
)
compareSteps(device, train, 1, 7)

async function probe(own: Float32Array, other: Float32Array, columns: number): Promise<string> {
  const { probe01, neighbours01 } = await probeFeatures(
    device,
    { values: own, labels: train.labels },
    { values: other, labels: test.labels },
    columns,
    classes,
    signal
  )
  return `line ${percent(probe01)}, most alike ${percent(neighbours01)}`
}

const unit = (pixels: Uint8Array): Float32Array => Float32Array.from(pixels, (value) => value / 255)
const axes = await fitTurn(tf, unit(train.pixels), 784, signal)
console.log(
  `main axes of the pixels: ${await probe(
    turned(tf, unit(train.pixels), axes),
    turned(tf, unit(test.pixels), axes),
    columnsOf(axes)
  )}`
)
const fit = await fitImages(tf, train.pixels, greyShape(28), 0, signal)
console.log(
  `built-in fingerprints: ${await probe(
    await describeImages(tf, train.pixels, fit, signal),
    await describeImages(tf, test.pixels, fit, signal),
    fit.columns
  )}`
)

const input = { height: 28, width: 28, channels: 1 }
const normalisation = { mean: [0.2861], sd: [0.353] }

/** Mean confidence and agreement of the last layer's groups over some pictures. */
function pictureFigures(model: GroupModel, pictures: Pictures, count: number): string {
  const forward = openForward(tf, model)
  const starts = 8
  const { heads } = model.network.spec
  const squares = model.network.rows * model.network.columns
  let [confidence, agreement, used] = [0, 0, 0]
  for (let row = 0; row < count; row++) {
    const one = pictures.read(Uint32Array.of(row))
    const inputs = new Float32Array(starts * one.length)
    for (let start = 0; start < starts; start++) inputs.set(one, start * one.length)
    const all = Array.from({ length: starts }, (_, start) => ({ row, start }))
    const shares = forward.pass(inputs, all, trainedWith).shares.at(-1) ?? new Float32Array(0)
    for (let head = 0; head < heads; head++) {
      const own = all.map((_, at) => pictureOfHead(model, shares, starts, head, at))
      const aligned = alignStarts(own, squares, trainedWith.groups)
      const meanOf = (values: Float32Array): number =>
        values.reduce((sum, value) => sum + value, 0) / values.length
      confidence += meanOf(aligned.confidence) / (count * heads)
      agreement += meanOf(aligned.agreement) / (count * heads)
      used += new Set(aligned.owners).size / (count * heads)
    }
  }
  forward.dispose()
  return `confidence ${percent(confidence)}, agreement ${percent(agreement)}, ${used.toFixed(1)} of ${trainedWith.groups} groups with squares`
}

for (const learnsFrom of ['labels', 'pictures'] as const)
  for (let seed = 1; seed <= seeds && (only ?? learnsFrom) === learnsFrom; seed++)
    await learn(learnsFrom, seed)

async function learn(learnsFrom: GroupModel['learnsFrom'], seed: number): Promise<void> {
  const sizes = sizesOf.usual
  // Without labels a step takes several times as long.
  const steps = Math.round(part * (learnsFrom === 'labels' ? 500 : 300))
  const recipe = recipeOf({ mirror: true }, { batch: sizes.batch, steps }, learnsFrom, classes)
  const network = createGrouping(sizes.spec, input)
  const rows = labelledPictures(train.pixels, train.labels, input, normalisation)
  const training = startTokenizer(tf, network, rows, recipe, createRandom(seed))
  const began = performance.now()
  let variety = ''
  for (let step = 0; step < steps; step++) {
    const { spread } = training.step()
    if (spread !== undefined)
      variety = `, entropy of all ${spread.all.toFixed(2)}, of each ${spread.each.toFixed(2)}`
  }
  const seconds = (performance.now() - began) / 1000
  const model: GroupModel = {
    ...{ network, normalisation, learnsFrom, seed, sha256: '' },
    parameters: training.network()
  }
  training.dispose()
  console.log(
    `learned from ${learnsFrom}, repeat code ${seed}: ${steps} steps of ${sizes.batch} in ${seconds.toFixed(0)} s${variety}`
  )
  const all = (pixels: Uint8Array, count: number): Pictures =>
    normalised(
      model,
      Uint32Array.from({ length: count }, (_, row) => row),
      pixels
    )
  for (const detail of seed === 1 ? measuredDetails : [trainedWith]) {
    const own = await pooledOf(tf, model, all(train.pixels, trained), detail, signal)
    const other = await pooledOf(tf, model, all(test.pixels, tested), detail, signal)
    const width = pooledWidth(model)
    const turn = await fitTurn(tf, own.values, width, signal)
    const said = await probe(
      turned(tf, own.values, turn),
      turned(tf, other.values, turn),
      columnsOf(turn)
    )
    console.log(
      `${learnsFrom}, ${detail.groups} groups, ${detail.rounds} rounds: ${said}, ${other.milliseconds.toFixed(2)} ms a picture`
    )
  }
  console.log(`${learnsFrom}, groups: ${pictureFigures(model, all(test.pixels, 100), 100)}`)
}

for (const steps of [0, Math.round(part * 300)]) {
  const scores = blobScores(device, steps, 1)
  const mean = scores.reduce((sum, { f1 }) => sum + f1, 0) / scores.length
  console.log(
    `blobs, ${steps} steps: pair F1 ${scores[0]?.f1.toFixed(3) ?? ''} in the best view, ${mean.toFixed(3)} over all`
  )
}
