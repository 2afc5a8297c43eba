// The screen on which one attempt after the other is reviewed, as a person handles it. What a key did
// is read from what the screen then says.
import { expect, type Locator, type Page } from '@playwright/test'
import { usualKeys, type ReviewCommand } from '../../src-renderer/stores/trace-review-keys.ts'

/** The review screen on a page. */
export class TraceReviewPage {
  readonly page: Page
  readonly rubric: Locator
  /** Commands whose key was pressed. */
  readonly pressed = new Set<ReviewCommand>()

  constructor(page: Page) {
    this.page = page
    this.rubric = page.getByRole('region', { name: 'Your review' })
  }

  /** Presses the key of a command. */
  async key(command: ReviewCommand): Promise<void> {
    this.pressed.add(command)
    const key = usualKeys[command].replace('Mod+', 'ControlOrMeta+')
    await this.page.keyboard.press(key)
  }
  /** The button of a command, with its key on it. */
  button(command: ReviewCommand): Locator {
    return this.page.locator(`[data-command="${command}"]`)
  }
  async expectPressed(command: ReviewCommand, isPressed = true): Promise<void> {
    await expect(this.button(command)).toHaveAttribute('aria-pressed', String(isPressed))
  }
  /** Presses a key whose button then is pressed. */
  async mark(command: ReviewCommand): Promise<void> {
    await this.key(command)
    await this.expectPressed(command)
  }

  /** A place of the queue is open, everything of it drawn. */
  async expectPlace(at: number, of: number): Promise<void> {
    await expect(this.page.getByText(`${at} of ${of}`, { exact: true })).toBeVisible()
    await expect(this.page.locator('[aria-busy="true"]')).toHaveCount(0)
    await expect(this.steps).toHaveAttribute('aria-activedescendant', 'step-0')
    await expect(this.page.getByRole('article').first()).toBeVisible()
  }
  async expectSaved(): Promise<void> {
    const said = this.page.getByRole('status')
    await expect(said.filter({ hasText: /^\s*saved\s*$/ })).toBeVisible()
  }
  /** How the attempt ended, as the log says. */
  async outcome(): Promise<'Passed' | 'Failed'> {
    const passed = this.page.getByText(/^Passed · /)
    const failed = this.page.getByText(/^Failed · /)
    await expect(passed.or(failed)).toBeVisible()
    return (await passed.isVisible()) ? 'Passed' : 'Failed'
  }

  get steps(): Locator {
    return this.page.getByRole('listbox', { name: 'Steps' })
  }
  /** The step looked at. */
  get current(): Locator {
    return this.steps.getByRole('option', { selected: true })
  }
  /** Number of the step looked at, from 0. */
  async at(): Promise<number> {
    const id = await this.steps.getAttribute('aria-activedescendant')
    return Number(id?.replace('step-', ''))
  }
  async expectStep(step: number): Promise<void> {
    await expect(this.steps).toHaveAttribute('aria-activedescendant', `step-${step}`)
  }
  /** Goes down so many steps. */
  async down(steps: number): Promise<void> {
    for (let at = await this.at(), end = at + steps; at < end; at++) {
      await this.key('step-next')
      await this.expectStep(at + 1)
    }
  }

  /** What would be undone is said on its button. */
  async expectUndo(what: string | RegExp): Promise<void> {
    await expect(this.button('undo')).toHaveAccessibleName(
      typeof what === 'string' ? `Undo: ${what}` : what
    )
  }
  async expectRedo(what: string): Promise<void> {
    await expect(this.button('redo')).toHaveAccessibleName(`Redo: ${what}`)
  }
  /** One of the short answers of a group. */
  answer(group: string, answer: string): Locator {
    return this.rubric
      .getByRole('group', { name: group, exact: true })
      .getByRole('button', { name: answer, exact: true })
      .first()
  }
  /** Answers the question that must be answered, from its key on. */
  async answerYes(): Promise<void> {
    await this.key('questions')
    const yes = this.answer('Was everything done that was asked for?', 'Yes')
    await expect(yes).toBeFocused()
    await this.page.keyboard.press('Enter')
    await expect(yes).toHaveAttribute('aria-pressed', 'true')
  }
  /** Ends the review of the attempt that is open. */
  async done(): Promise<void> {
    await this.expectSaved()
    await this.key('done')
  }
}
