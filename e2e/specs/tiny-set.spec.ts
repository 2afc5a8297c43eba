// "Make a tiny training set" in a real window, from the card on Home to the exported folder: real
// items with richer labels by mouse in the light theme, and computer-made items, stopped early, by
// keyboard alone in the dark one. Every screen on the way is checked for accessibility.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { openRecent } from '../pages/choose-data.ts'
import { pictureSize, takePicture } from '../pages/guide-pictures.ts'
import { exportAndVerify } from '../pages/main-job.ts'
import { newShapes } from '../pages/tiny-data.ts'
import { TinyPage } from '../pages/tiny.ts'

// By keyboard there are hundreds of small steps; a picture of each would double the time.
test.use({ trace: { mode: 'retain-on-failure', snapshots: false, screenshots: false } })

const labels = ['bars', 'crosses', 'rings'] as const

/** What one of the two runs asks for, and what then stands on its pages. */
interface Wish {
  readonly name: string
  readonly kind: 'Real items with richer labels' | 'Computer-made items'
  readonly method: string
  readonly perLabel: number
  readonly repeats: number
}
const real: Wish = {
  name: 'Real shapes',
  kind: 'Real items with richer labels',
  method: 'Real items with richer labels',
  perLabel: 2,
  repeats: 2
}
const made: Wish = {
  name: 'Made shapes',
  kind: 'Computer-made items',
  method: 'Match averages (DM)',
  perLabel: 1,
  repeats: 2
}

/** The data, with a label that has too few items: its message's button leaves it out. */
async function leaveOutTheBlots(tiny: TinyPage): Promise<void> {
  const { page } = tiny
  await tiny.start()
  await tiny.expectMessage('D3', /Group ‘blots’ has \d+ items?; at least 20 are needed/)
  await tiny.expectAccessible('Data, with a label of too few')
  await tiny.settle('D3', 'Leave it out')
  await expect(page.getByRole('checkbox', { name: /^blots/ })).toBeChecked()
  await tiny.expectAccessible('Data')
}

async function takeKindAndSize(tiny: TinyPage, { kind, method, perLabel }: Wish): Promise<void> {
  const { page, hand } = tiny
  await tiny.next('Kind')
  const recommended = page.getByRole('radio', { name: real.kind })
  await expect(recommended).toBeChecked()
  if (kind !== real.kind) await hand.pick(page.getByRole('radio', { name: kind }))
  await expect(page.getByText(/^Computer-made items are not real photos/)).toBeVisible()
  await tiny.unfold('More choices')
  const ways = page.getByRole('radiogroup', { name: 'How the set is made' })
  await expect(ways.getByRole('radio', { name: method })).toBeChecked()
  await tiny.expectAccessible('Kind')

  await tiny.next('Size')
  await hand.write(tiny.field('For each label'), String(perLabel))
  await expect(
    page.getByText(new RegExp(`→ ${labels.length * perLabel}, [\\d.]+× smaller`))
  ).toBeVisible()
  await expect(tiny.field('In total')).toHaveValue(String(labels.length * perLabel))
  await tiny.expectAccessible('Size')
}

/** Quick; the made set gets far more steps than it could do, so that only stopping ends it. */
async function takeEffort(tiny: TinyPage, { kind }: Wish): Promise<void> {
  const { page, hand } = tiny
  await tiny.next('Effort')
  await hand.pick(page.getByRole('radio', { name: 'Quick' }))
  await expect(page.getByRole('radio', { name: 'Quick' })).toBeChecked()
  if (kind === made.kind) {
    await tiny.unfold('More choices')
    await hand.write(page.getByRole('spinbutton', { name: 'Steps', exact: true }), '20000')
  }
  await tiny.expectAccessible('Effort')
}

async function checkAndReview(tiny: TinyPage, wish: Wish): Promise<void> {
  const { page, hand } = tiny
  await tiny.next('Check')
  await hand.write(tiny.field('Repeats'), String(wish.repeats))
  await tiny.expectAccessible('Check')
  await tiny.next('Review')
  await hand.write(tiny.field('Name of the result'), wish.name)
  await expect(page.getByRole('link', { name: '1 label left out' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'quick effort' })).toBeVisible()
  await tiny.expectAccessible('Review')
  await hand.use(page.getByRole('button', { name: 'Start', exact: true }))
  await expect(page.getByRole('heading', { name: wish.name, level: 1 })).toBeVisible()
}

