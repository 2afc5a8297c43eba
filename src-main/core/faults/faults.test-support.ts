// Faults for tests: data to work on, small disks, disks that are taken away or become read-only,
// processes that are killed at a moment, and what of a project must not depend on any of that.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import type { JobKindName } from '../../api/dto/jobs.ts'
import { createRandom } from '../compute/random.ts'
import { writeIdxPair } from '../datasets/write-idx.ts'
import { encodeNpy } from '../features/npy.ts'
import { temporaryMark } from '../files/atomic-write.ts'
import { writeRooms } from '../rooms/rooms.test-support.ts'
import { openStore } from '../store/open-store.ts'
import { projectFolder, type FaultPlaces } from './fault-work.test-support.ts'
import type { Orders, Report } from './fault-process.test-support.ts'

// ---- data

/** How much data the sources hold. */
export interface SourceSizes {
  readonly rows: number
  readonly pictures: number
  readonly photos: number
  readonly chats: number
}

/** Enough for every stage, and quick. */
export const smallSources: SourceSizes = { rows: 1500, pictures: 120, photos: 24, chats: 200 }

/** Writes the data that the stages work on into a new folder; the same bytes for the same sizes. */
export async function writeSources(folder: string, sizes: SourceSizes): Promise<void> {
  await mkdir(join(folder, 'pictures'), { recursive: true })
  await mkdir(join(folder, 'photos'))
  const table = tableText(sizes.rows)
  await writeFile(join(folder, 'table.csv'), table)
  await writeFile(join(folder, 'packed.csv.gz'), gzipSync(table))
  await writeFile(join(folder, 'chat.jsonl'), chatText(sizes.chats))
  await writePictures(join(folder, 'pictures'), sizes.pictures)
  // As many as a model of pictures needs.
  await mkdir(join(folder, 'bars'))
  await writePictures(join(folder, 'bars'), 200)
  await writePhotos(join(folder, 'photos'), sizes.photos)
  // One row for each row of the table that can be read.
  const rows = sizes.rows - brokenRows(sizes.rows)
  const random = createRandom(5)
  const values = Float32Array.from({ length: rows * 16 }, () => random.normal())
  await writeFile(join(folder, 'matrix.npy'), encodeNpy(values, [rows, 16]))
  await writeRooms(join(folder, 'rooms'), { train: 2, unseen: 1, paths: 12, columns: 3, rows: 3 })
  const traces = '../traces/fixtures/tau-bench/airline-excerpt.json.gz'
  await copyFile(join(import.meta.dirname, traces), join(folder, 'traces.json.gz'))
}

const isBroken = (row: number): boolean => row % 701 === 5

function brokenRows(rows: number): number {
  return Array.from({ length: rows }, (_, row) => row).filter(isBroken).length
}

/** Three noisy clouds; some rows cannot be read. */
function tableText(rows: number): string {
  const random = createRandom(3)
  const lines = Array.from({ length: rows }, (_, row) => {
    if (isBroken(row)) return `${row},broken,row,of,too,many,cells,1,2,3,4,5`
    const numbers = Array.from({ length: 6 }, (_, column) =>
      (random.normal() + (column % 3 === row % 3 ? 1.5 : 0)).toFixed(3)
    )
    return [...numbers, `group ${row % 3}`].join(',')
  })
  return `a,b,c,d,e,f,label\n${lines.join('\n')}\n`
}

function chatText(count: number): string {
  const line = (n: number): string =>
    JSON.stringify({
      messages: [
        { role: 'user', content: `What is ${n} times ${n % 7}?` },
        { role: 'assistant', content: `It is ${n * (n % 7)}.` }
      ]
    })
  return Array.from({ length: count }, (_, n) => `${line(n)}\n`).join('')
}

/** Bars in four directions under noise. */
async function writePictures(place: string, count: number): Promise<void> {
  const side = 12
  const random = createRandom(4)
  const pixels = new Uint8Array(count * side * side)
  const labels = Uint8Array.from({ length: count }, (_, picture) => picture % 4)
  for (let i = 0; i < pixels.length; i++) {
    const label = labels[Math.floor(i / (side * side))]
    const [x, y] = [i % side, Math.floor((i % (side * side)) / side)]
    const far = [
      Math.abs(x - side / 2),
      Math.abs(y - side / 2),
      Math.abs(x - y),
      Math.abs(side - 1 - x - y)
    ]
    pixels[i] = (far[label] < 2 ? 150 : 0) + random.below(100)
  }
  await writeIdxPair(place, 'train', { count, height: side, width: side, pixels }, labels)
}

