// Ends the local host when nobody needs it any more: no page connected for a minute and no job
// running (security rule L11). Knows no clock and no timer; both are handed in.

/** With no page connected for this long, and no job, the host ends. */
export const idleMs = 60_000

export interface IdleWatchOptions {
  readonly idleMs: number
  /** Count the time before the first page too: off while a printed address waits for a person. */
  readonly isWindowExpected: boolean
  now(): number
  openSockets(): number
  isBusy(): Promise<boolean>
  /** Jobs go on with no window; said once each time the last page leaves. */
  onHeld(): void
  onIdle(): void
}

/** Returns the look to take now and then; resolves when that look is over. */
export function createIdleWatch(options: IdleWatchOptions): () => Promise<void> {
  let lastSeen = options.now()
  let wasSeen = options.isWindowExpected
  let isHeld = false
  return async () => {
    if (options.openSockets() > 0) {
      lastSeen = options.now()
      wasSeen = true
      isHeld = false
      return
    }
    if (!wasSeen || options.now() - lastSeen < options.idleMs) return
    const isBusy = await options.isBusy()
    // A page may have come back while the backend was asked.
    if (options.openSockets() > 0) return
    if (!isBusy) options.onIdle()
    else if (!isHeld) {
      isHeld = true
      options.onHeld()
    }
  }
}
