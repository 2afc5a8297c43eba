// The local host as one value: backend thread, loopback server, browser window, and the rules for
// its end. main.ts reads the command line and prints; this holds no process-wide state.
import type { BackendData } from '../worker/backend-messages.ts'
import { startSupervisedBackend } from '../worker/supervised-backend.ts'
import type { StaticFile } from '../worker/static-files.ts'
import type { BrowserWindow } from './chromium.ts'
import { createIdleWatch, idleMs } from './idle-watch.ts'
import { joinSocket } from './join-socket.ts'
import { startLocalServer } from './local-server.ts'
import { codeLifeMs, createSecrets } from './token.ts'

export interface LocalHostOptions {
  readonly backend: BackendData
  readonly files: ReadonlyMap<string, StaticFile>
  readonly devOrigin: string | undefined
  /** Project folder to open at once, named on the command line. */
  readonly project: string | undefined
  /** Opens a window at the address; undefined where there is none to open. */
  openWindow(address: string): BrowserWindow | undefined
  /** A page of ours as PDF; absent where no browser can print. */
  readonly print?: ((html: string) => Promise<Uint8Array>) | undefined
  say(line: string): void
  complain(line: string): void
  now(): number
  /** How often to look whether anyone is connected; 0 when the test looks by itself. */
  readonly lookEveryMs: number
}

export interface LocalHost {
  readonly port: number
  /** A fresh address whose code works once, for `lifeMs`. */
  address(lifeMs: number): string
  /** Looks whether the host is still needed, now. */
  lookAround(): Promise<void>
  end(status: number): void
  /** Settles with the exit status when everything is closed. */
  readonly ended: Promise<number>
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''

/** Starts everything. Rejects when the backend or the server cannot start. */
export async function startLocalHost(options: LocalHostOptions): Promise<LocalHost> {
  const backend = await startSupervisedBackend(
    { ...options.backend, canPrint: options.print !== undefined },
    options.print === undefined ? {} : { print: options.print },
    {
      now: options.now,
      onRestart: (reason) =>
        options.complain(`The engine stopped and is started again: ${firstLine(reason)}`)
    }
  )
  const secrets = createSecrets(options.now)
  let hasPageCome = false
  const server = await startLocalServer({
    files: options.files,
    secrets,
    devOrigin: options.devOrigin,
    onSocket(socket) {
      hasPageCome = true
      joinSocket(socket, backend)
    },
    onAttack() {
      options.complain('Too many wrong secrets: Winnow ends.')
      end(5)
    }
  })

  let settle: (status: number) => void = () => undefined
  const ended = new Promise<number>((resolve) => (settle = resolve))
  let isEnding = false
  let window: BrowserWindow | undefined = undefined
  let timer: NodeJS.Timeout | undefined
  function end(status: number): void {
    if (isEnding) return
    isEnding = true
    clearInterval(timer)
    void Promise.allSettled([window?.close(), server.close(), backend.stop()]).then(() =>
      settle(status)
    )
  }
  backend.onDeath((reason) => {
    if (isEnding) return
    options.complain(`The backend stopped: ${reason}`)
    end(5)
  })

  const address = (lifeMs: number): string =>
    `http://127.0.0.1:${server.port}/#c=${secrets.issueCode(lifeMs)}`
  // A printed address waits for a person, so its code lives as long as the run; it works once.
  const print = (): void => options.say(`Winnow is at ${address(Number.POSITIVE_INFINITY)}`)
  if (options.project !== undefined && !(await backend.openProject(options.project)))
    options.complain(`The project “${options.project}” could not be opened.`)
  window = options.openWindow(address(codeLifeMs))
  if (window) {
    options.say('Winnow is open in its own window.')
    window.onExit(() => {
      // A browser that could not start leaves the person with the address.
      if (!hasPageCome && !isEnding) print()
    })
  } else print()

  const lookAround = createIdleWatch({
    idleMs,
    isWindowExpected: window !== undefined,
    now: options.now,
    openSockets: () => server.openSockets,
    isBusy: () => backend.isBusy(),
    onHeld: () => options.say('No window is open; Winnow goes on until its jobs are done.'),
    onIdle: () => end(0)
  })
  if (options.lookEveryMs > 0) {
    timer = setInterval(() => void lookAround(), options.lookEveryMs)
    timer.unref()
  }
  return { port: server.port, address, lookAround, end, ended }
}
