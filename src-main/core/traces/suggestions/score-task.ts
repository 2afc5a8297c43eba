// Compute task: how suggestions, and much plainer rules, agree with what people marked before they saw
// any, and with the right solution where logs name one.
import type { SuggestionScore } from '../../../api/dto/trace-sets.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { openTraceReader } from '../../store/trace-reader.ts'
import type { TraceReads } from '../../store/trace-records.ts'
import { TaskAttempts } from '../exports/task-attempts.ts'
import { suggestFirstWrong, type SuggestionTier } from '../first-wrong/suggest.ts'
import { scoreSuggestions, type Labelled } from '../gold/evaluate.ts'
import { goldLabel } from '../gold/gold-labels.ts'
import type { DerivationRules } from '../model/derive-steps.ts'
import type { Trace } from '../model/trace.ts'
import { derivationRules, requireSet } from '../stored/load-trace.ts'
import { namedSteps } from './model-log.ts'
import { placesWithout, usualStep, type FirstMark } from './usual-places.ts'

export interface ScoreInput {
  /** The project file. */
  readonly path: string
  readonly set: string
  /** First mistakes in attempts that failed, marked before suggestions were seen. */
  readonly marks: readonly FirstMark[]
  /** File of answers that models gave; there need not be one. */
  readonly answers: string
}

export type ScoreOutput = Omit<SuggestionScore, 'detectors'>

/** Throws AppError "dataset-not-found" and the signal's reason. */
export const scoreTask: ComputeTask<ScoreInput, never, ScoreOutput> = {
  name: 'traces.score',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path, set, marks, answers }, { signal }) {
    const reader = openTraceReader(path)
    try {
      const rules = derivationRules(requireSet(reader, set).rules)
      const guesses: Guesses[] = []
      const labelled: Labelled[] = []
      const byTrace = new Map(marks.map((mark) => [mark.trace, mark]))
      for (const key of reader.traces.taskKeys(set)) {
        signal.throwIfAborted()
        await letMessagesIn()
        const attempts = new TaskAttempts(reader.traces, set, key, rules)
        const { marked, known } = judgeTask(reader.traces, set, key, attempts, byTrace, rules)
        for (const { trace, mark } of marked)
          guesses.push(guessesFor(trace, mark, attempts.others(mark.trace), marks))
        labelled.push(...known)
      }
      const score = scoreMarks(guesses)
      return {
        ...score,
        rules: [...score.rules, ...modelRules(guesses, await namedSteps(answers, set))],
        gold: labelled.length === 0 ? null : scoreSuggestions(labelled)
      }
    } finally {
      reader.close()
    }
  }
}

/** Marked attempts of a task, and those with a known wrong step where the task was solved, too. */
function judgeTask(
  traces: TraceReads,
  set: string,
  key: string,
  attempts: TaskAttempts,
  marks: ReadonlyMap<number, FirstMark>,
  rules: DerivationRules
): { marked: { trace: Trace; mark: FirstMark }[]; known: Labelled[] } {
  const marked: { trace: Trace; mark: FirstMark }[] = []
  const known: Labelled[] = []
  const all = traces.attemptParts(set, key)
  for (const { trace: id, isPass } of all) {
    const mark = marks.get(id)
    const isMixed = !isPass && all.some((each) => each.isPass)
    if (mark === undefined && !isMixed) continue
    const trace = attempts.load(id)
    if (trace === undefined) continue
    if (mark !== undefined) marked.push({ trace, mark })
    if (!isMixed || trace.outcome !== 'fail') continue
    const step = goldLabel(trace, rules)?.step ?? null
    if (step === null) continue
    const siblings = attempts.others(id).map(withoutEvents)
    const own = withoutEvents(trace)
    known.push({ trace: own, step, traces: [own, ...siblings] })
  }
  return { marked, known }
}

/** Steps are all that is compared; what was said would fill memory. */
function withoutEvents(trace: Trace): Trace {
  return { ...trace, events: [] }
}

/** What each rule says about one marked attempt; undefined where it is silent. */
export interface Guesses extends Pick<FirstMark, 'trace' | 'step' | 'steps'> {
  readonly suggestions: number | undefined
  readonly tier: SuggestionTier | undefined
  readonly error: number | undefined
  readonly usualPlace: number | undefined
}