/** Verdict and tabs of the result. */
async function readTheResult(tiny: TinyPage, wish: Wish): Promise<void> {
  const { page, hand } = tiny
  const count = labels.length * wish.perLabel
  await tiny.openResult(wish.name)
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect(verdict).toContainText('points against random')
  await expect(verdict).toContainText(/items in the place of \d+/)
  await expectAccessible(page, 'result')
  if (wish.kind === real.kind) await takePicture(page, 'tiny-result')
  const items = page.getByRole('listbox', { name: 'Items of the set' })
  await expect(items.getByRole('option')).toHaveCount(count)
  const isMade = wish.kind === made.kind
  const marked = items.getByRole('option', { name: /, Made by the computer$/ })
  await expect(marked).toHaveCount(isMade ? count : 0)
  await hand.select(page.getByRole('combobox', { name: 'Label' }), 'crosses')
  await expect(items.getByRole('option')).toHaveCount(wish.perLabel)
  await expect(page.getByRole('region', { name: /^crosses \d/ })).toBeVisible()

  await tiny.openTab('Labels')
  await expect(page.getByText('How sure the labels are')).toBeVisible()
  await expectAccessible(page, 'result, labels')
  await tiny.openTab('Check')
  const arms = page.getByRole('grid', { name: 'Every set on every kind of model' })
  for (const arm of ['Random, plain labels', 'All data'])
    await expect(arms.getByRole('row', { name: new RegExp(`^${arm}`) }).first()).toBeVisible()
  await expectAccessible(page, 'result, check')
  await tiny.openTab('What does it teach?')
  await expect(page.getByRole('heading', { name: 'What does this set teach?' })).toBeVisible()
  await expectAccessible(page, 'result, what it teaches')
  await tiny.openTab('Storage')
  const parts = page.getByRole('grid', { name: 'What the set takes on disk' })
  await expect(parts.getByRole('row').nth(1)).toBeVisible()
  await expectAccessible(page, 'result, storage')
  await tiny.openTab('Settings & repeat code')
  await expect(page.getByText('What was asked')).toBeVisible()
  await expect(page.getByText(/winnow distil/)).toBeVisible()
  await expectAccessible(page, 'result, settings')
}

/** Two parts of the analysis: asked for, waited for, read. */
async function askWhatItTeaches(tiny: TinyPage): Promise<void> {
  const { page, hand } = tiny
  await tiny.openTab('What does it teach?')
  for (const part of [
    'Can real items be added?',
    'Whom do its students resemble?',
    'How much is there left to learn?',
    'What does each item do?'
  ])
    await hand.use(page.getByRole('checkbox', { name: part }))
  await hand.pick(page.getByRole('radio', { name: 'Quick' }))
  await hand.use(page.getByRole('button', { name: 'Start', exact: true }))
  await expect(page.getByRole('heading', { name: 'When is it learned?' })).toBeVisible({
    timeout: 240_000
  })
  await expect(page.getByRole('heading', { name: 'Is it recognised?' })).toBeVisible()
  await expect(page.getByText('4 parts of 6 were not looked at.')).toBeVisible()
  await expectAccessible(page, 'report of what it teaches')
}

/** The exported folder says what is in it, and has the items as arrays. */
async function exportTheSet(tiny: TinyPage, wish: Wish): Promise<void> {
  const { page, hand } = tiny
  const folder = await exportAndVerify(page, hand.use, 'Export the tiny training set')
  await expectAccessible(page, 'export')
  expect(await readdir(folder)).toEqual(
    expect.arrayContaining(['README.txt', 'manifest.json', 'labels.csv', 'train.npz', 'train.py'])
  )
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({
    synthetic: wish.kind === made.kind,
    items: labels.length * wish.perLabel
  })
}

test('real items with richer labels: mouse only, light', async () => {
  test.setTimeout(900_000)
  const app = await localDriver.launch({
    colorScheme: 'light',
    home: await newShapes(),
    viewport: pictureSize
  })
  const tiny = new TinyPage(app.page, 'mouse')
  try {
    await openRecent(app.page, 'Shapes', tiny.hand.use)
    await expectAccessible(app.page, 'home')
    await leaveOutTheBlots(tiny)
    await takeKindAndSize(tiny, real)
    await takeEffort(tiny, real)
    await checkAndReview(tiny, real)
    await tiny.expectGrid(labels.length * real.perLabel, labels)
    await expectAccessible(app.page, 'run')
    await readTheResult(tiny, real)
    await askWhatItTeaches(tiny)
    await exportTheSet(tiny, real)
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

test('computer-made items, paused and stopped early: keyboard only, dark', async () => {
  test.setTimeout(900_000)
  const app = await localDriver.launch({ colorScheme: 'dark', home: await newShapes() })
  const tiny = new TinyPage(app.page, 'keyboard')
  try {
    await openRecent(app.page, 'Shapes', tiny.hand.use)
    await leaveOutTheBlots(tiny)
    await takeKindAndSize(tiny, made)
    await takeEffort(tiny, made)
    await checkAndReview(tiny, made)
    await tiny.expectGrid(labels.length * made.perLabel, labels)
    await expect(app.page.getByText('Made by the computer')).toBeVisible()
    await tiny.pauseAndContinue()
    await expectAccessible(app.page, 'run')
    await tiny.stopEarly()
    await readTheResult(tiny, made)
    await exportTheSet(tiny, made)
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
