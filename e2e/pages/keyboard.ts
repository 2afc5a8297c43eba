// Moving with the keyboard alone, as a person without a mouse does.
import { expect, type Locator, type Page } from '@playwright/test'

/** Far more stops than any screen has: a control that Tab does not reach fails here. */
const stopsMax = 120

/** Presses Tab until the control has the focus. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeEnabled()
  for (let stop = 0; stop < stopsMax; stop++) {
    if (await control.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab never reached the control')
}

/** Tabs to a control and presses Enter on it. */
export async function press(page: Page, control: Locator): Promise<void> {
  await tabTo(page, control)
  await page.keyboard.press('Enter')
}
