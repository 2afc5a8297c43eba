// The backend that tfjs-core sees. Kernels only record; numbers are computed when somebody reads
// one, all wanted values at once, so that a training step with its gradients and the optimizer's
// update becomes one compiled graph that is used again in the next step.
import {
  DataStorage,
  engine,
  KernelBackend,
  type backend_util,
  type DataType,
  type TensorInfo,
  type Variable
} from '@tensorflow/tfjs-core'
import type { DeviceUsage } from '../device.ts'
import { blockedLayout } from './blocked-layout.ts'
import { compile, inputName, outputName } from './compile.ts'
import { cutOut } from './cut.ts'
import { Recorder } from './recorder.ts'
import { reshape } from './rewrites.ts'
import type { Provider, Runtime, RuntimeSession, RuntimeTensor } from './runtime.ts'
import { sizeOf, type Numbers, type NumberType, type Value } from './value.ts'

/** What tfjs keeps for a tensor: a recorded value, or texts, which no kernel here computes with. */
interface Entry {
  readonly value: Value | undefined
  readonly texts: Uint8Array[] | undefined
  references: number
}

/** A graph of the runtime with what is known about it. */
export interface CompiledGraph {
  session: RuntimeSession
  readonly reads: readonly boolean[]
  readonly workingBytes: number
  /** Whether intermediate results keep their memory between runs. */
  keepsMemory: boolean
  uses: number
  /** Compiles it once more, so that it keeps its memory. */
  readonly compileToKeep: () => RuntimeSession
  /** Set once the graph is given up; it must not be run any more. */
  isGone: boolean
}

/** One computation: the graph, the values that went in and those that came out. */
export interface Computation {
  readonly graph: CompiledGraph
  readonly leaves: readonly Value[]
  readonly results: readonly Value[]
}

/** Compiled graphs kept, and bytes of intermediate results they may hold on to together. */
const mostGraphs = 128
const mostWorkingBytes = 2 * 2 ** 30
/**
 * Graphs whose intermediate results take more bytes keep that memory only from a later use on: many
 * are used once (the first step of a training, texts of a length that does not come again), and
 * memory that is given back and taken again costs a training step a third of its time.
 */
const littleWorkingBytes = 2 ** 20
const keptFromUse = 3
/** Multiplications and additions below which a graph gets one core. */
const worthThreads = 4e6
/** Pending values after which the graph is computed even though nobody reads. */
const mostPending = 4000

export class NativeBackend extends KernelBackend {
  readonly recorder = new Recorder()
  /** Kernels that ran on the plain device instead, with how often. */
  readonly fallbacks: Record<string, number> = {}
  /** Milliseconds spent computing and compiling graphs since the start; the rest is recording. */
  readonly spent = { running: 0, compiling: 0 }
  /** First part of file names: graphs compiled from now on write a profile when they are let go. */
  profile: string | undefined
  readonly provider: Provider
  readonly #runtime: Runtime
  readonly #entries: DataStorage<Entry>
  readonly #graphs = new Map<string, CompiledGraph>()
  /** Computations since a recording began (replay.ts); undefined while none runs. */
  recording: Computation[] | undefined
  #cores = 1
  #compiled = 0
  #nextId = 0

  constructor(runtime: Runtime, provider: Provider) {
    super()
    this.#runtime = runtime
    this.provider = provider
    this.#entries = new DataStorage<Entry>(this, engine())
  }

  /** Processor cores one operation may use; graphs compiled for another number are kept. */
  setCores(count: number): void {
    this.#cores = Math.max(1, Math.floor(count))
  }