/** Coloured squares in two groups, as files. */
async function writePhotos(place: string, count: number): Promise<void> {
  const random = createRandom(6)
  for (const group of ['warm', 'cold']) await mkdir(join(place, group))
  for (let n = 0; n < count; n++) {
    const group = n % 2 === 0 ? 'warm' : 'cold'
    const raw = { width: 96, height: 96, channels: 3 } as const
    const colour = [random.below(255), random.below(255), random.below(255)]
    const pixels = Buffer.from(
      Uint8Array.from({ length: 96 * 96 * 3 }, (_, i) => colour[i % 3] ^ random.below(24))
    )
    await sharp(pixels, { raw })
      .png()
      .toFile(join(place, group, `${n}.png`))
  }
}

// ---- disks

/** Why small disks cannot be mounted here; undefined where they can. */
export const noDisks: string | undefined = whyNoDisks()

function whyNoDisks(): string | undefined {
  if (process.platform !== 'linux') return 'small disks are mounted on Linux alone'
  if (process.getuid?.() !== 0) return 'only root can mount a small disk'
  const probe = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'])
  return probe.status === 0 ? undefined : 'this computer lets nobody mount a small disk'
}

/** A small disk of its own. */
export interface SmallDisk {
  readonly path: string
  freeBytes(): Promise<number>
  /** Fills it until `bytes` are left. */
  fill(bytes: number): Promise<void>
  /** Takes the filling away. */
  empty(): Promise<void>
  /** Lets nobody write, or everybody again. Files open for writing keep the disk as it is. */
  setReadOnly(isReadOnly: boolean): void
  /** Takes the disk away, as a plug that is pulled: what is open stays open. */
  remove(): void
}

function mount(...args: readonly string[]): void {
  const { status, stderr } = spawnSync(args[0] ?? '', args.slice(1), { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
}

/** Mounts a disk of `megabytes` at a new folder. */
export async function smallDisk(path: string, megabytes: number): Promise<SmallDisk> {
  await mkdir(path, { recursive: true })
  mount('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path)
  const filling = join(path, 'filling')
  const freeBytes = async (): Promise<number> => {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  }
  let isThere = true
  return {
    path,
    freeBytes,
    async fill(bytes) {
      await rm(filling, { force: true })
      const size = (await freeBytes()) - bytes
      if (size > 0) await writeFile(filling, Buffer.alloc(size))
    },
    empty: () => rm(filling, { force: true }),
    setReadOnly: (isReadOnly) => mount('mount', '-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path),
    remove() {
      if (!isThere) return
      isThere = false
      mount('umount', '--lazy', path)
    }
  }
}

// ---- processes

/** Moment of a kill: at a share of the job's progress, or some time after it began. */
export type Moment =
  | { readonly stage: string; readonly atFraction01: number }
  | { readonly stage: string; readonly afterMs: number }

/** How a process ended. */
export interface Ended {
  readonly reports: readonly Report[]
  readonly wasKilled: boolean
  /** Milliseconds of each stage from its beginning to its end. */
  readonly times: ReadonlyMap<string, number>
}

const script = join(import.meta.dirname, 'fault-process.test-support.ts')

/** Runs a process to its end, or to its violent death at a moment. */
export function runProcess(orders: Orders, kill?: Moment): Promise<Ended> {
  const child = spawn(process.execPath, [script, JSON.stringify(orders)], {
    // Every process reads the same sources; compiling them once halves the time of these tests.
    env: { ...process.env, NODE_COMPILE_CACHE: join(orders.places.home, 'compiled') },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const reports: Report[] = []
  const times = new Map<string, number>()
  let complaint = ''
  let timer: NodeJS.Timeout | undefined
  child.stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()))
  createInterface({ input: child.stdout }).on('line', (line) => {
    const seen = JSON.parse(line) as Report
    reports.push(seen)
    if (!('stage' in seen)) return
    if (seen.at === 'begun') times.set(seen.stage, performance.now())
    if (seen.at === 'ended') {
      times.set(seen.stage, performance.now() - (times.get(seen.stage) ?? 0))
    }
    if (seen.stage !== kill?.stage) return
    // Quicker than usual: it dies after the stage, so that the later ones are left to kill.
    if (seen.at === 'ended') child.kill('SIGKILL')
    else if ('afterMs' in kill && seen.at === 'begun')
      timer = setTimeout(() => child.kill('SIGKILL'), kill.afterMs)
    else if (
      'atFraction01' in kill &&
      (seen.at === 'progress' ? seen.fraction01 : 0) >= kill.atFraction01
    )
      child.kill('SIGKILL')
  })
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const wasKilled = signal === 'SIGKILL'
      if (code === 0 || wasKilled) settle({ reports, wasKilled, times })
      else fail(new Error(`the process ended with ${code ?? signal}: ${complaint}`))
    })
  })
}

