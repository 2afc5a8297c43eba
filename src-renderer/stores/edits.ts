// Changes made to the datasets of the open project: each is a step that can be taken back and done
// again. A new change while steps are taken back would drop them, so it asks first.
import { defineStore } from 'pinia'
import { computed, reactive, shallowRef, watch } from 'vue'
import type { ItemScope } from '@api/dto/browse.ts'
import type { EditChange, EditStep } from '@api/dto/edits.ts'
import { browse as words } from '../text/browse.ts'
import { coreWords } from '../text/core-words.ts'
import { useConnection } from './connection.ts'
import { useDatasets } from './datasets.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'
import { useToasts } from './toasts.ts'

/** A question whether taken-back steps may be dropped. */
export interface DropQuestion {
  readonly dataset: string
  readonly steps: readonly EditStep[]
  answer(drop: boolean): void
}

/** The step list of one dataset. */
interface StepList {
  steps: readonly EditStep[]
  isLoaded: boolean
  problem: Problem | undefined
}

/** Changes and their steps. */
export const useEdits = defineStore('edits', () => {
  const connection = useConnection()
  const project = useProject()
  const datasets = useDatasets()
  const toasts = useToasts()
  const lists = reactive(new Map<string, StepList>())
  const question = shallowRef<DropQuestion>()
  /** Messages of changes: "undo" of one takes back its step. */
  const messages = new Map<number, { readonly dataset: string; readonly step: number }>()
  let queue: Promise<unknown> = Promise.resolve()

  watch(
    () => project.generation,
    () => {
      lists.clear()
      messages.clear()
      question.value?.answer(false)
    },
    { flush: 'sync' }
  )
  connection.on('dataset', ({ id }) => {
    if (lists.has(id)) void load(id)
  })

  function stepsOf(dataset: string): readonly EditStep[] {
    return lists.get(dataset)?.steps ?? []
  }
  function put(dataset: string, steps: readonly EditStep[]): void {
    lists.set(dataset, { steps, isLoaded: true, problem: undefined })
  }
  /** Reads the steps of a dataset. A failure is kept in the list's `problem`. */
  async function load(dataset: string): Promise<void> {
    const generation = project.generation
    try {
      const { steps } = await connection.call('edits.list', { dataset })
      if (generation === project.generation) put(dataset, steps)
    } catch (thrown) {
      const known = lists.get(dataset)
      if (generation !== project.generation) return
      lists.set(dataset, {
        steps: known?.steps ?? [],
        isLoaded: known?.isLoaded ?? false,
        problem: describeProblem(thrown)
      })
    }
  }
  const undone = (dataset: string): readonly EditStep[] =>
    stepsOf(dataset).filter((step) => step.isUndone)
  /** Number of the last step in force; 0 = none. */
  function current(dataset: string): number {
    return stepsOf(dataset).findLast((step) => !step.isUndone)?.number ?? 0
  }

  /** True when a change may be made: nothing would be dropped, or the analyst agreed. */
  async function mayChange(dataset: string): Promise<boolean> {
    if (lists.get(dataset)?.isLoaded !== true) await load(dataset)
    const steps = undone(dataset)
    if (steps.length === 0) return true
    question.value?.answer(false)
    return new Promise((resolve) => {
      question.value = {
        dataset,
        steps,
        answer(drop) {
          question.value = undefined
          resolve(drop)
        }
      }
    })
  }
  /** One after the other, so that steps are counted from what is in force. */
  function inTurn<T>(action: () => Promise<T>): Promise<T> {
    const mine = queue.then(action)
    queue = mine.catch(() => undefined)
    return mine
  }
  /**
   * Makes a change. Returns how many items changed, or undefined when the analyst kept the steps that
   * would be dropped. Throws AppError, for example `project-read-only`.
   */
  async function apply(
    dataset: string,
    scope: ItemScope,
    change: EditChange,
    because: string | null = null
  ): Promise<number | undefined> {
    if (!(await mayChange(dataset))) return undefined
    return inTurn(async () => {
      const answer = await connection.call('edits.apply', { dataset, scope, change, because })
      await changed(dataset)
      if (answer.step !== null) tell(dataset, answer.step)
      else toasts.show(words.nothingChanged)
      return answer.changed
    })
  }
  /** Says what was done, with Undo. */
  function tell(dataset: string, step: EditStep): void {
    const id = toasts.showUndo(`${coreWords(step.sentence)}.`.replace(/\.\.$/, '.'), () =>
      undoStep(dataset, step.number)
    )
    messages.set(id, { dataset, step: step.number })
  }
  async function changed(dataset: string): Promise<void> {
    await Promise.all([load(dataset), datasets.refresh(dataset)])
  }
  /** A step that another call made, such as an action of data health: says so, with Undo. */
  async function noteStep(dataset: string, step: EditStep): Promise<void> {
    await changed(dataset)
    tell(dataset, step)
  }
  /** Steps back or forward until this step is the last one in force; 0 takes all back. */
  function stepTo(dataset: string, number: number): Promise<void> {
    return inTurn(async () => {
      const answer = await connection.call('edits.stepTo', { dataset, number })
      put(dataset, answer.steps)
      // What is taken back cannot be taken back once more.
      const gone = new Set(undone(dataset).map((step) => step.number))
      for (const [id, message] of messages)
        if (message.dataset === dataset && gone.has(message.step)) toasts.close(id)
      await datasets.refresh(dataset)
    })
  }
  /** Takes one step back, if no other was made after it. */
  async function undoStep(dataset: string, number: number): Promise<void> {
    if (current(dataset) === number) await undo(dataset)
    else toasts.show(words.laterChanges, { severity: 'caution' })
  }
  /** Takes the last step back; the step, or undefined when there is none. */
  async function undo(dataset: string): Promise<EditStep | undefined> {
    const inForce = stepsOf(dataset).filter((step) => !step.isUndone)
    const last = inForce.at(-1)
    if (last === undefined) return undefined
    await stepTo(dataset, inForce.at(-2)?.number ?? 0)
    return last
  }
  /** Does the first taken-back step again; the step, or undefined when there is none. */
  async function redo(dataset: string): Promise<EditStep | undefined> {
    const [next] = undone(dataset)
    if (next === undefined) return undefined
    await stepTo(dataset, next.number)
    return next
  }
  /**
   * True when the last message that offers to undo something is about another thing than a change of
   * a dataset: then Ctrl+Z belongs to it.
   */
  const isUndoElsewhere = computed(() => {
    const last = toasts.toasts.findLast((toast) => toast.actionLabel !== undefined)
    return last !== undefined && !messages.has(last.id)
  })
  return {
    question,
    lists,
    isUndoElsewhere,
    stepsOf,
    undone,
    current,
    load,
    mayChange,
    apply,
    noteStep,
    undoStep,
    stepTo,
    undo,
    redo
  }
})
