// When the local host may end, moment by moment, without a clock (security rule L11).
import { describe, expect, it } from 'vitest'
import { createIdleWatch } from './idle-watch.ts'

function scene(isWindowExpected: boolean) {
  const seen = { now: 0, sockets: 0, isBusy: false, held: 0, ended: 0, asked: 0 }
  const look = createIdleWatch({
    idleMs: 60_000,
    isWindowExpected,
    now: () => seen.now,
    openSockets: () => seen.sockets,
    isBusy() {
      seen.asked++
      return Promise.resolve(seen.isBusy)
    },
    onHeld: () => seen.held++,
    onIdle: () => seen.ended++
  })
  return { seen, look }
}

describe('the idle watch', () => {
  it('L11: ends after a whole minute without a page, not before', async () => {
    const { seen, look } = scene(true)
    seen.now = 59_999
    await look()
    expect(seen.ended).toBe(0)
    seen.now = 60_000
    await look()
    expect(seen.ended).toBe(1)
  })

  it('L11: a page that comes back starts the minute again', async () => {
    const { seen, look } = scene(true)
    seen.sockets = 1
    seen.now = 100_000
    await look()
    seen.sockets = 0
    seen.now = 159_999
    await look()
    expect(seen.ended).toBe(0)
    seen.now = 160_000
    await look()
    expect(seen.ended).toBe(1)
  })

  it('L11: jobs hold it; that is said once per absence', async () => {
    const { seen, look } = scene(true)
    seen.isBusy = true
    for (seen.now = 60_000; seen.now < 100_000; seen.now += 1000) await look()
    expect([seen.held, seen.ended]).toEqual([1, 0])
    seen.sockets = 1
    await look()
    seen.sockets = 0
    seen.now += 60_000
    await look()
    expect([seen.held, seen.ended]).toEqual([2, 0])
    seen.isBusy = false
    await look()
    expect(seen.ended).toBe(1)
  })

  it('L11: a page that comes while the backend is asked keeps it', async () => {
    const { seen, look } = scene(true)
    seen.now = 60_000
    const looking = look()
    seen.sockets = 1
    await looking
    expect([seen.asked, seen.ended]).toEqual([1, 0])
  })

  it('L11: without a window of its own it waits for the first page', async () => {
    const { seen, look } = scene(false)
    seen.now = 36_000_000
    await look()
    expect([seen.asked, seen.ended]).toEqual([0, 0])
  })
})
