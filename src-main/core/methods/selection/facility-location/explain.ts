// Why an item was kept or left out by facility location.
import { alikePercent, amongLabel, explainUnable } from '../../coverage/coverage-result.ts'
import { items, type CoverageInfo } from '../../coverage/coverage-run.ts'
import type { ExplainInputs, Reason } from '../../method.ts'

export function explainFacilityLocation(inputs: ExplainInputs): Reason {
  const unable = explainUnable(inputs)
  if (unable !== undefined) return unable
  const { columns, row, isChosen } = inputs
  // Written by this method; the cast undoes only the loss of its type on disk.
  const among = amongLabel(inputs, inputs.info as CoverageInfo)
  const standsFor = columns['standsFor'][row]
  const alike = columns['alike'][row]
  if (isChosen) {
    return standsFor > 0
      ? {
          code: 'kept-stands-for',
          text: `Kept because it stands for ${items(standsFor)}${among} that no other kept item is nearer to.`
        }
      : {
          code: 'kept-corner',
          text: `Kept because nothing kept before was close enough to it; it stands only for itself.`
        }
  }
  if (alike < -1)
    return {
      code: 'not-near',
      text: `Left out: few items${among} are like it, and other kinds had more items to stand for.`
    }
  return alike > 0
    ? {
        code: 'covered',
        text: `Not needed: a kept item${among} already stands for it (${alikePercent(alike)} alike).`
      }
    : {
        code: 'far-alone',
        text: `Left out: it is unlike the kept items${among}, and it would have stood for too few others.`
      }
}
