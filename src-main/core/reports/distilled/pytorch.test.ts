// Exported numbers and programs in Python: NumPy reads what was written, and the exported PyTorch
// program reaches the accuracy of our own students. Skipped where python3, NumPy or torch is missing.
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import { explainedScorer } from '../../evaluation/distilled/explained.ts'
import { judge } from '../../evaluation/distilled/judge.ts'
import { openFastDevice } from '../../evaluation/models/models.test-support.ts'
import { memoryCode } from '../../methods/distillation/addressable-memories/memory.ts'
import type { LabelledRows } from '../../methods/distillation/distillation-method.ts'
import { createNetwork } from '../../networks/create-network.ts'
import type { NetworkSpec } from '../../networks/network.ts'
import { smallPictures } from '../../networks/picture-sample.test-support.ts'
import { plainStudent, type StudentRecipe } from '../../networks/student-recipe.ts'
import { pythonWith } from './tiny-export.test-support.ts'
import { tensorsOf, writeNpyFile, writeNpz, writeSafetensors, type NamedTensor } from './tensors.ts'
import { memoryScript } from './tiny-read-me.ts'
import type { TinySet } from './tiny-set.ts'
import { trainingScript } from './training-script.ts'

const withNumpy = pythonWith('numpy')
const withTorch = pythonWith('numpy', 'torch')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-pytorch-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const breathe = (): Promise<void> => Promise.resolve()
const pictures = smallPictures(3, { train: 20, test: 60 })
const every = Uint32Array.from({ length: pictures.train.count }, (_, i) => i)
const values = pictures.train.read(every)

type Targets = TinySet['targets']
type ScriptSet = Parameters<typeof trainingScript>[0] & Pick<TinySet, 'labels'>

/** A set of these pictures; only what numbers and programs look at. */
function setOf(network: NetworkSpec, student: StudentRecipe, targets: Targets): ScriptSet {
  const { shape, normalisation, classNames } = pictures
  // The rest of a result says nothing about numbers.
  const result = {
    classNames,
    picture: shape,
    check: null,
    network: ''
  } as unknown as ScriptSet['result']
  return {
    result,
    facts: { shape, normalisation },
    network,
    student,
    targets,
    form: 'pixels',
    consumer: 'network',
    count: pictures.train.count,
    labels: pictures.train.labels
  }
}

/** count x classes with one number at the label and another elsewhere. */
function table(own: number, others: number): Float32Array {
  const out = new Float32Array(4 * every.length).fill(others)
  pictures.train.labels.forEach((label, item) => (out[4 * item + label] = own))
  return out
}

function python(program: string, script: string, ...args: readonly string[]): string {
  const limits = { cwd: folder, timeout: 120_000, maxBuffer: 1 << 26 }
  return execFileSync(program, ['-c', script, ...args], limits).toString()
}

const convnet: NetworkSpec = { kind: 'convnet', width: 8, depth: 2, norm: 'instance' }

describe.skipIf(withNumpy === undefined)('numbers in Python', () => {
  it('are in .npy, .npz and safetensors as they were, with shapes and names', async () => {
    const set = setOf(convnet, plainStudent, { kind: 'soft', shares: table(0.7, 0.1), from: 'x' })
    const tensors = tensorsOf(set, values)
    const names = ['bar', 'pöle', 'box', '"cross"']
    await writeNpz(folder, 'train.npz', tensors, names, breathe)
    await writeSafetensors(folder, 'train.safetensors', tensors, { classes: 'ä' }, breathe)
    for (const tensor of tensors)
      await writeNpyFile(folder, `arrays/${tensor.name}.npy`, tensor, breathe)
    const script = `
import json, numpy as np
npz = np.load('train.npz')
raw = open('train.safetensors', 'rb').read()
length = int.from_bytes(raw[:8], 'little')
head = json.loads(raw[8:8 + length])
kinds = {'F32': np.float32, 'I64': np.int64}
out = {'classes': npz['classes'].tolist(), 'metadata': head.pop('__metadata__'), 'aligned': length % 8, 'end': max(e['data_offsets'][1] for e in head.values()) + 8 + length - len(raw)}
for name, entry in head.items():
    a, b = entry['data_offsets']
    safe = np.frombuffer(raw[8 + length + a:8 + length + b], kinds[entry['dtype']]).reshape(entry['shape'])
    assert (npz[name] == safe).all() and (np.load('arrays/%s.npy' % name) == safe).all()
    out[name] = [list(safe.shape), safe.astype(float).flatten().tolist()]
print(json.dumps(out))`
    const read = JSON.parse(python(withNumpy ?? '', script)) as Record<string, unknown>
    expect(read).toMatchObject({ classes: names, metadata: { classes: 'ä' }, aligned: 0, end: 0 })
    for (const { name, shape, values } of tensors)
      expect(read[name]).toEqual([shape, Array.from(values as ArrayLike<number | bigint>, Number)])
  })

  it('of a memory make the items that students saw', async () => {
    const shape = { height: 12, width: 10, channels: 3 }
    const plan = { bases: 5, shrink: 2, slots: 3, numbers: 0 }
    const random = createRandom(8)
    const numbers = (count: number): Float32Array =>
      Float32Array.from({ length: count }, () => random.normal())
    const memory = { bases: numbers(5 * 6 * 5 * 3), coefficients: numbers(2 * 3 * 5) }
    const bases: NamedTensor = { name: 'bases', shape: [5, 6, 5, 3], values: memory.bases }
    const mix: NamedTensor = { name: 'mix', shape: [2, 3, 5], values: memory.coefficients }
    await writeNpyFile(folder, 'parts/bases.npy', bases, breathe)
    await writeNpyFile(folder, 'parts/coefficients.npy', mix, breathe)
    const script = `${memoryScript({ facts: { shape, normalisation: { mean: [], sd: [] } } })}
import json
print(json.dumps([list(images.shape), images.astype(float).flatten().tolist()]))`
    const [sides, made] = JSON.parse(python(withNumpy ?? '', script)) as [number[], number[]]
    expect(sides).toEqual([6, 12, 10, 3])
    const ours = memoryCode(plan, shape, 2).decode(memory)
    expect(made).toHaveLength(ours.length)
    made.forEach((value, i) => expect(value).toBeCloseTo(ours[i], 4))
  })
})

