// The desktop host put together: its real entry and its real backend thread, with stand-ins for
// Electron's modules alone. A page asks for its port and calls the backend through it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { contractVersion } from '../../api/contract.ts'
import type { Port } from '../../api/port.ts'
import { createClient } from '../../api/rpc.ts'
import {
  FakeContents,
  FakeDialog,
  FakeEmitter,
  FakePort,
  FakeSession,
  FakeWindow
} from './electron-fakes.test-support.ts'
import { connectChannel, portChannel } from './ipc-port.ts'

/** The order in which Electron was asked for things. */
const steps: string[] = []
const home = mkdtempSync(join(tmpdir(), 'winnow-desktop-'))

class FakeApp extends FakeEmitter {
  readonly isPackaged = true
  quits = 0
  getPath = (name: string): string => join(home, name)
  getAppPath = (): string => home
  getVersion = (): string => '0.0.0-test'
  getPreferredSystemLanguages = (): string[] => ['en-GB']
  setPath = (name: string): void => void steps.push(`setPath ${name}`)
  requestSingleInstanceLock = (): boolean => steps.push('lock') > 0
  enableSandbox = (): void => void steps.push('sandbox')
  whenReady = (): Promise<void> => Promise.resolve(void steps.push('ready'))
  quit = (): void => void this.quits++
  exit = (code: number): void => void steps.push(`exit ${code}`)
}

class PageWindow extends FakeWindow {
  readonly page = Object.assign(this.webContents, {
    id: 7,
    mainFrame: { origin: 'app://bundle' },
    posted: [] as unknown[][],
    postMessage: (...args: unknown[]) => void this.page.posted.push(args)
  })
  focused = 0
  isMinimized = (): boolean => false
  progress: number[] = []
  setProgressBar = (fraction01: number): void => void this.progress.push(fraction01)
  focus = (): void => void this.focused++
}

class PageChannel {
  readonly port1 = new FakePort()
  readonly port2 = new FakePort()
  constructor() {
    channels.push(this)
  }
}
const channels: PageChannel[] = []

const electron = {
  app: new FakeApp(),
  BrowserWindow: PageWindow,
  dialog: Object.assign(new FakeDialog(), {
    showErrorBox: (title: string, text: string) => steps.push(`error ${title}: ${text}`)
  }),
  ipcMain: new FakeEmitter(),
  Menu: {
    buildFromTemplate: (template: unknown) => template,
    setApplicationMenu: () => steps.push('menu')
  },
  MessageChannelMain: PageChannel,
  powerSaveBlocker: { start: () => 1, stop: () => undefined },
  protocol: {
    registerSchemesAsPrivileged: (schemes: { scheme: string }[]) =>
      steps.push(`scheme ${schemes.map(({ scheme }) => scheme).join()}`),
    handle: (scheme: string) => steps.push(`serve ${scheme}`)
  },
  session: { defaultSession: new FakeSession() },
  screen: {
    getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1600, height: 900 } }]
  },
  Notification: { isSupported: () => false },
  shell: {}
}
vi.doMock('electron', () => electron)

/** Backend threads of this process, in the order they were started. */
const threads: Worker[] = []

beforeAll(async () => {
  process.on('worker', (worker) => threads.push(worker))
  mkdirSync(join(home, 'out', 'renderer'), { recursive: true })
  mkdirSync(join(home, 'resources'))
  writeFileSync(join(home, 'out', 'renderer', 'index.html'), '<!doctype html>')
  vi.stubEnv('WINNOW_HOME', join(home, 'moved'))
  // A release must not believe this.
  vi.stubEnv('ELECTRON_RENDERER_URL', 'https://example.org/')
  // Electron adds this to Node's own.
  Object.assign(process, { resourcesPath: home })
  await import('./main.ts')
  await vi.waitFor(() => expect(FakeWindow.made).toHaveLength(1), { timeout: 20_000 })
})
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true, force: true })
})

const theWindow = (): PageWindow => FakeWindow.made[0] as PageWindow

it('locks everything down before there is a window', () => {
  expect(steps).toEqual([
    'setPath userData',
    'lock',
    'sandbox',
    'scheme app',
    'ready',
    'serve app',
    'menu'
  ])
  expect(Object.keys(electron.session.defaultSession.handlers)).toHaveLength(5)
  expect(theWindow().loaded).toEqual(['app://bundle/'])
  expect(theWindow().options).toMatchObject({
    webPreferences: { sandbox: true, contextIsolation: true, devTools: false }
  })
})

it('guards every contents that is made', () => {
  const contents = new FakeContents()
  electron.app.emit('web-contents-created', {}, contents)
  expect(contents.openHandler?.({ url: 'https://example.org/' } as never)).toEqual({
    action: 'deny'
  })
  expect(contents.count('will-navigate')).toBe(1)
  expect(contents.webRtcPolicy).toBe('disable_non_proxied_udp')
})

it('joins the page to the backend, which answers its calls', async () => {
  const { page } = theWindow()
  electron.ipcMain.emit(connectChannel, { sender: page, senderFrame: page.mainFrame })
  expect(page.posted).toEqual([[portChannel, null, [channels[0]?.port2]]])
  const hostEnd = channels[0]!.port1
  const port: Port = {
    send: (data) => hostEnd.emit('message', { data, ports: [] }),
    onMessage: (callback) => void (hostEnd.postMessage = callback),
    onClose: () => undefined,
    close: () => hostEnd.emit('close')
  }
  const hello = await createClient(port).call('app.hello', { contractVersion })
  expect(hello).toMatchObject({ host: 'desktop', appVersion: '0.0.0-test' })
})

it(
  'starts a backend that died again, and joins the page that asks anew',
  {
    timeout: 300_000
  },
  async () => {
    const { page } = theWindow()
    await vi.waitFor(() => expect(threads).toHaveLength(1))
    await threads[0]?.terminate()
    // The page's own end closes, as Chromium closes it there.
    await vi.waitFor(() => expect(channels[0]?.port1.isClosed).toBe(true))
    // Connections end a moment before their thread has, which starts the next one.
    await vi.waitFor(() => expect(threads).toHaveLength(2), { timeout: 120_000 })
    electron.ipcMain.emit(connectChannel, { sender: page, senderFrame: page.mainFrame })
    expect(page.posted).toHaveLength(2)
    // The bar of work goes with the work.
    expect(theWindow().progress.at(-1)).toBe(-1)
    const hostEnd = channels[1]!.port1
    const port: Port = {
      send: (data) => hostEnd.emit('message', { data, ports: [] }),
      onMessage: (callback) => void (hostEnd.postMessage = callback),
      onClose: () => undefined,
      close: () => hostEnd.emit('close')
    }
    const hello = await createClient(port).call('app.hello', { contractVersion })
    expect(hello).toMatchObject({ host: 'desktop', restarts: 1 })
    expect(steps.filter((step) => /^(exit|error)/.test(step))).toEqual([])
  }
)

it('comes to the front at a second start', () => {
  electron.app.emit('second-instance', {}, ['winnow'], home, null)
  expect(theWindow().focused).toBe(1)
})

it('lets the backend finish before it quits', async () => {
  let prevented = 0
  const event = { preventDefault: () => void prevented++ }
  electron.app.emit('will-quit', event)
  expect([prevented, electron.app.quits]).toEqual([1, 0])
  await vi.waitFor(() => expect(electron.app.quits).toBe(1), { timeout: 10_000 })
  electron.app.emit('will-quit', event)
  expect(prevented).toBe(1)
  expect(steps.filter((step) => /^(exit|error)/.test(step))).toEqual([])
})
