// Devices of this machine: found, tested, opened, and never silently replaced by the slow one.
import { describe, expect, test } from 'vitest'
import { calibrate } from './calibrate.ts'
import { cardFailure, cudaDriver } from './cuda.ts'
import { noRules, type TensorFlow } from './device.ts'
import { DeviceFailed, DeviceMissing, type DeviceDriver } from './driver.ts'
import { enableGradients } from './gradients.ts'
import { plainDriver } from './plain.ts'
import { createDeviceRegistry, knownDevices, listDevices, openDevice } from './registry.ts'
import { runtimeFailure } from './runtime-failure.ts'
import { selfTest } from './self-test.ts'
import { measureTraining } from './training-speed.ts'
import { trainingTest } from './training-test.ts'
import { wasmDriver } from './wasm.ts'

function missing(id: string, reason: string): DeviceDriver {
  return {
    id,
    name: `the ${id}`,
    shortName: id.toUpperCase(),
    isReference: false,
    backend: id,
    load: () => Promise.reject(new DeviceMissing(reason))
  }
}

describe('what the machine has', () => {
  test('lists devices in order, with a reason for each that is not there', async () => {
    const probes = await listDevices()
    const ids = probes.map((probe) => probe.id)
    expect(ids).toEqual(knownDevices.map(({ id }) => id))
    expect(ids[0]).toBe('cuda')
    expect(ids.slice(-4)).toEqual(['native', 'tensorflow', 'wasm', 'cpu'])
    const cards = probes.filter((probe) => probe.isGraphics)
    expect(ids.indexOf('native')).toBe(1 + cards.length)
    for (const probe of probes) expect(probe.reason === undefined).toBe(probe.isAvailable)
    const [cuda] = probes
    const [tensorflow, wasm, cpu] = probes.slice(-3)
    if (!cuda.isAvailable) expect(cuda.reason).toMatch(/^CUDA: /)
    if (!tensorflow.isAvailable) expect(tensorflow.reason).toMatch(/^TensorFlow: /)
    expect(wasm.isAvailable).toBe(true)
    expect(cpu).toMatchObject({ isAvailable: true, isReference: true })
  })

  test('listing leaves the opened device active', async () => {
    const { device } = await openDevice('cpu')
    await listDevices()
    expect(device.tf.getBackend()).toBe('cpu')
  })
})

describe('opening', () => {
  test('auto takes the first that is not the reference, without a fallback', async () => {
    const choice = await createDeviceRegistry([
      missing('cuda', 'not installed'),
      wasmDriver,
      plainDriver
    ]).openDevice('auto')
    expect(choice.device.id).toBe('wasm')
    expect(choice.fallback).toBeUndefined()
    expect(choice.device.tf.getBackend()).toBe('wasm')
  })

  test('a pinned device that is missing falls back with the reason', async () => {
    const registry = createDeviceRegistry([
      missing('cuda', 'not installed'),
      wasmDriver,
      plainDriver
    ])
    const choice = await registry.openDevice('cuda')
    expect(choice.device.id).toBe('wasm')
    expect(choice.fallback).toBe('CUDA: not installed. Computing on: processor (WebAssembly SIMD).')
  })

  test('the reference is used with words when nothing else is left', async () => {
    const registry = createDeviceRegistry([missing('wasm', 'not supported'), plainDriver])
    const choice = await registry.openDevice('auto')
    expect(choice.device.isReference).toBe(true)
    expect(choice.fallback).toContain('WASM: not supported.')
    expect(choice.fallback).toContain('slower')
  })

  test('a pinned reference is no fallback; an unknown device is', async () => {
    expect((await openDevice('cpu')).fallback).toBeUndefined()
    expect((await openDevice('quantum')).fallback).toMatch(/"quantum" is not a device/)
  })

  test('refuses when nothing works', async () => {
    const registry = createDeviceRegistry([missing('a', 'broken'), missing('b', 'gone')])
    await expect(registry.openDevice('auto')).rejects.toMatchObject({
      code: 'device-not-available',
      hint: 'A: broken. B: gone.'
    })
  })
})

