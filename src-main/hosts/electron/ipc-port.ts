// The one IPC door (security rules E9 and E10): a window's own page asks once and is handed one
// end of a channel to the backend. Everything else is refused without an answer.
import type {
  IpcMain,
  IpcMainEvent,
  MessageChannelMain,
  MessagePortMain,
  WebContents,
  WebFrameMain
} from 'electron'
import type { MessagePort } from 'node:worker_threads'
import { isWithinBytes } from './message-size.ts'

/** Channel by which a page asks for its port. */
export const connectChannel = 'winnow:connect'
/** Channel on which the preload script receives it. */
export const portChannel = 'winnow:port'
/** Largest message a page may send, as in the local host. */
export const messageBytesMax = 64 * 1024 * 1024

/** Who may ask: exactly these windows, from exactly this origin. */
export interface SenderRules {
  /** "app://bundle", or the development server's exact origin. */
  readonly origin: string
  isOurWindow(contentsId: number): boolean
}

/** The parts of an event that decide. */
export interface Asking {
  readonly senderFrame: Pick<WebFrameMain, 'origin'> | null
  readonly sender: Pick<WebContents, 'id'> & { readonly mainFrame: Pick<WebFrameMain, 'origin'> }
}

/** Whether a message comes from the main frame of one of our windows showing our page. */
export function isOurPage(event: Asking, rules: SenderRules): boolean {
  try {
    const { senderFrame, sender } = event
    return (
      senderFrame !== null &&
      senderFrame !== undefined &&
      senderFrame === sender.mainFrame &&
      senderFrame.origin === rules.origin &&
      rules.isOurWindow(sender.id)
    )
  } catch {
    // Electron throws on frames that went away meanwhile, and nobody is left to be answered.
    return false
  }
}

/** What the door needs from the host. */
export interface IpcPortOptions {
  readonly rules: SenderRules
  readonly Channel: new () => Pick<MessageChannelMain, 'port1' | 'port2'>
  /** One new connection to the backend. */
  connect(): MessagePort
}

/** Opens the door. One port for each page shown; a reloaded page is a new one. */
export function listenForPages(ipcMain: Pick<IpcMain, 'on'>, options: IpcPortOptions): void {
  const joined = new Map<number, () => void>()
  const watched = new Set<number>()
  const drop = (id: number): void => {
    joined.get(id)?.()
    joined.delete(id)
  }
  ipcMain.on(connectChannel, (event: IpcMainEvent) => {
    if (!isOurPage(event, options.rules)) return
    const { sender } = event
    if (joined.has(sender.id)) return
    if (!watched.has(sender.id)) {
      watched.add(sender.id)
      // The old page's end dies with it, so its handle to the backend must as well.
      sender.on('did-navigate', () => drop(sender.id))
      sender.on('render-process-gone', () => drop(sender.id))
      sender.once('destroyed', () => drop(sender.id))
    }
    const { port1, port2 } = new options.Channel()
    const leave = joinPorts(port1, options.connect(), () => {
      // The backend ended: the page may ask for one that was started in its place.
      if (joined.get(sender.id) === leave) joined.delete(sender.id)
    })
    joined.set(sender.id, leave)
    sender.postMessage(portChannel, null, [port2])
  })
}

/**
 * Passes messages between a page and the backend; returns a function that ends it. `onEnd` is called
 * once, whichever side ended it.
 */
export function joinPorts(
  page: MessagePortMain,
  backend: MessagePort,
  onEnd: () => void = () => undefined
): () => void {
  let isOpen = true
  const close = (): void => {
    if (!isOpen) return
    isOpen = false
    onEnd()
    page.close()
    backend.close()
  }
  page.on('message', (event) => {
    // A page has no reason to send ports, nor more than one frame's worth of bytes.
    if (event.ports.length > 0 || !isWithinBytes(event.data, messageBytesMax)) {
      close()
      return
    }
    try {
      backend.postMessage(event.data)
    } catch {
      // Not a message of ours: those are plain values, which can always be passed on.
      close()
    }
  })
  page.on('close', close)
  backend.on('message', (message: unknown) => {
    if (isOpen) page.postMessage(message)
  })
  backend.on('close', close)
  page.start()
  return close
}
