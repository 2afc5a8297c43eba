// Entry of the backend thread, the same in both hosts: builds the app and serves every port it is
// handed. Dialogs and the file manager are asked of the host.
import { mkdirSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { AppError } from '../../api/errors.ts'
import { serve } from '../../api/rpc.ts'
import { createApp } from '../../core/app/create-app.ts'
import { withReadings } from '../../core/platform/computer-readings.ts'
import type { Platform } from '../../core/platform/platform.ts'
import type { BackendData, FromBackend, ToBackend } from './backend-messages.ts'
import { startComputeThread } from './compute-thread.ts'
import { createFileLog } from './file-log.ts'
import { messagePort } from './message-port.ts'
import { sealedPages } from './sealed-page-calls.ts'
import { createWorkWatch } from './work-watch.ts'

const host = parentPort
if (!host) throw new Error('this file runs in a worker thread')
// Our own host starts this thread and fills in exactly this.
const data = workerData as BackendData

const say = (message: FromBackend): void => host.postMessage(message)
const waiting = new Map<number, (value: unknown) => void>()
let nextId = 1

function ask(message: (id: number) => FromBackend): Promise<unknown> {
  const id = nextId++
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    say(message(id))
  })
}

async function printPdf(html: string): Promise<Uint8Array> {
  const pdf = await ask((id) => ({ type: 'print', id, html }))
  if (pdf instanceof Uint8Array) return pdf
  throw new AppError('invalid-input', 'The report could not be printed to PDF.', {
    hint: 'Export without the PDF, open report.html in a browser and print it there.'
  })
}

function platform(): Platform {
  mkdirSync(data.paths.data, { recursive: true })
  return {
    host: data.host,
    appVersion: data.appVersion,
    paths: data.paths,
    picker: data.picker,
    roots: data.roots,
    cores: data.cores,
    now: () => Date.now(),
    elapsedMs: () => performance.now(),
    log: createFileLog(data.paths.data, () => Date.now()),
    readings: withReadings(data.readings ?? {}),
    restarts: data.restart?.count ?? 0,
    createComputeWorker: startComputeThread,
    keepAwake: (isOn) => say({ type: 'keep-awake', isOn }),
    ...(data.picker === 'native'
      ? {
          pickNative: async (request) =>
            (await ask((id) => ({ type: 'pick', id, request }))) as readonly string[]
        }
      : {}),
    ...(data.canPrint === true ? { printPdf } : {}),
    ...(data.canPlayPages === true
      ? { openSealedPage: sealedPages((call) => ask((id) => ({ type: 'page', id, call }))) }
      : {}),
    ...(data.canReveal
      ? {
          reveal: (path) => {
            say({ type: 'reveal', path })
            return Promise.resolve()
          }
        }
      : {})
  }
}

/** Opens a project named outside the page, as the page itself would: by a grant. */
async function openProject(path: string): Promise<boolean> {
  try {
    const grant = await app.grantPath(path)
    await app.handlers['projects.open']({ grant: grant.id })
    return true
  } catch (error) {
    app.logError(error, app.newLogId(), 'open')
    return false
  }
}

const ours = platform()
if (data.restart !== undefined)
  ours.log.write('error', 'backend-restarted', 'The engine stopped and was started again.', {
    restarts: data.restart.count,
    reason: data.restart.reason
  })

const app = await createApp(ours).catch((error: unknown) => {
  say({ type: 'failed', reason: error instanceof Error ? error.message : String(error) })
  throw error
})

app.watch(createWorkWatch(say, () => app.wantsNotice()))
// Another thread opens the same project when this one dies.
let openFolder: string | null = null
app.watch(({ kind }) => {
  const now = app.projectFolder() ?? null
  if (kind !== 'project' || now === openFolder) return
  openFolder = now
  say({ type: 'project', path: now })
})

host.on('message', (message: ToBackend) => {
  switch (message.type) {
    case 'connect':
      serve(messagePort(message.port), app.handlers, {
        checkOutputs: data.checkOutputs,
        onError: app.logError,
        newLogId: app.newLogId
      })
      break
    case 'answer':
      waiting.get(message.id)?.(message.value)
      waiting.delete(message.id)
      break
    case 'busy':
      say({ type: 'busy', id: message.id, isBusy: app.isBusy() })
      break
    case 'open':
      void openProject(message.path).then((isOpen) =>
        say({ type: 'opened', id: message.id, isOpen })
      )
      break
    case 'show':
      app.announce({ kind: 'show', job: message.job })
      break
    case 'stop':
      void app.dispose().finally(() => {
        say({ type: 'stopped' })
        host.close()
      })
      break
  }
})
say({ type: 'ready' })
