// "Run an agent" in a real window, with a real browser playing the pages: a run from its choices to its
// trace set, a correction of a failed attempt tried on its page, and a run that is stopped in the middle
// without leaving a browser behind. Skipped for root: the sandbox of the browser stays on.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { expect, test, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import type { RunningApp } from '../drivers/app-driver.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { newProject, openRecent } from '../pages/choose-data.ts'
import { handOf } from '../pages/hand.ts'
import { openTraces } from '../pages/traces.ts'

/** Why pages cannot be played here; undefined where they can. */
function obstacle(): string | undefined {
  if (process.getuid?.() === 0) return 'pages are not played for the administrator account'
  if (!existsSync('/proc/self/cmdline')) return 'processes are counted by /proc'
  const places = ['/usr/bin/chromium', '/usr/bin/google-chrome']
  return places.some((place) => existsSync(place)) ? undefined : 'no browser is installed'
}
const why = obstacle()
if (why !== undefined) console.log(`Specs of the runner are skipped: ${why}.`)
test.skip(why !== undefined, why)
// A real browser beside the window: machines that share their cores need their time.
test.describe.configure({ timeout: 600_000 })

interface Running {
  readonly id: number
  readonly parent: number
  readonly command: string
}

/** All processes; those that end meanwhile are left out. */
function processes(): Running[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The name in brackets may hold anything; the parent stands second after it.
      const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [{ id: Number(name), parent: Number(parent), command }]
    } catch {
      return []
    }
  })
}

/** Browsers that play pages, with all processes below them. */
function playing(): Running[] {
  const all = processes()
  const found = all.filter(
    ({ command }) => command.includes('--proxy-server=http://127.0.0.1:9 ') && isMain(command)
  )
  const below = (id: number): Running[] =>
    all.filter(({ parent }) => parent === id).flatMap((one) => [one, ...below(one.id)])
  return found.flatMap((one) => [one, ...below(one.id)])
}
const isMain = (command: string): boolean => !command.includes('--type=')

async function openRunner(app: RunningApp): Promise<Page> {
  const { page } = app
  const { use } = handOf(page, 'mouse')
  await openRecent(page, 'Agents', use)
  await openTraces(page, use)
  await page.getByRole('button', { name: 'Run an agent' }).click()
  await expect(page.getByText('6 of 6 tasks chosen')).toBeVisible()
  return page
}
async function set(page: Page, label: string, value: number): Promise<void> {
  await page.getByLabel(label).fill(String(value))
  await page.getByLabel(label).press('Tab')
}

