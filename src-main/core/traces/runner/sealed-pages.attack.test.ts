// A page that does all it can to get out: to this computer's servers, to its files, to other windows. A
// server of the test listens; nothing ever reaches it, and no file outside the folder is handed over.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SealedPage } from '../../platform/sealed-page.ts'
import { openChromium } from './chromium-session.ts'
import { createPageDriver } from './page-driver.ts'
import { openPageFolder } from './page-folder.ts'
import { testBrowser } from './pages.test-support.ts'

const secret = 'the-secret-outside'
let folder = ''
let root = ''
let server: Server
let port = 0
let connections = 0

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-pages-'))
  root = join(folder, 'html')
  await mkdir(join(root, 'core'), { recursive: true })
  await mkdir(join(root, 'miniwob'))
  await writeFile(join(root, 'core', 'core.js'), '')
  await writeFile(join(folder, 'secret.txt'), secret)
  await writeFile(join(root, 'plain.txt'), 'inside')
  await symlink(join(folder, 'secret.txt'), join(root, 'link.txt'))
  await symlink(folder, join(root, 'up'))
  connections = 0
  server = createServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterEach(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const page = (script: string): string =>
  `<!doctype html><title>x</title><body><p>here</p><script>${script}</script></body>`

/** Runs a page whose script resolves `window.outcome`, and gives what it resolved to. */
async function outcomeOf(script: string): Promise<unknown> {
  if (testBrowser === undefined) throw new Error('there is no browser here')
  await writeFile(
    join(root, 'miniwob', 'evil.html'),
    page(`window.outcome = (async () => { ${script} })().catch(String)`)
  )
  const session = await openChromium(await openPageFolder(root), testBrowser)
  try {
    await session.open('miniwob/evil.html')
    return await evaluate(session, 'window.outcome')
  } finally {
    await session.close()
  }
}

async function evaluate(session: SealedPage, expression: string): Promise<unknown> {
  const answer = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true
  })
  // The shape of Runtime.evaluate's answer in the protocol.
  return (answer as { result?: { value?: unknown } }).result?.value
}

describe.skipIf(testBrowser === undefined || process.platform === 'win32')(
  'a page that wants out (needs a Chromium, Chrome or Edge)',
  () => {
    it('reaches no server, in no way there is', async () => {
      const at = `127.0.0.1:${port}`
      const tried = await outcomeOf(`
        const settled = (make) => new Promise((resolve) => { make(resolve); setTimeout(() => resolve('nothing'), 1500) })
        const results = await Promise.all([
          fetch('http://${at}/').then(() => 'out', () => 'refused'),
          fetch('http://localhost:${port}/', { mode: 'no-cors' }).then(() => 'out', () => 'refused'),
          settled((done) => { const i = new Image(); i.onload = () => done('out'); i.onerror = () => done('refused'); i.src = 'http://${at}/x.png' }),
          settled((done) => { const s = new WebSocket('ws://${at}/'); s.onopen = () => done('out'); s.onerror = () => done('refused'); s.onclose = () => done('refused') }),
          settled((done) => { try { const e = new EventSource('http://${at}/'); e.onopen = () => done('out'); e.onerror = () => done('refused') } catch { done('refused') } }),
          settled((done) => { const f = document.createElement('iframe'); f.src = 'http://${at}/'; document.body.append(f) }),
          settled((done) => { const l = document.createElement('link'); l.rel = 'preconnect'; l.href = 'http://${at}'; document.head.append(l) }),
          settled((done) => { const f = document.createElement('form'); f.action = 'http://${at}/'; f.target = '_blank'; document.body.append(f); f.submit() }),
          settled((done) => { try { window.open('http://${at}/') } catch { done('refused') } }),
          settled((done) => { navigator.sendBeacon('http://${at}/', 'x') }),
          settled((done) => { try { new Worker(URL.createObjectURL(new Blob(['fetch("http://${at}/")']))).onerror = () => done('refused') } catch { done('refused') } }),
          settled((done) => { const c = new RTCPeerConnection({ iceServers: [{ urls: 'turn:${at}?transport=tcp', username: 'u', credential: 'c' }] }); c.createDataChannel('x'); c.createOffer().then((o) => c.setLocalDescription(o)) })
        ])
        return results.filter((each) => each === 'out').length
      `)
      expect(tried).toBe(0)
      expect(connections).toBe(0)
    }, 60_000)

    it('going elsewhere leads nowhere, and is said in plain words', async () => {
      if (testBrowser === undefined) return
      await writeFile(
        join(root, 'miniwob', 'gone.html'),
        page(
          'var core = { endEpisode() {}, getDOMInfo() {}, getUtterance() {}, startEpisodeReal() { location = "http://127.0.0.1:' +
            port +
            '/" } }'
        )
      )
      const session = await openChromium(await openPageFolder(root), testBrowser)
      const driver = createPageDriver(session, { settleMs: 200 })
      try {
        await driver.open('miniwob/gone.html')
        await expect(driver.reset(1).then(() => driver.observe())).rejects.toThrow(/page/i)
        await writeFile(join(root, 'miniwob', 'other.html'), page(''))
        await expect(driver.open('miniwob/other.html')).rejects.toThrow(
          'is not a page that can be played'
        )
      } finally {
        await driver.close()
      }
      expect(connections).toBe(0)
    }, 60_000)

    it('reads no file outside its folder, by no name for it', async () => {
      const names = [
        '../secret.txt',
        '/../secret.txt',
        '/%2e%2e/secret.txt',
        '/..%2fsecret.txt',
        '/%2e%2e%2fsecret.txt',
        '/..%5csecret.txt',
        '/core/../../secret.txt',
        '/link.txt',
        '/up/secret.txt',
        '/%00/../secret.txt',
        '//etc/passwd',
        `/${encodeURIComponent(join(folder, 'secret.txt'))}`,
        `file://${join(folder, 'secret.txt')}`
      ]
      const read = await outcomeOf(`
        const texts = await Promise.all(${JSON.stringify(names)}.map((name) => fetch(name).then((r) => r.text(), String)))
        return [await fetch('/plain.txt').then((r) => r.text()), texts.join(' ')]
      `)
      expect(read).toEqual(['inside', expect.not.stringContaining(secret)])
      expect(read).toEqual(['inside', expect.not.stringContaining('root:')])
    }, 60_000)
  }
)

describe('a folder of pages', () => {
  it('hands out nothing but what lies in it', async () => {
    await writeFile(join(root, 'miniwob', 'a.html'), page(''))
    await writeFile(join(root, 'miniwob', 'run.sh'), '')
    const found = await openPageFolder(root)
    expect(found.tasks).toEqual(['a'])
    expect(Buffer.from((await found.read('/plain.txt'))?.bytes ?? []).toString()).toBe('inside')
    for (const name of [
      '/link.txt',
      '/../secret.txt',
      '/up/secret.txt',
      '/%',
      '/miniwob',
      '/none.txt',
      '/miniwob/run.sh'
    ])
      expect(await found.read(name), name).toBeUndefined()
    expect(() => found.pageOf('../core/core')).toThrow('There is no page')
  })

  it('is found in a check-out, too, and said to be missing elsewhere', async () => {
    await writeFile(join(root, 'miniwob', 'a.html'), page(''))
    expect((await openPageFolder(folder)).root).toBe(root)
    await expect(openPageFolder(join(root, 'core'))).rejects.toThrow('no pages that can be played')
  })
})