// ---- what must not depend on a fault

/** SHA-256 of every file below a folder, by its path. */
export async function hashesBelow(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const hex = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    found.set(path.slice(folder.length + 1), hex)
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Names below a folder that a write left half done. */
export async function halfWritten(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch((): string[] => [])
  return names.filter((name) => name.includes(temporaryMark))
}

/** Parts of results that tell when, how long and under which number, not what. */
const timed = new Set([
  'seconds',
  'createdAt',
  'startedAt',
  'finishedAt',
  'activeSeconds',
  'durationMs',
  'milliseconds',
  'trace',
  // Of the steps since the last start.
  'variety01'
])

/** Jobs whose result is a folder of their own, and which are no runs. */
const keepsFolder: ReadonlySet<string> = new Set<JobKindName>([
  ...(['train-rooms', 'learn-groups', 'train-pictures', 'expand-set'] as const)
])

function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !timed.has(name))
      .map(([name, each]) => [name, withoutTimes(each)])
  )
}

/** Everything of a project and its exports that must be the same with and without faults. */
export async function outcomeOf(places: FaultPlaces): Promise<Map<string, string>> {
  const project = projectFolder(places.place)
  const found = new Map<string, string>()
  // Ids are drawn at random.
  const names = new Map<string, string>()
  const named = (text: string): string =>
    [...names].reduce((all, [id, name]) => all.replaceAll(id, name), text)
  const store = openStore(join(project, 'project.sqlite'))
  try {
    const findings = store.check()
    if (findings.length > 0) throw new Error(findings.join(' '))
    for (const { id, name, items, skipped, contentHash } of store.datasets.list()) {
      const computed = store.items.contentHash(id)
      names.set(id, name)
      const findings = store.health.findings(id)
      if (findings.length > 0) found.set(`findings ${name}`, JSON.stringify(findings))
      found.set(`dataset ${name}`, JSON.stringify({ items, skipped, contentHash, computed }))
    }
    for (const run of store.runs.list()) {
      const name = store.jobs.get(run.id)?.kind ?? ''
      names.set(run.id, name)
      found.set(`result ${name}`, named(JSON.stringify(withoutTimes(run.result))))
      for (const [path, hex] of await hashesBelow(join(project, 'runs', run.id)))
        if (path.endsWith('.npy')) found.set(`${name}/${path}`, hex)
      const analysis = join(project, 'runs', run.id, 'analysis.json')
      if (existsSync(analysis)) {
        const read: unknown = JSON.parse(await readFile(analysis, 'utf8'))
        found.set(`analysis ${name}`, named(JSON.stringify(withoutTimes(read))))
      }
    }
    for (const job of store.jobs.list()) {
      if (!keepsFolder.has(job.kind)) continue
      names.set(job.id, job.kind)
      const folder = join(project, 'runs', job.id)
      for (const [path, hex] of await hashesBelow(folder))
        if (/^[^\\/]+\.(npy|safetensors)$/.test(path)) found.set(`${job.kind}/${path}`, hex)
      const result = join(folder, 'result.json')
      if (!existsSync(result)) continue
      const read: unknown = JSON.parse(await readFile(result, 'utf8'))
      found.set(`result ${job.kind}`, named(JSON.stringify(withoutTimes(read))))
    }
    for (const [path, hex] of await hashesBelow(join(project, 'features')))
      found.set(`features/${path}`, hex)
    for (const { id, name } of store.traces.sets()) {
      const listed = store.traces.listings(id)
      found.set(`traces ${name}`, JSON.stringify(withoutTimes(listed)))
    }
  } finally {
    store.dispose()
  }
  if (existsSync(places.exports)) {
    for (const [path, hex] of await hashesBelow(places.exports)) {
      // These tell when they were made.
      if (/manifest\.json$|\.(html|md|txt)$/.test(path)) continue
      const isRecipe = path.endsWith('recipe.json')
      const text = isRecipe ? await readFile(join(places.exports, path), 'utf8') : hex
      found.set(`exports/${path}`, named(text))
    }
  }
  return found
}

/** Changes one byte of a file. */
export async function flipByte(path: string, at: number): Promise<void> {
  const bytes = readFileSync(path)
  bytes[at] ^= 0x10
  await writeFile(path, bytes)
}
