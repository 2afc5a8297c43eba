// Learned picture-text pairs against real ones of the same number: recall at 1 among 1,000 unseen pairs
// of drawn shapes with captions, through the product's own fingerprints. Run as
//   node bench/distillation/pairs.ts [FOLDER] [steps]
// FOLDER keeps the fingerprints for the next time. docs/methods/pair-matching.md has the result.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { enableGradients } from '../../src-main/core/compute/devices/gradients.ts'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { mean } from '../../src-main/core/compute/statistics.ts'
import { shapePairs } from '../../src-main/core/distillation/pairs/shapes.test-support.ts'
import { headRules, studentReading } from '../../src-main/core/evaluation/pairs/judge-pairs.ts'
import { pairHeads } from '../../src-main/core/evaluation/pairs/pair-heads.ts'
import { pairRowsOf, type PairRows } from '../../src-main/core/evaluation/pairs/train-heads.ts'
import {
  describeImages,
  fitImagesStepwise
} from '../../src-main/core/features/extractors/image-small/extractor.ts'
import { colourShape } from '../../src-main/core/features/extractors/image-small/shape.ts'
import {
  loadSentenceEncoder,
  textColumns
} from '../../src-main/core/features/extractors/text-sentences/encoder.ts'
import type {
  DistillationInputs,
  DistillationMethod,
  DistilledSet
} from '../../src-main/core/methods/distillation/distillation-method.ts'
import { findDistillationMethod } from '../../src-main/core/methods/distillation/registry.ts'
import { columnNormalisation, labelledColumns } from '../../src-main/core/networks/normalisation.ts'

const usualFolder = join(import.meta.dirname, '../../bench-results/distillation/pairs')
const [folder = usualFolder, steps = '120'] = process.argv.slice(2)
const all = 5000
const parts = { train: [0, 3600], validation: [3600, 4000], test: [4000, 5000] } as const
const { device } = await openDevice('native')
const { signal } = new AbortController()
await enableGradients()

/** Rows of one half, read again where an earlier call left them. */
async function half(name: string, make: () => Promise<Float32Array>): Promise<Float32Array> {
  const path = join(folder, `pairs-${name}.bin`)
  const kept = await readFile(path).catch(() => undefined)
  if (kept !== undefined) return new Float32Array(Uint8Array.from(kept).buffer)
  const made = await make()
  await mkdir(folder, { recursive: true })
  await writeFile(path, new Uint8Array(made.buffer, made.byteOffset, made.byteLength))
  return made
}

const shown = shapePairs(all, 11)
const pictures = await half('pics', async () => {
  const seen = shown.pixels.subarray(0, 3000 * 32 * 32 * 3)
  const fitting = fitImagesStepwise(device.tf, seen, colourShape(32), 0, signal)
  let step = await fitting.next()
  while (step.done !== true) step = await fitting.next()
  return describeImages(device.tf, shown.pixels, step.value, signal)
})
const texts = await half('texts', async () => {
  const encoder = await loadSentenceEncoder(device.tf)
  return (await encoder.encode(shown.captions, signal)).values
})
const pictureColumns = pictures.length / all
const columns = pictureColumns + textColumns
const joined = new Float32Array(all * columns)
for (let i = 0; i < all; i++) {
  joined.set(pictures.subarray(i * pictureColumns, (i + 1) * pictureColumns), i * columns)
  joined.set(texts.subarray(i * textColumns, (i + 1) * textColumns), i * columns + pictureColumns)
}
const rowsOf = ([from, to]: readonly [number, number]) => joined.slice(from * columns, to * columns)
const normalisation = columnNormalisation(rowsOf(parts.train), columns)
const part = (name: keyof typeof parts) =>
  labelledColumns(
    rowsOf(parts[name]),
    new Int32Array(parts[name][1] - parts[name][0]),
    normalisation
  )
const [train, validation, test] = [part('train'), part('validation'), part('test')]
const facts = { pictureColumns, textColumns, space: 64, hidden: 0, temperature: 0.07 }
const heads = pairHeads(facts)

/** Recall of students at the step size that does best on validation pairs; one student for each. */
async function measure(pairs: PairRows, set: Pick<DistilledSet, 'student'>, seed: number) {
  let best = { rate: 0, score01: -1 }
  for (const rate of [0.03, 0.3]) {
    const rules = { ...headRules(set.student, pairs.count, facts.temperature), rate }
    const { score01 } = await studentReading(
      device.tf,
      heads,
      pairs,
      rules,
      seed,
      validation,
      signal
    )
    if (score01 > best.score01) best = { rate, score01 }
  }
  const rules = { ...headRules(set.student, pairs.count, facts.temperature), rate: best.rate }
  return {
    rate: best.rate,
    ...(await studentReading(device.tf, heads, pairs, rules, seed, test, signal))
  }
}

async function makeSet(id: string, own: object, perClass: number, seed: number) {
  const method: DistillationMethod | undefined = findDistillationMethod(id)
  if (method === undefined) throw new Error(id)
  const inputs: DistillationInputs = {
    data: 'vectors',
    shape: { height: 1, width: 1, channels: columns },
    normalisation,
    classNames: ['Pairs'],
    ...{ train, validation, perClass },
    network: { kind: 'mlp', width: 64, depth: 2, norm: 'none' },
    pairs: { pictureColumns }
  }
  const random = createRandom(seed).fork(id)
  const context = { device, signal, seed, random, resume: undefined }
  const run = method.run(context, inputs, method.params.parse(own))
  for (;;) {
    const step = await run.next()
    if (step.done === true) return step.value
  }
}

function pairsOf(set: DistilledSet): PairRows {
  const values = set.targets.kind === 'values' ? set.targets.values : new Float32Array(0)
  return pairRowsOf(set.values, columns, values.length > set.count ? values : undefined)
}

const arms = [
  ['random', 'real-pairs', { choice: 'random' }],
  ['k-center', 'real-pairs', { choice: 'k-center' }],
  ['herding', 'real-pairs', { choice: 'herding' }],
  ['learned', 'pair-matching', { steps: Number(steps) }]
] as const
const seeds = [1, 2, 3]
const percent = (shares: readonly number[]): string =>
  shares.map((share) => (100 * share).toFixed(1)).join(' ')
for (const perClass of [100, 20, 50])
  for (const [name, id, own] of arms) {
    const found: number[] = []
    const start = performance.now()
    for (const seed of seeds) {
      const set = await makeSet(id, own, perClass, seed)
      const reading = await measure(pairsOf(set), set, seed)
      found.push(reading.score01)
      console.log(
        `  ${perClass} ${name} seed ${seed} rate ${reading.rate}: texts ${percent(reading.pictureToText)}; pictures ${percent(reading.textToPicture)}; alike ${reading.pictureCosine.toFixed(2)} ${reading.textCosine.toFixed(2)}`
      )
    }
    const seconds = ((performance.now() - start) / 1000 / seeds.length).toFixed(0)
    console.log(`${perClass} ${name}: ${percent([mean(found)])} (${percent(found)}), ${seconds} s`)
  }
const whole = await makeSet('real-pairs', {}, 1, 1)
console.log(`all: ${percent([(await measure(train, whole, 1)).score01])}`)
