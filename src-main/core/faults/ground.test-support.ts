// The ground that faults are tried on: data, a project that nobody disturbed with a copy of it before
// each stage, and what it came to. Every case works on a copy and is thrown away.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder, startFaultApp, type FaultPlaces } from './fault-work.test-support.ts'
import {
  halfWritten,
  hashesBelow,
  outcomeOf,
  runProcess,
  smallSources,
  writeSources
} from './faults.test-support.ts'

/** What is prepared once. */
export interface Ground {
  readonly folder: string
  readonly stages: readonly string[]
  /** Undisturbed milliseconds of each stage. */
  readonly times: ReadonlyMap<string, number>
  /** What the project came to before the stage of a number. */
  expected(number: number): Promise<ReadonlyMap<string, string>>
  /** New places, as they were before a stage; `below` is another disk. */
  placesBefore(stage: string, below?: string): Promise<FaultPlaces>
  /** Throws when the originals are not as they were written. */
  checkSources(): Promise<void>
}

/** Writes the data and runs the stages undisturbed; what an earlier call left in `folder` is used. */
export async function prepareGround(folder: string, stages: readonly string[]): Promise<Ground> {
  const sources = join(folder, 'sources')
  const copies = join(folder, 'copies')
  const calm = join(folder, 'calm')
  const places = {
    sources,
    home: join(folder, 'home'),
    place: calm,
    exports: join(calm, 'exports')
  }
  const timesFile = join(folder, 'times.json')
  if (!existsSync(timesFile)) {
    await writeSources(sources, smallSources)
    await mkdir(places.exports, { recursive: true })
    const { reports, times: taken } = await runProcess({ places, stages, copies })
    for (const seen of reports)
      if (seen.at === 'ended' && !/^finished/.test(seen.state))
        throw new Error(`${seen.stage}: ${seen.state} ${seen.error?.message}`)
    await writeFile(timesFile, JSON.stringify([...taken]))
  }
  const times = new Map(JSON.parse(await readFile(timesFile, 'utf8')) as [string, number][])
  const written = await hashesBelow(sources)
  const outcomes = new Map<number, Promise<ReadonlyMap<string, string>>>()
  const copyOf = (number: number): string => join(copies, String(number))
  return {
    folder,
    stages,
    times,
    expected(number) {
      const place = copyOf(number)
      const known =
        outcomes.get(number) ?? outcomeOf({ ...places, place, exports: join(place, 'exports') })
      outcomes.set(number, known)
      return known
    },
    async placesBefore(stage, below = folder) {
      const place = await mkdtemp(join(below, 'case-'))
      await cp(copyOf(stages.indexOf(stage)), place, { recursive: true })
      return { ...places, place, exports: join(place, 'exports') }
    },
    async checkSources() {
      const now = await hashesBelow(sources)
      requireSame('the originals', now, written)
    }
  }
}

/** Throws with the first difference. */
export function requireSame(
  what: string,
  found: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>
): void {
  for (const key of new Set([...found.keys(), ...expected.keys()])) {
    const [is, should] = [found.get(key), expected.get(key)]
    if (is === should) continue
    throw new Error(`${what}: “${key}” is ${cut(is)} and should be ${cut(should)}`)
  }
}

function cut(text: string | undefined): string {
  return text === undefined ? 'missing' : text.slice(0, 300)
}

/** Throws when anything of an export stands under its own name and is not whole. */
export async function requireWholeExports(
  places: FaultPlaces,
  expected: ReadonlyMap<string, string>
): Promise<void> {
  const names = await readdir(places.exports)
  const half = await halfWritten(places.exports)
  const found = await exportsOf(places)
  for (const name of names) {
    if (half.includes(name)) continue
    const parts = (from: ReadonlyMap<string, string>): Map<string, string> =>
      new Map([...from].filter(([path]) => path.startsWith(`exports/${name}/`) && !isDated(path)))
    requireSame('an export', parts(found), parts(expected))
    if (!existsSync(join(places.exports, name, 'manifest.json')))
      throw new Error(`the export “${name}” has no manifest`)
  }
}

/** Tells when it was made, or the ids of its run. */
const isDated = (path: string): boolean => /(manifest|recipe)\.json$|\.(html|md|txt)$/.test(path)

async function exportsOf(places: FaultPlaces): Promise<ReadonlyMap<string, string>> {
  const all = await hashesBelow(places.exports)
  return new Map([...all].map(([path, hex]) => [`exports/${path}`, hex]))
}

/** Finishes a stage in an app of this process and requires the outcome of a calm run. */
export async function requireGoesOn(
  ground: Ground,
  places: FaultPlaces,
  stage: string
): Promise<void> {
  const work = await startFaultApp(places)
  try {
    await work.open()
    const { state, error } = await work.run(stage)
    if (!/^finished/.test(state)) throw new Error(`${stage} then ${state}: ${error?.message}`)
  } finally {
    await work.close()
  }
  await requireOutcome(ground, places, ground.stages.indexOf(stage) + 1)
}

/** Requires what the calm project had before the stage of a number, with nothing half done. */
export async function requireOutcome(
  ground: Ground,
  places: FaultPlaces,
  number: number
): Promise<void> {
  requireSame('the outcome', await outcomeOf(places), await ground.expected(number))
  const half = [
    ...(await halfWritten(projectFolder(places.place))),
    ...(await halfWritten(places.exports))
  ]
  if (half.length > 0) throw new Error(`left half done: ${half.join(', ')}`)
  await ground.checkSources()
}

/** Throws the places of a case away. */
export function forget(places: FaultPlaces): Promise<void> {
  return rm(places.place, { recursive: true, force: true })
}
