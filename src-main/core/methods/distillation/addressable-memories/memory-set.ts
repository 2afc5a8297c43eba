// From a memory to the tiny training set: what is stored (bases and addresses) and what students see.
import { plainStudent, type StudentRecipe } from '../../../networks/student-recipe.ts'
import { inputSize } from '../../../networks/network.ts'
import type { DistillationInputs, DistilledSet, StoredArray } from '../distillation-method.ts'
import { classLabels } from '../matching/made-set.ts'
import { augmentationOf } from '../matching/siamese-change.ts'
import { baseShape, budgetOf } from './budget.ts'
import type { Memory, MemoryCode } from './memory.ts'
import type { MemoryParams } from './params.ts'

/** The set of a memory after `done` steps. */
export function memorySet(
  inputs: Pick<DistillationInputs, 'perClass' | 'data' | 'shape'>,
  code: MemoryCode,
  memory: Memory,
  params: MemoryParams,
  done: number
): DistilledSet {
  const { plan, classes, shape } = code
  const isPlain = plan.bases === 0
  const count = classes * plan.slots
  return {
    form: isPlain ? 'pixels' : 'memories',
    count,
    values: code.decode(memory),
    labels: classLabels(classes, plan.slots),
    targets: { kind: 'hard' },
    stored: storedArrays(code, memory),
    student: memoryStudent(count, inputs),
    consumer: 'network',
    info: {
      iterations: done,
      bases: plan.bases,
      shrink: plan.shrink,
      itemsPerClass: plan.slots,
      numbers: plan.numbers,
      space: budgetOf({ shape, classes, perClass: inputs.perClass })
    },
    notes: isPlain ? [] : [spaceNote(inputs.perClass, plan.slots)]
  }
}

function spaceNote(perClass: number, slots: number): string {
  return (
    `${slots} items per label are mixed from shared pictures in the space of ${perClass}. Training on ` +
    'them takes as long as on any other set of as many items.'
  )
}

function storedArrays({ plan, shape, classes }: MemoryCode, memory: Memory): StoredArray[] {
  const { height, width, channels } = baseShape(shape, plan.shrink)
  const rows = memory.bases.length / inputSize({ height, width, channels })
  const bases: StoredArray = {
    name: 'bases',
    part: 'items',
    shape: [rows, height, width, channels],
    values: memory.bases.slice(),
    bytesEach: 4
  }
  if (plan.bases === 0) return [{ ...bases, name: 'items' }]
  return [
    bases,
    {
      name: 'addresses',
      part: 'coefficients',
      shape: [classes, plan.slots, plan.bases],
      values: memory.coefficients.slice(),
      bytesEach: 4
    }
  ]
}

/** Passes of a student over few items, and fewest over many. Changed items bear more of them. */
const passes = { most: 60, mostChanged: 120, fewest: 20 }
/** Items times passes beyond which more passes teach little. */
const mostSeen = 40_000

/**
 * The published students take 300 passes at rate 0.01. Larger steps that end at 0 teach as much here
 * in a fifth of the passes, and pictures that are changed in every pass teach clearly more (both
 * measured on validation items).
 */
export function memoryStudent(
  count: number,
  inputs: Pick<DistillationInputs, 'data' | 'shape'>
): StudentRecipe {
  const augment = augmentationOf('usual', inputs)
  const most = augment === null ? passes.most : passes.mostChanged
  const epochs = Math.max(passes.fewest, Math.min(most, Math.round(mostSeen / count)))
  return { ...plainStudent, rate: 0.05, schedule: 'cosine', epochs, augment }
}
