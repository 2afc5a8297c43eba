// A tiny set as files of its run: arrays as .npy, everything else as one JSON file. Items that are
// real ones are kept as row numbers only; their pixels are read again from the originals.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Json } from '../../api/dto/common.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type {
  DistilledSet,
  StoredArray,
  Targets
} from '../methods/distillation/distillation-method.ts'
import type { ChangedLabels } from '../methods/distillation/label-compression/changed-labels.ts'
import { teacherModels } from '../methods/distillation/label-compression/teacher-labels.ts'
import { viewShares } from '../methods/distillation/label-compression/view-labels.ts'
import type { StudentRecipe } from '../networks/student-recipe.ts'
import { readArrayOf, writeArray } from '../selection/array-files.ts'
import { readJson } from './frozen-split.ts'
import { readStored, writeStored } from './stored-array-files.ts'

const Group = z.enum(['colour', 'crop', 'cutout', 'flip', 'scale', 'rotate'])

const Augmentation = z.strictObject({ groups: z.array(Group), mode: z.enum(['one', 'all']) })

/** {@link StudentRecipe} as JSON. */
export const RecipeFile = z.strictObject({
  optimizer: z.enum(['sgd', 'adamw']),
  rate: z.number(),
  momentum: z.number(),
  decay: z.number(),
  epochs: z.int(),
  batch: z.int(),
  schedule: z.enum(['drop-at-half', 'quarter-drops', 'cosine', 'none']),
  augment: Augmentation.nullable(),
  loss: z.enum(['cross-entropy', 'kl', 'squared-error']),
  temperature: z.number()
})

/** Where labels of changed items come from; the numbers lie among the stored arrays. */
const Changed = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('teacher'),
    network: z.strictObject({
      kind: z.enum(['convnet', 'mlp', 'resnet', 'linear']),
      width: z.number(),
      depth: z.number(),
      norm: z.enum(['instance', 'batch', 'none'])
    }),
    tau: z.number(),
    teacherShare: z.number()
  }),
  z.strictObject({
    kind: z.literal('views'),
    seed: z.int(),
    augmentation: Augmentation,
    passes: z.int(),
    batch: z.int(),
    keepOneOf: z.int()
  })
])

const SetFile = z.strictObject({
  form: z.enum(['rows', 'pixels', 'tiles', 'memories', 'latents', 'perturbed']),
  count: z.int().min(0),
  targets: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('hard') }),
    z.strictObject({ kind: z.literal('soft'), from: z.string(), changed: Changed.optional() }),
    z.strictObject({ kind: z.literal('values') })
  ]),
  hasValues: z.boolean(),
  hasSourceRows: z.boolean(),
  stored: z.array(
    z.strictObject({
      name: z.string(),
      part: z.enum(['items', 'labels', 'decoder', 'coefficients', 'teacher']),
      shape: z.array(z.int()),
      bytesEach: z.union([z.literal(1), z.literal(2), z.literal(4)]),
      /** Null when it lies nowhere: pixels of real items. */
      file: z.string().nullable()
    })
  ),
  student: RecipeFile,
  consumer: z.enum(['network', 'kernel', 'representation', 'pairs']),
  info: z.record(z.string(), Json),
  notes: z.array(z.string())
})

/** A stored array of a saved set; `values` is absent for pixels of real items. */
export interface SavedArray extends Omit<StoredArray, 'values'> {
  readonly values: StoredArray['values'] | undefined
}

/** A set as it lies on disk. `values` is absent where the items are real ones. */
export interface SavedSet extends Omit<DistilledSet, 'values' | 'stored' | 'student'> {
  readonly values: Float32Array | undefined
  readonly stored: readonly SavedArray[]
  readonly student: StudentRecipe
}

/** Info comes from methods as plain data; numbers JSON cannot hold become null. */
function plainInfo(info: Readonly<Record<string, unknown>>): Record<string, z.infer<typeof Json>> {
  const text = JSON.stringify(info, (_key, entry: unknown) =>
    ArrayBuffer.isView(entry) && 'length' in entry
      ? Array.from(entry as unknown as ArrayLike<number>)
      : entry
  )
  return z.record(z.string(), Json).parse(JSON.parse(text))
}

