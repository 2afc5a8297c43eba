// The job engine: a queue in SQLite, one heavy job at a time, every state written before it is
// shown, cancel, pause, checkpoints, and `interrupted` after a crash (product design 4.2).
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { JsonValue } from '../../api/dto/common.ts'
import type { Job, JobState, LivePoint, LogLine, ProjectEvent } from '../../api/dto/jobs.ts'
import type { Settings } from '../../api/dto/settings.ts'
import { AppError, errorMessages, type UserError } from '../../api/errors.ts'
import type { Platform } from '../platform/platform.ts'
import { plainStoreError, projectGone } from '../store/connect.ts'
import type { JobRecord, Store } from '../store/records.ts'
import { createAnnouncer, type Announcer } from './announcer.ts'
import type { ComputePool } from './compute-task.ts'
import type { JobKind } from './job-kind.ts'
import { activeStates, isActive, isFinal, mayFollow } from './job-states.ts'
import { isNameable, jobView } from './job-view.ts'
import { createRunningJob, type RunningJob } from './running-job.ts'

/** A kind with its types forgotten; parameters are parsed by its own schema before use. */
export type AnyJobKind = JobKind<never, unknown>

export interface EngineDeps {
  readonly store: Store
  readonly kinds: readonly AnyJobKind[]
  readonly pool: ComputePool
  readonly platform: Pick<Platform, 'now' | 'elapsedMs' | 'log' | 'keepAwake'>
  readonly runsFolder: string
  getSettings(): Settings
}

export interface SubmitRequest {
  readonly kind: string
  readonly title: string
  readonly params: unknown
  readonly dataset?: string
  readonly run?: string
  readonly id?: string
}

export interface JobEngine {
  submit(request: SubmitRequest): Job
  /** Newest first. */
  list(): Job[]
  /** Throws AppError "run-not-found". */
  get(id: string): Job
  /** Result of a finished job as its kind returned it. */
  result(id: string): JsonValue | undefined
  cancel(id: string, keep: boolean): Job
  pause(id: string): Job
  continue(id: string): Job
  resume(id: string): Job
  discard(id: string): Promise<void>
  move(id: string, position: number): void
  log(id: string, after: number): { lines: readonly LogLine[]; next: number }
  live(id: string): readonly LivePoint[]
  watch(listener: (event: ProjectEvent) => void): () => void
  /**
   * Resolves when the job is in a final state, or as it is then when the engine stops. Rejects with
   * AppError "run-not-found" when the job is discarded.
   */
  wait(id: string): Promise<Job>
  isBusy(): boolean
  /** Stops without finishing: running jobs become "interrupted" at the next start. */
  dispose(): Promise<void>
}

/** Sign of life of a running job. */
const leaseEveryMs = 5000

/** Starts the engine on an open project; jobs that a dead process left running are interrupted. */
export function createJobEngine(deps: EngineDeps): JobEngine {
  return new Engine(deps)
}

class Engine implements JobEngine {
  readonly #deps: EngineDeps
  readonly #kinds: ReadonlyMap<string, AnyJobKind>
  readonly #owner = randomBytes(8).toString('hex')
  readonly #running = new Map<string, RunningJob>()
  readonly #announcer: Announcer
  /** Jobs whose files are being removed; they cannot start again meanwhile. */
  readonly #cleaning = new Map<string, Promise<void>>()
  /** Jobs that ended while that could not be written: tried again until it can. */
  readonly #notWritten = new Map<string, unknown>()
  readonly #heartbeat: NodeJS.Timeout | undefined
  #isDisposed = false

