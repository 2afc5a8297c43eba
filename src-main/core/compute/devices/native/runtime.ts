// The edge to onnxruntime-node. Its public interface only runs asynchronously, while tensor code
// reads results in the middle of a computation; the binding beneath runs at once, so this file
// reaches for it and checks that it looks as expected. The version is pinned in package.json.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DeviceMissing } from '../driver.ts'
import { withCard } from './card-lock.ts'
import { loadFailure } from './load-failure.ts'
import type { OnnxType } from './onnx-model.ts'

/** Numbers of one element type, as the runtime takes them. */
export type RuntimeArray = Float32Array | Int32Array | BigInt64Array | Uint16Array | Uint8Array

/** A tensor on the processor over memory of ours: read as input, written in place as output. */
export interface RuntimeTensor {
  readonly data: RuntimeArray
}

/** Who computes: the processor, or a graphics card through one of the runtime's providers. */
export type Provider = 'cpu' | 'webgpu' | 'coreml'

export interface SessionOptions {
  /** Threads of one operation, the calling one included. */
  readonly cores: number
  readonly provider: Provider
  /** Writes the graph as the runtime optimised it for this processor, with constants in place. */
  readonly writesOptimised?: string
  /** Writes a profile of every operation: the first part of the file's name. */
  readonly profile?: string
  /**
   * Threads sleep while they wait for each other within a run, too: for long operations, where
   * spinning gains nothing and takes twice the processor time when other programs are busy.
   */
  readonly sleeps?: boolean
  /** Whether memory for intermediate results is kept between runs; true when absent. */
  readonly keepsMemory?: boolean
  /** Refuses the graph where the provider would leave a part of it to the processor. */
  readonly isCardOnly?: boolean
}

export interface RuntimeSession {
  /** Computes now, in the calling thread and `cores` - 1 others; results land in `outputs`. */
  run(
    inputs: Readonly<Record<string, RuntimeTensor>>,
    outputs: Readonly<Record<string, RuntimeTensor>>
  ): void
  dispose(): void
}

export interface Runtime {
  /** Providers compiled into the runtime on this system. */
  readonly providers: readonly string[]
  tensor(type: OnnxType, data: RuntimeArray, shape: readonly number[]): RuntimeTensor
  /** Compiles a model (bytes of {@link encodeModel}). Throws the runtime's error. */
  createSession(model: Uint8Array, options: SessionOptions): RuntimeSession
}

interface BoundSession {
  loadModel(buffer: ArrayBufferLike, offset: number, length: number, options: object): void
  run(feeds: object, fetches: object, options: object): object
  endProfiling(): void
  dispose(): void
}

interface Binding {
  readonly InferenceSession: new () => BoundSession
  listSupportedBackends(): readonly { readonly name: string; readonly bundled: boolean }[]
}

type TensorClass = new (type: string, data: RuntimeArray, shape: readonly number[]) => RuntimeTensor

let loaded: Runtime | undefined

/** What of the package is used; either may be missing in another version. */
interface Parts {
  readonly binding?: Partial<Binding>
  readonly initOrt?: () => void
  readonly Tensor: TensorClass
}

/** Loads the runtime once per thread. Throws {@link DeviceMissing} with a plain reason. */
export function loadRuntime(): Runtime {
  loaded ??= bindRuntime(fromPackage)
  return loaded
}

function fromPackage(): Parts {
  const require = createRequire(import.meta.url)
  let home: string
  try {
    home = require.resolve('onnxruntime-node')
  } catch (error) {
    throw new DeviceMissing('not installed', { cause: error })
  }
  // Types of modules without declarations; what is used of them is checked when they are bound.
  const parts = require(join(dirname(home), 'binding.js')) as Omit<Parts, 'Tensor'>
  const { Tensor } = createRequire(home)('onnxruntime-common') as { Tensor: TensorClass }
  return { ...parts, Tensor }
}

/** The runtime over what `load` finds. Throws {@link DeviceMissing} with a plain reason. */
export function bindRuntime(load: () => Parts): Runtime {
  try {
    const { binding, initOrt, Tensor } = load()
    if (binding?.InferenceSession === undefined || initOrt === undefined) {
      throw new DeviceMissing('its runtime has another version than the app expects')
    }
    initOrt()
    return overBinding(binding as Binding, Tensor)
  } catch (error) {
    if (error instanceof DeviceMissing) throw error
    throw new DeviceMissing(loadFailure(error), { cause: error })
  }
}

/** Providers in order of preference, as the binding takes them. */
function providersFor(provider: Provider, isCardOnly: boolean): (string | object)[] {
  if (provider === 'cpu') return ['cpu']
  // Core ML in its newer form: the older takes no weights that change from run to run.
  const first = provider === 'coreml' ? { name: provider, coreMlFlags: 0x10 } : provider
  return isCardOnly ? [first] : [first, 'cpu']
}

function overBinding(binding: Binding, Tensor: TensorClass): Runtime {
  return {
    providers: binding.listSupportedBackends().map((backend) => backend.name),
    // The class turns halves into a Float16Array, whose memory the binding cannot see; the binding
    // itself reads any object with these fields.
    tensor: (type, data, shape) =>
      data instanceof Uint16Array
        ? ({ type, data, dims: shape, location: 'cpu' } as RuntimeTensor)
        : new Tensor(type, data, shape),
    createSession(model, options) {
      const { cores, provider, writesOptimised, profile } = options
      const { sleeps = false, keepsMemory = true, isCardOnly = false } = options
      const session = new binding.InferenceSession()
      // Threads take turns at the card; at the processor they do not get in each other's way.
      const inTurn = provider === 'webgpu' ? withCard : <T>(work: () => T): T => work()
      const settings = {
        executionProviders: providersFor(provider, isCardOnly),
        intraOpNumThreads: cores,
        interOpNumThreads: 1,
        // "all" would change layouts for operations with constant weights; ours are inputs, so it
        // only moves pooling back and forth (measured 9 ms of a 190 ms step).
        graphOptimizationLevel: writesOptimised === undefined ? 'extended' : 'all',
        ...(writesOptimised !== undefined && { optimizedModelFilePath: writesOptimised }),
        ...(profile !== undefined && { enableProfiling: true, profileFilePrefix: profile }),
        // A plan for the whole run takes its memory a second time beside the first run's
        // (measured: 2.3 instead of 1.8 GB for a step of a network of width 128).
        enableMemPattern: false,
        enableCpuMemArena: keepsMemory,
        logSeverityLevel: 4,
        // Threads rest as soon as a run ends: other workers need the cores.
        extra: {
          'session.force_spinning_stop': '1',
          'session.intra_op.allow_spinning': sleeps ? '0' : '1',
          ...(isCardOnly && { 'session.disable_cpu_ep_fallback': '1' })
        }
      }
      const { buffer, byteOffset, byteLength } = model
      inTurn(() => session.loadModel(buffer, byteOffset, byteLength, settings))
      return {
        run: (inputs, outputs) => void inTurn(() => session.run(inputs, outputs, {})),
        dispose: () =>
          inTurn(() => {
            if (profile !== undefined) session.endProfiling()
            session.dispose()
          })
      }
    }
  }
}