  usage(): DeviceUsage {
    let reserve = this.recorder.pool.bytes
    for (const graph of this.#graphs.values()) if (graph.keepsMemory) reserve += graph.workingBytes
    return {
      bytes: this.recorder.bytes + reserve,
      tensors: this.#entries.numDataIds(),
      graphs: this.#graphs.size,
      compiled: this.#compiled,
      fallbacks: { ...this.fallbacks }
    }
  }

  get cores(): number {
    return this.#cores
  }

  /** The value of a tensor as it was recorded, whatever the tensor's shape. */
  ownValue(id: object): Value | undefined {
    return this.#entries.get(id).value
  }

  /** Gives a variable other numbers, in an array of the reserve, of the type and size it has. */
  replace(variable: Variable, numbers: Numbers): void {
    const { value, references } = this.#entries.get(variable.dataId)
    if (value === undefined) throw new Error('texts cannot be computed with')
    const isShared = references > 1 || value.handles > 1 || value.uses > 0
    if (!isShared) {
      this.recorder.exchange(value, numbers)
      return
    }
    const info = this.tensorOf(this.recorder.adopt(numbers, value.shape, value.type))
    const tensor = engine().makeTensorFromTensorInfo({ ...info, shape: variable.shape })
    variable.assign(tensor)
    tensor.dispose()
  }

  /** The recorded value of a tensor in the tensor's shape. */
  recorded(tensor: TensorInfo): Value {
    const { value } = this.#entries.get(tensor.dataId)
    if (value === undefined) throw new Error('texts cannot be computed with')
    return reshape(this.recorder, value, tensor.shape)
  }

  /** A tensor for a recorded value. */
  tensorOf(value: Value): TensorInfo {
    this.recorder.hold(value)
    return {
      dataId: this.#keep({ value, texts: undefined, references: 1 }),
      shape: [...value.shape],
      dtype: value.type
    }
  }

  /** Another tensor over the same numbers, perhaps in another shape. */
  sameData(tensor: TensorInfo, shape: number[]): TensorInfo {
    this.incRef(tensor.dataId)
    return { dataId: tensor.dataId, shape, dtype: tensor.dtype }
  }

  /** Called after every kernel: forgets what it recorded in vain and bounds the graph. */
  afterKernel(): void {
    this.recorder.sweep()
    if (this.recorder.pending > mostPending) this.flush()
  }

  #keep(entry: Entry): object {
    const id = { id: this.#nextId++ }
    this.#entries.set(id, entry)
    return id
  }

  override write(
    values: backend_util.BackendValues | null,
    shape: number[],
    dtype: DataType
  ): object {
    if (dtype === 'string')
      return this.#keep({ value: undefined, texts: textsOf(values), references: 1 })
    const value = this.#leaf(values, shape, dtype)
    this.recorder.sweep()
    return this.#keep({ value, texts: undefined, references: 1 })
  }

  override move(
    id: object,
    values: backend_util.BackendValues,
    shape: number[],
    dtype: DataType,
    references: number
  ): void {
    const entry: Entry =
      dtype === 'string'
        ? { value: undefined, texts: textsOf(values), references }
        : { value: this.#leaf(values, shape, dtype), texts: undefined, references }
    this.recorder.sweep()
    this.#entries.set(id, entry)
  }

  #leaf(
    values: backend_util.BackendValues | null,
    shape: readonly number[],
    dtype: DataType
  ): Value {
    const type = numberTypeOf(dtype)
    const numbers = values ?? new Float32Array(sizeOf(shape))
    // Texts have a branch of their own; what is left are lists of numbers.
    const value = this.recorder.leaf(numbers as Numbers | number[], shape, type)
    this.recorder.hold(value)
    return value
  }

  override read(id: object): Promise<backend_util.BackendValues> {
    return Promise.resolve(this.readSync(id))
  }

  override readSync(id: object): backend_util.BackendValues {
    const { value, texts } = this.#entries.get(id)
    if (value === undefined) return texts ?? []
    if (value.data === undefined) this.flush()
    // A copy, because the numbers go back to the reserve when the tensor is disposed.
    return (value.data ?? new Float32Array(0)).slice()
  }

  /** Computes every wanted value that is still pending. */
  flush(): void {
    const { wanted } = this.recorder
    if (wanted.size === 0) return
    const values = [...wanted].reverse()
    const cut = cutOut(values)
    const key = `${this.#cores} ${cut.key}`
    const graph = this.#graphs.get(key) ?? this.#compile(key, cut, values)
    // The order of the map is the order of last use.
    this.#graphs.delete(key)
    this.#graphs.set(key, graph)
    const results = this.run(graph, cut.leaves, values)
    // Held before the results settle, which lets go of everything that only they read.
    if (this.recording !== undefined) for (const leaf of cut.leaves) this.recorder.hold(leaf)
    values.forEach((value, i) => this.recorder.settle(value, results[i]))
    this.recording?.push({ graph, leaves: cut.leaves, results: values })
  }

  /** Runs a graph on the numbers of its leaves: numbers for each result, in arrays of the reserve. */
  run(graph: CompiledGraph, leaves: readonly Value[], values: readonly Value[]): Numbers[] {
    const inputs: Record<string, RuntimeTensor> = {}
    leaves.forEach((leaf, i) => {
      if (graph.reads[i]) inputs[inputName(i)] = this.#runtimeTensor(leaf, leaf.data)
    })
    const results = values.map((value) => this.recorder.pool.take(value.type, sizeOf(value.shape)))
    const outputs: Record<string, RuntimeTensor> = {}
    values.forEach((value, i) => {
      outputs[outputName(i)] = this.#runtimeTensor(value, results[i])
    })
    graph.uses++
    if (graph.uses === keptFromUse && !graph.keepsMemory) {
      graph.session.dispose()
      graph.session = graph.compileToKeep()
      graph.keepsMemory = true
    }
    const start = performance.now()
    graph.session.run(inputs, outputs)
    this.spent.running += performance.now() - start
    return results
  }

  #runtimeTensor(value: Value, data: Numbers | undefined): RuntimeTensor {
    if (data === undefined) throw new Error('a value was read after it was given up')
    return this.#runtime.tensor(value.type, data, value.shape)
  }

