// The "Finding the smallest set" phase: tries sizes of one choice until the smallest is found that
// keeps the wanted share of the accuracy of all data. Trained on candidates, judged on validation
// items drawn from the candidates; the run's test items take no part.
import type { SelectDraft } from '../../api/dto/runs.ts'
import { drawHoldout, drawStratified, repeatSeed } from '../evaluation/draws.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { CheckTaskInput, CheckTaskOutput } from './check-task.ts'
import { chosenSet, methodRows } from './chosen-set.ts'
import type { FrozenChoice } from './frozen-choice.ts'
import type { ReadyFeatures } from './ready-features.ts'
import type { SelectState } from './select-state.ts'
import type { SavedSelection } from './selection-files.ts'
import {
  mostProbes,
  searchNotes,
  searchRounds,
  searchState,
  validationLimit,
  validationShare01,
  type SearchFigures,
  type SearchPlan
} from './smallest-plan.ts'

/** Bytes of training rows one thread may hold. */
const trainBytes = 256 * 2 ** 20

export interface SmallestSearch {
  readonly context: JobContext
  readonly draft: SelectDraft
  readonly choice: FrozenChoice
  readonly features: ReadyFeatures
  readonly classNames: readonly string[]
  /** The choice at the largest size. */
  readonly selection: SavedSelection
  /** Index of this phase in the job's list. */
  readonly phase: number
  state(): SelectState
  save(change: Partial<SelectState>): void
}

export interface SmallestFound {
  readonly items: number
  readonly notes: readonly string[]
}

/** One draw of validation items, and what is left to train on. */
interface Round {
  readonly validation: Uint32Array
  readonly isValidation: Uint8Array
  readonly seed: number
}

/**
 * Finds the size. Every trained head's accuracy is in the checkpoint at once, under a name that
 * says size and draw; a search that goes on asks for the same sizes in the same order.
 */
export async function findSmallest(search: SmallestSearch): Promise<SmallestFound> {
  const { context, choice } = search
  const plan = planOf(search)
  const rounds = drawRounds(search)
  const total = searchRounds * (mostProbes + 1)
  context.phase(search.phase, total, 'tests')
  context.progress(Object.keys(search.state().sizes).length)
  const all = await tryRows(search, rounds, 'all', ({ isValidation }) =>
    choice.candidates.filter((row) => isValidation[row] === 0)
  )
  const bySize = new Map<number, number>()
  const figures: SearchFigures = { all, bySize }
  for (;;) {
    const { next } = searchState(plan, figures)
    if (next === undefined) break
    const accuracy = await tryRows(search, rounds, String(next), (round) =>
      rowsOfSize(search, next, round)
    )
    bySize.set(next, accuracy)
    context.live('smallest:share', next, all === 0 ? 0 : accuracy / all)
  }
  context.progress(total)
  const { found } = searchState(plan, figures)
  return { items: found ?? plan.most, notes: searchNotes(plan, figures) }
}

function planOf({ draft, choice, selection }: SmallestSearch): SearchPlan {
  const classes = new Set(choice.candidates.map((row) => choice.labels[row] + 1))
  classes.delete(0)
  const most = Math.min(
    choice.asked,
    choice.candidates.length,
    choice.mustKeep.length + selection.got
  )
  return {
    least: Math.min(most, Math.max(classes.size, choice.mustKeep.length, 1)),
    most,
    keepsShare01: draft.budget.kind === 'smallest' ? draft.budget.keepsShare01 : 1
  }
}

function drawRounds({ draft, choice }: SmallestSearch): Round[] {
  const keep = new Set(choice.mustKeep)
  const rows = choice.candidates.filter((row) => choice.labels[row] >= 0 && !keep.has(row))
  return Array.from({ length: searchRounds }, (_, round) => {
    const seed = repeatSeed(draft.seed, round)
    const validation = drawHoldout({
      rows,
      labels: choice.labels,
      groups: choice.groups,
      fraction01: validationShare01,
      limit: validationLimit,
      seed
    })
    const isValidation = new Uint8Array(choice.labels.length)
    for (const row of validation) isValidation[row] = 1
    return { validation, isValidation, seed }
  })
}

/** The set of `size` items that the choice would give without this draw's validation items. */
function rowsOfSize(search: SmallestSearch, size: number, round: Round): Uint32Array {
  const { choice, selection } = search
  const rows = methodRows(choice)
  const order = selection.order.filter((i) => round.isValidation[rows[i]] === 0)
  const smaller = {
    ...choice,
    candidates: choice.candidates.filter((row) => round.isValidation[row] === 0),
    asked: size
  }
  const part = { ...selection, order, got: Math.min(selection.got, order.length) }
  return chosenSet(smaller, search.draft, search.classNames, part, rows).rows.slice().sort()
}

/** Mean accuracy over the draws; what is in the checkpoint is not trained again. */
async function tryRows(
  search: SmallestSearch,
  rounds: readonly Round[],
  name: string,
  rowsOf: (round: Round) => Uint32Array
): Promise<number> {
  const { context } = search
  const key = (i: number): string => `${name}/${i}`
  const open = rounds.flatMap((_, i) => (key(i) in search.state().sizes ? [] : [i]))
  const workers = Array.from({ length: Math.max(1, context.pool.size) }, async () => {
    for (let i = open.shift(); i !== undefined; i = open.shift()) {
      await context.breathe()
      const accuracy = await train(search, rounds[i], rowsOf(rounds[i]))
      search.save({ sizes: { ...search.state().sizes, [key(i)]: accuracy } })
      context.progress(Object.keys(search.state().sizes).length)
    }
  })
  // All of them end before an error goes on: none may write a checkpoint after it.
  const ends = await Promise.allSettled(workers)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  const { sizes } = search.state()
  return rounds.reduce((sum, _, i) => sum + (sizes[key(i)] ?? 0), 0) / rounds.length
}

async function train(search: SmallestSearch, round: Round, rows: Uint32Array): Promise<number> {
  const { context, choice, features } = search
  const limit = Math.max(1000, Math.floor(trainBytes / (4 * features.columns)))
  const labelled = rows.filter((row) => choice.labels[row] >= 0)
  const trainRows =
    labelled.length <= limit ? labelled : drawStratified(labelled, choice.labels, limit, round.seed)
  const input: CheckTaskInput = {
    model: 'linear',
    featuresPath: features.path,
    pixelsFolder: '',
    trainRows,
    trainLabels: Int32Array.from(trainRows, (row) => choice.labels[row]),
    testRows: round.validation,
    testLabels: Int32Array.from(round.validation, (row) => choice.labels[row]),
    classes: search.classNames.length,
    seed: round.seed,
    device: context.deviceRequest
  }
  const output = await context.pool.run<CheckTaskInput, never, CheckTaskOutput>(
    { name: 'check' },
    input,
    { signal: context.signal }
  )
  return output.accuracy01
}
