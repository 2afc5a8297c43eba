// The main job in a real window, sample to verified export: by mouse only and by keyboard only, in
// both themes. Every screen on the way is checked for accessibility. By mouse in the light theme the
// pictures of the user guide are taken, too, and the sample is looked over for some more.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { standsStill } from '../pages/everything.ts'
import { pictureSize, takePicture } from '../pages/guide-pictures.ts'
import { call, goTo, jobDone } from '../pages/inside.ts'
import { press } from '../pages/keyboard.ts'
import { exportAndVerify, openResult, openSample, walkWizard, type Use } from '../pages/main-job.ts'

interface Manifest {
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}

/** Pictures of the steps of the wizard, by their question. */
const stepPictures: Readonly<Record<string, string>> = {
  'How should items be chosen?': 'choose-method',
  'Ready to start': 'choose-review'
}

/** The data of the sample in its views, and what is wrong with it. */
async function lookRound(page: Page): Promise<void> {
  const { datasets } = await call(page, 'datasets.list', {})
  const pool = datasets.find(({ name }) => name === 'Fashion pictures')?.id ?? ''
  await jobDone(page, (await call(page, 'health.start', { dataset: pool })).job)
  await goTo(page, `/data/${pool}`)
  await expect(page.getByRole('heading', { name: 'Fashion pictures', level: 1 })).toBeVisible()
  await expect(page.getByRole('gridcell').first()).toBeVisible()
  await takePicture(page, 'gallery')
  await page.getByRole('button', { name: 'Map', exact: true }).click()
  const { job } = await call(page, 'maps.start', { dataset: pool })
  if (job !== null) await jobDone(page, job)
  await expect(page.getByRole('button', { name: 'Show as table' })).toBeVisible()
  await standsStill(page)
  await takePicture(page, 'map')
  await page.getByRole('tab', { name: /^Health/ }).click()
  await expect(page.getByRole('heading', { level: 3 }).first()).toBeVisible()
  await takePicture(page, 'health')
  const { sets } = await call(page, 'traces.sets', {})
  await goTo(page, `/traces/${sets[0]?.set ?? ''}`)
  await expect(page.getByText('40 of 40 attempts')).toBeVisible()
  await takePicture(page, 'trace-set')
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const way of ['mouse', 'keyboard'] as const) {
    test(`main job by ${way} only, ${colorScheme}`, async () => {
      const isForGuide = colorScheme === 'light' && way === 'mouse'
      if (isForGuide) test.setTimeout(480_000)
      const app = await localDriver.launch({
        colorScheme,
        ...(isForGuide ? { viewport: pictureSize } : {})
      })
      const { page } = app
      const picture = async (name: string | undefined): Promise<void> => {
        if (isForGuide && name !== undefined) await takePicture(page, name)
      }
      const use: Use = (control) => (way === 'mouse' ? control.click() : press(page, control))
      try {
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
        await expectAccessible(page, 'first screen')
        await openSample(page, use)
        await expectAccessible(page, 'home')
        await picture('home')
        await walkWizard(page, use, async (title) => {
          await expectAccessible(page, title)
          await picture(stepPictures[title])
        })
        await expectAccessible(page, 'run')
        await openResult(page, use)
        await expect(page.getByText('Choosing helped').first()).toBeVisible()
        await expectAccessible(page, 'result')
        await picture('result')
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
        if (isForGuide) await lookRound(page)
        expect(app.violations).toEqual([])
      } finally {
        await app.close()
      }
    })
  }
}
