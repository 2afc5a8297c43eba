// "Expand a small set" in a real window: a label of the sample's pictures is expanded, one new picture is
// refused by hand, the rest are measured and saved.
import { mkdtemp, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { newProject, openRecent } from '../pages/choose-data.ts'
import { handOf } from '../pages/hand.ts'

const shots = process.env['EXPAND_SHOTS']

test('a label is expanded, looked through, measured and saved', async () => {
  test.setTimeout(900_000)
  const home = await newProject('Few', (_folder, put) =>
    put(join(import.meta.dirname, '../../resources/samples/fashion'), '--name', 'Clothes')
  )
  const place = await mkdtemp(join(home, 'saved-'))
  const app = await localDriver.launch({ home, colorScheme: 'light' })
  try {
    const { page } = app
    const { use, write } = handOf(page, 'mouse')
    const shoot = async (name: string): Promise<void> => {
      if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) })
    }
    await openRecent(page, 'Few', use)
    await page.keyboard.press('g')
    await page.keyboard.press('d')
    await use(page.getByRole('gridcell', { name: /Clothes/ }).first())
    await use(page.getByRole('button', { name: 'More actions' }))
    await use(page.getByRole('menuitem', { name: 'Expand a small set' }))
    await expect(page.getByRole('heading', { name: 'Expand a small set' })).toBeVisible()
    await write(page.getByRole('spinbutton', { name: /^Pictures to begin with/ }), '12')
    await write(page.getByRole('spinbutton', { name: /^Pictures to make/ }), '50')
    await expect(page.getByText(/12 of .* pictures to begin with/)).toBeVisible({ timeout: 60_000 })
    await expectAccessible(page, 'expand, planned')
    await shoot('plan')
    await use(page.getByRole('button', { name: 'Make pictures' }))
    // It rests and goes on; the first pictures are looked at while others are made, and are enough.
    await use(page.getByRole('button', { name: 'Pause', exact: true }))
    await use(page.getByRole('button', { name: 'Continue', exact: true }))
    const soFar = page.getByRole('button', { name: 'Look at what is there' })
    await expect(soFar).toBeVisible({ timeout: 300_000 })
    await use(soFar)
    await expect(page.getByRole('heading', { name: /of 50 pictures made so far/ })).toBeVisible()
    await expect(page.getByText('Nothing is checked yet', { exact: false })).toBeVisible()
    await shoot('so-far')
    await expectAccessible(page, 'expand, being made')
    await use(page.getByRole('button', { name: 'Keep these and finish' }))
    const first = page.getByRole('group', { name: /^New picture 1,/ })
    await expect(first).toBeVisible({ timeout: 300_000 })
    await expect(page.getByText(/of (16|32|48) accepted/)).toBeVisible()
    await use(page.getByRole('button', { name: 'Accept all that passed' }))
    await first.focus()
    await page.keyboard.press('a')
    await expect(page.getByRole('group', { name: /^New picture 1, .*, accepted$/ })).toBeVisible()
    await page.keyboard.press('r')
    await expect(page.getByRole('group', { name: /^New picture 1, .*, refused$/ })).toBeVisible()
    await page.keyboard.press('u')
    await expect(page.getByRole('group', { name: /^New picture 1, .*, accepted$/ })).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('group', { name: /^New picture 2,/ })).toBeFocused()
    await shoot('review')
    await expectAccessible(page, 'expand, looked through')
    await use(page.getByRole('button', { name: 'Measure', exact: true }))
    await expect(page.getByText(/^(No difference was found|Training with the made)/)).toBeVisible({
      timeout: 500_000
    })
    await shoot('measured')
    await use(page.getByRole('button', { name: 'Save as a folder' }))
    const picker = page.getByRole('dialog')
    await use(picker.getByRole('button', { name: basename(place) }))
    await use(picker.getByRole('button', { name: 'Use this folder' }))
    await expect(page.getByText(/^Saved 12 real pictures and/)).toBeVisible()
    const name = await page.getByRole('textbox', { name: 'Name of the new folder' }).inputValue()
    const manifest = JSON.parse(
      await readFile(join(place, name.replaceAll('/', '_'), 'manifest.json'), 'utf8')
    ) as { readonly synthetic: boolean }
    expect(manifest.synthetic).toBe(true)
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
