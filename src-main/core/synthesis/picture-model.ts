// A model of pictures, opened: our own U-Net with its weights, or a file of the analyst's own. Whoever
// moves pictures with one does not need to know which it is.
import { readFile } from 'node:fs/promises'
import type { ExpandModel } from '../../api/dto/expand.ts'
import { AppError } from '../../api/errors.ts'
import type { TensorFlow } from '../compute/devices/device.ts'
import {
  alongGrid,
  createMover,
  type DdimMover,
  type MoverOptions
} from '../networks/diffusion/ddim.ts'
import { readModelFile, type StoredModel } from '../networks/diffusion/model-file.ts'
import {
  keptShares,
  levelWith,
  publishedSchedule,
  usualSchedule,
  type NoiseSchedule
} from '../networks/diffusion/schedule.ts'
import type { InputShape } from '../networks/network.ts'
import { trainingOps } from '../networks/training-ops.ts'
import { openNoiseSession, type NoiseSession } from './own-model/noise-session.ts'
import { openOwn, ownFacts, type OpenedOwn } from './own-model/own-models.ts'
import { ranges, toldStep } from './own-model/try-own-model.ts'

/** Where pictures are computed. */
export interface MovingOn {
  readonly tf: TensorFlow
  /** Processor cores of a file's model, which the runtime computes by itself. */
  readonly cores: number
}

/** See {@link openPictureModel}. */
export interface PictureModel {
  readonly input: InputShape
  readonly schedule: NoiseSchedule
  /** Without an id. */
  readonly facts: Omit<ExpandModel, 'id'>
  mover(on: MovingOn, options: MoverOptions): DdimMover
}

/** Noise level that places lie at: step 500 of the usual 1,000, or where as much is left of a picture. */
export function topLevelOf(schedule: NoiseSchedule): number {
  return levelWith(keptShares(schedule), keptShares(usualSchedule)[500])
}

/** Reads weights of a file. Throws AppError "file-damaged". */
export async function openModel(path: string): Promise<StoredModel> {
  try {
    return readModelFile(await readFile(path))
  } catch (cause) {
    throw new AppError('file-damaged', 'The model of pictures cannot be read.', {
      hint: 'Choose another model, or train it again.',
      cause
    })
  }
}

/** Opens the model at a path: of weights, or the entry of a file. Throws AppError "file-damaged". */
export async function openPictureModel(path: string): Promise<PictureModel> {
  return path.endsWith('.json')
    ? ownModel(await openOwn(path))
    : weightsModel(await openModel(path))
}

function weightsModel(model: StoredModel): PictureModel {
  const { input } = model.unet
  return {
    input,
    schedule: model.schedule,
    facts: {
      ...model.facts,
      losses: [...model.facts.losses],
      side: input.height,
      channels: input.channels === 1 ? 1 : 3,
      own: null
    },
    mover: ({ tf }, options) => createMover(tf, trainingOps(tf), model, options)
  }
}

function ownModel({ entry, bytes, facts }: OpenedOwn): PictureModel {
  const { side, channels, own } = entry
  const { settings } = own
  const schedule = publishedSchedule(settings.schedule, settings.steps)
  const { into, outOf } = ranges[settings.range]
  return {
    input: { height: side, width: side, channels },
    schedule,
    facts: ownFacts(entry),
    mover({ cores }, options) {
      let session: NoiseSession | undefined
      const ways = alongGrid(schedule, options, (x, level, { picture, noise }) => {
        session ??= openNoiseSession({ bytes, name: own.file, facts, side, cores })
        const seen = session.see(x, toldStep(settings, level))
        return x.map((value, at) => picture * value + noise * seen[at])
      })
      return {
        invert: (pictures) => ways.invert(pictures.map(into)),
        denoise: async (latents) => (await ways.denoise(latents)).map(outOf),
        dispose: () => session?.dispose()
      }
    }
  }
}
