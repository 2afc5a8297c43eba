// An attempt on a page as a trace: screens, actions, how it ended, and what reflection changed.
import type { JsonValue } from '../../../api/dto/common.ts'
import { event } from '../formats/trace-format.ts'
import type { Outcome, TraceAttachment, TraceEvent, TraceRecord } from '../model/trace.ts'
import { formatAction, type PageAction } from '../reflection/actions.ts'
import { endSentence } from '../reflection/end-states.ts'
import type { Correction } from '../reflection/memory.ts'
import { screenText, type Screen } from '../reflection/screen.ts'
import type { Decision, TrialResult } from '../reflection/solve-options.ts'
import { summarise } from '../reflection/summaries.ts'

/** What stands beside an attempt in its trace. */
export interface RecordFacts {
  /** Name of the policy. */
  readonly agent: string
  /** Name of the language model; null without. */
  readonly model: string | null
  /** Pictures of screens, where they were taken. */
  pictureOf(screen: Screen): Uint8Array | undefined
  /** The step after which the attempt could not be saved, found by replay; null where it was not looked for. */
  readonly decisive: DecisiveLabel | null
  /** The attempt whose correction is obeyed, from 0; the one before where absent. */
  readonly learntFrom?: number
}

/** A decisive step and why it is thought to be it. */
export interface DecisiveLabel {
  readonly step: number
  readonly reason: string
}

/** Key of a task with its seed: attempts of equal keys are compared. */
export function taskKey(task: string, seed: number): string {
  return `${task} ${seed}`
}

/** Arguments of an action as data. */
export function actionData(action: PageAction): JsonValue {
  const entries = Object.entries(action).filter(([name]) => name !== 'kind')
  return Object.fromEntries(entries)
}

/** An attempt as a trace. */
export function trialRecord(trial: TrialResult, facts: RecordFacts): TraceRecord {
  const events: TraceEvent[] = []
  const key = taskKey(trial.task, trial.seed)
  const more = { actor: 'agent' } as const
  events.push(event('user', trial.goal, { actor: 'task', time: trial.startedAt }))
  const learntFrom = facts.learntFrom ?? trial.trial - 1
  if (trial.obeys !== null) events.push(correctionEvent('obeys', trial.obeys, learntFrom))
  const calls: number[] = []
  trial.decisions.forEach((decision, step) => {
    events.push(screenEvent(decision.screen, facts))
    calls.push(events.length)
    events.push(
      event('tool-call', '', {
        ...more,
        name: decision.action.kind,
        callId: `${step}`,
        data: actionData(decision.action),
        time: decision.startedAt
      }),
      event('tool-result', answerOf(decision), {
        actor: 'page',
        callId: `${step}`,
        isError: !decision.isDone
      })
    )
  })
  if (trial.last !== null) events.push(screenEvent(trial.last, facts))
  if (trial.refused !== null)
    events.push(event('error', `Refused: ${trial.refused}`, { ...more, isError: true }))
  if (trial.correction !== null)
    events.push(correctionEvent('gives', trial.correction, trial.trial))
  const ending = trial.reason === null ? '' : ` (${trial.reason})`
  events.push(
    event('score', `${endSentence(trial.state)}${ending}`, {
      actor: 'page',
      data: { reward: trial.reward, state: trial.state },
      time: trial.endedAt
    })
  )
  const { decisive } = facts
  return {
    id: `${key} attempt ${trial.trial + 1}`,
    task: { key, goal: trial.goal },
    trial: trial.trial,
    outcome: outcomeOf(trial),
    reward: trial.reward,
    endReason: trial.state,
    events,
    warnings: [],
    gold: null,
    marked:
      decisive === null || calls[decisive.step] === undefined
        ? null
        : { event: calls[decisive.step], actor: 'replay', reason: decisive.reason },
    facts: {
      agent: facts.agent,
      model: facts.model,
      startedAt: trial.startedAt,
      durationMs: trial.endedAt - trial.startedAt,
      tokensIn: null,
      tokensOut: null,
      cost: null,
      seed: trial.seed,
      family: trial.task
    }
  }
}

function outcomeOf({ state }: TrialResult): Outcome {
  if (state === 'correct') return 'pass'
  return state === 'stopped' ? 'unknown' : 'fail'
}

function answerOf({ isDone, source, summary }: Decision): string {
  if (!isDone) return 'It could not be done.'
  if (source === 'replayed') return `${summary} (done again as before)`
  return source === 'corrected' ? `${summary} (as the correction says)` : summary
}

function screenEvent(screen: Screen, facts: RecordFacts): TraceEvent {
  const bytes = facts.pictureOf(screen)
  const attachments: TraceAttachment[] =
    bytes === undefined ? [] : [{ mime: 'image/png', name: 'screen.png', bytes }]
  return event('observation', screenText(screen), {
    actor: 'page',
    ...(attachments.length > 0 && { attachments })
  })
}

/** Of the attempt that a correction follows from ("gives"), and of the one that obeys it. */
function correctionEvent(
  role: 'gives' | 'obeys',
  correction: Correction,
  trial: number
): TraceEvent {
  const { step, taken, instead, why } = correction
  const from = role === 'gives' ? 'For the next attempt' : `Learnt from attempt ${trial + 1}`
  return event(
    'state',
    `${from}: at step ${step + 1}, ${formatAction(instead)} instead of ${formatAction(taken)}. ${why}`.trim(),
    { actor: 'reflection', name: 'correction', data: { role, trial, ...toObject(correction) } }
  )
}

function toObject(correction: Correction): { readonly [key: string]: JsonValue } {
  const { step, taken, instead, why } = correction
  return { step, taken: formatAction(taken), instead: formatAction(instead), why }
}

/** What reflection changed, in a sentence for lists: "At step 2: clicked link '3' instead of clicked link '5'". */
export function changeSentence({ correction, decisions }: TrialResult): string | null {
  if (correction === null) return null
  const screen = decisions[correction.step]?.screen
  if (screen === undefined) return null
  return `Step ${correction.step + 1}: ${summarise(screen, correction.instead)}, and not ${summarise(screen, correction.taken)}`
}
