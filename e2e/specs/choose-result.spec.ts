// The result of a choice and what is done with it, by mouse in the light theme and by keyboard alone in
// the dark one: other check models and the learning curve, gaps filled and an item taken out by hand,
// the changed set checked and compared, the plan kept as a recipe, the smallest set, the export.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { newNotes, openRecent } from '../pages/choose-data.ts'
import { ChoosePage } from '../pages/choose.ts'
import { tabTo } from '../pages/keyboard.ts'
import { exportAndVerify } from '../pages/main-job.ts'

// By keyboard there are hundreds of small steps; a picture of each would double the time.
test.use({ trace: { mode: 'retain-on-failure', snapshots: false, screenshots: false } })

/** Waits for the run under way and opens its result. */
async function openResult({ page, hand }: ChoosePage): Promise<void> {
  const open = page.getByRole('button', { name: 'Open the result' })
  await expect(open).toBeVisible({ timeout: 120_000 })
  await hand.use(open)
  await expect(page.getByRole('tab', { name: /^Chosen items/ })).toBeVisible()
}

/** Six of the notes, tested by two models and at several sizes. */
async function chooseSix(choose: ChoosePage): Promise<void> {
  const { page, hand } = choose
  await choose.start()
  await choose.go('How much')
  await hand.write(choose.field('Items'), '6')
  await choose.go('Check')
  await hand.write(choose.field('Repeats'), '3')
  await hand.tick(
    choose.group('Also test on').getByRole('checkbox', { name: 'Most alike items (k-NN)' })
  )
  await hand.tick(page.getByRole('switch', { name: 'Learning curve' }))
  await choose.go('Review')
  await hand.write(choose.field('Name of the result'), 'Six notes')
  await hand.use(page.getByRole('button', { name: 'Start', exact: true }))
  await openResult(choose)
  await expectAccessible(page, 'result')
}

async function readTheCheck({ page, hand }: ChoosePage): Promise<void> {
  await hand.tab(page.getByRole('tab', { name: 'Check' }))
  const models = page.getByRole('grid', { name: 'What each check model found' })
  await expect(models.getByRole('row', { name: /Fast linear \(gives the verdict\)/ })).toBeVisible()
  await expect(models.getByRole('row', { name: /Most alike items \(k-NN\)/ })).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Every repeat' }).getByRole('row')).toHaveCount(4)
  await expect(page.getByText(/fast linear model got right\. The shaded band/)).toBeVisible()
  await expectAccessible(page, 'result, check')
}

const bar = (page: Page): Locator => page.getByRole('region', { name: 'Changes by hand' })

/** Fills the gaps; returns how many items that adds. */
async function fillGaps({ page, hand }: ChoosePage): Promise<number> {
  await hand.tab(page.getByRole('tab', { name: 'Coverage' }))
  const sentence = page.getByText(/region(s have| has) no chosen item\./).first()
  await expect(sentence).toBeVisible({ timeout: 60_000 })
  const gaps = Number(/\d+/.exec(await sentence.innerText())?.[0])
  expect(gaps).toBeGreaterThan(1)
  await expectAccessible(page, 'result, coverage')
  await hand.use(page.getByRole('button', { name: 'Add one from each' }))
  await expect(bar(page)).toContainText(`${gaps} added`)
  await expect(page.getByText(/will be added$/)).toHaveCount(gaps)
  await expect(page.getByRole('button', { name: 'Add one from each' })).toBeHidden()
  return gaps
}

/** Takes the first chosen item out, takes that back, and takes it out again; always by keyboard. */
async function takeOneOut({ page, hand }: ChoosePage, added: number): Promise<void> {
  await hand.tab(page.getByRole('tab', { name: /^Chosen items/ }))
  const grid = page.getByRole('grid', { name: 'Chosen items' })
  const first = grid.getByRole('gridcell').first()
  await expect(first).toHaveAccessibleName(/^Row \d+/)
  const takeOut = async (): Promise<void> => {
    await tabTo(page, first)
    await page.keyboard.press('x')
    await expect(page.getByText('1 selected')).toBeVisible()
    await hand.use(page.getByRole('button', { name: 'Take out' }))
  }
  await takeOut()
  await expect(bar(page)).toContainText(`${added} added, 1 taken out`)
  const marked = grid.getByRole('gridcell', { name: /Will be taken out$/ })
  await expect(marked).toHaveCount(1)
  await hand.use(bar(page).getByRole('button', { name: 'Undo the last' }))
  await expect(bar(page)).not.toContainText('taken out')
  await expect(marked).toHaveCount(0)
  await takeOut()
  await hand.use(bar(page).getByRole('button', { name: 'Show changes' }))
  await expect(bar(page).getByRole('listitem')).toHaveCount(added + 1)
  await expect(bar(page)).toContainText(`That makes ${6 + added - 1} items instead of 6.`)
  await expectAccessible(page, 'result with changes by hand')
}

