// "Make a tiny training set" and "Review agent traces" with nothing but the one button that leads on, by
// keyboard alone: what is recommended is enough in every step (product 9.5), and a mouse is needed
// nowhere, from adding the traces on (9.6). One start serves both: while the tiny set is made,
// attempts are reviewed. On the way pictures are taken for the user guide.
import { copyFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { validateSft } from '../../src-main/core/traces/exports/validate-sft.ts'
import { localDriver } from '../drivers/local.ts'
import { newProject, openRecent } from '../pages/choose-data.ts'
import { pictureSize, takePicture } from '../pages/guide-pictures.ts'
import { handOf, type Hand } from '../pages/hand.ts'
import { exportAndVerify } from '../pages/main-job.ts'
import { writeFlowers } from '../pages/tiny-data.ts'
import { TinyPage } from '../pages/tiny.ts'
import { TraceReviewPage } from '../pages/traces-review.ts'
import { exportKept, openTraces, ReviewPlanPage, setCard } from '../pages/traces.ts'

// By keyboard there are hundreds of small steps; a picture of each would double the time.
test.use({ trace: { mode: 'retain-on-failure', snapshots: false, screenshots: false } })

/** Attempts in the bundled file, and how many of them are reviewed here. */
const attempts = 40
const reviewed = 2

/** A project with a table, whose tiny set is made soon, and a file of traces to be looked for. */
function newFlowersAndTraces(): Promise<string> {
  const sample = join(import.meta.dirname, '../../resources/samples/traces/airline-helper.json.gz')
  return newProject('Flowers', async (folder, put) => {
    await put(await writeFlowers(folder), '--map', 'label=kind')
    await copyFile(sample, join(folder, 'helper.json.gz'))
  })
}

/** Five times Next, then Start. */
async function startTheTinySet(tiny: TinyPage): Promise<void> {
  const { page, hand } = tiny
  await tiny.start()
  for (const step of ['Kind', 'Size', 'Effort', 'Check', 'Review'] as const) await tiny.next(step)
  await hand.use(page.getByRole('button', { name: 'Start', exact: true }))
  await expect(page.getByRole('navigation', { name: 'Steps' })).toBeHidden()
}

/** Step C1: a file is chosen, and what was recognised is added. */
async function addTheTraces(page: Page, hand: Hand): Promise<void> {
  await openTraces(page, hand.use)
  await hand.use(page.getByRole('button', { name: 'Add traces' }).first())
  await hand.use(page.getByRole('button', { name: 'Choose a file' }))
  const browser = page.getByRole('dialog', { name: 'Choose data' })
  await hand.use(browser.getByRole('button', { name: /^made\b/ }))
  await hand.use(browser.getByRole('button', { name: /^helper\.json\.gz/ }))
  await hand.use(page.getByRole('button', { name: /^Add .*attempts/ }))
  await expect(setCard(page, 'helper.json')).toContainText(`${attempts} attempts`)
}

/** Steps C2 to C5 as recommended; opens the first attempt and returns how many there are. */
async function startReviewing(plan: ReviewPlanPage): Promise<number> {
  const { page, hand } = plan
  await hand.use(page.getByRole('button', { name: 'Plan a review of “helper.json”' }))
  await plan.expectStep('What to judge')
  for (const step of ['Which first', 'Reading', 'Start'] as const) {
    await plan.next(step)
    if (step === 'Which first') await takePicture(page, 'plan-review')
  }
  await hand.use(page.getByRole('button', { name: 'Start reviewing' }))
  const place = page.getByText(/^1 of \d+$/)
  await expect(place).toBeVisible()
  return Number(/\d+$/.exec(await place.innerText())?.[0])
}

/** Judges the first attempts and keeps them for training. */
async function reviewTheFirst(page: Page, of: number): Promise<void> {
  const review = new TraceReviewPage(page)
  for (let at = 1; at <= reviewed; at++) {
    await review.expectPlace(at, of)
    const hasFailed = (await review.outcome()) === 'Failed'
    await review.mark(hasFailed ? 'fail' : 'pass')
    if (hasFailed) {
      // What went before the first mistake is there to learn from.
      await review.down(2)
      await review.mark('first-wrong')
    }
    await review.answerYes()
    await review.key('keep')
    if (at === 1) {
      await expect(review.rubric.getByRole('region', { name: 'Suggestion' })).toBeVisible()
      await takePicture(page, 'review')
    }
    await review.done()
  }
  await review.expectPlace(reviewed + 1, of)
}

/** The report of a review that is not at its end, and the export of what was kept so far. */
async function exportTheReviews(page: Page, hand: Hand): Promise<void> {
  await openTraces(page, hand.use)
  const queue = page.getByRole('listitem').filter({ hasText: `${reviewed} of` })
  await hand.use(queue.getByRole('button', { name: /^More/ }))
  await hand.entry(page.getByRole('menuitem', { name: 'Report' }))
  await expect(page.getByRole('heading', { name: /: report$/, level: 1 })).toBeVisible()
  const { counts, folder } = await exportKept(page, hand, 'first reviews')
  expect(counts.conversations).toBe(reviewed)
  const lines = (await readFile(join(folder, 'sft.jsonl'), 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(reviewed)
  expect(lines.flatMap((line) => validateSft(line))).toEqual([])
}

/** Waits for the run on the list of runs; its result has a verdict and is exported. */
async function takeTheTinySet({ page, hand }: TinyPage): Promise<void> {
  const sections = page.getByRole('navigation', { name: 'Sections' })
  await hand.use(sections.getByRole('link', { name: 'Runs' }))
  await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible()
  const row = page.getByRole('row', { name: /^Tiny training set/ })
  await expect(row).toContainText('Finished', { timeout: 300_000 })
  await hand.use(row.getByRole('link').first())
  await expect(page.getByRole('tab', { name: /^Items/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('points against random')
  const folder = await exportAndVerify(page, hand.use, 'Export the tiny training set')
  expect(await readdir(folder)).toEqual(
    expect.arrayContaining(['README.txt', 'manifest.json', 'labels.csv'])
  )
  await hand.use(
    page.getByRole('dialog', { name: 'Exported' }).getByRole('button', { name: 'Close' }).first()
  )
}

test('a tiny set and a review with what is recommended: keyboard only', async () => {
  test.setTimeout(900_000)
  const app = await localDriver.launch({
    home: await newFlowersAndTraces(),
    viewport: pictureSize
  })
  const { page } = app
  const tiny = new TinyPage(page, 'keyboard')
  const hand = handOf(page, 'keyboard')
  try {
    await openRecent(page, 'Flowers', hand.use)
    await addTheTraces(page, hand)
    await hand.use(
      page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Home' })
    )
    await startTheTinySet(tiny)
    await openTraces(page, hand.use)
    const of = await startReviewing(new ReviewPlanPage(page, 'keyboard'))
    expect(of).toBeGreaterThanOrEqual(attempts)
    await reviewTheFirst(page, of)
    await takeTheTinySet(tiny)
    await exportTheReviews(page, hand)
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
