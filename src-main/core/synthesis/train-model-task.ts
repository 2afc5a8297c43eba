// The compute-thread half of training a model of pictures: step by step, with everything that it takes
// to go on to the same bits written down every so often, and how long a step and a move take here.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import { createRandom } from '../compute/random.ts'
import type { SourceDescription } from '../datasets/item-source.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { modelFileBytes, type StoredModel } from '../networks/diffusion/model-file.ts'
import { stepGrid, usualSchedule } from '../networks/diffusion/schedule.ts'
import {
  startUnet,
  usualUnetRecipe,
  type UnetRecipe,
  type UnetState
} from '../networks/diffusion/train-unet.ts'
import { createUnet, type UnetCode, type UnetSpec } from '../networks/diffusion/unet.ts'
import { inputSize } from '../networks/network.ts'
import { readArrayOf, writeArray } from '../selection/array-files.ts'
import { bytesOnce, loadFrozen, pixelsPath } from './expand-files.ts'
import { atOnce } from './make-task.ts'
import { openPictureModel, topLevelOf } from './picture-model.ts'
import { readPicked } from './read-picked.ts'

/** The network that is trained here: narrow where pictures are large, which is where time goes. */
export const ownUnet: UnetSpec = { channels: [16, 48, 88], time: 64, groups: 8 }

export interface TrainModelInput {
  readonly folder: string
  readonly name: string
  readonly about: string
  readonly side: number
  readonly channels: 1 | 3
  readonly steps: number
  readonly seed: number
  readonly source: SourceDescription
  readonly device: string
  /** Milliseconds between checkpoints. */
  readonly keepEveryMs: number
}

export interface TrainModelProgress {
  readonly done: number
  readonly loss: number
}

export interface TrainModelOutput {
  readonly losses: readonly number[]
  readonly pictures: number
  readonly device: string
}

export const modelPathIn = (folder: string): string => join(folder, 'model.safetensors')

const Kept = z.strictObject({
  file: z.string(),
  done: z.int(),
  losses: z.array(z.number()),
  sum: z.number()
})
type Kept = z.infer<typeof Kept>

export const trainModelTask: ComputeTask<TrainModelInput, TrainModelProgress, TrainModelOutput> = {
  name: 'expand.train-model',
  async *run(input, context) {
    const frozen = await loadFrozen(input.folder)
    if (frozen === undefined) throw new AppError('run-not-found')
    const { side, channels, folder } = input
    const pixels = await bytesOnce(pixelsPath(folder), () =>
      readPicked(input.source, frozen.sources, { side, channels }, context.signal)
    )
    const device = await context.device(input.device)
    await enableGradients()
    const unet = createUnet(ownUnet, { height: side, width: side, channels })
    const recipe = recipeFor(input.steps, frozen.sources.length)
    const kept = await loadKept(folder, unet)
    const pictures = { count: frozen.sources.length, read: pictureReader(pixels, unet) }
    const random = createRandom(input.seed)
    const training = startUnet(device.tf, unet, pictures, recipe, random, kept?.state)
    const losses = [...(kept?.losses ?? [])]
    let sum = kept?.sum ?? 0
    let keptAt = performance.now()
    const every = Math.max(1, Math.round(input.steps / 100))
    try {
      while (training.done < input.steps) {
        await letMessagesIn()
        context.signal.throwIfAborted()
        const loss = training.step()
        sum += loss
        if (training.done % every === 0) {
          losses.push(sum / every)
          sum = 0
        }
        if (performance.now() - keptAt >= input.keepEveryMs) {
          await keep(folder, training.state(), losses, sum)
          keptAt = performance.now()
        }
        yield { done: training.done, loss }
      }
      const facts = {
        name: input.name,
        about: input.about,
        pictures: frozen.sources.length,
        steps: input.steps,
        losses
      }
      const model: StoredModel = {
        unet,
        parameters: training.network(),
        schedule: recipe.schedule,
        facts
      }
      await writeFileAtomic(modelPathIn(folder), modelFileBytes(model))
      await rm(join(folder, 'state'), { recursive: true, force: true })
      return { losses, pictures: frozen.sources.length, device: device.name }
    } finally {
      training.dispose()
    }
  }
}

