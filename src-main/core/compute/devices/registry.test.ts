// Devices of this machine: found, tested, opened, and never silently replaced by the slow one.
import { describe, expect, test } from 'vitest'
import type { TensorFlow } from './device.ts'
import { DeviceMissing, type DeviceDriver } from './driver.ts'
import { enableGradients } from './gradients.ts'
import { plainDriver } from './plain.ts'
import {
  calibrate,
  createDeviceRegistry,
  describeComputing,
  listDevices,
  openDevice
} from './registry.ts'
import { selfTest } from './self-test.ts'
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
    expect(probes.map((probe) => probe.id)).toEqual(['cuda', 'wasm', 'cpu'])
    for (const probe of probes) expect(probe.reason === undefined).toBe(probe.isAvailable)
    const [cuda, wasm, cpu] = probes
    if (!cuda.isAvailable) expect(cuda.reason).toMatch(/^CUDA: /)
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

  test('says what it computes on', async () => {
    const choice = await openDevice('cpu')
    expect(describeComputing(choice, 1)).toBe(
      'Computing on: processor (plain JavaScript), 1 worker'
    )
    expect(describeComputing(choice, 3)).toMatch(/, 3 workers$/)
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

  test('calibration measures a plausible speed', async () => {
    const { device } = await openDevice('wasm')
    const speed = await calibrate(device)
    expect(speed).toBeGreaterThan(0.05)
    expect(speed).toBeLessThan(1e5)
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
