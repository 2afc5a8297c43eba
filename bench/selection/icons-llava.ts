// ICONS at the size it was published for: 665,298 rows x 5,120 16-bit floats on disk, ten tasks, one
// of them of 13 sub-tasks, through the product's compute task; then the form with the app's own head
// on 665,298 rows x 512 features. Each beside the same mathematics in NumPy on the same files,
// memory-mapped, in turns. Children measure their own memory.
//   node bench/selection/icons-llava.ts [--rows 665298] [--folder DIR] [--parts gradients,head]
//     [--cores N] [--repeats 1]
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom, type Random } from '../../src-main/core/compute/random.ts'
import { formatNpyHeader } from '../../src-main/core/features/npy-header.ts'

const { values: options } = parseArgs({
  options: {
    /** Rows of the LLaVA pool. */
    rows: { type: 'string', default: '665298' },
    /** Where the files go, and stay when it is named: about 8.3 GB at the full size. */
    folder: { type: 'string' },
    parts: { type: 'string', default: 'gradients,head' },
    cores: { type: 'string', default: String(availableParallelism()) },
    repeats: { type: 'string', default: '1' }
  }
})
const rows = Number(options.rows)
const cores = Number(options.cores)
const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'winnow-llava-')))
await mkdir(folder, { recursive: true })

/** Sub-tasks of each task: 13 in one, as MME has. */
const parts = [13, 1, 1, 1, 1, 1, 1, 1, 1, 1]
const partCount = parts.reduce((sum, count) => sum + count, 0)
const gradients = { columns: 5120, examples: 64 }
const head = { columns: 512, classes: 20, examples: 20 }

/** Bits of 16-bit floats for n / 1024, n from -8191 to 8191, rounded to the nearest. */
const halves = Uint16Array.from({ length: 16_384 }, (_, at) => {
  const value = (at - 8192) / 1024
  const size = Math.abs(value)
  if (size === 0) return 0
  const exponent = Math.floor(Math.log2(size))
  // A mantissa that is rounded up to 1024 carries over into the exponent.
  return (
    (value < 0 ? 0x8000 : 0) +
    (exponent + 15) * 1024 +
    Math.round((size / 2 ** exponent - 1) * 1024)
  )
})

const normals = (random: Random, count: number, scale: number): Float32Array =>
  Float32Array.from({ length: count }, () => scale * random.normal())

/** Fills rows of a block, each with noise and some of a direction. */
type Fill = (block: Float32Array, first: number, count: number) => void

/** Rows around directions: which one, and how strongly, is drawn for every row. */
function leaning(random: Random, directions: Float32Array, columns: number, most: number): Fill {
  const noise = normals(random, 1 << 20, 0.3)
  const count = directions.length / columns
  return (block, _first, taken) => {
    for (let i = 0; i < taken; i++) {
      const direction = random.below(count) * columns
      const lean = most * random.uniform()
      let at = random.below(noise.length)
      for (let j = 0; j < columns; j++) {
        block[i * columns + j] = noise[at] + lean * directions[direction + j]
        at = (at + 1) & (noise.length - 1)
      }
    }
  }
}

/** Writes a matrix block by block, unless the file of a named folder is there already. */
async function writeMatrix(
  path: string,
  columns: number,
  type: 'float16' | 'float32',
  fill: Fill
): Promise<void> {
  const bytes = type === 'float16' ? 2 : 4
  // The header is 128 bytes long.
  if (existsSync(path) && statSync(path).size === 128 + rows * columns * bytes) return
  const began = performance.now()
  const file = await open(path, 'w')
  try {
    const header = formatNpyHeader('float32', [rows, columns])
    const text = Buffer.from(header).toString('latin1')
    await file.write(Buffer.from(type === 'float16' ? text.replace('<f4', '<f2') : text, 'latin1'))
    const blockRows = Math.max(1, Math.floor(4e6 / columns))
    const block = new Float32Array(blockRows * columns)
    const bits = new Uint16Array(type === 'float16' ? block.length : 0)
    for (let first = 0; first < rows; first += blockRows) {
      const count = Math.min(blockRows, rows - first)
      fill(block, first, count)
      for (let at = 0; at < bits.length; at++) {
        const n = Math.round(1024 * block[at]) + 8192
        bits[at] = halves[n < 1 ? 1 : n > 16_383 ? 16_383 : n]
      }
      const values = type === 'float16' ? bits : block
      await file.write(new Uint8Array(values.buffer, 0, count * columns * bytes))
    }
  } finally {
    await file.close()
  }
  const seconds = (performance.now() - began) / 1000
  console.log(`  written: ${path} in ${seconds.toFixed(0)} s`)
}

const save = (name: string, values: Float32Array | Int32Array): Promise<void> =>
  writeFile(join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength))

async function writeGradients(): Promise<void> {
  const { columns, examples } = gradients
  const random = createRandom(1)
  const directions = normals(random.fork('directions'), partCount * columns, 1)
  const fill = leaning(random.fork('rows'), directions, columns, 0.3)
  await writeMatrix(join(folder, 'gradients.npy'), columns, 'float16', fill)
  const own = random.fork('examples')
  const rowsOf = new Float32Array(partCount * examples * columns)
  for (let at = 0; at < rowsOf.length; at++) {
    const part = Math.floor(at / (examples * columns))
    rowsOf[at] = 0.6 * own.normal() + directions[part * columns + (at % columns)]
  }
  await save('gradient-examples', rowsOf)
  // What the product would compare items by; nothing reads more than its shape here.
  const fingerprints = leaning(random.fork('fingerprints'), normals(random, 64, 1), 8, 1)
  await writeMatrix(join(folder, 'fingerprints.npy'), 8, 'float32', fingerprints)
}