test('a run that is stopped leaves no browser, and keeps or throws away what was made', async () => {
  const home = await newProject('Agents', () => Promise.resolve())
  const app = await localDriver.launch({ home })
  try {
    const page = await openRunner(app)
    await set(page, 'Starts of each task', 300)
    await expectAccessible(page, 'run an agent')
    for (const button of ['Stop and throw away', 'Stop and keep the attempts']) {
      const before = new Set(playing().map(({ id }) => id))
      await page.getByRole('button', { name: 'Start playing' }).click()
      await expect(page.getByText(/of \d+ starts? solved so far/)).toBeVisible({ timeout: 60_000 })
      const own = playing().filter(({ id }) => !before.has(id))
      // A browser, and the processes it splits itself into.
      expect(own.length).toBeGreaterThan(1)
      await expectAccessible(page, 'playing')
      await page.getByRole('button', { name: button }).click()
      await expect(page.getByRole('button', { name: 'Start playing' })).toBeVisible()
      await expect
        .poll(() => processes().filter(({ id }) => own.some((one) => one.id === id)).length)
        .toBe(0)
      expect(playing()).toEqual([])
    }
    await expect(page.getByText(/\d+ starts? solved in \d+ attempts?/)).toBeVisible()
    await page.getByRole('button', { name: 'Open the trace set' }).click()
    await expect(page.getByRole('heading', { name: 'Played pages 2', level: 1 })).toBeVisible()
    await openTraces(page, handOf(page, 'mouse').use)
    await expect(page.getByRole('link', { name: 'Open “Played pages”' })).toBeHidden()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

test('a host that is killed in the middle of a run leaves no browser', async () => {
  const home = await newProject('Agents', () => Promise.resolve())
  const app = await localDriver.launch({ home })
  let isEnded = false
  try {
    const page = await openRunner(app)
    await set(page, 'Starts of each task', 300)
    await page.getByRole('button', { name: 'Start playing' }).click()
    await expect(page.getByText(/of \d+ starts? solved so far/)).toBeVisible({ timeout: 60_000 })
    expect(playing().length).toBeGreaterThan(1)
    isEnded = true
    await app.kill()
    await expect.poll(() => playing().length).toBe(0)
  } finally {
    if (!isEnded) await app.close()
  }
})

test('a failed attempt is corrected by what a model says, and the correction solves it', async () => {
  // The task names the link; it is behind one of the tabs. Told where it is, any model would say so.
  let asked = 0
  let target = 0
  const model = createServer((request, response) => {
    request.resume().on('end', () => {
      asked++
      const said = {
        ...{ step: 1, tool: 'click', arguments: { id: target }, reason: 'Another tab.' },
        confidence: 'medium'
      }
      response.end(JSON.stringify({ choices: [{ message: { content: JSON.stringify(said) } }] }))
    })
  })
  await new Promise<void>((ready) => model.listen(0, '127.0.0.1', ready))
  const at = model.address()
  const port = typeof at === 'object' && at !== null ? at.port : 0
  const home = await newProject('Agents', () => Promise.resolve())
  const app = await localDriver.launch({ home })
  try {
    const page = await openRunner(app)
    await page.getByRole('button', { name: 'None', exact: true }).click()
    await page.getByRole('checkbox', { name: 'tabs' }).click()
    await set(page, 'Starts of each task', 1)
    await set(page, 'Actions that slip', 100)
    await page.getByRole('button', { name: 'Start playing' }).click()
    await page.getByRole('button', { name: 'Open the trace set' }).click({ timeout: 60_000 })
    // Below the names of the columns.
    await page.getByRole('row').nth(1).click()
    await expect(page.getByRole('heading', { name: 'tabs 1000 attempt 1' })).toBeVisible()
    await expect(page.getByRole('img', { name: /screen/i }).first()).toBeVisible()

    // The first other tab than the one that was opened: where it leads, a script goes on.
    const screen = await page
      .getByText(/^a id=\d+ class="ui-tabs-anchor tab/)
      .first()
      .innerText()
    target = Number(/id=(\d+) class="ui-tabs-anchor tab"/.exec(screen)?.[1])
    await page.getByRole('button', { name: 'Show the suggestion' }).click()
    const part = page.getByRole('region', { name: 'A model on this computer' })
    await part.getByRole('button', { name: 'Set up a model' }).click()
    await page.getByRole('switch', { name: 'Let me ask a model on this computer' }).click()
    await page.getByLabel('Address of the model').fill(`http://127.0.0.1:${port}/v1`)
    await page.getByLabel('Name of the model').fill('small')
    await expectAccessible(page, 'a model is set up')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await part.getByRole('button', { name: 'Read the question first' }).click()
    const dialog = page.getByRole('dialog', { name: 'Question and answer' })
    await expect(dialog).toContainText('Not asked yet: nothing was sent.')
    await expectAccessible(page, 'question and answer')
    await page.keyboard.press('Escape')
    expect(asked).toBe(0)
    await part.getByRole('button', { name: 'Ask small' }).click()
    await expect(part).toContainText('First mistake: step 1')
    expect(asked).toBe(1)
    await part.getByRole('button', { name: 'Mark this step' }).click()
    await part.getByRole('button', { name: 'Take the correction' }).click()
    await page.getByLabel('Who goes on').selectOption('A script that knows the task')
    await expectAccessible(page, 'a correction to try')
    await page.getByRole('button', { name: 'Try this correction' }).click()
    await expect(page.getByText(/^Attempt \d+ solved the task\.$/)).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('region', { name: /Side by side/ })).toBeVisible()
    await expectAccessible(page, 'side by side')
    expect(playing()).toEqual([])
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
    model.closeAllConnections()
    model.close()
  }
})
