// One cell of the distillation grid: a method makes a set, students learn from it and are asked about
// the test pictures. Test pictures take part in nothing else.
import type { Device } from '../../../src-main/core/compute/devices/device.ts'
import { enableGradients } from '../../../src-main/core/compute/devices/gradients.ts'
import { createRandom, hashString } from '../../../src-main/core/compute/random.ts'
import { mean } from '../../../src-main/core/compute/statistics.ts'
import { ledgerBytes, ledgerOf } from '../../../src-main/core/distillation/ledger.ts'
import { chooseTypical } from '../../../src-main/core/evaluation/distilled/chosen-items.ts'
import {
  allDataRecipe,
  judge,
  plainRecipe
} from '../../../src-main/core/evaluation/distilled/judge.ts'
import { drawPerClass } from '../../../src-main/core/evaluation/distilled/random-items.ts'
import type {
  DistillationInputs,
  DistillationMethod,
  DistilledSet,
  Effort
} from '../../../src-main/core/methods/distillation/distillation-method.ts'
import {
  changedOf,
  labellerOf
} from '../../../src-main/core/methods/distillation/label-compression/changed-labels.ts'
import { createNetwork } from '../../../src-main/core/networks/create-network.ts'
import { kernelAccuracy, kernelOf } from '../../../src-main/core/networks/kernel-model.ts'
import type { NetworkSpec } from '../../../src-main/core/networks/network.ts'
import { oneHotShares } from '../../../src-main/core/networks/normalisation.ts'
import { plainStudent, type StudentRecipe } from '../../../src-main/core/networks/student-recipe.ts'
import type { StudentItems } from '../../../src-main/core/networks/train-student.ts'
import type { Cell } from './cells.ts'
import { classNames, normalisation, shape, type BenchData } from './data.ts'
import { helpersFor } from './helpers.ts'

export interface Setting {
  readonly device: Device
  readonly data: BenchData
  readonly network: NetworkSpec
  readonly effort: Effort
  /** Students of each set. */
  readonly students: number
  /** Epochs of a student at most. */
  readonly mostEpochs: number
  /** Parameters that replace those of the effort, by method. */
  readonly params: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly helperFolder: string
}

const signal = new AbortController().signal
const classes = classNames.length

/** What students reach, and how long one takes. */
async function students(
  { device, data, network, students: count, mostEpochs }: Setting,
  items: StudentItems,
  recipe: StudentRecipe,
  seed: number
): Promise<{ readonly accuracy01: number; readonly seconds: number; readonly epochs: number }> {
  const epochs = Math.min(recipe.epochs, mostEpochs)
  const start = performance.now()
  const shares: number[] = []
  for (let student = 0; student < count; student++)
    shares.push(
      await judge(
        device,
        {
          items,
          recipe: { ...recipe, epochs },
          network: createNetwork(network, shape, classes),
          seed: hashString(`student ${student}`, seed),
          rows: data.test
        },
        signal
      )
    )
  return { accuracy01: mean(shares), seconds: (performance.now() - start) / 1000 / count, epochs }
}

/** Random real pictures, those typical of their label, or all of them, learned with plain labels. */
export async function measureReal(
  setting: Setting,
  method: 'random' | 'typical' | 'all',
  perClass: number,
  seed: number
): Promise<Cell> {
  const { train } = setting.data
  const rows =
    method === 'all'
      ? Uint32Array.from({ length: train.count }, (_, row) => row)
      : method === 'typical'
        ? await chooseTypical({ ...train, classes }, perClass, signal)
        : drawPerClass(train.labels, classes, perClass, seed)
  const labels = Int32Array.from(rows, (row) => train.labels[row])
  const items = {
    values: train.read(rows),
    count: rows.length,
    targets: oneHotShares(labels, classes)
  }
  const recipe = method === 'all' ? allDataRecipe(plainStudent, rows.length) : plainStudent
  const { accuracy01, seconds, epochs } = await students(setting, items, recipe, seed)
  return {
    seed,
    perClass,
    method,
    version: 1,
    own01: accuracy01,
    plain01: accuracy01,
    kernel01: null,
    items: rows.length,
    bytes: rows.length * (shape.height * shape.width + 1),
    epochs,
    makeSeconds: 0,
    helperSeconds: 0,
    studentSeconds: seconds,
    consumer: 'network',
    device: setting.device.name
  }
}

/** A method's parameters at the effort. Throws what its schema finds wrong. */
function paramsOf(method: DistillationMethod, { effort, params }: Setting) {
  return method.params.parse({ ...method.efforts[effort], ...params[method.id] })
}

/** A method's set and its students. */
export async function measureMethod(
  setting: Setting,
  method: DistillationMethod,
  perClass: number,
  seed: number
): Promise<Cell> {
  const { device, data, network, helperFolder } = setting
  await enableGradients()
  const params = paramsOf(method, setting)
  const trainItems = data.train.count
  const asked = { data: 'pictures', shape, classes, trainItems, perClass, network } as const
  const request = method.experts(asked, params)
  const helpers =
    request === undefined ? undefined : await helpersFor(helperFolder, device, request, data)
  const inputs: DistillationInputs = {
    data: 'pictures',
    shape,
    normalisation,
    classNames,
    train: data.train,
    validation: data.validation,
    perClass,
    network,
    ...(helpers === undefined ? {} : { experts: helpers.source })
  }
  const start = performance.now()
  const random = createRandom(seed).fork(method.id)
  const steps = method.run({ random, seed, signal, device, resume: undefined }, inputs, params)
  let step = await steps.next()
  while (step.done !== true) step = await steps.next()
  const makeSeconds = (performance.now() - start) / 1000
  const set = step.value
  const kernel = kernelOf(set)
  const own = await students(setting, itemsOf(setting, method, set, true, seed), set.student, seed)
  const plain =
    set.targets.kind === 'hard'
      ? own
      : await students(
          setting,
          itemsOf(setting, method, set, false, seed),
          plainRecipe(set.student),
          seed
        )
  return {
    seed,
    perClass,
    method: method.id,
    version: method.version,
    own01: own.accuracy01,
    plain01: plain.accuracy01,
    kernel01:
      kernel === undefined
        ? null
        : await kernelAccuracy(
            device.tf,
            itemsOf(setting, method, set, true, seed),
            kernel,
            data.test,
            signal
          ),
    items: set.count,
    bytes: ledgerBytes(ledgerOf(set.stored)),
    epochs: own.epochs,
    makeSeconds,
    helperSeconds: helpers?.seconds ?? 0,
    studentSeconds: own.seconds,
    consumer: set.consumer,
    device: device.name
  }
}

/** Items of a set as students take them; sets of distributions give new ones in every pass. */
function itemsOf(
  { device }: Setting,
  method: DistillationMethod,
  set: DistilledSet,
  withOwnLabels: boolean,
  seed: number
): StudentItems {
  const { values, count, targets, labels } = set
  const plain = oneHotShares(labels, classes)
  const own =
    targets.kind === 'soft' ? targets.shares : targets.kind === 'values' ? targets.values : plain
  const asked = withOwnLabels ? changedOf(targets) : undefined
  const items = {
    values,
    count,
    targets: withOwnLabels ? own : plain,
    ...labellerOf(asked, labels, { shape, classes })
  }
  const { sample } = method
  if (set.form !== 'latents' || sample === undefined) return items
  const random = createRandom(seed).fork('fresh items')
  return {
    ...items,
    fresh: (pass) => sample(device, set, shape, random.fork(`items of pass ${pass}`))
  }
}
