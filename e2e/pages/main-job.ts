// The main job as a person walks it: sample, wizard, run, result, export. `use` is how a control
// is used: a click of the mouse or Tab and Enter.
import { expect, type Locator, type Page } from '@playwright/test'

/** Uses a button: by mouse or by keyboard. */
export type Use = (control: Locator) => Promise<void>

/** Names of the wizard's steps, in order. */
export const steps = [
  'Which data?',
  'What will you use it for?',
  'How much to keep?',
  'Any rules?',
  'How should items be chosen?',
  'Test the result?',
  'Ready to start'
] as const

/** From the first screen to a sample project whose data is read. */
export async function openSample(page: Page, use: Use): Promise<void> {
  await use(page.getByRole('button', { name: 'Open the sample' }))
  await expect(page.getByRole('heading', { name: 'Sample', level: 1 })).toBeVisible()
  const health = page.getByRole('region', { name: 'Data health' })
  await expect(health.getByText('Pictures · 8,000')).toBeVisible()
  await expect(health.getByText('Texts · 2,400')).toBeVisible()
}

/** From Home through all steps with what is recommended, and starts. */
export async function walkWizard(
  page: Page,
  use: Use,
  onStep: (title: string) => Promise<void> = async () => undefined
): Promise<void> {
  await use(page.getByRole('button', { name: 'Start choosing' }))
  for (const title of steps) {
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible()
    await onStep(title)
    const isLast = title === steps.at(-1)
    await use(page.getByRole('button', { name: isLast ? 'Start' : 'Next', exact: true }))
  }
}

/** Waits for the run to end and opens its result. */
export async function openResult(page: Page, use: Use): Promise<void> {
  const open = page.getByRole('button', { name: 'Open the result' })
  await expect(open).toBeVisible({ timeout: 180_000 })
  await use(open)
  await expect(
    page.getByText(/Choosing helped|No better than random|Choosing hurt/).first()
  ).toBeVisible()
}

/** Exports into the first place the folder browser offers and verifies; returns the folder. */
export async function exportAndVerify(
  page: Page,
  use: Use,
  title = 'Export the chosen items'
): Promise<string> {
  await use(page.getByRole('button', { name: /^Export \d/ }).first())
  const dialog = page.getByRole('dialog', { name: title })
  await use(dialog.getByRole('button', { name: 'Choose a folder' }))
  await use(page.getByRole('button', { name: 'Use this folder' }))
  await use(dialog.getByRole('button', { name: /^Export \d/ }))
  const done = page.getByRole('dialog', { name: 'Exported' })
  const sentence = await done.getByText(/items, .* in \//).innerText({ timeout: 60_000 })
  await use(done.getByRole('button', { name: 'Verify' }))
  await expect(done.getByText(/All \d+ files are exactly as they were exported/)).toBeVisible()
  return sentence.slice(sentence.indexOf(' in /') + 4).trim()
}
