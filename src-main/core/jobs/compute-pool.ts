// The backend's side of the compute threads: one task per thread at a time, a thread kept free for
// light work, a new thread in place of one that died or whose device failed, and a number of cores
// for each task that is fixed by its kind and the setting.
import type { DeviceFailure, DeviceUsage } from '../compute/devices/device.ts'
import type { Platform } from '../platform/platform.ts'
import type { ManagedPool, TaskOptions } from './compute-task.ts'
import { Lane, type LaneOwner } from './pool-lane.ts'

/** Starts no thread before it is needed. `size` is the number of heavy threads and of cores. */
export function createComputePool(
  platform: Pick<Platform, 'createComputeWorker' | 'log'>,
  size: number
): ManagedPool {
  const failures = new Map<string, DeviceFailure>()
  let faster: readonly string[] = []
  function addFailure(failure: DeviceFailure): void {
    failures.set(failure.id, failure)
    platform.log.write('notice', 'device-failed', `${failure.name}: ${failure.reason}`)
  }
  const owner: LaneOwner = {
    platform,
    rules: () => ({
      failed: Object.fromEntries([...failures.values()].map(({ id, reason }) => [id, reason])),
      faster
    }),
    onFailure: addFailure
  }
  const heavy = new Lane(owner, size)
  // One thread, so one core, also for a light task that asks for all.
  const light = new Lane(owner, 1)
  return {
    get size() {
      return heavy.limit
    },
    run<I, E, O>(task: { readonly name: string }, input: I, options: TaskOptions<E>): Promise<O> {
      const lane = options.isLight === true ? light : heavy
      // The task's own declaration says what it returns and what its events are.
      return lane.run(task.name, input, options as TaskOptions<unknown>) as Promise<O>
    },
    resize(next) {
      heavy.resize(next)
    },
    state() {
      const lanes = [heavy.state(), light.state()]
      const total = (value: (lane: (typeof lanes)[number]) => number): number =>
        lanes.reduce((sum, lane) => sum + value(lane), 0)
      return {
        running: total(({ running }) => running),
        waiting: total(({ waiting }) => waiting),
        coresInUse: total(({ cores }) => cores),
        threads: total(({ usage }) => usage.length),
        isBusy: !heavy.isIdle,
        usage: sumUsage(lanes.flatMap(({ usage }) => usage))
      }
    },
    failures: () => [...failures.values()],
    addFailure,
    forgive(id) {
      if (id === undefined) failures.clear()
      else failures.delete(id)
    },
    setFaster(ids) {
      faster = ids
    },
    endIdle() {
      heavy.endIdle()
      light.endIdle()
    },
    async dispose() {
      await Promise.all([heavy.dispose(), light.dispose()])
    }
  }
}

/** What each device holds over all threads. */
function sumUsage(
  threads: readonly Readonly<Record<string, DeviceUsage>>[]
): Record<string, DeviceUsage> {
  const sums: Record<string, DeviceUsage> = {}
  for (const [id, usage] of threads.flatMap((held) => Object.entries(held))) {
    const before = sums[id]
    sums[id] = before === undefined ? usage : addUsage(before, usage)
  }
  return sums
}

function addUsage(a: DeviceUsage, b: DeviceUsage): DeviceUsage {
  const fallbacks: Record<string, number> = { ...a.fallbacks }
  for (const [kernel, count] of Object.entries(b.fallbacks))
    fallbacks[kernel] = (fallbacks[kernel] ?? 0) + count
  return {
    bytes: a.bytes + b.bytes,
    tensors: a.tensors + b.tensors,
    graphs: a.graphs + b.graphs,
    compiled: a.compiled + b.compiled,
    fallbacks
  }
}
