// "Review agent traces" in a real window. By keyboard alone in the dark theme: attempts that the
// command line brought in are planned, reviewed with every key there is, kept through a crash, and
// exported for training. By mouse in the light theme: attempts are added, one form mapped by hand,
// looked over in every part of their set, compared, and reviewed without seeing names and outcomes.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test, type Page } from '@playwright/test'
import { validateSft } from '../../src-main/core/traces/exports/validate-sft.ts'
import { reviewCommands } from '../../src-renderer/stores/trace-review-keys.ts'
import type { RunningApp } from '../drivers/app-driver.ts'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { newProject, openRecent } from '../pages/choose-data.ts'
import { dropPaths } from '../pages/dropping.ts'
import { handOf, type Hand } from '../pages/hand.ts'
import { TraceReviewPage } from '../pages/traces-review.ts'
import {
  exportKept,
  newHelperTraces,
  openSet,
  setCard,
  openTraces,
  ReviewPlanPage,
  type ExportCounts
} from '../pages/traces.ts'

// By keyboard there are hundreds of small steps; a picture of each would double the time.
test.use({ trace: { mode: 'retain-on-failure', snapshots: false, screenshots: false } })

/** Attempts of the review by keyboard. */
const attempts = 20
/** The step marked as the first mistake of attempts that failed, from 0. */
const mistakeAt = 2

/** Keys that move and read. */
async function lookAround(review: TraceReviewPage): Promise<void> {
  const { page } = review
  await review.down(2)
  await review.key('step-previous')
  await review.expectStep(1)
  await review.key('last-step')
  const last = (await review.current.getAttribute('aria-setsize')) ?? ''
  await review.expectStep(Number(last) - 1)
  await review.key('error-previous')
  await expect(review.current.getByRole('img', { name: 'error' })).toBeVisible()
  const error = await review.at()
  await review.key('first-step')
  await review.expectStep(0)
  await review.key('error-next')
  await expect(review.current.getByRole('img', { name: 'error' })).toBeVisible()
  expect(await review.at()).toBeLessThanOrEqual(error)
  await review.key('first-step')
  await review.key('finding-next')
  await expect(review.current).toContainText(/\d findings?/)
  await review.key('last-step')
  await review.key('finding-previous')
  await expect(review.current).toContainText(/\d findings?/)

  await review.key('search')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('flight')
  await page.keyboard.press('Enter')
  const found = page.getByRole('search').getByRole('status')
  await expect(found).toHaveText(/^\d+ of \d+$/)
  const place = await found.innerText()
  await page.keyboard.press('Enter')
  await expect(found).toHaveText(/^\d+ of \d+$/)
  await expect(found).not.toHaveText(place)
  await review.key('cancel')
  await expect(page.getByRole('searchbox')).not.toBeFocused()
  await review.key('cancel')
  await expect(page.getByRole('searchbox')).toHaveValue('')
  await expect(page.getByRole('button', { name: 'Next place' })).toBeHidden()
}

/** Keys of what is shown: kinds, detail, the sheet of keys; and those to other attempts. */
async function changeTheView(review: TraceReviewPage): Promise<void> {
  const { page } = review
  const hand = handOf(page, 'keyboard')
  await review.key('kinds')
  const kinds = page.getByRole('dialog', { name: /^Kinds/ })
  await expect(kinds.getByRole('heading', { name: 'Show these kinds' })).toBeVisible()
  await hand.tick(kinds.getByRole('checkbox', { name: /^Result/ }))
  await expect(page.getByRole('button', { name: 'Kinds (1 hidden)' })).toBeVisible()
  await expectAccessible(page, 'kinds')
  await hand.use(kinds.getByRole('button', { name: 'Show all kinds' }))
  await page.keyboard.press('Escape')
  await expect(kinds).toBeHidden()
  for (const level of ['Short', 'Outline', 'Everything']) {
    await review.key('detail')
    await expect(review.button('detail')).toContainText(level)
  }
  await review.key('keys')
  const sheet = page.getByRole('dialog', { name: 'Keys of the review' })
  await expect(sheet.getByText('Next step', { exact: true })).toBeVisible()
  await expectAccessible(page, 'keys of the review')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await review.key('trace-next')
  await review.expectPlace(2, attempts)
  await review.key('trace-previous')
  await review.expectPlace(1, attempts)
}

