// From items and labels to a tiny set for kernel models.
import type { KernelFacts } from '../../../networks/kernel-model.ts'
import { plainStudent } from '../../../networks/student-recipe.ts'
import type { DistillationInputs, DistilledSet, StoredArray } from '../distillation-method.ts'
import { storedTargets } from './learned-items.ts'

/** Everything about a kernel set but what follows from it. */
export interface KernelSetParts {
  readonly form: 'rows' | 'pixels'
  readonly values: Float32Array
  readonly labels: Int32Array
  /** count x classes free numbers. */
  readonly targets: Float32Array
  readonly sourceRows?: Uint32Array
  readonly stored: StoredArray
  readonly kernel: KernelFacts
  readonly info: Readonly<Record<string, unknown>>
  readonly notes: readonly string[]
}

/** What a set says about what it is for; the measurements are in docs/methods/kernel-ridge.md. */
export const madeItemsNote =
  'Made for nearest-neighbour and kernel models. Little of its lead carries over to networks: on ' +
  'Fashion-MNIST, sets of 1 and 10 per class with which the kernel model named 81 % and 84 % rightly ' +
  'taught a network 60 % and 75 %, where random real items taught it 54 % and 72 %.'

/** The same for real items with solved labels. */
export const realItemsNote =
  'Made for nearest-neighbour and kernel models. On Fashion-MNIST, sets of 1 and 10 per class with which ' +
  'the kernel model named 65 % and 80 % rightly taught a network 61 % and 75 %, where their plain labels ' +
  'taught it 54 % and 72 %.'

/** The set; its values have to be those that are stored (bytes read back). */
export function kernelSet(inputs: DistillationInputs, parts: KernelSetParts): DistilledSet {
  const { form, values, labels, targets, sourceRows } = parts
  const classes = inputs.classNames.length
  return {
    form,
    count: labels.length,
    values,
    labels,
    targets: { kind: 'values', values: targets },
    ...(sourceRows === undefined ? {} : { sourceRows }),
    stored: [parts.stored, storedTargets(targets, classes)],
    student: { ...plainStudent, loss: 'squared-error' },
    consumer: 'kernel',
    info: {
      ...parts.info,
      kernel: parts.kernel,
      range: rangeOf(values),
      renamed01: renamedShare(labels, targets, classes)
    },
    notes: parts.notes
  }
}

/** Smallest and largest number of the items. */
function rangeOf(values: Float32Array): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}

/** Share of items whose largest number is not their own class. */
function renamedShare(labels: Int32Array, targets: Float32Array, classes: number): number {
  let renamed = 0
  labels.forEach((label, item) => {
    const own = targets.subarray(item * classes, (item + 1) * classes)
    if (own.some((value) => value > own[label])) renamed++
  })
  return renamed / Math.max(1, labels.length)
}
