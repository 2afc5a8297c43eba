// The WebGPU device for tests: only some machines have one. A software adapter counts where
// WINNOW_SOFTWARE_CARD=1 says so (docs/adr/0013-graphics-cards-through-the-runtime.md).
import * as tf from '@tensorflow/tfjs-core'
import { graphicsDrivers } from './driver.ts'

/** Why the WebGPU device cannot be tested here; undefined when it can. */
export async function whyNoCard(): Promise<string | undefined> {
  const driver = graphicsDrivers.find(({ id }) => id === 'webgpu')
  if (driver === undefined) throw new Error('there is no WebGPU device')
  try {
    await driver.load(tf)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
