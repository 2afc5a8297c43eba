// One thread at a time uses the graphics card. The WebGPU provider keeps one device with one list of
// commands for the whole process, and two threads in it at once end the process or spoil each
// other's numbers (microsoft/onnxruntime#32561; seen here with four threads on SwiftShader).
import { getEnvironmentData, setEnvironmentData, threadId } from 'node:worker_threads'

/** Shared by a thread and all threads it starts afterwards, and theirs. */
const key = 'winnow.card'

/** [0]: 0 while nobody uses the card, else the thread's number + 1. [1]: 1 once anybody has. */
let state: Int32Array<SharedArrayBuffer> | undefined
const holder = 0
const wasUsed = 1

/**
 * Makes the lock known to the threads that the calling thread starts from now on. Call it before
 * starting a thread that may compute.
 */
export function shareCard(): void {
  shared()
}

/** Does `work` while no other thread uses the card; waits, blocking, until it is free. */
export function withCard<T>(work: () => T): T {
  const lock = shared()
  for (;;) {
    const other = Atomics.compareExchange(lock, holder, 0, threadId + 1)
    if (other === 0) break
    Atomics.wait(lock, holder, other)
  }
  Atomics.store(lock, wasUsed, 1)
  try {
    return work()
  } finally {
    free(lock, threadId)
  }
}

/**
 * Ends a thread by `end` while no thread uses the card, without blocking: what the ending thread
 * holds on the card is given back while it ends. Just calls `end` where no card was ever used.
 */
export async function endBesideCard(end: () => Promise<unknown>): Promise<void> {
  const lock = shared()
  if (Atomics.load(lock, wasUsed) === 0) {
    await end()
    return
  }
  for (;;) {
    const other = Atomics.compareExchange(lock, holder, 0, threadId + 1)
    if (other === 0) break
    const waiting = Atomics.waitAsync(lock, holder, other)
    if (waiting.async) await waiting.value
  }
  try {
    await end()
  } finally {
    free(lock, threadId)
  }
}

/** The thread is gone. Frees the card in case it died, out of memory, in the middle of its turn. */
export function threadIsGone(id: number): void {
  free(shared(), id)
}

function free(lock: Int32Array, id: number): void {
  if (Atomics.compareExchange(lock, holder, id + 1, 0) === id + 1) Atomics.notify(lock, holder)
}

function shared(): Int32Array<SharedArrayBuffer> {
  if (state !== undefined) return state
  // Only this file writes under the key, and node hands shared memory over as it is.
  const given = getEnvironmentData(key) as SharedArrayBuffer | undefined
  const memory = given ?? new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
  if (given === undefined) setEnvironmentData(key, memory)
  state = new Int32Array(memory)
  return state
}
