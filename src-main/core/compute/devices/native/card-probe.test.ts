// Finding a graphics card: why there is none, and what is not one.
import { describe, expect, test } from 'vitest'
import { DeviceMissing } from '../driver.ts'
import { probeCard, type CardSystem } from './card-probe.ts'
import { loadRuntime, type Runtime, type SessionOptions } from './runtime.ts'

const vulkan = (name: string): never => {
  throw new Error(`Module did not self-register: '${name}'.`)
}
const withCardFile: CardSystem = {
  loadLibrary: vulkan,
  openFiles: () => ['/dev/null', '/dev/dri/renderD128']
}

/** A runtime whose product is `product`, or whose sessions fail; the options asked for. */
function fake(product: readonly number[] | Error): {
  runtime: Runtime
  asked: SessionOptions[]
  disposed: () => number
} {
  const asked: SessionOptions[] = []
  let disposed = 0
  const runtime: Runtime = {
    providers: ['cpu', 'webgpu'],
    tensor: (_, data) => ({ data }),
    createSession(_, options) {
      asked.push(options)
      if (product instanceof Error) throw product
      return {
        run: (_inputs, outputs) => {
          for (const { data } of Object.values(outputs)) (data as Float32Array).set(product) // c
        },
        dispose: () => void disposed++
      }
    }
  }
  return { runtime, asked, disposed: () => disposed }
}

function reasonOf(probe: () => void): string {
  try {
    probe()
  } catch (error) {
    if (error instanceof DeviceMissing) return error.message
    throw error
  }
  return 'none'
}

const right = [7, 10, 15, 22]

describe('a card', () => {
  test('computes the product by itself, and nothing is left of the probe', () => {
    const { runtime, asked, disposed } = fake(right)
    expect(reasonOf(() => probeCard(runtime, 'webgpu', false, withCardFile))).toBe('none')
    expect(asked).toEqual([{ cores: 1, provider: 'webgpu', isCardOnly: true }])
    expect(disposed()).toBe(1)
  })

  test('that gives wrong numbers is not one', () => {
    const { runtime } = fake([7, 10, 15, Number.NaN])
    expect(reasonOf(() => probeCard(runtime, 'webgpu', false, withCardFile))).toBe(
      'gives wrong numbers (first product)'
    )
  })

  test.each([
    ['Failed to get a WebGPU adapter: No supported adapters', 'no adapter'],
    ['bad_alloc', 'out of memory'],
    ['something else', 'could not be started']
  ])('refused with "%s"', (message, reason) => {
    const { runtime } = fake(new Error(message))
    expect(reasonOf(() => probeCard(runtime, 'webgpu', false, withCardFile))).toBe(reason)
  })
})

describe.skipIf(process.platform !== 'linux')('on Linux', () => {
  test('without a Vulkan library the runtime is not even asked', () => {
    const { runtime, asked } = fake(right)
    const system: CardSystem = {
      ...withCardFile,
      loadLibrary(name) {
        throw new Error(`${name}: cannot open shared object file: No such file or directory`)
      }
    }
    expect(reasonOf(() => probeCard(runtime, 'webgpu', false, system))).toBe(
      'no adapter (this system has no Vulkan library)'
    )
    expect(asked).toEqual([])
  })
})

describe('an adapter without a file of a card', () => {
  const system: CardSystem = { loadLibrary: vulkan, openFiles: () => ['/dev/null', 'socket:[1]'] }

  test('is played by the processor', () => {
    const { runtime } = fake(right)
    expect(reasonOf(() => probeCard(runtime, 'webgpu', false, system))).toBe(
      'only a software adapter, slower than the processor'
    )
  })

  test('counts where a test asks for it', () => {
    expect(reasonOf(() => probeCard(fake(right).runtime, 'webgpu', true, system))).toBe('none')
  })

  test('is not suspected where the system does not tell', () => {
    const silent: CardSystem = { ...system, openFiles: () => undefined }
    expect(reasonOf(() => probeCard(fake(right).runtime, 'webgpu', false, silent))).toBe('none')
  })
})

test('this machine is probed twice with the same answer, and lives', () => {
  const probe = (): string => reasonOf(() => probeCard(loadRuntime(), 'webgpu'))
  const first = probe()
  expect(first).toMatch(/^(none|no adapter|only a software adapter|could not be started)/)
  expect(probe()).toBe(first)
})
