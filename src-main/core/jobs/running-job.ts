// One job while it runs: its context, its progress, pause and cancel. The engine decides when;
// this file only does.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonValue } from '../../api/dto/common.ts'
import type { Eta, LivePoint } from '../../api/dto/jobs.ts'
import { AppError } from '../../api/errors.ts'
import type { Platform } from '../platform/platform.ts'
import type { JobRecord, Store } from '../store/records.ts'
import type { ComputePool } from './compute-task.ts'
import { createDeviceRecord, deviceText } from './device-record.ts'
import { phasesOf, type JobContext, type JobKind } from './job-kind.ts'
import { createProgress } from './progress.ts'

export interface RunningJobDeps {
  readonly record: JobRecord
  readonly kind: JobKind<never, unknown>
  /** Kind of data worked on, for remembered speeds; "" when there is none. */
  readonly dataKind: string
  readonly store: Store
  readonly pool: ComputePool
  readonly platform: Pick<Platform, 'now' | 'elapsedMs' | 'log'>
  readonly runsFolder: string
  readonly deviceRequest: string
  /** Something to show; `isPaused` when the job has just come to rest. */
  onChange(isPaused: boolean): void
  onLive(point: LivePoint): void
}

export interface RunningJob {
  readonly isHeavy: boolean
  readonly isCancelled: boolean
  readonly keepOnCancel: boolean
  readonly notes: readonly string[]
  run(params: unknown): Promise<unknown>
  cancel(keep: boolean): void
  pause(): void
  continue(): void
  /** Stops at once without a final state (the app closes). */
  abandon(): Promise<void>
  /** Remembers the speed of the last phase. */
  finish(): void
  eta(): Eta | null
  snapshot(): Pick<
    JobRecord,
    | 'phaseIndex'
    | 'phaseDone'
    | 'phaseTotal'
    | 'phaseUnit'
    | 'fraction01'
    | 'activeSeconds'
    | 'notes'
    | 'device'
  >
}

/** Progress is written to the store at most this often; checkpoints write it too. */
const storeEveryMs = 1000

