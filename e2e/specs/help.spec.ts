// The help: opens at the screen one is on, finds words everywhere, shows the pages of methods, and
// points at every control it speaks of.
import { expect, test, type Locator, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { openSample } from '../pages/main-job.ts'

const click = (control: { click(): Promise<void> }): Promise<void> => control.click()

async function openHelp(page: Page): Promise<Locator> {
  await page.keyboard.press('F1')
  const drawer = page.getByRole('dialog', { name: 'Help' })
  await expect(drawer).toBeVisible()
  return drawer
}
async function openList(page: Page): Promise<Locator> {
  const drawer = await openHelp(page)
  const all = drawer.getByRole('button', { name: 'All help' })
  if (await all.isVisible()) await all.click()
  await expect(drawer.getByRole('heading', { name: 'Glossary' })).toBeVisible()
  return drawer
}

test('help opens where one is, searches, and leads to words and methods', async () => {
  const app = await localDriver.launch()
  const { page } = app
  try {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const drawer = await openHelp(page)
    await expect(drawer.getByRole('heading', { name: 'The first page' })).toBeVisible()
    await expectAccessible(page, 'help at a piece')
    const field = drawer.getByRole('searchbox', { name: 'Search help' })
    // The word of engineers leads to the word of the app; the hit is marked.
    await field.fill('cosine similarity')
    await expect(drawer.getByRole('status').first()).toContainText('found')
    await expect(drawer.locator('mark').first()).toBeVisible()
    await expectAccessible(page, 'help with entries found')
    await field.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(drawer.getByRole('heading', { name: 'Near-duplicate' })).toBeFocused()
    await drawer.getByRole('button', { name: 'Similarity fingerprint' }).click()
    await expect(drawer.getByText('Engineers call this: embedding')).toBeVisible()
    await drawer.getByRole('button', { name: 'Back' }).click()
    await drawer.getByRole('button', { name: 'Back' }).click()
    await field.fill('LESS pulls')
    await drawer.getByRole('button', { name: /Pulls the way of my examples/ }).click()
    await expect(drawer.getByRole('heading', { name: 'What it computes' })).toBeVisible()
    await expectAccessible(page, 'help at the page of a method')
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

test('every piece that offers “Show me” shows its control', async () => {
  const app = await localDriver.launch()
  const { page } = app
  try {
    await openSample(page, click)
    const titles: string[] = []
    const lists = (await openList(page)).locator('section').first()
    for (const text of await lists.locator('li button').allTextContents()) titles.push(text.trim())
    expect(titles.length).toBeGreaterThan(45)
    await page.keyboard.press('Escape')

    const ring = page.locator('[data-show-me]')
    const waiting: string[] = []
    const failed: string[] = []
    for (const title of titles) {
      const drawer = await openHelp(page)
      await drawer.getByRole('searchbox').fill(title)
      await drawer
        .getByRole('button', { name: new RegExp(`^${escaped(title)}.*How it works`) })
        .first()
        .click()
      await expect(drawer.getByRole('heading', { name: title })).toBeVisible()
      const show = drawer.getByRole('button', { name: `Show me: ${title}` })
      if (!(await show.isVisible())) await page.keyboard.press('Escape')
      else if (await show.isDisabled()) {
        waiting.push(title)
        await page.keyboard.press('Escape')
      } else {
        await show.click()
        const note = page.getByText(`Here: ${title}. Esc ends this.`)
        const isShown = await note.waitFor({ timeout: 12_000 }).then(
          () => true,
          () => false
        )
        if (isShown) await page.keyboard.press('Escape')
        else failed.push(title)
      }
      await expect(drawer).toBeHidden()
      await expect(ring).toBeHidden()
    }
    expect(failed, 'pieces whose control was not found').toEqual([])
    // Without a finished run there is no result to point into.
    expect(waiting).toEqual(['The result of choosing', 'Exporting'])
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

test('a card explains its method, the control shown has the focus, and the sheet fits the screen', async () => {
  const app = await localDriver.launch()
  const { page } = app
  try {
    await openSample(page, click)
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard' })
    await expect(sheet.getByText('Go to Data')).toBeVisible()
    await expect(sheet.getByText('Next step', { exact: true })).toBeHidden()
    await expectAccessible(page, 'sheet of keys')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Start choosing' }).click()
    await page.getByRole('button', { name: /^Method/ }).click()
    const how = page.getByRole('button', { name: /^How this works/ }).first()
    const chosen = page.locator('main input[type="radio"]:checked').first()
    const before = await chosen.getAttribute('value')
    await how.click()
    const drawer = page.getByRole('dialog', { name: 'Help' })
    await expect(drawer.locator('table, pre, h4').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
    expect(await chosen.getAttribute('value')).toBe(before)
    await expectAccessible(page, 'cards of methods')
    // F1 on a step is about this step; its control is shown and has the focus.
    const help = await openHelp(page)
    await expect(help.getByRole('heading', { name: 'Choose, step 5: the method' })).toBeVisible()
    await help.getByRole('button', { name: /^Show me/ }).click()
    await expect(page.locator('[data-show-me]')).toBeVisible()
    await expect(page.getByRole('radiogroup', { name: 'Method' })).toBeFocused()
    await expectAccessible(page, 'a control that is shown')
    await page.keyboard.press('Escape')
    await expect(page.locator('[data-show-me]')).toBeHidden()
    await page.keyboard.press('?')
    await expect(sheet.getByText('Next step', { exact: true })).toBeVisible()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