/** All keys that judge, on an attempt that failed; it is left with a first mistake and a correction. */
async function judgeWithEveryKey(review: TraceReviewPage): Promise<void> {
  const { page } = review
  for (const verdict of ['pass', 'partial', 'unsure', 'fail'] as const) await review.mark(verdict)
  await review.down(mistakeAt)
  await review.mark('first-wrong')
  await review.mark('decisive')
  for (const mark of ['recovered', 'good', 'bad'] as const) await review.mark(mark)
  await review.key('none-wrong')
  await review.expectPressed('none-wrong')
  await review.expectUndo('no step is wrong')
  await review.key('undo')
  await review.expectPressed('none-wrong', false)
  await review.key('redo')
  await review.expectPressed('none-wrong')
  await review.key('undo')
  await review.expectPressed('none-wrong', false)
  await review.expectPressed('first-wrong')

  await review.key('accept')
  const suggestion = review.rubric.getByRole('region', { name: 'Suggestion' })
  await expect(suggestion.getByText(/^First mistake: step \d/)).toBeVisible()
  await review.mark('accept')
  await review.mark('dismiss')
  await review.key('undo')
  await review.key('undo')
  await review.expectPressed('accept', false)
  await expectAccessible(page, 'review with a suggestion')

  await review.key('compare')
  await expect(page.getByRole('table', { name: 'Side by side' })).toBeVisible()
  await expectAccessible(page, 'side by side')
  await review.key('compare')
  await expect(page.getByRole('table', { name: 'Side by side' })).toBeHidden()
  await review.key('compare')
  await expect(page.getByRole('table', { name: 'Side by side' })).toBeVisible()
  await review.key('cancel')
  await expect(page.getByRole('table', { name: 'Side by side' })).toBeHidden()

  await review.key('tag')
  const tags = page.getByRole('dialog', { name: 'Tags' })
  await expect(tags).toBeVisible()
  await page.keyboard.press('2')
  await expect(tags.getByRole('button', { name: 'Wrong value' })).toHaveAttribute(
    'aria-pressed',
    'true'
  )
  await expectAccessible(page, 'tags')
  await page.keyboard.press('Escape')
  await expect(tags).toBeHidden()
  await review.key('note')
  await expect(review.rubric.getByRole('textbox', { name: 'Note', exact: true })).toBeFocused()
  await page.keyboard.type('Booked before asking.')
  await review.key('cancel')
  await review.expectUndo('note')
  await review.mark('flag')
  await correctTheStep(review)
}

/** The correction of the step that is looked at, through its form. */
async function correctTheStep(review: TraceReviewPage): Promise<void> {
  const { page } = review
  const hand = handOf(page, 'keyboard')
  await review.key('correct')
  const form = page.getByRole('form', { name: /^What should have happened at step \d/ })
  await expect(form.getByRole('combobox', { name: 'Tool' })).toBeFocused()
  await expectAccessible(page, 'correction')
  await hand.select(form.getByRole('combobox', { name: 'Tool' }), 'Say something')
  await hand.write(form.getByLabel('What it should have said'), 'May I have your user id, please?')
  await hand.write(form.getByLabel('Why', { exact: true }), 'Nobody had asked who it is.')
  await hand.use(form.getByRole('button', { name: 'Keep the correction' }))
  await expect(form).toBeHidden()
  await expect(review.current).toContainText('corrected')
}

/** What was marked in an attempt. */
interface Marked {
  readonly name: string
  readonly failed: boolean
}

/** Verdict, first mistake, the question that must be answered, and that it is kept. */
async function judge(review: TraceReviewPage, isFull: boolean): Promise<Marked> {
  const name = await review.page.getByRole('heading', { level: 1 }).innerText()
  const failed = (await review.outcome()) === 'Failed'
  if (failed && isFull) await judgeWithEveryKey(review)
  else {
    await review.mark(failed ? 'fail' : 'pass')
    if (failed) {
      await review.down(mistakeAt)
      await review.mark('first-wrong')
    }
  }
  await review.answerYes()
  await review.key('keep')
  await expect(review.answer('Keep for training?', 'Yes')).toHaveAttribute('aria-pressed', 'true')
  return { name, failed }
}

