// The wizard "Choose the best part of my data" as a person handles it: its steps and its own fields.
import { expect, type Locator, type Page } from '@playwright/test'
import type { Way } from './hand.ts'
import { WizardPage } from './wizard.ts'

/** Steps as the rail names them, with the question each asks. */
const questions = {
  Data: 'Which data?',
  Goal: 'What will you use it for?',
  'How much': 'How much to keep?',
  Rules: 'Any rules?',
  Method: 'How should items be chosen?',
  Check: 'Test the result?',
  Review: 'Ready to start'
} as const

/** A step as the rail names it. */
export type Step = keyof typeof questions

/** The wizard on a page. */
export class ChoosePage extends WizardPage<Step> {
  constructor(page: Page, way: Way) {
    super(page, way, questions)
  }

  async start(): Promise<void> {
    await this.hand.use(this.page.getByRole('button', { name: 'Start choosing' }))
    await this.expectStep('Data')
  }
  /** Back to the wizard from elsewhere in the app. */
  async comeBack(step: Step): Promise<void> {
    const sections = this.page.getByRole('navigation', { name: 'Sections' })
    await this.hand.use(sections.getByRole('link', { name: 'Choose' }))
    await this.expectStep(step)
  }
  /** Plans with another dataset: the plan begins afresh. */
  async takeData(name: string): Promise<void> {
    const list = this.page.getByLabel('Dataset', { exact: true })
    await this.hand.select(list, name)
    await expect(list.locator('option:checked')).toHaveText(new RegExp(`^${name}`))
  }

  /** Nothing lies over the middle of a control. */
  async expectFree(control: Locator): Promise<void> {
    await expect(control).toBeVisible()
    const isFree = await control.evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      return element.contains(over)
    })
    expect(isFree, 'nothing lies over the control').toBe(true)
  }

  group(name: string): Locator {
    return this.page.getByRole('group', { name, exact: true })
  }
  limit(row: string, side: 'At least' | 'At most' | 'Share'): Locator {
    return this.page.getByLabel(`${row}: ${side}`, { exact: true })
  }
  /** Puts the items of these lines on a list. */
  async writeList(name: 'Must keep' | 'Must drop', lines: readonly string[]): Promise<void> {
    await this.hand.use(this.group(name).getByRole('button', { name: 'Edit list' }))
    const dialog = this.page.getByRole('dialog', { name: `${name}: list of items` })
    await this.hand.write(dialog.getByLabel('Items, one on each line'), lines.join('\n'))
    await this.hand.use(dialog.getByRole('button', { name: `Use ${lines.length} items` }))
    await expect(dialog).toBeHidden()
    await expect(this.group(name)).toContainText(`${lines.length} items`)
  }
}