function recipeFor(steps: number, pictures: number): UnetRecipe {
  const batch = Math.min(16, pictures)
  return { ...usualUnetRecipe, schedule: usualSchedule, steps, batch, average: 0.998 }
}

function pictureReader(pixels: Uint8Array, unet: UnetCode): (rows: Uint32Array) => Float32Array {
  const size = inputSize(unet.input)
  return (rows) => {
    const out = new Float32Array(rows.length * size)
    rows.forEach((row, at) => {
      for (let i = 0; i < size; i++) out[at * size + i] = pixels[row * size + i] / 127.5 - 1
    })
    return out
  }
}

async function keep(
  folder: string,
  state: UnetState,
  losses: readonly number[],
  sum: number
): Promise<void> {
  await mkdir(join(folder, 'state'), { recursive: true })
  const parts = [...state.parameters, ...state.moments, ...state.average]
  const all = new Float32Array(parts.reduce((size, { length }) => size + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  // Two files in turn: the one that is named is whole at every moment.
  const before = await keptFile(folder)
  const file = before?.file === 'a.npy' ? 'b.npy' : 'a.npy'
  await writeArray(join(folder, 'state', file), all)
  const kept: Kept = { file, done: state.done, losses: [...losses], sum }
  await writeFileAtomic(join(folder, 'state', 'kept.json'), JSON.stringify(kept))
}

async function keptFile(folder: string): Promise<Kept | undefined> {
  const text = await readFile(join(folder, 'state', 'kept.json'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : Kept.parse(JSON.parse(text))
}

async function loadKept(
  folder: string,
  unet: UnetCode
): Promise<(Kept & { readonly state: UnetState }) | undefined> {
  const kept = await keptFile(folder)
  if (kept === undefined) return undefined
  const all = await readArrayOf(join(folder, 'state', kept.file), 'f4')
  let at = 0
  const take = (): Float32Array[] =>
    unet.parameters.map(({ shape }) => {
      const count = shape.reduce((a, b) => a * b, 1)
      return all.slice(at, (at += count))
    })
  const parameters = take()
  const moments = [...take(), ...take()]
  return { ...kept, state: { parameters, moments, average: take(), done: kept.done } }
}

export interface ProbeModelInput {
  /** Model to move with; undefined to train one. */
  readonly modelPath: string | undefined
  readonly side: number
  readonly channels: 1 | 3
  readonly device: string
}

/** Seconds of a training step, or of one move of one picture. */
export const probeModelTask: ComputeTask<ProbeModelInput, never, { readonly seconds: number }> = {
  name: 'expand.probe',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ modelPath, side, channels, device: asked }, context) {
    const device = await context.device(asked)
    const { tf } = device
    if (modelPath !== undefined) {
      const model = await openPictureModel(modelPath)
      const x = new Float32Array(atOnce * inputSize(model.input))
      const grid = stepGrid(4, topLevelOf(model.schedule))
      const on = { tf, cores: context.cores ?? 1 }
      const mover = model.mover(on, { grid, signal: context.signal })
      await mover.invert(x)
      const began = performance.now()
      await mover.denoise(x)
      mover.dispose()
      return { seconds: (performance.now() - began) / 1000 / (grid.length - 1) / atOnce }
    }
    await enableGradients()
    const unet = createUnet(ownUnet, { height: side, width: side, channels })
    const size = inputSize(unet.input)
    const pictures = {
      count: 16,
      read: (rows: Uint32Array) => new Float32Array(rows.length * size)
    }
    const training = startUnet(tf, unet, pictures, recipeFor(100, 16), createRandom(1))
    training.step()
    training.step()
    await letMessagesIn()
    context.signal.throwIfAborted()
    const began = performance.now()
    for (let step = 0; step < 3; step++) training.step()
    const seconds = (performance.now() - began) / 1000 / 3
    training.dispose()
    return { seconds }
  }
}
