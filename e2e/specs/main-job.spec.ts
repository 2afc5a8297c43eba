// The main job in a real window, sample to verified export: by mouse only and by keyboard only, in
// both themes. Every screen on the way is checked for accessibility.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { press } from '../pages/keyboard.ts'
import { exportAndVerify, openResult, openSample, walkWizard, type Use } from '../pages/main-job.ts'

interface Manifest {
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const way of ['mouse', 'keyboard'] as const) {
    test(`main job by ${way} only, ${colorScheme}`, async () => {
      const app = await localDriver.launch({ colorScheme })
      const { page } = app
      const use: Use = (control) => (way === 'mouse' ? control.click() : press(page, control))
      try {
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
        await expectAccessible(page, 'first screen')
        await openSample(page, use)
        await expectAccessible(page, 'home')
        await walkWizard(page, use, (title) => expectAccessible(page, title))
        await expectAccessible(page, 'run')
        await openResult(page, use)
        await expect(page.getByText('Choosing helped').first()).toBeVisible()
        await expectAccessible(page, 'result')
        const folder = await exportAndVerify(page, use)
        await expectAccessible(page, 'export')
        const manifest = JSON.parse(
          await readFile(join(folder, 'manifest.json'), 'utf8')
        ) as Manifest
        expect(manifest.files.length).toBeGreaterThan(600)
        expect(await readdir(folder)).toEqual(
          expect.arrayContaining([
            'README.txt',
            'items.csv',
            'items.jsonl',
            'report.html',
            'data-card.md'
          ])
        )
        expect(app.violations).toEqual([])
      } finally {
        await app.close()
      }
    })
  }
}
