// Facility location on large pools, and the memory of methods on a pool that is streamed:
//   10,000 x 1,024 exact, beside the similarity matrix and a lazy greedy in NumPy;
//   100,000 x 512 within groups of alike items; 1,000,000 x 512 float32 (2 GB) on disk.
//   node bench/selection/large-pools.ts [--parts exact,sparse,stream] [--methods icons,gtp=2000]
//     [--file POOL.npy]: the streamed pool is kept there, and read where it is there already
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, open, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { formatNpyHeader } from '../../src-main/core/features/npy-header.ts'

const { values: options } = parseArgs({
  options: {
    parts: { type: 'string', default: 'exact,sparse,stream' },
    methods: {
      type: 'string',
      default: 'stratified-random,icons,less,tracin,el2n,facility-location,herding,gtp=2000'
    },
    file: { type: 'string' }
  }
})
const parts = options.parts.split(',')
const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const folder = await mkdtemp(join(tmpdir(), 'winnow-large-'))

interface Answer {
  readonly seconds: number
  readonly peakMb: number
  readonly got: number
  readonly picks: string
}

/** Clouds around 200 centres, so that there is something to be alike. Written in blocks. */
async function writeClouds(path: string, rows: number, columns: number): Promise<void> {
  const random = createRandom(3)
  const centres = Float32Array.from({ length: 200 * columns }, () => random.normal())
  // Normal noise is costly; a table of it, read from changing places, serves.
  const noise = Float32Array.from({ length: 1 << 20 }, () => random.normal())
  const file = await open(path, 'w')
  try {
    await file.write(formatNpyHeader('float32', [rows, columns]))
    const blockRows = 4096
    const block = new Float32Array(blockRows * columns)
    for (let first = 0; first < rows; first += blockRows) {
      const count = Math.min(blockRows, rows - first)
      for (let i = 0; i < count; i++) {
        const centre = random.below(200) * columns
        let at = random.below(noise.length)
        for (let j = 0; j < columns; j++) {
          block[i * columns + j] = centres[centre + j] + noise[at]
          at = (at + 1) & (noise.length - 1)
        }
      }
      await file.write(new Uint8Array(block.buffer, 0, count * columns * 4))
    }
  } finally {
    await file.close()
  }
}

function runMethod(
  method: string,
  path: string,
  rows: number,
  classes: number,
  budget: number,
  params: object = {}
): Answer | undefined {
  const child = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, 'method-child.ts'),
      method,
      path,
      String(rows),
      String(classes),
      String(budget),
      JSON.stringify(params)
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1e8 }
  )
  if (child.status !== 0) {
    console.log(`${method} failed`)
    return undefined
  }
  return JSON.parse(child.stdout.trim().split('\n').at(-1) ?? '') as Answer
}

async function exact(): Promise<void> {
  const path = join(folder, 'exact.npy')
  await writeClouds(path, 10_000, 1024)
  const budget = 1000
  const own = runMethod('facility-location', path, 10_000, 1, budget, { mix: 'free' })
  if (own === undefined) return
  console.log(
    `exact facility location, 10,000 x 1,024, ${budget} kept: ${own.seconds.toFixed(2)} s, peak memory ${own.peakMb.toFixed(0)} MB`
  )
  const peer = spawnSync(
    python,
    [join(import.meta.dirname, 'facility_location_peer.py'), path, String(budget)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }
  )
  if (peer.status !== 0) {
    console.log('NumPy: not here')
    return
  }
  const numpy = JSON.parse(peer.stdout) as {
    matrix: number
    greedy: number
    value: number
  }
  console.log(
    `NumPy: similarity matrix ${numpy.matrix.toFixed(2)} s, with a lazy greedy ${(numpy.matrix + numpy.greedy).toFixed(2)} s`
  )
  console.log(
    `facility location / NumPy matrix: ${(own.seconds / numpy.matrix).toFixed(1)} times; ` +
      `facility location / NumPy matrix and greedy: ${(own.seconds / (numpy.matrix + numpy.greedy)).toFixed(2)} times`
  )
}

async function sparse(): Promise<void> {
  const path = join(folder, 'sparse.npy')
  await writeClouds(path, 100_000, 512)
  const own = runMethod('facility-location', path, 100_000, 10, 5000)
  if (own !== undefined)
    console.log(
      `facility location, 100,000 x 512, 5,000 kept: ${own.seconds.toFixed(1)} s, peak memory ${own.peakMb.toFixed(0)} MB`
    )
}

async function stream(): Promise<void> {
  const path = options.file ?? join(folder, 'stream.npy')
  if (!existsSync(path)) {
    await writeClouds(`${path}.part`, 1_000_000, 512)
    await rename(`${path}.part`, path)
  }
  for (const wanted of options.methods.split(',')) {
    const [method, kept = '10000'] = wanted.split('=')
    const budget = Number(kept)
    const own = runMethod(method, path, 1_000_000, 10, budget)
    if (own !== undefined)
      console.log(
        `${method}, 1,000,000 x 512, ${budget.toLocaleString('en-US')} kept: ${own.seconds.toFixed(1)} s, peak memory ${own.peakMb.toFixed(0)} MB`
      )
  }
}

try {
  if (parts.includes('exact')) await exact()
  if (parts.includes('sparse')) await sparse()
  if (parts.includes('stream')) await stream()
} finally {
  await rm(folder, { recursive: true, force: true })
}
