// Recovery (SRe2L, Yin et al. 2023, with options of CDA, DWA and CV-DD): pictures made from what a helper
// model with batch normalisation remembers of the data.
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import { inputSize, type NetworkSpec } from '../../../networks/network.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import { plainStudent } from '../../../networks/student-recipe.ts'
import {
  defineDistillation,
  type DistillationContext,
  type DistillationInputs,
  type DistillationProgress,
  type DistillationShape,
  type DistilledSet
} from '../distillation-method.ts'
import { sharesOf } from '../label-compression/shares.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { madeSet, pictureRange } from '../matching/made-set.ts'
import { keepWithin } from '../matching/made-items.ts'
import { checkpointEvery } from '../matching/schedule.ts'
import { startValues } from '../matching/start-items.ts'
import { pickLabels } from '../real-items/pick-labels.ts'
import { mostValidation } from '../real-items/student-trials.ts'
import { createExpertLabels, meanMoments } from '../soft-labels/expert-labels.ts'
import { expertBatch, studentAugmentation, studentRates } from '../soft-labels/plan.ts'
import { passName } from '../soft-labels/tables.ts'
import { recoveryCard } from './card.ts'
import { recoveryParams, type RecoveryParams } from './params.ts'
import { recoverPictures, recoveryStep, slotsAtOnce } from './recover.ts'

/** Plain labels and those of the helper models. */
const triedKinds = 2

/** Helper models have to remember statistics, so networks without convolutions are replaced by one. */
function teacherNetwork(spec: NetworkSpec): NetworkSpec {
  return spec.kind === 'resnet' || spec.kind === 'convnet'
    ? { ...spec, norm: 'batch' }
    : { kind: 'convnet', width: 32, depth: 2, norm: 'batch' }
}

export const recoveryMethod = defineDistillation({
  id: 'recovery',
  family: 'distillation',
  version: 1,
  card: recoveryCard,
  params: recoveryParams,
  makes: 'made',
  reads: ['pictures'],
  derivatives: 'first',
  efforts: {
    quick: { teacherEpochs: 4, iterations: 150, studentEpochs: 150 },
    standard: {},
    thorough: {
      teachers: 3,
      teacherEpochs: 40,
      iterations: 1000,
      push: 0.015,
      rates: 3,
      studentEpochs: 1000
    }
  },
  experts: (shape, { teachers, teacherEpochs }) => ({
    network: teacherNetwork(shape.network),
    count: teachers,
    epochs: teacherEpochs,
    firstEpochParts: 0,
    rate: 0.02,
    momentum: 0.9,
    decay: 0,
    batch: expertBatch(shape.trainItems),
    augment: null,
    sharpness: 0
  }),
  work(shape: DistillationShape, params) {
    const items = shape.classes * shape.perClass
    const trials = triedKinds * params.rates * params.students
    const judges = Math.min(2, params.teachers)
    return {
      forward: trials * Math.min(mostValidation, shape.trainItems / 5) + items * params.teachers,
      trained: params.iterations * items * judges + trials * params.studentEpochs * items,
      second: 0,
      otherSeconds: 1,
      megabytes: 400 + Math.ceil((items * inputSize(shape.shape) * 20) / 1e6)
    }
  },
  run: runRecovery
})

type Steps<T> = AsyncGenerator<DistillationProgress, T, void>

async function* runRecovery(
  context: DistillationContext,
  inputs: DistillationInputs,
  params: RecoveryParams
): Steps<DistilledSet> {
  await enableGradients()
  const { experts, shape, classNames } = inputs
  if (experts === undefined) throw new Error('recovery needs helper models, but there are none')
  const { tf } = context.device
  const classes = classNames.length
  const values = yield* recoverAll(context, inputs, experts, params)
  const plain = pictureSet(inputs, params, values)
  const moment = experts.moments[0].length - 1
  const seen = labelledValues(plain.values, plain.labels)
  const says = createExpertLabels(tf, experts, shape, classes, seen, context.signal)
  const shares = sharesOf(await says.logitsAt(moment), classes, 1)
  const { epoch } = meanMoments(experts)[moment]
  return yield* pickLabels(context, inputs, {
    items: plain,
    kinds: [
      { name: 'plain', shares: undefined },
      { name: 'what the helper models say', shares }
    ],
    recipes: studentRates.slice(0, params.rates).map((rate) => ({
      ...plainStudent,
      rate,
      epochs: params.studentEpochs,
      schedule: 'cosine',
      augment: studentAugmentation
    })),
    students: params.students,
    kept: { pictures: values },
    series: 'Labels',
    makeSet: (soft, recipe, kind) =>
      soft === undefined
        ? { ...plain, student: recipe }
        : {
            ...plain,
            targets: {
              kind: 'soft',
              shares: soft.shares,
              from: `${kind.name}, ${passName(epoch)}`
            },
            stored: [...plain.stored.filter(({ part }) => part !== 'labels'), ...soft.stored],
            student: recipe
          }
  })
}

/** The pictures as they are stored, with plain labels. */
function pictureSet(
  inputs: DistillationInputs,
  params: RecoveryParams,
  values: Float32Array
): DistilledSet {
  const { iterations, start, push, zoom, teachers } = params
  return madeSet(inputs, values, {
    storage: 'bytes',
    factor: 1,
    augment: null,
    info: { iterations, start, push, zoom, teachers },
    notes: []
  })
}

/** All pictures, normalised; goes on from a checkpoint, and gives finished ones back at once. */
async function* recoverAll(
  context: DistillationContext,
  inputs: DistillationInputs,
  experts: ExpertSource,
  params: RecoveryParams
): Steps<Float32Array> {
  const { shape, perClass, train, classNames } = inputs
  const { random, signal, resume, device } = context
  const known = resume?.arrays['pictures']
  if (resume !== undefined && known instanceof Float32Array && resume.step !== recoveryStep)
    return known.slice()
  const range = pictureRange({ ...inputs, data: 'pictures' })
  if (range === undefined) throw new RangeError('only pictures can be recovered')
  const byClass = rowsByClass(train, classNames)
  const begin = (rule: 'real' | 'noise'): Promise<Float32Array> =>
    startValues(
      {
        tf: device.tf,
        train,
        byClass,
        shape,
        perClass,
        factor: 1,
        random: random.fork('start'),
        signal
      },
      rule
    )
  const real = await begin('real')
  const values =
    known instanceof Float32Array
      ? known.slice()
      : params.start === 'real'
        ? real.slice()
        : await begin('noise')
  keepWithin(values, range)
  const network = createNetwork(experts.network, shape, classNames.length)
  const judges = Math.min(2, experts.count)
  const items = slotsAtOnce(classNames.length, perClass) * classNames.length
  const steps = recoverPictures(
    {
      tf: device.tf,
      network,
      experts,
      params,
      perClass,
      range,
      random: random.fork('recovery'),
      signal,
      real,
      keepEvery: checkpointEvery(3 * items * judges, network.spec.width)
    },
    values,
    resume
  )
  for await (const { done, total, loss, checkpoint, isOffered } of steps)
    yield {
      phase: 'Recovering pictures',
      done,
      total,
      unit: 'steps',
      live: { series: 'loss', x: done, y: loss },
      ...(checkpoint === undefined ? {} : { checkpoint }),
      ...(isOffered ? { candidate: pictureSet(inputs, params, values) } : {})
    }
  return values
}
