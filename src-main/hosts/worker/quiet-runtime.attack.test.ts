// The runtime's native library sends reports to its makers unless the process's environment says no. Nothing
// of it passes through Node, so that only this setting, in time and in the right thread, keeps it silent.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { quietRuntime } from './quiet-runtime.ts'

afterEach(() => vi.unstubAllEnvs())

it('the reports are switched off', () => {
  vi.stubEnv('ORT_DISABLE_TELEMETRY', undefined)
  quietRuntime()
  expect(process.env['ORT_DISABLE_TELEMETRY']).toBe('1')
})

it.each(['backend-thread.ts', 'compute-thread.ts'])(
  '%s does so before it starts a thread',
  (name) => {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8')
    const threads = [...text.matchAll(/new Worker\(/g)].map(({ index }) => index)
    expect(threads).toHaveLength(1)
    const quiet = text.indexOf('quietRuntime()')
    expect(quiet).toBeGreaterThan(0)
    expect(quiet).toBeLessThan(threads[0] ?? 0)
  }
)