/** The changed set becomes a run of its own, and stands beside the first. */
async function checkTheChanges(choose: ChoosePage, added: number): Promise<void> {
  const { page, hand } = choose
  await hand.use(bar(page).getByRole('button', { name: 'Check the changed set' }))
  await openResult(choose)
  const count = 6 + added - 1
  await expect(page.getByText(`This is “Six notes”, changed by hand: ${added} added`)).toBeVisible()
  await expect(page.getByRole('button', { name: `Export ${count} items` })).toBeVisible()
  await hand.use(page.getByRole('button', { name: 'Compare with it' }))
  await expect(page.getByRole('heading', { name: 'Compare two runs', level: 1 })).toBeVisible()
  const shown = page.getByRole('heading', { level: 2, name: /Six notes/ })
  await expect(shown).toHaveCount(2)
  await expect(page.getByText('In both: 5')).toBeVisible()
  const kept = page
    .getByRole('grid', { name: 'Figures side by side' })
    .getByRole('row', { name: /^Kept/ })
  await expect(kept).toContainText('6')
  await expect(kept).toContainText(String(count))
  await expectAccessible(page, 'compare')
  await hand.use(page.getByRole('button', { name: 'Open', exact: true }).first())
  await expect(page.getByRole('heading', { name: 'Six notes', level: 1 })).toBeVisible()
}

/** The plan under a name, and a new plan from it. */
async function startFromRecipe(choose: ChoosePage): Promise<void> {
  const { page, hand } = choose
  await hand.use(page.getByRole('button', { name: 'More actions', exact: true }))
  const entry = page.getByRole('menuitem', { name: 'Save as a recipe' })
  await expect(entry).toBeVisible()
  await hand.entry(entry)
  const dialog = page.getByRole('dialog', { name: 'Save as a recipe' })
  await hand.write(dialog.getByLabel('Name of the recipe'), 'Small and tested')
  await hand.use(dialog.getByRole('button', { name: 'Save', exact: true }))
  await expect(page.getByText('“Small and tested” is saved as a recipe.').first()).toBeVisible()
  await expect(dialog).toBeHidden()

  await choose.comeBack('Data')
  await hand.use(page.getByRole('button', { name: 'Start from a recipe' }))
  const recipes = page.getByRole('dialog', { name: 'Start from a recipe' })
  await expectAccessible(page, 'recipes')
  await hand.use(recipes.getByRole('button', { name: 'Use “Small and tested”' }))
  await expect(page.getByText('All of it fits this data.')).toBeVisible()
  await hand.use(page.getByRole('button', { name: 'Go to the plan' }))
  await choose.expectStep('Review')
  await expect(page.getByRole('link', { name: /^6 of \d+ items$/ })).toBeVisible()
  await choose.go('Check')
  await expect(choose.field('Repeats')).toHaveValue('3')
}

/** The recipe's plan with the smallest set instead of six. */
async function findTheSmallest(choose: ChoosePage): Promise<void> {
  const { page, hand } = choose
  await choose.go('How much')
  await hand.tick(page.getByRole('switch', { name: 'Let the app find the smallest set' }))
  await hand.write(choose.field('It must keep'), '90')
  await choose.go('Review')
  await expect(page.getByText(/the smallest set that keeps 90 % of the accuracy/)).toBeVisible()
  await hand.use(page.getByRole('button', { name: 'Start', exact: true }))
  await openResult(choose)
  await expect(
    page.getByText(/The smallest set found: \d+ items keep 9\d\.\d % of the accuracy/)
  ).toBeVisible()
}

/** The export holds the chosen items, the original records among them. */
async function exportRecords({ page, hand }: ChoosePage): Promise<void> {
  const button = page.getByRole('button', { name: /^Export \d/ })
  const count = Number(/\d+/.exec(await button.innerText())?.[0])
  const folder = await exportAndVerify(page, hand.use)
  await expectAccessible(page, 'export')
  const files = await readdir(folder)
  expect(files).toEqual(expect.arrayContaining(['items.parquet', 'items.csv', 'manifest.json']))
  const records = await readFile(join(folder, 'training', 'messages.jsonl'), 'utf8')
  const lines = records.trim().split('\n')
  expect(lines).toHaveLength(count)
  for (const line of lines) expect(JSON.parse(line)).toHaveProperty('messages')
}

for (const [colorScheme, way] of [
  ['light', 'mouse'],
  ['dark', 'keyboard']
] as const) {
  test(`a result is read, changed, compared, reused and exported: ${way} only, ${colorScheme}`, async () => {
    test.setTimeout(420_000)
    const app = await localDriver.launch({ colorScheme, home: await newNotes() })
    const choose = new ChoosePage(app.page, way)
    try {
      await openRecent(app.page, 'Notes', choose.hand.use)
      await chooseSix(choose)
      await readTheCheck(choose)
      const added = await fillGaps(choose)
      await takeOneOut(choose, added)
      await checkTheChanges(choose, added)
      await startFromRecipe(choose)
      await findTheSmallest(choose)
      await exportRecords(choose)
      expect(app.violations).toEqual([])
    } finally {
      await app.close()
    }
  })
}
