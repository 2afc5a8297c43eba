// The desktop window: it shows the first page, keeps the page locked in, runs once, and does the
// first step of the main job. Runs where the Electron binary is installed.
import { expect, test } from '@playwright/test'
import { electronBinary, launchDesktop, type RunningDesktop } from '../drivers/electron.ts'
import { openSample } from '../pages/main-job.ts'

test.skip(
  electronBinary() === undefined,
  'The Electron binary is not installed here, so the desktop window cannot be started.'
)

/** `isAttack`: the page does what its policy forbids, which then speaks up, as it should. */
async function withDesktop(
  use: (app: RunningDesktop) => Promise<void>,
  isAttack = false
): Promise<void> {
  const app = await launchDesktop()
  try {
    await use(app)
    if (!isAttack) expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
}

test('starts with the first page, served by the app itself', () =>
  withDesktop(async ({ page }) => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(page.url()).toBe('app://bundle/')
    const policy = await page.evaluate(async () =>
      (await fetch('app://bundle/')).headers.get('Content-Security-Policy')
    )
    expect(policy).toContain("default-src 'none'")
  }))

test('the page has no Node, no Electron and one bridge with one function', () =>
  withDesktop(async ({ page }) => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const seen = await page.evaluate(() => {
      const things = globalThis as unknown as Record<string, unknown>
      return {
        types: ['require', 'process', 'Buffer', 'module', 'electron'].map(
          (name) => typeof things[name]
        ),
        bridge: Object.keys(things['bridge'] as object)
      }
    })
    expect(seen.types).toEqual(Array.from({ length: 5 }, () => 'undefined'))
    expect(seen.bridge).toEqual(['connect'])
  }))

test('the page cannot leave, open windows or reach the network', () =>
  withDesktop(async ({ page, application }) => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.evaluate(() => {
      location.href = 'https://example.org/'
      window.open('https://example.org/')
    })
    const reached = await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => true,
        () => false
      )
    )
    expect(reached).toBe(false)
    expect(page.url()).toBe('app://bundle/')
    expect(application.windows()).toHaveLength(1)
  }, true))

test('a second start ends at once and brings the first window to the front', () =>
  withDesktop(async ({ page, application, startAgain }) => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    expect(await startAgain()).toBe(0)
    await expect
      .poll(() =>
        application.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().map((window) => window.isMinimized())
        )
      )
      .toEqual([false])
  }))

test('the sample project opens, and again after the window is reloaded', () =>
  withDesktop(async ({ page }) => {
    await openSample(page, (control) => control.click())
    const title = await page.getByRole('heading', { level: 1 }).first().textContent()
    await page.evaluate(() => location.reload())
    await expect(page.getByRole('heading', { level: 1 }).first()).toHaveText(title ?? '')
  }))
