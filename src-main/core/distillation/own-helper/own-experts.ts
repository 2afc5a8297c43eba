// A helper model of the analyst's own as methods see helper models: one moment, whose answers are
// known and whose weights are not. Its folder in experts/ names the file and how items are put to it.
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { HelperValues } from '../../../api/dto/distil.ts'
import { AppError } from '../../../api/errors.ts'
import type { ExpertMoment, ExpertSource } from '../../networks/experts.ts'
import type { InputShape, NetworkSpec } from '../../networks/network.ts'
import { askHelper, type HelperQuestion } from './helper-answers.ts'
import { findHelper, helperPath } from './helper-store.ts'

/** How a file is asked; a part of experts.json of its folder. */
export const OwnHelper = z.strictObject({
  file: z.string(),
  values: HelperValues,
  outputs: z.int(),
  outputOf: z.array(z.int()),
  normalisation: z.strictObject({ mean: z.array(z.number()), sd: z.array(z.number()) })
})
export type OwnHelper = z.infer<typeof OwnHelper>

/** Folder of the files, within experts/ of the project. */
export function ownFolder(expertsFolder: string): string {
  return join(expertsFolder, 'own')
}

/** Opens the file of a folder in experts/. Throws AppError "file-not-readable" when it is gone. */
export async function openQuestion(
  expertsFolder: string,
  own: OwnHelper,
  shape: InputShape,
  cores: number
): Promise<HelperQuestion> {
  const folder = ownFolder(expertsFolder)
  const helper = await findHelper(folder, own.file)
  if (helper === undefined)
    throw new AppError('file-not-readable', 'The helper model is not in the project any more.', {
      hint: 'Choose its file again.'
    })
  return { ...own, helper, path: helperPath(folder, own.file), input: helper.input, shape, cores }
}

/** The source over a folder; `network` stands for the one that is not known. */
export async function openOwnExperts(
  folder: string,
  own: OwnHelper,
  facts: {
    readonly shape: InputShape
    readonly network: NetworkSpec
    readonly moments: readonly (readonly ExpertMoment[])[]
    readonly cores: number
  }
): Promise<ExpertSource> {
  const question = await openQuestion(dirname(folder), own, facts.shape, facts.cores)
  const refuse = (): Promise<never> =>
    Promise.reject(
      new AppError(
        'method-not-possible',
        'This needs the inside of a helper model, which a file of your own does not show.',
        { hint: 'Let the app train a helper model.' }
      )
    )
  return {
    network: facts.network,
    count: 1,
    moments: facts.moments,
    read: refuse,
    readStatistics: refuse,
    answer: (rows, signal) => askHelper(question, rows, signal)
  }
}
