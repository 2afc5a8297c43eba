// The taskbar follows the work, and a notification calls only someone who is elsewhere.
import { beforeEach, expect, it } from 'vitest'
import { desktopWords } from './desktop-words.ts'
import { FakeEmitter } from './electron-fakes.test-support.ts'
import { createWorkSigns, type SignDeps, type WorkSigns } from './work-signs.ts'

const done: string[] = []
const bars: number[] = []
const notices: FakeNotice[] = []
const state = { isFocused: false, isMinimized: false, isDestroyed: false, isSupported: true }

class FakeNotice extends FakeEmitter {
  static isSupported = (): boolean => state.isSupported
  readonly options: object
  isShown = false
  constructor(options: object) {
    super()
    this.options = options
    notices.push(this)
  }
  show(): void {
    this.isShown = true
  }
}
const note = (what: string) => (): void => void done.push(what)
const window = {
  setProgressBar: (value: number) => void bars.push(value),
  isFocused: () => state.isFocused,
  isMinimized: () => state.isMinimized,
  isDestroyed: () => state.isDestroyed,
  restore: note('restore'),
  show: note('show'),
  focus: note('focus')
}
let signs: WorkSigns
beforeEach(() => {
  for (const list of [done, bars, notices]) list.length = 0
  Object.assign(state, {
    isFocused: false,
    isMinimized: false,
    isDestroyed: false,
    isSupported: true
  })
  signs = createWorkSigns({
    window: () => window,
    Notification: FakeNotice as unknown as SignDeps['Notification'],
    words: () => desktopWords('en'),
    showJob: (id) => void done.push(`job ${id}`)
  })
})
const job = { id: 'r1', title: 'Best 10 % of Flowers', hasFailed: false }

it('fills the bar but never quite, and takes it away', () => {
  for (const value of [0, 0.62, 1, null]) signs.progress(value)
  expect(bars).toEqual([0, 0.62, 0.99, -1])
})

it('calls, and a click leads to the result in a window that is in front again', () => {
  state.isMinimized = true
  signs.ended(job)
  expect(notices).toHaveLength(1)
  expect(notices[0]?.isShown).toBe(true)
  expect(notices[0]?.options).toMatchObject({ body: job.title, title: 'A run has finished' })
  notices[0]?.emit('click')
  expect(done).toEqual(['restore', 'show', 'focus', 'job r1'])
})

it('says when a run failed', () => {
  signs.ended({ ...job, hasFailed: true })
  expect(notices[0]?.options).toMatchObject({ title: 'A run has failed' })
})

it.each([
  ['the window is in front', { isFocused: true }],
  ['the window is gone', { isDestroyed: true }],
  ['the system shows none', { isSupported: false }]
])('is quiet when %s', (_when, now) => {
  Object.assign(state, now)
  signs.ended(job)
  signs.progress(0.5)
  expect(notices).toEqual([])
})