  #compile(key: string, cut: ReturnType<typeof cutOut>, wanted: readonly Value[]): CompiledGraph {
    const start = performance.now()
    const blocked = this.provider === 'cpu' ? blockedLayout(this.#runtime) : undefined
    const { model, reads, workingBytes, work } = compile(
      cut,
      wanted,
      blocked,
      this.provider !== 'cpu'
    )
    const profile = this.profile === undefined ? {} : { profile: this.profile }
    // Every graph has threads of its own; little work is not worth them.
    const cores = work < worthThreads ? 1 : this.#cores
    const create = (keepsMemory: boolean): RuntimeSession => {
      const options = { cores, provider: this.provider, keepsMemory, ...profile }
      return this.#runtime.createSession(model, options)
    }
    const keepsMemory = workingBytes <= littleWorkingBytes || this.provider !== 'cpu'
    const graph: CompiledGraph = {
      session: create(keepsMemory),
      reads,
      workingBytes,
      keepsMemory,
      uses: 0,
      compileToKeep: () => create(true),
      isGone: false
    }
    this.spent.compiling += performance.now() - start
    this.#compiled++
    this.#graphs.set(key, graph)
    this.#forgetOldest(key)
    return graph
  }

  /** Every compiled graph holds on to its intermediate results, so only so many are kept. */
  #forgetOldest(newest: string): void {
    let bytes = 0
    for (const graph of this.#graphs.values()) if (graph.keepsMemory) bytes += graph.workingBytes
    for (const [key, graph] of this.#graphs) {
      if (this.#graphs.size <= mostGraphs && bytes <= mostWorkingBytes) return
      if (key === newest) return
      if (graph.keepsMemory) bytes -= graph.workingBytes
      graph.session.dispose()
      graph.isGone = true
      this.#graphs.delete(key)
    }
  }

  override refCount(id: object): number {
    return this.#entries.has(id) ? this.#entries.get(id).references : 0
  }

  override incRef(id: object): void {
    this.#entries.get(id).references++
  }

  decRef(id: object): void {
    if (this.#entries.has(id)) this.#entries.get(id).references--
  }

  override disposeData(id: object, force = false): boolean {
    if (!this.#entries.has(id)) return true
    const entry = this.#entries.get(id)
    entry.references--
    if (!force && entry.references > 0) return false
    this.#entries.delete(id)
    if (entry.value !== undefined) this.recorder.drop(entry.value)
    return true
  }

  override numDataIds(): number {
    return this.#entries.numDataIds()
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false }
  }

  override floatPrecision(): 32 {
    return 32
  }

  override epsilon(): number {
    return super.epsilon()
  }

  override async time(run: () => void): Promise<{ kernelMs: number }> {
    const start = performance.now()
    run()
    this.flush()
    return { kernelMs: performance.now() - start }
  }

  override dispose(): void {
    for (const graph of this.#graphs.values()) {
      graph.session.dispose()
      graph.isGone = true
    }
    this.#graphs.clear()
    this.recorder.pool.clear()
  }
}

function numberTypeOf(dtype: DataType): NumberType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype
  throw new Error(`${dtype} numbers are not computed with on this device`)
}

/** Texts as tfjs hands them to a backend: UTF-8 bytes each. */
function textsOf(values: backend_util.BackendValues | null): Uint8Array[] {
  const encoder = new TextEncoder()
  return Array.from(values ?? [], (text: unknown) =>
    text instanceof Uint8Array ? text : encoder.encode(String(text))
  )
}
