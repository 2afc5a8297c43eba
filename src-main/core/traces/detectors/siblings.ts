// What tells an attempt from the successful ones at the same task.
import { extraWrites, missingWrites } from '../first-wrong/sibling-writes.ts'
import { statesOf } from '../model/ledger.ts'
import { decisions, type Detector, type Finding } from './detector.ts'

/** A place where successful attempts were, and an action that none of them took there. */
export const novelDetector: Detector = {
  id: 'novel',
  name: 'No successful run did this here',
  version: 1,
  find(trace, { passes }) {
    if (passes.length === 0) return []
    const taken = new Map<string, Set<string>>()
    for (const pass of passes) {
      const states = statesOf(pass)
      for (const { step, key } of decisions(pass)) {
        const state = states[step.index]
        const known = taken.get(state)
        if (known === undefined) taken.set(state, new Set([key]))
        else known.add(key)
      }
    }
    const states = statesOf(trace)
    return decisions(trace).flatMap(({ step, key, actions }): Finding[] => {
      const known = taken.get(states[step.index])
      if (known === undefined || known.has(key)) return []
      const evidence = { verb: actions[0]?.verb ?? '', seen: known.size }
      return [{ detector: 'novel', severity: 1, step: step.index, to: step.index, evidence }]
    })
  }
}

/** Changes that no successful attempt made. */
export const extraWriteDetector: Detector = {
  id: 'extra-write',
  name: 'Change that no successful run made',
  version: 1,
  find: (trace, { passes }) =>
    passes.length === 0
      ? []
      : extraWrites(trace, passes)
          .filter(({ fields }) => fields.length === 0)
          .map(({ step, action }) => ({
            detector: 'extra-write',
            severity: 3,
            step,
            to: step,
            evidence: { verb: action.verb, args: action.args }
          }))
}

/** Changes that a successful attempt made with other values. */
export const wrongArgumentsDetector: Detector = {
  id: 'wrong-arguments',
  name: 'Other values than a successful run',
  version: 1,
  find: (trace, { passes }) =>
    extraWrites(trace, passes)
      .filter(({ fields }) => fields.length > 0)
      .map(({ step, action, fields }) => ({
        detector: 'wrong-arguments',
        severity: 3,
        step,
        to: step,
        evidence: {
          verb: action.verb,
          fields: fields.slice(0, 8).map(({ field, here, there }) => ({ field, here, there }))
        }
      }))
}

/** Successful attempts that a missing change is told from at least. */
const leastPasses = 2

/** Changes that all of two or more successful attempts made. */
export const missingWriteDetector: Detector = {
  id: 'missing-write',
  name: 'Change that all successful runs made is missing',
  version: 1,
  find({ steps, ...trace }, { passes }) {
    if (passes.length < leastPasses || steps.length === 0) return []
    const last = steps.length - 1
    return missingWrites({ ...trace, steps }, passes).map(({ action, by }) => ({
      detector: 'missing-write',
      severity: 3,
      step: last,
      to: last,
      evidence: { verb: action.verb, args: action.args, passes: by }
    }))
  }
}
