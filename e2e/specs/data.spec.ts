// Data in and around: a table with broken rows through preview and import, filters, setting aside
// and taking back, and the settings that change how everything looks.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'

async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'winnow-e2e-'))
  const rows = Array.from({ length: 300 }, (_, row) => {
    const group = ['cat', 'dog', 'owl'][row % 3] ?? ''
    return row % 100 === 7
      ? `${row};broken`
      : `${row};${group};a note about a ${group}, number ${row}`
  })
  await writeFile(join(home, 'animals.csv'), `id;kind;note\n${rows.join('\n')}\n`)
  return home
}

async function importAnimals(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Create|Start/ })
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'Add data' })).toBeVisible()
  await page.getByRole('button', { name: 'Choose a file' }).click()
  const browser = page.getByRole('dialog', { name: 'Choose data' })
  await browser.getByText('animals.csv').click()
  await expect(page.getByText('a note about a cat, number 0').first()).toBeVisible()
}

test('a table with broken rows: preview, import, filter, set aside, undo', async () => {
  const app = await localDriver.launch({ home: await newHome() })
  const { page } = app
  try {
    await importAnimals(page)
    await expectAccessible(page, 'preview')
    await page.getByRole('button', { name: /^Add \d|^Add about|^Add$/ }).click()
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await page.getByRole('gridcell', { name: /animals/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: /animals/ })).toBeVisible()
    await expect(page.getByText('297 of 297 items')).toBeVisible()
    await page.getByRole('button', { name: 'Hide filters' }).click()
    await expect(page.getByRole('row', { name: /a note about a cat/ }).first()).toBeInViewport()
    await page.getByRole('button', { name: 'Show filters' }).click()
    await expectAccessible(page, 'items of a table')

    await page.getByRole('tab', { name: /Not readable/ }).click()
    await expect(page.getByRole('gridcell', { name: /9/ }).first()).toBeVisible()

    await page.getByRole('tab', { name: /Items/ }).click()
    await page.getByRole('checkbox', { name: /owl/ }).check()
    await expect(page.getByText(/^\d+ of 297 items$/)).not.toHaveText('297 of 297 items')
    await page.getByRole('button', { name: /^Select all \d+/ }).click()
    await page.getByRole('button', { name: 'Set aside', exact: true }).click()
    await expect(page.getByText('0 of 198 items', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Clear all' }).first().click()
    await expect(page.getByText('297 of 297 items')).toBeVisible()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

test('settings: theme at once and undone, help and keyboard sheet', async () => {
  const app = await localDriver.launch()
  const { page } = app
  try {
    const root = page.locator('html')
    await page
      .getByRole('link', { name: 'Settings' })
      .or(page.getByRole('button', { name: 'Settings' }))
      .first()
      .click()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await page.getByRole('radio', { name: 'High contrast' }).check()
    await expect(root).toHaveAttribute('data-theme', 'high-contrast')
    await expectAccessible(page, 'settings in high contrast')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(root).toHaveAttribute('data-theme', 'light')
    const index = page.getByRole('navigation', { name: 'Parts of the settings' })
    for (const name of ['Storage', 'Computer', 'Safety', 'Privacy', 'Advanced', 'About']) {
      await index.getByRole('button', { name }).click()
      await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeInViewport()
    }
    await expectAccessible(page, 'settings')
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.keyboard.press('F1')
    await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible()
    await expectAccessible(page, 'help')
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
