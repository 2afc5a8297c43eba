// An attempt that was played on pages, read back from its trace: what was done and what was seen at each
// step, and a reviewer's correction as an action of the same grammar.
import { z } from 'zod'
import type { JsonValue } from '../../../api/dto/common.ts'
import type { StepCorrection } from '../../../api/dto/trace-reviews.ts'
import type { RunnerPolicy } from '../../../api/dto/trace-runner.ts'
import { AppError } from '../../../api/errors.ts'
import {
  isSameAction,
  longestTyped,
  mostPresses,
  pressableKeys,
  type PageAction
} from '../reflection/actions.ts'
import type { Trace } from '../model/trace.ts'
import type { AttemptAgain } from './run-trials.ts'

// Fields of the form may hold numbers as text.
const Id = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
  ])
  .pipe(z.int().min(1))
const Action = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('click'), id: Id }),
  z.object({ kind: z.literal('enter'), id: Id, text: z.string().max(longestTyped) }),
  z.object({
    kind: z.literal('press'),
    key: z.enum(pressableKeys),
    times: z.int().min(1).max(mostPresses).default(1)
  }),
  z.object({ kind: z.literal('hold'), key: z.enum(['Control', 'Shift']).nullable().default(null) }),
  z.object({
    kind: z.literal('scroll'),
    id: Id.nullable().default(null),
    direction: z.enum(['up', 'down'])
  })
])

/** The action of a call; undefined for anything that is none. */
export function actionOfCall(verb: string, args: JsonValue): PageAction | undefined {
  const fields = typeof args === 'object' && args !== null && !Array.isArray(args) ? args : {}
  return Action.safeParse({ ...fields, kind: verb }).data
}

/** What is to be played again. */
export interface SavedAttempt {
  readonly task: string
  readonly seed: number
  /** By decision: what was done on which screen. */
  readonly decisions: readonly { readonly action: PageAction; readonly screen: string }[]
  /** Decision of each step; null for steps that are none. */
  readonly decisionOf: readonly (number | null)[]
}

/** Forms of logs that the runner writes: into a project, and into a file. */
const playedFormats: ReadonlySet<string> = new Set(['pages', 'winnow-traces'])

/** The attempt as it can be played again, or why it cannot, in a sentence. */
export function savedAttempt(trace: Trace, format: string | undefined): SavedAttempt | string {
  const { facts, events, steps } = trace
  const seed = facts?.seed ?? null
  const task = facts?.family ?? null
  if (format === undefined || !playedFormats.has(format))
    return 'A correction can be tried on attempts that Winnow played on pages. This one comes from elsewhere.'
  if (seed === null || task === null || !Number.isInteger(seed) || seed < 0)
    return 'The log does not say which task it is, or with which start.'
  const decisions: { action: PageAction; screen: string }[] = []
  const decisionAt = new Map<number, number>()
  let screen: string | undefined
  for (const [at, event] of events.entries()) {
    if (event.kind === 'observation') screen = event.text
    if (event.kind !== 'tool-call') continue
    const action = actionOfCall(event.name ?? '', event.data)
    if (action === undefined || screen === undefined)
      return 'The log holds something that cannot be played again.'
    decisionAt.set(at, decisions.length)
    decisions.push({ action, screen })
  }
  const decisionOf = steps.map(({ from, to }) => {
    const own = [...decisionAt].filter(([at]) => at >= from && at < to)
    return own.length === 1 ? own[0][1] : null
  })
  return { task, seed, decisions, decisionOf }
}

/** The attempt up to a step, and the correction there. Throws AppError "invalid-input" with a plain sentence. */
export function attemptAgain(
  attempt: SavedAttempt,
  step: number,
  { verb, args, why }: StepCorrection,
  trials: Pick<AttemptAgain, 'from' | 'trial'>
): AttemptAgain {
  const at = attempt.decisionOf[step] ?? null
  if (at === null) throw new AppError('invalid-input', 'This step did nothing on the page.')
  const instead = actionOfCall(verb, args)
  if (instead === undefined)
    throw new AppError('invalid-input', 'This correction is nothing that can be done on a page.', {
      hint: 'Choose click, enter, press, hold or scroll, with the number of an element of the screen.'
    })
  const { action: taken } = attempt.decisions[at]
  if (isSameAction(taken, instead))
    throw new AppError('invalid-input', 'The correction is what the agent did.')
  const before = attempt.decisions.slice(0, at)
  return {
    ...trials,
    prefix: before.map(({ action }) => action),
    screens: [...before, attempt.decisions[at]].map(({ screen }) => screen),
    correction: { step: at, taken, instead, why }
  }
}

/** Who played, told by the name that runs give their agents; undefined for models, which need an address. */
export function playerOfName(agent: string | null): RunnerPolicy | undefined {
  const [name, slip] = (agent ?? '').replace(/, corrected$/, '').split(' ')
  if (name === 'scripted') return { kind: 'scripted' }
  if (name === 'random') return { kind: 'random', seed: 0 }
  const share = Number(slip)
  return name === 'noisy' && share >= 0 && share <= 1
    ? { kind: 'noisy', seed: 0, slip: share, corrector: null }
    : undefined
}
