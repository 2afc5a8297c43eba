// The one list of changes in a real window: items relabelled, a result changed by hand, an attempt
// judged; then taken back from the list, wherever they were made, and done again.
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { noFilter, ownOrder } from '../../src-main/api/dto/browse.ts'
import { noTraceFilter } from '../../src-main/api/dto/trace-sets.ts'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { newProject, openRecent, winnow, writeNotes } from '../pages/choose-data.ts'
import { call, goTo } from '../pages/inside.ts'
import { tabTo } from '../pages/keyboard.ts'
import { TraceReviewPage } from '../pages/traces-review.ts'

const sample = join(import.meta.dirname, '../../resources/samples/traces/airline-helper.json.gz')

/** A home folder with a dataset, a chosen set of it, and agent traces. */
async function newHome(): Promise<string> {
  const home = await newProject('Mixed', async (folder, put, putTraces) => {
    await put(await writeNotes(folder, 40), '--map', 'label=kind')
    await putTraces(sample, '--name', 'helper')
  })
  const project = join(home, 'projects', 'Mixed.winnow')
  const of = ['--project', project, '--dataset', 'notes']
  await winnow(home, ['select', ...of, '--method', 'random', '--budget', '10'])
  return home
}

const list = (page: Page): Locator => page.getByRole('dialog', { name: 'Changes' })
const rows = (page: Page): Locator => list(page).locator('[data-row]')
const taken = (row: Locator): Locator => row.getByText('Taken back')

/** How many of the first two items have the label "bag". */
async function bags(page: Page): Promise<number> {
  const { datasets } = await call(page, 'datasets.list', {})
  const { items } = await call(page, 'datasets.items', {
    dataset: datasets[0]?.id ?? '',
    filter: noFilter,
    sort: ownOrder,
    window: { first: 0, limit: 2 }
  })
  return items.filter(({ label }) => label === 'bag').length
}
async function relabelTwo(page: Page): Promise<void> {
  const { datasets } = await call(page, 'datasets.list', {})
  await goTo(page, `/data/${datasets[0]?.id}`)
  const cells = page
    .getByRole('grid')
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })
  await cells.nth(0).click()
  await cells.nth(1).click({ modifiers: ['ControlOrMeta'] })
  await expect(page.getByText('2 selected')).toBeVisible()
  const bar = page.getByRole('toolbar', { name: 'What to do with the selected items' })
  await bar.getByRole('button', { name: 'Label', exact: true }).click()
  const asked = page.getByRole('dialog', { name: /^Change the label of/ })
  await asked.getByRole('combobox').fill('bag')
  await asked.getByRole('button', { name: 'Change the label' }).click()
  await expect.poll(() => bags(page)).toBe(2)
}
async function takeOneOut(page: Page): Promise<string> {
  const { runs } = await call(page, 'runs.list', {})
  const place = `/runs/${runs[0]?.job.id}/result`
  await goTo(page, place)
  await page.getByRole('tab', { name: /^Chosen items/ }).click()
  const first = page.getByRole('grid', { name: 'Chosen items' }).getByRole('gridcell').first()
  await tabTo(page, first)
  await page.keyboard.press('x')
  await page.getByRole('button', { name: 'Take out' }).click()
  await expect(page.getByRole('region', { name: 'Changes by hand' })).toContainText('1 taken out')
  return place
}
async function judgeOne(page: Page): Promise<TraceReviewPage> {
  const { sets } = await call(page, 'traces.sets', {})
  const { queue } = await call(page, 'reviews.start', {
    set: sets[0]?.set ?? '',
    name: 'Ten',
    template: 'finished',
    questions: [],
    filter: noTraceFilter,
    count: 10
  })
  await goTo(page, `/review/${queue}`)
  const review = new TraceReviewPage(page)
  await expect(page.getByRole('article').first()).toBeVisible()
  await review.mark('fail')
  await review.expectSaved()
  return review
}

test('what was done in three places is listed together, taken back and done again', async () => {
  const app = await localDriver.launch({ home: await newHome() })
  const { page } = app
  try {
    await openRecent(page, 'Mixed', (control) => control.click())
    await page.getByRole('button', { name: 'All changes' }).click()
    await expect(list(page).getByText('No changes yet')).toBeVisible()
    await page.keyboard.press('Escape')

    await relabelTwo(page)
    const result = await takeOneOut(page)
    const review = await judgeOne(page)

    await page.getByRole('button', { name: 'All changes' }).click()
    await expect(rows(page)).toHaveCount(3)
    await expect(rows(page).nth(0)).toContainText('verdict fail')
    await expect(rows(page).nth(1)).toContainText('taken out')
    await expect(rows(page).nth(2)).toContainText(/2 items.*bag|bag.*2 items/)
    await expectAccessible(page, 'all changes')

    // Two back: the newest of all, wherever they are.
    const back = list(page).getByRole('button', { name: 'Take back', exact: true }).first()
    await back.click()
    await expect(taken(rows(page).nth(0))).toBeVisible()
    await back.click()
    await expect(taken(rows(page).nth(1))).toBeVisible()
    await expect(taken(rows(page).nth(2))).toHaveCount(0)
    // One again: the one that was taken back last.
    await list(page).getByRole('button', { name: 'Do again', exact: true }).first().click()
    await expect(taken(rows(page).nth(1))).toHaveCount(0)
    await expect(taken(rows(page).nth(0))).toBeVisible()
    await page.keyboard.press('Escape')

    // Each place shows it.
    await review.expectPressed('fail', false)
    await goTo(page, result)
    const bar = page.getByRole('region', { name: 'Changes by hand' })
    await expect(bar).toContainText('1 taken out')
    expect(await bags(page)).toBe(2)

    // One place alone, by keys: to the dataset, and back to how it was added.
    await page.locator('main').focus()
    await page.keyboard.press('g')
    await page.keyboard.press('u')
    await list(page).getByRole('combobox', { name: 'Show' }).selectOption({ label: 'notes (1)' })
    await expect(rows(page)).toHaveCount(1)
    await rows(page)
      .first()
      .getByRole('button', { name: /^Take back/ })
      .focus()
    await page.keyboard.press('Enter')
    await expect(taken(rows(page).first())).toBeVisible()
    expect(await bags(page)).toBe(0)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(list(page)).toBeHidden()
    await expect(page.getByRole('heading', { level: 1, name: 'notes' })).toBeVisible()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
