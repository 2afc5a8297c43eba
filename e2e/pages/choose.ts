// The wizard "Choose the best part of my data" as a person handles it, by mouse only or by keyboard
// only: its steps, its fields, and the messages with their buttons.
import { expect, type Locator, type Page } from '@playwright/test'
import { tabTo } from './keyboard.ts'
import type { Use } from './main-job.ts'

/** How the person works. */
export type Way = 'mouse' | 'keyboard'

/** What a person's hands do with controls. */
export interface Hand {
  /** Presses a button, a link or a tick: a click, or Tab and Enter. */
  readonly use: Use
  /** Turns a tick or a switch: a click, or Tab and Space. */
  tick(box: Locator): Promise<void>
  /** Picks one of a group of radio buttons. */
  pick(radio: Locator): Promise<void>
  /** Picks an entry of a list of choices by how it begins. */
  select(list: Locator, entry: string): Promise<void>
  /** Writes into a field in place of what is there. */
  write(field: Locator, text: string): Promise<void>
  /** Opens a tab. */
  tab(tab: Locator): Promise<void>
  /** Takes an entry of the menu that is open. */
  entry(entry: Locator): Promise<void>
}

function mouse(): Hand {
  const use: Use = (control) => control.click()
  return {
    use,
    tick: use,
    pick: use,
    tab: use,
    entry: use,
    async select(list, entry) {
      const label = (await list.locator('option').allInnerTexts()).find((one) =>
        one.startsWith(entry)
      )
      await list.selectOption({ label: label ?? entry })
    },
    async write(field, text) {
      await field.click()
      await field.fill(text)
      await field.blur()
    }
  }
}

/** Far more stops than lie between two controls of the wizard. */
const stopsMax = 60

/** Goes to a control by Tab, or back to it by Shift and Tab where it lies behind. */
async function reach(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeEnabled()
  const isBehind = await control.evaluate((element) => {
    const at = document.activeElement
    if (at === null || at === document.body) return false
    return (element.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  })
  for (let stop = 0; isBehind && stop < stopsMax; stop++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Shift+Tab')
  }
  await tabTo(page, control)
}

/** Presses an arrow until a radio button or a tab has the focus; within a group Tab does not move. */
async function arrowTo(page: Page, key: string, control: Locator): Promise<void> {
  for (let stop = 0; stop < 40; stop++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${key} never reached the control`)
}

function keyboard(page: Page): Hand {
  return {
    async use(control) {
      await reach(page, control)
      await page.keyboard.press('Enter')
    },
    async tick(box) {
      await reach(page, box)
      await page.keyboard.press('Space')
    },
    async pick(radio) {
      const group = radio.locator('xpath=ancestor::*[@role="radiogroup"][1]')
      const checked = group.getByRole('radio', { checked: true })
      const hasChecked = (await checked.count()) > 0
      await reach(
        page,
        hasChecked ? checked : group.getByRole('radio', { disabled: false }).first()
      )
      await arrowTo(page, 'ArrowDown', radio)
      if (!(await radio.isChecked())) await page.keyboard.press('Space')
    },
    async select(list, entry) {
      await reach(page, list)
      // Typing the first letters of a choice picks it, as in any list of choices.
      await page.keyboard.type(entry)
    },
    async write(field, text) {
      await reach(page, field)
      await page.keyboard.press('Control+a')
      await page.keyboard.type(text)
      await page.keyboard.press('Tab')
    },
    async tab(tab) {
      await reach(page, page.getByRole('tab', { selected: true }))
      await arrowTo(page, 'ArrowRight', tab)
    },
    async entry(entry) {
      await arrowTo(page, 'ArrowDown', entry)
      await page.keyboard.press('Enter')
    }
  }
}

/** The hands of a person who works this way. */
export function handOf(page: Page, way: Way): Hand {
  return way === 'mouse' ? mouse() : keyboard(page)
}

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
export class ChoosePage {
  readonly page: Page
  readonly hand: Hand

  constructor(page: Page, way: Way) {
    this.page = page
    this.hand = handOf(page, way)
  }

  async start(): Promise<void> {
    await this.hand.use(this.page.getByRole('button', { name: 'Start choosing' }))
    await this.expectStep('Data')
  }
  async expectStep(step: Step): Promise<void> {
    await expect(this.page.getByRole('heading', { name: questions[step], level: 1 })).toBeVisible()
  }
  /** Goes to a step by the rail. */
  async go(step: Step): Promise<void> {
    const rail = this.page.getByRole('navigation', { name: 'Steps' })
    await this.hand.use(rail.getByRole('button', { name: new RegExp(`^${step}\\b`) }))
    await this.expectStep(step)
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
