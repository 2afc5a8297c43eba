// "Find the way" in a real window: a folder of made-up buildings is added, a planner learns and is
// measured, is paused and goes on, and what came of it is read, walked through and saved.
import { mkdtemp } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { newProject, openRecent } from '../pages/choose-data.ts'
import { handOf } from '../pages/hand.ts'
import { openTraces } from '../pages/traces.ts'

// By its address: what it draws on is checked by the rules of the core, not by those of these specs.
const support = '../../src-main/core/rooms/rooms.test-support.ts'
interface RoomsSupport {
  writeRooms(
    folder: string,
    files: { readonly train: number; readonly unseen: number; readonly paths: number }
  ): Promise<{ readonly train: string[]; readonly unseen: string[] }>
}

test('a planner learns in some buildings and is measured in others', async () => {
  test.setTimeout(300_000)
  const home = await newProject('Agents', () => Promise.resolve())
  const folder = await mkdtemp(join(home, 'buildings-'))
  const { writeRooms } = (await import(support)) as RoomsSupport
  const { train, unseen } = await writeRooms(folder, { train: 2, unseen: 1, paths: 12 })
  const app = await localDriver.launch({ home, colorScheme: 'dark' })
  try {
    const { page } = app
    const { use, tick, write } = handOf(page, 'mouse')
    await openRecent(page, 'Agents', use)
    await openTraces(page, use)
    await use(page.getByRole('button', { name: 'Find the way' }))
    await expect(page.getByText('No buildings yet. Add a folder to begin.')).toBeVisible()
    await expectAccessible(page, 'find the way, empty')

    await use(page.getByRole('button', { name: 'Add a folder' }))
    const picker = page.getByRole('dialog')
    await use(picker.getByRole('button', { name: basename(folder) }))
    await use(picker.getByRole('button', { name: 'Use this folder' }))
    await expect(page.getByText('3 buildings and 36 paths')).toBeVisible()
    await write(page.getByRole('textbox', { name: 'Name of the new trace set' }), 'Made houses')
    await use(page.getByRole('button', { name: 'Add', exact: true }))
    await expect(page.getByRole('heading', { name: 'Learn and measure' })).toBeVisible()
    for (const scan of train)
      await expect(page.getByRole('checkbox', { name: `Learn in ${scan}` })).toBeChecked()
    await expect(page.getByRole('checkbox', { name: `Measure in ${unseen[0]}` })).toBeChecked()

    await tick(page.getByRole('radio', { name: /^Quick/ }))
    await write(page.getByRole('spinbutton', { name: 'Runs', exact: true }), '1')
    await write(page.getByRole('spinbutton', { name: /^Walks to measure/ }), '6')
    await expect(page.getByText(/24 paths to learn from, 12 paths to measure on/)).toBeVisible()
    await expect(page.getByText(/Takes \S+/)).toBeVisible()
    // Fields beside each other begin at one height, with and without a help line.
    const rows = await page.locator('.numbers').evaluate((grid) => {
      const columns = getComputedStyle(grid).gridTemplateColumns.split(' ').length
      const tops = new Set(
        [...grid.querySelectorAll('label')].map((label) =>
          Math.round(label.getBoundingClientRect().top)
        )
      )
      return { wanted: Math.ceil(grid.children.length / columns), found: tops.size }
    })
    expect(rows.found).toBe(rows.wanted)
    await expectAccessible(page, 'find the way, planned')
    await use(page.getByRole('button', { name: 'Start', exact: true }))
    await use(page.getByRole('button', { name: 'Pause' }))
    await use(page.getByRole('button', { name: 'Continue' }))
    const open = page.getByRole('button', { name: 'Open the result' })
    await expect(open).toBeVisible({ timeout: 180_000 })
    await use(open)

    await expect(page.getByRole('heading', { name: 'How the way was found' })).toBeVisible()
    await expect(page.getByText(/^Made houses ·/)).toBeVisible()
    const measured = page.getByRole('region', { name: 'Measured' })
    for (const walker of ['Planner', 'Greedy', 'Shortest way'])
      await expect(measured.getByText(walker, { exact: true })).toBeVisible()
    await expect(page.getByText('Walk 1 of 6')).toBeVisible()
    await use(page.getByRole('button', { name: 'Next walk' }))
    await expect(page.getByText('Walk 2 of 6')).toBeVisible()
    await expectAccessible(page, 'the way found')
    await use(page.getByRole('tab', { name: 'Table' }))
    await expect(page.getByText('On the path of the data')).toBeVisible()
    const saved = page.waitForEvent('download')
    await use(page.getByRole('button', { name: 'Save for a spreadsheet' }))
    expect((await saved).suggestedFilename()).toBe('made-houses-way-finding.csv')
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
