// Support for tests of the engine: jobs that do exactly what a test tells them to, one action at a
// time, and an engine over a real store with a clock that only the test moves.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Job, JobState, ProjectEvent } from '../../api/dto/jobs.ts'
import { Settings } from '../../api/dto/settings.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/records.ts'
import { temporaryFolder } from '../store/store.test-support.ts'
import type { ComputePool } from './compute-task.ts'
import { createJobEngine, type AnyJobKind, type JobEngine } from './engine.ts'
import type { JobContext, JobKind } from './job-kind.ts'
import { activeStates } from './job-states.ts'

/** A job that runs what it is given, in order, until it is told to end. */
export interface Puppet {
  readonly context: JobContext
  /** Runs `action` inside the job; rejects as the action does, without ending the job. */
  act<T>(action: (context: JobContext) => T | Promise<T>): Promise<T>
  finish(value?: unknown): void
  fail(error: unknown): void
}

export class Stage {
  readonly #puppets = new Map<string, Puppet>()
  readonly #arrivals = new Map<string, () => void>()
  /** Ids of jobs in the order they started. */
  readonly started: string[] = []
  readonly discarded: string[] = []

  /** The running job with this id; waits until it has started. */
  async puppet(id: string): Promise<Puppet> {
    const found = this.#puppets.get(id)
    if (found) return found
    await new Promise<void>((resolve) => this.#arrivals.set(id, resolve))
    return this.puppet(id)
  }

  has(id: string): boolean {
    return this.#puppets.has(id)
  }

  async run(context: JobContext): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const act: Puppet['act'] = async (action) => action(context)
    context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true })
    this.#puppets.set(context.id, { context, act, finish: resolve, fail: reject })
    this.started.push(context.id)
    this.#arrivals.get(context.id)?.()
    this.#arrivals.delete(context.id)
    try {
      return await promise
    } finally {
      this.#puppets.delete(context.id)
    }
  }
}

const Params = z.strictObject({ size: z.int().default(1) })
export type Params = z.infer<typeof Params>

/** Everything a test of the engine needs. */
export interface Workshop {
  readonly store: Store
  readonly stage: Stage
  readonly runsFolder: string
  readonly logged: string[]
  /** Every event, in order. */
  readonly events: ProjectEvent[]
  readonly awake: boolean[]
  engine: JobEngine
  /** Moves the clock. */
  pass(seconds: number): void
  submit(id: string, isHeavy?: boolean): Job
  states(id: string): JobState[]
  /** Closes the engine and starts another on the same file, as the app does. */
  restart(change?: { readonly kinds?: readonly AnyJobKind[] }): Promise<void>
  /** Leaves the file as a killed process does, and starts another engine on it. */
  crash(): Promise<void>
  dispose(): Promise<void>
}

const noPool: ComputePool = {
  size: 1,
  run: () => Promise.reject(new Error('no threads here')),
  resize: () => undefined,
  dispose: () => Promise.resolve()
}

/** A kind of job whose runs are puppets. Two phases of equal weight. */
export function puppetKind(
  stage: Stage,
  kind: string,
  isHeavy: boolean,
  change: Partial<JobKind<Params, unknown>> = {}
): AnyJobKind {
  const made: JobKind<Params, unknown> = {
    kind,
    params: Params,
    canPause: true,
    canResume: true,
    isHeavy,
    phases: [
      { name: 'First part', weight: 1 },
      { name: 'Second part', weight: 1 }
    ],
    run: (context) => stage.run(context),
    discard: async (_, folder) => void stage.discarded.push(`${folder}:${existsSync(folder)}`),
    ...change
  }
  return made as AnyJobKind
}

/** "import" is heavy, "verify" is light. */
export function createWorkshop(): Workshop {
  const folder = temporaryFolder()
  const store = openStore(join(folder.path, 'project.sqlite'))
  const stage = new Stage()
  const runsFolder = join(folder.path, 'runs')
  const events: ProjectEvent[] = []
  const logged: string[] = []
  const awake: boolean[] = []
  let clock = 1_000_000
  const usual = [puppetKind(stage, 'import', true), puppetKind(stage, 'verify', false)]
  const start = (kinds: readonly AnyJobKind[]): JobEngine => {
    const engine = createJobEngine({
      store,
      kinds,
      pool: noPool,
      platform: {
        now: () => clock,
        log: {
          write: (_, code, text, detail) =>
            void logged.push(`${code} ${text} ${JSON.stringify(detail)}`)
        },
        keepAwake: (isOn) => void awake.push(isOn)
      },
      runsFolder,
      getSettings: () => Settings.parse({})
    })
    engine.watch((event) => void events.push(event))
    return engine
  }
  const workshop: Workshop = {
    store,
    stage,
    runsFolder,
    logged,
    events,
    awake,
    engine: start(usual),
    pass: (seconds) => void (clock += seconds * 1000),
    submit: (id, isHeavy = true) =>
      workshop.engine.submit({
        id,
        kind: isHeavy ? 'import' : 'verify',
        title: `Job ${id}`,
        params: {}
      }),
    states: (id) =>
      events
        .flatMap((event) => (event.kind === 'job' && event.job.id === id ? [event.job.state] : []))
        .filter((state, i, all) => state !== all[i - 1]),
    async restart(change = {}) {
      await workshop.engine.dispose()
      workshop.engine = start(change.kinds ?? usual)
    },
    async crash() {
      const active = store.jobs.inStates(activeStates)
      await workshop.engine.dispose()
      for (const { id, ...record } of active) store.jobs.update(id, record)
      workshop.engine = start(usual)
    },
    async dispose() {
      await workshop.engine.dispose()
      store.dispose()
      folder.remove()
    }
  }
  return workshop
}
