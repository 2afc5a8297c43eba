// Everything CI runs, in order, as one command for people and for CI: build, types, lint, unit
// and integration tests, end-to-end tests, packaging smoke. Ends with one line of totals.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pinnedEnvironment, pinnedNode, root, say } from './environment.mjs'

const bin = (name) => join(root, 'node_modules', '.bin', name)
const reports = mkdtempSync(join(tmpdir(), 'winnow-verify-'))
const only = process.argv.slice(2)

/** Steps that count as one test each unless they report their own counts. */
const steps = [
  { name: 'build', run: [[bin('electron-vite'), 'build', '--logLevel', 'warn']] },
  {
    name: 'types',
    run: [
      [bin('tsc'), '-p', 'tsconfig.api.json'],
      [bin('tsc'), '-p', 'tsconfig.main.json'],
      [bin('vue-tsc'), '-p', 'tsconfig.web.json'],
      [bin('tsc'), '-p', 'tsconfig.e2e.json']
    ]
  },
  {
    name: 'lint',
    run: [
      [bin('eslint'), '.', '--max-warnings', '0'],
      [bin('depcruise'), 'src-main', 'src-renderer', '--config', '.dependency-cruiser.cjs'],
      [bin('prettier'), '--check', '--log-level', 'warn', '.']
    ]
  },
  {
    name: 'unit',
    run: [
      [
        bin('vitest'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${join(reports, 'unit.json')}`
      ]
    ],
    count: () => {
      const report = JSON.parse(readFileSync(join(reports, 'unit.json'), 'utf8'))
      return {
        passed: report.numPassedTests,
        failed:
          report.numFailedTests + report.numFailedTestSuites * (report.numFailedTests ? 0 : 1),
        skipped: report.numPendingTests + report.numTodoTests
      }
    }
  },
  {
    name: 'e2e',
    run: [[bin('playwright'), 'test', '-c', 'e2e/playwright.config.ts']],
    env: { WINNOW_E2E_REPORT: join(reports, 'e2e.json') },
    count: () => {
      const { stats } = JSON.parse(readFileSync(join(reports, 'e2e.json'), 'utf8'))
      return {
        passed: stats.expected + stats.flaky,
        failed: stats.unexpected,
        skipped: stats.skipped
      }
    }
  },
  { name: 'pack', run: [[pinnedNode, 'build/pack-smoke.ts']] }
]

const totals = { passed: 0, failed: 0, skipped: 0 }
for (const step of steps) {
  if (only.length > 0 && !only.includes(step.name)) continue
  say(step.name)
  const began = Date.now()
  let failed = 0
  for (const [command, ...args] of step.run) {
    const result = spawnSync(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: pinnedEnvironment({ WINNOW_BUILT: '1', ...step.env })
    })
    if (result.status !== 0) failed++
  }
  const counted = countOf(step, failed)
  totals.passed += counted.passed
  totals.failed += counted.failed
  totals.skipped += counted.skipped
  const seconds = Math.round((Date.now() - began) / 1000)
  console.log(
    `${step.name}: ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped (${seconds} s)`
  )
}
rmSync(reports, { recursive: true, force: true })
console.log('')
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0)

/** Counts of a step; a command that failed is a failure even when no test did. */
function countOf(step, failed) {
  if (!step.count) return { passed: step.run.length - failed, failed, skipped: 0 }
  const name = `${step.name}.json`
  if (!existsSync(join(reports, name))) return { passed: 0, failed: 1, skipped: 0 }
  const counted = step.count()
  if (failed > 0 && counted.failed === 0) counted.failed = 1
  return counted
}
