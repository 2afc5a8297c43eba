// The Computer page as a person meets it: devices with their measured speed and date, the choice of
// one, and the message when the one that was chosen is not there.
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'

async function homeWith(settings: object): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'winnow-e2e-'))
  await mkdir(join(home, 'data'))
  await writeFile(join(home, 'data', 'settings.json'), JSON.stringify(settings))
  return home
}

async function openComputer(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Running on/ }).click()
  return page.getByRole('row').filter({ hasText: 'processor (WebAssembly SIMD)' })
}

test('devices are measured once, with a date, and one can be chosen', async () => {
  const app = await localDriver.launch()
  const { page } = app
  try {
    const wasm = await openComputer(page)
    // What was never measured is measured when somebody looks.
    await expect(wasm.getByText(/just now|minute/)).toBeVisible({ timeout: 60_000 })
    await expect(wasm).toContainText('cannot train convolutional networks')
    await expect(page.getByRole('row').filter({ hasText: 'CUDA' })).toContainText('Not available')
    await expect(page.getByText('Nothing at this moment')).toBeVisible()
    await expectAccessible(page, 'Computer')
    const stored = await readFile(join(app.home, 'data', 'devices.json'), 'utf8')
    expect(stored).toContain('"device": "wasm"')

    await page.getByLabel('Calculate on').selectOption('processor (WebAssembly SIMD)')
    await expect(wasm).toContainText('In use, your choice')
    await expect(page.getByRole('button', { name: /^Running on/ })).toContainText(
      'processor (WebAssembly SIMD)'
    )
    // Another look does not measure again.
    expect(await readFile(join(app.home, 'data', 'devices.json'), 'utf8')).toBe(stored)
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})

test('a chosen device that is not there is never replaced silently', async () => {
  const app = await localDriver.launch({
    home: await homeWith({ device: 'quantum', theme: 'dark' })
  })
  const { page } = app
  try {
    await openComputer(page)
    const message = page.getByText('“quantum”').or(page.getByText('"quantum"'))
    await expect(message).toContainText('is not a device this version of the app knows')
    await expect(message).toContainText('Computing on: processor')
    await expectAccessible(page, 'Computer, dark, with a message')
    expect(app.violations).toEqual([])
  } finally {
    await app.close()
  }
})
