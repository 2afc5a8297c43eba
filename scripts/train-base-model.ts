// Trains the picture model that Winnow ships for expanding small sets: `npm run base-model`, by hand,
// where the result is to change. It sees Debian's dataset-fashion-mnist, the training half alone, and
// of it only the five kinds of clothes for the upper body and dresses, so that the sample project's
// trousers, shoes and bags are pictures of a kind that it has never seen.
// Options: --until STEP (2000, which the shipped file was stopped at), --cores N (1).
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { enableGradients } from '../src-main/core/compute/devices/gradients.ts'
import { openDevice } from '../src-main/core/compute/devices/registry.ts'
import { createRandom } from '../src-main/core/compute/random.ts'
import { modelFileBytes } from '../src-main/core/networks/diffusion/model-file.ts'
import { usualSchedule } from '../src-main/core/networks/diffusion/schedule.ts'
import { startUnet, usualUnetRecipe } from '../src-main/core/networks/diffusion/train-unet.ts'
import { createUnet, type UnetSpec } from '../src-main/core/networks/diffusion/unet.ts'

const { values: asked } = parseArgs({
  options: { until: { type: 'string' }, cores: { type: 'string' } }
})
/** Planned; a twentieth of them is the warm-up, so it is part of the result. */
const steps = 4000
const until = Number(asked.until ?? 2000)
/** Narrow where pictures are large: most of a step's time is spent there. */
const spec: UnetSpec = { channels: [16, 48, 88], time: 64, groups: 8 }
const target = resolve(import.meta.dirname, '..', 'resources', 'models')
const source = '/usr/share/datasets/fashion-mnist'
const side = 28
const size = side * side
/** T-shirt/top, pullover, dress, coat, shirt. */
const seen = new Set([0, 2, 3, 4, 6])
const seed = 11
/** Steps whose losses are told as one. */
const curveStep = 50

const images = gunzipSync(readFileSync(join(source, 'train-images-idx3-ubyte.gz'))).subarray(16)
const labels = gunzipSync(readFileSync(join(source, 'train-labels-idx1-ubyte.gz'))).subarray(8)
const rowsSeen = [...labels.keys()].filter((row) => seen.has(labels[row]))

const { device } = await openDevice('native')
await enableGradients()
device.setCores?.(Number(asked.cores ?? 1))
const unet = createUnet(spec, { height: side, width: side, channels: 1 })
const recipe = { ...usualUnetRecipe, schedule: usualSchedule, steps, batch: 16, average: 0.998 }
const pictures = {
  count: rowsSeen.length,
  read(rows: Uint32Array): Float32Array {
    const out = new Float32Array(rows.length * size)
    rows.forEach((row, at) => {
      const from = rowsSeen[row] * size
      for (let i = 0; i < size; i++) out[at * size + i] = images[from + i] / 127.5 - 1
    })
    return out
  }
}
await mkdir(target, { recursive: true })
const losses: number[] = []

async function save(parameters: readonly Float32Array[], done: number): Promise<number> {
  const bytes = modelFileBytes({
    unet,
    parameters,
    schedule: recipe.schedule,
    facts: {
      name: 'Clothes, grey, 28 \u00d7 28',
      about:
        'Fashion-MNIST, training half: t-shirts, pullovers, dresses, coats and shirts (MIT, Zalando SE)',
      pictures: rowsSeen.length,
      steps: done,
      losses: losses.map((loss) => Math.round(loss * 1e5) / 1e5)
    }
  })
  const path = join(target, 'pictures-grey-28.safetensors')
  await writeFile(`${path}.tmp`, bytes)
  await rename(`${path}.tmp`, path)
  return bytes.length
}

const training = startUnet(device.tf, unet, pictures, recipe, createRandom(seed))
const started = performance.now()
let sum = 0
while (training.done < until) {
  sum += training.step()
  if (training.done % curveStep !== 0) continue
  losses.push(sum / curveStep)
  sum = 0
  const seconds = (performance.now() - started) / 1000
  console.log(`step ${training.done}: loss ${losses.at(-1)?.toFixed(4)}, ${seconds.toFixed(0)} s`)
  if (training.done % 250 === 0) await save(training.network(), training.done)
}
const bytes = await save(training.network(), training.done)
training.dispose()
console.log(`${(bytes / 1e6).toFixed(2)} MB, device ${device.name}`)
