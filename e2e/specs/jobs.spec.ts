// Jobs under stress: pause and go on, cancel, and a crash in the middle of a run.
import { expect, test, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { openSample, walkWizard } from '../pages/main-job.ts'

const click = (control: { click(): Promise<void> }): Promise<void> => control.click()

async function startRun(page: Page): Promise<void> {
  await openSample(page, click)
  await walkWizard(page, click)
  await expect(page.getByText(/[12] of 6 · (Learning what|Making similarity)/)).toBeVisible()
}

test('a run pauses, goes on and is cancelled', async () => {
  const app = await localDriver.launch()
  const { page } = app
  try {
    await startRun(page)
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible()
    await expect(page.getByText('Paused').first()).toBeVisible()
    await page.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stop and discard' }).click()
    await expect(page.getByText('Cancelled').first()).toBeVisible()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

test('after a crash the run is offered and goes on to its result', async () => {
  const before = await localDriver.launch()
  await startRun(before.page)
  // Some of the work is done, and most is not.
  await expect(before.page.getByText(/2 of 6 · .* [1-9][\d,]* of 8,000 items/)).toBeVisible({
    timeout: 120_000
  })
  await before.kill()

  const after = await localDriver.launch({ home: before.home })
  const { page } = after
  try {
    await page
      .getByRole('button', { name: /Sample/ })
      .first()
      .click()
    await expect(page.getByText(/stopped at \d+ %/)).toBeVisible()
    await page.getByRole('button', { name: 'Continue' }).first().click()
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await expect(page.getByText(/Choosing helped/).first()).toBeVisible({ timeout: 120_000 })
    expect(after.violations).toEqual([])
  } finally {
    await after.close()
  }
})

test('a second window takes over and the first says so', async () => {
  const app = await localDriver.launch()
  const { page } = app
  try {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const second = await page.context().newPage()
    // The tab's own key is what a duplicated tab has.
    const key = await page.evaluate(() => ({ ...sessionStorage }))
    await second.addInitScript((entries) => {
      for (const [name, value] of Object.entries(entries)) sessionStorage.setItem(name, value)
    }, key)
    await second.goto(new URL('/', page.url()).href)
    await expect(second.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText('Winnow is open in another window')).toBeVisible()
    await page.getByRole('button', { name: 'Use it here' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /Which data/ })).toBeVisible()
    await expect(second.getByText('Winnow is open in another window')).toBeVisible()
  } finally {
    await app.close()
  }
})
