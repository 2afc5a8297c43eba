// Where an attempt is before each of its decisions, and at its end: what nodes of a task's graph are.
import { hash } from 'node:crypto'
import { decisions, type Decision } from '../detectors/detector.ts'
import { statesOf } from '../model/ledger.ts'
import { isEffectiveWrite, type Trace } from '../model/trace.ts'

/**
 * What makes two moments of different attempts the same: the screen, the changes made so far
 * whatever their order, or the last two actions.
 */
export type Abstraction = 'screen' | 'ledger' | 'recent'

/** One decision of an attempt and the states around it. */
export interface Move {
  readonly from: string
  readonly to: string
  /** Equal for equal decisions. */
  readonly action: string
  readonly label: string
  /** Index of the step. */
  readonly step: number
}

/** An attempt as a walk over states. */
export interface StateWalk {
  readonly trace: number
  readonly outcome: Trace['outcome']
  readonly moves: readonly Move[]
  readonly start: string
  readonly end: string
  /** Words for states, by key. */
  readonly labels: ReadonlyMap<string, string>
}

/** An attempt as a walk over states of every kind, without its texts. */
export interface WalkDraft {
  readonly hasScreens: boolean
  readonly hasChanges: boolean
  readonly walks: Readonly<Record<Abstraction, StateWalk>>
}

/** Walks of one attempt, of which {@link chooseAbstraction} picks one for the whole task. */
export function draftWalk(trace: Trace, number: number): WalkDraft {
  return {
    hasScreens: trace.steps.some(({ before }) => before !== null),
    hasChanges: trace.steps.some(({ actions }) => actions.some(isEffectiveWrite)),
    walks: {
      screen: walkOf(trace, number, 'screen'),
      ledger: walkOf(trace, number, 'ledger'),
      recent: walkOf(trace, number, 'recent')
    }
  }
}

/** Screens where attempts have them, changes where half of them make some, else the last actions. */
export function chooseAbstraction(drafts: readonly WalkDraft[]): Abstraction {
  if (drafts.some(({ hasScreens }) => hasScreens)) return 'screen'
  const changing = drafts.filter(({ hasChanges }) => hasChanges)
  return 2 * changing.length >= drafts.length && drafts.length > 0 ? 'ledger' : 'recent'
}

/** An attempt's decisions as moves between states. Talk and thought alone move nothing. */
export function walkOf(trace: Trace, number: number, abstraction: Abstraction): StateWalk {
  const made = decisions(trace)
  const states = statesAround(trace, made, abstraction)
  const moves = made.map(({ key, step, actions }, at): Move => {
    const [from, to] = [states[at], states[at + 1]]
    return {
      from: from.key,
      to: to.key,
      action: key,
      label: actionLabel(actions),
      step: step.index
    }
  })
  return {
    trace: number,
    outcome: trace.outcome,
    moves,
    start: states[0].key,
    end: states[states.length - 1].key,
    labels: new Map(states.map(({ key, label }) => [key, label]))
  }
}

interface State {
  readonly key: string
  readonly label: string
}

/** States before each decision and after the last. */
function statesAround(
  trace: Trace,
  made: readonly Decision[],
  abstraction: Abstraction
): readonly State[] {
  if (abstraction === 'screen') {
    const all = statesOf(trace)
    const keys = made.map(({ step }) => all[step.index])
    return [...keys, all[all.length - 1]].map((key) => ({
      key,
      label: `Screen ${key.slice(0, 6)}`
    }))
  }
  const done: string[] = []
  const recent: string[] = []
  const now = (): State =>
    abstraction === 'ledger'
      ? { key: keyOf('ledger', done.toSorted()), label: ledgerLabel(done) }
      : { key: keyOf('recent', recent), label: recentLabel(recent) }
  return [
    now(),
    ...made.map(({ actions }) => {
      done.push(...actions.filter(isEffectiveWrite).map(({ key }) => key))
      recent.push(actions.map(({ shape }) => shape).join('+'))
      if (recent.length > 2) recent.shift()
      return now()
    })
  ]
}

function keyOf(kind: Abstraction, parts: readonly string[]): string {
  return `${kind}:${hash('sha256', parts.join('\n')).slice(0, 16)}`
}

function ledgerLabel(done: readonly string[]): string {
  const last = done.at(-1)
  if (last === undefined) return 'Nothing changed'
  const name = last.slice(0, Math.max(0, last.indexOf('|')))
  return done.length === 1 ? name : `${name} (${done.length} changes)`
}

function recentLabel(recent: readonly string[]): string {
  return recent.length === 0
    ? 'Start'
    : recent.map((shape) => shape.replace(/\|.*$/s, '')).join(', then ')
}

/** A decision in a few words: its tools and the beginning of their arguments. */
function actionLabel(actions: Decision['actions']): string {
  const [first] = actions
  const args = typeof first.args === 'object' ? JSON.stringify(first.args) : String(first.args)
  const text = args === '{}' || args === 'null' ? first.verb : `${first.verb} ${args}`
  const more = actions.length > 1 ? ` +${actions.length - 1}` : ''
  return (text.length > 120 ? `${text.slice(0, 119)}…` : text) + more
}