  constructor(deps: EngineDeps) {
    this.#deps = deps
    this.#kinds = new Map(deps.kinds.map((kind) => [kind.kind, kind]))
    this.#announcer = createAnnouncer({
      now: deps.platform.elapsedMs ?? (() => deps.platform.now()),
      jobOf: (id) => {
        const record = deps.store.jobs.get(id)
        return record && this.#toJob(record)
      },
      onListenerError: (error) => this.#report('listener-failed', error)
    })
    if (deps.store.isReadOnly) return
    this.#interruptOrphans()
    this.#heartbeat = setInterval(() => this.#beat(), leaseEveryMs)
    this.#heartbeat.unref()
    this.#pump()
  }

  submit(request: SubmitRequest): Job {
    this.#mustWrite()
    const kind = this.#kind(request.kind)
    const params = kind.params.parse(request.params)
    const record: JobRecord = {
      id: request.id ?? newJobId(),
      kind: request.kind,
      title: request.title,
      state: 'queued',
      dataset: request.dataset,
      run: request.run,
      params: params as JsonValue,
      phaseIndex: 0,
      phaseDone: 0,
      phaseTotal: 0,
      phaseUnit: '',
      fraction01: 0,
      position: this.#lastPosition() + 1,
      createdAt: this.#deps.platform.now(),
      startedAt: undefined,
      finishedAt: undefined,
      activeSeconds: 0,
      error: undefined,
      notes: [],
      device: undefined,
      result: undefined,
      leaseOwner: undefined,
      leaseAt: undefined,
      cancelKeeps: false
    }
    this.#deps.store.jobs.insert(record)
    this.#announcer.show(record.id, true)
    this.#pump()
    return this.get(record.id)
  }

  list(): Job[] {
    const known = this.#deps.store.jobs.list().filter(isNameable)
    return known.map((record) => this.#toJob(record))
  }

  get(id: string): Job {
    return this.#toJob(this.#record(id))
  }

  result(id: string): JsonValue | undefined {
    return this.#record(id).result
  }

  cancel(id: string, keep: boolean): Job {
    this.#mustWrite()
    const record = this.#record(id)
    const running = this.#running.get(id)
    if (running) {
      this.#deps.store.jobs.update(id, { cancelKeeps: keep })
      running.cancel(keep)
    } else if (record.state === 'queued' || record.state === 'interrupted') {
      this.#enter(id, 'cancelled', { finishedAt: this.#deps.platform.now(), cancelKeeps: keep })
      if (!keep) this.#cleanLater(record)
    }
    return this.get(id)
  }

  pause(id: string): Job {
    this.#mustWrite()
    const running = this.#running.get(id)
    if (running && this.#kind(this.#record(id).kind).canPause) {
      if (this.#record(id).state === 'running') this.#enter(id, 'pausing')
      running.pause()
    }
    return this.get(id)
  }

  continue(id: string): Job {
    this.#mustWrite()
    const running = this.#running.get(id)
    if (running && ['pausing', 'paused'].includes(this.#record(id).state)) {
      this.#enter(id, 'running')
      running.continue()
    }
    return this.get(id)
  }

  resume(id: string): Job {
    this.#mustWrite()
    const record = this.#record(id)
    const kind = this.#kinds.get(record.kind)
    const isStopped = ['interrupted', 'failed'].includes(record.state)
    if (!kind?.canResume || !isStopped || this.#cleaning.has(id)) {
      throw new AppError('run-not-resumable')
    }
    const position = this.#lastPosition() + 1
    this.#enter(id, 'queued', { error: undefined, finishedAt: undefined, position })
    this.#pump()
    return this.get(id)
  }

  async discard(id: string): Promise<void> {
    this.#mustWrite()
    const record = this.#record(id)
    if (isActive(record.state))
      throw new AppError('invalid-input', 'Stop the run before discarding it.')
    await this.#cleaning.get(id)?.catch(() => undefined)
    // Someone else discarded it meanwhile.
    if (this.#deps.store.jobs.get(id) === undefined) return
    await this.#clean(record)
    this.#deps.store.jobs.remove(id)
    this.#announcer.removed(id)
    this.#pump()
  }

  move(id: string, position: number): void {
    this.#mustWrite()
    const queued = this.#queued().filter((record) => record.id !== id)
    const moved = this.#record(id)
    if (moved.state !== 'queued') return
    queued.splice(Math.max(0, Math.min(position, queued.length)), 0, moved)
    this.#deps.store.transaction(() => {
      queued.forEach((record, index) =>
        this.#deps.store.jobs.update(record.id, { position: index })
      )
    })
    for (const record of queued) this.#announcer.show(record.id, true)
  }

  log(id: string, after: number): { lines: readonly LogLine[]; next: number } {
    return this.#deps.store.jobs.log(id, after)
  }

  live(id: string): readonly LivePoint[] {
    return this.#deps.store.jobs.live(id)
  }

  watch(listener: (event: ProjectEvent) => void): () => void {
    return this.#announcer.watch(listener)
  }

  wait(id: string): Promise<Job> {
    const now = this.get(id)
    if (isFinal(now.state)) return Promise.resolve(now)
    return this.#announcer.wait(id)
  }

  isBusy(): boolean {
    return this.#running.size > 0 || this.#queued().length > 0
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
    clearInterval(this.#heartbeat)
    const ends = [...this.#running.values()].map((running) => running.abandon())
    await Promise.all(ends)
    await Promise.allSettled(this.#cleaning.values())
    for (const [id, running] of this.#running) {
      try {
        this.#deps.store.jobs.update(id, running.snapshot())
        this.#interrupt(this.#record(id))
      } catch (error) {
        // The next start finds it running, and interrupts it.
        this.#report('interruption-not-written', error)
      }
    }
    if (this.#running.size > 0) this.#deps.platform.keepAwake?.(false)
    this.#running.clear()
    this.#announcer.dispose()
  }

  // ---- inside

  #mustWrite(): void {
    if (this.#deps.store.isReadOnly) throw new AppError('project-read-only')
  }

  #kind(name: string): AnyJobKind {
    const kind = this.#kinds.get(name)
    if (!kind)
      throw new AppError('internal', undefined, { cause: new Error(`no job kind "${name}"`) })
    return kind
  }

  #record(id: string): JobRecord {
    const record = this.#deps.store.jobs.get(id)
    if (!record || !isNameable(record)) throw new AppError('run-not-found')
    return record
  }

  #queued(): JobRecord[] {
    return this.#deps.store.jobs.inStates(['queued']).filter(isNameable)
  }

  #lastPosition(): number {
    return this.#queued().at(-1)?.position ?? -1
  }

  #interruptOrphans(): void {
    // The project's lock keeps a second host out, so whoever held these leases is gone.
    for (const record of this.#deps.store.jobs.inStates(activeStates)) this.#interrupt(record)
  }

  #interrupt(record: JobRecord): void {
    this.#deps.store.jobs.update(record.id, { state: 'interrupted', leaseOwner: undefined })
    this.#deps.store.jobs.appendLog(record.id, {
      time: this.#deps.platform.now(),
      level: 'notice',
      code: 'interrupted',
      text: `The app closed at ${Math.round(record.fraction01 * 100)} %.`
    })
  }

  #beat(): void {
    const now = this.#deps.platform.now()
    this.#writeEnds()
    try {
      for (const id of this.#running.keys()) {
        this.#deps.store.jobs.update(id, { leaseAt: now, leaseOwner: this.#owner })
      }
    } catch (error) {
      // A full disk stops the job at its own next write, with a reason; not the app from a timer.
      this.#report('lease-not-written', error)
    }
  }

  #writeEnds(): void {
    for (const [id, error] of this.#notWritten) {
      try {
        if (isActive(this.#record(id).state)) this.#fail(id, error)
        this.#notWritten.delete(id)
        this.#pump()
      } catch (again) {
        this.#report('end-not-written', again)
        return
      }
    }
  }

  #report(code: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.#deps.platform.log.write('error', code, 'The job engine went on.', { detail })
  }

  /** Writes a state, checked against the table, and shows it. */
  #enter(id: string, state: JobState, change: Partial<Omit<JobRecord, 'id' | 'kind'>> = {}): void {
    const from = this.#record(id).state
    if (!mayFollow(from, state)) throw new Error(`job ${id}: ${state} cannot follow ${from}`)
    this.#deps.store.jobs.update(id, { ...change, state })
    this.#announcer.show(id, true)
  }

  #pump(): void {
    if (this.#isDisposed || this.#deps.store.isReadOnly) return
    let heavyRuns = [...this.#running.values()].some((running) => running.isHeavy)
    for (const record of this.#queued()) {
      const kind = this.#kinds.get(record.kind)
      if (!kind) {
        this.#fail(record.id, new AppError('run-not-resumable'))
        continue
      }
      if (this.#cleaning.has(record.id) || (kind.isHeavy && heavyRuns)) continue
      heavyRuns = heavyRuns || kind.isHeavy
      this.#start(record, kind)
    }
    this.#deps.platform.keepAwake?.(this.#running.size > 0)
  }

  #start(record: JobRecord, kind: AnyJobKind): void {
    const { store, platform } = this.#deps
    const parsed = kind.params.safeParse(record.params)
    if (!parsed.success) {
      this.#fail(
        record.id,
        new AppError(
          'run-not-resumable',
          'The stored settings of this run do not fit this version of the app.',
          {
            hint: z.prettifyError(parsed.error).slice(0, 300)
          }
        )
      )
      return
    }
    const now = platform.now()
    this.#enter(record.id, 'running', {
      startedAt: record.startedAt ?? now,
      leaseOwner: this.#owner,
      leaseAt: now
    })
    const dataKind =
      record.dataset === undefined ? '' : (store.datasets.get(record.dataset)?.kind ?? '')
    const running = createRunningJob({
      record,
      kind,
      dataKind,
      store,
      pool: this.#deps.pool,
      platform,
      runsFolder: this.#deps.runsFolder,
      deviceRequest: this.#deps.getSettings().device,
      onChange: (isPaused) => {
        if (isPaused && this.#record(record.id).state === 'pausing')
          this.#enter(record.id, 'paused')
        this.#announcer.show(record.id, false)
      },
      onLive: (point) => this.#announcer.emit({ kind: 'live', job: record.id, live: point })
    })
    this.#running.set(record.id, running)
    running
      .run(parsed.data)
      .then(
        (value) => this.#finished(record.id, value as JsonValue | undefined),
        (error: unknown) => this.#ended(record.id, error)
      )
      .catch((error: unknown) => this.#endNotWritten(record.id, error))
  }

  #finished(id: string, value: JsonValue | undefined): void {
    const running = this.#running.get(id)
    if (!running || this.#isDisposed) return
    // Written to a file that was deleted meanwhile, it is not there.
    if (this.#isGone()) {
      this.#ended(id, projectGone())
      return
    }
    this.#running.delete(id)
    running.finish()
    // A kind may return although it was to rest, when it swallowed the cancel that ended the rest.
    if (this.#record(id).state === 'paused') this.#enter(id, 'running')
    this.#enter(id, 'finishing')
    this.#enter(id, running.notes.length > 0 ? 'finished-with-notes' : 'finished', {
      ...running.snapshot(),
      fraction01: 1,
      result: value ?? {},
      finishedAt: this.#deps.platform.now(),
      leaseOwner: undefined
    })
    this.#deps.store.jobs.clearCheckpoint(id)
    this.#pump()
  }

  #ended(id: string, error: unknown): void {
    const running = this.#running.get(id)
    if (!running || this.#isDisposed) return
    this.#running.delete(id)
    running.finish()
    const snapshot = running.snapshot()
    this.#deps.store.jobs.update(id, snapshot)
    if (running.isCancelled) {
      this.#enter(id, 'cancelled', { finishedAt: this.#deps.platform.now(), leaseOwner: undefined })
      if (!running.keepOnCancel) this.#cleanLater(this.#record(id))
    } else this.#fail(id, error)
    this.#pump()
  }

  /** A full disk, mostly. Where not even that can be written, the next start finds it interrupted. */
  #endNotWritten(id: string, error: unknown): void {
    try {
      this.#fail(id, plainStoreError(error))
      this.#pump()
    } catch (second) {
      this.#report('end-not-written', second)
      this.#notWritten.set(id, error)
      this.#announcer.lost(id, plainStoreError(error))
    }
  }

  #isGone(): boolean {
    return !existsSync(this.#deps.store.path)
  }

  #fail(id: string, error: unknown): void {
    const logId = newJobId().slice(0, 8)
    // Whatever else went wrong comes of that.
    const told = this.#isGone() ? projectGone(error) : plainStoreError(error)
    const known = told instanceof AppError ? told : undefined
    const user: UserError = {
      code: known?.code ?? 'internal',
      message: known?.message ?? errorMessages.internal,
      logId,
      ...(known?.hint === undefined ? {} : { hint: known.hint })
    }
    this.#deps.platform.log.write('error', 'job-failed', `${logId} ${user.code}`, {
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error)
    })
    this.#deps.store.jobs.appendLog(id, {
      time: this.#deps.platform.now(),
      level: 'error',
      code: user.code,
      text: user.message
    })
    this.#enter(id, 'failed', {
      error: user,
      finishedAt: this.#deps.platform.now(),
      leaseOwner: undefined
    })
  }

  /** Removes what a job left: its folder, its checkpoint, and whatever its kind knows of. */
  #clean(record: JobRecord): Promise<void> {
    const cleaning = this.#removeLeftovers(record).finally(() => this.#cleaning.delete(record.id))
    this.#cleaning.set(record.id, cleaning)
    return cleaning
  }

  async #removeLeftovers(record: JobRecord): Promise<void> {
    const folder = join(this.#deps.runsFolder, record.id)
    const kind = this.#kinds.get(record.kind)
    const parsed = kind?.params.safeParse(record.params)
    if (kind?.discard && parsed?.success) await kind.discard(parsed.data as never, folder)
    await rm(folder, { recursive: true, force: true })
    this.#deps.store.jobs.clearCheckpoint(record.id)
  }

  #cleanLater(record: JobRecord): void {
    this.#clean(record).catch((error: unknown) => this.#report('leftovers-not-removed', error))
  }

  #toJob(record: JobRecord): Job {
    const isQueued = record.state === 'queued'
    const place = isQueued ? this.#queued().findIndex(({ id }) => id === record.id) : -1
    return jobView(record, this.#kinds.get(record.kind), this.#running.get(record.id), place)
  }
}

/** A random name, unique in every project. */
export function newJobId(): string {
  return randomBytes(9).toString('base64url').replaceAll('-', 'a').replaceAll('_', 'b')
}
