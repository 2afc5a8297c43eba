// Which devices a job's tasks computed on, recorded as they open them.
import type { UsedDevice } from '../compute/devices/device.ts'
import type { ComputePool, TaskOptions } from './compute-task.ts'

export interface DeviceRecord {
  /** The pool to run the job's tasks on: every device they open is recorded. */
  readonly pool: ComputePool
  /** Devices opened so far, each with the most cores it was given. */
  used(): readonly UsedDevice[]
  /** A device that a stored result came from; what was really opened says more, and stays. */
  stored(name: string): void
  /** "processor (native), 2 cores"; undefined before there is one. */
  text(): string | undefined
}

export interface DeviceRecordEvents {
  /** Another device than the one asked for was opened, with the reason. */
  onFallback(text: string): void
  /** A device was opened for the first time. */
  onNew(device: UsedDevice): void
  onChange(): void
}

/** `before` is the text of an earlier part of the same job. */
export function createDeviceRecord(
  pool: ComputePool,
  before: string | undefined,
  events: DeviceRecordEvents
): DeviceRecord {
  const used = new Map<string, UsedDevice>()
  let storedName = before

  function saw(device: UsedDevice): void {
    const known = used.get(device.id)
    const cores = Math.max(device.cores ?? 0, known?.cores ?? 0)
    const { id, name } = device
    used.set(id, { id, name, cores: device.cores === undefined ? undefined : cores })
    if (known === undefined) events.onNew(device)
    if (known === undefined || known.cores !== used.get(id)?.cores) events.onChange()
  }

  return {
    pool: {
      get size() {
        return pool.size
      },
      run<I, E, O>(task: { readonly name: string }, input: I, options: TaskOptions<E>): Promise<O> {
        return pool.run<I, E, O>(task, input, {
          ...options,
          onDevice(news) {
            saw(news)
            if (news.fallback !== undefined) events.onFallback(news.fallback)
            options.onDevice?.(news)
          }
        })
      },
      resize: (size) => pool.resize(size),
      dispose: () => pool.dispose()
    },
    used: () => [...used.values()],
    stored(name) {
      if (used.size > 0 || storedName === name) return
      storedName = name
      events.onChange()
    },
    text() {
      if (used.size === 0) return storedName
      const now = [...used.values()]
      // An earlier part of the job, before a pause of days, may have had another device.
      const isOther = before !== undefined && !now.some(({ name }) => before.includes(name))
      return [...(isOther ? [before] : []), ...now.map(deviceText)].join('; ')
    }
  }
}

/** "processor (native), 2 cores". */
export function deviceText({ name, cores }: UsedDevice): string {
  if (cores === undefined) return name
  return `${name}, ${cores} ${cores === 1 ? 'core' : 'cores'}`
}
