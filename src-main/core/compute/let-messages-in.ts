// The pause that long calculations take so that the thread stays reachable.

/** Lets messages in (a cancel among them): products alone never leave this turn of the event loop. */
export function letMessagesIn(): Promise<void> {
  return new Promise((resume) => setImmediate(resume))
}
