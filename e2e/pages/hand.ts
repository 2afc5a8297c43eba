// What a person's hands do with controls, by mouse only or by keyboard only.
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
