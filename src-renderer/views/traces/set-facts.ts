// What a trace set holds, in one line, and the parts of its screen.
import type { TraceSetSummary } from '@api/dto/trace-sets.ts'
import type { TraceTab } from '../../stores/trace-browse.ts'
import { coreWords } from '../../text/core-words.ts'
import { traces as words, traceSet } from '../../text/traces.ts'
import { formatNumber } from '../../text/format.ts'
import { countOf } from '../../text/nouns.ts'

/** "200 attempts at 50 tasks, 3,412 steps · 31 both passed and failed · tau-bench results" */
export function factsOf(set: TraceSetSummary): string {
  const parts = [
    words.facts(
      countOf(set.traces, 'attempt'),
      countOf(set.tasks, 'task'),
      countOf(set.steps, 'step')
    )
  ]
  if (set.mixedTasks > 0) parts.push(words.mixed(formatNumber(set.mixedTasks)))
  if (set.formats.length > 0) parts.push(set.formats.map(coreWords).join(', '))
  return parts.join(' · ')
}

/** Parts of the screen of a set, with how much they hold; undefined while it is read. */
export function tabsOf(set: TraceSetSummary | undefined): {
  readonly id: TraceTab
  readonly label: string
  readonly count: string | undefined
}[] {
  const problems = set?.problems ?? 0
  const counts: Partial<Record<TraceTab, number | undefined>> = {
    attempts: set?.traces,
    tasks: set?.tasks,
    problems
  }
  return (Object.keys(traceSet.tabs) as TraceTab[]) // keys of the literal
    .filter((id) => id !== 'problems' || problems > 0)
    .map((id) => {
      const count = counts[id]
      return {
        id,
        label: traceSet.tabs[id],
        count: count === undefined ? undefined : formatNumber(count)
      }
    })
}
