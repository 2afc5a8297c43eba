// One unit of a check: train a check model on some items, test it on others. Deterministic and
// single-threaded, so that a unit gives the same number wherever and whenever it runs.
import type { CheckModel } from '../../api/dto/runs.ts'
import type { CheckModelCode, FingerprintInputs, PictureInputs } from './models/check-model.ts'
import { convnetModel } from './models/convnet.ts'
import { knnModel } from './models/knn.ts'
import { linearModel } from './models/linear.ts'
import { mlpModel } from './models/mlp.ts'

/** Check models that learn from fingerprints. */
export type FingerprintModel = Exclude<CheckModel, 'convnet'>

/** By id. */
export const fingerprintModels: Readonly<
  Record<FingerprintModel, CheckModelCode<FingerprintInputs>>
> = { linear: linearModel, mlp: mlpModel, knn: knnModel }

/** Check models that learn from pixels, by id. */
export const pictureModels: Readonly<Record<'convnet', CheckModelCode<PictureInputs>>> = {
  convnet: convnetModel
}
