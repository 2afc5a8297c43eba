// An attempt as an ATIF trajectory (Harbor's Agent Trajectory Interchange Format, version 1.4): steps
// of system, user and agent, calls with their results, and the review under "extra".
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ReviewBody } from '../../../api/dto/trace-reviews.ts'
import type { Trace } from '../model/trace.ts'
import { conversationOf, type PlacedMessage } from './conversation.ts'
import { firstMistake, stepLabels } from './step-judgement.ts'

interface AtifStep {
  /** From 1. */
  readonly step_id: number
  readonly source: 'system' | 'user' | 'agent'
  readonly message: string
  readonly timestamp?: string
  readonly reasoning_content?: string
  readonly tool_calls?: readonly {
    readonly tool_call_id: string
    readonly function_name: string
    readonly arguments: JsonValue
  }[]
  readonly observation?: {
    readonly results: readonly { readonly source_call_id: string; readonly content: string }[]
  }
  readonly extra?: Readonly<Record<string, JsonValue>>
}

/** A trajectory of atif.json. */
export interface AtifTrajectory {
  readonly schema_version: 'ATIF-v1.4'
  readonly session_id: string
  readonly agent: { readonly name: string; readonly version: string }
  readonly steps: readonly AtifStep[]
  readonly final_metrics: { readonly total_steps: number }
  readonly extra: Readonly<Record<string, JsonValue>>
}

/** The whole attempt, nothing masked or left out. */
export function atifOf(trace: Trace, review: ReviewBody | null): AtifTrajectory {
  const labels = stepLabels(trace, review)
  const groups = groupsOf(conversationOf(trace))
  const steps = groups.map((group, i) => {
    const [{ step }] = group
    const marks =
      step === null || review === null ? {} : { extra: marksOf(review, step, labels[step]) }
    return { ...atifStep(group, i + 1, trace), ...marks }
  })
  const { task, trial, outcome, reward } = trace
  return {
    schema_version: 'ATIF-v1.4',
    session_id: trace.id,
    agent: { name: trace.steps.at(0)?.actor ?? 'agent', version: 'unknown' },
    steps,
    final_metrics: { total_steps: steps.length },
    extra: {
      ...{ task_id: task.key, goal: task.goal, trial, outcome, reward },
      review: review === null ? null : reviewFacts(trace, review)
    }
  }
}

/** "step_id" in the trajectory of each step of an attempt. */
export function atifStepIds(trace: Trace): number[] {
  const ids: number[] = []
  groupsOf(conversationOf(trace)).forEach(([{ step }], i) => {
    if (step !== null) ids[step] = i + 1
  })
  return ids
}

/** A turn of the agent with the answers to its calls; others alone. */
function groupsOf(placed: readonly PlacedMessage[]): (readonly PlacedMessage[])[] {
  const groups: PlacedMessage[][] = []
  for (const each of placed)
    if (each.message.role === 'tool') groups.at(-1)?.push(each)
    else groups.push([each])
  return groups
}

function atifStep(group: readonly PlacedMessage[], id: number, trace: Trace): AtifStep {
  const [{ message, step }, ...answers] = group
  const base = { step_id: id, message: message.content ?? '' }
  if (message.role !== 'assistant' || step === null)
    return { ...base, source: message.role === 'system' ? 'system' : 'user' }
  const { time } = trace.events[trace.steps[step].from]
  const { reasoning_content, tool_calls } = message
  return {
    ...base,
    source: 'agent',
    ...(time === null ? {} : { timestamp: new Date(time).toISOString() }),
    ...(reasoning_content === undefined ? {} : { reasoning_content }),
    ...(tool_calls === undefined
      ? {}
      : {
          tool_calls: tool_calls.map((call) => ({
            tool_call_id: call.id,
            function_name: call.function.name,
            // Written by `argumentsText`: always JSON.
            arguments: JSON.parse(call.function.arguments) as JsonValue
          })),
          observation: {
            results: answers.map((answer) => ({
              source_call_id: answer.message.tool_call_id ?? '',
              content: answer.message.content ?? ''
            }))
          }
        })
  }
}

function marksOf(review: ReviewBody, step: number, label: string): Record<string, JsonValue> {
  const key = String(step)
  const correction = review.corrections[key]
  return {
    ...{ step, label, mark: review.marks[key] ?? null },
    ...(correction === undefined ? {} : { correction: { ...correction } }),
    ...(review.stepTags[key] === undefined ? {} : { tags: review.stepTags[key] }),
    ...(review.stepNotes[key] === undefined ? {} : { note: review.stepNotes[key] })
  }
}

function reviewFacts(trace: Trace, review: ReviewBody): Record<string, JsonValue> {
  const { verdict, keep, confidence, tags, note, noneWrong, decisive } = review
  return {
    verdict,
    first_mistake: firstMistake(trace, review),
    decisive: noneWrong ? null : decisive,
    none_wrong: noneWrong,
    ...{ keep, confidence, tags, note }
  }
}
