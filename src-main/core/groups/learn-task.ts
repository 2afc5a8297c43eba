// Compute tasks of learning: the training itself, and a short try of how fast this computer does it.
import type { GroupsPlan, GroupsSource } from '../../api/dto/groups.ts'
import { AppError } from '../../api/errors.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import { createRandom } from '../compute/random.ts'
import type { SourceDescription } from '../datasets/item-source.ts'
import { createSourceKeeper } from '../datasets/open-sources.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { MethodCheckpoint } from '../methods/method.ts'
import { createGrouping, type GroupingNetwork } from '../networks/grouping/grouping-spec.ts'
import { usualDino } from '../networks/grouping/objectives.ts'
import {
  startTokenizer,
  trainedShapes,
  type TokenizerRecipe,
  type TokenizerState
} from '../networks/grouping/train-tokenizer.ts'
import { inputSize } from '../networks/network.ts'
import { labelledPictures, pictureNormalisation } from '../networks/normalisation.ts'
import { isGrey, openCheckPixels } from '../selection/check-pixels.ts'
import { loadCheckpointArrays, type CheckpointRef } from '../selection/selection-files.ts'
import { openForward } from './forward.ts'
import { joined, saveGroupModel, split } from './group-model.ts'
import { recipeOf, trainedWith, type GroupsSizes } from './groups-plan.ts'

export interface LearnInput {
  /** Folder of the job, and of the decoded pictures. */
  readonly folder: string
  readonly pixels: string
  readonly plan: GroupsPlan
  readonly sizes: GroupsSizes
  readonly learnsFrom: GroupsSource
  /** Rows of the dataset, ascending, with labels 0 .. classes-1 where labels are learned. */
  readonly train: Uint32Array
  readonly labels: Int32Array
  readonly classes: number
  /** Where an earlier run was left. */
  readonly under: CheckpointRef | undefined
  readonly device: string
  readonly checkpointEveryMs: number
}

/** A step that was done. */
export interface LearnEvent {
  readonly done: number
  readonly loss: number
  /** How varied answers are, 0..1; only where pictures alone are learned from. */
  readonly variety01: number | undefined
  readonly checkpoint: MethodCheckpoint | undefined
}

export interface LearnOutput {
  readonly device: string
  readonly sha256: string
  readonly variety01: number | null
  readonly parameters: number
}

/** Steps whose variety is averaged. */
const varietySteps = 20

/** Learns a tokenizer and leaves it in the job's folder. */
export const learnGroupsTask: ComputeTask<LearnInput, LearnEvent, LearnOutput> = {
  name: 'groups.learn',
  async *run(given, context) {
    const { folder, plan, sizes, learnsFrom, classes } = given
    const device = await context.device(given.device)
    await enableGradients()
    const pixels = await openCheckPixels(given.pixels)
    const { labels, bytes, input } = await readAll(given, pixels).finally(() => pixels.close())
    const normalisation = pictureNormalisation(bytes, input.channels)
    const items = labelledPictures(bytes, labels, input, normalisation)
    const network = createGrouping(sizes.spec, input)
    const recipe = recipeOf(plan, sizes, learnsFrom, classes)
    const from =
      given.under === undefined
        ? undefined
        : stateOf(await loadCheckpointArrays(folder, given.under), network, recipe)
    const random = createRandom(plan.seed).fork('learning groups')
    const training = startTokenizer(device.tf, network, items, recipe, random, from)
    const varieties: number[] = []
    let savedAt = performance.now()
    try {
      while (training.done < recipe.steps) {
        context.signal.throwIfAborted()
        const { loss, spread } = training.step()
        if (!Number.isFinite(loss))
          throw new AppError(
            'method-not-possible',
            'Learning went astray: its numbers grew without end.',
            {
              hint: 'Try another repeat code.'
            }
          )
        const variety01 = spread && (spread.all - spread.each) / Math.log(usualDino.outputs)
        if (variety01 !== undefined) varieties.push(variety01)
        const isDue = performance.now() - savedAt >= given.checkpointEveryMs
        if (isDue) savedAt = performance.now()
        yield {
          done: training.done,
          loss,
          variety01,
          checkpoint: isDue ? checkpointOf(training.state()) : undefined
        }
        await letMessagesIn()
      }
      const parameters = training.network()
      const sha256 = await saveGroupModel(folder, {
        ...{ network, parameters, normalisation, learnsFrom },
        seed: plan.seed
      })
      const last = varieties.slice(-varietySteps)
      return {
        device: device.name,
        sha256,
        variety01: last.length === 0 ? null : last.reduce((sum, one) => sum + one, 0) / last.length,
        parameters: parameters.reduce((sum, { length }) => sum + length, 0)
      }
    } finally {
      training.dispose()
    }
  }
}

