// The graph calls hand work to a thread and stop what nobody waits for any more.
import { expect, it } from 'vitest'
import { createGraphHandlers } from './graph-handlers.ts'
import type { AppState } from './app-state.ts'

interface Started {
  readonly name: string
  readonly input: unknown
  readonly signal: AbortSignal
  finish(value: unknown): void
}

function handlersWith(started: Started[]): ReturnType<typeof createGraphHandlers> {
  const run = (
    { name }: { name: string },
    input: unknown,
    { signal }: { signal: AbortSignal }
  ): Promise<unknown> =>
    new Promise((finish, fail) => {
      signal.addEventListener('abort', () => fail(signal.reason as Error))
      started.push({ name, input, signal, finish })
    })
  const area = { project: { store: { path: 'p.winnow' } } }
  // Only what these handlers ask of the app is there.
  return createGraphHandlers({ area: () => area, pool: { run } } as unknown as AppState)
}

it('a newer graph ends the older one, and leaves what is judged alone', async () => {
  const started: Started[] = []
  const handlers = handlersWith(started)
  const first = handlers['traces.graph']({ set: 's', task: 'a' })
  const judged = handlers['traces.plausibility']({ trace: 3 })
  const refused = expect(first).rejects.toMatchObject({ code: 'cancelled' })
  const second = handlers['traces.graph']({ set: 's', task: 'b' })
  await refused
  expect(started.map(({ name, signal }) => [name, signal.aborted])).toEqual([
    ['traces.graph', true],
    ['traces.plausibility', false],
    ['traces.graph', false]
  ])
  expect(started[2].input).toEqual({ path: 'p.winnow', set: 's', task: 'b' })
  started[2].finish('drawn')
  started[1].finish('judged')
  expect(await Promise.all([second, judged])).toEqual(['drawn', 'judged'])
})

it('of two attempts that are judged the newer one counts', async () => {
  const started: Started[] = []
  const handlers = handlersWith(started)
  const refused = expect(handlers['traces.plausibility']({ trace: 1 })).rejects.toMatchObject({
    code: 'cancelled'
  })
  const second = handlers['traces.plausibility']({ trace: 2 })
  await refused
  started[1].finish('second')
  expect(await second).toBe('second')
})
