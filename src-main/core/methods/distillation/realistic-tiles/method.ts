// Realistic tiles (RDED, Sun et al. 2024): the best crops of real pictures, several in one.
import { z } from 'zod'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import { plainStudent, type StudentRecipe } from '../../../networks/student-recipe.ts'
import {
  defineDistillation,
  type DistillationContext,
  type DistillationInputs,
  type DistillationProgress,
  type DistilledSet,
  type LabelForm
} from '../distillation-method.ts'
import { sharesOf } from '../label-compression/shares.ts'
import { readTeacher } from '../label-compression/teacher-labels.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { pickLabels } from '../real-items/pick-labels.ts'
import { ownHelperNote, rowsByLot, storedItems, storedLabels } from '../real-items/real-rows.ts'
import { mostValidation } from '../real-items/student-trials.ts'
import { createExpertLabels, meanMoments } from '../soft-labels/expert-labels.ts'
import { expertBatch, studentAugmentation } from '../soft-labels/plan.ts'
import { passName } from '../soft-labels/tables.ts'
import { realisticTilesCard } from './card.ts'
import { bestCrops, scoreCrops, type ScoredCrop } from './choose-crops.ts'
import { tilePictures } from './tile-pictures.ts'

const params = z.object({
  factor: z.int().min(1).max(4).default(2).meta({
    title: 'Tiles beside each other',
    description: '2 = four parts in each picture, 1 = one part, brought to full size.'
  }),
  pictures: z.int().min(1).max(5000).default(300).meta({
    title: 'Pictures looked at',
    description: 'Of each label, by lot.'
  }),
  crops: z.int().min(1).max(50).default(5).meta({
    title: 'Parts of each picture',
    description: 'Drawn at random; the one that the helper model names most surely is kept.'
  }),
  leastArea: z.number().min(0.05).max(1).default(0.3).meta({
    title: 'Smallest part',
    description: 'Share of the picture that a part has at least.'
  }),
  experts: z.int().min(1).max(10).default(1).meta({
    title: 'Helper models',
    description: 'How many are trained; what they say is averaged.'
  }),
  expertEpochs: z.int().min(1).max(1000).default(8).meta({
    title: 'Passes of a helper model',
    description: 'How often it goes through all training pictures.'
  }),
  rates: z.int().min(1).max(3).default(1).meta({
    title: 'Step sizes tried',
    description: 'For students, with each kind of label.'
  }),
  students: z.int().min(1).max(10).default(1).meta({
    title: 'Students for each trial',
    description: 'More make the choice surer, and take longer in proportion.'
  }),
  studentEpochs: z.int().min(10).max(5000).default(300).meta({
    title: 'Passes of a student',
    description: 'How often a student goes through the tiny set.'
  })
})
type TileParams = z.output<typeof params>

const triedRates = [1e-3, 3e-3, 3e-4]

/** Plain, of the picture, of its parts; and of the picture as it is changed where that is asked for. */
function triedKinds(labels: LabelForm | undefined): number {
  return isAsking(labels) ? 4 : 3
}

function isAsking(labels: LabelForm | undefined): boolean {
  return labels === 'teacher' || labels === 'views'
}

/** RDED's loss: KL to the helper model, both at this temperature. */
const askedStudent = { loss: 'kl', temperature: 20 } as const

export const realisticTilesMethod = defineDistillation({
  id: 'realistic-tiles',
  family: 'distillation',
  version: 1,
  card: realisticTilesCard,
  params,
  makes: 'mixed',
  reads: ['pictures'],
  derivatives: 'first',
  efforts: {
    quick: { expertEpochs: 3, pictures: 100, studentEpochs: 150 },
    standard: {},
    thorough: { experts: 3, expertEpochs: 30, rates: 3, students: 3, studentEpochs: 1000 }
  },
  experts: (shape, { experts, expertEpochs }) => ({
    network: shape.network,
    count: experts,
    epochs: expertEpochs,
    firstEpochParts: 0,
    rate: 0.02,
    momentum: 0.9,
    decay: 0,
    batch: expertBatch(shape.trainItems),
    augment: null,
    sharpness: 0
  }),
  itemsAsked: ({ classes, perClass }, { pictures, crops, factor }) =>
    classes * (Math.max(pictures, perClass * factor ** 2) * crops + perClass * (1 + factor ** 2)),
  work({ shape, classes, perClass, trainItems, labels }, chosen) {
    const { pictures, crops, experts, rates, students, studentEpochs, factor } = chosen
    const trials = triedKinds(labels) * rates * students
    const asked = isAsking(labels) ? rates * students * studentEpochs * perClass * classes : 0
    const size = shape.height * shape.width * shape.channels
    const looked = Math.max(pictures, perClass * factor ** 2)
    return {
      forward:
        classes * looked * crops * experts +
        asked * experts +
        trials * Math.min(mostValidation, trainItems / 5),
      trained: trials * studentEpochs * perClass * classes,
      second: 0,
      otherSeconds: (classes * looked * crops * size) / 2e7,
      megabytes: 300 + (8 * looked * crops * size) / 1e6
    }
  },
  run: runTiles
})

