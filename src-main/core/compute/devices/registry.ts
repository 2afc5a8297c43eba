// Finds what this machine can compute on, in order of preference, and opens one device in this
// thread. Never falls to another device than the one asked for without saying so.
import { AppError } from '../../../api/errors.ts'
import { cudaDriver } from './cuda.ts'
import {
  noRules,
  type Device,
  type DeviceChoice,
  type DeviceFailure,
  type DeviceProbe,
  type DeviceRules,
  type DeviceUsage,
  type TensorFlow
} from './device.ts'
import { DeviceFailed, DeviceMissing, type DeviceDriver } from './driver.ts'
import { gradientsAreEnabled } from './gradients.ts'
import { graphicsDrivers, nativeDriver } from './native/driver.ts'
import { plainDriver } from './plain.ts'
import { runtimeFailure } from './runtime-failure.ts'
import { selfTest } from './self-test.ts'
import { tensorflowCpuDriver } from './tensorflow-cpu.ts'
import { trainingTest } from './training-test.ts'
import { wasmDriver } from './wasm.ts'

/** Graphics cards that must prove themselves faster than the processor before "auto" takes one. */
const graphics: readonly DeviceDriver[] = graphicsDrivers.map(explained)

/** Every kind of device, best first; the reference is last. */
const drivers: readonly DeviceDriver[] = [
  cudaDriver,
  ...graphics,
  explained(nativeDriver),
  tensorflowCpuDriver,
  wasmDriver,
  plainDriver
]

/** A driver of onnxruntime whose errors are read. */
function explained(driver: DeviceDriver): DeviceDriver {
  return { ...driver, failureOf: runtimeFailure }
}

export interface DeviceRegistry {
  /** What the machine has, best first, and why the rest is not available. */
  listDevices(rules?: DeviceRules): Promise<readonly DeviceProbe[]>
  /**
   * Opens a device in this thread and makes its backend the active one. "auto" takes the first
   * that works; a device id that cannot be opened falls back with the reason, as does "auto" when
   * a device has failed or only the reference is left. Throws AppError "device-not-available" when
   * nothing works at all.
   */
  openDevice(requested: string, rules?: DeviceRules): Promise<DeviceChoice>
  /** The failed device, when an error of a task (or a cause of it) says that a device gave up. */
  failureIn(error: unknown): DeviceFailure | undefined
  /** From now on the device is not used in this thread. */
  markFailed(failure: DeviceFailure): void
  /** What the devices opened in this thread hold, by id. */
  usage(): Readonly<Record<string, DeviceUsage>>
}

/**
 * A registry over the given drivers; ids in `graphics` are graphics cards that "auto" takes only
 * by the rules' measurement. The product uses {@link deviceRegistry}.
 */
export function createDeviceRegistry(
  known: readonly DeviceDriver[],
  graphics: ReadonlySet<string> = new Set()
): DeviceRegistry {
  // Reasons found so far in this thread; undefined = works. Probing again would find the same.
  const probed = new Map<string, string | undefined>()
  const trained = new Set<string>()
  const failed = new Map<string, string>()
  const opened = new Set<DeviceDriver>()
  let active: DeviceDriver | undefined
  let turn: Promise<unknown> = Promise.resolve()

  // One at a time: tfjs-core has one active backend per thread.
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }

  async function probe(
    tf: TensorFlow,
    driver: DeviceDriver,
    rules: DeviceRules
  ): Promise<string | undefined> {
    const failure = failed.get(driver.id) ?? rules.failed[driver.id]
    if (failure !== undefined) return `${driver.shortName}: stopped working (${failure})`
    if (!probed.has(driver.id)) probed.set(driver.id, await problemOf(tf, driver))
    if (probed.get(driver.id) === undefined && gradientsAreEnabled() && !trained.has(driver.id)) {
      trained.add(driver.id)
      probed.set(driver.id, await trainingProblemOf(tf, driver))
    }
    return probed.get(driver.id)
  }

  function hasFailed(id: string, rules: DeviceRules): boolean {
    return failed.has(id) || rules.failed[id] !== undefined
  }

  /** What "auto" looks at: measured cards stand in the place of all cards, fastest first. */
  function automatic(rules: DeviceRules): readonly DeviceDriver[] {
    const cards = rules.faster.flatMap((id) =>
      known.filter((driver) => driver.id === id && graphics.has(id))
    )
    const first = known.findIndex((driver) => graphics.has(driver.id))
    const rest = known.filter((driver) => !graphics.has(driver.id))
    return first < 0 ? rest : rest.toSpliced(first, 0, ...cards)
  }

  return {
    listDevices: (rules = noRules) =>
      inTurn(async () => {
        const tf = await loadCore()
        const before = activeBackend(tf)
        const probes: DeviceProbe[] = []
        for (const driver of known) {
          const { id, name, isReference } = driver
          const reason = await probe(tf, driver, rules)
          const isAvailable = reason === undefined
          probes.push({ id, name, isReference, isGraphics: graphics.has(id), isAvailable, reason })
        }
        if (before !== undefined) await tf.setBackend(before)
        return probes
      }),
    openDevice: (requested, rules = noRules) =>
      inTurn(async () => {
        const tf = await loadCore()
        const reasons: string[] = []
        const pinned = known.find((driver) => driver.id === requested)
        if (requested !== 'auto' && pinned === undefined)
          reasons.push(`"${requested}" is not a device this version of the app knows.`)
        const usual = automatic(rules)
        const order = pinned === undefined ? usual : [pinned, ...usual.filter((d) => d !== pinned)]
        let isForced = false
        for (const driver of order) {
          const reason = await probe(tf, driver, rules)
          if (reason !== undefined) {
            reasons.push(`${reason}.`)
            isForced ||= hasFailed(driver.id, rules)
            continue
          }
          await tf.setBackend(driver.backend)
          active = driver
          opened.add(driver)
          const isSilent = requested === 'auto' && !isForced && !driver.isReference
          const fallback =
            driver.id === requested || isSilent ? undefined : fallbackText(driver, reasons)
          return { device: toDevice(driver, tf, graphics.has(driver.id)), fallback }
        }
        throw new AppError('device-not-available', undefined, { hint: reasons.join(' ') })
      }),
    failureIn(error) {
      const found = deviceFailedIn(error)
      const driver = found === undefined ? active : known.find(({ id }) => id === found.id)
      const reason = found?.reason ?? active?.failureOf?.(error)
      if (reason === undefined) return undefined
      const id = found?.id ?? driver?.id ?? ''
      return { id, name: driver?.name ?? id, reason }
    },
    markFailed({ id, reason }) {
      failed.set(id, reason)
    },
    usage() {
      const held = [...opened].flatMap((driver) => {
        const usage = driver.usage?.()
        return usage === undefined ? [] : [[driver.id, usage] as const]
      })
      return Object.fromEntries(held)
    }
  }
}