/** Prepares a job to run once. */
export function createRunningJob(deps: RunningJobDeps): RunningJob {
  const { record, kind, store, platform } = deps
  const phases = phasesOf(kind, record.params)
  const weights = phaseWeights(deps)
  const progress = createProgress(weights, record.fraction01, record.activeSeconds)
  const steadyNow = platform.elapsedMs ?? (() => platform.now())
  const abort = new AbortController()
  const notes = [...record.notes]
  const computed = createDeviceRecord(deps.pool, record.device, {
    onFallback: (text) => context.note(text),
    onNew: (used) => {
      const text = `${used.id}: ${deviceText(used)}`
      store.jobs.appendLog(record.id, { time: platform.now(), level: 'info', code: 'device', text })
    },
    onChange: changed
  })
  let isCancelled = false
  let keepOnCancel = false
  let pauseWanted = false
  let resumePromise: Promise<void> | undefined
  let resumeCall: (() => void) | undefined
  let activeBefore = record.activeSeconds
  let activeSince: number | undefined
  let phaseBegan = 0
  let loggedPhase = -1
  let storedAt = 0
  let settled: Promise<unknown> = Promise.resolve()

  const activeSeconds = (): number =>
    activeBefore + (activeSince === undefined ? 0 : (steadyNow() - activeSince) / 1000)

  const snapshot: RunningJob['snapshot'] = () => ({
    phaseIndex: progress.phaseIndex,
    phaseDone: progress.phaseDone,
    phaseTotal: progress.phaseTotal,
    phaseUnit: progress.phaseUnit,
    fraction01: progress.fraction01,
    activeSeconds: activeSeconds(),
    notes,
    device: computed.text()
  })

  function changed(): void {
    const now = steadyNow()
    if (now - storedAt >= storeEveryMs) {
      storedAt = now
      store.jobs.update(record.id, snapshot())
    }
    deps.onChange(false)
  }

  function rememberSpeed(): void {
    const name = phases[progress.phaseIndex]?.name
    const seconds = activeSeconds() - phaseBegan
    // Short phases measure the clock more than the work.
    if (name === undefined || progress.phaseDone < 1 || seconds < 0.05) return
    store.jobs.savePhaseSpeed(kind.kind, name, deps.dataKind, seconds / progress.phaseDone)
    const items = itemsOf(deps)
    if (items > 0) {
      store.jobs.savePhaseSpeed(kind.kind, perItem(name), deps.dataKind, seconds / items)
    }
  }

  function stopIfCancelled(): void {
    if (abort.signal.aborted) throw new AppError('cancelled')
  }

  const context: JobContext = {
    id: record.id,
    signal: abort.signal,
    pool: computed.pool,
    deviceRequest: deps.deviceRequest,
    phase(index, total, unit) {
      rememberSpeed()
      phaseBegan = activeSeconds()
      progress.phase(index, total, unit)
      const name = phases[index]?.name
      if (name !== undefined && index !== loggedPhase) context.log('info', 'phase', name)
      loggedPhase = index
      store.jobs.update(record.id, snapshot())
      deps.onChange(false)
    },
    progress(done) {
      progress.progress(done)
      changed()
    },
    total(total) {
      progress.total(total)
      changed()
    },
    async breathe() {
      stopIfCancelled()
      if (!pauseWanted) return
      activeBefore = activeSeconds()
      activeSince = undefined
      store.jobs.update(record.id, snapshot())
      while (pauseWanted && !abort.signal.aborted) {
        // Again when it is paused a second time before it could go on.
        deps.onChange(true)
        await resumePromise
      }
      activeSince = steadyNow()
      stopIfCancelled()
    },
    log(level, code, text) {
      store.jobs.appendLog(record.id, { time: platform.now(), level, code, text })
    },
    note(text) {
      if (notes.includes(text)) return
      notes.push(text)
      store.jobs.appendLog(record.id, { time: platform.now(), level: 'notice', code: 'note', text })
    },
    live(series, x, y) {
      const point = { series, x, y }
      store.jobs.appendLive(record.id, point)
      deps.onLive(point)
    },
    device: (name) => computed.stored(name),
    get devices() {
      return computed.used()
    },
    checkpoint: store.jobs.checkpoint(record.id),
    saveCheckpoint(state, alsoWrite) {
      store.jobs.saveCheckpoint(record.id, state as JsonValue, () => {
        alsoWrite?.()
        store.jobs.update(record.id, snapshot())
      })
    },
    async folder() {
      const folder = join(deps.runsFolder, record.id)
      await mkdir(folder, { recursive: true })
      return folder
    },
    get keepOnCancel() {
      return keepOnCancel
    }
  }

  return {
    isHeavy: kind.isHeavy,
    notes,
    get isCancelled() {
      return isCancelled
    },
    get keepOnCancel() {
      return keepOnCancel
    },
    run(params) {
      activeSince = steadyNow()
      phaseBegan = activeBefore
      // Parsed by the kind's own schema a moment ago.
      const work = Promise.resolve().then(() => kind.run(context, params as never))
      settled = work.catch(() => undefined)
      return work
    },
    cancel(keep) {
      isCancelled = true
      keepOnCancel = keep
      abort.abort(new AppError('cancelled'))
      resumeCall?.()
    },
    pause() {
      if (pauseWanted) return
      pauseWanted = true
      resumePromise = new Promise((resolve) => (resumeCall = resolve))
    },
    continue() {
      pauseWanted = false
      resumeCall?.()
    },
    async abandon() {
      abort.abort(new AppError('cancelled'))
      resumeCall?.()
      await settled
    },
    finish: rememberSpeed,
    eta: () => progress.eta(activeSeconds()),
    snapshot
  }
}

/** Weights from this computer's past runs where all are known, else the kind's usual shares. */
function phaseWeights(deps: RunningJobDeps): number[] {
  const { kind, record, store, dataKind } = deps
  const phases = phasesOf(kind, record.params)
  const measured = phases.map((phase) =>
    store.jobs.phaseSpeed(kind.kind, perItem(phase.name), dataKind)
  )
  // A mix of seconds and shares would be neither.
  return measured.every((weight) => weight !== undefined && weight > 0)
    ? measured.map((weight) => weight ?? 1)
    : phases.map((phase) => phase.weight)
}

/** Name under which a phase's seconds per dataset item are remembered, whatever its own unit. */
function perItem(phase: string): string {
  return `${phase} (per item)`
}

function itemsOf({ record, store }: RunningJobDeps): number {
  return record.dataset === undefined ? 0 : (store.datasets.get(record.dataset)?.items ?? 0)
}
