// Whether a graphics card really computes through one of the runtime's providers. A session is made
// without complaint where only the processor can run it, so the probe forbids that.
import { readdirSync, readlinkSync } from 'node:fs'
import { DeviceMissing } from '../driver.ts'
import { runtimeFailure } from '../runtime-failure.ts'
import { encodeModel } from './onnx-model.ts'
import type { Provider, Runtime } from './runtime.ts'

/** What the probe asks of the system; tests give another. */
export interface CardSystem {
  /** Loads a shared library by the system's loader; throws with the loader's words. */
  loadLibrary(name: string): void
  /** Files this process has open now; undefined where the system does not tell. */
  openFiles(): readonly string[] | undefined
}

const thisSystem: CardSystem = {
  loadLibrary: (name) => process.dlopen({ exports: {} }, name),
  openFiles() {
    if (process.platform !== 'linux') return undefined
    return readdirSync('/proc/self/fd').flatMap((file) => {
      try {
        return [readlinkSync(`/proc/self/fd/${file}`)]
      } catch {
        // Closed since it was listed, as the folder itself is.
        return []
      }
    })
  }
}

/** Where drivers of graphics cards talk to them: AMD, Intel and others, NVIDIA, Windows' Linux. */
const cardFiles = /^\/dev\/(dri\/|nvidia|dxg)/

const side = [2, 2]
const model = {
  nodes: [{ op: 'MatMul', inputs: ['a', 'b'], outputs: ['c'] }],
  constants: [],
  inputs: ['a', 'b'].map((name) => ({ name, type: 'float32', shape: side }) as const),
  outputs: [{ name: 'c', type: 'float32', shape: side } as const]
}

/**
 * Computes a small product through the provider. Throws {@link DeviceMissing} with the reason when
 * there is no card, when it is only played by the processor (unless `takesSoftware`), and when the
 * product is wrong.
 */
export function probeCard(
  runtime: Runtime,
  provider: Provider,
  takesSoftware = false,
  system: CardSystem = thisSystem
): void {
  // Without the library the runtime writes a warning to the console before it finds no adapter.
  if (provider === 'webgpu' && process.platform === 'linux' && !hasVulkan(system))
    throw new DeviceMissing('no adapter (this system has no Vulkan library)')
  const product = new Float32Array(4)
  let isSoftware: boolean
  try {
    const session = runtime.createSession(encodeModel(model), {
      cores: 1,
      provider,
      isCardOnly: true
    })
    try {
      const factor = runtime.tensor('float32', Float32Array.of(1, 2, 3, 4), side)
      session.run({ a: factor, b: factor }, { c: runtime.tensor('float32', product, side) })
      // While the session lives, the driver of a real card has the card's file open.
      isSoftware = system.openFiles()?.some((path) => cardFiles.test(path)) === false
    } finally {
      session.dispose()
    }
  } catch (error) {
    throw new DeviceMissing(runtimeFailure(error) ?? 'could not be started', { cause: error })
  }
  if (product.join() !== '7,10,15,22')
    throw new DeviceMissing('gives wrong numbers (first product)')
  if (isSoftware && !takesSoftware)
    throw new DeviceMissing('only a software adapter, slower than the processor')
}

// The runtime looks for this library by this name. Node loads it, finds no module of its own in it,
// and lets go of it again.
function hasVulkan(system: CardSystem): boolean {
  try {
    system.loadLibrary('libvulkan.so.1')
    return true
  } catch (error) {
    return error instanceof Error && error.message.includes('did not self-register')
  }
}
