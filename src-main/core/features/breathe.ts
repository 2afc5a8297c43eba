// Long calculations in a thread stop here for a moment, so that the message that cancels them can
// come in.

/** Lets waiting messages in, then throws the signal's reason when aborted. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  signal.throwIfAborted()
}
