// The commands a newcomer types: `npm start`, `npm run demo`, `npm test`, `npm run winnow -- ...`.
// Each installs and builds what is missing, then does its job on the pinned Node 24.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import {
  electronBinary,
  ensureBuilt,
  ensureChromium,
  ensureInstalled,
  hasElectron,
  pinnedEnvironment,
  pinnedNode,
  root,
  run,
  say,
  tryFetchElectron
} from './environment.mjs'

const [mode, ...args] = process.argv.slice(2)

/** Runs the app in the foreground and hands signals and the exit status through. */
function become(command, commandArgs, env) {
  const child = spawn(command, commandArgs, { cwd: process.cwd(), stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (status, signal) => process.exit(status ?? (signal ? 1 : 0)))
}

function start() {
  ensureInstalled()
  ensureBuilt()
  const wantsLocal = args.includes('--headless') || args.includes('--local')
  if (!wantsLocal && !hasElectron()) tryFetchElectron(20_000)
  const binary = wantsLocal ? undefined : electronBinary()
  if (binary) {
    console.log('Starting the desktop window: the Electron binary is installed.')
    become(binary, [root, ...args], pinnedEnvironment())
  } else {
    console.log(
      wantsLocal
        ? 'Starting the local host, as asked.'
        : 'Starting the local host in a browser window: the Electron binary is not installed.'
    )
    become(pinnedNode, [join(root, 'out', 'main', 'node.js'), ...args], pinnedEnvironment())
  }
}

switch (mode) {
  case 'start':
    start()
    break
  case 'demo':
    ensureInstalled()
    ensureBuilt()
    become(pinnedNode, [join(root, 'out', 'main', 'cli.js'), 'demo', ...args], pinnedEnvironment())
    break
  case 'winnow':
    ensureInstalled()
    ensureBuilt()
    become(pinnedNode, [join(root, 'out', 'main', 'cli.js'), ...args], pinnedEnvironment())
    break
  case 'test': {
    ensureInstalled()
    const chromium = ensureChromium()
    if (!chromium) say('No Chromium could be had: the end-to-end tests will fail and say so')
    process.exit(
      run(pinnedNode, [join(root, 'scripts', 'verify.mjs'), ...args], {
        env: pinnedEnvironment(chromium ? { WINNOW_CHROMIUM: chromium } : {})
      })
    )
    break
  }
  default:
    console.error('Usage: node scripts/bootstrap.mjs start | demo | test | winnow [arguments]')
    process.exit(3)
}
