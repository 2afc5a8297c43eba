// `npm run pack`: makes the app for this system in dist/. `npm run pack -- --installers` makes its
// installers (NSIS, dmg, AppImage and deb). Both need the Electron binary, which is downloaded.
import { join } from 'node:path'
import {
  electronBinary,
  ensureBuilt,
  ensureInstalled,
  pinnedEnvironment,
  pinnedNode,
  root,
  run,
  say
} from './environment.mjs'

/** Longest wait for the download of the Electron binary. */
const downloadPatienceMs = 300_000

const args = process.argv.slice(2)
const wantsInstallers = args.includes('--installers')
const unknown = args.filter((arg) => arg !== '--installers')
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(' ')}. Usage: npm run pack [-- --installers]`)
  process.exit(3)
}

ensureInstalled()
ensureBuilt()
if (electronBinary() === undefined) {
  say('Getting the Electron binary')
  run(pinnedNode, [join(root, 'node_modules', 'electron', 'install.js')], {
    env: pinnedEnvironment(),
    timeout: downloadPatienceMs,
    // What is to be done about a failure is said below, without a stack trace.
    stdio: ['ignore', 'inherit', 'ignore']
  })
}
if (electronBinary() === undefined) {
  console.error(
    'The app cannot be packed here: the Electron binary is not installed and could not be downloaded.\n' +
      'Run this on a machine that reaches github.com, or set ELECTRON_MIRROR to a copy of its releases.\n' +
      'Everything up to the binary can be checked here: npm run pack:smoke'
  )
  process.exit(2)
}

say(wantsInstallers ? 'Making the installers' : 'Packing the app')
const status = run(
  pinnedNode,
  [
    join(root, 'node_modules', 'electron-builder', 'cli.js'),
    '--config',
    'build/electron-builder.ts',
    '--publish',
    'never',
    '-c.electronDist=node_modules/electron/dist',
    ...(wantsInstallers ? [] : ['--dir'])
  ],
  { env: pinnedEnvironment() }
)
if (status !== 0) {
  console.error(
    wantsInstallers
      ? 'The installers were not made. Their tools are downloaded as well: without a network, use npm run pack.'
      : 'The app was not packed; the reason is above.'
  )
  process.exit(1)
}
console.log('\nDone: see dist/')
