// Compute tasks that use a learned tokenizer: measuring it, finding parts, describing pictures, and
// drawing the groups of one.
import type { GroupsDetail, GroupsPicture } from '../../api/dto/groups.ts'
import { AppError } from '../../api/errors.ts'
import type { Device } from '../compute/devices/device.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import type { SourceDescription } from '../datasets/item-source.ts'
import { createSourceKeeper } from '../datasets/open-sources.ts'
import { openNpy } from '../features/npy.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { openCheckPixels } from '../selection/check-pixels.ts'
import {
  atOnce,
  batchOf,
  normalised,
  openForward,
  pictureOfHead,
  pooledOf,
  lastOf,
  pooledWidth,
  type Pictures
} from './forward.ts'
import { loadGroupModel, type GroupModel } from './group-model.ts'
import { alignStarts, ownerOf } from './group-picture.ts'
import { trainedWith } from './groups-plan.ts'
import type { Judged } from './groups-result.ts'
import { learnGroupsTask, groupsSpeedTask } from './learn-task.ts'
import {
  fitParts,
  loadVocabulary,
  nearestPart,
  owningGroups,
  partsOfPicture,
  partsPerHead,
  saveVocabulary,
  type Vocabulary
} from './parts.ts'
import { probeFeatures } from './probes.ts'
import { columnsOf, fitTurn, loadTurn, saveTurn, turned, type Turn } from './turned-features.ts'

/** Pictures learned from and held out, decoded by {@link ../selection/check-pixels.ts}. */
export interface MeasuredRows {
  readonly pixels: string
  readonly train: Uint32Array
  /** 0 .. classes-1; below 0 where there is none. */
  readonly trainLabels: Int32Array
  readonly heldOut: Uint32Array
  readonly heldOutLabels: Int32Array
  readonly classes: number
}

export interface MeasureInput extends MeasuredRows {
  readonly folder: string
  readonly what:
    | { readonly features: 'learned'; readonly detail: GroupsDetail }
    | { readonly features: 'pixels' }
    /** Of a matrix with a row for every item of the dataset. */
    | { readonly features: 'built-in'; readonly path: string }
  readonly device: string
}

/** Judges one kind of features on held-out pictures. */
export const measureGroupsTask: ComputeTask<MeasureInput, never, Judged> = {
  name: 'groups.measure',
  // eslint-disable-next-line require-yield -- a minute at most; its result is its only event
  async *run(input, context) {
    const device = await context.device(input.device)
    const { train, heldOut, columns, milliseconds } = await featuresFor(
      device,
      input,
      context.signal
    )
    const { right, ...shares } = await probeFeatures(
      device,
      { values: train, labels: input.trainLabels },
      { values: heldOut, labels: input.heldOutLabels },
      columns,
      input.classes,
      context.signal
    )
    const { features } = input.what
    const detail = input.what.features === 'learned' ? input.what.detail : null
    return { features, detail, columns, milliseconds, ...shares, right }
  }
}

interface BothFeatures {
  readonly train: Float32Array
  readonly heldOut: Float32Array
  readonly columns: number
  readonly milliseconds: number | null
}

async function featuresFor(
  device: Device,
  input: MeasureInput,
  signal: AbortSignal
): Promise<BothFeatures> {
  const { what } = input
  if (what.features === 'built-in') {
    const matrix = await openNpy(what.path)
    try {
      const [train, heldOut] = [
        await matrix.readRows(input.train),
        await matrix.readRows(input.heldOut)
      ]
      return { train, heldOut, columns: matrix.columns, milliseconds: null }
    } finally {
      await matrix.close()
    }
  }
  const model = await loadGroupModel(input.folder)
  const [train, heldOut] = await Promise.all(
    [input.train, input.heldOut].map((rows) => picturesIn(model, input.pixels, rows))
  )
  const { tf } = device
  if (what.features === 'pixels') {
    const all = (pictures: Pictures): Float32Array =>
      pictures.read(Uint32Array.from(pictures.rows, (_, at) => at))
    const values = all(train)
    const turn = await fitTurn(tf, values, values.length / train.rows.length, signal)
    return { ...both(tf, turn, values, all(heldOut)), milliseconds: null }
  }
  const own = await pooledOf(tf, model, train, what.detail, signal)
  const other = await pooledOf(tf, model, heldOut, what.detail, signal)
  const { milliseconds } = other
  const turn = await fitTurn(tf, own.values, pooledWidth(model), signal)
  return { ...both(tf, turn, own.values, other.values), milliseconds }
}

function both(
  tf: Device['tf'],
  turn: Turn,
  train: Float32Array,
  heldOut: Float32Array
): Pick<BothFeatures, 'train' | 'heldOut' | 'columns'> {
  return {
    train: turned(tf, train, turn),
    heldOut: turned(tf, heldOut, turn),
    columns: columnsOf(turn)
  }
}

async function picturesIn(model: GroupModel, folder: string, rows: Uint32Array): Promise<Pictures> {
  const pixels = await openCheckPixels(folder)
  try {
    return normalised(model, rows, await pixels.read(rows))
  } finally {
    await pixels.close()
  }
}

