// "What you will get": a draft worked out on its data before anything runs. Counts, messages,
// cost, the plain sentence, and the same selection as a command line.
import type { DraftReview, SelectDraft } from '../../api/dto/runs.ts'
import type { SelectionMethod } from '../methods/method.ts'
import { shareOut } from '../compute/kernels/largest-remainder.ts'
import { aimsAtTasks } from './aims.ts'
import { budgetWords, charactersPerToken } from './budget.ts'
import { resolveDraft, type DraftScope, type DraftSource } from './draft-scope.ts'
import { estimateCost, pastRepeatSpeed, type Prober } from './estimate.ts'
import { draftMessages } from './messages.ts'
import { draftSentence } from './sentence.ts'
import { goalsFor, methodsFor, recommend } from './recommend.ts'
import { countExamples } from './tasks.ts'

/** What the computer has free; handed in so that tests can shrink it. */
export interface Machine {
  freeMemoryBytes(): number
  /** Free bytes where the project is. */
  freeDiskBytes(): Promise<number>
}

export interface ReviewDeps extends DraftSource {
  readonly methods: readonly SelectionMethod[]
  readonly prober: Prober
  readonly machine: Machine
  /** Name of the project folder, for the command line. */
  readonly projectFolder: string
  readonly threads: number
  /** Device asked for in settings. */
  deviceRequest(): string
}

/** Items per class among rows, in class order. */
function perClass(rows: Uint32Array, labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const row of rows) if (labels[row] >= 0) counts[labels[row]]++
  return counts
}

/**
 * What the class bars show: the budget shared by the data's mix, no class over its maximum, and
 * classes that would fall under their minimum lifted to it first.
 */
export function expectedMix(
  available: readonly number[],
  keep: number,
  draft: SelectDraft,
  classNames: readonly string[]
): number[] {
  const limit = (i: number): { min: number; max: number } => {
    const found = draft.rules.perClass.find((entry) => entry.label === classNames[i])
    return {
      min: Math.min(available[i], found?.min ?? 0),
      max: Math.min(available[i], found?.max ?? Infinity)
    }
  }
  const lifted = new Set<number>()
  for (;;) {
    const held = [...lifted].reduce((sum, i) => sum + limit(i).min, 0)
    const weights = available.map((items, i) => (lifted.has(i) ? 0 : items))
    const caps = available.map((_, i) => (lifted.has(i) ? 0 : limit(i).max))
    const shares = shareOut(Math.max(0, keep - held), weights, caps)
    const under = available.findIndex((_, i) => !lifted.has(i) && shares[i] < limit(i).min)
    if (under < 0) return available.map((_, i) => (lifted.has(i) ? limit(i).min : shares[i]))
    lifted.add(under)
  }
}

/** "Best 10 % of Fashion pictures". */
export function suggestedName(draft: SelectDraft, datasetName: string): string {
  return `Best ${budgetWords(draft.budget)} of ${datasetName}`.slice(0, 120)
}

/** Quotes a word for a shell when it needs it. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9._/%:-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A budget as the command line takes it: 500, 10%, 2GB, 1000000tokens, 8h@12s, smallest:98%. */
function budgetArgument(budget: SelectDraft['budget']): string {
  switch (budget.kind) {
    case 'percent':
      return `${budget.percent}%`
    case 'count':
      return String(budget.count)
    case 'bytes':
      return `${budget.bytes}B`
    case 'tokens':
      return `${budget.tokens}tokens`
    case 'time':
      return `${budget.hours}h@${budget.secondsPerItem}s`
    case 'smallest':
      return `smallest:${Number((budget.keepsShare01 * 100).toPrecision(6))}%:${budget.atMostPercent}%`
  }
}

