// The compute-thread half of expanding a set: sources up to their places and back, new places, pictures
// of them, and what every gate reads. Each part is on disk before the next begins, so that a stop at
// any moment costs one part, and goes on to the same bits.
import type { ExpandPlan, ExpandReason } from '../../api/dto/expand.ts'
import { AppError } from '../../api/errors.ts'
import { percentile } from '../compute/kernels/percentile.ts'
import type { Device } from '../compute/devices/device.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { createRandom, hashString } from '../compute/random.ts'
import type { SourceDescription } from '../datasets/item-source.ts'
import type { ComputeTask, TaskContext } from '../jobs/compute-task.ts'
import type { DdimMover } from '../networks/diffusion/ddim.ts'
import { stepGrid } from '../networks/diffusion/schedule.ts'
import { inputSize } from '../networks/network.ts'
import { featuresOf, predictLogits, shareRight } from '../networks/predict.ts'
import { drawPlaces } from './draw-candidates.ts'
import {
  bytesOnce,
  floatsOnce,
  isThere,
  isToEnd,
  loadFrozen,
  madePath,
  partPath,
  pixelsPath,
  savePlaces,
  type Frozen
} from './expand-files.ts'
import { readGates } from './gates.ts'
import { asRows, helperNetwork, sharesOf, trainHelper } from './helper.ts'
import {
  featureDistance,
  meanSpread,
  rowErrors,
  rowsOf,
  toBytes,
  toUnit,
  type Points
} from './made-measures.ts'
import { openPictureModel, topLevelOf, type PictureModel } from './picture-model.ts'
import { readPicked } from './read-picked.ts'

/** Steps of the way up and down: more where few sources leave time for it. */
export const stepsFor = (sources: number): number => (sources < 50 ? 100 : 50)
/** Steps of the short way that shows whether the model can hold a picture. */
export const returnSteps = 25
/** A model that brings pictures back worse than this, on -1..1, does not know such pictures. */
export const mostReconstruction = 0.1
/** Pictures moved at once; the same ones always, so that sums have the same bits. */
export const atOnce = 16
const helperSteps = 200
/** Helpers need so many labels, and so many pictures of each. */
const fewestPerLabel = 4

export interface MakeInput {
  readonly folder: string
  readonly modelPath: string
  readonly plan: Pick<ExpandPlan, 'rule' | 'make' | 'seed'>
  readonly source: SourceDescription
  readonly device: string
}

/** How far it is: moves of pictures done of all. */
export interface MakeProgress {
  readonly phase: number
  readonly done: number
  readonly total: number
}

export interface MadeReading {
  readonly label: number
  readonly parents: readonly number[]
  readonly weight: number | null
  readonly seed: number
  readonly nearest: number
  readonly distance: number
  readonly nearestRatio: number
  readonly labelShare01: number | null
  readonly centreRatio: number
  readonly returnError: number
  readonly reasons: ExpandReason[]
}

export interface MakeOutput {
  readonly reconstruction: number
  readonly steps: number
  /** Noise level that places lie at. */
  readonly top: number
  readonly kept01: number | null
  readonly readings: readonly MadeReading[]
  readonly mostReturnError: number
  readonly helperAccuracy01: number | null
  readonly nearestRatio: number | null
  readonly variety: number | null
  readonly featureDistance: number | null
  readonly featureDistanceReal: number | null
  readonly device: string
}

export const makeTask: ComputeTask<MakeInput, MakeProgress, MakeOutput> = {
  name: 'expand.make',
  async *run(input, context) {
    const frozen = await loadFrozen(input.folder)
    if (frozen === undefined) throw new AppError('run-not-found')
    const model = await openPictureModel(input.modelPath)
    const { height, channels } = model.input
    const all = [...frozen.sources, ...frozen.lent, ...frozen.held]
    yield { phase: 0, done: 0, total: all.length }
    const shape = { side: height, channels: channels === 1 ? 1 : 3 } as const
    const pixels = await bytesOnce(pixelsPath(input.folder), () =>
      readPicked(input.source, all, shape, context.signal)
    )
    const device = await context.device(input.device)
    await enableGradients()
    return yield* new Making({ input, context, frozen, model, device }, toUnit(pixels)).run()
  }
}

interface MakingParts {
  readonly input: MakeInput
  readonly context: TaskContext
  readonly frozen: Frozen
  readonly model: PictureModel
  readonly device: Device
}

/** One expansion in this thread. */
class Making {
  readonly #parts: MakingParts
  readonly #size: number
  readonly #sources: Points
  readonly #others: Points
  readonly #sourceLabels: Int32Array
  /** Of lent and then of held pictures. */
  readonly #otherLabels: Int32Array
  #done = 0

