// The packaging smoke test: the portable bundle, made, unpacked and used where nothing else is; and
// everything an installer needs up to the Electron binary itself, which a stand-in takes the place
// of. Prints one line for each check; ends with 1 when any failed. `npm run pack:smoke -- bundle` and
// `-- desktop` check one of the two.
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingOutput, preloadProblems, unresolvedImports } from './built-output.ts'
import { barePlace, type BarePlace } from './bundle/bare-place.ts'
import {
  contentProblems,
  demoProblems,
  repeatProblems,
  servedProblems,
  shortProblems,
  unpackedProblems as unpackedBundleProblems,
  windowProblems
} from './bundle/bundle-checks.ts'
import { versionOf } from './bundle/bundle-files.ts'
import { makeBundle, type MadeBundle } from './bundle/make-bundle.ts'
import { sizeProblems, sizeTable } from './bundle/sizes.ts'
import config from './electron-builder.ts'
import { thisTarget } from './shipped-files.ts'
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
const only = process.argv[2]
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

async function checkBundle(): Promise<void> {
  let made: MadeBundle | undefined
  await check('the portable bundle is made', async () => {
    made = await makeBundle(root, join(work, 'bundle'))
    return []
  })
  if (made === undefined) return
  const bundle = made
  await check('it holds this system alone, with every licence', () => contentProblems(root, bundle))
  await check('it is the same when it is made again', () => repeatProblems(root, bundle))
  await check('it keeps its sizes', () => sizeProblems(bundle.entries, bundle.bytes, thisTarget()))
  console.log(sizeTable(bundle.entries, bundle.bytes).replaceAll(/^/gm, '   '))
  let place: BarePlace | undefined
  try {
    await check('it unpacks whole', () => {
      place = barePlace(work, bundle.path, bundle.name)
      return unpackedBundleProblems(place, bundle)
    })
    if (place === undefined) return
    const at = place
    console.log(`     It is used from a read-only folder in ${at.description}.`)
    await check('its commands answer', () => shortProblems(at, versionOf(root)))
    await check('it runs the demo, and writes nothing beside itself', () => demoProblems(at))
    await check('it serves the app to a Chromium', () => servedProblems(at))
    await check('it opens the app in a browser', () => windowProblems(at, thisTarget()))
  } finally {
    place?.remove()
  }
}

try {
  await check('electron-builder accepts the configuration', configProblems)
  if (await check('the built output is complete', () => missingOutput(root))) {
    await check('every import is carried along', () => unresolvedImports(root))
    await check('the preload script stands alone', () => preloadProblems(root))
    if (only !== 'desktop') await checkBundle()
    let app: StagedApp | undefined
    if (only !== 'bundle')
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
