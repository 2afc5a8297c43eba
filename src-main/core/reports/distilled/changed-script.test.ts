// Exported labels of changed pictures in Python: helper models and views are what they were in the app,
// and train.py reaches the accuracy of our own students with them. Skipped without torch.
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import { createRandom } from '../../compute/random.ts'
import { judge } from '../../evaluation/distilled/judge.ts'
import { openFastDevice } from '../../evaluation/models/models.test-support.ts'
import { bakeViews } from '../../methods/distillation/label-compression/bake-views.ts'
import { labellerOf } from '../../methods/distillation/label-compression/changed-labels.ts'
import {
  createTeacher,
  readTeacher,
  type TeacherLabels
} from '../../methods/distillation/label-compression/teacher-labels.ts'
import {
  planViews,
  viewedValues,
  type ViewLabels,
  type ViewPlan
} from '../../methods/distillation/label-compression/view-labels.ts'
import { viewTable } from '../../methods/distillation/label-compression/view-table.ts'
import { createNetwork } from '../../networks/create-network.ts'
import { trainExpertsInMemory } from '../../networks/expert-memory.ts'
import type { NetworkSpec } from '../../networks/network.ts'
import { smallPictures } from '../../networks/picture-sample.test-support.ts'
import { photoAugmentation } from '../../networks/siamese-augmentation.ts'
import { plainStudent, type StudentRecipe } from '../../networks/student-recipe.ts'
import { helperTensors } from './helper-tensors.ts'
import { tensorsOf, viewTensors, writeNpz, type NamedTensor } from './tensors.ts'
import { pythonWith } from './tiny-export.test-support.ts'
import { recipeWords, trainingScript } from './training-script.ts'

const withTorch = pythonWith('numpy', 'torch')
const breathe = (): Promise<void> => Promise.resolve()
const { signal } = new AbortController()
const pictures = smallPictures(3, { train: 6, test: 60, validation: 4, channels: 3 })
const { shape, classes, classNames, normalisation } = pictures
const labels = pictures.train.labels
const values = pictures.train.read(Uint32Array.from(labels.keys()))
const spec: NetworkSpec = { kind: 'convnet', width: 6, depth: 2, norm: 'instance' }
const augmented: StudentRecipe = {
  ...plainStudent,
  ...{ rate: 0.05, epochs: 40, batch: 12, schedule: 'cosine' },
  augment: { groups: ['colour', 'crop', 'cutout', 'scale', 'rotate'], mode: 'one' }
}
const all = { ...photoAugmentation, mode: 'all' } as const
const plan: ViewPlan = { seed: 4, augmentation: all, passes: 20, batch: 12, keepOneOf: 2 }

let device: Device
let teacher: TeacherLabels
let views: ViewLabels
let said: Float32Array
beforeAll(async () => {
  await enableGradients()
  device = await openFastDevice()
  teacher = await helper('instance')
  views = await bakeViews(device.tf, teacher, plan, { values, labels }, { shape, classes }, signal)
  said = ask(teacher)
})
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-changed-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A helper model trained on many more pictures of the same kind. */
async function helper(norm: 'instance' | 'batch'): Promise<TeacherLabels> {
  const many = smallPictures(3, { train: 60, test: 4, validation: 20, channels: 3 })
  const own = { ...spec, norm }
  const request = {
    ...{ network: own, count: 1, epochs: 8, firstEpochParts: 0, rate: 0.05, momentum: 0.9 },
    ...{ decay: 0, batch: 16, augment: null, sharpness: 0 }
  }
  const network = createNetwork(own, shape, classes)
  const context = { random: createRandom(1), signal, device }
  const source = await trainExpertsInMemory(context, network, request, many.train, many.validation)
  return readTeacher(source, source.moments[0].length - 1, 1, { tau: 0.5, teacherShare: 1 })
}

function ask(asked: TeacherLabels): Float32Array {
  const opened = createTeacher(device.tf, asked, shape, classes)
  const shares = opened.shares(values, labels)
  opened.dispose()
  return shares
}

type ScriptSet = Parameters<typeof trainingScript>[0] & { readonly labels: Int32Array }

function setOf(changed: TeacherLabels | ViewLabels, student = augmented): ScriptSet {
  // The rest of a result says nothing about numbers.
  const result = { classNames, picture: shape, check: null, network: '' }
  return {
    result: result as unknown as ScriptSet['result'],
    facts: { shape, normalisation },
    network: spec,
    student,
    targets: { kind: 'soft', shares: said, from: 'x', changed },
    form: 'rows',
    count: labels.length,
    consumer: 'network',
    labels
  }
}

function python(script: string): unknown {
  const limits = { cwd: folder, timeout: 120_000, maxBuffer: 1 << 26 }
  return JSON.parse(execFileSync(withTorch ?? '', ['-c', script], limits).toString())
}

const load = (at: string): string => `
spec = importlib.util.spec_from_file_location('train', '${at}/train.py')
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)`

