// Compute task: the first wrong step of a stored attempt, from its siblings, its errors and the places
// where reviewers usually find it.
import type { TraceSuggestionView } from '../../../api/dto/trace-sets.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { openTraceReader } from '../../store/trace-reader.ts'
import { TaskAttempts } from '../exports/task-attempts.ts'
import { suggestFirstWrong } from '../first-wrong/suggest.ts'
import { goldLabel } from '../gold/gold-labels.ts'
import type { DerivationRules } from '../model/derive-steps.ts'
import type { Trace } from '../model/trace.ts'
import { derivationRules, noTrace, requireSet } from '../stored/load-trace.ts'
import { positionalView } from './usual-places.ts'

export interface SuggestionInput {
  /** The project file. */
  readonly path: string
  readonly trace: number
  /** Places of reviewers' marks in other attempts, as shares 0..1. */
  readonly places: readonly number[]
}

/** What is suggested for one attempt. Throws AppError "item-not-found". */
export const suggestionTask: ComputeTask<SuggestionInput, never, TraceSuggestionView> = {
  name: 'traces.suggestion',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path, trace: id, places }) {
    const reader = openTraceReader(path)
    try {
      const head = reader.traces.head(id)
      if (head === undefined) throw noTrace()
      const rules = derivationRules(requireSet(reader, head.set).rules)
      const attempts = new TaskAttempts(reader.traces, head.set, head.task.key, rules)
      const trace = attempts.load(id)
      if (trace === undefined) throw noTrace()
      return await Promise.resolve(suggestionView(trace, attempts.others(id), places, rules))
    } finally {
      reader.close()
    }
  }
}

/** The suggestion for an attempt and the plain rule beside it. */
export function suggestionView(
  trace: Trace,
  siblings: readonly Trace[],
  places: readonly number[],
  rules: DerivationRules
): TraceSuggestionView {
  const positional = positionalView(places, trace.steps.length)
  const nothing = (silence: string): TraceSuggestionView => ({
    suggestion: null,
    silence,
    positional
  })
  if (trace.steps.length === 0) return nothing('The agent did nothing in this attempt.')
  if (trace.outcome === 'pass')
    return nothing('Its log says that it succeeded, so no first mistake is looked for.')
  const found = suggestFirstWrong(trace, { traces: [trace, ...siblings], usualPlaces: places })
  if (found === undefined)
    return nothing(
      'Nothing tells: no attempt at this task succeeded, no tool reported an error, and nobody marked a first mistake yet.'
    )
  const known = goldLabel(trace, rules)?.step ?? null
  const { evidence, ...said } = found
  return {
    suggestion: { ...said, evidence: { ...evidence }, steps: trace.steps.length, known },
    silence: null,
    positional
  }
}
