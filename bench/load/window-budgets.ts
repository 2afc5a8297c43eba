// The window's own budgets in a real Chromium: from the start of the process to a usable window, frames
// while 1,000,000 rows scroll, tiles that live at once, the next item by keyboard, tasks that hold the
// page, filters and jumps as they are seen, memory of host and browser together.
import { join } from 'node:path'
import { treeMb } from './process.ts'
import { startLoadHost, type HostPlaces, type LoadHost } from './host.ts'
import { budgets, type Budget } from './measure.ts'
import { framesDuring, keyTimes, quantileOf, watchTasks, type Frames } from './page-watch.ts'
import type { LoadProject } from './project.ts'
import { openWindow, type LoadWindow } from './window.ts'

/** A figure of the window. */
export interface WindowFigure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly budget: Budget | undefined
  readonly more: string
}

type Say = (figure: WindowFigure) => void

/** One line for the terminal. */
export function figureLine({ name, value, unit, budget, more }: WindowFigure): string {
  const verdict =
    budget === undefined
      ? ''
      : `; ${value <= budget.limit ? 'kept' : 'MISSED'} (${budget.limit.toFixed(0)} ${budget.unit})`
  return `window, ${name}: ${value.toFixed(1)} ${unit}${more === '' ? '' : ` (${more})`}${verdict}`
}

async function coldStarts(
  places: HostPlaces,
  probeFile: string,
  times: number,
  say: Say
): Promise<void> {
  const parts: { readonly host: number; readonly all: number }[] = []
  for (let turn = 0; turn < times; turn++) {
    // As at the first start: a project left open would be opened again.
    const home = join(places.root, `home-${turn}`)
    const host = await startLoadHost({ ...places, home }, probeFile)
    const began = performance.now()
    const window = await openWindow(host)
    await window.page.getByRole('heading', { level: 1 }).first().waitFor()
    await window.page.getByRole('button', { name: 'Start', exact: true }).first().waitFor()
    parts.push({ host: host.startMs, all: host.startMs + performance.now() - began })
    await window.close()
    await host.end()
  }
  const all = parts.map((part) => part.all)
  say({
    name: 'start of the process to a usable window',
    value: quantileOf(all, 0.5),
    unit: 'ms',
    budget: budgets.start,
    more: `${times} starts, longest ${Math.max(...all).toFixed(0)} ms, of it until the host answers ${quantileOf(
      parts.map(({ host }) => host),
      0.5
    ).toFixed(0)} ms`
  })
}

function sayFrames(what: string, { frames, tasks, most }: Frames, tiles: string, say: Say): void {
  const late = frames.filter((time) => time > 34).length
  say({
    name: `${what}, time between frames`,
    value: quantileOf(frames, 0.5),
    unit: 'ms',
    // A frame is 16.7 ms and timers of frames are cut to tenths.
    budget: { ...budgets.frame, limit: 16.8 },
    more: `${frames.length} frames, 95 % ${quantileOf(frames, 0.95).toFixed(1)} ms, longest ${Math.max(
      ...frames
    ).toFixed(0)} ms, ${((100 * late) / frames.length).toFixed(1)} % over two frames`
  })
  say({
    name: `${what}, longest task`,
    value: Math.max(0, ...tasks),
    unit: 'ms',
    budget: budgets.held,
    more: `${tasks.length} over 50 ms`
  })
  say({
    name: `${what}, live ${tiles}`,
    value: most,
    unit: tiles,
    budget: tiles === 'tiles' ? budgets.tiles : undefined,
    more: ''
  })
}

async function scrolling(window: LoadWindow, display: string, say: Say, size = ''): Promise<void> {
  const { page } = window
  await page.getByRole('button', { name: display, exact: true }).click()
  const list = page.getByRole('grid', { name: 'rows' })
  await list.waitFor()
  const box = await list.boundingBox()
  if (box === null) throw new Error('the list is not on screen')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const counted =
    display === 'Gallery' ? '[role="grid"] [role="gridcell"]' : '[role="grid"] [role="row"]'
  const unit = display === 'Gallery' ? 'tiles' : 'rows'
  const wheel = await framesDuring(page, counted, async () => {
    for (let turn = 0; turn < 240; turn++) await page.mouse.wheel(0, 120)
  })
  sayFrames(`${display}${size}, wheel`, wheel, unit, say)
  await page.locator(`${counted}[tabindex="0"], [role="grid"] [tabindex="0"]`).first().focus()
  const keys = await framesDuring(page, counted, async () => {
    for (let turn = 0; turn < 60; turn++) await page.keyboard.press('PageDown')
  })
  sayFrames(`${display}${size}, page keys`, keys, unit, say)
  const jumps = await framesDuring(page, counted, async () => {
    for (let turn = 0; turn < 10; turn++) {
      await page.keyboard.press('End')
      await page.locator(`[data-index="999999"], [aria-busy="false"]`).first().waitFor()
      await page.keyboard.press('Home')
    }
  })
  sayFrames(`${display}${size}, end and beginning`, jumps, unit, say)
}

