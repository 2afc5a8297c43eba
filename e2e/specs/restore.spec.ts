// What goes wrong and is put right from the screens: a backup is restored, a damaged project is brought
// back where it was to be opened, and an engine that stops comes back with its run to be continued.
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { newProject, writeNotes } from '../pages/choose-data.ts'
import { call, goTo } from '../pages/inside.ts'

const size = { width: 1680, height: 1000 } as const

/** A home folder with a project that has a dataset. */
function newPatch(): Promise<string> {
  return newProject('Patch', async (folder, put) => {
    await put(await writeNotes(folder, 60), '--map', 'label=kind')
  })
}
const openPatch = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^Patch/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Patch' })).toBeVisible()
}
const names = async (page: Page): Promise<string[]> =>
  (await call(page, 'datasets.list', {})).datasets.map(({ name }) => name)

test('a backup is restored after it is said what would be gone, also of a damaged project', async () => {
  const home = await newPatch()
  const app = await localDriver.launch({ home, viewport: size })
  const { page } = app
  try {
    await openPatch(page)
    await goTo(page, '/settings?part=storage')
    await page.getByRole('button', { name: 'Make a backup now' }).click()
    const restore = page.getByRole('button', { name: /^Restore this backup of/ }).first()
    await expect(restore).toBeVisible()
    const { datasets } = await call(page, 'datasets.list', {})
    const dataset = datasets[0]?.id ?? ''
    await call(page, 'edits.apply', {
      dataset,
      scope: { kind: 'rows', rows: [0, 1, 2] },
      change: { kind: 'aside', aside: true }
    })
    await restore.click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('1 change to items')).toBeVisible()
    await expectAccessible(page, 'the question before a backup is restored')
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
    await expect(page.getByText(/^The project is as it was/)).toBeVisible()
    expect((await call(page, 'edits.list', { dataset })).steps).toEqual([])
    await expect(page.getByText('Kept aside', { exact: true })).toBeVisible()

    await call(page, 'projects.close', {})
    await expect(page.getByRole('button', { name: /^Patch/ })).toBeVisible()
    const place = join(home, 'projects', 'Patch.winnow')
    await writeFile(join(place, 'project.sqlite'), 'not a database at all'.repeat(200))
    await page.getByRole('button', { name: /^Patch/ }).click()
    await expect(page.getByText('The project file is damaged.').first()).toBeVisible()
    await expectAccessible(page, 'a damaged project')
    await page.getByRole('button', { name: 'Restore the newest backup' }).click()
    await page.getByRole('button', { name: 'Restore', exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Patch' })).toBeVisible()
    expect(await names(page)).toEqual(['notes'])
    expect(await readdir(join(place, 'replaced'))).toHaveLength(2)
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

test('an engine that stops comes back with its project and the run to be continued', async () => {
  const home = await newPatch()
  const rows = Array.from({ length: 60_000 }, (_, row) => `${row},words of row ${row},${row % 3}`)
  await writeFile(join(home, 'rows.csv'), `id,text,label\n${rows.join('\n')}\n`)
  const app = await localDriver.launch({ home, viewport: size, readings: {} })
  const { page } = app
  try {
    await openPatch(page)
    const { roots } = await call(page, 'files.roots', {})
    const listing = await call(page, 'files.browse', { grant: roots[0]?.id ?? '' })
    const grant = listing.entries.find(({ grant: one }) => one.name === 'rows.csv')?.grant.id ?? ''
    await call(page, 'datasets.import', { grant, name: 'Rows', options: {} })
    await expect
      .poll(async () => (await call(page, 'jobs.list', {})).jobs.map(({ state }) => state))
      .toContain('running')
    app.breakEngine?.()
    await expect(page.getByText('The engine stopped. It is being started again.')).toBeVisible()
    const told = page.getByText(
      'The engine stopped and was started again. 1 run can be continued.',
      // The message is read out by another element beside it.
      { exact: true }
    )
    await expect(told.last()).toBeVisible({ timeout: 120_000 })
    await expect(page.getByRole('heading', { level: 1, name: 'Patch' })).toBeVisible()
    await page.getByRole('button', { name: 'Continue' }).first().click()
    await expect.poll(() => names(page), { timeout: 120_000 }).toEqual(['notes', 'Rows'])
    // The line that was cut is an error of the browser's own; nothing else may be.
    expect(app.violations.filter((line) => !/WebSocket/.test(line))).toEqual([])
  } finally {
    await app.close()
  }
})