  constructor(parts: MakingParts, values: Float32Array) {
    const { frozen, model } = parts
    this.#parts = parts
    this.#size = inputSize(model.input)
    const count = frozen.sources.length
    const cut = count * this.#size
    this.#sources = this.#points(values.subarray(0, cut))
    this.#others = this.#points(values.subarray(cut))
    this.#sourceLabels = Int32Array.from(frozen.sources, ({ label }) => label)
    this.#otherLabels = Int32Array.from([...frozen.lent, ...frozen.held], ({ label }) => label)
  }

  #points(values: Float32Array): Points {
    return { values, count: values.length / this.#size, size: this.#size }
  }

  async *run(): AsyncGenerator<MakeProgress, MakeOutput, void> {
    const { input, device, model, frozen } = this.#parts
    const { count } = this.#sources
    const steps = stepsFor(count)
    const top = topLevelOf(model.schedule)
    const grid = stepGrid(steps, top)
    // The way of the sources: up, back, and the short way up and down.
    const total = count * (2 * steps + 2 * returnSteps)
    const tell = (phase: number, all: number) => (): MakeProgress => ({
      phase,
      done: this.#done,
      total: all
    })
    const told = tell(1, total)
    yield told()
    const latents = yield* this.#moved(
      'up',
      this.#sources,
      grid,
      (mover, x) => mover.invert(x),
      told
    )
    const back = yield* this.#moved('back', latents, grid, (mover, x) => mover.denoise(x), told)
    const errors = rowErrors(back.values, this.#sources.values, this.#size)
    const reconstruction = rootMean(errors)
    if (reconstruction > mostReconstruction)
      throw new AppError(
        'method-not-possible',
        `This model cannot show these pictures: brought there and back they are off by ${reconstruction.toFixed(2)}, and ${mostReconstruction} is the most that makes sense.`,
        { hint: 'Choose another model of pictures, or train one on pictures like these.' }
      )
    const short = stepGrid(returnSteps, top)
    const roundTrip = async (mover: DdimMover, x: Float32Array): Promise<Float32Array> =>
      mover.denoise(await mover.invert(x))
    const returned = yield* this.#moved('return', this.#sources, short, roundTrip, told)
    const realErrors = rowErrors(returned.values, this.#sources.values, this.#size)
    // A hundredth of few rows is none of them: the largest then, with some room.
    const mostReturnError = percentile([...realErrors], 99) * (count < 100 ? 1.1 : 1)

    const drawn = drawPlaces(latents, this.#sourceLabels, input.plan)
    await savePlaces(
      input.folder,
      drawn.places.map(({ label, parents }) => ({ label: frozen.labels[label], parents }))
    )
    this.#done = 0
    let wanted = drawn.places.length
    const making = (): MakeProgress => ({
      phase: 2,
      done: this.#done,
      total: wanted * (steps + 2 * returnSteps)
    })
    yield making()
    const starts = new Float32Array(wanted * this.#size)
    drawn.places.forEach(({ latent }, at) => starts.set(latent, at * this.#size))
    const denoised = yield* this.#moved(
      ...(['made', this.#points(starts), grid] as const),
      (mover, x) => mover.denoise(x),
      making,
      () => isToEnd(input.folder)
    )
    // Fewer where a person wanted no more of them.
    wanted = denoised.count
    const places = drawn.places.slice(0, wanted)
    const bytes = toBytes(denoised.values)
    const pixels = await bytesOnce(madePath(input.folder), () => Promise.resolve(bytes))
    // What is stored is what is judged.
    const made = this.#points(toUnit(pixels))
    const madeBack = yield* this.#moved('made-return', made, short, roundTrip, making)
    const returnErrors = rowErrors(madeBack.values, made.values, this.#size)

    yield { phase: 3, done: 0, total: 1 }
    const madeLabels = Int32Array.from(places, ({ label }) => label)
    const helper = await this.#helper(made, madeLabels)
    const gates = readGates({
      made,
      madeLabels,
      sources: this.#sources,
      sourceLabels: this.#sourceLabels,
      fresh: this.#others,
      freshLabels: this.#otherLabels,
      shares: helper?.shares,
      returnErrors,
      mostReturnError
    })
    const passed = gates.flatMap(({ reasons }, at) => (reasons.length === 0 ? [at] : []))
    const kept = rowsOf(made, passed)
    const used = new Set(madeLabels)
    const own = rowsOf(
      this.#sources,
      [...this.#sourceLabels.keys()].filter((row) => used.has(this.#sourceLabels[row]))
    )
    const spread = meanSpread(own)
    return {
      reconstruction,
      steps,
      top,
      kept01: drawn.kept01,
      readings: gates.map((gate, at) => {
        const { label, parents, weight, seed } = places[at]
        return { label, parents, weight, seed, ...gate }
      }),
      mostReturnError,
      helperAccuracy01: helper?.accuracy ?? null,
      nearestRatio:
        passed.length === 0
          ? null
          : passed.reduce((sum, at) => sum + gates[at].nearestRatio, 0) / passed.length,
      variety: passed.length < 2 || spread === 0 ? null : meanSpread(kept) / spread,
      featureDistance:
        helper === undefined || passed.length < 2
          ? null
          : featureDistance(rowsOf(helper.madeFeatures, passed), helper.sourceFeatures),
      featureDistanceReal: helper?.realDistance ?? null,
      device: device.name
    }
  }

  /**
   * Moves points in groups of the same pictures always; each group is on disk when it is done. Where it
   * `mayEnd` before all are moved, those that are come back, the first group at least.
   */
  async *#moved(
    name: string,
    points: Points,
    grid: readonly number[],
    way: (mover: DdimMover, values: Float32Array) => Promise<Float32Array>,
    told: () => MakeProgress,
    mayEnd: () => Promise<boolean> = () => Promise.resolve(false)
  ): AsyncGenerator<MakeProgress, Points, void> {
    const { input, context, model, device } = this.#parts
    const out = new Float32Array(points.values.length)
    let mover: DdimMover | undefined
    const moves = name.endsWith('return') ? 2 * grid.length : grid.length
    try {
      for (let from = 0; from < points.count; from += atOnce) {
        const count = Math.min(atOnce, points.count - from)
        const part = points.values.slice(from * this.#size, (from + count) * this.#size)
        const path = partPath(input.folder, name, from)
        // What is finished already counts, also after a start that knew of no end.
        if (from > 0 && (await mayEnd()) && !(await isThere(path)))
          return this.#points(out.subarray(0, from * this.#size))
        const moved = await floatsOnce(path, async () => {
          mover ??= model.mover(
            { tf: device.tf, cores: context.cores ?? 1 },
            { grid, signal: context.signal }
          )
          return way(mover, part)
        })
        out.set(moved, from * this.#size)
        this.#done += count * moves
        yield told()
      }
    } finally {
      mover?.dispose()
    }
    return this.#points(out)
  }

  /** A helper on real labelled pictures; undefined where there are not labels enough. */
  async #helper(made: Points, madeLabels: Int32Array): Promise<HelperReadings | undefined> {
    const { frozen, input, model, device, context } = this.#parts
    const lentCount = frozen.lent.length
    const lentLabels = this.#otherLabels.slice(0, lentCount)
    const heldLabels = this.#otherLabels.slice(lentCount)
    const classes = frozen.labels.length
    const labels = Int32Array.from([...this.#sourceLabels, ...lentLabels])
    const counts = new Int32Array(classes)
    for (const label of labels) counts[label]++
    if (classes < 2 || counts.some((count) => count < fewestPerLabel)) return undefined
    const { tf } = device
    const { signal } = context
    const cut = lentCount * this.#size
    const values = new Float32Array(this.#sources.values.length + cut)
    values.set(this.#sources.values)
    values.set(this.#others.values.subarray(0, cut), this.#sources.values.length)
    const network = helperNetwork(model.input, classes)
    const random = createRandom(hashString('helper', input.plan.seed))
    const trained = await trainHelper(
      tf,
      network,
      { values, labels },
      { steps: helperSteps, augment: null, random, signal }
    )
    const rowsFor = (given: Float32Array, own: Int32Array) =>
      asRows({ values: given, labels: own }, model.input)
    const seen = async (given: Float32Array, own: Int32Array): Promise<Points> => {
      const rows = rowsFor(given, own)
      const features = await featuresOf(tf, network, trained.parameters, rows, signal)
      return { values: features, count: own.length, size: network.featureWidth }
    }
    const logits = await predictLogits(
      tf,
      network,
      trained.parameters,
      rowsFor(made.values, madeLabels),
      signal
    )
    const held = this.#others.values.subarray(cut)
    const heldLogits =
      heldLabels.length === 0
        ? undefined
        : await predictLogits(tf, network, trained.parameters, rowsFor(held, heldLabels), signal)
    const used = new Set(madeLabels)
    const fresh = [...this.#otherLabels.keys()].filter((row) => used.has(this.#otherLabels[row]))
    const sourceFeatures = await seen(this.#sources.values, this.#sourceLabels)
    const freshFeatures =
      fresh.length < 2
        ? undefined
        : await seen(
            rowsOf(this.#others, fresh).values,
            Int32Array.from(fresh, (row) => this.#otherLabels[row])
          )
    return {
      shares: sharesOf(logits, madeLabels, classes),
      accuracy: heldLogits === undefined ? null : shareRight(heldLogits, heldLabels, classes),
      madeFeatures: await seen(made.values, madeLabels),
      sourceFeatures,
      realDistance:
        freshFeatures === undefined ? null : featureDistance(freshFeatures, sourceFeatures)
    }
  }
}

interface HelperReadings {
  readonly shares: Float32Array
  readonly accuracy: number | null
  readonly madeFeatures: Points
  readonly sourceFeatures: Points
  /** Of other real pictures beside the sources. */
  readonly realDistance: number | null
}

function rootMean(errors: Float32Array): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / (errors.length || 1))
}
