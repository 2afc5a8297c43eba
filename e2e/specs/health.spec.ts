// Data health as a person meets it: a table with repeats is added and checked, a group is gone
// through by keyboard and taken back, and what was decided shows on Home.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { press } from '../pages/keyboard.ts'

const animals = ['cat', 'dog', 'owl', 'fox']
const places = ['barn', 'river', 'market', 'old mill', 'school', 'harbour', 'forest', 'kitchen']
const doings = ['slept', 'waited', 'sang', 'ran', 'hid', 'played', 'looked', 'ate', 'listened']

/** 240 notes that all differ, then five of them once more and one of them twice more. */
async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'winnow-e2e-'))
  const rows = Array.from({ length: 240 }, (_, row) => {
    const [animal, place, doing] = [animals[row % 4], places[row % 8], doings[row % 9]]
    return `${animal};The ${animal} ${doing} near the ${place} on day ${row} of year ${1700 + row * 3}`
  })
  const repeats = [3, 50, 77, 120, 200, 9, 9].map((row) => rows[row])
  await writeFile(join(home, 'notes.csv'), `kind;note\n${[...rows, ...repeats].join('\n')}\n`)
  return home
}

async function addNotes(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Create|Start/ })
    .click()
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await page.getByRole('dialog', { name: 'Choose data' }).getByText('notes.csv').click()
  await expect(page.getByText(/The cat slept near the barn/).first()).toBeVisible()
  await page.getByRole('button', { name: /^Add \d|^Add about|^Add$/ }).click()
}

test('repeats are found, gone through by keyboard, and taken back', async () => {
  const app = await localDriver.launch({ home: await newHome() })
  const { page } = app
  try {
    await addNotes(page)
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    const health = page.getByRole('region', { name: 'Data health' })
    await expect(health.getByText('not checked yet')).toBeVisible()
    await press(page, health.getByRole('button', { name: 'Check “notes”' }))
    const chip = health.getByRole('button', { name: /duplicates, open in “notes”/ }).first()
    await expect(chip).toBeVisible({ timeout: 120_000 })
    await expectAccessible(page, 'Home with findings')

    await press(page, chip)
    await expect(page.getByRole('heading', { level: 2, name: 'Group 1 of 6' })).toBeVisible()
    await expectAccessible(page, 'a group of duplicates')
    const tally = page.getByRole('status').filter({ hasText: 'done' })
    await page.keyboard.press('2')
    await expect(page.getByRole('button', { name: /^Keep / }).nth(2)).toHaveAttribute(
      'aria-pressed',
      'true'
    )
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 2, name: 'Group 2 of 6' })).toBeVisible()
    await expect(tally).toContainText('1 of 6 done')
    await page.keyboard.press('Space')
    await expect(tally).toContainText('1 left alone')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await expect(page.getByRole('heading', { level: 2, name: 'Group 1 of 6' })).toBeVisible()
    await expect(tally).toContainText('0 of 6 done')

    for (let group = 0; group < 6; group++) await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'You are through' })).toBeVisible()
    await expect(page.getByText(/7 items set aside/)).toBeVisible()
    await press(page, page.getByRole('button', { name: 'Back to data health' }).last())
    await expect(page.getByRole('tab', { name: 'Health' })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByText(/finding(s)? settled/)).toBeVisible()
    await expectAccessible(page, 'health of a dataset')
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await expect(health.getByText('7 set aside')).toBeVisible()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
