// The app in German: in what the system speaks from the first screen on, with German figures and
// with nothing cut, and the choice of the language in the settings, which survives a new start and
// loses no plan. With WINNOW_PICTURES=FOLDER the screens are kept as pictures in both themes.
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { standsStill } from '../pages/everything.ts'
import { expectFits } from '../pages/layout.ts'

const pictures = process.env['WINNOW_PICTURES']

/** The screen holds all of its words; pictures of it are taken where they are asked for. */
async function look(page: Page, screen: string): Promise<void> {
  await standsStill(page)
  await expectFits(page, screen)
  if (pictures === undefined) return
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    await standsStill(page)
    await page.screenshot({ path: join(pictures, `${screen}-${colorScheme}.png`) })
  }
}
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

/** The steps of the wizard that need no run to have been made. */
const steps = [
  'Welche Daten?',
  'Wofür werden die Daten gebraucht?',
  'Wie viel soll behalten werden?',
  'Gibt es Regeln?',
  'Wie soll ausgewählt werden?',
  'Das Ergebnis prüfen?',
  'Bereit zum Start'
]

test('a German computer is spoken to in German, and nothing is cut', async () => {
  const app = await localDriver.launch({ locale: 'de-DE' })
  const { page } = app
  try {
    await expect(heading(page, 'Welche Daten lohnen sich?')).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await look(page, 'erste-seite')
    await expectAccessible(page, 'erste Seite')
    await page.getByRole('button', { name: 'Beispiel öffnen' }).click()
    await expect(heading(page, 'Sample')).toBeVisible()
    const health = page.getByRole('region', { name: 'Datenzustand' })
    await expect(health.getByText('Bilder · 8.000')).toBeVisible()
    await expect(health.getByText('Texte · 2.400')).toBeVisible()
    await look(page, 'start')

    await page.getByRole('button', { name: 'Auswahl beginnen' }).click()
    for (const step of steps) {
      await expect(heading(page, step)).toBeVisible()
      const outlook = page.getByRole('heading', { name: 'Was Sie erhalten' }).locator('..')
      await expect(outlook).toHaveAttribute('aria-busy', 'false')
      await look(page, `auswaehlen-${steps.indexOf(step) + 1}`)
      if (step !== steps.at(-1))
        await page.getByRole('button', { name: 'Weiter', exact: true }).click()
    }
    // Figures within sentences, too.
    await expect(page.getByText(/Behalten werden/)).toContainText(/\d von \d\.\d{3} Elementen aus/)

    await page.getByRole('link', { name: 'Optionen' }).click()
    await expect(heading(page, 'Optionen')).toBeVisible()
    await look(page, 'optionen')
    await expectAccessible(page, 'Optionen')
    for (const [section, title] of [
      ['Daten', 'Daten'],
      ['Mini-Sets', 'Ein Mini-Trainingsset erstellen'],
      ['Verläufe', 'Verläufe'],
      ['Läufe', 'Läufe']
    ] as const) {
      await page
        .getByRole('navigation', { name: 'Bereiche' })
        .getByRole('link', { name: section, exact: true })
        .click()
      if (section !== 'Mini-Sets') await expect(heading(page, title)).toBeVisible()
      await look(page, section.toLowerCase().replace('ä', 'ae'))
    }
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

test('the language is chosen in the settings, and stays', async () => {
  const app = await localDriver.launch({ locale: 'de-DE' })
  const { page, home } = app
  try {
    await page.getByRole('button', { name: 'Beispiel öffnen' }).click()
    await expect(heading(page, 'Sample')).toBeVisible()
    await page.getByRole('button', { name: 'Auswahl beginnen' }).click()
    await expect(heading(page, 'Welche Daten?')).toBeVisible()
    // A change of the plan that was not saved yet when the language changes.
    await page.getByRole('radio', { name: 'Nur einige Elemente' }).check({ force: true })
    await page.getByRole('link', { name: 'Optionen' }).click()
    await page.getByLabel('Sprache').selectOption({ label: 'English' })
    await expect(heading(page, 'Settings')).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(page.getByLabel('Language')).toHaveValue(/./)
    await page.getByRole('link', { name: 'Home' }).click()
    await expect(page.getByRole('region', { name: 'Data health' })).toContainText('8,000')
    await expect(page.getByRole('heading', { name: 'Saved plans' })).toBeVisible()
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }

  // A new browser has nothing kept: the settings of the app decide, against the system.
  const again = await localDriver.launch({ home, locale: 'de-DE' })
  try {
    await expect(again.page.getByRole('heading', { name: 'Recent projects' })).toBeVisible()
    await expect(again.page.locator('html')).toHaveAttribute('lang', 'en')
    await again.page.getByRole('link', { name: 'Settings' }).click()
    await again.page.getByLabel('Language').selectOption({ label: 'Deutsch' })
    await expect(heading(again.page, 'Optionen')).toBeVisible()
    await again.page.reload()
    await expect(heading(again.page, 'Optionen')).toBeVisible()
    await expect(again.page.getByLabel('Sprache')).toHaveValue(/./)
    expect(again.violations).toEqual([])
  } finally {
    await again.close()
  }
})
