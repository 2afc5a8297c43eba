// Which method to recommend for a draft and why, in a sentence; which goals and methods are
// possible for the data, and the reason where one is not.
import type { DraftReview, Goal, MethodChoice, SelectDraft } from '../../api/dto/runs.ts'
import type { JsonValue } from '../../api/dto/common.ts'
import type { DataKind } from '../../api/dto/datasets.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import type { DraftScope } from './draft-scope.ts'
import type { PlannedTask } from './tasks.ts'

export interface Recommendation {
  readonly choice: MethodChoice
  readonly why: string
}

export interface RecommendInputs {
  readonly hasLabels: boolean
  readonly tasks: readonly PlannedTask[]
  readonly taskKind: SelectDraft['tasks']['kind']
  /** Share of the candidates that is kept, 0..1. */
  readonly keptShare01: number
  /** Items that are kept. */
  readonly keep: number
  readonly goal: Goal
  readonly hasTexts: boolean
  /** Joined gradient matrices the draft asks for. */
  readonly gradients: number
  /** A list made elsewhere is to be kept. */
  readonly hasList: boolean
  /** Share of the candidates whose label a data health check found likely wrong; 0 without a check. */
  readonly wrongLabels01: number
}

/** Likely wrong labels that are still as they were found, as a share of the candidates. */
export function wrongLabelShare(
  store: Pick<Store, 'health'>,
  { dataset, columns, candidates }: Pick<DraftScope, 'dataset' | 'columns' | 'candidates'>
): number {
  // Only this one is read: a review follows every change of a draft.
  const finding = store.health.finding(dataset.id, 'wrong-labels')
  if (finding === undefined || finding.isDismissed || candidates.length === 0) return 0
  const found = new Set(finding.rows)
  const still = candidates.reduce(
    (n, row) => n + (found.has(row) && columns.labels[row] === columns.givenLabels[row] ? 1 : 0),
    0
  )
  return still / candidates.length
}

/** True when some pair of tasks has a class in common, so that both can want the same items. */
export function doTasksOverlap(tasks: readonly PlannedTask[]): boolean {
  const classes = tasks.map(
    (task) => new Set(task.parts.flatMap((part) => [...part.labels].filter((label) => label >= 0)))
  )
  return classes.some((own, i) =>
    classes.some((others, j) => j > i && [...own].some((label) => others.has(label)))
  )
}

function take(id: string, why: string): Recommendation {
  return { choice: { id, params: {} }, why }
}

/** {@link recommend} for a draft that was worked out on its data; `keep` items are kept. */
export function recommendFor(
  store: Pick<Store, 'health'>,
  draft: SelectDraft,
  scope: DraftScope,
  hasLabels: boolean,
  keep: number
): Recommendation {
  const items = scope.candidates.length
  return recommend({
    hasLabels,
    tasks: scope.tasks,
    taskKind: draft.tasks.kind,
    goal: draft.goal,
    hasTexts: scope.dataset.kind === 'text',
    gradients: draft.gradients.length,
    hasList: draft.given !== null && draft.method.id === 'given-list',
    wrongLabels01: wrongLabelShare(store, scope),
    keptShare01: items === 0 ? 0 : keep / items,
    keep
  })
}

/** Above this share kept, a random choice with the same mix of labels is as good as any. */
const largeShare01 = 0.3
/** From these shares of wrong labels and of items kept, leaving wrong ones out matters most. */
const wrongShare01 = 0.03
const roomyShare01 = 0.15
/** Up to so many items, each must teach something the others do not; above, typical ones do as well. */
const fewItems = 500

/**
 * The recommended method: what the grid of docs/benchmarks.md ("What to recommend") found best or
 * equal to the best for data, aim and budget like these.
 */
export function recommend(inputs: RecommendInputs): Recommendation {
  const { tasks, taskKind, goal } = inputs
  const given = taskKind === 'sets' ? tasks.length : 0
  if (inputs.hasList) return take('given-list', 'You gave a list: it is kept as it is.')
  if (goal === 'remove-repeats')
    return take('random', 'Only repeats are taken out; everything else is kept.')
  if (inputs.gradients > 0 && given > 0) return withGradients(given)
  if (!inputs.hasLabels) return withoutLabels(inputs, given)
  if (given > 0) return towardsTasks(tasks, inputs.keptShare01)
  const isRoomy = inputs.keptShare01 >= roomyShare01 || inputs.keep > fewItems
  if (inputs.wrongLabels01 >= wrongShare01 && isRoomy) {
    return take(
      'early-learning',
      `The data health check found about ${Math.round(100 * inputs.wrongLabels01)} % likely wrong labels: this leaves such items out first, and that matters most where many are kept.`
    )
  }
  if (inputs.keptShare01 > largeShare01) {
    return take(
      'stratified-random',
      'More than 30 % is kept; a random choice with the same class mix is hard to beat there.'
    )
  }
  return inputs.keep > fewItems
    ? take(
        'herding',
        'With this many items to keep, typical ones of every label do best, or as well as any, also where some labels are wrong.'
      )
    : take(
        'gtp',
        'With few items to keep they must complete each other: together they teach a model what all of them would, also where some labels are wrong.'
      )
}

function withGradients(given: number): Recommendation {
  return given >= 2
    ? take(
        'icons',
        'You gave gradients and several example tasks: items that many tasks vote for come first.'
      )
    : take(
        'less',
        'You gave gradients and one example task: items that pull the same way come first.'
      )
}

function withoutLabels({ hasTexts }: RecommendInputs, given: number): Recommendation {
  if (given > 0) {
    return hasTexts
      ? take('dsir', 'There are no labels; texts that use words as your examples do come first.')
      : take(
          'tarot',
          'There are no labels; items that lie closest around your examples come first.'
        )
  }
  return take(
    'facility-location',
    'There are no labels to go by; items that together stand for all the others leave the fewest gaps.'
  )
}