type Steps<T> = AsyncGenerator<DistillationProgress, T, void>

async function* runTiles(
  context: DistillationContext,
  inputs: DistillationInputs,
  chosen: TileParams
): Steps<DistilledSet> {
  await enableGradients()
  const { experts, shape, classNames } = inputs
  if (experts === undefined) throw new Error('tiles need helper models, but there are none')
  const { tf } = context.device
  const { signal } = context
  const classes = classNames.length
  const moment = experts.moments[0].length - 1
  const crops = yield* chooseCrops(context, inputs, chosen, moment)
  const tiled = tilePictures(inputs, crops, chosen.factor)
  const say = async (values: Float32Array): Promise<Float32Array> => {
    const rows = labelledValues(values, new Int32Array(values.length / sizeOf(inputs)))
    const logits = await createExpertLabels(tf, experts, shape, classes, rows, signal).logitsAt(
      moment
    )
    return sharesOf(logits, classes, 1)
  }
  const { epoch } = meanMoments(experts)[moment]
  const meanLoss = tiled.losses.reduce((sum, loss) => sum + loss, 0) / tiled.losses.length
  const parts = chosen.factor ** 2
  const whole = await say(tiled.values)
  const asks = isAsking(inputs.labels)
  const asked =
    asks && experts.answer === undefined
      ? await readTeacher(experts, moment, 1, { tau: 1, teacherShare: 1 })
      : undefined
  return yield* pickLabels(context, inputs, {
    items: tiled,
    kinds: [
      { name: 'plain', shares: undefined },
      { name: 'what the helper model says about the picture', shares: whole },
      {
        name: 'the average of what it says about the parts',
        shares: meanOfParts(await say(tiled.parts), parts, classes)
      },
      ...(asked === undefined
        ? []
        : [
            {
              name: 'what the helper model says about every changed picture',
              shares: whole,
              changed: asked,
              student: askedStudent
            }
          ])
    ],
    recipes: triedRates
      .slice(0, chosen.rates)
      .map((rate) => tileStudent(inputs.perClass, chosen.studentEpochs, rate)),
    students: chosen.students,
    series: 'Tiles',
    makeSet: (soft, recipe, kind) => ({
      form: 'tiles',
      count: tiled.labels.length,
      values: tiled.values,
      labels: tiled.labels,
      targets:
        soft === undefined
          ? { kind: 'hard' }
          : { kind: 'soft', shares: soft.shares, from: `${kind.name}, ${passName(epoch)}` },
      sourceRows: tiled.sourceRows,
      stored: [
        storedItems(inputs, tiled.values),
        ...(soft?.stored ?? [storedLabels(tiled.labels, classes)])
      ],
      student: recipe,
      consumer: 'network',
      info: { expertEpoch: soft === undefined ? null : epoch, meanLoss, tiles: chosen.factor },
      notes: asks ? ownHelperNote(experts) : []
    })
  })
}

function sizeOf({ shape }: Pick<DistillationInputs, 'shape'>): number {
  return shape.height * shape.width * shape.channels
}

/** The best crops of each class, lowest loss first. */
async function* chooseCrops(
  context: DistillationContext,
  inputs: DistillationInputs,
  chosen: TileParams,
  moment: number
): Steps<ScoredCrop[][]> {
  const { experts, shape, classNames, train, perClass } = inputs
  if (experts === undefined) throw new Error('tiles need helper models, but there are none')
  const classes = classNames.length
  const { signal, device } = context
  const judge = { tf: device.tf, experts, moment, shape, classes, signal }
  const need = perClass * chosen.factor ** 2
  const best: ScoredCrop[][] = []
  for (const [label, all] of rowsByClass(train, classNames).entries()) {
    const random = context.random.fork(`crops ${label}`)
    const rows = rowsByLot(all, Math.max(chosen.pictures, need), random)
    // A class with few pictures gives more parts of each.
    const crops = Math.max(chosen.crops, Math.ceil(need / rows.length))
    const scored = await scoreCrops(judge, train, rows, label, { ...chosen, crops }, random)
    best.push(bestCrops(scored, need))
    yield { phase: 'Looking for the best parts', done: label + 1, total: classes, unit: 'labels' }
  }
  return best
}

/** RDED's student without its online helper model: AdamW, a falling rate, batches by size of the set. */
function tileStudent(perClass: number, epochs: number, rate: number): StudentRecipe {
  return {
    ...plainStudent,
    optimizer: 'adamw',
    rate,
    decay: 0.01,
    epochs,
    batch: perClass < 10 ? 10 : perClass < 50 ? 50 : 100,
    schedule: 'cosine',
    augment: studentAugmentation
  }
}

/** Mean shares of the parts of each picture. @param shares pictures x parts x classes */
function meanOfParts(shares: Float32Array, parts: number, classes: number): Float32Array {
  const mean = new Float32Array(shares.length / parts)
  shares.forEach((share, i) => {
    const picture = Math.floor(i / (parts * classes))
    mean[picture * classes + (i % classes)] += share / parts
  })
  return mean
}
