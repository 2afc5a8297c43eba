// Everything a project can be asked to do, as stages: each begins one job of one kind, or goes on
// with the one an earlier process began, and waits for its end. Used in this process and in the one
// that is killed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createPortPair } from '../../api/port-pair.ts'
import { createClient, serve, type Client } from '../../api/rpc.ts'
import { noFilter } from '../../api/dto/browse.ts'
import { ImportOptions } from '../../api/dto/datasets.ts'
import { ExpandPlan } from '../../api/dto/expand.ts'
import { GroupsPlan } from '../../api/dto/groups.ts'
import type { Job, JobKindName } from '../../api/dto/jobs.ts'
import { RoomsPlan } from '../../api/dto/trace-rooms.ts'
import { TraceExportRequest } from '../../api/dto/trace-reviews.ts'
import type { UserError } from '../../api/errors.ts'
import { appFolder, commandLinePlatform, nodePaths } from '../../hosts/node/node-platform.ts'
import { createFileLog } from '../../hosts/worker/file-log.ts'
import { createApp, type App } from '../app/create-app.ts'
import type { Platform } from '../platform/platform.ts'
import { testBrowser } from '../traces/runner/pages.test-support.ts'

/** How a stage ended. */
export interface StageEnd {
  readonly job: string
  readonly state: Job['state']
  readonly error: UserError | null
}

/** An app with its client, as a window has it. */
export interface FaultApp {
  readonly app: App
  readonly client: Client
  /** The project of the place, opened or made. */
  open(): Promise<void>
  /** Runs a stage; `onBegun` and `onProgress` see it while it works. */
  run(stage: string, watch?: StageWatch): Promise<StageEnd>
  /** The jobs of the open project. */
  jobs(): Promise<readonly Job[]>
  close(): Promise<void>
}

/** Called while a stage works. */
export interface StageWatch {
  onBegun?(job: string): void
  onProgress?(job: Job): void
}

/** Where an app of these tests works. */
export interface FaultPlaces {
  /** Made by `writeSources`. */
  readonly sources: string
  /** Folder the project lies in. */
  readonly place: string
  /** Folder that exports are written to. */
  readonly exports: string
  /** Folder of the app's own settings and log. */
  readonly home: string
}

interface Stage {
  readonly name: string
  readonly kind: JobKindName
  isIt(job: Job): boolean
  begin(work: Work): Promise<string>
}

/** What stages ask of the app. */
class Work {
  readonly client: Client
  readonly places: FaultPlaces
  readonly #app: App

  constructor(app: App, client: Client, places: FaultPlaces) {
    this.#app = app
    this.client = client
    this.places = places
  }