describe('correctness', () => {
  test('a device that gives wrong numbers is not used', async () => {
    const { device } = await openDevice('cpu')
    const broken = {
      ...device.tf,
      softmax: (x: ReturnType<TensorFlow['softmax']>) => device.tf.mul(device.tf.softmax(x), 1.01)
    } as TensorFlow // a copy of the module with one operation replaced
    expect(selfTest(device.tf)).toBeUndefined()
    expect(selfTest(broken)).toBe('softmax')
  })

  test('a device that trains wrongly is not used once gradients are there', async () => {
    await enableGradients()
    const { device } = await openDevice('cpu')
    expect(trainingTest(device.tf)).toBeUndefined()
    const broken = {
      ...device.tf,
      logSoftmax: (x: ReturnType<TensorFlow['softmax']>) => device.tf.mul(x, 0.5)
    } as TensorFlow // a copy of the module with one operation replaced
    expect(trainingTest(broken)).toBe('training')
  })

  test('training is tested on a device that was opened before gradients were there', async () => {
    const { tf } = (await openDevice('cpu')).device
    const base = tf.getKernel('BatchMatMul', 'cpu')
    let isBroken = false
    const driver: DeviceDriver = {
      ...missing('shaky', ''),
      backend: 'shaky',
      async load() {
        const { MathBackendCPU } = await import('@tensorflow/tfjs-backend-cpu')
        tf.registerBackend('shaky', () => new MathBackendCPU())
        tf.copyRegisteredKernels('cpu', 'shaky')
        tf.unregisterKernel('BatchMatMul', 'shaky')
        tf.registerKernel({
          kernelName: 'BatchMatMul',
          backendName: 'shaky',
          kernelFunc(call) {
            // Wrong for products with a transposed side only, as gradients make them.
            const isTransposed = call.attrs?.['transposeA'] === true
            if (isTransposed) isBroken = true
            const attrs = isTransposed ? { ...call.attrs, transposeA: false } : call.attrs
            return base.kernelFunc({ ...call, ...(attrs === undefined ? {} : { attrs }) })
          }
        })
      }
    }
    await enableGradients()
    const registry = createDeviceRegistry([driver, plainDriver])
    const choice = await registry.openDevice('shaky')
    expect(isBroken).toBe(true)
    expect(choice.device.id).toBe('cpu')
    expect(choice.fallback).toMatch(/^SHAKY: (gives wrong numbers|cannot train)/)
  })

  test('calibration measures a plausible speed and says what a device cannot do', async () => {
    const { device } = await openDevice('wasm')
    const speed = await calibrate(device, 2)
    expect(speed.gflops).toBeGreaterThan(0.05)
    expect(speed.gflops).toBeLessThan(1e5)
    expect(speed).toMatchObject({
      gflopsOneCore: speed.gflops,
      trainingSteps: undefined,
      cannotTrain: 'cannot train convolutional networks'
    })
  })

  test('calibration measures one core and all, and leaves the device with all', async () => {
    const told: number[] = []
    const { device } = await openDevice('wasm')
    const speed = await calibrate({ ...device, setCores: (count) => void told.push(count) }, 3)
    expect(told).toEqual([1, 3])
    expect(speed.gflopsOneCore).toBeGreaterThan(0)
    const fixed = await calibrate(device, 3, 'all')
    expect(fixed.gflopsOneCore).toBeUndefined()
  })

  test('training is measured where it is possible', async () => {
    const { stepsPerSecond, reason } = await measureTraining((await openDevice('cpu')).device)
    expect(stepsPerSecond).toBeGreaterThan(0)
    expect(reason).toBeUndefined()
  })
})

