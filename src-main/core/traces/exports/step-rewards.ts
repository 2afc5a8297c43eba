// A line for each step of an attempt with its label and reward: data for models that judge steps.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ReviewBody } from '../../../api/dto/trace-reviews.ts'
import { decisions } from '../detectors/detector.ts'
import { PrefixTree } from '../first-wrong/prefix-tree.ts'
import { laneOf } from '../model/derive-steps.ts'
import type { Trace } from '../model/trace.ts'
import { atifStepIds } from './atif.ts'
import { firstMistake, stepLabels, type StepLabel } from './step-judgement.ts'

/** A line of steps.jsonl. */
export interface StepReward {
  readonly trace: string
  readonly task: string
  readonly trial: number
  /** 0-based, of the agent's decisions. */
  readonly step: number
  /** Where what the agent knew before ends: its event in the log, and its step in atif.json. */
  readonly prompt_ref: {
    readonly trace: string
    readonly event: number
    readonly atif_step: number
  }
  readonly action: readonly { readonly name: string; readonly arguments: JsonValue }[]
  readonly label: StepLabel
  readonly reward: -1 | 0 | 1
  /** Value of the state after minus that before, from all attempts at the task; null for one alone. */
  readonly advantage: number | null
  readonly first_wrong: boolean
  readonly decisive: boolean
  /** Finished reviews of the attempt, and the share of them with this first mistake; null without. */
  readonly reviewers: number
  readonly agreement: number | null
}

/** What all reviews of an attempt say of its first mistake. */
export interface Reviewed {
  readonly reviewers: number
  readonly agreement: number | null
}

const rewards: Readonly<Record<StepLabel, -1 | 0 | 1>> = { good: 1, bad: -1, unknown: 0 }

/** Lines of an attempt. `siblings` are the other attempts at its task. */
export function stepRewards(
  trace: Trace,
  review: ReviewBody | null,
  siblings: readonly Trace[],
  { reviewers, agreement }: Reviewed
): StepReward[] {
  const labels = stepLabels(trace, review)
  const first = firstMistake(trace, review)
  const decisive = review === null || review.noneWrong ? null : review.decisive
  const advantages = advantagesOf(trace, siblings)
  const ids = atifStepIds(trace)
  // Steps beside the main line are not in the conversation that the others stand in.
  const main = trace.steps.filter(({ from }) => laneOf(trace.events[from]) === 0)
  return main.map(({ index, from, actions }) => ({
    trace: trace.id,
    task: trace.task.key,
    trial: trace.trial,
    step: index,
    prompt_ref: { trace: trace.id, event: from, atif_step: ids[index] },
    action: actions.map(({ verb, args }) => ({ name: verb, arguments: args })),
    label: labels[index],
    reward: rewards[labels[index]],
    advantage: advantages.get(index) ?? null,
    first_wrong: index === first,
    decisive: index === decisive,
    reviewers,
    agreement
  }))
}

/** Change of value that each decision makes in the tree of all attempts at the task. */
function advantagesOf(trace: Trace, siblings: readonly Trace[]): ReadonlyMap<number, number> {
  const others = siblings.filter(({ id }) => id !== trace.id)
  if (others.length === 0) return new Map()
  const passed = others.filter(({ outcome }) => outcome === 'pass').length / others.length
  const made = decisions(trace)
  const values = new PrefixTree([trace, ...others]).along(
    made.map(({ key }) => key),
    passed
  )
  return new Map(made.map(({ step }, i) => [step.index, values[i + 1] - values[i]]))
}