/** Up to this share kept, items that teach together beat items that tasks vote for. */
const smallShare01 = 0.05

function towardsTasks(tasks: readonly PlannedTask[], keptShare01: number): Recommendation {
  if (tasks.length === 1)
    return take(
      'gtp',
      'You gave one example task: items that together teach what its examples teach come first.'
    )
  if (!doTasksOverlap(tasks))
    return take(
      'gtp',
      'Your example tasks have no class in common, so there is nothing to vote on; items that together teach what the examples teach are the better choice.'
    )
  return keptShare01 <= smallShare01
    ? take(
        'gtp',
        'So few items are kept that they must complete each other: together they teach what your examples teach.'
      )
    : take(
        'icons',
        'Your example tasks share classes, so items that several tasks ask for are the best use of the budget.'
      )
}

const goalNames: Readonly<Record<Goal, string>> = {
  'train-images': 'Train a picture sorter',
  'train-text': 'Train a text sorter',
  'train-table': 'Train a table sorter',
  'teach-chat': 'Teach a chat model',
  'teach-vision-chat': 'Teach a picture-and-text chat model',
  'label-first': 'Decide what to label first',
  'remove-repeats': 'Just remove repeats'
}

/** The goal's name as the wizard's card shows it. */
export function goalName(goal: Goal): string {
  return goalNames[goal]
}

/** The goal that fits the data; without labels, what to label first or what to teach with. */
export function goalOfData(
  { kind, shape }: { readonly kind: DataKind; readonly shape: DatasetRecord['shape'] },
  hasLabels: boolean
): Goal {
  if (!hasLabels) {
    if (shape === undefined) return 'label-first'
    return shape === 'llava' ? 'teach-vision-chat' : 'teach-chat'
  }
  return kind === 'images' ? 'train-images' : kind === 'text' ? 'train-text' : 'train-table'
}

/** Share of the candidates that is kept unless the analyst says otherwise, in percent. */
const usualPercent = 10

/**
 * What picking a goal sets beside the goal: everything but repeats is kept for "Just remove
 * repeats"; coming back from it, the usual share and the check.
 */
function patchFor(goal: Goal, draft: SelectDraft, hasLabels: boolean): Record<string, JsonValue> {
  if (goal === 'remove-repeats') {
    return {
      budget: { kind: 'percent', percent: 100 },
      rules: JSON.parse(
        JSON.stringify({
          ...draft.rules,
          nearDuplicates: { ...draft.rules.nearDuplicates, isOn: true }
        })
      ) as JsonValue, // rules are plain data
      method: { id: 'random', params: {} },
      alsoTry: [],
      check: { ...draft.check, isOn: false }
    }
  }
  if (draft.goal !== 'remove-repeats') return {}
  return {
    budget: { kind: 'percent', percent: usualPercent },
    check: { ...draft.check, isOn: hasLabels }
  }
}

/** All goals with whether they are possible for this data, and why not. */
export function goalsFor(
  { kind, shape }: Pick<DatasetRecord, 'kind' | 'shape'>,
  hasLabels: boolean,
  draft: SelectDraft
): DraftReview['goals'] {
  const needsLabels = hasLabels ? null : 'This needs labels; the data has none.'
  const needs: Readonly<Record<Goal, string | null>> = {
    'train-images': kind === 'images' ? needsLabels : 'This data has no pictures.',
    'train-text': kind === 'text' ? needsLabels : 'This data has no texts.',
    'train-table': kind === 'table' ? needsLabels : 'This data is not a table of numbers.',
    'teach-chat': shape === undefined ? 'This needs conversations; this data has none.' : null,
    'teach-vision-chat':
      shape === 'llava' ? null : 'This needs conversations with pictures; this data has none.',
    'label-first': hasLabels ? 'The items already have labels.' : null,
    'remove-repeats': null
  }
  return (Object.keys(goalNames) as Goal[]).map((goal) => ({
    goal,
    isPossible: needs[goal] === null,
    reason: needs[goal],
    patch: patchFor(goal, draft, hasLabels)
  }))
}

/** All methods with whether they can be used with this data, and what they need. */
export function methodsFor(
  methods: readonly SelectionMethod[],
  data: MethodFacts
): DraftReview['methods'] {
  return methods.map((method) => {
    const reason = missingFor(method, data)
    return { method: method.id, isPossible: reason === null, reason }
  })
}

/** What the data of a draft has for methods to read. */
export interface MethodFacts {
  readonly hasLabels: boolean
  readonly tasks: number
  readonly hasTexts: boolean
  readonly hasSources: boolean
  /** Joined gradient matrices the draft asks for. */
  readonly gradients: number
  readonly hasList: boolean
}

function missingFor({ inputs }: SelectionMethod, data: MethodFacts): string | null {
  const withGradients = inputs.gradients === true && data.gradients > 0
  if (inputs.given === true && !data.hasList)
    return 'Needs a list: read one from a file, or change a finished result by hand.'
  if (inputs.texts === true && !data.hasTexts) return 'Needs texts; this data has none.'
  if (inputs.sources === true && !data.hasSources)
    return 'Needs to know where items come from: pick the column of their source in the step Rules.'
  if (inputs.labels !== false && !data.hasLabels && !(withGradients && inputs.labels !== true))
    return inputs.labels === true
      ? 'Needs labels: pick a label column when adding the data.'
      : 'Needs labels, or learning directions made elsewhere and joined to the data.'
  if (inputs.tasks === true && data.tasks === 0)
    return 'Needs example items for at least one target task.'
  return null
}
