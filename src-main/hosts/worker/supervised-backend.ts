// A backend that is started again when its thread dies: an error nobody caught, or no memory left. The
// project that was open is opened again, jobs wait as "interrupted", and connections made meanwhile are
// served once it is back. After a few deaths in a row it is over, and the host says so.
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { BackendData } from './backend-messages.ts'
import { startBackend, type Backend, type BackendHost } from './backend-thread.ts'

/** Deaths within {@link restartWindowMs} after which it is not started again. */
export const restartsMax = 3
/** How long a death counts. */
export const restartWindowMs = 5 * 60_000

/** What the supervision needs besides what the backend needs. */
export interface Supervision {
  /** Milliseconds that only grow. */
  now(): number
  /** Told each time it is started again, with why and how often that was. */
  onRestart?(reason: string, restarts: number): void
  /** Starts one backend; a test hands in threads it can break. */
  readonly start?: typeof startBackend
}

/** Starts it. Rejects when the first start fails: that is nothing another start would mend. */
export async function startSupervisedBackend(
  data: BackendData,
  host: BackendHost,
  supervision: Supervision
): Promise<Backend> {
  const supervisor = new Supervisor(data, host, supervision)
  await supervisor.begin()
  return supervisor
}

class Supervisor implements Backend {
  readonly #data: BackendData
  readonly #host: BackendHost
  readonly #supervision: Supervision
  #current: Backend | undefined
  /** Settles when a start under way has come to its end, good or bad. */
  #starting: Promise<void> = Promise.resolve()
  /** Connections made while there was nobody to serve them. */
  readonly #waiting: MessagePort[] = []
  readonly #deathCallbacks: ((reason: string) => void)[] = []
  #deaths: number[] = []
  #restarts = 0
  #project: string | undefined
  #isStopping = false
  #isOver = false

  constructor(data: BackendData, host: BackendHost, supervision: Supervision) {
    this.#data = data
    this.#supervision = supervision
    this.#host = { ...host, project: (path) => (this.#project = path) }
  }

  async begin(): Promise<void> {
    this.#current = await this.#launch(this.#data)
  }

  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel()
    this.serve(port2)
    return port1
  }

  serve(port: MessagePort): void {
    if (this.#current !== undefined) this.#current.serve(port)
    else if (this.#isOver) port.close()
    else this.#waiting.push(port)
  }

  async isBusy(): Promise<boolean> {
    if (this.#isOver) return false
    // What is starting again has work to take up: the host must not end for want of it.
    return this.#current === undefined ? true : this.#current.isBusy()
  }

  async openProject(path: string): Promise<boolean> {
    await this.#settled()
    return (await this.#current?.openProject(path)) ?? false
  }

  showJob(id: string): void {
    this.#current?.showJob(id)
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await this.#settled()
    await this.#current?.stop()
    this.#end()
  }

  onDeath(callback: (reason: string) => void): void {
    this.#deathCallbacks.push(callback)
  }

  /** Waits until it runs, or is over: one start that fails is followed by the next. */
  async #settled(): Promise<void> {
    for (let last; last !== this.#starting;) {
      last = this.#starting
      await last
    }
  }

  async #launch(data: BackendData): Promise<Backend> {
    const started = await (this.#supervision.start ?? startBackend)(data, this.#host)
    started.onDeath((reason) => this.#died(started, reason))
    return started
  }

  #died(which: Backend, reason: string): void {
    // One that died while it was starting is dealt with where it was started.
    if (which === this.#current) this.#mourn(reason)
    else this.#fallen.add(which)
  }
  readonly #fallen = new WeakSet<Backend>()

  /** Counts a death, and starts again or gives up. */
  #mourn(reason: string): void {
    this.#current = undefined
    // What it asked of the host for its jobs, which do not run any more.
    this.#host.keepAwake?.(false)
    this.#host.progress?.(null)
    if (this.#isStopping) return
    const now = this.#supervision.now()
    this.#deaths = this.#deaths.filter((at) => now - at < restartWindowMs)
    if (this.#deaths.length >= restartsMax) {
      this.#end()
      for (const callback of this.#deathCallbacks) callback(reason)
      return
    }
    this.#deaths.push(now)
    this.#restarts += 1
    this.#supervision.onRestart?.(reason, this.#restarts)
    this.#starting = this.#startAgain(reason)
  }

  async #startAgain(reason: string): Promise<void> {
    const project = this.#project
    // If opening it is what kills, the next start comes up without it.
    this.#project = undefined
    const failed = await this.#comeUp(reason, project).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error)
    )
    if (failed !== undefined) this.#mourn(failed)
  }

  /** Starts one and lets everyone in; why it did not stay alive, or undefined when it did. */
  async #comeUp(reason: string, project: string | undefined): Promise<string | undefined> {
    const started = await this.#launch({
      ...this.#data,
      restart: { count: this.#restarts, reason }
    })
    if (project !== undefined && !this.#isStopping) await started.openProject(project)
    if (this.#fallen.has(started)) return reason
    this.#current = started
    for (const port of this.#waiting.splice(0)) started.serve(port)
    return undefined
  }

  #end(): void {
    this.#isOver = true
    for (const port of this.#waiting.splice(0)) port.close()
  }
}
