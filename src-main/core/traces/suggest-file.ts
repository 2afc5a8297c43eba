// Everything that a file of traces shows without a model: tools and what they do, where failures
// first went wrong, which detectors tell failures from passes, and how often suggestions are right.
import type { ActionEffect, FirstWrongSuggestion, TraceSuggestions } from '../../api/dto/traces.ts'
import { findAll, detectorRates } from './detectors/registry.ts'
import { suggestFirstWrong } from './first-wrong/suggest.ts'
import { readTraces, volatileArguments } from './formats/registry.ts'
import { scoreSuggestions, type Labelled } from './gold/evaluate.ts'
import { goldLabel } from './gold/gold-labels.ts'
import { deriveTrace, type DerivationRules } from './model/derive-steps.ts'
import { guessEffect } from './model/effects.ts'
import type { Trace, TraceRecord } from './model/trace.ts'

/** What a file is looked through with. */
export interface SuggestFileInput {
  readonly path: string
  readonly effects: Readonly<Record<string, ActionEffect>>
  readonly volatile: readonly string[] | null
}

const mostProblems = 200

/**
 * Looks through a file of traces. Throws AppError as {@link readTraces}, and the signal's reason.
 * @param now milliseconds, for the time it took
 */
export async function suggestForFile(
  { path, effects, volatile }: SuggestFileInput,
  signal: AbortSignal,
  now: () => number
): Promise<TraceSuggestions> {
  const start = now()
  const records: TraceRecord[] = []
  const problems: { where: string; reason: string }[] = []
  let format = ''
  for await (const read of readTraces(path)) {
    signal.throwIfAborted()
    if ('problem' in read) problems.push({ where: read.where, reason: read.problem })
    else {
      records.push(read.record)
      format = read.format
      problems.push(...read.record.warnings.map((reason) => ({ where: read.where, reason })))
    }
  }
  const rules: DerivationRules = {
    effects: Object.entries(effects).map(([verb, effect]) => ({ verb, effect, source: 'user' })),
    arguments: { volatile: new Set(volatile ?? volatileArguments(format)), isOrderFree: false }
  }
  const traces = records.map((record) => deriveTrace(record, rules))
  const byTask = Map.groupBy(traces, ({ task }) => task.key)
  const isMixed = (task: readonly Trace[]): boolean =>
    task.some(({ outcome }) => outcome === 'pass') && task.some(({ outcome }) => outcome === 'fail')
  const failures = traces.filter(({ outcome }) => outcome === 'fail')
  const labels = new Map(failures.map((trace) => [trace, goldLabel(trace, rules)?.step ?? null]))
  const labelled = failures.flatMap((trace): Labelled[] => {
    const step = labels.get(trace) ?? null
    const siblings = byTask.get(trace.task.key) ?? []
    return step !== null && isMixed(siblings) ? [{ trace, step, traces: siblings }] : []
  })
  const suggestions = failures.flatMap((trace): FirstWrongSuggestion[] => {
    const siblings = byTask.get(trace.task.key) ?? []
    const found = suggestFirstWrong(trace, { traces: siblings, usualPlaces: [] })
    if (found === undefined) return []
    const { id, task, trial, steps } = trace
    const known = labels.get(trace) ?? null
    return [{ trace: id, task: task.key, trial, steps: steps.length, ...found, known }]
  })
  const count = (outcome: Trace['outcome']): number =>
    traces.filter((trace) => trace.outcome === outcome).length
  return {
    format,
    traces: traces.length,
    tasks: byTask.size,
    outcomes: {
      pass: count('pass'),
      fail: count('fail'),
      partial: count('partial'),
      unknown: count('unknown')
    },
    mixedTasks: [...byTask.values()].filter(isMixed).length,
    tools: toolTable(traces, effects),
    suggestions,
    silent: failures.length - suggestions.length,
    detectors: detectorRates(findings(traces, byTask)),
    score: labelled.length === 0 ? null : scoreSuggestions(labelled),
    problems: problems.slice(0, mostProblems),
    seconds: (now() - start) / 1000
  }
}

function findings(
  traces: readonly Trace[],
  byTask: ReadonlyMap<string, readonly Trace[]>
): Parameters<typeof detectorRates>[0] {
  const passes = traces.filter(({ outcome }) => outcome === 'pass')
  const lengths = passes.map(({ steps }) => steps.length)
  return traces.map((trace) => {
    const siblings = byTask.get(trace.task.key) ?? []
    const own = passes.indexOf(trace)
    return {
      trace,
      findings: findAll(trace, {
        passes: siblings.filter((other) => other !== trace && other.outcome === 'pass'),
        // Only a trace that passed has a length of its own to be left out.
        passLengths: own === -1 ? lengths : lengths.toSpliced(own, 1)
      })
    }
  })
}

function toolTable(
  traces: readonly Trace[],
  effects: SuggestFileInput['effects']
): TraceSuggestions['tools'] {
  const calls = new Map<string, number>()
  for (const { events } of traces)
    for (const { kind, name } of events)
      if (kind === 'tool-call' && name !== null) calls.set(name, (calls.get(name) ?? 0) + 1)
  return [...calls]
    .map(([verb, count]) => ({
      verb,
      calls: count,
      effect: effects[verb] ?? guessEffect(verb),
      isGuess: effects[verb] === undefined
    }))
    .sort((a, b) => b.calls - a.calls || (a.verb < b.verb ? -1 : 1))
}
