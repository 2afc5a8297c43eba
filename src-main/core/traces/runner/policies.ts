// Policies that need no model: experts, chance, experts that slip, recorded answers, and a corrector that
// knows where an expert would have acted otherwise.
import { AppError } from '../../../api/errors.ts'
import { createRandom, hashString, type Random } from '../../compute/random.ts'
import { formatAction, parseAction, type PageAction } from '../reflection/actions.ts'
import type { PlanContext, Policy, ReflectContext, Reflection } from '../reflection/policy.ts'
import { leafOf, type Screen } from '../reflection/screen.ts'
import { summarise } from '../reflection/summaries.ts'
import { expertOf, type Expert } from './experts.ts'

const seededRandom = (name: string): Random => createRandom(hashString(name))

/** How a corrector that is no model answers after a failure. */
export interface Corrector {
  reflect(context: ReflectContext): Promise<Reflection | null>
  start?(seed: number, trial: number): void
}

function needExpert(task: string): Expert {
  const expert = expertOf(task)
  if (expert !== undefined) return expert
  throw new AppError('invalid-input', `No script knows the task “${task}”.`, {
    hint: 'Choose chance, or a local model, for pages of your own.'
  })
}

const planOf = (task: string, { goal, screen, past, banned }: PlanContext): readonly string[] =>
  needExpert(task)({ goal, leaves: screen.leaves, past, banned })

const clickable = (screen: Screen, banned: ReadonlySet<number>): number[] =>
  screen.leaves.flatMap(({ ref }) => (ref > 0 && !banned.has(ref) ? [ref] : []))

/** Does what its script says. */
export function scriptedPolicy(): Policy {
  return {
    name: 'scripted',
    plan: (context) => Promise.resolve(planOf(context.task, context))
  }
}

/** Clicks by lot on what can be clicked, one thing at a time. */
export function randomPolicy(seed: number): Policy {
  let random = seededRandom(`${seed}`)
  return {
    name: 'random',
    start: (task, trial) => (random = seededRandom(`${seed} ${task} ${trial}`)),
    plan({ screen, banned }) {
      const ids = clickable(screen, banned)
      return Promise.resolve(ids.length === 0 ? [] : [`click id=${ids[random.below(ids.length)]}`])
    }
  }
}

/**
 * An expert that slips: with probability `slip` an action is replaced by a click on something else, by
 * lot. Slips of an attempt follow from the seed and the attempt's number alone.
 */
export function noisyPolicy(slip: number, seed: number, corrector?: Corrector): Policy {
  let random = seededRandom(`${seed}`)
  const slips = (context: PlanContext, line: string, ids: readonly number[]): string => {
    if (random.uniform() >= slip) return line
    const others = ids.filter((id) => line !== `click id=${id}`)
    return others.length === 0 ? line : `click id=${others[random.below(others.length)]}`
  }
  return {
    name: `noisy ${slip}`,
    start(task, trial) {
      random = seededRandom(`${seed} ${task} ${trial}`)
      corrector?.start?.(task, trial)
    },
    plan(context) {
      const lines = planOf(context.task, context)
      const ids = clickable(context.screen, context.banned)
      const plan: string[] = []
      for (const line of lines) {
        const done = slips(context, line, ids)
        plan.push(done)
        // After a slip the screen may be another one: a new stage looks at it.
        if (done !== line) break
      }
      return Promise.resolve(plan)
    },
    ...(corrector !== undefined && { reflect: (context) => corrector.reflect(context) })
  }
}

/** Gives recorded lines one after another: an attempt again as it was. */
export function replayPolicy(lines: readonly string[]): Policy {
  return {
    name: 'replay',
    plan: ({ step }) => Promise.resolve(step < lines.length ? [lines[step]] : [])
  }
}

/** The first step at which the expert would have done none of what was done; undefined when there is none. */
export function firstDeviation(
  task: string,
  goal: string,
  history: readonly { readonly screen: Screen; readonly action: PageAction }[]
): { readonly step: number; readonly instead: string } | undefined {
  const expert = needExpert(task)
  const past: string[] = []
  for (const [step, { screen, action }] of history.entries()) {
    const lines = expert({ goal, leaves: screen.leaves, past, banned: new Set() })
    const wanted = lines.map((line) => parseAction(line))
    const isWanted = wanted.some((each, at) => {
      if (each === undefined || formatAction(each) !== formatAction(action)) return false
      // What comes last of several ends the task: it is right only once the others are done.
      return at === 0 || at < lines.length - 1
    })
    if (!isWanted && lines.length > 0) return { step, instead: lines[0] }
    past.push(summarise(screen, action))
  }
  return undefined
}

/** What makes a corrector as good, or as bad, as it is. */
export interface CorrectorOptions {
  /** Share of its answers that are right; the others name a step and a click by lot. */
  readonly accuracy: number
  readonly seed: number
}

/**
 * Stands in for a model that reflects: names the first step where the expert would have acted
 * otherwise, with what the expert does there. With an accuracy below 1 it is wrong now and then.
 */
export function scriptedCorrector({ accuracy, seed }: CorrectorOptions): Corrector {
  let random: Random = seededRandom(`corrector ${seed}`)
  return {
    start: (task, trial) => (random = seededRandom(`corrector ${seed} ${task} ${trial}`)),
    reflect({ task, goal, history }) {
      const found = firstDeviation(task, goal, history)
      const isRight = random.uniform() < accuracy
      const answer = isRight
        ? found && {
            step: found.step,
            action: found.instead,
            reason: 'The expert acts otherwise here.'
          }
        : anyAnswer(history, random)
      return Promise.resolve(answer ?? null)
    }
  }
}

function anyAnswer(history: ReflectContext['history'], random: Random): Reflection | undefined {
  if (history.length === 0) return undefined
  const step = random.below(history.length)
  const { screen } = history[step]
  const ids = clickable(screen, new Set())
  if (ids.length === 0) return undefined
  const id = ids[random.below(ids.length)]
  const name = leafOf(screen, id)?.text ?? ''
  return { step, action: `click id=${id}`, reason: `A guess: ${name}` }
}
