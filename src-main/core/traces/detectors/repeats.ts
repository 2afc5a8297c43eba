// The same thing again: at once, within a few steps, or round and round.
import { statesOf } from '../model/ledger.ts'
import { decisions, type Decision, type Detector, type Finding } from './detector.ts'

/** The same action as in the decision before. */
export const repeatDetector: Detector = {
  id: 'repeat',
  name: 'Same action again',
  version: 1,
  find(trace) {
    const made = decisions(trace)
    return made.flatMap((decision, i): Finding[] => {
      const before = made[i - 1]
      if (before?.key !== decision.key) return []
      return [
        {
          detector: 'repeat',
          severity: answer(before) === answer(decision) ? 2 : 1,
          step: decision.step.index,
          to: decision.step.index,
          evidence: { verb: decision.actions[0]?.verb ?? '' }
        }
      ]
    })
  }
}

function answer({ step, actions }: Decision): string {
  return step.after ?? actions.map(({ result }) => result ?? '').join('\n')
}

/** Decisions looked back on by {@link repeatWindowDetector}. */
const windowLength = 10

/** The same action in the same state within the last ten decisions, with others in between. */
export const repeatWindowDetector: Detector = {
  id: 'repeat-window',
  name: 'Same action in the same place',
  version: 1,
  find(trace) {
    const states = statesOf(trace)
    const made = decisions(trace).map((decision) => ({
      ...decision,
      place: `${states[decision.step.index]}\n${decision.key}`
    }))
    return made.flatMap(({ place, step, actions }, i): Finding[] => {
      const earlier = made.slice(Math.max(0, i - windowLength), Math.max(0, i - 1))
      const same = earlier.findLast((each) => each.place === place)
      if (same === undefined || made[i - 1].place === place) return []
      return [
        {
          detector: 'repeat-window',
          severity: 2,
          step: step.index,
          to: step.index,
          evidence: { verb: actions[0]?.verb ?? '', first: same.step.index }
        }
      ]
    })
  }
}

/** Longest round, and the rounds it takes. */
const longestPeriod = 6
const leastRounds = 3

/** The same few actions round and round. */
export const periodDetector: Detector = {
  id: 'period',
  name: 'Going round in circles',
  version: 1,
  find(trace) {
    const made = decisions(trace)
    const keys = made.map(({ key }) => key)
    const findings: Finding[] = []
    for (let from = 0; from < keys.length;) {
      const round = roundAt(keys, from)
      if (round === undefined) {
        from++
        continue
      }
      const end = from + round.period * round.rounds
      findings.push({
        detector: 'period',
        severity: 2,
        step: made[from].step.index,
        to: made[end - 1].step.index,
        evidence: { period: round.period, rounds: round.rounds }
      })
      from = end
    }
    return findings
  }
}

/** The shortest period that repeats often enough from this place on. */
function roundAt(
  keys: readonly string[],
  from: number
): { readonly period: number; readonly rounds: number } | undefined {
  for (let period = 1; period <= longestPeriod; period++) {
    let length = period
    while (from + length < keys.length && keys[from + length] === keys[from + length - period])
      length++
    const rounds = Math.floor(length / period)
    if (rounds >= leastRounds) return { period, rounds }
  }
  return undefined
}
