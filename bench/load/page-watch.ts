// What is watched inside a measured page: frames while something goes on, tasks that held its thread,
// and how long after a key what it asks for is on the screen.
import type { Page } from '@playwright/test'
import { quantile } from './growth.ts'

/** What the functions below use of the page they run in; this program knows no page otherwise. */
interface Watched {
  frames: number[]
  isOn: boolean
  tasks: number[]
  most: number
}
interface FramedPage {
  loadWatch: Watched
  requestAnimationFrame(step: (now: number) => void): number
  readonly document: {
    querySelectorAll(selector: string): { readonly length: number }
    querySelector(
      selector: string
    ): { readonly textContent: string; getAttribute(name: string): string | null } | null
    readonly activeElement: { getAttribute(name: string): string | null } | null
    addEventListener(type: string, see: (event: { timeStamp: number }) => void, how: object): void
  }
  readonly MessageChannel: new () => {
    readonly port1: { onmessage: () => void }
    readonly port2: { postMessage(message: number): void }
  }
  readonly PerformanceObserver: new (
    see: (list: { getEntries(): readonly { readonly duration: number }[] }) => void
  ) => { observe(options: object): void }
}

/** Times between frames, and tasks that held the page's thread, in ms. */
export interface Frames {
  readonly frames: readonly number[]
  readonly tasks: readonly number[]
  /** Most elements of the counted kind at any frame. */
  readonly most: number
}

/** Starts to note tasks of over 50 ms; once a page. */
export async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const inside = globalThis as unknown as FramedPage
    inside.loadWatch = { frames: [], isOn: false, tasks: [], most: 0 }
    new inside.PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) inside.loadWatch.tasks.push(duration)
    }).observe({ type: 'longtask', buffered: false })
  })
}

/** Frames drawn while `work` goes on, and how many elements of `counted` there were at most. */
export async function framesDuring(
  page: Page,
  counted: string,
  work: () => Promise<void>
): Promise<Frames> {
  await page.evaluate((selector) => {
    const inside = globalThis as unknown as FramedPage
    const watch = inside.loadWatch
    Object.assign(watch, { frames: [], tasks: [], most: 0, isOn: true })
    let last = performance.now()
    const step = (now: number): void => {
      watch.frames.push(now - last)
      watch.most = Math.max(watch.most, inside.document.querySelectorAll(selector).length)
      last = now
      if (watch.isOn) inside.requestAnimationFrame(step)
    }
    inside.requestAnimationFrame(step)
  }, counted)
  await work()
  return page.evaluate(() => {
    const { loadWatch } = globalThis as unknown as FramedPage
    loadWatch.isOn = false
    return { frames: loadWatch.frames.slice(1), tasks: loadWatch.tasks, most: loadWatch.most }
  })
}

/** Where to look for what a key brings. */
export interface Shown {
  /** The attribute of the focused element that changes, else the text of `selector`. */
  readonly focused?: string
  readonly selector?: string
  /** Must not be there any more: what stands for content on its way. */
  readonly waiting?: string
}

/** Presses a key `times` times; ms from each press to the frame that shows what it asks for. */
export async function keyTimes(
  page: Page,
  key: string,
  times: number,
  shown: Shown
): Promise<number[]> {
  const all: number[] = []
  for (let turn = 0; turn < times; turn++) {
    await page.evaluate((look) => {
      const inside = globalThis as unknown as FramedPage
      const { document } = inside
      const state = (): string | null =>
        look.focused === undefined
          ? (document.querySelector(look.selector ?? 'body')?.textContent ?? null)
          : (document.activeElement?.getAttribute(look.focused) ?? null)
      const isWaiting = (): boolean =>
        look.waiting !== undefined && document.querySelector(look.waiting) !== null
      const before = state()
      const answer = new Promise<number>((settle) => {
        // A key that brings nothing is told as such.
        setTimeout(() => settle(-1), 10_000)
        document.addEventListener(
          'keydown',
          ({ timeStamp }) => {
            const step = (): void => {
              if (state() === before || isWaiting()) {
                inside.requestAnimationFrame(step)
                return
              }
              // After the frame is drawn.
              const { port1, port2 } = new inside.MessageChannel()
              port1.onmessage = () => settle(performance.now() - timeStamp)
              port2.postMessage(0)
            }
            inside.requestAnimationFrame(step)
          },
          { capture: true, once: true }
        )
      })
      Object.assign(globalThis, { keyAnswer: answer })
    }, shown)
    await page.keyboard.press(key)
    const ms = await page.evaluate(
      () => (globalThis as unknown as { readonly keyAnswer: Promise<number> }).keyAnswer
    )
    if (ms < 0) throw new Error(`${key} showed nothing new`)
    all.push(ms)
  }
  return all
}

/** Quantile of unsorted numbers. */
export function quantileOf(values: readonly number[], share01: number): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    share01
  )
}
