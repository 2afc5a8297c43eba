// Adding data by dropping it: a table whose label was guessed wrong, by mouse and by keyboard, in
// both themes; a folder of pictures; a drop that is not data; the next version of a dataset.
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import sharp from 'sharp'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { dropPaths } from '../pages/dropping.ts'
import { press, tabTo } from '../pages/keyboard.ts'
import type { Use } from '../pages/main-job.ts'

/** A table in which the kind of animal looks like the label, but the mood is meant to be it. */
async function writeTable(folder: string): Promise<string> {
  const path = join(folder, 'notes.csv')
  const rows = Array.from({ length: 120 }, (_, row) => {
    const kind = ['cat', 'dog', 'owl'][row % 3] ?? ''
    const mood = ['calm', 'lively'][row % 2] ?? ''
    return `${row};${kind};${mood};a note about a ${kind} that is ${mood} today, number ${row}`
  })
  // Five rows come twice.
  const all = [...rows, ...rows.slice(0, 5)].map(
    (row, index) => `${index}${row.slice(row.indexOf(';'))}`
  )
  await writeFile(path, `nr;category;mood;note\n${all.join('\n')}\n`)
  return path
}

/** A grey picture of eight by eight points. */
function greyPicture(shade: number): Promise<Buffer> {
  const background = { r: shade, g: shade, b: shade }
  return sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer()
}

async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'winnow-e2e-data-'))
}

const found = (page: Page): Locator => page.getByRole('heading', { name: 'What was found' })

/** Drops onto the first page and makes the project that is offered. */
async function dropFirst(page: Page, path: string, use: Use): Promise<void> {
  await expect(page.getByRole('button', { name: 'Open the sample' })).toBeVisible()
  await dropPaths(page, [path])
  const dialog = page.getByRole('dialog', { name: /project/i })
  await use(dialog.getByRole('button', { name: /Create|Start/ }))
  await expect(found(page)).toBeVisible()
}

/** Folders below the project's media folder, inbox included. */
async function mediaOf(home: string): Promise<readonly string[]> {
  const all = await readdir(home, { recursive: true })
  const media = all.find((path) => path.endsWith('.winnow/media'))
  return media === undefined ? [] : readdir(join(home, media), { recursive: true })
}

for (const [colorScheme, way] of [
  ['light', 'mouse'],
  ['dark', 'keyboard']
] as const) {
  test(`drop, preview, fix a column, import, browse, undo: ${way} only, ${colorScheme}`, async () => {
    const app = await localDriver.launch({ colorScheme })
    const { page } = app
    const use: Use = (control) => (way === 'mouse' ? control.click() : press(page, control))
    try {
      await dropFirst(page, await writeTable(await newFolder()), use)
      const labels = page.getByRole('region', { name: 'Items per label' })
      await expect(labels.getByText('owl')).toBeVisible()
      await expectAccessible(page, 'preview of a table')

      const mood = page.getByRole('combobox', { name: 'What “mood” is' })
      if (way === 'mouse') await mood.selectOption({ label: 'This is the label' })
      else {
        await tabTo(page, mood)
        // Typing the first letters of a choice picks it, as in any list of choices.
        await page.keyboard.type('This is the l')
      }
      await expect(labels.getByText('lively')).toBeVisible()
      await expect(labels.getByText('owl')).toBeHidden()
      await expect(page.getByText('Recommended: This is the label')).toBeVisible()

      await use(page.getByRole('button', { name: 'Add 125 items' }))
      const row = page.getByRole('row', { name: /notes/ })
      await expect(row.getByRole('gridcell', { name: '125' })).toBeVisible()
      await expectAccessible(page, 'list of datasets')
      const media = await mediaOf(app.home)
      expect(media.filter((path) => path.endsWith('notes.csv'))).toHaveLength(1)
      expect(media.filter((path) => path.startsWith('inbox/'))).toEqual([])

      if (way === 'mouse') await row.getByRole('gridcell', { name: /notes/ }).click()
      else {
        await tabTo(page, page.getByRole('grid').locator('[tabindex="0"]').first())
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Enter')
      }
      await setDuplicatesAside(page, way)
      await expectAccessible(page, 'items after undoing')
      expect(app.violations).toEqual([])
    } finally {
      await app.close()
    }
  })
}