export interface FindPartsInput extends Pick<MeasuredRows, 'pixels' | 'train'> {
  readonly folder: string
  readonly device: string
}

/** Pictures whose groups are sorted into parts, at most. */
const partPictures = 1000

/** Finds the parts that pictures share, and the last turn of features; leaves both in the folder. */
export const findPartsTask: ComputeTask<FindPartsInput, never, { readonly columns: number }> = {
  name: 'groups.find-parts',
  // eslint-disable-next-line require-yield -- a minute at most; its result is its only event
  async *run({ folder, pixels, train, device: requested }, context) {
    const { tf } = await context.device(requested)
    const model = await loadGroupModel(folder)
    const all = await picturesIn(model, pixels, train)
    const { values } = await pooledOf(tf, model, all, trainedWith, context.signal)
    const turn = await fitTurn(tf, values, pooledWidth(model), context.signal)
    await saveTurn(folder, turn)
    const pictures: Pictures = { ...all, rows: all.rows.subarray(0, partPictures) }
    const { heads, headWidth } = model.network.spec
    const tokens: Float32Array[][] = Array.from({ length: heads }, () => [])
    const forward = openForward(tf, model)
    try {
      for (let from = 0; from < pictures.rows.length; from += atOnce) {
        await letMessagesIn()
        context.signal.throwIfAborted()
        const { inputs, starts } = batchOf(pictures, from)
        const said = forward.pass(inputs, starts, trainedWith)
        for (let head = 0; head < heads; head++)
          for (let at = 0; at < starts.length; at++) {
            const shares = pictureOfHead(model, lastOf(said), starts.length, head, at)
            const own = pictureOfHead(model, said.tokens, starts.length, head, at)
            for (const group of owningGroups(shares, trainedWith.groups))
              tokens[head].push(own.slice(group * headWidth, (group + 1) * headWidth))
          }
      }
    } finally {
      forward.dispose()
    }
    const flat = tokens.map((own) => {
      const values = new Float32Array(own.length * headWidth)
      own.forEach((token, at) => values.set(token, at * headWidth))
      return values
    })
    await saveVocabulary(folder, await fitParts(tf, flat, headWidth, model.seed, context.signal))
    return { columns: columnsOf(turn) }
  }
}

// Live as long as the thread, as in datasets/thumbnails.ts.
const sources = createSourceKeeper()
let kept: { readonly folder: string; readonly opened: Promise<OpenedModel> } | undefined

interface OpenedModel {
  readonly model: GroupModel
  readonly vocabulary: Vocabulary
  readonly turn: Turn
}

/** The model of a folder; the last one stays, because pictures are looked at one after the other. */
function opened(folder: string): Promise<OpenedModel> {
  if (kept?.folder === folder) return kept.opened
  const now = open(folder)
  kept = { folder, opened: now }
  // A failed reading is tried again the next time.
  now.catch(() => (kept = undefined))
  return now
}

async function open(folder: string): Promise<OpenedModel> {
  const model = await loadGroupModel(folder)
  return {
    model,
    vocabulary: await loadVocabulary(folder, model.network.spec.heads),
    turn: await loadTurn(folder)
  }
}

export interface SomePictures {
  /** Folder of the job. */
  readonly folder: string
  readonly source: SourceDescription
  readonly rows: Uint32Array
  /** Places of these rows in the source. */
  readonly locators: readonly string[]
  readonly device: string
}

async function readSome(
  model: GroupModel,
  { source, rows, locators }: SomePictures
): Promise<{ readonly pictures: Pictures; readonly failed: readonly number[] }> {
  const { height, channels } = model.network.input
  const shape = { size: height, channels: channels === 1 ? 1 : 3 } as const
  const read = await sources.use(source, (at) => at.readPixels([...locators], shape))
  return { pictures: normalised(model, rows, read.pixels), failed: read.failed }
}

export interface Described {
  /** count x columns. */
  readonly features: Float32Array
  /** count x (heads x parts of each): how clearly a picture has a part. */
  readonly parts: Float32Array
  readonly failed: number
}

/** Describes a block of pictures by features and parts. */
export const describeGroupsTask: ComputeTask<SomePictures, never, Described> = {
  name: 'groups.describe',
  // eslint-disable-next-line require-yield -- a block is seconds; its result is its only event
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const { model, vocabulary, turn } = await opened(input.folder)
    const { pictures, failed } = await readSome(model, input)
    const { heads } = model.network.spec
    const count = input.rows.length
    const width = pooledWidth(model)
    const pooled = new Float32Array(count * width)
    const each = heads * partsPerHead
    const parts = new Float32Array(count * each)
    const forward = openForward(tf, model)
    try {
      for (let from = 0; from < count; from += atOnce) {
        await letMessagesIn()
        context.signal.throwIfAborted()
        const { inputs, starts } = batchOf(pictures, from)
        const said = forward.pass(inputs, starts, trainedWith)
        pooled.set(said.pooled, from * width)
        for (let at = 0; at < starts.length; at++)
          for (let head = 0; head < heads; head++) {
            const shares = pictureOfHead(model, lastOf(said), starts.length, head, at)
            const tokens = pictureOfHead(model, said.tokens, starts.length, head, at)
            const found = partsOfPicture(vocabulary, head, shares, tokens)
            parts.set(found, (from + at) * each + head * partsPerHead)
          }
      }
    } finally {
      forward.dispose()
    }
    const features = turned(tf, pooled, turn)
    const columns = features.length / count
    for (const at of failed) {
      features.fill(0, at * columns, (at + 1) * columns)
      parts.fill(0, at * each, (at + 1) * each)
    }
    return { features, parts, failed: failed.length }
  }
}