/** Puts the second attempt off, and comes back to it. */
async function putOffAndComeBack(review: TraceReviewPage): Promise<void> {
  await review.key('put-off')
  await review.expectPlace(3, attempts)
  await review.key('trace-previous')
  await review.expectPlace(2, attempts)
  await expect(review.page.getByText('Put off', { exact: true }).first()).toBeVisible()
}

/** Opens what a crash left: everything marked is there, and can be undone and made again. */
async function comeBackAfterCrash(home: string, at: number, marked: Marked): Promise<RunningApp> {
  const app = await localDriver.launch({ colorScheme: 'dark', home })
  const { page } = app
  const hand = handOf(page, 'keyboard')
  await openRecent(page, 'Agents', hand.use)
  await openTraces(page, hand.use)
  await expect(page.getByText(`${at - 1} of ${attempts} done`)).toBeVisible()
  await hand.use(page.getByRole('button', { name: 'Continue “Twenty”' }))
  const review = new TraceReviewPage(page)
  await review.expectPlace(at, attempts)
  await expect(page.getByRole('heading', { name: marked.name, level: 1 })).toBeVisible()
  await review.expectPressed(marked.failed ? 'fail' : 'pass')
  if (marked.failed) await expect(review.steps).toContainText('first mistake')
  const yes = review.answer('Keep for training?', 'Yes')
  await expect(yes).toHaveAttribute('aria-pressed', 'true')
  await review.expectUndo('keep for training: yes')
  await review.key('undo')
  await expect(yes).toHaveAttribute('aria-pressed', 'false')
  await review.expectRedo('keep for training: yes')
  await review.key('redo')
  await expect(yes).toHaveAttribute('aria-pressed', 'true')
  return app
}

/** Reviews all attempts of the queue; in the middle the app dies and is opened again. */
async function reviewAll(
  first: RunningApp
): Promise<{ readonly app: RunningApp; readonly all: readonly Marked[] }> {
  let app = first
  let review = new TraceReviewPage(app.page)
  const pressed = review.pressed
  const all: Marked[] = []
  for (let at = 1; at <= attempts; at++) {
    await review.expectPlace(at, attempts)
    if (at === 1) {
      await expectAccessible(app.page, 'review')
      await lookAround(review)
      await changeTheView(review)
    }
    if (at === 2) await putOffAndComeBack(review)
    const marked = await judge(review, !all.some(({ failed }) => failed))
    all.push(marked)
    if (at === attempts / 2) {
      await review.expectSaved()
      expect(app.violations).toEqual([])
      await app.kill()
      app = await comeBackAfterCrash(app.home, at, marked)
      review = new TraceReviewPage(app.page)
    }
    await review.done()
    for (const command of review.pressed) pressed.add(command)
  }
  expect(reviewCommands.filter((command) => !pressed.has(command))).toEqual([])
  return { app, all }
}

/** A line of sft.jsonl, as far as it is looked at. */
interface Line {
  readonly messages: readonly { readonly role: string; readonly weight?: number }[]
  readonly first_mistake: number | null
  readonly corrected: boolean
}

/** Every line is sound, and nothing from the first mistake on is learned but corrections. */
async function checkTraining(folder: string, counts: ExportCounts): Promise<readonly Line[]> {
  const text = await readFile(join(folder, 'sft.jsonl'), 'utf8')
  const lines = text.trimEnd().split('\n')
  expect(lines.flatMap((line) => validateSft(line))).toEqual([])
  // What the validator accepted has this form.
  const read = lines.map((line) => JSON.parse(line) as Line)
  const turns = read.flatMap(({ messages }) => messages.filter(({ role }) => role === 'assistant'))
  expect({
    conversations: read.length,
    weighted: turns.filter(({ weight }) => weight === 1).length,
    masked: turns.filter(({ weight }) => weight === 0).length
  }).toEqual(counts)
  for (const { messages, first_mistake: mistake, corrected } of read) {
    const weights = messages.flatMap(({ role, weight }) => (role === 'assistant' ? [weight] : []))
    expect(weights).toContain(1)
    // A turn holds at least one step: those from the number of the mistake on are wrong.
    const wrong = weights.slice(mistake ?? weights.length, corrected ? -1 : weights.length)
    expect(wrong).not.toContain(1)
    if (corrected) expect(weights.at(-1)).toBe(1)
  }
  return read
}

