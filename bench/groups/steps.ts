// A training step of the tokenizer beside the same step in PyTorch, from the same numbers: first the
// loss, which must agree, then the time.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Device } from '../../src-main/core/compute/devices/device.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { joined } from '../../src-main/core/groups/group-model.ts'
import { recipeOf, sizesOf, trainedWith } from '../../src-main/core/groups/groups-plan.ts'
import { linear } from '../../src-main/core/networks/convnet.ts'
import { createGrouping, firstValues } from '../../src-main/core/networks/grouping/grouping-spec.ts'
import { cellPool, tokenize } from '../../src-main/core/networks/grouping/tokenizer.ts'
import {
  startTokenizer,
  trainedShapes
} from '../../src-main/core/networks/grouping/train-tokenizer.ts'
import { labelledPictures } from '../../src-main/core/networks/normalisation.ts'
import type { LabelledPictures } from '../features/fashion-mnist.ts'

const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const classes = 10

/** Compares steps; says so where PyTorch is not there. */
export function compareSteps(
  { tf }: Device,
  train: LabelledPictures,
  cores: number,
  times: number
): void {
  const sizes = sizesOf.usual
  const { batch } = sizes
  const input = { height: 28, width: 28, channels: 1 }
  const network = createGrouping(sizes.spec, input)
  const recipe = recipeOf({ mirror: true }, sizes, 'labels', classes)
  const shapes = trainedShapes(network, recipe)
  const random = createRandom(3)
  const values = shapes.map((shape) => firstValues(shape, random.fork('weights')))
  const labels = Int32Array.from({ length: batch }, (_, at) => at % classes)
  const own = { mean: [0.2861], sd: [0.353] }
  const rows = labelledPictures(train.pixels, train.labels, input, own)
  const pictures = rows.read(Uint32Array.from({ length: batch }, (_, at) => at))
  const { heads, headWidth, layers } = sizes.spec
  const noise = Array.from({ length: layers }, () =>
    Float32Array.from({ length: heads * batch * trainedWith.groups * headWidth }, () =>
      random.normal()
    )
  )
  const ours = tf.tidy(() => {
    const given = values.map((part, at) => tf.tensor(part, [...shapes[at].shape]))
    const drawn = noise.map((part): Tensor4D =>
      tf.tensor4d(part, [heads, batch, trainedWith.groups, headWidth])
    )
    const x = tf.tensor4d(pictures, [batch, 28, 28, 1])
    const { patches } = tokenize(tf, network, given, x, drawn, trainedWith.rounds)
    const last = network.parameters.length
    const logits = linear(tf, cellPool(tf, network, patches), given[last], given[last + 1])
    const shares = tf.logSoftmax(logits).dataSync()
    return -labels.reduce((sum, label, at) => sum + shares[at * classes + label], 0) / batch
  })
  const training = startTokenizer(tf, network, rows, recipe, createRandom(1))
  training.step()
  training.step()
  const spent = Array.from({ length: times }, () => {
    const began = performance.now()
    training.step()
    return performance.now() - began
  }).toSorted((a, b) => a - b)
  training.dispose()
  const milliseconds = spent[Math.floor(times / 2)]
  const folder = mkdtempSync(join(tmpdir(), 'winnow-groups-'))
  try {
    const numbers = joined([...values, pictures, ...noise])
    writeFileSync(join(folder, 'numbers.f32'), new Uint8Array(numbers.buffer))
    writeFileSync(
      join(folder, 'problem.json'),
      JSON.stringify({
        ...{ spec: sizes.spec, batch, ...trainedWith },
        shapes: shapes.map(({ shape }) => shape)
      })
    )
    const peer = join(import.meta.dirname, 'step_peer.py')
    const { stdout } = spawnSync(python, [peer, folder, String(cores), String(times)])
    const said = JSON.parse(String(stdout)) as { error?: string; loss: number; ms: number }
    console.log(
      `step of ${batch} pictures by labels, usual size, ${cores} cores: ${milliseconds.toFixed(0)} ms`
    )
    if (said.error !== undefined) {
      console.log(`no comparison with PyTorch: ${said.error}`)
      return
    }
    console.log(`the same in PyTorch: ${said.ms.toFixed(0)} ms`)
    console.log(`speed, PyTorch / Winnow: ${(said.ms / milliseconds).toFixed(2)} times`)
    console.log(
      `loss from the same numbers: ${ours.toFixed(6)} here, ${said.loss.toFixed(6)} in PyTorch`
    )
    if (Math.abs(ours - said.loss) > 1e-4) throw new Error('the losses are not the same')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
