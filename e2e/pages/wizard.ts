// What the wizards have in common for a person: steps on a rail, fields, and messages with buttons.
import { expect, type Locator, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { handOf, type Hand, type Way } from './hand.ts'

/** A wizard on a page. `questions` are its steps as the rail names them, with what each asks. */
export class WizardPage<S extends string> {
  readonly page: Page
  readonly hand: Hand
  readonly questions: Readonly<Record<S, string>>

  constructor(page: Page, way: Way, questions: Readonly<Record<S, string>>) {
    this.page = page
    this.hand = handOf(page, way)
    this.questions = questions
  }

  async expectStep(step: S): Promise<void> {
    await expect(
      this.page.getByRole('heading', { name: this.questions[step], level: 1 })
    ).toBeVisible()
  }
  /** Goes to a step by the rail. */
  async go(step: S): Promise<void> {
    const rail = this.page.getByRole('navigation', { name: 'Steps' })
    await this.hand.use(rail.getByRole('button', { name: new RegExp(`^${step}\\b`) }))
    await this.expectStep(step)
  }
  /** To the next step by its button. */
  async next(step: S): Promise<void> {
    await this.hand.use(this.page.getByRole('button', { name: 'Next', exact: true }))
    await this.expectStep(step)
  }

  /** The step as it stands once its plan is reviewed: until then old figures are greyed. */
  async expectAccessible(screen: string): Promise<void> {
    const outlook = this.page.getByRole('heading', { name: 'What you will get' }).locator('..')
    await expect(outlook).toHaveAttribute('aria-busy', 'false')
    await expectAccessible(this.page, screen)
  }

  /** A message of the step that is open. */
  message(code: string): Locator {
    return this.page.locator(`[data-code="${code}"]`)
  }
  /** A message stands here and says this. */
  async expectMessage(code: string, words: RegExp): Promise<void> {
    await expect(this.message(code)).toBeVisible()
    await expect(this.message(code)).toContainText(words)
  }
  /** Presses a button of a message, after which the message is gone and says what was done. */
  async settle(code: string, button: string | RegExp): Promise<void> {
    const control = this.message(code).getByRole('button', { name: button })
    const label = await control.innerText()
    await this.hand.use(control)
    await expect(this.message(code)).toBeHidden()
    await expect(this.page.getByText(`Done: ${label.trim()}`).first()).toBeVisible()
  }

  /** A number or text field by its label. */
  field(label: string | RegExp): Locator {
    return this.page.getByLabel(label, typeof label === 'string' ? { exact: true } : {})
  }
}
