// Models of pictures that can be used in a project: the one that comes with the app, and those that were
// trained in it.
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExpandModel } from '../../api/dto/expand.ts'
import { AppError } from '../../api/errors.ts'
import type { Store } from '../store/records.ts'
import { openModel } from './make-task.ts'
import { modelPathIn } from './train-model-task.ts'

/** Id of the model that comes with the app. */
export const shippedModel = 'shipped'

export interface FoundModel {
  readonly path: string
  readonly facts: ExpandModel
}

export interface PictureModels {
  list(): Promise<ExpandModel[]>
  /** Throws AppError "run-not-found" for one that is not there. */
  find(id: string): Promise<FoundModel>
}

export interface PictureModelsDeps {
  readonly store: Pick<Store, 'jobs'>
  readonly runsFolder: string
  /** resources/ of the app. */
  readonly resources: string
}

/** Models of one open project. */
export function createPictureModels(deps: PictureModelsDeps): PictureModels {
  const shipped = join(deps.resources, 'models', 'pictures-grey-28.safetensors')
  const pathOf = (id: string): string =>
    id === shippedModel ? shipped : modelPathIn(join(deps.runsFolder, id))
  async function find(id: string): Promise<FoundModel> {
    const path = pathOf(id)
    const isOurs = id === shippedModel || deps.store.jobs.get(id)?.kind === 'train-pictures'
    const isThere =
      isOurs &&
      (await access(path).then(
        () => true,
        () => false
      ))
    if (!isThere)
      throw new AppError('run-not-found', 'This model of pictures is not there any more.', {
        hint: 'Choose another one.'
      })
    const { unet, facts } = await openModel(path)
    const { height, channels } = unet.input
    return {
      path,
      facts: {
        ...facts,
        losses: [...facts.losses],
        id,
        side: height,
        channels: channels === 1 ? 1 : 3
      }
    }
  }
  return {
    find,
    async list() {
      const trained = deps.store.jobs
        .list()
        .filter(({ kind, state }) => kind === 'train-pictures' && state.startsWith('finished'))
        .map(({ id }) => id)
      const found = await Promise.all(
        [shippedModel, ...trained].map((id) => find(id).catch(() => undefined))
      )
      return found.flatMap((model) => (model === undefined ? [] : [model.facts]))
    }
  }
}
