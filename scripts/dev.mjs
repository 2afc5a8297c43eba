// `npm run dev`: the local host from sources, with the page from Vite's development server, which
// puts changes of the page into the open window at once. Changes below src-main need a restart.
// Arguments go to the host: npm run dev -- --root DIR, or -- P.winnow
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ensureInstalled, pinnedEnvironment, pinnedNode, root } from './environment.mjs'

/** Set once this script runs on the pinned Node, which reads the TypeScript configuration. */
const isPinned = process.env.WINNOW_DEV === '1'

if (isPinned) await develop()
else {
  ensureInstalled()
  const env = pinnedEnvironment({ WINNOW_DEV: '1' })
  const args = [join(root, 'scripts', 'dev.mjs'), ...process.argv.slice(2)]
  const child = spawn(pinnedNode, args, { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (status) => process.exit(status ?? 1))
}

/** A port of this computer that is free now; Vite must know it before it starts. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/** Starts the host and resolves with its port and the one-time code of its address. */
function startHost(pageUrl) {
  const entry = join(root, 'src-main', 'hosts', 'node', 'main.ts')
  const host = spawn(pinnedNode, [entry, '--headless', ...process.argv.slice(2)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ELECTRON_RENDERER_URL: pageUrl, WINNOW_CHECK_OUTPUTS: '1' }
  })
  const address = new Promise((resolve, reject) => {
    host.on('exit', (status) => reject(new Error(`the host ended with ${status}`)))
    createInterface({ input: host.stdout }).on('line', (line) => {
      const found = /^Winnow is at http:\/\/127\.0\.0\.1:(\d+)\/(#c=[\w-]+)$/.exec(line)
      if (found) resolve({ port: Number(found[1]), code: found[2] })
      else console.log(line)
    })
  })
  return { host, address }
}

async function develop() {
  const port = await freePort()
  const pageUrl = `http://127.0.0.1:${port}`
  const { host, address } = startHost(pageUrl)
  const { port: hostPort, code } = await address.catch((error) => {
    console.error(`Could not start: ${error.message}`)
    process.exit(host.exitCode || 1)
  })

  const { createServer: createVite } = await import('vite')
  const { default: config } = await import('../electron.vite.config.ts')
  const { renderer } = config
  const vite = await createVite({
    ...renderer,
    configFile: false,
    root: join(root, renderer.root),
    cacheDir: join(root, 'node_modules', '.vite'),
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      // The page asks its own address for the websocket. The host sees its own Host, and the exact
      // Origin that it was told to accept.
      proxy: { '/socket': { target: `http://127.0.0.1:${hostPort}`, ws: true, changeOrigin: true } }
    }
  })
  await vite.listen()
  console.log(`Winnow is at ${pageUrl}/${code}`)
  console.log('Changes of the page show at once. Ctrl+C ends.')

  let isEnding = false
  const end = async (status) => {
    if (isEnding) return
    isEnding = true
    host.kill('SIGTERM')
    await vite.close()
    process.exit(status)
  }
  host.on('exit', (status) => void end(status ?? 0))
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void end(0))
}