const cases: Readonly<Record<string, ScriptSet>> = {
  'plain labels, SGD, changed pictures': setOf(
    convnet,
    {
      ...plainStudent,
      ...{ rate: 0.05, epochs: 60, batch: 16 },
      augment: { groups: ['colour', 'crop', 'cutout', 'scale', 'rotate', 'flip'], mode: 'one' }
    },
    { kind: 'hard' }
  ),
  'richer labels, AdamW': setOf(
    { ...convnet, norm: 'batch' },
    {
      ...plainStudent,
      ...{ optimizer: 'adamw', rate: 0.01, decay: 0.01, epochs: 25, batch: 16, schedule: 'cosine' },
      ...{ loss: 'kl', temperature: 2 }
    },
    { kind: 'soft', shares: table(0.7, 0.1), from: 'x' }
  ),
  'free numbers, dense layers': setOf(
    { kind: 'mlp', width: 32, depth: 1, norm: 'none' },
    {
      ...plainStudent,
      ...{ rate: 0.05, epochs: 60, batch: 16, schedule: 'quarter-drops', loss: 'squared-error' }
    },
    { kind: 'values', values: table(0.75, -0.25) }
  )
}

/** Two numbers for each picture that a model has to foretell: none of them is a label. */
function likeness(rows: LabelledRows): Float32Array {
  const read = rows.read(Uint32Array.from({ length: rows.count }, (_, i) => i))
  const size = read.length / rows.count
  const half = (from: number, row: number): number =>
    read
      .subarray(row * size + from, row * size + from + size / 2)
      .reduce((sum, value) => sum + (2 * value) / size, 0)
  return Float32Array.from({ length: 2 * rows.count }, (_, i) =>
    half((i % 2) * (size / 2), Math.floor(i / 2))
  )
}

const seeds = [1, 2, 3, 4]