describe('graphics cards', () => {
  /** Works as the plain device does. */
  const card = (id: string): DeviceDriver => ({
    ...plainDriver,
    id,
    name: `card ${id}`,
    shortName: `graphics ${id}`,
    isReference: false
  })
  const registry = createDeviceRegistry(
    [missing('cuda', 'not installed'), card('a'), card('b'), wasmDriver, plainDriver],
    new Set(['a', 'b'])
  )

  test('are not taken by "auto" before they were measured to be faster', async () => {
    const choice = await registry.openDevice('auto')
    expect([choice.device.id, choice.fallback]).toEqual(['wasm', undefined])
    const probes = await registry.listDevices()
    expect(probes.filter((probe) => probe.isGraphics).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  test('are taken when they were, the fastest first', async () => {
    const rules = { failed: {}, faster: ['b', 'a'] }
    const choice = await registry.openDevice('auto', rules)
    expect([choice.device.id, choice.fallback]).toEqual(['b', undefined])
  })

  test('are taken when they are asked for', async () => {
    const choice = await registry.openDevice('a')
    expect([choice.device.id, choice.fallback]).toEqual(['a', undefined])
  })
})

describe('a device that failed during a calculation', () => {
  test('is not used again, under "auto" too, and never silently', async () => {
    const registry = createDeviceRegistry([wasmDriver, plainDriver])
    const rules = { ...noRules, failed: { wasm: 'out of memory' } }
    const words =
      'WebAssembly SIMD: stopped working (out of memory). Computing on: processor (plain JavaScript), which is 10 to 30 times slower than the usual device.'
    for (const requested of ['auto', 'wasm']) {
      const choice = await registry.openDevice(requested, rules)
      expect([choice.device.id, choice.fallback]).toEqual(['cpu', words])
    }
    const probes = await registry.listDevices(rules)
    expect(probes[0]).toMatchObject({
      isAvailable: false,
      reason: 'WebAssembly SIMD: stopped working (out of memory)'
    })
    expect((await registry.openDevice('auto')).device.id).toBe('wasm')
  })

  test('is known by the error it threw, however deep', () => {
    const registry = createDeviceRegistry([wasmDriver, plainDriver])
    const lost = new DeviceFailed('wasm', 'the card was lost')
    const wrapped = new Error('a step went wrong', { cause: new Error('inside', { cause: lost }) })
    const failure = { id: 'wasm', name: wasmDriver.name, reason: 'the card was lost' }
    expect(registry.failureIn(wrapped)).toEqual(failure)
    expect(registry.failureIn(new Error('not enough rows'))).toBeUndefined()
    expect(registry.failureIn('no error at all')).toBeUndefined()
  })

  test('stays out of the thread in which it failed', async () => {
    const registry = createDeviceRegistry([wasmDriver, plainDriver])
    expect((await registry.openDevice('auto')).device.id).toBe('wasm')
    registry.markFailed({ id: 'wasm', name: '', reason: 'gone' })
    expect((await registry.openDevice('auto')).device.id).toBe('cpu')
  })

  test.each([
    ['Failed to get a WebGPU adapter: No supported adapters', 'no adapter'],
    [
      "Non-zero status code returned while running Gemm node. Name:'n1' Status Message: bfc_arena.cc:376 Failed to allocate memory for requested buffer of size 4294967296",
      'out of memory'
    ],
    ['WebGPU device lost (2): A valid external Instance', 'the card stopped answering'],
    ['/onnxruntime_src/onnxruntime/core/graph/graph.cc:1 bad', 'one of its operations failed'],
    ['Argument x passed to matMul must be a Tensor', undefined]
  ])('the native runtime says %s', (message, reason) => {
    expect(runtimeFailure(new Error(message))).toBe(reason)
  })

  test('is known by what the runtime of the active device said', async () => {
    const gone = 'WebGPU device lost (2): gone'
    const registry = createDeviceRegistry([{ ...plainDriver, failureOf: runtimeFailure }])
    expect(registry.failureIn(new Error(gone))).toBeUndefined()
    await registry.openDevice('cpu')
    expect(registry.failureIn(new Error(gone))).toEqual({
      id: 'cpu',
      name: plainDriver.name,
      reason: 'the card stopped answering'
    })
  })

  test.each([
    ['Failed: OOM when allocating tensor with shape[4096,4096]', 'out of memory'],
    ['CUDA_ERROR_ILLEGAL_ADDRESS: an illegal memory access', 'the card stopped answering'],
    ['Invalid argument: Incompatible shapes', undefined]
  ])('TensorFlow on a card says %s', (message, reason) => {
    expect(cardFailure(new Error(message))).toBe(reason)
    expect(cudaDriver.failureOf?.(new Error(message))).toBe(reason)
  })
})

describe('gradients', () => {
  test.each(['wasm', 'cpu'])('work on %s, first and second order', async (id) => {
    await enableGradients()
    const { tf } = (await openDevice(id)).device
    const x = tf.tensor1d([1, 2, 3])
    const cube = (v: ReturnType<TensorFlow['square']>): ReturnType<TensorFlow['scalar']> =>
      tf.sum(tf.mul(v, tf.square(v)))
    const first = tf.grad(cube)
    expect(Array.from(first(x).dataSync())).toEqual([3, 12, 27])
    const second = tf.grad((v) => tf.sum(first(v)))
    expect(Array.from(second(x).dataSync())).toEqual([6, 12, 18])
  })
})
