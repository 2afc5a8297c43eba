// What a short corner message holds.

/** One message; with an action label it shows a button (usually Undo). */
export interface ToastMessage {
  readonly id: number
  readonly severity: 'note' | 'caution' | 'error' | 'success'
  readonly text: string
  readonly actionLabel: string | undefined
}
