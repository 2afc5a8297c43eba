// Builds a project through the app's own calls: a large table, labelled pictures, agents' traces.
// What is there already, by name, is not made again.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ImportOptions } from '../../src-main/api/dto/datasets.ts'
import type { LoadHost } from './host.ts'
import { writePictures, writeTable, writeTraces } from './sources.ts'

/** How much of each there is to be. */
export interface ProjectSizes {
  readonly rows: number
  readonly pictures: number
  readonly traces: number
}

/** The parts of a built project. */
export interface LoadProject {
  readonly folder: string
  readonly table: string
  readonly pictures: string
  readonly traces: string
  /** Seconds each part took; absent when it was there. */
  readonly seconds: Readonly<Record<string, number>>
}

/** Waits for a job and refuses one that failed. */
export async function mustEnd(host: LoadHost, job: string): Promise<void> {
  const { error, state } = await host.ended(job)
  if (error !== null || !state.startsWith('finished'))
    throw new Error(`a job is ${state}: ${error?.message ?? ''}`)
}

/** Opens the project of this name below `root`, or makes it, and fills what is missing. */
export async function buildProject(
  host: LoadHost,
  root: string,
  name: string,
  sizes: ProjectSizes,
  say: (line: string) => void
): Promise<LoadProject> {
  const sources = join(root, 'sources')
  await mkdir(sources, { recursive: true })
  const files = {
    table: join(sources, `rows-${sizes.rows}.csv`),
    pictures: join(sources, `pictures-${sizes.pictures}`),
    traces: join(sources, `traces-${sizes.traces}.jsonl`)
  }
  await writeTable(files.table, sizes.rows)
  await writePictures(files.pictures, sizes.pictures)
  await writeTraces(files.traces, sizes.traces)

  const folder = join(root, `${name}.winnow`)
  const isThere = await host.grant(folder).then(
    () => true,
    () => false
  )
  if (isThere) await host.call('projects.open', { grant: await host.grant(folder) })
  else await host.call('projects.create', { name, place: await host.grant(root) })

  const seconds: Record<string, number> = {}
  async function timed(what: string, work: () => Promise<string>): Promise<void> {
    const began = performance.now()
    await mustEnd(host, await work())
    seconds[what] = (performance.now() - began) / 1000
    say(`import, ${what}: ${seconds[what].toFixed(1)} s`)
  }
  const { datasets } = await host.call('datasets.list', {})
  for (const [what, path] of [
    ['rows', files.table],
    ['pictures', files.pictures]
  ] as const) {
    if (datasets.some((one) => one.name === what)) continue
    await timed(what, async () => {
      const options = ImportOptions.parse({
        split: { kind: 'holdout', testFraction01: 0.2, seed: 1 },
        ...(what === 'rows' ? { roles: { text: 'text', label: 'label', id: 'id' } } : {})
      })
      const grant = await host.grant(path)
      return (await host.call('datasets.import', { grant, name: what, options })).job
    })
  }
  const { sets } = await host.call('traces.sets', {})
  if (!sets.some((set) => set.name === 'traces'))
    await timed('traces', async () => {
      const grants = [await host.grant(files.traces)]
      const options = { hideSecrets: true, mapping: null }
      return (await host.call('traces.import', { grants, name: 'traces', options })).job
    })
  const made = (await host.call('datasets.list', {})).datasets
  const idOf = (what: string): string => made.find((one) => one.name === what)?.id ?? ''
  const set = (await host.call('traces.sets', {})).sets.find((one) => one.name === 'traces')
  return {
    folder,
    table: idOf('rows'),
    pictures: idOf('pictures'),
    traces: set?.set ?? '',
    seconds
  }
}
