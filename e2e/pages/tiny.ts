// The wizard "Make a tiny training set" as a person handles it, its run under way, and its result.
import { expect, type Locator, type Page } from '@playwright/test'
import type { Way } from './hand.ts'
import { WizardPage } from './wizard.ts'

/** Steps as the rail names them, with the question each asks. */
const questions = {
  Data: 'Which data?',
  Kind: 'What should the set be made of?',
  Size: 'How many items for each label?',
  Effort: 'How much work should go into it?',
  Check: 'Test the result?',
  Review: 'Ready to start'
} as const

/** A step as the rail names it. */
export type TinyStep = keyof typeof questions

/** Helper models and check models learn on whatever the machine has to spare. */
const runMs = 300_000

/** The wizard on a page, and where it leads. */
export class TinyPage extends WizardPage<TinyStep> {
  constructor(page: Page, way: Way) {
    super(page, way, questions)
  }

  /** From the card on Home. */
  async start(): Promise<void> {
    await this.hand.use(this.page.getByRole('button', { name: 'Start making' }))
    await this.expectStep('Data')
  }
  /** Opens what is folded up under these words. */
  async unfold(summary: string): Promise<void> {
    const details = this.page.locator('details').filter({ hasText: summary })
    await this.hand.use(details.locator('summary'))
    await expect(details).toHaveAttribute('open')
  }

  /** The picture of the set as it is now. */
  get grid(): Locator {
    return this.page.getByRole('img', { name: /^\d+ items in \d+ lines, one line for each label/ })
  }
  /** Waits until the run shows what it has made so far. */
  async expectGrid(items: number, labels: readonly string[]): Promise<void> {
    await expect(this.grid).toBeVisible({ timeout: runMs })
    await expect(this.grid).toHaveAccessibleName(
      `${items} items in ${labels.length} lines, one line for each label.`
    )
    // A picture that could not be decoded has no size.
    await expect
      .poll(() => this.grid.evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0)
    const lines = this.page.getByRole('listitem')
    for (const label of labels) await expect(lines.filter({ hasText: label })).toBeVisible()
  }
  /** Pauses the run under way and lets it go on. */
  async pauseAndContinue(): Promise<void> {
    const goOn = this.page.getByRole('button', { name: 'Continue', exact: true })
    await this.hand.use(this.page.getByRole('button', { name: 'Pause', exact: true }))
    await expect(goOn).toBeVisible({ timeout: 60_000 })
    await expect(this.page.getByText(/^Paused\. It can go on at any time/)).toBeVisible()
    // What is made so far stays in view.
    await expect(this.grid).toBeVisible()
    await this.hand.use(goOn)
    await expect(goOn).toBeHidden()
  }
  async stopEarly(): Promise<void> {
    const stop = this.page.getByRole('button', { name: 'Stop early and keep the best so far' })
    await expect(stop).toBeEnabled({ timeout: runMs })
    await this.hand.use(stop)
    const dialog = this.page.getByRole('dialog', { name: 'Stop making the set?' })
    await this.hand.use(dialog.getByRole('button', { name: 'Stop and keep the best' }))
    await expect(dialog).toBeHidden()
  }
  /** Waits for the end and goes to the result. */
  async openResult(name: string): Promise<void> {
    const open = this.page.getByRole('button', { name: 'Open the result' })
    await expect(open).toBeVisible({ timeout: runMs })
    await this.hand.use(open)
    await expect(this.page.getByRole('heading', { name, level: 1 })).toBeVisible()
    await expect(this.page.getByRole('tab', { name: /^Items/ })).toBeVisible()
  }
  async openTab(name: string | RegExp): Promise<void> {
    const tab = this.page.getByRole('tab', { name })
    await this.hand.tab(tab)
    await expect(tab).toHaveAttribute('aria-selected', 'true')
  }
}
