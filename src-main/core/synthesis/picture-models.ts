// Models of pictures that can be used in a project: the one that comes with the app, those that were trained in
// it, and files of the analyst's own.
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExpandModel } from '../../api/dto/expand.ts'
import { AppError } from '../../api/errors.ts'
import type { Store } from '../store/records.ts'
import { entryPath, findOwn, isOwnId, listOwn, ownFacts } from './own-model/own-models.ts'
import { openPictureModel } from './picture-model.ts'
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
  /** Of files of the analyst's own. */
  readonly ownFolder: string
  /** resources/ of the app. */
  readonly resources: string
}

/** Models of one open project. */
export function createPictureModels(deps: PictureModelsDeps): PictureModels {
  const shipped = join(deps.resources, 'models', 'pictures-grey-28.safetensors')
  const pathOf = (id: string): string =>
    id === shippedModel ? shipped : modelPathIn(join(deps.runsFolder, id))
  function gone(): AppError {
    return new AppError('run-not-found', 'This model of pictures is not there any more.', {
      hint: 'Choose another one.'
    })
  }
  async function find(id: string): Promise<FoundModel> {
    if (isOwnId(id)) {
      const entry = await findOwn(deps.ownFolder, id)
      if (entry === undefined) throw gone()
      return { path: entryPath(deps.ownFolder, id), facts: ownFacts(entry) }
    }
    const path = pathOf(id)
    const isOurs = id === shippedModel || deps.store.jobs.get(id)?.kind === 'train-pictures'
    const isThere =
      isOurs &&
      (await access(path).then(
        () => true,
        () => false
      ))
    if (!isThere) throw gone()
    const { facts } = await openPictureModel(path)
    return { path, facts: { ...facts, id } }
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
      return [
        ...found.flatMap((model) => (model === undefined ? [] : [model.facts])),
        ...(await listOwn(deps.ownFolder)).map(ownFacts)
      ]
    }
  }
}
