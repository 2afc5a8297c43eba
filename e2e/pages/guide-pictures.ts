// Pictures of the user guide, taken on the way by specs that are there anyway: the window as it stands,
// light, 1280 by 800. They lie beside what else a run leaves; `npm run docs:pictures` makes the small
// files of docs/pictures from them.
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { standsStill } from './everything.ts'

/** Size of the window in every picture. */
export const pictureSize = { width: 1280, height: 800 } as const

/** Where a run leaves its pictures. */
const folder = join(import.meta.dirname, '..', '..', 'test-results', 'pictures')

/** Takes a picture of the window, without a ring around what was last used, and without messages. */
export async function takePicture(page: Page, name: string): Promise<void> {
  expect(page.viewportSize(), `picture “${name}”`).toEqual(pictureSize)
  await page.mouse.move(pictureSize.width / 2, 2)
  const messages = page.getByRole('region', { name: 'Messages' })
  const close = messages.getByRole('button', { name: 'Dismiss', exact: true })
  // One may go by itself while it is being closed.
  for (let tries = 0; tries < 6 && (await close.count()) > 0; tries++)
    await close
      .first()
      .click({ timeout: 2000 })
      .catch(() => undefined)
  await expect(close).toHaveCount(0)
  // Where one was is where Tab goes on from, with or without the focus.
  await page.evaluate(() => {
    const at = document.activeElement
    if (at instanceof HTMLElement && at.closest('[role="dialog"]') === null) at.blur()
  })
  await standsStill(page)
  // Hiding the caret or anything else would put a style into the page, which its policy forbids.
  await page.screenshot({ path: join(folder, `${name}.png`), caret: 'initial' })
}