/** Our own students of a set: accuracy of each seed. */
async function ownAccuracies(set: ScriptSet): Promise<number[]> {
  const device = await openFastDevice()
  const { targets, student: recipe, count } = set
  const given =
    targets.kind === 'soft'
      ? targets.shares
      : targets.kind === 'values'
        ? targets.values
        : table(1, 0)
  const network = createNetwork(set.network, pictures.shape, 4)
  const items = { values, count, targets: given }
  const found: number[] = []
  for (const seed of seeds) {
    const asked = { items, recipe, network, seed, rows: pictures.test }
    found.push(await judge(device, asked, new AbortController().signal))
  }
  return found
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length
const spread = (list: readonly number[]): number =>
  Math.sqrt(list.reduce((sum, one) => sum + (one - mean(list)) ** 2, 0) / (list.length - 1))

describe.skipIf(withTorch === undefined)('the exported PyTorch program', () => {
  it('reaches the accuracy of our own students, for every kind of recipe', async () => {
    const { test, shape } = pictures
    const testRows = test.read(Uint32Array.from({ length: test.count }, (_, i) => i))
    const sides = [shape.height, shape.width, shape.channels]
    const labels = BigInt64Array.from(test.labels, (label) => BigInt(label))
    const held: NamedTensor[] = [
      { name: 'images', shape: [test.count, ...sides], values: testRows },
      { name: 'labels', shape: [test.count], values: labels }
    ]
    await writeNpz(folder, 'test.npz', held, ['x'], breathe)
    for (const [at, set] of Object.values(cases).entries()) {
      await mkdir(join(folder, `case${at}`))
      await writeNpz(folder, `case${at}/train.npz`, tensorsOf(set, values), ['x'], breathe)
      await writeFile(join(folder, `case${at}/train.py`), trainingScript(set) ?? '')
    }
    // Importing torch takes longer than the trainings: one process for all.
    const script = `
import importlib.util, json, sys, torch
torch.set_num_threads(1)
found = []
for case in range(${Object.keys(cases).length}):
    spec = importlib.util.spec_from_file_location('train', 'case%d/train.py' % case)
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    found.append([program.accuracy(program.train(seed), 'test.npz') for seed in ${JSON.stringify(seeds)}])
print(json.dumps(found))`
    const theirs = JSON.parse(python(withTorch ?? '', script)) as number[][]
    for (const [at, [name, set]] of Object.entries(cases).entries()) {
      const ours = await ownAccuracies(set)
      const there = theirs[at]
      const error = Math.sqrt((spread(ours) ** 2 + spread(there) ** 2) / seeds.length)
      expect(mean(ours), name).toBeGreaterThan(0.4)
      expect(Math.abs(mean(ours) - mean(there)), `${name}: ${ours} and ${there}`).toBeLessThan(
        4 * error + 0.01
      )
    }
  }, 180_000)

  it('of a set without labels foretells as much as our own students', async () => {
    const { test, shape, train } = pictures
    const recipe: StudentRecipe = {
      ...plainStudent,
      ...{ rate: 0.1, epochs: 80, batch: 40, schedule: 'cosine', loss: 'squared-error' }
    }
    const targets: Targets = { kind: 'values', values: likeness(train) }
    const set: ScriptSet = {
      ...setOf({ kind: 'mlp', width: 24, depth: 1, norm: 'none' }, recipe, targets),
      consumer: 'representation'
    }
    const truth = likeness(test)
    const testRows = test.read(Uint32Array.from({ length: test.count }, (_, i) => i))
    const sides = [shape.height, shape.width, shape.channels]
    const held: NamedTensor[] = [
      { name: 'images', shape: [test.count, ...sides], values: testRows },
      { name: 'targets', shape: [test.count, 2], values: truth }
    ]
    await writeNpz(folder, 'test.npz', held, ['x'], breathe)
    await writeNpz(folder, 'train.npz', tensorsOf(set, values), ['x'], breathe)
    await writeFile(join(folder, 'train.py'), trainingScript(set) ?? '')
    const options = { cwd: folder, timeout: 120_000 }
    const said = execFileSync(withTorch ?? '', ['train.py', 'test.npz', '3'], options).toString()
    const theirs = Number(/^explained: ([\d.]+) %\n$/.exec(said)?.[1]) / 100
    const asked = { items: { values, count: train.count, targets: targets.values }, recipe }
    const network = createNetwork(set.network, shape, 2)
    const scorer = explainedScorer(truth)
    const ours = await judge(
      await openFastDevice(),
      { ...asked, network, seed: 3, rows: test, scorer },
      new AbortController().signal
    )
    expect(ours).toBeGreaterThan(0.5)
    expect(Math.abs(ours - theirs), `${ours} and ${theirs}`).toBeLessThan(0.1)
  }, 180_000)

  it('runs from the command line on pictures as bytes, and keeps the model', async () => {
    const set = setOf(convnet, { ...plainStudent, rate: 0.05, epochs: 5 }, { kind: 'hard' })
    await writeNpz(folder, 'train.npz', tensorsOf(set, values), ['x'], breathe)
    await writeFile(join(folder, 'train.py'), trainingScript(set) ?? '')
    const { shape, trainPixels, train } = pictures
    const bytes: NamedTensor[] = [
      {
        name: 'images',
        shape: [train.count, shape.height, shape.width, shape.channels],
        values: trainPixels
      },
      { name: 'labels', shape: [train.count], values: train.labels }
    ]
    await writeNpz(folder, 'test.npz', bytes, ['x'], breathe)
    const options = { cwd: folder, timeout: 120_000 }
    const said = execFileSync(withTorch ?? '', ['train.py', 'test.npz', '3'], options).toString()
    expect(Number(/^right: ([\d.]+) %\n$/.exec(said)?.[1])).toBeGreaterThan(30)
    const loads = "import torch; print(len(torch.load('student.pt')))"
    expect(python(withTorch ?? '', loads).trim()).toBe('10')
  }, 180_000)
})
