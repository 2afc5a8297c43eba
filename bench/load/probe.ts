// Loaded into every thread of the measured app beside it (`node --import`): appends what only the
// thread itself knows, its heap and the delays of its event loop, to the file WINNOW_LOAD_PROBE names.
// Every 15 seconds as it is; on SIGUSR2 once more after the garbage is collected, which is what is
// still held. The app knows nothing of it.
import { appendFileSync } from 'node:fs'
import { basename } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads'
import type { ThreadReading } from './thread-reading.ts'

const everyMs = 15_000
const path = process.env['WINNOW_LOAD_PROBE']

function collector(): () => void {
  setFlagsFromString('--expose-gc')
  // The flag gives a function of this name to contexts made from now on.
  return runInNewContext('gc') as () => void
}

function start(file: string): void {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const resources = (): Record<string, number> => {
    const counts: Record<string, number> = {}
    for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1
    return counts
  }
  const write = (rest: number | null): void => {
    const { heapUsed, heapTotal, external, arrayBuffers } = process.memoryUsage()
    const line: ThreadReading = {
      at: Date.now(),
      rest,
      thread: isMainThread ? 'host' : basename(process.argv[1] ?? 'thread').replace(/\.\w+$/, ''),
      id: threadId,
      ...{ heapUsed, heapTotal, external, arrayBuffers },
      resources: resources(),
      // Of the histogram's own step, which it counts as well.
      delayMostMs: delay.max / 1e6 - 5,
      delay99Ms: delay.percentile(99) / 1e6 - 5
    }
    if (rest === null) delay.reset()
    appendFileSync(file, `${JSON.stringify(line)}\n`)
  }
  setInterval(() => write(null), everyMs).unref()
  const channel = new BroadcastChannel('winnow-load-probe')
  const collect = collector()
  const readAtRest = (rest: number): void => {
    // Twice: finalizers of the first round let go of more.
    collect()
    setImmediate(() => {
      collect()
      write(rest)
    })
  }
  channel.onmessage = (message: unknown) =>
    readAtRest(Number((message as { readonly data: unknown }).data))
  channel.unref()
  if (!isMainThread) return
  let rest = 0
  process.on('SIGUSR2', () => {
    channel.postMessage(++rest)
    readAtRest(rest)
  })
}

if (path !== undefined) start(path)
