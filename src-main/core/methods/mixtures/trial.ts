// The frame around methods with helper models: reads what is needed, hands over, closes the device's
// memory again, and draws by size where sources cannot be compared.
import { AppError } from '../../../api/errors.ts'
import { checkInputs } from '../check-inputs.ts'
import type { MethodContext, MethodProgress, Selection, SelectionInputs } from '../method.ts'
import type { Trial } from './fresh-check.ts'
import { openMeter } from './helper-models.ts'
import { readProbeData } from './probe-data.ts'
import { aimedAt, checkSourceCount, withoutProbes } from './probe-run.ts'
import { groupBySource } from './source-groups.ts'

/**
 * Runs `method` on what helper models need. Throws AppError where there are no sources, no labels or too
 * many sources.
 * @param aimAt name of the one measure that counts; '' = all
 */
export async function* withTrial(
  context: MethodContext,
  inputs: SelectionInputs,
  aimAt: string,
  method: (trial: Trial) => AsyncGenerator<MethodProgress, Selection, void>
): AsyncGenerator<MethodProgress, Selection, void> {
  checkInputs(inputs)
  context.signal.throwIfAborted()
  const groups = groupBySource(inputs)
  if (!inputs.labels.some((label) => label >= 0))
    throw new AppError('method-not-possible', 'Helper models need labels to learn from.', {
      hint: 'Choose a label column, or use "Sources by size" or "Same from every source".'
    })
  checkSourceCount(groups)
  const read = await readProbeData(context, inputs, groups)
  if ('reason' in read) return withoutProbes(context, inputs, groups, read)
  const data = aimedAt(read, aimAt)
  const meter = openMeter(context.device.tf, data)
  try {
    return yield* method({ groups, data, meter })
  } finally {
    meter.close()
  }
}
