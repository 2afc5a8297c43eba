// The processor through WebAssembly with SIMD instructions, one thread per worker: the product
// runs one block per compute thread, so threads inside a block would only compete.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DeviceMissing, type DeviceDriver } from './driver.ts'

const wasmFile = 'tfjs-backend-wasm-simd.wasm'

export const wasmDriver: DeviceDriver = {
  id: 'wasm',
  name: 'processor (WebAssembly SIMD)',
  shortName: 'WebAssembly SIMD',
  isReference: false,
  backend: 'wasm',
  async load(tf) {
    const folder = wasmFolders().find((place) => existsSync(join(place, wasmFile)))
    if (folder === undefined)
      throw new DeviceMissing('its files are not where the app expects them')
    const wasm = await import('@tensorflow/tfjs-backend-wasm')
    wasm.setWasmPaths(folder + sep)
    wasm.setThreadsCount(1)
    // Without this flag the backend loads its threaded build, which starts workers of its own.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    const hasSimd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')
    if (hasSimd !== true) throw new DeviceMissing('not supported by this processor')
  }
}

/** Places of the .wasm files, best first: unpacked from the app's archive, node_modules, beside us. */
export function wasmFolders(): readonly string[] {
  const here = dirname(fileURLToPath(import.meta.url))
  const found: string[] = []
  try {
    const manifest = createRequire(import.meta.url).resolve(
      '@tensorflow/tfjs-backend-wasm/package.json'
    )
    const folder = join(dirname(manifest), 'dist')
    const packed = `${sep}app.asar${sep}`
    if (folder.includes(packed)) found.push(folder.replace(packed, `${sep}app.asar.unpacked${sep}`))
    found.push(folder)
  } catch {
    // A bundle without node_modules: only the folders beside it are left.
  }
  return [...found, join(here, 'wasm'), here]
}
