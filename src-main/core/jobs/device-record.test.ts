// What a job records about the devices its tasks open.
import { expect, it } from 'vitest'
import type { ComputePool, DeviceNews } from './compute-task.ts'
import { createDeviceRecord, type DeviceRecord } from './device-record.ts'

/** A pool whose tasks do nothing but open the devices they are given. */
const pool: ComputePool = {
  size: 2,
  run(task, input, options) {
    for (const news of input as readonly DeviceNews[]) options.onDevice?.(news) // see compute()
    return Promise.resolve(task.name as never) // the test asks for the name
  },
  resize: () => undefined,
  dispose: () => Promise.resolve()
}

interface Watched {
  readonly record: DeviceRecord
  readonly said: string[]
  compute(...news: readonly Partial<DeviceNews>[]): Promise<unknown>
}

function watch(before?: string): Watched {
  const said: string[] = []
  const record = createDeviceRecord(pool, before, {
    onFallback: (text) => void said.push(`fallback ${text}`),
    onNew: ({ id }) => void said.push(`new ${id}`),
    onChange: () => void said.push('change')
  })
  return {
    record,
    said,
    compute: (...news) =>
      record.pool.run(
        { name: 'work' },
        news.map((one) => ({ id: 'a', name: 'device a', cores: 1, fallback: undefined, ...one })),
        { signal: new AbortController().signal }
      )
  }
}

it('names the device with the most cores it had, once', async () => {
  const { record, said, compute } = watch()
  expect(record.text()).toBeUndefined()
  expect(await compute({ cores: 1 }, { cores: 2 }, { cores: 1 })).toBe('work')
  expect(record.text()).toBe('device a, 2 cores')
  expect(record.used()).toEqual([{ id: 'a', name: 'device a', cores: 2 }])
  expect(said).toEqual(['new a', 'change', 'change'])
})

it('names every device there was, and none of the cores of a card', async () => {
  const { record, compute } = watch()
  await compute({ cores: 1 }, { id: 'b', name: 'card b', cores: undefined })
  expect(record.text()).toBe('device a, 1 core; card b')
})

it('passes on why it is not the one asked for', async () => {
  const { said, compute } = watch()
  await compute({ fallback: 'The card is gone.' })
  expect(said).toContain('fallback The card is gone.')
})

it('keeps what a stored result says until something is really computed', async () => {
  const { record, said, compute } = watch()
  record.stored('processor of last year')
  record.stored('processor of last year')
  expect([record.text(), said]).toEqual(['processor of last year', ['change']])
  await compute({})
  record.stored('processor of last year')
  expect(record.text()).toBe('device a, 1 core')
})

it('keeps the other device of an earlier part of the job', async () => {
  const { record, compute } = watch('card b')
  expect(record.text()).toBe('card b')
  await compute({})
  expect(record.text()).toBe('card b; device a, 1 core')
  const same = watch('device a, 4 cores')
  await same.compute({})
  expect(same.record.text()).toBe('device a, 1 core')
})