  async grant(path: string): Promise<string> {
    return (await this.#app.grantPath(path)).id
  }

  async dataset(name: string): Promise<string> {
    const { datasets } = await this.client.call('datasets.list', {})
    const found = datasets.find((dataset) => dataset.name === name)
    if (found === undefined) throw new Error(`no dataset “${name}”`)
    return found.id
  }

  async traceSet(): Promise<string> {
    const { sets } = await this.client.call('traces.sets', {})
    const found = sets.find(({ name }) => name === 'Airline')
    if (found === undefined) throw new Error('no traces')
    return found.set
  }

  async job(kind: JobKindName): Promise<string> {
    const { jobs } = await this.client.call('jobs.list', {})
    const found = jobs.find((job) => job.kind === kind)
    if (found === undefined) throw new Error(`no ${kind} job`)
    return found.id
  }

  async run(kind: 'select' | 'distil'): Promise<string> {
    const { runs } = await this.client.call('runs.list', {})
    const found = runs.find((run) => run.kind === kind)
    if (found === undefined) throw new Error(`no ${kind} run`)
    return found.job.id
  }
}

function importOf(name: string, path: string): Stage {
  const title = `Reading “${name}”`
  return {
    name: `import ${name}`,
    kind: 'import',
    isIt: (job) => job.kind === 'import' && job.title === title,
    async begin(work) {
      const options = ImportOptions.parse({
        split: { kind: 'holdout', testFraction01: 0.2, seed: 1 }
      })
      const grant = await work.grant(join(work.places.sources, path))
      return (await work.client.call('datasets.import', { grant, name, options })).job
    }
  }
}

function stage(name: JobKindName, begin: Stage['begin']): Stage {
  return { name, kind: name, isIt: ({ kind }) => kind === name, begin }
}

async function exportOf(work: Work, run: string, name: string): Promise<string> {
  const place = await work.grant(work.places.exports)
  const layouts = (await work.client.call('exports.plan', { run, place, name })).layouts
  const chosen = layouts.filter(({ isPossible }) => isPossible).map(({ layout }) => layout)
  return (await work.client.call('exports.start', { run, place, name, layouts: chosen })).job
}

const all: readonly Stage[] = [
  importOf('table', 'table.csv'),
  importOf('pictures', 'pictures'),
  importOf('photos', 'photos'),
  importOf('chat', 'chat.jsonl'),
  importOf('packed', 'packed.csv.gz'),
  stage('features', async (work) => {
    const dataset = await work.dataset('pictures')
    return (await work.client.call('datasets.prepare', { dataset })).job
  }),
  stage('health', async (work) => {
    const dataset = await work.dataset('photos')
    return (await work.client.call('health.start', { dataset })).job
  }),
  stage('map', async (work) => {
    const dataset = await work.dataset('pictures')
    const { job } = await work.client.call('maps.start', { dataset })
    if (job === null) throw new Error('the map is there already')
    return job
  }),
  stage('matrix', async (work) => {
    const dataset = await work.dataset('table')
    const grant = await work.grant(join(work.places.sources, 'matrix.npy'))
    const name = 'Mine'
    const input = { grant, dataset, array: '', name, use: 'fingerprints', task: null } as const
    return (await work.client.call('matrices.join', { ...input, storage: 'copy' })).job
  }),
  stage('select', async (work) => {
    const draft = await work.client.call('drafts.defaults', {
      dataset: await work.dataset('table')
    })
    const check = { ...draft.check, isOn: true, repeats: 3 }
    return (await work.client.call('runs.start', { ...draft, name: 'choice', seed: 7, check })).run
  }),
  {
    name: 'export choice',
    kind: 'export',
    isIt: (job) => job.kind === 'export' && job.title.includes('choice'),
    begin: async (work) => exportOf(work, await work.run('select'), 'choice')
  },
  stage('distil', async (work) => {
    const draft = await work.client.call('distil.defaults', {
      dataset: await work.dataset('pictures')
    })
    const params = {
      iterations: 6,
      realPerClass: 8,
      features: 'trained',
      helpers: 1,
      helperEpochs: 2
    }
    const { run } = await work.client.call('distil.start', {
      ...draft,
      name: 'tiny',
      kind: 'made',
      method: { id: 'distribution-matching', params },
      perClass: 1,
      effort: 'quick',
      width: 4,
      side: 12,
      seed: 7,
      check: { repeats: 1, otherNetwork: false, equalBytes: false, all: false }
    })
    return run
  }),
  stage('analyse', async (work) => {
    const run = await work.run('distil')
    return (await work.client.call('distil.analyse', { run, effort: 'quick' })).job
  }),
  {
    name: 'export tiny',
    kind: 'export',
    isIt: (job) => job.kind === 'export' && job.title.includes('tiny'),
    begin: async (work) => exportOf(work, await work.run('distil'), 'tiny')
  },
  stage('import-traces', async (work) => {
    const grants = [await work.grant(join(work.places.sources, 'traces.json.gz'))]
    const options = { hideSecrets: true, mapping: null }
    return (await work.client.call('traces.import', { grants, name: 'Airline', options })).job
  }),
  stage('derive-traces', async (work) => {
    const input = { set: await work.traceSet(), effects: {}, volatile: ['timestamp'] }
    return (await work.client.call('traces.setRules', input)).job
  }),
  stage('trace-export', async (work) => {
    const input = { set: await work.traceSet(), to: await work.grant(work.places.exports) }
    const request = { ...input, name: 'attempts', which: 'all' } as const
    const files = TraceExportRequest.shape.files.unwrap().element.options
    return (await work.client.call('traces.export', { ...request, files: [...files] })).job
  }),
  stage('trace-send', async (work) => {
    const input = { set: await work.traceSet(), which: 'all', name: 'sent', sft: {} } as const
    return (await work.client.call('traces.send', input)).job
  }),
  stage('import-rooms', async (work) => {
    const grant = await work.grant(join(work.places.sources, 'rooms'))
    return (await work.client.call('rooms.import', { grant, name: 'Rooms' })).job
  }),
  stage('train-rooms', async (work) => {
    const [rooms] = (await work.client.call('rooms.sets', {})).sets
    if (rooms === undefined) throw new Error('no buildings')
    const { suggested } = await work.client.call('rooms.buildings', { set: rooms.set })
    const more = { effort: 'quick', runs: 1, testPaths: 10, seed: 7 }
    const plan = RoomsPlan.parse({ set: rooms.set, ...suggested, ...more })
    return (await work.client.call('rooms.start', plan)).job
  }),
  stage('learn-groups', async (work) => {
    const dataset = await work.dataset('pictures')
    const plan = GroupsPlan.parse({ dataset, useLabels: true, seed: 3 })
    return (await work.client.call('groups.start', plan)).job
  }),
  importOf('bars', 'bars'),
  stage('train-pictures', async (work) => {
    const dataset = await work.dataset('bars')
    const input = { dataset, name: 'Bars', steps: 12, side: 8, seed: 3 } as const
    return (await work.client.call('expand.train', input)).job
  }),
  stage('expand-set', async (work) => {
    const dataset = await work.dataset('bars')
    const { classes } = await work.client.call('datasets.get', { dataset })
    const model = await work.job('train-pictures')
    const plan = ExpandPlan.parse({
      ...{ dataset, model, most: 10, make: 6, seed: 5 },
      filter: { ...noFilter, labels: classes.slice(0, 1).map(({ name }) => name) }
    })
    return (await work.client.call('expand.start', plan)).job
  }),
  stage('run-pages', async (work) => {
    const input = { name: 'Played', pages: { kind: 'own' }, policy: { kind: 'scripted' } } as const
    const tasks = ['tabs', 'checkboxes']
    return (await work.client.call('runner.start', { ...input, tasks, seeds: [1, 2, 3] })).job
  })
]

/** Names of all stages in the order in which each finds what it needs. */
export const stageNames: readonly string[] = all.map(({ name }) => name)

/** Kinds of jobs that stages make. */
export const stageKinds: ReadonlySet<JobKindName> = new Set(all.map(({ kind }) => kind))

/** The kind of job of a stage. */
export function kindOf(name: string): JobKindName {
  return found(name).kind
}

/** Whether what a stage makes can go on after it was cut off. */
export const endsForGood: ReadonlySet<string> = new Set(['run-pages'])

function found(name: string): Stage {
  const stage = all.find((each) => each.name === name)
  if (stage === undefined) throw new Error(`no stage “${name}”`)
  return stage
}

/** Starts an app at a place; `change` alters what its host tells it. */
export async function startFaultApp(
  places: FaultPlaces,
  change: Partial<Platform> = {}
): Promise<FaultApp> {
  const platform = await commandLinePlatform()
  const paths = nodePaths(appFolder(), { WINNOW_HOME: places.home })
  const app = await createApp({
    ...platform,
    paths,
    log: createFileLog(paths.data, platform.now),
    ...(testBrowser && { pageBrowser: testBrowser }),
    ...change
  })
  const [server, page] = createPortPair()
  serve(server, app.handlers, {
    checkOutputs: true,
    onError: app.logError,
    newLogId: app.newLogId
  })
  const client = createClient(page)
  const work = new Work(app, client, places)
  const jobs = async (): Promise<readonly Job[]> => (await client.call('jobs.list', {})).jobs
  return {
    app,
    client,
    jobs,
    async open() {
      const folder = projectFolder(places.place)
      if (existsSync(folder))
        await client.call('projects.open', { grant: await work.grant(folder) })
      else
        await client.call('projects.create', {
          name: 'Faults',
          place: await work.grant(places.place)
        })
    },
    async run(name, watch = {}) {
      const { isIt, begin } = found(name)
      const known = (await jobs()).find(isIt)
      const id = known?.id ?? (await begin(work))
      if (known?.canResume === true) await client.call('jobs.resume', { id })
      watch.onBegun?.(id)
      const { state, error } = await endOf(client, id, watch.onProgress)
      return { job: id, state, error }
    },
    async close() {
      client.close()
      await app.dispose()
    }
  }
}

/** The job in its last state. */
function endOf(client: Client, id: string, onProgress?: (job: Job) => void): Promise<Job> {
  const isEnd = ({ state }: Job): boolean =>
    ['finished', 'finished-with-notes', 'failed', 'cancelled', 'interrupted'].includes(state)
  return new Promise<Job>((settle, fail) => {
    const see = (job: Job): void => {
      if (job.id !== id) return
      onProgress?.(job)
      if (!isEnd(job)) return
      stop()
      settle(job)
    }
    const stop = client.stream('projects.watch', {}, (event) => {
      if (event.kind === 'job') see(event.job)
    })
    client.call('jobs.get', { id }).then(see, fail)
  })
}

/** Folder of the project of a place. */
export function projectFolder(place: string): string {
  return join(place, 'Faults.winnow')
}
