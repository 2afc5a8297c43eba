// Labels of real items for kernel models, in closed form (label solve, LS: Nguyen, Chen and Lee 2021).
import { createRowProducts } from '../../../compute/kernels/item-kernel.ts'
import { centredOneHot, solveLabels } from '../../../networks/kernel-labels.ts'
import { inputSize } from '../../../networks/network.ts'
import {
  defineDistillation,
  type DistillationContext,
  type DistillationInputs,
  type DistillationProgress,
  type DistilledSet
} from '../distillation-method.ts'
import { chooseRows } from '../real-items/choose-rows.ts'
import { rowsByLot, shortClassesNote, someRows, storedItems } from '../real-items/real-rows.ts'
import { kernelLabelsCard } from '../kernel-ridge/card.ts'
import { kernelFiles } from '../kernel-ridge/kernel-script.ts'
import { kernelSet, realItemsNote } from '../kernel-ridge/kernel-set.ts'
import { kernelLabelsParams, type KernelLabelsParams } from '../kernel-ridge/params.ts'
import { medianSpread, requireFewItems } from '../kernel-ridge/spread.ts'
import { kernelStepSeconds } from '../kernel-ridge/work.ts'

export const kernelLabelsMethod = defineDistillation({
  id: 'kernel-labels',
  family: 'distillation',
  version: 1,
  card: kernelLabelsCard,
  params: kernelLabelsParams,
  makes: 'real',
  reads: ['pictures', 'vectors'],
  derivatives: 'none',
  efforts: {
    quick: { fitted: 10_000 },
    standard: {},
    thorough: { choice: 'k-means', fitted: 1_000_000 }
  },
  experts: () => undefined,
  work(shape, { fitted }) {
    const made = shape.classes * shape.perClass
    const blocks = Math.ceil(Math.min(fitted, shape.trainItems) / 512)
    return {
      forward: 0,
      trained: 0,
      second: 0,
      otherSeconds: 1 + blocks * kernelStepSeconds(made, 512, inputSize(shape.shape)),
      megabytes: 100 + Math.ceil((16 * made * (made + 512)) / 1e6)
    }
  },
  run: runKernelLabels,
  exportFiles: async (set) => kernelFiles(set)
})

async function* runKernelLabels(
  { device, random, signal }: DistillationContext,
  inputs: DistillationInputs,
  params: KernelLabelsParams
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const { train, classNames, perClass, shape } = inputs
  requireFewItems(classNames.length * perClass)
  const size = inputSize(shape)
  const products = createRowProducts(device.tf)
  try {
    const choosing = chooseRows(
      { tf: device.tf, random: random.fork('choice'), signal },
      train,
      classNames,
      perClass,
      params.choice
    )
    let chosen = await choosing.next()
    while (chosen.done !== true) {
      const done = chosen.value
      yield { phase: 'Choosing items', done, total: classNames.length, unit: 'classes' }
      chosen = await choosing.next()
    }
    const sourceRows = Uint32Array.from(chosen.value.flatMap((rows) => Array.from(rows)))
    const anchors = train.read(sourceRows)
    const spread = params.width * medianSpread(products, train, size, random.fork('spread'))
    const everyRow = Uint32Array.from({ length: train.count }, (_, row) => row)
    const rows = someRows(train, rowsByLot(everyRow, params.fitted, random.fork('fitted')))
    const phase = 'Working out labels'
    yield { phase, done: 0, total: rows.count, unit: 'items' }
    const targets = await solveLabels({
      products,
      anchors,
      size,
      classes: classNames.length,
      kernel: { kind: 'radial', spread },
      rows,
      targetsOf: (some) =>
        centredOneHot(
          some.map((row) => rows.labels[row]),
          classNames.length
        ),
      penalty: 0,
      ridge: params.ridge,
      signal
    })
    yield { phase, done: rows.count, total: rows.count, unit: 'items' }
    return kernelSet(inputs, {
      form: 'rows',
      values: anchors,
      labels: Int32Array.from(sourceRows, (row) => train.labels[row]),
      targets,
      sourceRows,
      stored: storedItems(inputs, anchors),
      kernel: { spread, ridge: params.ridge },
      info: { fitted: rows.count, choice: params.choice },
      notes: [realItemsNote, ...shortClassesNote(chosen.value, perClass, classNames)]
    })
  } finally {
    products.dispose()
  }
}
