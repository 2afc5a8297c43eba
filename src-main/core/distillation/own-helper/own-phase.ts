// The helper-model phase with a file of the analyst's own: nothing is trained, it is asked about the
// validation items once, and then shared by all runs on the same items.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { JsonValue } from '../../../api/dto/common.ts'
import type { DistilHelper } from '../../../api/dto/distil.ts'
import { AppError } from '../../../api/errors.ts'
import { canonicalJson } from '../../datasets/readers/canonical-json.ts'
import { markUsed } from '../expert-cache.ts'
import { hasExpert, readMoments } from '../expert-store.ts'
import type { MakeExperts, ReadyExperts } from '../make-experts.ts'
import type { AskHelperInput, AskHelperOutput } from './ask-helper-task.ts'
import { fitHelper } from './helper-fit.ts'
import { findHelper } from './helper-store.ts'
import { ownFolder } from './own-experts.ts'

/** Bumped when the same file would answer otherwise. */
const askVersion = 1

export type FileHelper = Extract<DistilHelper, { kind: 'file' }>

/**
 * Makes a file's answers available as a helper model. Throws AppError "file-not-readable" or
 * "method-not-possible" when the file is gone, does not fit, or cannot be run.
 */
export async function askOwnHelper(run: MakeExperts, chosen: FileHelper): Promise<ReadyExperts> {
  const { context, split, facts, dataset, expertsFolder } = run
  context.phase(run.phase, 0, 'items')
  const helper = await findHelper(ownFolder(expertsFolder), chosen.file)
  if (helper === undefined)
    throw new AppError(
      'file-not-readable',
      `The helper model \u201c${chosen.name}\u201d is not in this project.`,
      { hint: 'Choose its file again.' }
    )
  const fit = fitHelper(helper, {
    data: run.data.kind,
    shape: facts.shape,
    datasetLabels: dataset.classNames,
    classNames: split.classNames
  })
  if (fit.problem !== undefined)
    throw new AppError('method-not-possible', fit.problem, { hint: fit.hint })
  const own = {
    file: chosen.file,
    values: chosen.values,
    outputs: fit.outputs,
    outputOf: [...fit.outputOf]
  }
  const key = keyOf({ own, facts, splitHash: split.hash, contentHash: dataset.contentHash })
  run.uses(key)
  const folder = join(expertsFolder, key)
  if (!(await hasExpert(folder, 0))) await ask(run, folder, own)
  await markUsed(folder)
  const moments = await readMoments(folder, 1)
  const [{ epoch, accuracy01 }] = moments[0]
  context.live('helper', epoch, accuracy01)
  return { folder, key, request: { ...run.request, count: 1 }, moments }
}

function keyOf(facts: object): string {
  const plain = JSON.parse(JSON.stringify({ ...facts, askVersion })) as JsonValue
  return createHash('sha256').update(canonicalJson(plain)).digest('hex').slice(0, 32)
}

async function ask(run: MakeExperts, folder: string, own: AskHelperInput['own']): Promise<void> {
  const { context } = run
  const output = await context.pool.run<
    AskHelperInput,
    { readonly done: number; readonly total: number },
    AskHelperOutput
  >(
    { name: 'ask-helper' },
    { data: run.data, folder, own },
    {
      signal: context.signal,
      cores: 'all',
      async onEvent({ done, total }) {
        await context.breathe()
        context.phase(run.phase, total, 'items')
        context.progress(done)
      }
    }
  )
  context.log(
    'info',
    'helper',
    `The helper model is right on ${(output.accuracy01 * 100).toFixed(1)} % of the validation items.`
  )
}
