// Pairs for preference training: what the agent did at a step, and what would have been right there,
// from the reviewer's own correction or from a success that stood in the same state.
import type { ReviewBody } from '../../../api/dto/trace-reviews.ts'
import { align, alignedDecisions, mostDecisions } from '../first-wrong/alignment.ts'
import { statesOf } from '../model/ledger.ts'
import type { Trace } from '../model/trace.ts'
import {
  conversationOf,
  correctedTurn,
  joinUsers,
  type ChatMessage,
  type PlacedMessage
} from './conversation.ts'
import { freshId, toolsFor } from './sft.ts'
import { firstMistake } from './step-judgement.ts'
import type { ToolSchema, ToolSchemas } from './tool-schemas.ts'

/** A line of pairs.jsonl. */
export interface PreferencePair {
  readonly prompt: readonly ChatMessage[]
  readonly chosen: readonly ChatMessage[]
  readonly rejected: readonly ChatMessage[]
  readonly tools?: readonly ToolSchema[]
  readonly meta: {
    readonly task: string
    readonly trace: string
    /** 0-based. */
    readonly step: number
    readonly source: 'correction' | 'sibling'
    /** The success it was taken from, and the step there; null for corrections. */
    readonly sibling: string | null
    readonly sibling_step: number | null
    /** State that both stand in; null for corrections. */
    readonly state: string | null
  }
}

/**
 * Pairs of an attempt. Corrections count when a person made them; a sibling's decision when it stands
 * against the wrong one in the cheapest alignment and both are made in the same state.
 */
export function pairsOf(
  trace: Trace,
  review: ReviewBody | null,
  siblings: readonly Trace[],
  tools: ToolSchemas
): PreferencePair[] {
  if (review === null || review.noneWrong) return []
  const placed = conversationOf(trace)
  const pairs: PreferencePair[] = []
  for (const step of wrongSteps(trace, review)) {
    const at = placed.findIndex((each) => each.step === step)
    // Beside the main line there is no conversation that both could go on with.
    if (at === -1) continue
    const correction = review.corrections[String(step)]
    if (correction?.origin === 'human' && correction.verified !== 'replay-fail') {
      const chosen = correctedTurn(correction, freshId(placed))
      add(chosen, { step, source: 'correction', sibling: null, sibling_step: null, state: null })
    }
    const other = siblingTurn(trace, step, siblings)
    if (other !== undefined) {
      const { turn, sibling, siblingStep, state } = other
      const where = { sibling: sibling.id, sibling_step: siblingStep, state }
      add(withFreshIds(turn, placed), { step, source: 'sibling', ...where })
    }

    function add(chosen: ChatMessage, meta: Omit<PreferencePair['meta'], 'task' | 'trace'>): void {
      const rejected = placed[at].message
      const prompt = joinUsers(placed.slice(0, at)).map(({ message }) => message)
      if (prompt.length === 0 || sameTurn(chosen, rejected)) return
      const listed = toolsFor([{ message: chosen }, ...placed.slice(0, at + 1)], tools)
      pairs.push({
        prompt,
        chosen: [chosen],
        rejected: [rejected],
        ...(listed.length === 0 ? {} : { tools: listed }),
        meta: { task: trace.task.key, trace: trace.id, ...meta }
      })
    }
  }
  return pairs
}

/** The first mistake, steps marked bad, and steps that were corrected. */
function wrongSteps(trace: Trace, review: ReviewBody): number[] {
  const first = firstMistake(trace, review)
  const bad = Object.entries(review.marks).flatMap(([step, mark]) =>
    mark === 'bad' ? [Number(step)] : []
  )
  const corrected = Object.keys(review.corrections).map(Number)
  return [...new Set([...(first === null ? [] : [first]), ...bad, ...corrected])]
    .filter((step) => step < trace.steps.length)
    .sort((a, b) => a - b)
}

interface SiblingTurn {
  readonly turn: ChatMessage
  readonly sibling: Trace
  readonly siblingStep: number
  readonly state: string
}

/** What the most similar success did in the same state, where it did something else. */
function siblingTurn(
  trace: Trace,
  step: number,
  siblings: readonly Trace[]
): SiblingTurn | undefined {
  const here = alignedDecisions(trace)
  const own = here.findIndex((decision) => decision.step.index === step)
  if (own === -1 || here.length > mostDecisions) return undefined
  const state = statesOf(trace)[step]
  let best: (SiblingTurn & { readonly cost: number }) | undefined
  for (const sibling of siblings) {
    if (sibling.outcome !== 'pass' || sibling.id === trace.id) continue
    const there = alignedDecisions(sibling)
    if (there.length > mostDecisions) continue
    const { cost, pairs } = align(here, there)
    const pair = pairs.find((each) => each.here === own)
    if (pair === undefined || pair.there === null || pair.kind === 'same') continue
    const siblingStep = there[pair.there].step.index
    if (statesOf(sibling)[siblingStep] !== state || (best !== undefined && best.cost <= cost))
      continue
    const turn = turnOf(conversationOf(sibling), siblingStep)
    if (turn !== undefined) best = { turn, sibling, siblingStep, state, cost }
  }
  return best
}

/** Attempts of one log may share ids of calls: those that the conversation holds are made anew. */
function withFreshIds(turn: ChatMessage, placed: readonly PlacedMessage[]): ChatMessage {
  const calls = turn.tool_calls
  if (calls === undefined) return turn
  const taken = new Set(
    placed.flatMap(({ message }) => (message.tool_calls ?? []).map(({ id }) => id))
  )
  const fresh = calls.map((call) => {
    let { id } = call
    for (let n = 2; taken.has(id); n++) id = `${call.id}_${n}`
    taken.add(id)
    return { ...call, id }
  })
  return { ...turn, tool_calls: fresh }
}

function turnOf(placed: readonly PlacedMessage[], step: number): ChatMessage | undefined {
  return placed.find((each) => each.step === step)?.message
}

function sameTurn(a: ChatMessage, b: ChatMessage): boolean {
  const said = ({ content, tool_calls }: ChatMessage): string =>
    JSON.stringify([content ?? '', (tool_calls ?? []).map((call) => call.function)])
  return said(a) === said(b)
}