/** Writes a set into a folder of its own, as an export does. */
async function write(name: string, set: ScriptSet): Promise<void> {
  const place = join(folder, name)
  await mkdir(place)
  await writeNpz(place, 'train.npz', tensorsOf(set, values), classNames, breathe)
  const helpers = helperTensors(set)
  if (helpers.length > 0) await writeNpz(place, 'helper.npz', helpers, classNames, breathe)
  if (set.targets.kind === 'soft' && set.targets.changed?.kind === 'views') {
    const table = viewTensors(viewTable(set.targets.changed, labels.length, shape), classes)
    await writeNpz(place, 'views.npz', table, classNames, breathe)
  }
  await writeFile(join(place, 'train.py'), trainingScript(set) ?? '')
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length
const spread = (list: readonly number[]): number =>
  Math.sqrt(list.reduce((sum, one) => sum + (one - mean(list)) ** 2, 0) / (list.length - 1))

describe('words about changed pictures', () => {
  it('say who labels them', () => {
    expect(recipeWords(setOf(teacher), 'x')[3]).toContain('helper model (helper.npz)')
    expect(recipeWords(setOf(views), 'x')[3]).toContain('views.npz')
    const still = setOf(teacher, { ...augmented, augment: null })
    expect(recipeWords(still, 'x')[3]).toContain("the set's own labels")
    expect(trainingScript(still)).not.toContain('helper')
  })
})

describe.skipIf(withTorch === undefined)('labels of changed pictures in PyTorch', () => {
  it('are those of the same helper model, and of the same views', async () => {
    const batch = await helper('batch')
    const dense = { ...spec, kind: 'mlp', width: 7, depth: 1, norm: 'none' } as const
    const network = createNetwork(dense, shape, classes)
    const weights = network.start(createRandom(3)).flatMap((own) => [...own])
    const mlp: TeacherLabels = {
      ...{ kind: 'teacher', network: dense, tau: 2, teacherShare: 0.5 },
      models: [{ parameters: Float32Array.from(weights), statistics: new Float32Array(0) }]
    }
    const asked = [teacher, batch, mlp]
    for (const [at, one] of asked.entries()) await write(`case${at}`, setOf(one))
    await write('views', setOf(views))
    const found = python(`
import importlib.util, json, numpy as np, torch
torch.set_num_threads(1)
out = []
for case in range(${asked.length}):
    ${load('case%d').trim().replaceAll('\n', '\n    ').replace("'case%d/train.py'", "'case%d/train.py' % case")}
    data = np.load('case%d/train.npz' % case)
    x = program.as_input(data['images'])
    out.append(program.asked(program.helper_models(), x, torch.from_numpy(data['labels'])).flatten().tolist())
${load('views')}
views, x = dict(np.load('views/views.npz')), program.as_input(np.load('views/train.npz')['images'])
seen = [program.view(views, x, step) for step in range(3)]
print(json.dumps([out, [s.permute(0, 2, 3, 1).flatten().tolist() for s, _ in seen], [w.flatten().tolist() for _, w in seen]]))`) as [
      number[][],
      number[][],
      number[][]
    ]
    const [shares, looks, wanted] = found
    asked.forEach((one, at) => {
      const ours = ask(one)
      // Dense weights here are not rounded before they are stored.
      shares[at].forEach((share, i) => expect(share).toBeCloseTo(ours[i], one === mlp ? 2 : 4))
    })
    const drawn = planViews(plan, labels.length)
    for (let step = 0; step < 3; step++) {
      const view = drawn.batch(drawn.placeAt(step), shape)
      const ours = viewedValues(values, view, shape)
      expect(looks[step]).toHaveLength(ours.length)
      looks[step].forEach((value, i) => expect(value).toBeCloseTo(ours[i], 3))
      wanted[step].forEach((share, i) =>
        expect(share).toBeCloseTo(views.shares[view.first * classes + i], 3)
      )
    }
  }, 120_000)

  it('teach a student in train.py as much as our own', async () => {
    const { test } = pictures
    const held: NamedTensor[] = [
      {
        name: 'images',
        shape: [test.count, shape.height, shape.width, shape.channels],
        values: test.read(Uint32Array.from(test.labels.keys()))
      },
      { name: 'labels', shape: [test.count], values: BigInt64Array.from(test.labels, BigInt) }
    ]
    await writeNpz(folder, 'test.npz', held, classNames, breathe)
    const sets = [
      setOf(teacher),
      setOf(teacher, { ...augmented, loss: 'kl', temperature: 4, rate: 0.02 }),
      setOf(views, { ...augmented, augment: all, epochs: 80 })
    ]
    for (const [at, set] of sets.entries()) await write(`set${at}`, set)
    const seeds = [1, 2, 3]
    const theirs = python(`
import importlib.util, json, torch
torch.set_num_threads(1)
out = []
for at in range(${sets.length}):
    ${load('set%d').trim().replaceAll('\n', '\n    ').replace("'set%d/train.py'", "'set%d/train.py' % at")}
    out.append([program.accuracy(program.train(seed), 'test.npz') for seed in ${JSON.stringify(seeds)}])
print(json.dumps(out))`) as number[][]
    const network = createNetwork(spec, shape, classes)
    for (const [at, set] of sets.entries()) {
      const changed = set.targets.kind === 'soft' ? set.targets.changed : undefined
      const own = labellerOf(changed, labels, { shape, classes })
      const items = { values, count: labels.length, targets: said, ...own }
      const ours: number[] = []
      for (const seed of seeds)
        ours.push(
          await judge(device, { items, recipe: set.student, network, seed, rows: test }, signal)
        )
      const there = theirs[at]
      const error = Math.sqrt((spread(ours) ** 2 + spread(there) ** 2) / seeds.length)
      expect(mean(ours), `set ${at}`).toBeGreaterThan(0.4)
      expect(Math.abs(mean(ours) - mean(there)), `set ${at}: ${ours} and ${there}`).toBeLessThan(
        4 * error + 0.01
      )
    }
  }, 180_000)
})
