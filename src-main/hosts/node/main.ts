// The local host: starts the backend thread and the loopback server, and opens a window. Ends
// when no page has been connected for a minute and no job runs (security rule L11).
import { mkdirSync, realpathSync } from 'node:fs'
import { availableParallelism, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startBackend, type Backend } from '../worker/backend-thread.ts'
import { readStaticFiles } from '../worker/static-files.ts'
import { openBrowser } from './chromium.ts'
import { joinSocket } from './join-socket.ts'
import { startLocalServer } from './local-server.ts'
import { appFolder, appVersion, nodePaths } from './node-platform.ts'
import { codeLifeMs, createSecrets } from './token.ts'

/** With no page connected for this long, and no job, the host ends. */
const idleMs = 60_000

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      headless: { type: 'boolean' },
      local: { type: 'boolean' },
      root: { type: 'string', multiple: true },
      host: { type: 'string' }
    },
    allowPositionals: true
  })
  if (values.host !== undefined) {
    console.error('Winnow listens on this computer only; --host is refused.')
    process.exit(3)
  }
  const folder = appFolder()
  const paths = nodePaths(folder)
  for (const place of [paths.data, paths.projects]) mkdirSync(place, { recursive: true })
  const roots = (values.root ?? [homedir(), paths.projects]).map((root) =>
    realpathSync(resolve(root))
  )
  const backend = await startBackend({
    host: 'local',
    appVersion: appVersion(folder),
    paths,
    picker: 'in-page',
    roots: [...new Set(roots)],
    cores: availableParallelism(),
    canReveal: false,
    checkOutputs: process.env['WINNOW_CHECK_OUTPUTS'] === '1'
  })
  let isEnding = false
  const end = (status: number): void => {
    if (isEnding) return
    isEnding = true
    window?.close()
    void Promise.all([server.close(), backend.stop()]).finally(() => process.exit(status))
  }
  const secrets = createSecrets()
  const server = await startLocalServer({
    files: readStaticFiles(join(folder, 'out', 'renderer')),
    secrets,
    devOrigin: process.env['ELECTRON_RENDERER_URL']?.replace(/\/$/, ''),
    onSocket: (socket) => joinSocket(socket, backend),
    onAttack() {
      console.error('Too many wrong secrets: Winnow ends.')
      end(5)
    }
  })
  backend.onDeath((reason) => {
    console.error(`The backend stopped: ${reason}`)
    end(5)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end(0))

  const address = (lifeMs: number): string =>
    `http://127.0.0.1:${server.port}/#c=${secrets.issueCode(lifeMs)}`
  const window = values.headless === true ? undefined : openBrowser(address(codeLifeMs))
  // A printed address waits for a person, so its code lives as long as the run; it works once.
  if (!window) console.log(`Winnow is at ${address(Number.POSITIVE_INFINITY)}`)
  else console.log('Winnow is open in its own window.')
  watchIdle(server, backend, values.headless === true, end)
}

function watchIdle(
  server: { readonly openSockets: number },
  backend: Backend,
  isHeadless: boolean,
  end: (status: number) => void
): void {
  let lastSeen = Date.now()
  let isHeld = false
  // Somebody may need a while to open the printed address.
  let wasSeen = !isHeadless
  const timer = setInterval(() => {
    if (server.openSockets > 0) {
      lastSeen = Date.now()
      wasSeen = true
      isHeld = false
      return
    }
    if (!wasSeen || Date.now() - lastSeen < idleMs) return
    void backend.isBusy().then((isBusy) => {
      if (!isBusy) end(0)
      else if (!isHeld) {
        isHeld = true
        console.log('No window is open; Winnow goes on until its jobs are done.')
      }
    })
  }, 1000)
  timer.unref()
}

await main()
