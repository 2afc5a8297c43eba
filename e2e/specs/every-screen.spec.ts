// Every screen the app has, with every tab and every step of it, as eyes, hands and screen readers
// meet it: in three themes, zoomed in to 200 %, in a language with longer words, with the colours of
// the system, without movement and without a graphics card. The list of screens comes from the app
// itself, so that a new one cannot be forgotten.
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import type { RunningApp } from '../drivers/app-driver.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { openRecent } from '../pages/choose-data.ts'
import {
  everyScreen,
  everything,
  newEverything,
  prepare,
  standsStill,
  visit,
  type Screen
} from '../pages/everything.ts'
import { goTo } from '../pages/inside.ts'
import { measure, measureLonger, moving, withoutFocusRing, type Measured } from '../pages/layout.ts'

// Hundreds of looks; a picture of each would double the time.
test.use({ trace: { mode: 'retain-on-failure', snapshots: false, screenshots: false } })
test.describe.configure({ mode: 'serial' })

const usual = { width: 1280, height: 720 }
/** 1280 by 720 at 200 %. */
const zoomedIn = { width: 640, height: 360 }

let home = ''
let app: RunningApp
let screens: readonly Screen[] = []

test.beforeAll(async () => {
  test.setTimeout(600_000)
  home = await newEverything()
  app = await localDriver.launch({ home })
  await openRecent(app.page, everything, (control) => control.click())
  await prepare(app.page)
  screens = await everyScreen(app.page)
  await app.page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`)
    })
  })
})
test.afterAll(() => app.close())
test.afterEach(() => expect(app.violations).toEqual([]))

/** Everything found wrong, as one list: a run tells all of it. */
class Findings {
  readonly all: string[] = []
  add(screen: string, what: string, found: readonly string[]): void {
    this.all.push(...found.map((one) => `${screen} · ${what}: ${one}`))
  }
  expectNone(): void {
    expect(this.all).toEqual([])
  }
}

/** Serious and critical findings of axe; with `rules` all findings of these, however grave. */
async function axe(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const look = async (): Promise<string[]> => {
    const builder = new AxeBuilder({ page })
    const { violations } = await (rules ? builder.withRules([...rules]) : builder).analyze()
    return violations
      .filter(({ impact }) => rules || impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  }
  const found = await look()
  if (found.length === 0) return found
  // A button that was just enabled fades from grey: what counts is the colour it comes to.
  await standsStill(page)
  return look()
}

/** Puts a theme on the page; what reads its colours, such as charts, follows by itself. */
async function wear(page: Page, theme: 'light' | 'dark' | 'high-contrast'): Promise<void> {
  await page.evaluate(async (name) => {
    document.documentElement.dataset['theme'] = name
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished))
  }, theme)
}

/** All looks at one part of one screen. */
async function lookAt(page: Page, name: string, findings: Findings): Promise<void> {
  const fits = ({ cut, wide }: Measured, how: string): void => {
    findings.add(name, `cut ${how}`, cut)
    findings.add(name, `wide ${how}`, wide)
  }
  findings.add(name, 'axe', await axe(page))
  if (name.startsWith('result')) findings.add(name, 'headings', await axe(page, ['heading-order']))
  fits(await measure(page), 'at 100 %')
  fits(await measureLonger(page), 'with longer words')
  // Names and roles are the same in all themes, colours are not.
  for (const theme of ['dark', 'high-contrast'] as const) {
    await wear(page, theme)
    findings.add(name, theme, await axe(page, ['color-contrast', 'link-in-text-block']))
  }
  await wear(page, 'light')
  await page.emulateMedia({ forcedColors: 'active' })
  findings.add(name, 'colours of the system', await axe(page, ['color-contrast']))
  await page.emulateMedia({ forcedColors: 'none' })
  findings.add(name, 'no ring', await withoutFocusRing(page))
  await page.emulateMedia({ reducedMotion: 'reduce' })
  findings.add(name, 'moves', await moving(page))
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.setViewportSize(zoomedIn)
  await standsStill(page)
  fits(await measure(page), 'at 200 %')
  await page.setViewportSize(usual)
  await standsStill(page)
}

test('every screen: themes, zoom, longer words, focus, movement, colours of the system', async () => {
  test.setTimeout(900_000)
  const findings = new Findings()
  for (const screen of screens)
    await visit(app.page, screen, (name) => lookAt(app.page, name, findings))
  findings.expectNone()
})

test('help and keys can be read', async () => {
  const { page } = app
  const opened: readonly (readonly [string, string])[] = [
    ['help', 'F1'],
    ['keys', '?']
  ]
  for (const [name, key] of opened) {
    await page.keyboard.press(key)
    const dialog = page.getByRole('dialog').first()
    await expect(dialog).toBeVisible()
    await expectAccessible(page, name)
    expect(await measure(page), name).toEqual({ cut: [], wide: [] })
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  }
})

test('the similarity map is drawn without a graphics card', async () => {
  test.setTimeout(180_000)
  await app.close()
  app = await localDriver.launch({ home, switches: ['--disable-gpu', '--disable-3d-apis'] })
  const { page } = app
  await openRecent(page, everything, (control) => control.click())
  expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl2'))).toBe(
    null
  )
  const screen = screens.find(({ name }) => name === 'dataset')
  await goTo(page, screen?.place ?? '')
  await page.getByRole('button', { name: 'Map', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Show as table' })).toBeVisible()
  await standsStill(page)
  const drawn = (): Promise<number> =>
    page.evaluate(() => {
      const canvases = [...document.querySelectorAll('main canvas')] as HTMLCanvasElement[]
      const pixels = canvases.map((canvas) => {
        const context = canvas.getContext('2d')
        if (context === null || canvas.width === 0) return 0
        const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
        return data.filter((value, at) => at % 4 === 3 && value > 0).length
      })
      return Math.max(0, ...pixels)
    })
  await expect.poll(drawn).toBeGreaterThan(100)
  await page.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('grid').first()).toBeVisible()
})