/** Rules on one attempt; its own mark is left out of the usual place. */
export function guessesFor(
  trace: Trace,
  { trace: id, step }: FirstMark,
  siblings: readonly Trace[],
  marks: readonly FirstMark[]
): Guesses {
  const usualPlaces = placesWithout(marks, id)
  const found = suggestFirstWrong(trace, { traces: [trace, ...siblings], usualPlaces })
  return {
    trace: id,
    step,
    steps: trace.steps.length,
    suggestions: found?.step,
    tier: found?.tier,
    // Alone, without siblings and marks, errors are all that it knows.
    error: suggestFirstWrong(trace, { traces: [trace], usualPlaces: [] })?.step,
    usualPlace: usualStep(usualPlaces, trace.steps.length)
  }
}

const tierNames: Readonly<Record<SuggestionTier, string>> = {
  writes: 'What successful attempts changed',
  tree: 'Where the ways part',
  alignment: 'The most similar success',
  error: 'Before the first error',
  position: 'The usual place'
}

type Rule = SuggestionScore['rules'][number]

/** Exact hits, and those at most one step off, of one rule. */
function ruleScore(
  guesses: readonly Guesses[],
  id: Rule['rule'],
  name: string,
  guess: (each: Guesses) => number | undefined
): Rule {
  const spoke = guesses.filter((each) => guess(each) !== undefined)
  const within = (most: number): number =>
    spoke.filter((each) => Math.abs((guess(each) ?? 0) - each.step) <= most).length
  return { rule: id, name, spoke: spoke.length, exact: within(0), near: within(1) }
}

/**
 * Models that were asked about marked attempts, each followed by what rules say of the very same
 * attempts: a model that was asked about few is not compared with a rule that speaks about all.
 */
export function modelRules(
  guesses: readonly Guesses[],
  models: ReadonlyMap<string, ReadonlyMap<number, number | null>>
): Rule[] {
  return [...models].flatMap(([model, named]) => {
    const asked = guesses.filter(({ trace }) => typeof named.get(trace) === 'number')
    if (asked.length === 0) return []
    const same = (name: string): string => `${name}, where “${model}” named a step`
    return [
      ruleScore(
        asked,
        'model',
        `The model “${model}”`,
        ({ trace }) => named.get(trace) ?? undefined
      ),
      ruleScore(asked, 'beside-model', same('Suggestions'), ({ suggestions }) => suggestions),
      ruleScore(asked, 'beside-model', same('The usual place'), ({ usualPlace }) => usualPlace),
      ruleScore(asked, 'beside-model', same('The last step'), ({ steps }) => steps - 1)
    ]
  })
}

/** Exact hits, and those at most one step off, of every rule. */
export function scoreMarks(guesses: readonly Guesses[]): Omit<ScoreOutput, 'gold'> {
  const rule = (
    id: Rule['rule'],
    name: string,
    guess: (each: Guesses) => number | undefined
  ): Rule => ruleScore(guesses, id, name, guess)
  return {
    marks: guesses.length,
    rules: [
      rule('suggestions', 'Suggestions', ({ suggestions }) => suggestions),
      rule('error', 'The step before the first error', ({ error }) => error),
      rule('usual-place', 'Where others usually mark', ({ usualPlace }) => usualPlace),
      rule('last-step', 'The last step', ({ steps }) => steps - 1),
      byLot(guesses)
    ],
    tiers: [...Map.groupBy(guesses, ({ tier }) => tier)].flatMap(([tier, made]) =>
      tier === undefined
        ? []
        : [
            {
              tier,
              name: tierNames[tier],
              spoke: made.length,
              exact: made.filter(({ suggestions, step }) => suggestions === step).length
            }
          ]
    )
  }
}

/** A step drawn by lot: expected hits. */
function byLot(guesses: readonly Guesses[]): Rule {
  const sum = (hits: (each: Guesses) => number): number =>
    guesses.reduce((total, each) => total + hits(each) / Math.max(1, each.steps), 0)
  return {
    rule: 'random',
    name: 'A step drawn by lot',
    spoke: guesses.length,
    exact: sum(() => 1),
    near: sum(({ step, steps }) => 1 + Number(step > 0) + Number(step < steps - 1))
  }
}
