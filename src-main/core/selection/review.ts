// "What you will get": a draft worked out on its data before anything runs. Counts, messages,
// cost, the plain sentence, and the same selection as a command line.
import type { DraftReview, SelectDraft } from '../../api/dto/runs.ts'
import type { SelectionMethod } from '../methods/method.ts'
import { aimsAtTasks } from './aims.ts'
import { budgetWords, charactersPerToken, meanSize, type MeanSize } from './budget.ts'
import { commandOf } from './draft-command.ts'
import { resolveDraft, type DraftScope, type DraftSource } from './draft-scope.ts'
import { checkTimes } from './check-estimate.ts'
import { checkModels } from './check-models.ts'
import { estimateCost, pastRepeatSpeed, type Prober } from './estimate.ts'
import { draftGradientProblem } from './gradient-messages.ts'
import { expectedMix } from './expected-mix.ts'
import { draftMessages } from './messages.ts'
import { countCells, sourceTotals } from './rule-feasibility.ts'
import { draftSentence } from './sentence.ts'
import { goalsFor, methodsFor, recommendFor } from './recommend.ts'
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

/** "Best 10 % of Fashion pictures". */
export function suggestedName(draft: SelectDraft, datasetName: string): string {
  const { budget } = draft
  const name =
    budget.kind === 'smallest'
      ? `Smallest set of ${datasetName} that keeps ${Number((budget.keepsShare01 * 100).toPrecision(3))} %`
      : `Best ${budgetWords(budget)} of ${datasetName}`
  return name.slice(0, 120)
}

/** Bytes and text tokens the kept items will have: the budget where it is one, else by the mean. */
function keptSize(
  { candidates }: DraftScope,
  { budget }: SelectDraft,
  mean: MeanSize,
  keep: number
): { bytes: number; tokens: number | null } {
  const bytes = mean.bytes * keep
  const tokens = (mean.characters * keep) / charactersPerToken
  const all = candidates.length
  const allTokens = (mean.characters * all) / charactersPerToken
  return {
    bytes: Math.round(budget.kind === 'bytes' ? Math.min(budget.bytes, mean.bytes * all) : bytes),
    tokens:
      mean.characters === 0
        ? null
        : Math.round(budget.kind === 'tokens' ? Math.min(budget.tokens, allTokens) : tokens)
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
  const recommended = recommendFor(deps.store, draft, scope, hasLabels, keep)
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
      : await deps.prober.speed(
          dataset,
          deps.deviceRequest(),
          draft.check.isOn ? checkModels(draft.check, dataset.kind === 'images') : []
        )
  const estimate =
    speed === undefined || method === undefined
      ? undefined
      : estimateCost({
          draft,
          scope,
          method,
          speed,
          threads: deps.threads,
          repeatSecondsPerItem: pastRepeatSpeed(deps.store, dataset),
          gradientColumns: draft.gradients.flatMap(
            (id) => deps.store.matrices.get(id)?.columns ?? []
          )
        })
  const mean = meanSize(scope.candidates, scope.columns)
  const size = keptSize(scope, draft, mean, keep)
  const sources = scope.sources?.names ?? []
  const cells = countCells(
    scope.candidates,
    scope.columns.labels,
    dataset.classNames.length,
    scope.sources?.ids,
    sources.length
  )
  const totals = sourceTotals(cells)
  const { command, files } = commandOf(draft, dataset, deps.projectFolder)
  const mix = expectedMix(available, keep, draft, dataset.classNames)
  return {
    candidates: scope.candidates.length,
    scopeItems: scope.scopeItems,
    keep,
    keepBytes: size.bytes,
    keepTokens: size.tokens,
    bytesPerItem: mean.bytes,
    tokensPerItem: mean.characters === 0 ? null : mean.characters / charactersPerToken,
    classes: dataset.classNames.map((name, i) => ({
      name,
      available: available[i],
      willKeep: mix[i]
    })),
    sources: sources.map((name, i) => ({ name, available: totals[i] })),
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
        keep,
        mean,
        cells,
        gradientProblem: draftGradientProblem(deps.store, draft, scope.tasks, deps.methods)
      })
    ],
    estimate: estimate ?? null,
    sentence: draftSentence(draft, scope, {
      name: method?.card.name ?? draft.method.id,
      aimsAtTasks: method === undefined || aimsAtTasks(method, draft)
    }),
    suggestedName: suggestedName(draft, dataset.name),
    recommended: { method: recommended.choice.id, why: recommended.why },
    goals: goalsFor(dataset, hasLabels, draft),
    methods,
    command,
    commandFiles: [...files],
    checkTimes:
      speed === undefined ? [] : checkTimes({ draft, scope, speed, threads: deps.threads })
  }
}
