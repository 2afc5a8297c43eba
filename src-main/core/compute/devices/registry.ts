// Finds what this machine can compute on, in order of preference, and opens one device in this
// thread. Never falls to the slow reference without saying so.
import { AppError } from '../../../api/errors.ts'
import { cudaDriver } from './cuda.ts'
import type { Device, DeviceChoice, DeviceProbe, TensorFlow } from './device.ts'
import { DeviceMissing, type DeviceDriver } from './driver.ts'
import { plainDriver } from './plain.ts'
import { selfTest } from './self-test.ts'
import { wasmDriver } from './wasm.ts'

export { calibrate } from './calibrate.ts'

/** Every kind of device, best first; the reference is last. */
const drivers: readonly DeviceDriver[] = [cudaDriver, wasmDriver, plainDriver]

export interface DeviceRegistry {
  /** What the machine has, best first, and why the rest is not available. */
  listDevices(): Promise<readonly DeviceProbe[]>
  /**
   * Opens a device in this thread and makes its backend the active one. "auto" takes the first
   * that works; a device id that cannot be opened falls back with the reason, as does "auto" when
   * only the reference is left. Throws AppError "device-not-available" when nothing works at all.
   */
  openDevice(requested: string): Promise<DeviceChoice>
}

/** A registry over the given drivers; the product uses {@link listDevices} and {@link openDevice}. */
export function createDeviceRegistry(known: readonly DeviceDriver[]): DeviceRegistry {
  // Reasons found so far in this thread; undefined = works. Probing again would find the same.
  const probed = new Map<string, string | undefined>()
  let turn: Promise<unknown> = Promise.resolve()

  // One at a time: tfjs-core has one active backend per thread.
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }

  async function probe(tf: TensorFlow, driver: DeviceDriver): Promise<string | undefined> {
    if (!probed.has(driver.id)) probed.set(driver.id, await problemOf(tf, driver))
    return probed.get(driver.id)
  }

  return {
    listDevices: () =>
      inTurn(async () => {
        const tf = await loadCore()
        const active = activeBackend(tf)
        const probes: DeviceProbe[] = []
        for (const driver of known) {
          const { id, name, isReference } = driver
          const reason = await probe(tf, driver)
          probes.push({ id, name, isReference, isAvailable: reason === undefined, reason })
        }
        if (active !== undefined) await tf.setBackend(active)
        return probes
      }),
    openDevice: (requested) =>
      inTurn(async () => {
        const tf = await loadCore()
        const reasons: string[] = []
        const pinned = known.find((driver) => driver.id === requested)
        if (requested !== 'auto' && pinned === undefined)
          reasons.push(`"${requested}" is not a device this version of the app knows.`)
        const order = pinned === undefined ? known : [pinned, ...known.filter((d) => d !== pinned)]
        for (const driver of order) {
          const reason = await probe(tf, driver)
          if (reason !== undefined) {
            reasons.push(`${reason}.`)
            continue
          }
          await tf.setBackend(driver.backend)
          return { device: toDevice(driver, tf), fallback: fallbackFor(driver, requested, reasons) }
        }
        throw new AppError('device-not-available', undefined, { hint: reasons.join(' ') })
      })
  }
}

// Under "auto" a missing graphics card is the usual case and needs no words; being left with the
// reference does.
function fallbackFor(
  used: DeviceDriver,
  requested: string,
  reasons: readonly string[]
): string | undefined {
  if (used.id === requested) return undefined
  if (requested === 'auto' && !used.isReference) return undefined
  const slow = used.isReference ? ', which is 10 to 30 times slower than the usual device' : ''
  return `${reasons.join(' ')} Computing on: ${used.name}${slow}.`.trimStart()
}

/** Loads, starts and tests a device. Returns why it cannot be used: "CUDA: not installed". */
async function problemOf(tf: TensorFlow, driver: DeviceDriver): Promise<string | undefined> {
  try {
    await driver.load(tf)
    if (!(await tf.setBackend(driver.backend))) return `${driver.shortName}: could not be started`
    const wrong = selfTest(tf)
    return wrong === undefined ? undefined : `${driver.shortName}: gives wrong numbers (${wrong})`
  } catch (error) {
    const reason = error instanceof DeviceMissing ? error.message : 'could not be started'
    return `${driver.shortName}: ${reason}`
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

function toDevice(driver: DeviceDriver, tf: TensorFlow): Device {
  const { id, name, isReference } = driver
  return { id, name, isReference, tf }
}

const registry = createDeviceRegistry(drivers)

/** {@link DeviceRegistry.listDevices} of this thread. */
export const listDevices = registry.listDevices
/** {@link DeviceRegistry.openDevice} of this thread. */
export const openDevice = registry.openDevice

/** "Computing on: processor (WebAssembly SIMD), 2 workers". */
export function describeComputing(choice: DeviceChoice, workers: number): string {
  return `Computing on: ${choice.device.name}, ${workers} ${workers === 1 ? 'worker' : 'workers'}`
}