/** Filters a list, sets its five duplicates aside, and takes that back. */
async function setDuplicatesAside(page: Page, way: 'mouse' | 'keyboard'): Promise<void> {
  const use: Use = (control) => (way === 'mouse' ? control.click() : press(page, control))
  const tick = async (box: Locator): Promise<void> => {
    if (way === 'mouse') return box.click()
    await tabTo(page, box)
    await page.keyboard.press('Space')
  }
  await expect(page.getByText('125 of 125 items')).toBeVisible()
  await tick(page.getByRole('checkbox', { name: /lively/ }))
  await expect(page.getByText('62 of 125 items')).toBeVisible()
  await use(page.getByRole('button', { name: 'Clear all' }).first())
  await tick(page.getByRole('checkbox', { name: /Duplicates only/ }))
  await expect(page.getByText('5 of 125 items')).toBeVisible()
  await use(page.getByRole('button', { name: /^Select all/ }))
  await use(page.getByRole('button', { name: 'Set aside', exact: true }))
  await expect(page.getByText('0 of 120 items', { exact: true })).toBeVisible()
  if (way === 'mouse') await page.getByRole('button', { name: 'Undo' }).click()
  else await page.keyboard.press('Control+z')
  await expect(page.getByText('5 of 125 items')).toBeVisible()
  await use(page.getByRole('button', { name: /^Changes/ }))
  await expect(page.getByText(/Set 5 items aside/).first()).toBeVisible()
  await page.keyboard.press('Escape')
}

test('what is not data says so, and more of the same becomes the next version', async () => {
  const app = await localDriver.launch()
  const { page } = app
  try {
    const folder = await newFolder()
    await dropFirst(page, await writeTable(folder), (control) => control.click())
    await page.getByRole('button', { name: 'Add 125 items' }).click()
    await expect(page.getByRole('row', { name: /notes/ })).toBeVisible()

    const nonsense = join(folder, 'nonsense.bin')
    await writeFile(
      nonsense,
      Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) % 256)
    )
    await dropPaths(page, [nonsense])
    const alert = page.getByRole('alert').filter({ hasText: 'This could not be read' })
    await expect(alert).toContainText('nonsense.bin')
    await alert.getByRole('button', { name: 'Choose something else' }).click()
    await expect(page.getByText('What can be added')).toBeVisible()
    await expectAccessible(page, 'nothing chosen yet')

    await dropPaths(page, [join(folder, 'notes.csv')])
    await expect(found(page)).toBeVisible()
    await page.getByRole('radio', { name: 'A new version of a dataset' }).check()
    await expect(page.getByText('Adds 125 items to “notes” as version 2')).toBeVisible()
    await expectAccessible(page, 'a new version')
    // Leaving and coming back goes on with what was chosen.
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Add data' }).click()
    await expect(page.getByText('Adds 125 items to “notes” as version 2')).toBeVisible()
    await page.getByRole('button', { name: 'Add 125 items' }).click()
    const latest = page.getByRole('row', { name: /notes \(version 2\)/ })
    await expect(latest.getByRole('gridcell', { name: '250' })).toBeVisible()
    await latest.getByRole('button', { name: /Show older versions/ }).click()
    await expect(page.getByRole('row', { name: /Version 1/ })).toBeVisible()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

test('a dropped folder is walked, without what systems leave in it', async () => {
  const app = await localDriver.launch()
  const { page } = app
  try {
    const folder = join(await newFolder(), 'Shades')
    for (const [label, shade] of Object.entries({ dark: 30, light: 220 })) {
      await mkdir(join(folder, label), { recursive: true })
      for (let i = 0; i < 6; i++)
        await writeFile(join(folder, label, `${i}.png`), await greyPicture(shade + i))
    }
    await writeFile(join(folder, '.DS_Store'), 'left by the system')
    await dropFirst(page, folder, (control) => control.click())
    await expect(page.getByText('1 file left out, as hidden files hold no data.')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Items per label' })).toContainText('light')
    await expectAccessible(page, 'preview of pictures')
    await page.getByRole('button', { name: 'Add 12 items' }).click()
    const row = page.getByRole('row', { name: /Shades/ })
    await expect(row.getByRole('gridcell', { name: '12' })).toBeVisible()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
