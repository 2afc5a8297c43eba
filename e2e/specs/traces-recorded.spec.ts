// A trace that Playwright itself has just recorded: what the agent did, and the pictures and pages that
// it saw, stand in the review. Playwright's form changes with its versions; this one is never old.
import { join } from 'node:path'
import { chromium, expect, test } from '@playwright/test'
import { chromiumPath, localDriver, sandboxSwitches } from '../drivers/local.ts'
import { newProject, openRecent } from '../pages/choose-data.ts'
import { handOf } from '../pages/hand.ts'
import { openSet, openTraces } from '../pages/traces.ts'

// A context is recorded once: here by the spec itself.
test.use({ trace: 'off' })

/** Fills a page's form and sends it, recorded into a file. */
async function record(path: string): Promise<void> {
  const executablePath = chromiumPath()
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...sandboxSwitches()]
  })
  const context = await browser.newContext({ viewport: { width: 640, height: 360 } })
  await context.tracing.start({ screenshots: true, snapshots: true, title: 'Order a book' })
  const page = await context.newPage()
  await page.setContent(
    `<h1>Order a book</h1><label>Title <input></label> <button>Order</button><p></p>`
  )
  await page.evaluate(() => {
    document.querySelector('button')?.addEventListener('click', () => {
      const title = document.querySelector('input')?.value ?? ''
      document.querySelector('p')?.append(`Ordered: ${title}`)
      document.body.style.background = 'lightblue'
    })
  })
  await page.getByLabel('Title').fill('Dune')
  await page.getByRole('button', { name: 'Order' }).click()
  await page.screenshot()
  await context.tracing.stop({ path })
  await browser.close()
}

test('what Playwright recorded has its calls, pages and pictures', async () => {
  const home = await newProject('Agents', async (folder, _put, putTraces) => {
    const path = join(folder, 'trace.zip')
    await record(path)
    await putTraces(path, '--name', 'recorded')
  })
  const app = await localDriver.launch({ home })
  try {
    const { page } = app
    const { use } = handOf(page, 'mouse')
    await openRecent(page, 'Agents', use)
    await openTraces(page, use)
    await openSet(page, 'recorded', use)
    await page.getByText('Order a book').first().click()
    const steps = page.getByRole('listbox', { name: 'Steps' })
    await expect(steps.getByRole('option', { name: /fill/ })).toBeVisible()
    await use(steps.getByRole('option', { name: /click/ }))
    const events = page.getByRole('feed', { name: 'Events' })
    await expect(events.getByText('Ordered: Dune')).toBeVisible()
    const picture = events.getByRole('img').first()
    await expect(picture).toBeVisible()
    const width = await picture.evaluate((shown: HTMLImageElement) => shown.naturalWidth)
    expect(width).toBe(640)
    await use(events.getByRole('button', { name: 'Page as the agent saw it' }).first())
    await expect(events.getByRole('figure').getByText('Order a book')).toBeVisible()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