/** Starts of a group picture. */
export const startsDrawn = 8

export interface DrawInput extends SomePictures {
  readonly layer: number
  readonly detail: GroupsDetail
}

/** Groups of one picture, over several starts; the same for the same picture. */
export const drawGroupsTask: ComputeTask<DrawInput, never, GroupsPicture> = {
  name: 'groups.draw',
  // eslint-disable-next-line require-yield -- its result is its only event
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const { model, vocabulary } = await opened(input.folder)
    const { pictures, failed } = await readSome(model, input)
    if (failed.length > 0) throw new AppError('file-not-readable', 'This picture cannot be read.')
    const { spec, rows, columns } = model.network
    const { layer, detail } = input
    if (layer >= spec.layers) throw new AppError('invalid-input', 'There is no such layer.')
    const one = pictures.read(Uint32Array.of(0))
    const inputs = new Float32Array(startsDrawn * one.length)
    for (let start = 0; start < startsDrawn; start++) inputs.set(one, start * one.length)
    const starts = Array.from({ length: startsDrawn }, (_, start) => ({
      row: input.rows[0],
      start
    }))
    const forward = openForward(tf, model)
    try {
      const began = performance.now()
      const said = forward.pass(inputs, starts, detail)
      const milliseconds = performance.now() - began
      const squares = rows * columns
      const heads = Array.from({ length: spec.heads }, (_, head) => {
        const shares = starts.map((_, at) =>
          pictureOfHead(model, said.shares[layer], startsDrawn, head, at)
        )
        const aligned = alignStarts(shares, squares, detail.groups)
        // The first start begins the order of the others, so that its tokens are those of the groups.
        const tokens = pictureOfHead(model, said.tokens, startsDrawn, head, 0)
        return {
          owners: [...aligned.owners],
          confidence: [...aligned.confidence],
          agreement: [...aligned.agreement],
          shares: new Float32Array(aligned.shares),
          parts:
            layer === spec.layers - 1
              ? Array.from(
                  { length: detail.groups },
                  (_, group) => partOf(vocabulary, head, tokens, group) + head * partsPerHead
                )
              : null
        }
      })
      return { rows, columns, starts: startsDrawn, heads, milliseconds }
    } finally {
      forward.dispose()
    }
  }
}

function partOf(vocabulary: Vocabulary, head: number, tokens: Float32Array, group: number): number {
  const { width } = vocabulary
  return nearestPart(vocabulary, head, tokens.subarray(group * width, (group + 1) * width)).part
}

export interface ShowPartInput extends SomePictures {
  readonly part: number
}

/** Squares of some pictures that belong to a part. */
export const showPartTask: ComputeTask<
  ShowPartInput,
  never,
  { readonly rows: number; readonly columns: number; readonly squares: number[][] }
> = {
  name: 'groups.show-part',
  // eslint-disable-next-line require-yield -- its result is its only event
  async *run(input, context) {
    const { tf } = await context.device(input.device)
    const { model, vocabulary } = await opened(input.folder)
    const { rows, columns, spec } = model.network
    const head = Math.floor(input.part / partsPerHead)
    if (head >= spec.heads) throw new AppError('invalid-input', 'There is no such part.')
    const { pictures } = await readSome(model, input)
    const squares: number[][] = []
    const forward = openForward(tf, model)
    try {
      for (let from = 0; from < pictures.rows.length; from += atOnce) {
        const { inputs, starts } = batchOf(pictures, from)
        const said = forward.pass(inputs, starts, trainedWith)
        for (let at = 0; at < starts.length; at++) {
          const shares = pictureOfHead(model, lastOf(said), starts.length, head, at)
          const tokens = pictureOfHead(model, said.tokens, starts.length, head, at)
          const named = Array.from({ length: trainedWith.groups }, (_, group) =>
            partOf(vocabulary, head, tokens, group)
          )
          squares.push(
            Array.from({ length: rows * columns }, (_, square) => square).filter(
              (square) =>
                named[ownerOf(shares, square, trainedWith.groups)] === input.part % partsPerHead
            )
          )
        }
      }
    } finally {
      forward.dispose()
    }
    return { rows, columns, squares }
  }
}

/** All of these, for the list of what compute threads can do. */
export const groupTasks = [
  learnGroupsTask,
  groupsSpeedTask,
  measureGroupsTask,
  findPartsTask,
  describeGroupsTask,
  drawGroupsTask,
  showPartTask
] as const
