// What the computer computes with: devices found and measured, what the threads do, and the notice
// when a device could not be used.
import { cpus, totalmem } from 'node:os'
import type { ComputerInfo, DeviceInfo, DeviceSpeed } from '../../api/dto/settings.ts'
import { AppError } from '../../api/errors.ts'
import { knownDevices } from '../compute/devices/registry.ts'
import { createComputePool } from '../jobs/compute-pool.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { AppState } from './app-state.ts'
import { openCardTrial } from './card-trial.ts'
import { chooseGraphics, type GraphicsChoice } from './device-choice.ts'
import { openDeviceSpeeds } from './device-speeds.ts'
import { deviceTask, type DeviceTaskInput, type DeviceTaskOutput } from './device-task.ts'

/** How a look at the computer is taken. */
export interface ComputerLook {
  /** Spend about a second on each device. */
  readonly calibrate: boolean
  /** Only on devices that were not measured before. */
  readonly onlyMissing?: boolean | undefined
}

export interface Computer {
  /** Throws AppError "computer-busy" when it should measure while something runs. */
  look(how: ComputerLook): Promise<ComputerInfo>
}

/** Devices of this computer. Measured speeds of earlier starts are in force at once. */
export function createComputer(state: AppState): Computer {
  const { platform, pool } = state
  const processor = cpus()[0]?.model.trim() ?? 'unknown'
  const speeds = openDeviceSpeeds(platform.paths.data, platform.appVersion, processor)
  const cards = knownDevices.filter(({ isGraphics }) => isGraphics)
  const trial = openCardTrial(platform.paths.data)
  if (trial.hasEndedTheApp)
    for (const { id, name } of cards)
      pool.addFailure({ id, name, reason: 'the app ended while it was looked at' })
  let found: DeviceTaskOutput | undefined
  // What it was found for: the active device's id is never "auto", so it cannot tell.
  let foundFor = ''
  let turn: Promise<unknown> = Promise.resolve()
  // Stored figures suffice to prefer a card before anything was looked at: a card that is not
  // there any more is passed over by the thread that looks for it.
  let { faster } = choice(knownDevices.map(assumeAvailable))
  pool.setFaster(faster)

  function choice(devices: readonly Omit<DeviceInfo, 'speed'>[]): GraphicsChoice {
    return chooseGraphics(devices.map((one) => ({ ...one, speed: speeds.get(one.id) })))
  }

  function isBusy(): boolean {
    return pool.state().isBusy || (state.current?.engine.isBusy() ?? false)
  }

  async function run(measure: readonly string[], on: ComputePool): Promise<DeviceTaskOutput> {
    const failed = Object.fromEntries(pool.failures().map(({ id, reason }) => [id, reason]))
    const input: DeviceTaskInput = {
      requested: state.settings.get().device,
      rules: { failed, faster },
      measure,
      cores: pool.size
    }
    const signal = new AbortController().signal
    const work = (): Promise<DeviceTaskOutput> =>
      on.run(deviceTask, input, { signal, isLight: true })
    return cards.every(({ id }) => id in failed) ? work() : trial.during(work)
  }

  async function measure(ids: readonly string[]): Promise<void> {
    if (isBusy()) throw busy('The speed can be measured when nothing else is running.')
    // A thread of its own: what the measurement compiles and holds goes with it.
    const own = createComputePool(platform, 1)
    try {
      const output = await run(ids, own)
      for (const failure of output.failures) pool.addFailure(failure)
      if (isBusy())
        throw busy('Something else began while the speed was measured, so it was not kept.')
      await speeds.add(withDate(output))
    } finally {
      await own.dispose()
    }
  }

  function withDate(output: DeviceTaskOutput): Record<string, DeviceSpeed> {
    const now = platform.now()
    return Object.fromEntries(
      Object.entries(output.speeds).map(([id, speed]) => [
        id,
        {
          gflops: speed.gflops,
          gflopsOneCore: speed.gflopsOneCore ?? null,
          trainingSteps: speed.trainingSteps ?? null,
          cannotTrain: speed.cannotTrain ?? null,
          bytes: speed.bytes ?? null,
          cores: pool.size,
          measuredAt: now
        }
      ])
    )
  }

  async function find(): Promise<DeviceTaskOutput> {
    const now = JSON.stringify([state.settings.get().device, pool.failures(), faster])
    if (found === undefined || foundFor !== now) {
      found = await run([], pool)
      foundFor = now
    }
    return found
  }

  async function look({ calibrate, onlyMissing = false }: ComputerLook): Promise<ComputerInfo> {
    if (calibrate && !onlyMissing) pool.forgive()
    let now = await find()
    const missing = now.devices.filter((one) => one.isAvailable && !speeds.get(one.id))
    // A card proves itself once, as soon as it is seen; nothing else is measured unasked.
    const proof = missing.some((one) => one.isGraphics) && !isBusy() ? missing : []
    const wanted = calibrate ? (onlyMissing ? missing : now.devices) : proof
    if (wanted.length > 0) {
      await measure(wanted.map(({ id }) => id))
      now = await find()
    }
    faster = choice(now.devices.map(toInfo)).faster
    pool.setFaster(faster)
    return describe(await find())
  }

  function toInfo(probe: DeviceTaskOutput['devices'][number]): Omit<DeviceInfo, 'speed'> {
    return { ...probe, reason: probe.reason ?? null, note: null, holding: null }
  }

  function describe(output: DeviceTaskOutput): ComputerInfo {
    const { usage, ...activity } = pool.state()
    const { notes } = choice(output.devices.map(toInfo))
    const { device: requested } = state.settings.get()
    const workers = pool.size
    const { running, waiting, coresInUse, threads } = activity
    return {
      devices: output.devices.map((probe) => ({
        ...toInfo(probe),
        note: notes[probe.id] ?? null,
        speed: speeds.get(probe.id) ?? null,
        holding: usage[probe.id] ?? null
      })),
      active: output.active,
      pinned: requested === 'auto' ? null : requested,
      line: `Computing on: ${output.activeName}, up to ${workers} ${workers === 1 ? 'core' : 'cores'}`,
      fallback: output.fallback ?? null,
      cores: platform.cores,
      workers,
      activity: { running, waiting, coresInUse, threads },
      processor,
      memoryBytes: totalmem(),
      freeMemoryBytes: platform.readings.freeMemoryBytes(),
      appMemoryBytes: process.memoryUsage.rss()
    }
  }

  return {
    // One look at a time: two windows asking at once would measure each other.
    look(how) {
      const result = turn.then(() => look(how))
      turn = result.catch(() => undefined)
      return result
    }
  }
}

function assumeAvailable(device: (typeof knownDevices)[number]): Omit<DeviceInfo, 'speed'> {
  const { id, name, isGraphics } = device
  return {
    id,
    name,
    isGraphics,
    isAvailable: true,
    isReference: false,
    reason: null,
    note: null,
    holding: null
  }
}

function busy(message: string): AppError {
  return new AppError('computer-busy', message, { hint: 'Try again afterwards.' })
}
