// Why an item was kept or left out by k-center greedy.
import { amongLabel, explainUnable } from '../../coverage/coverage-result.ts'
import type { CoverageInfo } from '../../coverage/coverage-run.ts'
import type { ExplainInputs, Reason } from '../../method.ts'

/** Stands in the column "distance" for the first pick, which was compared with nothing. */
export const alikeless = -2

export function explainKCenter(inputs: ExplainInputs): Reason {
  const unable = explainUnable(inputs)
  if (unable !== undefined) return unable
  const { columns, row, isChosen } = inputs
  // Written by this method; the cast undoes only the loss of its type on disk.
  const among = amongLabel(inputs, inputs.info as CoverageInfo)
  const distance = columns['distance'][row]
  const far = distance.toFixed(2)
  if (distance === alikeless) {
    return isChosen
      ? { code: 'kept-start', text: `Kept as the item the choice${among} started from.` }
      : { code: 'no-place', text: `Left out: there was no place${among} for it.` }
  }
  if (!isChosen) {
    return distance < 0
      ? { code: 'no-place', text: `Left out: too few items${among} were asked for to compare it.` }
      : distance === 0
        ? { code: 'same', text: `Not needed: a kept item${among} is the same.` }
        : {
            code: 'near-kept',
            text: `Not needed: it lies at a distance of ${far} from a kept item${among}; others lay farther away.`
          }
  }
  return distance > 0
    ? {
        code: 'kept-far',
        text: `Kept because it is unlike anything chosen before it${among} (distance ${far}).`
      }
    : {
        code: 'kept-same',
        text: `Kept to fill the number you asked for: it is the same as a kept item${among}.`
      }
}
