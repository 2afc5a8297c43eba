// What is still known after every stage: a new check model learns from what was kept so far and names
// validation items of all labels so far. Beside memories stand real items of the same bytes.
import { inputSize, type InputShape } from '../../../networks/network.ts'
import type { Random } from '../../../compute/random.ts'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { DistillationInputs, DistilledSet } from '../distillation-method.ts'
import { chooseRows } from '../real-items/choose-rows.ts'
import { percent, type ReadyTable } from '../soft-labels/tables.ts'
import { keepStage, stageInputs, type StageMemory } from './continual.ts'

/** What is kept of a stage, in the order of the table's columns. */
export const keptKinds = ['memories', 'random', 'herding'] as const
export type KeptKind = (typeof keptKinds)[number]

const kindNames: Readonly<Record<KeptKind, string>> = {
  memories: 'This set',
  random: 'Random items, equal bytes',
  herding: 'Same average (herding), equal bytes'
}

/** Items of a label that herding looks at, at most. */
const mostHerded = 2000

/**
 * Real items of each label in the bytes of a stage's memory: a byte for a colour of a pixel, four for
 * another number, one for the label; at least one item.
 */
export function equalItems(
  { stored }: Pick<DistilledSet, 'stored'>,
  { height, width, channels }: InputShape,
  classes: number
): number {
  const bytes = stored.reduce((sum, { values, bytesEach }) => sum + values.length * bytesEach, 0)
  const each = inputSize({ height, width, channels }) * (height * width === 1 ? 4 : 1) + 1
  return Math.max(1, Math.floor(bytes / (each * classes)))
}

/** What a kind keeps of a stage. All randomness comes from `random`. */
export async function keptOf(
  kind: KeptKind,
  inputs: DistillationInputs,
  stage: readonly number[],
  set: DistilledSet,
  { tf, random, signal }: { tf: TensorFlow; random: Random; signal: AbortSignal }
): Promise<StageMemory> {
  if (kind === 'memories') return keepStage(stage, set)
  const { train, classNames } = stageInputs(inputs, stage)
  const perClass = equalItems(set, inputs.shape, stage.length)
  const choosing = { tf, random: random.fork(kind), signal, most: mostHerded }
  const choice = chooseRows(choosing, train, classNames, perClass, kind)
  let step = await choice.next()
  while (step.done !== true) step = await choice.next()
  const rows = concatRows(step.value)
  return keepStage(stage, {
    values: train.read(rows),
    labels: Int32Array.from(rows, (row) => train.labels[row])
  })
}

function concatRows(parts: readonly Uint32Array[]): Uint32Array {
  return Uint32Array.from(parts.flatMap((part) => Array.from(part)))
}

/** Accuracy of the kinds after every stage; NaN where it is not known. */
export function stageTable(
  stages: readonly (readonly number[])[],
  classNames: readonly string[],
  accuracyOf: (kind: KeptKind, stage: number) => number
): ReadyTable {
  return {
    title: 'What is known after each stage',
    help:
      'Labels came one group after the other, and the data of earlier stages was not looked at again. After each ' +
      'stage a new check model learns from what was kept of all stages so far, and names validation items of all ' +
      'labels so far. Random items and those of the same average take as many bytes as what this set keeps.',
    header: ['Stage', 'New labels', ...keptKinds.map((kind) => kindNames[kind])],
    rows: stages.map((labels, stage) => [
      stage + 1,
      labels.map((label) => classNames[label]).join(', '),
      ...keptKinds.map((kind) => percent(accuracyOf(kind, stage)))
    ])
  }
}
