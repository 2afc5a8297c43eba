// The packaging smoke test: everything an installer needs up to the Electron binary itself, which
// a stand-in takes the place of. Prints one line for each check; ends with 1 when any failed.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingOutput, preloadProblems, unresolvedImports } from './built-output.ts'
import config from './electron-builder.ts'
import { stageApp, type StagedApp } from './stage-app.ts'
import {
  archiveProblems,
  commandProblems,
  fuseProblems,
  onnxProblems,
  pageProblems,
  unpackedProblems,
  unpackStaged
} from './staged-app.ts'

const root = join(import.meta.dirname, '..')
const work = mkdtempSync(join(tmpdir(), 'winnow-pack-'))
let failed = 0

type Problems = readonly string[] | Promise<readonly string[]>

/** Runs one check, says how it went, and returns whether it went well. */
async function check(name: string, find: () => Problems): Promise<boolean> {
  let problems: readonly string[]
  try {
    problems = await find()
  } catch (error) {
    problems = [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  }
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name}`)
  for (const problem of problems.slice(0, 20)) console.log(`     ${problem}`)
  if (problems.length > 20) console.log(`     and ${problems.length - 20} more`)
  if (problems.length > 0) failed++
  return problems.length === 0
}

async function configProblems(): Promise<readonly string[]> {
  // electron-builder offers its own check to nobody but itself.
  const own = createRequire(import.meta.url)('app-builder-lib/out/util/config/config.js') as {
    validateConfiguration(config: unknown, log: { isEnabled: boolean }): Promise<void>
  }
  await own.validateConfiguration(config, { isEnabled: false })
  return []
}

async function checkStaged(app: StagedApp): Promise<void> {
  const tree = join(work, 'tree')
  const home = join(work, 'home')
  await check('the archive holds the app and nothing else', () => archiveProblems(app))
  await check('natives, WebAssembly and samples are real files', () => unpackedProblems(app))
  await check('the fuses are set', () => fuseProblems(app))
  // The app was packed for Linux, so its natives run there alone.
  if (process.platform !== 'linux') {
    console.log('skip running what was packed: it was packed for Linux')
    return
  }
  await check('ONNX Runtime is packed for this system and loads', () => onnxProblems(app))
  await check('what was packed starts and serves its page', () => {
    unpackStaged(app, tree)
    return pageProblems(tree, home)
  })
  const picture = join(root, 'build', 'icon.png')
  await check('its database, pictures and devices work', () => commandProblems(tree, home, picture))
}

try {
  await check('electron-builder accepts the configuration', configProblems)
  if (await check('the built output is complete', () => missingOutput(root))) {
    await check('every import is carried along', () => unresolvedImports(root))
    await check('the preload script stands alone', () => preloadProblems(root))
    let app: StagedApp | undefined
    await check('electron-builder packs the app', async () => {
      app = await stageApp(root, work)
      return []
    })
    if (app) await checkStaged(app)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
console.log(
  failed === 0
    ? 'Packaging is ready, up to the Electron binary itself.'
    : `${failed} packaging checks failed.`
)
process.exit(failed === 0 ? 0 : 1)
