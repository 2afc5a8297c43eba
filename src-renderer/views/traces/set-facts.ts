// What a trace set holds, in one line.
import type { TraceSetSummary } from '@api/dto/trace-sets.ts'
import { traces as words } from '../../text/en/traces.ts'
import { formatCount, formatNumber } from '../../text/format.ts'

/** "200 attempts at 50 tasks, 3,412 steps · 31 both passed and failed · tau-bench results" */
export function factsOf(set: TraceSetSummary): string {
  const parts = [
    words.facts(
      formatCount(set.traces, 'attempt'),
      formatCount(set.tasks, 'task'),
      formatCount(set.steps, 'step')
    )
  ]
  if (set.mixedTasks > 0) parts.push(words.mixed(formatNumber(set.mixedTasks)))
  if (set.formats.length > 0) parts.push(set.formats.join(', '))
  return parts.join(' · ')
}