test('twenty attempts reviewed through a crash and exported: keyboard only, dark', async () => {
  test.setTimeout(600_000)
  let app = await localDriver.launch({ colorScheme: 'dark', home: await newHelperTraces() })
  const plan = new ReviewPlanPage(app.page, 'keyboard')
  try {
    await openRecent(app.page, 'Agents', plan.hand.use)
    await openTraces(app.page, plan.hand.use)
    await expectAccessible(app.page, 'traces')
    await plan.plan({ set: 'helper', name: 'Twenty', count: attempts, isBlind: false })
    const reviewed = await reviewAll(app)
    app = reviewed.app
    const { page } = app
    const failed = reviewed.all.filter((one) => one.failed).length
    await expect(page.getByRole('heading', { name: 'Twenty: report', level: 1 })).toBeVisible()
    await expect(page.getByText(`${attempts} attempts, 1 correction.`)).toBeVisible()
    await expectAccessible(page, 'report')
    const hand = handOf(page, 'keyboard')
    const { counts, folder } = await exportKept(page, hand, 'training')
    const lines = await checkTraining(folder, counts)
    expect(lines.filter(({ first_mistake: at }) => at === mistakeAt)).toHaveLength(failed)
    expect(lines.filter(({ corrected }) => corrected)).toHaveLength(1)
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

/** The attempts that are added by mouse: a published file of two hundred. */
const airline = join(
  import.meta.dirname,
  '../../src-main/core/traces/fixtures/tau-bench/airline-excerpt.json.gz'
)

/** How many attempts of the published file are successful. */
async function airlinePasses(): Promise<{ readonly all: number; readonly passed: number }> {
  // A list of attempts with their rewards, as published.
  const records = JSON.parse(gunzipSync(await readFile(airline)).toString('utf8')) as readonly {
    readonly reward: number
  }[]
  return { all: records.length, passed: records.filter(({ reward }) => reward === 1).length }
}

/** Attempts in a form that nobody knows: who spoke, what was said, how it ended; one is cut off. */
async function writeUnknown(folder: string): Promise<void> {
  const lines = Array.from({ length: 6 }, (_, i) =>
    JSON.stringify({
      ticket: `T-${i}`,
      subject: `printer ${i % 2}`,
      verdict_of_desk: i % 3 === 0 ? 'open' : 'solved',
      log: [
        { speaker: 'customer', words: `Printer ${i} prints nothing.` },
        { speaker: 'desk robot', words: 'Is it plugged in?' },
        { speaker: 'customer', words: 'It is.' },
        { speaker: 'desk robot', words: `Then press the green button ${i} times.` }
      ]
    })
  )
  await writeFile(join(folder, 'desk.jsonl'), `${lines.join('\n')}\n{"ticket": cut off\n`)
}

/** Adds the published file by dropping it. */
async function addByDropping(page: Page, hand: Hand, all: number): Promise<void> {
  await hand.use(page.getByRole('button', { name: 'Add traces' }).first())
  await expect(page.getByRole('heading', { name: 'Drop files or folders here' })).toBeVisible()
  await expectAccessible(page, 'add traces')
  const folder = await mkdtemp(join(tmpdir(), 'winnow-e2e-traces-'))
  const file = join(folder, 'airline.json.gz')
  await writeFile(file, await readFile(airline))
  await dropPaths(page, [file])
  await expect(page.getByRole('heading', { name: 'The first attempt' })).toBeVisible()
  await expectAccessible(page, 'add traces, recognised')
  await hand.write(page.getByLabel('Name of the trace set'), 'airline')
  await hand.use(page.getByRole('button', { name: /^Add \d+ attempts/ }))
  await expect(setCard(page, 'airline')).toContainText(`${all} attempts at 50 tasks`)
}

/** Adds the file of an unknown form through the folder browser, saying which field holds what. */
async function addByMapping(page: Page, hand: Hand): Promise<void> {
  await hand.use(page.getByRole('button', { name: 'Add traces' }).first())
  await hand.use(page.getByRole('button', { name: 'Choose a file' }))
  const browser = page.getByRole('dialog', { name: 'Choose data' })
  await hand.use(browser.getByRole('button', { name: /^made\b/ }))
  await hand.use(browser.getByRole('button', { name: /^desk\.jsonl/ }))
  await expect(page.getByText('These are not traces Winnow recognises.')).toBeVisible()
  await expectAccessible(page, 'add traces, not recognised')
  await hand.use(page.getByRole('button', { name: 'Map them by hand' }))
  const mapping = page.getByRole('region', { name: 'Which field holds what' })
  const map = (field: string, path: string): Promise<void> =>
    hand.select(mapping.getByLabel(field, { exact: true }), path)
  await map('List of messages', 'log')
  await map('Who speaks', 'speaker')
  await map('What is said', 'words')
  await map('“customer” is', 'The user')
  await map('“desk robot” is', 'The agent')
  await map('Name of the attempt', 'ticket')
  await map('Task', 'subject')
  await map('Outcome', 'verdict_of_desk')
  await hand.tick(mapping.getByRole('checkbox', { name: 'solved' }))
  const example = page.getByRole('region', { name: 'Files' })
  await expect(example.getByText('Then press the green button 0 times.')).toBeVisible()
  await expect(example.getByRole('img', { name: /Passed 4.*Failed 2/ })).toBeVisible()
  await expectAccessible(page, 'add traces, mapped')
  await hand.use(page.getByRole('button', { name: 'Add 6 attempts' }))
  await expect(setCard(page, 'desk')).toContainText('6 attempts at 2 tasks')
}
/** What could not be read of a set is told in its own part. */
async function seeWhatWasLeftOut(page: Page, hand: Hand): Promise<void> {
  await openSet(page, 'desk', hand.use)
  await hand.tab(page.getByRole('tab', { name: /^Not readable/ }))
  await expect(page.getByRole('grid', { name: 'What could not be read' })).toContainText('Line 7')
  await expectAccessible(page, 'what could not be read')
  await openTraces(page, hand.use)
}

/** All parts of a set; a filter lets the passed ones through, a tool is set right. */
async function lookOverTheSet(page: Page, hand: Hand, passed: number, all: number): Promise<void> {
  await openSet(page, 'airline', hand.use)
  await expect(page.getByText(`${all} of ${all} attempts`)).toBeVisible()
  await expectAccessible(page, 'attempts of a set')
  await hand.tick(page.getByRole('checkbox', { name: /^Passed/ }))
  await expect(page.getByText(`${passed} of ${all} attempts`)).toBeVisible()
  await expectAccessible(page, 'attempts of a set, filtered')
  await hand.use(page.getByRole('button', { name: 'Clear all' }))
  await expect(page.getByText(`${all} of ${all} attempts`)).toBeVisible()
  await hand.tab(page.getByRole('tab', { name: /^Tools/ }))
  const effect = page.getByRole('combobox', { name: 'What calculate does' })
  const row = page.getByRole('row', { name: /^calculate/ })
  await expect(row.getByText('Guess', { exact: true })).toBeVisible()
  await hand.select(effect, 'Changes something')
  await expect(page.getByText('1 change to apply')).toBeVisible()
  await expectAccessible(page, 'tools of a set')
  await hand.use(page.getByRole('button', { name: 'Apply', exact: true }))
  await expect(row.getByRole('button', { name: 'Back to the guess' })).toBeVisible()
  await expect(page.getByText('Making steps anew')).toBeHidden()
  await expect(effect.locator('option:checked')).toHaveText('Changes something')
  await hand.tab(page.getByRole('tab', { name: 'How good are suggestions' }))
  await expect(page.getByText('No marks to compare with yet')).toBeVisible()
  await expect(page.getByRole('grid', { name: /right solution/ })).toBeVisible()
  await expectAccessible(page, 'suggestions of a set')
}

/** An attempt from the board of tasks beside another one at the same task. */
async function lookAtTwo(page: Page, hand: Hand): Promise<void> {
  await hand.tab(page.getByRole('tab', { name: /^Tasks/ }))
  const board = page.getByRole('grid', { name: 'Tasks and their attempts' })
  await expect(board).toBeVisible()
  await expectAccessible(page, 'tasks of a set')
  await hand.use(board.getByRole('button', { name: /: Failed/ }).first())
  const beside = page.getByRole('button', { name: /^Side by side with attempt \d/ })
  await expectAccessible(page, 'an attempt')
  await hand.use(beside.last())
  const rows = page.getByRole('table', { name: 'Side by side' }).getByRole('row')
  await expect(rows.first()).toBeVisible()
  await hand.use(page.getByRole('button', { name: 'Go to the first difference' }))
  await expectAccessible(page, 'two attempts side by side')
  await hand.use(page.getByRole('button', { name: 'Back to the events' }).first())
  await expect(page.getByRole('table', { name: 'Side by side' })).toBeHidden()
}

/** The ways through a task, drawn and as a table. */
async function lookAtTheWays(page: Page, hand: Hand): Promise<void> {
  await openTraces(page, hand.use)
  await openSet(page, 'airline', hand.use)
  await hand.use(page.getByRole('button', { name: 'Map of paths' }))
  await expect(page.getByRole('heading', { name: 'Map of paths', level: 1 })).toBeVisible()
  await expect(page.getByText(/^4 attempts, \d+ states/)).toBeVisible()
  await expect(page.getByRole('tab', { name: 'Drawing' })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('button', { name: /: 4 attempts, 0 passed$/ }).first()).toBeVisible()
  await expectAccessible(page, 'map of paths')
  await hand.tab(page.getByRole('tab', { name: 'Table' }))
  const states = page.getByRole('grid', { name: 'States of the task' })
  await expect(states.getByRole('row').nth(1)).toBeVisible()
  await expectAccessible(page, 'map of paths, table')
}

/** A blind review tells nothing of outcomes and suggestions before it is done. */
async function reviewBlind(page: Page, hand: Hand): Promise<void> {
  await openTraces(page, hand.use)
  const plan = new ReviewPlanPage(page, 'mouse')
  await plan.plan({ set: 'airline', name: 'Blind', count: 3, isBlind: true })
  const review = new TraceReviewPage(page)
  await review.expectPlace(1, 3)
  await expect(page.getByText('Blind', { exact: true })).toBeVisible()
  const main = page.getByRole('main')
  const told = main.getByText(/Solved|Passed|Failed|\d findings?|Suggestion|gpt-4o/)
  await expect(told).toHaveCount(0)
  await expect(review.button('compare')).toBeDisabled()
  await expectAccessible(page, 'blind review')
  await hand.use(review.button('fail'))
  await hand.use(review.answer('Was everything done that was asked for?', 'No'))
  await hand.use(review.button('done'))
  await review.expectPlace(2, 3)
  await expect(told).toHaveCount(0)
  await hand.use(review.button('trace-previous'))
  await review.expectPlace(1, 3)
  await expect(main.getByText(/^(Passed|Failed) · /)).toBeVisible()
}

test('attempts added, looked over and reviewed blind: mouse only, light', async () => {
  test.setTimeout(600_000)
  const home = await newProject('Agents', writeUnknown)
  const { all, passed } = await airlinePasses()
  const app = await localDriver.launch({ colorScheme: 'light', home })
  const { page } = app
  const hand = handOf(page, 'mouse')
  try {
    await openRecent(page, 'Agents', hand.use)
    await openTraces(page, hand.use)
    await expect(page.getByRole('heading', { name: 'No traces yet' })).toBeVisible()
    await expectAccessible(page, 'no traces')
    await addByDropping(page, hand, all)
    await addByMapping(page, hand)
    await expectAccessible(page, 'trace sets')
    await seeWhatWasLeftOut(page, hand)
    await lookOverTheSet(page, hand, passed, all)
    await lookAtTwo(page, hand)
    await lookAtTheWays(page, hand)
    await reviewBlind(page, hand)
    await openTraces(page, hand.use)
    await hand.use(page.getByRole('button', { name: 'Run an agent' }))
    await expect(page.getByRole('heading', { name: 'Run an agent', level: 1 })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start playing' })).toBeVisible()
    await expectAccessible(page, 'playing pages')
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
