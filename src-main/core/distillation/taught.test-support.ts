// A method for tests that surely keeps a helper model: others keep plain labels where these do as well.
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import {
  createTeacher,
  readTeacher,
  storedTeacher
} from '../methods/distillation/label-compression/teacher-labels.ts'
import { realItemsMethod } from '../methods/distillation/real-items/method.ts'

/** Real items that always learn from the last moment of their helper model. */
export const taught: DistillationMethod = {
  ...realItemsMethod,
  async *run(context, inputs, params) {
    const set = yield* realItemsMethod.run(context, inputs, realItemsMethod.params.parse(params))
    const { experts, shape, classNames } = inputs
    if (experts === undefined) throw new Error('no helper model')
    const moment = experts.moments[0].length - 1
    const asked = await readTeacher(experts, moment, 1, { tau: 0.5, teacherShare: 1 })
    const teacher = createTeacher(context.device.tf, asked, shape, classNames.length)
    const shares = teacher.shares(set.values, set.labels)
    teacher.dispose()
    const { epoch } = experts.moments[0][moment]
    return {
      ...set,
      targets: { kind: 'soft', shares, from: 'the helper model', changed: asked },
      stored: [...set.stored, ...storedTeacher(asked)],
      info: { ...set.info, expertEpoch: epoch, inverseTemperature: 0.5 }
    }
  }
}

/** Settings of it that end within seconds. */
export const taughtSettings = {
  expertEpochs: 4,
  weights: 1,
  helperMoments: 1,
  rates: 1,
  studentEpochs: 12
}