async function readAll(
  { train, labels }: Pick<LearnInput, 'train' | 'labels'>,
  pixels: Awaited<ReturnType<typeof openCheckPixels>>
): Promise<{
  readonly labels: Int32Array
  readonly bytes: Uint8Array
  readonly input: GroupingNetwork['input']
}> {
  const isRead = pixels.readable(train, new Int32Array(train.length))
  const rows = train.filter((_, at) => isRead[at] === 0)
  if (rows.length === 0)
    throw new AppError('file-not-readable', 'None of the pictures could be read.', {
      hint: 'Check that the original files are still where they were.'
    })
  return {
    labels: labels.filter((_, at) => isRead[at] === 0),
    bytes: await pixels.read(rows),
    input: { height: pixels.size, width: pixels.size, channels: pixels.channels }
  }
}

/** Everything in one array: one file is written, not three hundred. */
function checkpointOf({
  parameters,
  moments,
  teacher,
  centre,
  done
}: TokenizerState): MethodCheckpoint {
  const numbers = joined([...parameters, ...moments, ...teacher, centre])
  const values = { done, moments: moments.length, teacher: teacher.length, centre: centre.length }
  return { step: 'step', arrays: { numbers }, values }
}

/** Reads what {@link checkpointOf} made; undefined when it is of another network. */
function stateOf(
  { arrays, values }: MethodCheckpoint,
  network: GroupingNetwork,
  recipe: TokenizerRecipe
): TokenizerState | undefined {
  const { numbers } = arrays
  if (!(numbers instanceof Float32Array)) return undefined
  const isPaired = recipe.objective.kind === 'views'
  const own = headSizes(network, recipe)
  const parts = split(numbers, [
    ...own,
    ...own,
    ...own,
    ...(isPaired ? own : []),
    Number(values['centre'])
  ])
  if (parts === undefined || Number(values['moments']) !== 2 * own.length) return undefined
  return {
    parameters: parts.slice(0, own.length),
    moments: parts.slice(own.length, 3 * own.length),
    teacher: parts.slice(3 * own.length, -1),
    centre: parts[parts.length - 1],
    done: Number(values['done'])
  }
}

function headSizes(network: GroupingNetwork, recipe: TokenizerRecipe): number[] {
  return trainedShapes(network, recipe).map(({ shape }) =>
    shape.reduce((product, side) => product * side, 1)
  )
}

// Lives as long as the thread; see datasets/open-sources.ts.
const sources = createSourceKeeper()

export interface SpeedInput {
  readonly source: SourceDescription
  /** Some of the pictures. */
  readonly locators: readonly string[]
  readonly side: number
  readonly plan: GroupsPlan
  readonly sizes: GroupsSizes
  readonly learnsFrom: GroupsSource
  readonly classes: number
  readonly device: string
}

/** Seconds of a step, of a pass per picture, and of reading a picture. */
export interface GroupsSpeed {
  readonly step: number
  readonly pass: number
  readonly read: number
}

/** Pictures of a tried step: a whole one can take many seconds. */
const triedBatch = 16

/** Tries a step and a pass on the data's own pictures: one to warm up, one that counts. */
export const groupsSpeedTask: ComputeTask<SpeedInput, never, GroupsSpeed> = {
  name: 'groups.speed',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ source, locators, side, plan, sizes, learnsFrom, classes, ...given }, context) {
    const device = await context.device(given.device)
    await enableGradients()
    const began = performance.now()
    const { pixels } = await sources.use(source, (open) =>
      open.readPixels([...locators], { size: side, channels: 3 })
    )
    const read = secondsSince(began) / locators.length
    const channels = isGrey(pixels) ? 1 : 3
    const input = { height: side, width: side, channels }
    const normalisation = { mean: Array.from({ length: channels }, () => 0.5), sd: [0.3, 0.3, 0.3] }
    const labels = Int32Array.from(locators, (_, at) => at % Math.max(1, classes))
    const bytes = channels === 3 ? pixels : pixels.filter((_, at) => at % 3 === 0)
    const items = labelledPictures(bytes, labels, input, normalisation)
    const network = createGrouping(sizes.spec, input)
    const recipe = { ...recipeOf(plan, sizes, learnsFrom, classes), batch: triedBatch }
    const random = createRandom(1)
    const training = startTokenizer(device.tf, network, items, recipe, random)
    try {
      training.step()
      await letMessagesIn()
      context.signal.throwIfAborted()
      const stepped = performance.now()
      training.step()
      const step = (secondsSince(stepped) * sizes.batch) / Math.min(triedBatch, locators.length)
      const parameters = training.network()
      const forward = openForward(device.tf, {
        ...{ network, parameters, normalisation, learnsFrom, seed: 1, sha256: '' }
      })
      try {
        const all = Uint32Array.from({ length: triedBatch }, (_, at) => at % locators.length)
        const pictures = items.read(all).slice(0, all.length * inputSize(input))
        const starts = [...all].map((row) => ({ row, start: 0 }))
        forward.pass(pictures, starts, trainedWith)
        const passed = performance.now()
        forward.pass(pictures, starts, trainedWith)
        return { step, pass: secondsSince(passed) / all.length, read }
      } finally {
        forward.dispose()
      }
    } finally {
      training.dispose()
    }
  }
}

function secondsSince(start: number): number {
  return Math.max(1e-6, (performance.now() - start) / 1000)
}
