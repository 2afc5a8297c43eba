// Why one row was kept or left out, from the stored columns alone.
import type { ExplainInputs, Reason } from '../../method.ts'
import type { PieceReport } from './pieces.ts'

/** What GTP stores as `info`. */
export interface GtpInfo extends Record<string, unknown> {
  readonly target: 'all-items' | 'examples'
  /** "together" or by label, and how many places one choice over all items could fill. */
  readonly split: 'together' | 'labels'
  readonly mostTogether: number
  readonly asked: number
  /** Places filled by the pursuit, and by variety. */
  readonly pursued: number
  readonly filled: number
  /** Error of the chosen rows with their weights, and with equal weights at the best common scale. */
  readonly error: number
  readonly plainError: number
  /** The first of them, at most 200. */
  readonly pursuits: readonly PieceReport[]
  readonly pursuitCount: number
  /** "gradients": made elsewhere; neither labels nor groups were needed. */
  readonly labelSource: 'labels' | 'groups' | 'gradients'
  /** Names of the checkpoints where gradients made elsewhere were compared. */
  readonly checkpoints?: readonly string[]
  readonly warmUpRows: number
  /** What was done about labels that look wrong, and how many do. unknown: it could not be told. */
  readonly wrongLabels: 'count' | 'do-not-copy' | 'unknown'
  readonly doubtful: number
  readonly notFinite: number
  readonly zero: number
}

/** Column `how`: by what a row was chosen. */
export const howChosen = { not: 0, pursuit: 1, variety: 2 } as const
/** Column `flags`. */
export const flagged = { none: 0, notFinite: 1, zero: 2, doubtful: 3 } as const

const number = (value: number): string => value.toLocaleString('en-US')

/** "3.2 times the average", "about the average", "a tenth of the average". */
function timesAverage(weight: number): string {
  if (weight >= 1.15) return `${weight.toFixed(1)} times the average`
  if (weight > 0.85) return 'about the average'
  return weight >= 0.01
    ? `${Math.round(100 * weight)} % of the average`
    : 'under 1 % of the average'
}

export function explainGtp(inputs: ExplainInputs): Reason {
  // `info` was written by this method; the cast undoes only the loss of its type on disk.
  const info = inputs.info as unknown as GtpInfo
  const { columns, row } = inputs
  const flag = columns['flags'][row]
  if (flag !== flagged.none) return withoutDirection(inputs, flag, info.labelSource === 'gradients')
  const model = info.labelSource === 'gradients' ? 'the model' : 'the helper model'
  const goal = info.target === 'examples' ? 'your example items' : 'all items'
  if (columns['how'][row] === howChosen.pursuit) {
    return {
      code: 'kept-together',
      text: `Kept because the chosen items together stand in for ${goal}; its weight in that is ${timesAverage(columns['weight'][row])}.`
    }
  }
  if (columns['how'][row] === howChosen.variety) {
    return {
      code: 'kept-variety',
      text: `Kept to fill the places: ${number(info.pursued)} items were all that was found to stand in for ${goal}, and this one adds variety.`
    }
  }
  const place = `place ${number(columns['pullRank'][row])} of ${number(inputs.candidates)} by how closely it alone points to what ${goal} teach`
  if (!(columns['pull'][row] > 0)) {
    return {
      code: 'pulls-away',
      text: `Left out: it would pull ${model} away from what ${goal} teach (${place}).`
    }
  }
  if (!(columns['left'][row] > 0)) {
    return {
      code: 'already-covered',
      text: `Left out: what it teaches is already covered by the chosen items (${place}).`
    }
  }
  return {
    code: 'adds-less',
    text: `Left out: it would still add a little, but the chosen items together came closer without it (${place}).`
  }
}

function withoutDirection({ isChosen }: ExplainInputs, flag: number, isGiven: boolean): Reason {
  if (flag === flagged.doubtful) {
    return isChosen
      ? { code: 'kept-last', text: 'Kept to fill the places, although its label looks wrong.' }
      : {
          code: 'label-doubtful',
          text: 'Left out: a helper model speaks clearly against its label.'
        }
  }
  const isUnread = flag === flagged.notFinite
  const zero = isGiven
    ? 'its learning directions hold nothing but zeros'
    : 'the helper model is already certain about it'
  const why = isUnread ? 'its numbers could not be read' : zero
  if (isChosen) return { code: 'kept-last', text: `Kept to fill the places, although ${why}.` }
  return isUnread
    ? { code: 'not-comparable', text: `Left out: ${why}, so it could not be compared.` }
    : { code: 'no-direction', text: `Left out: ${why}, so it has nothing to teach.` }
}
