// ICONS scoring and voting beside the same mathematics in NumPy (and PyTorch where it is
// installed), on the same machine, the same matrices and in turns. Winnow runs its product code
// (scoreCandidates and countVotes). Features lie in memory on both sides: reading the disk is not
// what is compared. Usage: node bench/selection/icons-vs-numpy.ts [rows] [repeats]
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { tieOrder } from '../../src-main/core/compute/kernels/ranking.ts'
import { openTestDevice } from '../../src-main/core/compute/wasm.test-support.ts'
import type { Factors } from '../../src-main/core/methods/selection/icons/factors.ts'
import { scoreCandidates } from '../../src-main/core/methods/selection/icons/score.ts'
import { countVotes, groupRows } from '../../src-main/core/methods/selection/icons/vote.ts'

const rows = Number(process.argv[2] ?? 100_000)
const repeats = Number(process.argv[3] ?? 5)
const columns = 512
const classes = 10
const tasks = 10
const percent = 20
const width = columns + 1

/** Features uniform in -1..1, labels and a random head and directions: the time does not depend on them. */
function makeCase() {
  const random = createRandom(1)
  const values = new Float32Array(rows * columns)
  for (let i = 0; i < values.length; i++) values[i] = random.uint32() / 0x80000000 - 1
  const normal = (count: number, scale: number): Float32Array =>
    Float32Array.from({ length: count }, () => scale * random.normal())
  const labels = Int32Array.from({ length: rows }, () => random.below(classes))
  return {
    values,
    labels,
    center: normal(columns, 0.1),
    weights: normal(classes * width, 0.05),
    directions: Array.from({ length: tasks }, () => normal(classes * width, 0.05))
  }
}

const given = makeCase()
const device = await openTestDevice()
const signal = new AbortController().signal
const ties = tieOrder(
  0,
  Uint32Array.from({ length: rows }, (_, i) => i)
)

async function winnow(): Promise<{
  scoring: number
  voting: number
  points: Uint32Array
  scores: Float32Array
}> {
  const factors: Factors = {
    classes,
    weights: given.weights,
    centroids: new Float32Array(0),
    scaling: {
      center: given.center,
      inverseScale: new Float32Array(columns).fill(1.5),
      meanSquaredNorm: 1
    }
  }
  const features = {
    rows,
    columns,
    readBlock: (start: number, count: number) =>
      Promise.resolve(given.values.subarray(start * columns, (start + count) * columns)),
    readRows: () => Promise.reject(new Error('not used')),
    close: () => Promise.resolve()
  }
  const plan = {
    directions: given.directions,
    taskOf: given.directions.map((_, task) => task),
    tasks
  }
  const start = performance.now()
  const run = scoreCandidates(device, { features, labels: given.labels }, factors, plan, signal)
  let step = await run.next()
  while (step.done !== true) step = await run.next()
  const middle = performance.now()
  const active = given.directions.map(() => true)
  const groups = groupRows(given.labels, undefined)
  const votes = countVotes(
    step.value.scores,
    rows,
    active,
    active.map(() => 1),
    percent,
    ties,
    0,
    groups
  )
  const end = performance.now()
  return {
    scoring: middle - start,
    voting: end - middle,
    points: votes.points,
    scores: step.value.scores
  }
}

/** A peer process that runs once per line on its standard input and answers with one JSON line. */
function startPeer(python: string, kind: 'numpy' | 'torch', folder: string) {
  const script = join(import.meta.dirname, 'icons_peer.py')
  const child = spawn(
    python,
    [
      script,
      kind,
      folder,
      String(rows),
      String(columns),
      String(classes),
      String(tasks),
      String(percent)
    ],
    {
      stdio: ['pipe', 'pipe', 'inherit']
    }
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const read = async (): Promise<Record<string, unknown> | undefined> => {
    const line = await lines.next()
    return line.done === true ? undefined : (JSON.parse(line.value) as Record<string, unknown>)
  }
  return {
    read,
    run: () => {
      child.stdin.write('run\n')
      return read()
    },
    stop: () => child.stdin.end()
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]
const ms = (value: number): string => `${value.toFixed(0)} ms`.padStart(9)

const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'))
try {
  const save = (name: string, array: Float32Array | Int32Array): void =>
    writeFileSync(
      join(folder, name),
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    )
  save('values', given.values)
  save('labels', given.labels)
  save('center', given.center)
  save('weights', given.weights)
  given.directions.forEach((direction, task) => save(`direction${task}`, direction))
  const python = process.env['PYTHON'] ?? '/usr/bin/python3'
  const peers = []
  for (const kind of ['numpy', 'torch'] as const) {
    const peer = startPeer(python, kind, folder)
    const hello = await peer.read()
    if (hello === undefined || hello['error'] !== undefined)
      console.log(`${kind}: not here (${String(hello?.['error'] ?? 'no python')})`)
    else
      peers.push({
        kind,
        peer,
        about: String(hello['about']),
        times: [] as { scoring: number; voting: number }[],
        points: [] as number[]
      })
  }
  await winnow()
  for (const { peer } of peers) await peer.run()
  const own: { scoring: number; voting: number }[] = []
  let last = await winnow()
  for (let repeat = 0; repeat < repeats; repeat++) {
    last = await winnow()
    own.push(last)
    for (const entry of peers) {
      const answer = await entry.peer.run()
      entry.times.push({ scoring: Number(answer?.['scoring']), voting: Number(answer?.['voting']) })
      entry.points = answer?.['points'] as number[]
    }
  }
  console.log(
    `ICONS scoring and voting: ${rows} rows x ${columns} features x ${classes} classes x ${tasks} tasks, features in memory`
  )
  console.log(
    `medians of ${repeats} runs in turns; ${device.name}, one thread; Node ${process.version}\n`
  )
  const line = (name: string, times: readonly { scoring: number; voting: number }[]): number => {
    const total = median(times.map(({ scoring, voting }) => scoring + voting))
    console.log(
      `${name.padEnd(40)}scoring ${ms(median(times.map((t) => t.scoring)))}  voting ${ms(median(times.map((t) => t.voting)))}  both ${ms(total)}`
    )
    return total
  }
  const ours = line('Winnow', own)
  for (const { about, times, points, peer, kind } of peers) {
    const theirs = line(about, times)
    const same = points.reduce((sum, value, row) => sum + (value === last.points[row] ? 1 : 0), 0)
    console.log(
      `  Winnow / ${kind}: ${(ours / theirs).toFixed(2)} times; same votes for ${((100 * same) / rows).toFixed(3)} % of the rows`
    )
    peer.stop()
  }
  console.log(
    `\npeak memory of this process: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB, of it features ${((rows * columns * 4) / 1048576).toFixed(0)} MB`
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
