// Screens that do not change, or come back. Only for logs with screens.
import type { Trace } from '../model/trace.ts'
import { isEffectiveWrite } from '../model/trace.ts'
import type { Detector, Finding } from './detector.ts'

/** Nothing changed after an action that should change something. */
export const noChangeDetector: Detector = {
  id: 'no-change',
  name: 'Nothing happened',
  version: 1,
  find({ steps }) {
    let inRow = 0
    return steps.flatMap(({ index, before, after, actions }): Finding[] => {
      const isIdle =
        after !== null &&
        before === after &&
        actions.some(({ effect }) => effect === 'write' || effect === 'unknown')
      inRow = isIdle ? inRow + 1 : 0
      if (!isIdle) return []
      const severity = inRow >= 2 ? 2 : 1
      return [{ detector: 'no-change', severity, step: index, to: index, evidence: { inRow } }]
    })
  }
}

/** A screen that was there before comes back. */
export const cycleDetector: Detector = {
  id: 'cycle',
  name: 'Back where it was',
  version: 1,
  find(trace) {
    const seen = screensOf(trace)
    return seen.flatMap(({ key, step }, i): Finding[] => {
      const before = seen.slice(0, Math.max(0, i - 1)).findLastIndex((each) => each.key === key)
      if (before === -1 || step === null || seen[i - 1].key === key) return []
      return [{ detector: 'cycle', severity: 2, step, to: step, evidence: { length: i - before } }]
    })
  }
}

/** Screens in order, with the step each came after; null for the first. */
function screensOf({ steps }: Trace): { readonly key: string; readonly step: number | null }[] {
  const first = steps.at(0)?.before ?? null
  if (first === null) return []
  return [
    { key: first, step: null },
    ...steps.flatMap(({ index, after }) => (after === null ? [] : [{ key: after, step: index }]))
  ]
}

/** Steps without anything new that make a stall. */
const stallLength = 5

/** Nothing new on the screen, or in the answers, and nothing changed for five steps. */
export const stallDetector: Detector = {
  id: 'stall',
  name: 'No progress',
  version: 1,
  find({ steps }) {
    const known = new Set<string>()
    const findings: Finding[] = []
    let since = 0
    steps.forEach(({ index, before, after, actions }) => {
      if (before !== null && index === 0) known.add(before)
      const answers = after === null ? actions.flatMap(({ result }) => result ?? []) : [after]
      const isTalk = actions.every(({ effect }) => effect === 'talk')
      const isNew = answers.some((answer) => !known.has(answer))
      for (const answer of answers) known.add(answer)
      // Talk waits for somebody else: it neither stalls nor goes on.
      if (isTalk && after === null) return
      since = isNew || actions.some(isEffectiveWrite) ? 0 : since + 1
      if (since === stallLength)
        findings.push({
          detector: 'stall',
          severity: 1,
          step: Math.max(0, index - stallLength + 1),
          to: index,
          evidence: { steps: stallLength }
        })
    })
    return findings
  }
}
