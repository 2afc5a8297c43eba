// Winnow's side of the benchmark at LLaVA's size, a process of its own so that its most memory is its
// own: ICONS through the product's compute task. Prints one JSON line; leaves the votes, the picks and
// (with its own head) the head in the folder. Usage: node icons-llava-child.ts FOLDER FORM SETTINGS
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { matrixStamp, type MatrixPlace } from '../../src-main/core/matrices/matrix-rows.ts'
import type { MethodCheckpoint, TargetTask, TaskPart } from '../../src-main/core/methods/method.ts'
import { selectionMethods } from '../../src-main/core/methods/registry.ts'
import { createSelectTask } from '../../src-main/core/selection/select-task.ts'

interface Settings {
  readonly rows: number
  /** Sub-tasks of every task. */
  readonly parts: readonly number[]
  readonly gradients: { readonly columns: number; readonly examples: number }
  readonly head: { readonly columns: number; readonly classes: number; readonly examples: number }
  readonly cores: number
}

const [folder, form, text] = process.argv.slice(2)
const settings = JSON.parse(text) as Settings
const { rows, parts, cores } = settings
const isHead = form === 'head'
const at = (name: string): string => join(folder, name)
const floats = (name: string): Float32Array =>
  new Float32Array(new Uint8Array(readFileSync(at(name))).buffer)
const ints = (name: string): Int32Array =>
  new Int32Array(new Uint8Array(readFileSync(at(name))).buffer)

function gradientTasks(): TargetTask[] {
  const { columns, examples } = settings.gradients
  const all = floats('gradient-examples')
  let next = 0
  return parts.map((count, task): TargetTask => ({
    name: `Task ${task + 1}`,
    importance: 'normal',
    parts: Array.from({ length: count }, (_, part): TaskPart => {
      const from = next++ * examples * columns
      return {
        name: `part ${part + 1}`,
        features: new Float32Array(examples * 8),
        labels: new Int32Array(examples).fill(-1),
        gradients: [all.slice(from, from + examples * columns)]
      }
    })
  }))
}

function headTasks(): TargetTask[] {
  const { columns } = settings.head
  const labels = ints('head-labels')
  const values = floats('head-examples')
  const each = labels.length / parts.length
  return parts.map((_, task): TargetTask => ({
    name: `Task ${task + 1}`,
    importance: 'normal',
    parts: [
      {
        name: 'examples',
        features: values.slice(task * each * columns, (task + 1) * each * columns),
        labels: labels.slice(task * each, (task + 1) * each)
      }
    ]
  }))
}

function place(): MatrixPlace {
  const path = at('gradients.npy')
  const stamp = matrixStamp(statSync(path), 'link', 'bench')
  const { columns } = settings.gradients
  const dtype = 'float16'
  return { name: 'gradients', path, array: '', rows, columns, dtype, storage: 'link', stamp }
}

/** What the peer goes on from: it compares the scoring, not the training of a head. */
function keepHead({ arrays }: MethodCheckpoint): void {
  for (const name of ['weights', 'center', 'inverseScale'])
    writeFileSync(at(`head-${name}`), new Uint8Array(arrays[name].slice().buffer))
}

const { device } = await openDevice('native')
device.setCores?.(cores)
const classes = isHead ? settings.head.classes : 0
const run = createSelectTask(selectionMethods).run(
  {
    method: 'icons',
    // The paper's form.
    params: isHead ? { balance: 'none', subTasks: 'none' } : {},
    featuresPath: at(isHead ? 'features.npy' : 'fingerprints.npy'),
    rows: Uint32Array.from({ length: rows }, (_, row) => row),
    labels: isHead ? ints('labels') : new Int32Array(rows).fill(-1),
    classNames: Array.from({ length: classes }, (_, label) => `class ${label}`),
    tasks: isHead ? headTasks() : gradientTasks(),
    textsPath: undefined,
    sources: undefined,
    gradients: isHead ? [] : [{ name: 'checkpoint-500', place: place() }],
    given: undefined,
    givenBy: undefined,
    budget: Math.floor(rows / 5),
    seed: 0,
    device: 'native',
    resume: undefined
  },
  {
    signal: new AbortController().signal,
    device: () => Promise.resolve(device),
    cores,
    transfer: () => undefined
  }
)
const began = performance.now()
let scoringFrom = began
let scoredAt: number | undefined
let step = await run.next()
for (; step.done !== true; step = await run.next()) {
  const { checkpoint, phase } = step.value
  if (checkpoint?.step === 'warm-up') keepHead(checkpoint)
  if (checkpoint?.step === 'scores') scoredAt = performance.now()
  if (phase !== 'Scoring' && scoredAt === undefined) scoringFrom = performance.now()
}
if (scoredAt === undefined) throw new Error('nothing was scored')
const ended = performance.now()
const { selection } = step.value
writeFileSync(at('votes'), new Uint8Array(selection.columns['voteMask'].slice().buffer))
writeFileSync(at('picks'), new Uint8Array(selection.order.slice(0, selection.got).buffer))
console.log(
  JSON.stringify({
    about: `${device.name}, ${cores} cores`,
    scoring: (scoredAt - scoringFrom) / 1000,
    voting: (ended - scoredAt) / 1000,
    seconds: (ended - began) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024
  })
)