/** The same selection as a `winnow select` command. Example sets and rules go into files by name. */
export function commandOf(draft: SelectDraft, datasetName: string, projectFolder: string): string {
  const words = [
    'winnow',
    'select',
    '--project',
    projectFolder,
    '--dataset',
    datasetName,
    '--method',
    draft.method.id
  ]
  words.push('--budget', budgetArgument(draft.budget))
  if (draft.tasks.kind === 'sets') words.push('--tasks', 'tasks.json')
  if (draft.tasks.kind === 'column') words.push('--task-column', draft.tasks.column)
  words.push('--seed', String(draft.seed))
  if (draft.check.isOn) words.push('--check')
  return words.map(shellWord).join(' ')
}

/** Bytes and text tokens the kept items will have, from the mean of the candidates. */
function keptSize(scope: DraftScope, keep: number): { bytes: number; tokens: number | null } {
  let bytes = 0
  let letters = 0
  for (const row of scope.candidates) {
    bytes += scope.columns.sizes[row]
    letters += scope.columns.textLengths[row]
  }
  const share = scope.candidates.length === 0 ? 0 : keep / scope.candidates.length
  return {
    bytes: Math.round(bytes * share),
    tokens: letters === 0 ? null : Math.round((letters * share) / charactersPerToken)
  }
}

/** Works out the review of a draft. Throws AppError "dataset-not-found" or "column-not-found". */
export async function reviewDraft(deps: ReviewDeps, draft: SelectDraft): Promise<DraftReview> {
  const scope = await resolveDraft(deps, draft)
  const { dataset } = scope
  const available = perClass(scope.candidates, scope.columns.labels, dataset.classNames.length)
  const hasLabels =
    dataset.classNames.length > 0 && scope.columns.labels.some((label) => label >= 0)
  const keep = Math.min(scope.asked, scope.candidates.length)
  const recommended = recommend({
    hasLabels,
    tasks: scope.tasks,
    taskKind: draft.tasks.kind,
    keptShare01: scope.candidates.length === 0 ? 0 : keep / scope.candidates.length
  })
  const methods = methodsFor(deps.methods, {
    hasLabels,
    tasks: scope.tasks.length,
    hasTexts: dataset.kind === 'text',
    hasSources: scope.sources !== undefined,
    gradients: draft.gradients.length,
    hasList: draft.given !== null
  })
  const method = deps.methods.find((candidate) => candidate.id === draft.method.id)
  const possible = methods.find((entry) => entry.method === draft.method.id)
  const speed =
    scope.candidates.length === 0
      ? undefined
      : await deps.prober.speed(dataset, deps.deviceRequest())
  const estimate =
    speed === undefined || method === undefined
      ? undefined
      : estimateCost({
          draft,
          scope,
          method,
          speed,
          threads: deps.threads,
          repeatSecondsPerItem: pastRepeatSpeed(deps.store, dataset)
        })
  const size = keptSize(scope, keep)
  const mix = expectedMix(available, keep, draft, dataset.classNames)
  return {
    candidates: scope.candidates.length,
    scopeItems: scope.scopeItems,
    keep,
    keepBytes: size.bytes,
    keepTokens: size.tokens,
    classes: dataset.classNames.map((name, i) => ({
      name,
      available: available[i],
      willKeep: mix[i]
    })),
    testItems: scope.testRows.length,
    tasks: scope.tasks.map((task) => ({ name: task.name, examples: countExamples(task) })),
    messages: [
      ...draftMessages({
        draft,
        scope,
        estimate,
        freeMemoryBytes: deps.machine.freeMemoryBytes(),
        freeDiskBytes: await deps.machine.freeDiskBytes(),
        recommended,
        method: {
          isPossible: possible?.isPossible ?? false,
          reason:
            possible === undefined ? 'The app has no method with this name.' : possible.reason,
          name: method?.card.name ?? draft.method.id
        },
        available,
        keep
      })
    ],
    estimate: estimate ?? null,
    sentence: draftSentence(draft, scope, {
      name: method?.card.name ?? draft.method.id,
      aimsAtTasks: method === undefined || aimsAtTasks(method, draft)
    }),
    suggestedName: suggestedName(draft, dataset.name),
    recommended: { method: recommended.choice.id, why: recommended.why },
    goals: goalsFor(dataset, hasLabels),
    methods,
    command: commandOf(draft, dataset.name, deps.projectFolder)
  }
}
