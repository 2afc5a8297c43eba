// The edge to onnxruntime-node. Its public interface only runs asynchronously, while tensor code
// reads results in the middle of a computation; the binding beneath runs at once, so this file
// reaches for it and checks that it looks as expected. The version is pinned in package.json.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { OnnxType } from './onnx-model.ts'
import { DeviceMissing } from '../driver.ts'

/** Numbers of one element type, as the runtime takes them. */
export type RuntimeArray = Float32Array | Int32Array | BigInt64Array | Uint16Array | Uint8Array

/** A tensor on the processor over memory of ours: read as input, written in place as output. */
export interface RuntimeTensor {
  readonly data: RuntimeArray
}

/** Who computes: the processor, or a graphics card through one of the runtime's providers. */
export type Provider = 'cpu' | 'webgpu' | 'dml' | 'coreml'

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

/** Loads the runtime once per thread. Throws {@link DeviceMissing} with a plain reason. */
export function loadRuntime(): Runtime {
  loaded ??= bind()
  return loaded
}

function bind(): Runtime {
  const require = createRequire(import.meta.url)
  let home: string
  try {
    home = require.resolve('onnxruntime-node')
  } catch (error) {
    throw new DeviceMissing('not installed', { cause: error })
  }
  try {
    // Types of modules without declarations; what is used of them is checked right below.
    const { binding, initOrt } = require(join(dirname(home), 'binding.js')) as {
      binding?: Partial<Binding>
      initOrt?: () => void
    }
    const { Tensor } = createRequire(home)('onnxruntime-common') as { Tensor: TensorClass }
    if (binding?.InferenceSession === undefined || initOrt === undefined) {
      throw new DeviceMissing('its runtime has another version than the app expects')
    }
    initOrt()
    return overBinding(binding as Binding, Tensor)
  } catch (error) {
    if (error instanceof DeviceMissing) throw error
    throw new DeviceMissing('its library could not be loaded on this system', { cause: error })
  }
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
    createSession(model, { cores, provider, writesOptimised, profile, sleeps = false }) {
      const session = new binding.InferenceSession()
      session.loadModel(model.buffer, model.byteOffset, model.byteLength, {
        executionProviders: provider === 'cpu' ? ['cpu'] : [provider, 'cpu'],
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
        logSeverityLevel: 4,
        // Threads rest as soon as a run ends: other workers need the cores.
        extra: {
          'session.force_spinning_stop': '1',
          'session.intra_op.allow_spinning': sleeps ? '0' : '1'
        }
      })
      return {
        run: (inputs, outputs) => void session.run(inputs, outputs, {}),
        dispose() {
          if (profile !== undefined) session.endProfiling()
          session.dispose()
        }
      }
    }
  }
}
