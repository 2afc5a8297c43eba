// Errors that tools report, and what the agent makes of them.
import { errorLine } from '../model/error-text.ts'
import { decisions, type Decision, type Detector, type Finding } from './detector.ts'

function hasError({ actions }: Decision): boolean {
  return actions.some(({ status }) => status === 'error')
}

function lineOf({ actions }: Decision, status: 'error' | 'soft'): string {
  return errorLine(actions.find((action) => action.status === status)?.result ?? '')
}

/** A tool says that something went wrong, or its answer reads like a refusal. */
export const errorDetector: Detector = {
  id: 'error',
  name: 'Error reported',
  version: 1,
  find: (trace) =>
    decisions(trace).flatMap((decision): Finding[] => {
      const isHard = hasError(decision)
      if (!isHard && !decision.actions.some(({ status }) => status === 'soft')) return []
      return [
        {
          detector: 'error',
          severity: isHard ? 2 : 1,
          step: decision.step.index,
          to: decision.step.index,
          evidence: { line: lineOf(decision, isHard ? 'error' : 'soft') }
        }
      ]
    })
}

/** The very same action again as the next decision after an error, whatever was said in between. */
export const ignoredErrorDetector: Detector = {
  id: 'ignored-error',
  name: 'Error ignored',
  version: 1,
  find: (trace) => afterErrors(trace, 'ignored-error', 2, (before, now) => before.key === now.key)
}

/** A change of the world as the next decision after an error. */
export const writeAfterErrorDetector: Detector = {
  id: 'write-after-error',
  name: 'Change right after an error',
  version: 1,
  find: (trace) =>
    afterErrors(trace, 'write-after-error', 1, (_, now) =>
      now.actions.some(({ effect }) => effect === 'write')
    )
}

function afterErrors(
  trace: Parameters<Detector['find']>[0],
  detector: string,
  severity: 1 | 2,
  isIt: (before: Decision, now: Decision) => boolean
): Finding[] {
  const made = decisions(trace)
  return made.flatMap((now, i): Finding[] => {
    const before = made[i - 1]
    if (before === undefined || !hasError(before) || !isIt(before, now)) return []
    const evidence = { line: lineOf(before, 'error'), verb: now.actions[0]?.verb ?? '' }
    return [{ detector, severity, step: now.step.index, to: now.step.index, evidence }]
  })
}

/** Decisions within which an error counts as made good. */
const recoveryLength = 3

/** After an error the same tool works with other arguments: an error that did no harm. */
export const recoveredDetector: Detector = {
  id: 'recovered',
  name: 'Error made good',
  version: 1,
  find(trace) {
    const made = decisions(trace)
    return made.flatMap((now, i): Finding[] => {
      const failed = now.actions.find(({ status }) => status === 'error')
      if (failed === undefined) return []
      const good = made
        .slice(i + 1, i + 1 + recoveryLength)
        .find(({ actions }) =>
          actions.some(
            ({ verb, key, status }) =>
              verb === failed.verb && key !== failed.key && (status === 'ok' || status === 'soft')
          )
        )
      if (good === undefined) return []
      const evidence = { line: lineOf(now, 'error'), verb: failed.verb }
      return [
        { detector: 'recovered', severity: 0, step: now.step.index, to: good.step.index, evidence }
      ]
    })
  }
}
