// Starts the backend thread and talks to it; used by both windows' hosts.
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { NativePickRequest } from '../../core/platform/platform.ts'
import type { BackendData, FromBackend, ToBackend } from './backend-messages.ts'
import { threadScript } from './compute-thread.ts'
import { quietRuntime } from './quiet-runtime.ts'
import type { PageAnswer, PageCall } from './sealed-page-calls.ts'
import type { EndedWork } from './work-watch.ts'

export interface Backend {
  /** A new connection; the other end is served by the thread. */
  connect(): MessagePort
  /** Serves a connection whose other end somebody has. */
  serve(port: MessagePort): void
  isBusy(): Promise<boolean>
  /** Opens the project at a path the person named outside the page; false when it cannot be. */
  openProject(path: string): Promise<boolean>
  /** Leads the page to a job. */
  showJob(id: string): void
  /** Ends jobs (they become "interrupted"), closes the project, ends the thread. */
  stop(): Promise<void>
  /** Called when the thread dies by itself. */
  onDeath(callback: (reason: string) => void): void
}

/** What a host does for its backend. */
export interface BackendHost {
  pick?(request: NativePickRequest): Promise<readonly string[]>
  reveal?(path: string): void
  /** A page of ours as PDF. */
  print?(html: string): Promise<Uint8Array>
  keepAwake?(isOn: boolean): void
  /** Which project is open now; undefined when none is. */
  project?(path: string | undefined): void
  /** How far the job in front is; null when none is at work. */
  progress?(fraction01: number | null): void
  /** A long job has ended by itself. */
  ended?(job: EndedWork): void
  /** Pages in hidden windows; what goes wrong is in the answer. */
  page?(call: PageCall): Promise<PageAnswer>
}

/** How long a stopping thread may take to write its last state. */
const stopPatienceMs = 4000

/** Starts the thread and resolves when it can serve. Rejects with the reason when it cannot. */
export function startBackend(
  data: BackendData,
  host: BackendHost = {},
  script: string | URL = threadScript('backend')
): Promise<Backend> {
  quietRuntime()
  const worker = new Worker(script, { workerData: data })
  const post = (message: ToBackend, transfer: MessagePort[] = []): void =>
    worker.postMessage(message, transfer)
  const busyAnswers = new Map<number, (isBusy: boolean) => void>()
  const openAnswers = new Map<number, (isOpen: boolean) => void>()
  const deathCallbacks: ((reason: string) => void)[] = []
  let nextId = 1
  let stopped: (() => void) | undefined
  let isStopping = false
  let isDead = false

  const backend: Backend = {
    connect() {
      const { port1, port2 } = new MessageChannel()
      backend.serve(port2)
      return port1
    },
    serve: (port) => post({ type: 'connect', port }, [port]),
    isBusy() {
      if (isDead) return Promise.resolve(false)
      const id = nextId++
      return new Promise((resolve) => {
        busyAnswers.set(id, resolve)
        post({ type: 'busy', id })
      })
    },
    openProject(path) {
      if (isDead) return Promise.resolve(false)
      const id = nextId++
      return new Promise((resolve) => {
        openAnswers.set(id, resolve)
        post({ type: 'open', id, path })
      })
    },
    showJob(id) {
      if (!isDead) post({ type: 'show', job: id })
    },
    async stop() {
      isStopping = true
      if (isDead) return
      const done = new Promise<void>((resolve) => (stopped = resolve))
      post({ type: 'stop' })
      const timer = setTimeout(() => stopped?.(), stopPatienceMs)
      await done
      clearTimeout(timer)
      await worker.terminate()
    },
    onDeath: (callback) => void deathCallbacks.push(callback)
  }

  return new Promise((resolve, reject) => {
    let lastError = ''
    worker.on('error', (error: Error) => (lastError = error.stack ?? error.message))
    worker.on('exit', () => {
      isDead = true
      stopped?.()
      // Nobody will answer these any more.
      for (const answer of [...busyAnswers.values(), ...openAnswers.values()]) answer(false)
      busyAnswers.clear()
      openAnswers.clear()
      reject(new Error(`the backend did not start: ${lastError}`))
      if (!isStopping) for (const callback of deathCallbacks) callback(lastError)
    })
    worker.on('message', (message: FromBackend) => {
      switch (message.type) {
        case 'ready':
          resolve(backend)
          break
        case 'failed':
          lastError = message.reason
          break
        case 'busy':
          busyAnswers.get(message.id)?.(message.isBusy)
          busyAnswers.delete(message.id)
          break
        case 'opened':
          openAnswers.get(message.id)?.(message.isOpen)
          openAnswers.delete(message.id)
          break
        case 'pick':
          void (host.pick?.(message.request) ?? Promise.resolve([])).then(
            (value) => post({ type: 'answer', id: message.id, value }),
            () => post({ type: 'answer', id: message.id, value: [] })
          )
          break
        case 'print':
          // No answer but bytes is a PDF; the thread says so in plain words.
          void (host.print?.(message.html) ?? Promise.resolve(null)).then(
            (value) => post({ type: 'answer', id: message.id, value }),
            () => post({ type: 'answer', id: message.id, value: null })
          )
          break
        case 'page':
          void host
            .page?.(message.call)
            .then((value) => post({ type: 'answer', id: message.id, value }))
          break
        case 'reveal':
          host.reveal?.(message.path)
          break
        case 'project':
          host.project?.(message.path ?? undefined)
          break
        case 'keep-awake':
          host.keepAwake?.(message.isOn)
          break
        case 'work':
          host.progress?.(message.fraction01)
          break
        case 'ended':
          host.ended?.(message.job)
          break
        case 'stopped':
          stopped?.()
          break
      }
    })
  })
}
