// The native device: tfjs over onnxruntime-node, whose libraries come inside its npm package. The
// processor everywhere; graphics cards through the providers the runtime has on this system.
import { DeviceMissing, type DeviceDriver } from '../driver.ts'
import type { NativeBackend } from './backend.ts'
import { probeCard } from './card-probe.ts'
import { loadRuntime, type Provider } from './runtime.ts'

interface Kind {
  readonly id: string
  readonly name: string
  readonly shortName: string
  readonly provider: Provider
}

function driver({ id, name, shortName, provider }: Kind): DeviceDriver {
  let backend: NativeBackend | undefined
  return {
    id,
    name,
    shortName,
    isReference: false,
    backend: id,
    async load() {
      const runtime = loadRuntime()
      if (!runtime.providers.includes(provider))
        throw new DeviceMissing('not part of the runtime on this system')
      if (provider !== 'cpu')
        probeCard(runtime, provider, process.env['WINNOW_SOFTWARE_CARD'] === '1')
      // What the backend has no kernel of its own for, the plain device computes.
      await import('@tensorflow/tfjs-backend-cpu')
      const { installBackend } = await import('./install.ts')
      backend ??= installBackend(id, runtime, provider)
    },
    setCores: (count) => backend?.setCores(count),
    usage: () => backend?.usage() ?? { bytes: 0, tensors: 0, graphs: 0, compiled: 0, fallbacks: {} }
  }
}

/** The processor through onnxruntime's native kernels. */
export const nativeDriver: DeviceDriver = driver({
  id: 'native',
  name: 'processor (native)',
  shortName: 'Native',
  provider: 'cpu'
})

/**
 * Graphics cards without CUDA, best first. DirectML is left out: its library is under Microsoft's
 * own terms (docs/adr/0013-graphics-cards-through-the-runtime.md).
 */
export const graphicsDrivers: readonly DeviceDriver[] = [
  driver({
    id: 'webgpu',
    name: 'graphics card (WebGPU)',
    shortName: 'WebGPU',
    provider: 'webgpu'
  }),
  driver({
    id: 'coreml',
    name: 'graphics card (Core ML)',
    shortName: 'Core ML',
    provider: 'coreml'
  })
]
