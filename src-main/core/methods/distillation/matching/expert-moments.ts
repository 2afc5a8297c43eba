// Which trained network an iteration matches in, and which one names the made items: one of about the
// same age (TGDD: at most some epochs apart), so that they are not asked for what comes much later.
import type { Random } from '../../../compute/random.ts'
import type { ExpertSource } from '../../../networks/experts.ts'

/** Moments of one expert. */
export interface ChosenMoments {
  readonly expert: number
  /** Whose averages are matched. */
  readonly moment: number
  /** Who names the made items. */
  readonly judge: number
}

/** Draws an expert, one of its moments, and another at most `mostApart` epochs from it. */
export function chooseMoments(
  random: Random,
  { count, moments }: Pick<ExpertSource, 'count' | 'moments'>,
  mostApart: number
): ChosenMoments {
  const expert = random.below(count)
  const known = moments[expert]
  const moment = random.below(known.length)
  const near = known
    .map((_, at) => at)
    .filter((at) => Math.abs(known[at].epoch - known[moment].epoch) <= mostApart)
  return { expert, moment, judge: near[random.below(near.length)] }
}
