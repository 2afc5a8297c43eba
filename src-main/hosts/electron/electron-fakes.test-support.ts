// Stand-ins for the few parts of Electron that this host uses. Their types are taken from
// Electron's own, so that a part that changes there fails the type check here.
import type {
  BrowserWindow,
  Dialog,
  IpcMain,
  MessageBoxOptions,
  MessagePortMain,
  OpenDialogOptions,
  Session,
  WebContents
} from 'electron'
import type { LockedSession } from './permissions.ts'

type Listener = (...args: never[]) => void

/** Keeps listeners as Electron's emitters do. */
export class FakeEmitter {
  readonly #listeners = new Map<string, { call: Listener; isOnce: boolean }[]>()

  on(event: string, call: Listener): never {
    return this.#add(event, call, false)
  }

  once(event: string, call: Listener): never {
    return this.#add(event, call, true)
  }

  #add(event: string, call: Listener, isOnce: boolean): never {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), { call, isOnce }])
    // Electron returns the emitter itself; nothing here chains.
    return this as never
  }

  /** Number of listeners of an event. */
  count(event: string): number {
    return this.#listeners.get(event)?.length ?? 0
  }

  /** Calls the listeners of an event. Throws when there are none: a rule would be missing. */
  emit(event: string, ...args: readonly unknown[]): void {
    const all = this.#listeners.get(event) ?? []
    if (all.length === 0) throw new Error(`nobody listens to ${event}`)
    this.#listeners.set(
      event,
      all.filter(({ isOnce }) => !isOnce)
    )
    for (const { call } of all) (call as (...args: unknown[]) => void)(...args)
  }
}

/** An event that can be prevented. */
export function preventable<T extends object>(parts: T): T & { isPrevented: boolean } & Event {
  const event = {
    ...parts,
    isPrevented: false,
    preventDefault: () => void (event.isPrevented = true)
  }
  return event as unknown as T & { isPrevented: boolean } & Event
}

/** A web contents with the parts that are locked. */
export class FakeContents
  extends FakeEmitter
  implements Pick<WebContents, 'setWindowOpenHandler' | 'setWebRTCIPHandlingPolicy' | 'reload'>
{
  openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | undefined
  webRtcPolicy: Parameters<WebContents['setWebRTCIPHandlingPolicy']>[0] = 'default'
  reloads = 0

  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler
  }

  setWebRTCIPHandlingPolicy(policy: Parameters<WebContents['setWebRTCIPHandlingPolicy']>[0]): void {
    this.webRtcPolicy = policy
  }

  reload(): void {
    this.reloads++
  }
}

type Handlers = {
  -readonly [
    Name in
      | 'setPermissionRequestHandler'
      | 'setPermissionCheckHandler'
      | 'setDevicePermissionHandler'
      | 'setDisplayMediaRequestHandler'
      | 'setBluetoothPairingHandler'
  ]?: NonNullable<Parameters<Session[Name]>[0]>
}
type BeforeRequest = NonNullable<Parameters<Session['webRequest']['onBeforeRequest']>[0]>

/** A session that remembers its handlers. */
export class FakeSession extends FakeEmitter {
  readonly handlers: Handlers = {}
  beforeRequest: ((details: { url: string }, answer: (a: object) => void) => void) | undefined

  setPermissionRequestHandler: Session['setPermissionRequestHandler'] = (handler) => {
    if (handler) this.handlers.setPermissionRequestHandler = handler
  }
  setPermissionCheckHandler: Session['setPermissionCheckHandler'] = (handler) => {
    if (handler) this.handlers.setPermissionCheckHandler = handler
  }
  setDevicePermissionHandler: Session['setDevicePermissionHandler'] = (handler) => {
    if (handler) this.handlers.setDevicePermissionHandler = handler
  }
  setDisplayMediaRequestHandler: Session['setDisplayMediaRequestHandler'] = (handler) => {
    if (handler) this.handlers.setDisplayMediaRequestHandler = handler
  }
  setBluetoothPairingHandler: Session['setBluetoothPairingHandler'] = (handler) => {
    if (handler) this.handlers.setBluetoothPairingHandler = handler
  }
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest) => {
      this.beforeRequest = listener as NonNullable<FakeSession['beforeRequest']>
    }
  }

  /** As the part of a real session that is locked. */
  asLocked(): LockedSession {
    return this as unknown as LockedSession
  }
}

/** One end of Electron's message channel. */
export class FakePort extends FakeEmitter implements Pick<MessagePortMain, 'start' | 'close'> {
  readonly sent: unknown[] = []
  isStarted = false
  isClosed = false

  postMessage(message: unknown): void {
    this.sent.push(message)
  }
  start(): void {
    this.isStarted = true
  }
  close(): void {
    this.isClosed = true
  }
  /** As the real port, which has more that is not used. */
  asPort(): MessagePortMain {
    return this as unknown as MessagePortMain
  }
}

/** The main side of IPC. */
export class FakeIpcMain extends FakeEmitter implements Pick<IpcMain, 'on'> {}

/** Dialogs that answer what they were told to and remember what they asked. */
export class FakeDialog implements Pick<Dialog, 'showOpenDialog' | 'showMessageBox'> {
  readonly opened: OpenDialogOptions[] = []
  readonly asked: MessageBoxOptions[] = []
  paths: string[] = []
  isCanceled = false
  response = 0

  showOpenDialog(...args: readonly unknown[]): ReturnType<Dialog['showOpenDialog']> {
    this.opened.push(args.at(-1) as OpenDialogOptions)
    return Promise.resolve({ canceled: this.isCanceled, filePaths: this.paths })
  }

  showMessageBox(...args: readonly unknown[]): ReturnType<Dialog['showMessageBox']> {
    this.asked.push(args.at(-1) as MessageBoxOptions)
    return Promise.resolve({ response: this.response, checkboxChecked: false })
  }
}

/** A window as far as it is used. */
export class FakeWindow
  extends FakeEmitter
  implements Pick<BrowserWindow, 'show' | 'close' | 'isDestroyed' | 'loadURL'>
{
  static readonly made: FakeWindow[] = []
  readonly webContents = new FakeContents()
  readonly options: object
  readonly loaded: string[] = []
  isShown = false
  wasMaximized = false
  isClosed = false

  constructor(options: object) {
    super()
    this.options = options
    FakeWindow.made.push(this)
  }
  show(): void {
    this.isShown = true
  }
  maximize(): void {
    this.wasMaximized = true
  }
  close(): void {
    this.isClosed = true
  }
  isDestroyed(): boolean {
    return this.isClosed
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    return Promise.resolve()
  }
}
