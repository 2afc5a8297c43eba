// End-to-end tests: the same specs against both hosts. `local` drives the built local host in a
// real Chromium; `electron` runs where the Electron binary is found and says so where it is not.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

const here = import.meta.dirname
const report = process.env['WINNOW_E2E_REPORT']
const hasElectron = existsSync(join(here, '..', 'node_modules', 'electron', 'path.txt'))
if (!hasElectron) {
  console.log('Electron specs are skipped: the Electron binary is not installed here.')
}

export default defineConfig({
  testDir: join(here, 'specs'),
  outputDir: join(here, '..', 'test-results'),
  timeout: 240_000,
  expect: { timeout: 20_000 },
  workers: 1,
  // Machines that share their cores stall now and then.
  retries: 1,
  fullyParallel: false,
  forbidOnly: process.env['CI'] === 'true',
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: { trace: 'retain-on-failure', viewport: { width: 1280, height: 720 } },
  projects: [
    { name: 'local', testIgnore: /desktop\.spec/ },
    // Listed where the binary is missing as well, so that its specs are counted as skipped.
    { name: 'electron', testMatch: /desktop\.spec/ }
  ]
})
