// Which method to recommend for a draft and why, in a sentence; which goals and methods are
// possible for the data, and the reason where one is not.
import type { DraftReview, Goal, MethodChoice, SelectDraft } from '../../api/dto/runs.ts'
import type { DataKind } from '../../api/dto/datasets.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { DatasetRecord } from '../store/records.ts'
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
}

/** True when some pair of tasks has a class in common, so that both can want the same items. */
export function doTasksOverlap(tasks: readonly PlannedTask[]): boolean {
  const classes = tasks.map((task) => new Set(task.parts.flatMap((part) => [...part.labels])))
  return classes.some((own, i) =>
    classes.some((others, j) => j > i && [...own].some((label) => others.has(label)))
  )
}

/**
 * The recommended method (specs section 11): consensus where tasks overlap; a random choice with
 * the class mix of the data where they do not, above 30 %, where random is hard to beat, or where
 * there is nothing to aim at. Turns (round-robin) are not recommended: on Fashion-MNIST they lost
 * to random at 5, 10 and 20 %.
 */
export function recommend(inputs: RecommendInputs): Recommendation {
  if (!inputs.hasLabels) {
    return {
      choice: { id: 'random', params: {} },
      why: 'The data has no labels, so there is nothing to compare items by; a random choice is the honest one.'
    }
  }
  if (inputs.tasks.length >= 2 && doTasksOverlap(inputs.tasks)) {
    return {
      choice: { id: 'icons', params: {} },
      why: 'Your example tasks share classes, so items that several tasks ask for are the best use of the budget.'
    }
  }
  if (inputs.taskKind === 'sets' && inputs.tasks.length === 1) {
    return {
      choice: { id: 'icons', params: {} },
      why: 'You gave one example task, so the items most like it come first.'
    }
  }
  if (inputs.keptShare01 > 0.3) {
    return {
      choice: { id: 'stratified-random', params: {} },
      why: 'More than 30 % is kept; a random choice with the same class mix is hard to beat there.'
    }
  }
  if (inputs.tasks.length >= 2 && inputs.taskKind === 'sets') {
    return {
      choice: { id: 'stratified-random', params: {} },
      why: 'Your example tasks have no class in common, so there is nothing for them to agree on; a random choice with the same class mix is hard to beat then.'
    }
  }
  return {
    choice: { id: 'stratified-random', params: {} },
    why: 'Without example items that show what the model must do well, a random choice with the same class mix is hard to beat. Give example items to aim at them.'
  }
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

/** The goal that fits a kind of data. */
export function goalOfKind(kind: DataKind): Goal {
  return kind === 'images' ? 'train-images' : kind === 'text' ? 'train-text' : 'train-table'
}

/** All goals with whether they are possible for this data, and why not. */
export function goalsFor(
  { kind, shape }: Pick<DatasetRecord, 'kind' | 'shape'>,
  hasLabels: boolean
): DraftReview['goals'] {
  const chat = 'This version has no method for choosing conversations to teach with.'
  const needs: Readonly<Record<Goal, string | null>> = {
    'train-images':
      kind !== 'images'
        ? 'This data has no pictures.'
        : hasLabels
          ? null
          : 'This needs labels; the data has none.',
    'train-text':
      kind !== 'text'
        ? 'This data has no texts.'
        : hasLabels
          ? null
          : 'This needs labels; the data has none.',
    'train-table':
      kind !== 'table'
        ? 'This data is not a table of numbers.'
        : hasLabels
          ? null
          : 'This needs labels; the data has none.',
    'teach-chat': shape === undefined ? 'This needs conversations; this data has none.' : chat,
    'teach-vision-chat':
      shape === 'llava' ? chat : 'This needs conversations with pictures; this data has none.',
    'label-first': hasLabels
      ? 'The items already have labels.'
      : 'This version has no method for choosing what to label first.',
    'remove-repeats': null
  }
  return (Object.keys(goalNames) as Goal[]).map((goal) => ({
    goal,
    isPossible: needs[goal] === null,
    reason: needs[goal]
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
      : 'Needs labels, or gradients made elsewhere and joined to the data.'
  if (inputs.tasks === true && data.tasks === 0)
    return 'Needs example items for at least one target task.'
  return null
}
