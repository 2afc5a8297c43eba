// Dropping files and folders on the window as the system does: real paths, so that folders are
// walked and files are read by the browser itself.
import type { Page } from '@playwright/test'

/** Drags paths over the middle of the window and lets them go there. */
export async function dropPaths(page: Page, paths: readonly string[]): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 720 }
  const at = { x: size.width / 2, y: size.height / 2 }
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  await session.detach()
}
