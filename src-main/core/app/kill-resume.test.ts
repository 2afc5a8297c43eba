// Kill -9 at any moment: a process that imports, makes fingerprints and chooses is killed again and
// again; every time the project opens, shows what was cut off as interrupted, and goes on. At the
// end nothing may differ from a run that nobody disturbed, down to the last bit.
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRandom } from '../compute/random.ts'
import { writeIdxPair } from '../datasets/write-idx.ts'
import { openStore } from '../store/open-store.ts'
import type { Report } from './kill-resume.test-support.ts'

const script = join(import.meta.dirname, 'kill-resume.test-support.ts')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-kill-'))
  await mkdir(join(folder, 'sources', 'pictures'), { recursive: true })
  await writeTable(join(folder, 'sources', 'table.csv'), 6000)
  await writePictures(join(folder, 'sources', 'pictures'), 300)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Three noisy clouds; some rows repeat, some cannot be read. */
async function writeTable(path: string, rows: number): Promise<void> {
  const random = createRandom(3)
  const lines = Array.from({ length: rows }, (_, row) => {
    const group = row % 3
    if (row % 701 === 5) return `${row},broken,row,of,too,many,cells,1,2,3,4,5`
    const numbers = Array.from({ length: 6 }, (_, column) =>
      (random.normal() + (column % 3 === group ? 1.5 : 0)).toFixed(3)
    )
    return [...numbers, `group ${group}`].join(',')
  })
  await writeFile(path, `a,b,c,d,e,f,label\n${lines.join('\n')}\n`)
}

/** Bars in four directions under noise, 28 by 28. */
async function writePictures(place: string, count: number): Promise<void> {
  const random = createRandom(4)
  const pixels = new Uint8Array(count * 784)
  const labels = Uint8Array.from({ length: count }, (_, picture) => picture % 4)
  for (let i = 0; i < pixels.length; i++) {
    const label = labels[Math.floor(i / 784)]
    const [x, y] = [i % 28, Math.floor((i % 784) / 28)]
    const isOn = [Math.abs(x - 14), Math.abs(y - 14), Math.abs(x - y), Math.abs(27 - x - y)]
    pixels[i] = (isOn[label] < 3 ? 150 : 0) + random.below(100)
  }
  await writeIdxPair(place, 'train', { count, height: 28, width: 28, pixels }, labels)
}

interface Kill {
  readonly stage: string
  /** Moment inside the stage, as a share of its undisturbed time. */
  readonly after01: number
}

interface Ended {
  readonly reports: readonly Report[]
  readonly wasKilled: boolean
  /** Undisturbed milliseconds per stage. */
  readonly times: ReadonlyMap<string, number>
}

/** Runs the process to its end, or to its violent death at the moment `kill` names. */
function runOnce(place: string, kill?: Kill, usual?: ReadonlyMap<string, number>): Promise<Ended> {
  const child = spawn(process.execPath, [script, join(folder, 'sources'), place], {
    env: { ...process.env, WINNOW_HOME: join(folder, 'home') },
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
    if (seen.at === 'begun') {
      times.set(seen.stage, performance.now())
      if (seen.stage !== kill?.stage) return
      const delay = kill.after01 * (usual?.get(kill.stage) ?? 0)
      timer = setTimeout(() => child.kill('SIGKILL'), delay)
    } else if (seen.at === 'ended') {
      times.set(seen.stage, performance.now() - (times.get(seen.stage) ?? 0))
      if (seen.stage !== kill?.stage) return
      // Quicker than usual: it dies between two stages, so that the later ones are left to kill.
      clearTimeout(timer)
      child.kill('SIGKILL')
    }
  })
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => {
      const wasKilled = signal === 'SIGKILL'
      if (code === 0 || wasKilled) settle({ reports, wasKilled, times })
      else fail(new Error(`the process ended with ${code ?? signal}: ${complaint}`))
    })
  })
}

/** Everything that must not depend on having been killed. */
async function outcome(place: string): Promise<Map<string, string>> {
  const project = join(place, 'Killed.winnow')
  const found = new Map<string, string>()
  const store = openStore(join(project, 'project.sqlite'))
  try {
    expect(store.check()).toEqual([])
    for (const dataset of store.datasets.list()) {
      const { name, items, skipped, contentHash } = dataset
      found.set(`dataset ${name}`, JSON.stringify({ items, skipped, contentHash }))
      expect(store.items.contentHash(dataset.id)).toBe(contentHash)
    }
    const [run] = store.runs.list()
    const result = run.result as { check: { seconds?: number } | null; got: number }
    found.set('check', JSON.stringify({ ...result.check, seconds: 0 }))
    for (const [label, part] of [
      ['features', join(project, 'features')],
      ['run', join(project, 'runs', run.id)]
    ] as const) {
      const names = (await readdir(part, { recursive: true })).filter((name) =>
        name.endsWith('.npy')
      )
      for (const name of names.sort())
        found.set(`${label}/${name}`, (await readFile(join(part, name))).toString('base64'))
    }
  } finally {
    store.dispose()
  }
  return found
}

const share = fc.double({ min: 0, max: 0.9, noNaN: true })
/**
 * Two kills while reading, two while making fingerprints, two while choosing and testing; and one
 * before all of them as soon as reading begins, which no change of the machine's speed can miss.
 */
const moments = fc.tuple(share, share, share, share, share, share).map((shares): Kill[] => [
  { stage: 'import table', after01: 0 },
  ...shares.map((after01, index) => ({
    stage: ['import table', 'features', 'select'][Math.floor(index / 2)] ?? '',
    after01: index % 2 === 0 ? after01 : after01 / 2
  }))
])

describe('a process killed with SIGKILL', () => {
  it('leaves a project that opens, says what was interrupted, and ends with the same bits', async () => {
    const calm = join(folder, 'calm')
    await mkdir(calm)
    const { times } = await runOnce(calm)
    if (process.env['KILL_DEBUG']) console.log(times)
    const expected = await outcome(calm)
    expect([...expected.keys()].filter((name) => name.startsWith('run/'))).toContain(
      'run/chosen.npy'
    )
    await fc.assert(
      fc.asyncProperty(moments, async (kills) => {
        const place = await mkdtemp(join(folder, 'killed-'))
        let cut: string | undefined
        let interrupted = 0
        for (const kill of [...kills, undefined]) {
          const ended = await runOnce(place, kill, times)
          const opened = ended.reports[0]
          const job = opened?.at === 'opened' ? opened.jobs.find(({ id }) => id === cut) : undefined
          if (cut !== undefined) {
            // Killed after its last line, a job may just have finished.
            expect(['interrupted', 'finished', 'finished-with-notes']).toContain(job?.state)
            if (job?.state === 'interrupted') interrupted++
          }
          const last = ended.reports.at(-1)
          cut = ended.wasKilled && last?.at === 'begun' ? last.job : undefined
          if (kill === undefined) expect(last?.at).toBe('done')
        }
        expect(interrupted).toBeGreaterThan(0)
        expect(await outcome(place)).toEqual(expected)
      }),
      { numRuns: 1, endOnFailure: true }
    )
  }, 180_000)
})