function sayKeys(what: string, times: readonly number[], say: Say): void {
  say({
    name: `next item, ${what}`,
    value: quantileOf(times, 0.5),
    unit: 'ms',
    budget: budgets.next,
    more: `${times.length} presses, 95 % ${quantileOf(times, 0.95).toFixed(0)} ms, longest ${Math.max(
      ...times
    ).toFixed(0)} ms`
  })
}

async function keyboard(window: LoadWindow, project: LoadProject, say: Say): Promise<void> {
  const { page } = window
  for (const [what, dataset] of [
    ['rows', project.table],
    ['pictures', project.pictures]
  ] as const) {
    await window.goTo(`/data/${dataset}`)
    await page.getByRole('button', { name: 'Gallery', exact: true }).click()
    const first = page.locator('[role="grid"] [role="gridcell"][tabindex="0"]').first()
    await first.focus()
    sayKeys(
      `in the gallery of ${what}`,
      await keyTimes(page, 'ArrowRight', 40, { focused: 'data-index' }),
      say
    )
    await page.keyboard.press(' ')
    await page.getByRole('dialog').waitFor()
    await page.locator('[role="dialog"] .look').focus()
    await page.locator('[role="dialog"] [aria-busy="true"]').first().waitFor({ state: 'detached' })
    sayKeys(
      `in the quick look of ${what}`,
      await keyTimes(page, 'ArrowRight', 40, {
        selector: '[role="dialog"]',
        waiting: '[role="dialog"] [aria-busy="true"]'
      }),
      say
    )
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await window.goTo(`/data/${dataset}?item=0`)
    await page.locator('[role="dialog"] .columns').waitFor()
    sayKeys(
      `on the page of an item, of ${what}`,
      await keyTimes(page, 'ArrowRight', 40, {
        selector: '[role="dialog"]',
        waiting: '[role="dialog"] [aria-busy="true"]'
      }),
      say
    )
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
}

/** From a click on a label to the new count and the new rows. */
async function filters(window: LoadWindow, project: LoadProject, say: Say): Promise<void> {
  const { page } = window
  await window.goTo(`/data/${project.table}`)
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  const boxes = page.getByRole('checkbox', { name: /^topic/ })
  await boxes.first().waitFor()
  const times: number[] = []
  const watched = await framesDuring(page, '[role="row"]', async () => {
    for (let turn = 0; turn < 8; turn++) {
      const count = page.locator('.list-count')
      const before = await count.innerText()
      const began = performance.now()
      await boxes.nth(turn).click()
      await page.waitForFunction(
        (text) => {
          const { document } = globalThis as unknown as {
            readonly document: { querySelector(s: string): { readonly innerText: string } | null }
          }
          const now = document.querySelector('.list-count')?.innerText ?? ''
          return now !== text && /\d/.test(now)
        },
        before,
        { polling: 'raf' }
      )
      times.push(performance.now() - began)
    }
  })
  say({
    name: 'click on a label to the new list',
    value: quantileOf(times, 0.5),
    unit: 'ms',
    budget: budgets.list,
    more: `${times.length} clicks, longest ${Math.max(...times).toFixed(0)} ms, longest task ${Math.max(
      0,
      ...watched.tasks
    ).toFixed(0)} ms`
  })
}

/** Memory of host and browser with the project open. */
function sayMemory(host: LoadHost, window: LoadWindow, when: string, say: Say): void {
  const { residentMb } = host.read()
  const browser = treeMb(window.processId)
  say({
    name: `memory ${when}`,
    value: residentMb + browser,
    unit: 'MB',
    budget: budgets.memory,
    more: `host ${residentMb.toFixed(0)} MB, browser ${browser.toFixed(0)} MB`
  })
}

/** Measures all of it; the project is opened by the host first. */
export async function measureWindow(
  places: HostPlaces,
  probeFile: string,
  project: LoadProject,
  tell: (line: string) => void
): Promise<WindowFigure[]> {
  const figures: WindowFigure[] = []
  const say: Say = (figure) => {
    figures.push(figure)
    tell(figureLine(figure))
  }
  await coldStarts(places, probeFile, 5, say)
  const host = await startLoadHost(places, probeFile)
  try {
    await host.call('projects.open', { grant: await host.grant(project.folder) })
    const began = performance.now()
    const window = await openWindow(host)
    const { page } = window
    try {
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await watchTasks(page)
      say({
        name: 'window on the open project',
        value: performance.now() - began,
        unit: 'ms',
        budget: undefined,
        more: 'start of Chromium to Home'
      })
      sayMemory(host, window, 'at Home', say)
      await window.goTo(`/data/${project.table}`)
      await scrolling(window, 'Table', say)
      await scrolling(window, 'Gallery', say)
      await page.setViewportSize({ width: 1280, height: 720 })
      await scrolling(window, 'Gallery', say, ' at 1280 x 720')
      await page.setViewportSize({ width: 1600, height: 1000 })
      await keyboard(window, project, say)
      await filters(window, project, say)
      sayMemory(host, window, 'after all of it', say)
      for (const trouble of window.troubles) tell(`trouble in the window: ${trouble}`)
    } finally {
      await window.close()
    }
  } finally {
    await host.end()
  }
  return figures
}
