// Starts compute threads with node:worker_threads; used by the backend thread and the command line.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import {
  endBesideCard,
  shareCard,
  threadIsGone
} from '../../core/compute/devices/native/card-lock.ts'
import type { WorkerHandle } from '../../core/platform/platform.ts'
import { quietRuntime } from './quiet-runtime.ts'

/** The thread's script: beside this one when built, the source when run from sources. */
export function threadScript(name: 'compute' | 'backend'): string {
  // Built entries lie in out/main, shared chunks one folder below.
  const places = [
    join(import.meta.dirname, `${name}.js`),
    join(import.meta.dirname, '..', `${name}.js`),
    join(import.meta.dirname, `${name}.ts`)
  ]
  const found = places.find((path) => existsSync(path))
  if (found === undefined) throw new Error(`the script of the ${name} thread is missing`)
  return found
}

/**
 * Rows of an import live for a moment only. With V8's usual room for young objects each thread held
 * some 140 MB of garbage more, at the same speed (bench/datasets/import.ts).
 */
const youngMb = 24

/** Starts one compute thread. */
export function startComputeThread(): WorkerHandle {
  // For the command line, whose main thread starts them; backend-thread.ts does it for the hosts.
  quietRuntime()
  // Compute threads take turns at a graphics card.
  shareCard()
  const worker = new Worker(threadScript('compute'), {
    stdin: false,
    resourceLimits: { maxYoungGenerationSizeMb: youngMb }
  })
  const { threadId } = worker
  worker.on('exit', () => threadIsGone(threadId))
  let lastError: Error | undefined
  worker.on('error', (error: Error) => (lastError = error))
  return {
    post: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage: (callback) => worker.on('message', callback),
    onExit: (callback) => worker.on('exit', () => callback(lastError)),
    terminate: () => endBesideCard(() => worker.terminate())
  }
}
