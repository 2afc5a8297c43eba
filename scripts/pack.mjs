// `npm run pack`: makes the portable bundle for this system in dist/, and the desktop app where the
// Electron binary is there or can be downloaded. `npm run pack -- --installers` makes its installers
// (NSIS, dmg, AppImage and deb) as well; `-- --bundle` makes the bundle alone.
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
const wantsBundleAlone = args.includes('--bundle')
const unknown = args.filter((arg) => !['--installers', '--bundle'].includes(arg))
if (unknown.length > 0 || (wantsInstallers && wantsBundleAlone)) {
  console.error(
    `Not understood: ${args.join(' ')}. Usage: npm run pack [-- --installers | --bundle]`
  )
  process.exit(3)
}

ensureInstalled()
ensureBuilt()

say('Making the portable bundle')
if (run(pinnedNode, [join(root, 'build', 'bundle', 'make-bundle.ts')], pinned()) !== 0) {
  console.error('The bundle was not made; the reason is above.')
  process.exit(1)
}
if (wantsBundleAlone) done(0)

if (electronBinary() === undefined) {
  say('Getting the Electron binary')
  run(pinnedNode, [join(root, 'node_modules', 'electron', 'install.js')], {
    ...pinned(),
    timeout: downloadPatienceMs,
    // What is to be done about a failure is said below, without a stack trace.
    stdio: ['ignore', 'inherit', 'ignore']
  })
}
if (electronBinary() === undefined) {
  const what = wantsInstallers ? 'The desktop app and its installers were' : 'The desktop app was'
  console.log(
    `${what} not made: the Electron binary is not installed and could not be downloaded.\n` +
      'The portable bundle does without it. For the desktop app, run this on a machine that reaches\n' +
      'github.com, or set ELECTRON_MIRROR to a copy of its releases.'
  )
  // Whoever asks for installers by name, as a release does, must not take their absence for success.
  done(wantsInstallers ? 2 : 0)
}

say(wantsInstallers ? 'Making the installers' : 'Packing the desktop app')
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
  pinned()
)
if (status !== 0) {
  console.error(
    wantsInstallers
      ? 'The installers were not made. Their tools are downloaded as well: without a network, use npm run pack.'
      : 'The desktop app was not packed; the reason is above.'
  )
  process.exit(1)
}
done(0)

function pinned() {
  return { env: pinnedEnvironment() }
}

function done(exitStatus) {
  console.log('\nDone: see dist/')
  process.exit(exitStatus)
}