// Under "auto" a missing graphics card is the usual case and needs no words; being left with the
// reference does, and so does a device that failed.
function fallbackText(used: DeviceDriver, reasons: readonly string[]): string {
  const slow = used.isReference ? ', which is 10 to 30 times slower than the usual device' : ''
  return `${reasons.join(' ')} Computing on: ${used.name}${slow}.`.trimStart()
}

function deviceFailedIn(error: unknown): DeviceFailed | undefined {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof DeviceFailed) return at
  return undefined
}

/** Loads, starts and tests a device. Returns why it cannot be used: "CUDA: not installed". */
async function problemOf(tf: TensorFlow, driver: DeviceDriver): Promise<string | undefined> {
  try {
    await driver.load(tf)
    if (!(await tf.setBackend(driver.backend))) return `${driver.shortName}: could not be started`
    const wrong = selfTest(tf, driver.tolerance)
    return wrong === undefined ? undefined : `${driver.shortName}: gives wrong numbers (${wrong})`
  } catch (error) {
    const isPlain = error instanceof DeviceMissing
    const reason = isPlain ? error.message : (driver.failureOf?.(error) ?? 'could not be started')
    return `${driver.shortName}: ${reason}`
  }
}

/** Tests one training step, once gradients are there. */
async function trainingProblemOf(
  tf: TensorFlow,
  driver: DeviceDriver
): Promise<string | undefined> {
  try {
    await tf.setBackend(driver.backend)
    const wrong = trainingTest(tf, driver.tolerance)
    return wrong === undefined ? undefined : `${driver.shortName}: gives wrong numbers (${wrong})`
  } catch {
    return `${driver.shortName}: cannot train`
  }
}

async function loadCore(): Promise<TensorFlow> {
  const tf = await import('@tensorflow/tfjs-core')
  // Keeps tfjs-core from printing advice about packages to the console of the app.
  tf.enableProdMode()
  return tf
}

function activeBackend(tf: TensorFlow): string | undefined {
  // `engine().backendName` is empty until a backend was chosen; tf.getBackend() would choose one.
  const name = tf.engine().backendName
  return typeof name === 'string' && name !== '' ? name : undefined
}

function toDevice(driver: DeviceDriver, tf: TensorFlow, isGraphics: boolean): Device {
  const { id, name, isReference } = driver
  return {
    id,
    name,
    isReference,
    tf,
    // Cores of the processor say nothing about a card.
    ...(driver.setCores === undefined || isGraphics
      ? {}
      : { setCores: (count: number) => driver.setCores?.(count) }),
    ...(driver.usage === undefined ? {} : { usage: driver.usage.bind(driver) })
  }
}

/** The registry of this thread over every kind of device. */
export const deviceRegistry = createDeviceRegistry(drivers, new Set(graphics.map(({ id }) => id)))

/** {@link DeviceRegistry.listDevices} of this thread. */
export const listDevices = deviceRegistry.listDevices
/** {@link DeviceRegistry.openDevice} of this thread. */
export const openDevice = deviceRegistry.openDevice

/** Every kind of device this version knows, whether or not the machine has it, best first. */
export const knownDevices: readonly {
  readonly id: string
  readonly name: string
  readonly isGraphics: boolean
  /** True where one operation uses all cores and cannot be told otherwise. */
  readonly takesAllCores: boolean
}[] = drivers.map((driver) => ({
  id: driver.id,
  name: driver.name,
  isGraphics: graphics.includes(driver),
  takesAllCores: driver.takesAllCores === true
}))
