// Short corner messages. An action (usually Undo) runs once and closes its message.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { ToastMessage } from '../components/toast-message.ts'
import { common } from '../text/common.ts'
import { describeProblem } from './problem.ts'

interface Toast extends ToastMessage {
  readonly run: (() => unknown) | undefined
}

/** Most messages shown at once; older ones give way. */
const shownAtOnce = 3

/** The corner messages of this window. */
export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([])
  let nextId = 1

  /** Shows a message; `run` is what its button does. */
  function show(
    text: string,
    options: {
      severity?: ToastMessage['severity']
      actionLabel?: string
      run?: () => unknown
    } = {}
  ): number {
    const id = nextId++
    toasts.value = [
      ...toasts.value.slice(-(shownAtOnce - 1)),
      {
        id,
        severity: options.severity ?? 'note',
        text,
        actionLabel: options.actionLabel,
        run: options.run
      }
    ]
    return id
  }
  /** Says what was done, with a button that takes it back. */
  function showUndo(text: string, undo: () => unknown): number {
    return show(text, { severity: 'success', actionLabel: common.undo, run: undo })
  }
  /** Says why something did not work. */
  function showProblem(thrown: unknown): number {
    const problem = describeProblem(thrown)
    return show(
      problem.hint === undefined ? problem.message : `${problem.message} ${problem.hint}`,
      {
        severity: 'error'
      }
    )
  }
  function close(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }
  /** Presses a message's button. */
  async function act(id: number): Promise<void> {
    const toast = toasts.value.find((candidate) => candidate.id === id)
    close(id)
    try {
      await toast?.run?.()
    } catch (problem) {
      showProblem(problem)
    }
  }
  /** Runs an action of a screen and shows why it failed, if it did. True when it worked. */
  async function attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action()
      return true
    } catch (problem) {
      showProblem(problem)
      return false
    }
  }
  return { toasts, show, showUndo, showProblem, close, act, attempt }
})
