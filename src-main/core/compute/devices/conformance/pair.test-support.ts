// A device under test beside the plain JavaScript reference, in one thread, computing the same.
import { enableGradients } from '../gradients.ts'
import type { TensorFlow } from '../device.ts'
import { openDevice } from '../registry.ts'
import { difference, read, type Result, type Tolerance } from './compare.test-support.ts'
import type { Call } from './operation.test-support.ts'
import { make, type AnyTensor } from './tensors.test-support.ts'

/** Two devices that compute the same. */
export interface Pair {
  readonly tf: TensorFlow
  /** Id of the device under test. */
  readonly id: string
  /** Runs `work` with the reference active, then with the device under test active. */
  both<T>(work: () => T): { readonly expected: T; readonly got: T }
}

/** Opens the reference and the device; fails where the device falls back to another. */
export async function openPair(id: string): Promise<Pair> {
  await enableGradients()
  const { tf } = (await openDevice('cpu')).device
  const reference = tf.getBackend()
  const { device, fallback } = await openDevice(id)
  if (device.id !== id) throw new Error(fallback ?? `got ${device.id} instead of ${id}`)
  return pairOf(tf, id, reference, tf.getBackend())
}

/** A pair of two backends that are registered and started. */
export function pairOf(tf: TensorFlow, id: string, reference: string, tested: string): Pair {
  function on<T>(backend: string, work: () => T): T {
    // tfjs-core switches at once to a backend that has started; only starting one takes time.
    void tf.setBackend(backend)
    if (tf.getBackend() !== backend) throw new Error(`backend ${backend} is not active`)
    return work()
  }
  return {
    tf,
    id,
    both: (work) => ({ expected: on(reference, work), got: on(tested, work) })
  }
}

/** Throws with words when the device computes the call otherwise than the reference. */
export function expectSame(pair: Pair, call: Call, tolerance: Tolerance): void {
  const { expected, got } = pair.both(() => attempt(() => outcomeOf(pair.tf, call)))
  if (expected instanceof Error)
    throw new Error(`the reference refuses this call: ${expected.message}`, { cause: expected })
  if (got instanceof Error) throw new Error(`${pair.id}: ${got.message}`, { cause: got })
  if (expected.length !== got.length)
    throw new Error(`${got.length} results instead of ${expected.length}`)
  expected.forEach((result, at) => {
    const found = difference(result, got[at], tolerance)
    if (found !== undefined) throw new Error(`${pair.id}: result ${at}: ${found}`)
  })
}

/**
 * Throws with words when what `work` reads differs between the devices, or when it leaves tensors
 * behind. For `work` of several operations; {@link expectSame} is for one.
 */
export function expectSameResults(pair: Pair, work: () => Result[], tolerance: Tolerance): void {
  const { expected, got } = pair.both(() => {
    const before = held(pair.tf)
    const results = work()
    const after = held(pair.tf)
    if (before !== after) throw new Error(`holds ${after} afterwards, held ${before} before`)
    return results
  })
  if (expected.length !== got.length)
    throw new Error(`${got.length} values instead of ${expected.length}`)
  expected.forEach((result, at) => {
    const found = difference(result, got[at], tolerance)
    if (found !== undefined) throw new Error(`${pair.id}: value ${at}: ${found}`)
  })
}

function attempt<T>(work: () => T): T | Error {
  try {
    return work()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** What the active device makes of the call. Checks that inputs stay as they are and nothing leaks. */
function outcomeOf(tf: TensorFlow, call: Call): Result[] {
  const before = held(tf)
  const inputs = call.inputs.map((input) => make(tf, input))
  const outputs = tf.tidy((): AnyTensor[] => [call.run(tf, inputs)].flat())
  const results = outputs.map(read)
  inputs.forEach((input, at) => {
    const { shape, dtype, values } = call.inputs[at]
    const same = difference({ shape, dtype, values }, read(input), untouched)
    if (same !== undefined) throw new Error(`the call changed its input ${at}: ${same}`)
  })
  tf.dispose([outputs, inputs])
  const after = held(tf)
  if (before !== after) throw new Error(`holds ${after} after the call, held ${before} before it`)
  return results
}

const untouched: Tolerance = {
  relative: 0,
  absolute: 0,
  ofLargest: 0,
  why: 'nothing computes them'
}

/** Tensors and pieces of data that tfjs-core and the active backend hold, in words. */
export function held(tf: TensorFlow): string {
  return `${tf.memory().numTensors} tensors and ${tf.engine().backend.numDataIds()} buffers`
}