/** Writes a set durably into `folder`, which is replaced. */
export async function saveSet(folder: string, set: DistilledSet): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const isReal = set.form === 'rows' && set.sourceRows !== undefined
  await writeArray(join(folder, 'labels.npy'), set.labels)
  if (!isReal) await writeArray(join(folder, 'values.npy'), set.values)
  if (set.sourceRows !== undefined) await writeArray(join(folder, 'rows.npy'), set.sourceRows)
  if (set.targets.kind === 'soft') await writeArray(join(folder, 'targets.npy'), set.targets.shares)
  if (set.targets.kind === 'values')
    await writeArray(join(folder, 'targets.npy'), set.targets.values)
  const stored: z.infer<typeof SetFile>['stored'] = []
  for (const [index, array] of set.stored.entries()) {
    const file = isReal && array.part === 'items' ? null : `stored-${index}.npy`
    if (file !== null) await writeStored(join(folder, file), array)
    const { name, part, shape, bytesEach } = array
    stored.push({ name, part, shape: [...shape], bytesEach, file })
  }
  const { augment } = set.student
  const json: z.input<typeof SetFile> = {
    form: set.form,
    count: set.count,
    targets:
      set.targets.kind === 'soft'
        ? { kind: 'soft', from: set.targets.from, ...changedFile(set.targets.changed) }
        : { kind: set.targets.kind },
    hasValues: !isReal,
    hasSourceRows: set.sourceRows !== undefined,
    stored,
    student: {
      ...set.student,
      augment: augment === null ? null : { groups: [...augment.groups], mode: augment.mode }
    },
    consumer: set.consumer,
    info: plainInfo(set.info),
    notes: [...set.notes]
  }
  await writeFileAtomic(join(folder, 'set.json'), JSON.stringify(json))
}

/** Reads what {@link saveSet} wrote. Throws AppError "file-damaged" when a file is not sound. */
export async function loadSet(folder: string): Promise<SavedSet> {
  const file = await readJson(join(folder, 'set.json'), SetFile)
  const stored: SavedArray[] = []
  for (const { file: name, ...array } of file.stored)
    stored.push({
      ...array,
      values: name === null ? undefined : await readStored(join(folder, name))
    })
  return {
    form: file.form,
    count: file.count,
    values: file.hasValues ? await readArrayOf(join(folder, 'values.npy'), 'f4') : undefined,
    labels: await readArrayOf(join(folder, 'labels.npy'), 'i4'),
    targets: await readTargets(folder, file.targets, stored),
    ...(file.hasSourceRows
      ? { sourceRows: await readArrayOf(join(folder, 'rows.npy'), 'u4') }
      : {}),
    stored,
    student: file.student,
    consumer: file.consumer,
    info: file.info,
    notes: file.notes
  }
}

async function readTargets(
  folder: string,
  targets: z.infer<typeof SetFile>['targets'],
  stored: readonly SavedArray[]
): Promise<Targets> {
  if (targets.kind === 'hard') return targets
  const values = await readArrayOf(join(folder, 'targets.npy'), 'f4')
  if (targets.kind === 'values') return { kind: 'values', values }
  const { from, changed } = targets
  return {
    kind: 'soft',
    shares: values,
    from,
    ...(changed === undefined ? {} : { changed: changedOfFile(changed, stored) })
  }
}

/** The JSON part of what labels changed items; the numbers are stored arrays. */
function changedFile(changed: ChangedLabels | undefined): {
  readonly changed?: z.input<typeof Changed>
} {
  if (changed === undefined) return {}
  if (changed.kind === 'teacher') {
    const { kind, network, tau, teacherShare } = changed
    return { changed: { kind, network: { ...network }, tau, teacherShare } }
  }
  const { kind, seed, augmentation, passes, batch, keepOneOf } = changed
  const { groups, mode } = augmentation
  return {
    changed: { kind, seed, augmentation: { groups: [...groups], mode }, passes, batch, keepOneOf }
  }
}

function changedOfFile(
  changed: z.infer<typeof Changed>,
  stored: readonly SavedArray[]
): ChangedLabels {
  return changed.kind === 'teacher'
    ? { ...changed, models: teacherModels(stored) }
    : { ...changed, shares: viewShares(stored) }
}