async function writeHead(): Promise<void> {
  const { columns, classes, examples } = head
  const random = createRandom(2)
  const centres = normals(random.fork('centres'), classes * columns, 0.2)
  const noise = normals(random.fork('noise'), 1 << 20, 1)
  const draw = random.fork('rows')
  await writeMatrix(join(folder, 'features.npy'), columns, 'float32', (block, first, count) => {
    for (let i = 0; i < count; i++) {
      const centre = ((first + i) % classes) * columns
      let at = draw.below(noise.length)
      for (let j = 0; j < columns; j++) {
        block[i * columns + j] = centres[centre + j] + noise[at]
        at = (at + 1) & (noise.length - 1)
      }
    }
  })
  const labels = Int32Array.from({ length: rows }, (_, row) => row % classes)
  // One label in five is wrong, so that there is something to vote about.
  for (let row = 0; row < rows; row += 5) labels[row] = draw.below(classes)
  await save('labels', labels)
  // Every task asks for half of the labels.
  const wanted = Int32Array.from(
    { length: parts.length * examples * (classes / 2) },
    (_, at) => (Math.floor(at / (examples * (classes / 2))) + (at % (classes / 2))) % classes
  )
  const own = random.fork('examples')
  const values = new Float32Array(wanted.length * columns)
  for (let at = 0; at < values.length; at++) {
    const label = wanted[Math.floor(at / columns)]
    values[at] = centres[label * columns + (at % columns)] + own.normal()
  }
  await save('head-labels', wanted)
  await save('head-examples', values)
}

interface Answer {
  readonly scoring: number
  readonly voting: number
  readonly seconds: number
  readonly peakMb: number
  readonly about: string
  readonly differ?: number
  readonly farthest?: number
  readonly picksFit?: boolean
}

function ask(command: readonly string[]): Answer | undefined {
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
    env: { ...process.env, OPENBLAS_NUM_THREADS: String(cores), OMP_NUM_THREADS: String(cores) }
  })
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Answer
  console.log(`  ${command[1]} ended early: ${stderr.trim().split('\n').at(-1) ?? ''}`)
  return undefined
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]

/** One form beside NumPy, in turns. */
function compare(form: 'gradients' | 'head', bytes: number): void {
  const settings = JSON.stringify({ rows, parts, gradients, head, cores })
  const script = (name: string): string => join(import.meta.dirname, name)
  const own: Answer[] = []
  const peer: Answer[] = []
  for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
    const ours = ask([process.execPath, script('icons-llava-child.ts'), folder, form, settings])
    // It reads what the run before it has left: the head, and the votes to compare with.
    const theirs = ask([python, script('icons_llava_peer.py'), folder, form, settings])
    if (ours !== undefined) own.push(ours)
    if (theirs !== undefined) peer.push(theirs)
  }
  const line = (name: string, answers: readonly Answer[]): void => {
    if (answers.length === 0) return
    const scoring = median(answers.map((answer) => answer.scoring))
    const voting = median(answers.map((answer) => answer.voting))
    const peak = Math.max(...answers.map(({ peakMb }) => peakMb))
    const whole = median(answers.map(({ seconds }) => seconds))
    console.log(
      `${form}, ${name}: ${whole.toFixed(1)} s in all, scoring ${scoring.toFixed(2)} s at ` +
        `${(bytes / 1e9 / scoring).toFixed(2)} GB/s, voting ${voting.toFixed(2)} s, peak ${peak.toFixed(0)} MB (${answers[0].about})`
    )
  }
  line('Winnow', own)
  line('NumPy', peer)
  if (own.length === 0 || peer.length === 0) {
    process.exitCode = 1
    return
  }
  const ratio = (what: 'scoring' | 'voting'): number =>
    median(own.map((one) => one[what])) / median(peer.map((one) => one[what]))
  console.log(`time of scoring, ${form}, Winnow / NumPy: ${ratio('scoring').toFixed(2)} times`)
  console.log(`time of voting, ${form}, Winnow / NumPy: ${ratio('voting').toFixed(2)} times`)
  const { differ, farthest, picksFit } = peer[peer.length - 1]
  console.log(
    `${form}, votes that differ: ${differ} of ${rows * parts.length}, at most ${Number(farthest).toExponential(1)} from the cut (float ties); ` +
      `picks ${picksFit === true ? 'follow from these votes' : 'DO NOT follow from these votes'}`
  )
  if (picksFit !== true || Number(farthest) > 1e-5) process.exitCode = 1
}

try {
  const wanted = options.parts.split(',')
  console.log(`${rows} rows, ${cores} cores, files in ${folder}`)
  if (wanted.includes('gradients')) {
    await writeGradients()
    compare('gradients', rows * gradients.columns * 2)
  }
  if (wanted.includes('head')) {
    await writeHead()
    compare('head', rows * head.columns * 4)
  }
} finally {
  if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
}
