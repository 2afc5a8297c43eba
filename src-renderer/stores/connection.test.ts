// A window whose engine stops: it waits, connects again, reads everything anew and says so once; it
// gives up when nobody is there.
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Client } from '@api/rpc.ts'
import { AppError } from '@api/errors.ts'
import { hostOf, projectOf } from '../views/view.test-support.ts'
import { useConnection } from './connection.ts'
import { useProject } from './project.ts'
import { fakeClient } from './run-fixtures.test-support.ts'

/** A client that can be ended, as a backend that dies ends it. */
function client(restarts: number, answers: Parameters<typeof fakeClient>[0] = {}) {
  const callbacks: (() => void)[] = []
  const made: Client = {
    ...fakeClient({
      'app.hello': () => ({ ...hostOf(), restarts }),
      'projects.current': () => ({ project: projectOf() }),
      ...answers
    }),
    onClose: (callback) => void callbacks.push(callback)
  }
  return Object.assign(made, { end: () => callbacks.forEach((callback) => callback()) })
}

beforeEach(() => setActivePinia(createPinia()))

describe('a connection that ends', () => {
  it('is made again, and the project is read anew before screens are shown', async () => {
    const connection = useConnection()
    const project = useProject()
    const [first, second] = [client(0), client(1)]
    let resolve: (next: Client) => void = () => undefined
    connection.keepUp(() => new Promise((settle) => (resolve = settle)))
    await connection.start(first)
    await project.refresh()
    const before = project.generation
    first.end()
    expect(connection.state).toBe('restarting')
    resolve(second)
    await flushPromises()
    expect(connection.state).toBe('open')
    expect(connection.wasRestarted).toBe(true)
    expect(project.generation).toBeGreaterThan(before)
  })

  it('says nothing of a restart when only the line was cut', async () => {
    const connection = useConnection()
    const first = client(1)
    connection.keepUp(() => Promise.resolve(client(1)))
    await connection.start(first)
    first.end()
    await flushPromises()
    expect([connection.state, connection.wasRestarted]).toEqual(['open', false])
  })

  it('is lost when nobody is there, and at once when it cannot be made again', async () => {
    const connection = useConnection()
    const first = client(0)
    await connection.start(first)
    first.end()
    expect(connection.state).toBe('lost')

    setActivePinia(createPinia())
    const other = useConnection()
    const one = client(0)
    other.keepUp(() => Promise.reject(new Error('nobody')))
    await other.start(one)
    one.end()
    await flushPromises()
    expect(other.state).toBe('lost')
  })

  it('is lost when it ends again and again before anybody says hello', async () => {
    const connection = useConnection()
    const first = client(0)
    let tries = 0
    connection.keepUp(() => {
      tries += 1
      const next = client(1, {
        'app.hello': () => {
          next.end()
          throw new AppError('cancelled')
        }
      })
      return Promise.resolve(next)
    })
    await connection.start(first)
    vi.useFakeTimers()
    try {
      first.end()
      await vi.runAllTimersAsync()
    } finally {
      vi.useRealTimers()
    }
    expect(connection.state).toBe('lost')
    expect(tries).toBe(6)
  })

  it('stays with the other window when that has taken over', async () => {
    const connection = useConnection()
    const first = client(0)
    connection.keepUp(() => Promise.resolve(client(0)))
    await connection.start(first)
    connection.markElsewhere()
    first.end()
    await flushPromises()
    expect(connection.state).toBe('elsewhere')
  })
})
