// "What belongs together" in a real window: small pictures are learned from, paused and gone on with, a
// picture is looked at with other numbers of groups, and a part leads to the list of its pictures.
import { expect, test } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { openRecent } from '../pages/choose-data.ts'
import { handOf } from '../pages/hand.ts'
import { newShapes } from '../pages/tiny-data.ts'

test('pictures are learned from, looked at in groups, and found by their parts', async () => {
  test.setTimeout(600_000)
  const app = await localDriver.launch({ home: await newShapes() })
  try {
    const { page } = app
    const { use } = handOf(page, 'mouse')
    await openRecent(page, 'Shapes', use)
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await use(page.getByRole('gridcell', { name: /shapes/ }).first())
    await use(page.getByRole('button', { name: 'More actions' }))
    await use(page.getByRole('menuitem', { name: 'What belongs together' }))
    await expect(page.getByRole('heading', { name: 'Nothing learned yet' })).toBeVisible()
    await expect(page.getByText(/by their labels; \d+ kept back.*Takes/)).toBeVisible({
      timeout: 120_000
    })
    await expectAccessible(page, 'groups, nothing learned')
    await use(page.getByRole('button', { name: 'Learn', exact: true }))
    await use(page.getByRole('button', { name: 'Pause' }))
    await use(page.getByRole('button', { name: 'Continue' }))
    await expect(page.getByRole('heading', { name: 'What it is worth' })).toBeVisible({
      timeout: 400_000
    })
    const table = page.getByRole('table', { name: /Labels told rightly/ })
    await expect(table.getByRole('row')).toHaveCount(10)
    await expect(table.getByText('Built-in fingerprints')).toBeVisible()

    const map = page.getByRole('img', { name: /groups?; the table lists every square/ })
    await expect(map).toBeVisible()
    await expect(
      page.getByText(/^Over all squares: agreement \d+ %, confidence \d+ %$/)
    ).toBeVisible()
    const groups = page.getByRole('slider', { name: 'Groups', exact: true })
    await groups.focus()
    await page.keyboard.press('Home')
    // One group has everything, and every start agrees.
    await expect(
      page.getByText('Over all squares: agreement 100 %, confidence 100 %')
    ).toBeVisible()
    await page.keyboard.press('End')
    await expect(page.getByText(/by chance it would be near 3 %/)).toBeVisible()
    await use(page.getByRole('tab', { name: 'View 2' }))
    await use(page.getByRole('tab', { name: 'Table', exact: true }))
    await expect(page.getByRole('table', { name: 'Squares of the picture' })).toBeVisible()
    await expectAccessible(page, 'groups, looked at')
    await use(page.getByRole('tab', { name: 'Picture', exact: true }))
    await use(page.getByRole('list', { name: 'Groups, by number' }).getByRole('button').first())
    await use(page.getByRole('button', { name: 'Pictures with a region like this' }))
    const heading = page.getByRole('heading', {
      name: /^Part \d+: [\d,]+ pictures?, clearest first$/
    })
    await expect(heading).toBeVisible()
    const count = /: ([\d,]+) picture/.exec((await heading.textContent()) ?? '')?.[1] ?? ''
    await use(page.getByRole('button', { name: 'Show these in the list' }))
    await expect(page.getByText(new RegExp(`^${count} of [\\d,]+ items$`))).toBeVisible()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
