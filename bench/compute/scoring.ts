// Scores of a float16 matrix on disk against ten directions: GB/s beside NumPy on the same file
// memory-mapped and beside `dd`, which only reads it. The contenders take turns; on one core they
// are bound to one (taskset), reading included. Winnow also computes the rows' lengths.
// Usage: node bench/compute/scoring.ts [rows] [repeats] [seconds to wait for a quiet processor]
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { formatNpyHeader } from '../../src-main/core/features/npy-header.ts'

const rows = Number(process.argv[2] ?? 40_000)
const repeats = Number(process.argv[3] ?? 5)
const patience = 1000 * Number(process.argv[4] ?? 0)
const columns = 5120
const directions = 10
/** Rows of the LLaVA pool that ICONS was published on. */
const llavaRows = 665_298
const gigabytes = (count: number): number => (count * columns * 2) / 1e9
const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const hasTaskset = spawnSync('taskset', ['-c', '0', 'true']).status === 0

/** Random 16-bit floats between 0.004 and 0.03 in size; the time does not depend on them. */
function writeMatrix(path: string): void {
  const random = createRandom(1)
  const block = new Uint16Array(1000 * columns)
  const file = openSync(path, 'w')
  const header = Buffer.from(formatNpyHeader('float32', [rows, columns]))
  writeSync(file, Buffer.from(header.toString('latin1').replace('<f4', '<f2'), 'latin1'))
  for (let at = 0; at < block.length; at++) {
    const bits = random.uint32()
    block[at] = (bits & 0x8000) | (0x1c00 + ((bits >>> 16) % 0x0c00))
  }
  for (let first = 0; first < rows; first += 1000) {
    // Other rows in every block: the same numbers from another place on.
    const from = random.below(block.length)
    const turned = new Uint16Array(block.length)
    turned.set(block.subarray(from))
    turned.set(block.subarray(0, from), block.length - from)
    writeSync(file, turned.subarray(0, Math.min(1000, rows - first) * columns))
  }
  closeSync(file)
}

interface Answer {
  readonly [name: string]: number | string
}

interface Contender {
  readonly name: string
  readonly about: string
  readonly warm: number[]
  readonly cold: number[]
  peakMb: number
  ask(line: string): Promise<Answer>
  stop(): void
}

/** Starts a process that answers lines; undefined when it cannot do its part here. */
async function start(
  name: string,
  command: readonly string[],
  isBound: boolean
): Promise<Contender | undefined> {
  const [program, ...args] = isBound ? ['taskset', '-c', '0', ...command] : command
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.on('error', () => undefined)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const read = async (): Promise<Answer | undefined> => {
    const line = await lines.next()
    return line.done === true ? undefined : (JSON.parse(line.value) as Answer)
  }
  const hello = await read()
  if (hello?.['about'] === undefined) {
    console.log(`${name}: not here (${String(hello?.['error'] ?? 'it did not start')})`)
    return undefined
  }
  const about = String(hello['about'])
  return {
    name,
    about,
    warm: [],
    cold: [],
    peakMb: 0,
    async ask(line) {
      child.stdin.write(`${line}\n`)
      const answer = await read()
      if (answer === undefined) throw new Error(`${name} ended early`)
      return answer
    },
    stop: () => child.stdin.end()
  }
}

/** The same file read and thrown away. */
function dd(path: string): Contender {
  return {
    name: 'dd',
    about: 'dd bs=4M of=/dev/null',
    warm: [],
    cold: [],
    peakMb: 0,
    ask: () => {
      const { stderr } = spawnSync('dd', [`if=${path}`, 'of=/dev/null', 'bs=4M'], {
        env: { ...process.env, LC_ALL: 'C' },
        encoding: 'utf8'
      })
      return Promise.resolve({ ms: 1000 * Number(/([\d.e-]+) s, /.exec(stderr)?.[1]) })
    },
    stop: () => undefined
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]

let passes = 0
let quietPasses = 0

/** Waits until other programs rest for a moment, as long as was asked for. */
async function waitForQuiet(): Promise<void> {
  const sums = (): { idle: number; all: number } => {
    const times = cpus().map((cpu) => cpu.times)
    const all = times.flatMap((one) => Object.values(one)).reduce((sum, ms) => sum + ms, 0)
    return { idle: times.reduce((sum, { idle }) => sum + idle, 0), all }
  }
  const end = performance.now() + patience
  for (passes++; ;) {
    const before = sums()
    await new Promise((done) => setTimeout(done, 150))
    const after = sums()
    const isQuiet = after.idle - before.idle > 0.9 * (after.all - before.all)
    if (isQuiet) quietPasses++
    if (isQuiet || performance.now() > end) return
  }
}

async function measure(contenders: readonly Contender[], drop?: () => Promise<unknown>) {
  for (let repeat = 0; repeat < repeats; repeat++)
    for (const contender of contenders) {
      await drop?.()
      await waitForQuiet()
      const { ms, peakMb } = await contender.ask('run')
      ;(drop === undefined ? contender.warm : contender.cold).push(Number(ms))
      contender.peakMb = Number(peakMb ?? 0)
    }
}

function table(title: string, contenders: readonly Contender[], which: 'warm' | 'cold'): void {
  console.log(`\n${title}`)
  for (const contender of contenders) {
    const times = contender[which]
    if (times.length === 0) continue
    const rate = (1000 * gigabytes(rows)) / median(times)
    const best = (1000 * gigabytes(rows)) / Math.min(...times)
    const memory = contender.peakMb > 0 ? `, peak ${contender.peakMb.toFixed(0)} MB` : ''
    console.log(
      `${which}, ${contender.name}: ${rate.toFixed(2)} GB/s (best ${best.toFixed(2)}), ` +
        `${llavaRows.toLocaleString('en')} rows in ${(gigabytes(llavaRows) / rate).toFixed(1)} s${memory}`
    )
  }
}

function ratio(own: Contender | undefined, other: Contender | undefined): void {
  if (own === undefined || other === undefined) return
  const times = median(other.warm) / median(own.warm)
  console.log(`speed, ${own.name} / ${other.name}: ${times.toFixed(2)} times`)
}

const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'))
try {
  const matrix = join(folder, 'matrix.npy')
  const right = join(folder, 'directions')
  writeMatrix(matrix)
  const random = createRandom(2)
  const values = Float32Array.from({ length: directions * columns }, () => random.normal())
  writeFileSync(right, new Uint8Array(values.buffer))
  const child = (cores: number): Promise<Contender | undefined> => {
    const script = join(import.meta.dirname, 'scoring-child.ts')
    const command = [process.execPath, script, matrix, right, String(cores)]
    return start(`Winnow on ${cores}`, command, cores === 1 && hasTaskset)
  }
  const peer = (cores: number): Promise<Contender | undefined> => {
    const script = join(import.meta.dirname, 'scoring_peer.py')
    const command = [python, script, matrix, right, String(cores)]
    return start(`NumPy on ${cores}`, command, cores === 1 && hasTaskset)
  }
  const [own1, own2] = [await child(1), await child(2)]
  const [numpy1, numpy2] = [await peer(1), await peer(2)]
  const contenders = [own1, numpy1, own2, numpy2, dd(matrix)].filter((one) => one !== undefined)
  console.log(
    `${rows} rows x ${columns} columns of float16 (${gigabytes(rows).toFixed(2)} GB), ${directions} directions; medians of ${repeats} in turns`
  )
  for (const { name, about } of contenders) console.log(`  ${name}: ${about}`)
  await measure(contenders)
  table('In the page cache', contenders, 'warm')
  console.log()
  ratio(own1, numpy1)
  ratio(own2, numpy2)
  ratio(own2, contenders.at(-1))
  if (numpy2 !== undefined && own2 !== undefined) {
    const files = [join(folder, 'scores'), join(folder, 'norms')].join(' ')
    await own2.ask(`save ${files}`)
    const { own, exact, norms } = await numpy2.ask(`compare ${files}`)
    console.log(
      `\nlargest difference, as a share of |row| |direction|: ${Number(own).toExponential(1)} to NumPy in float32, ` +
        `${Number(exact).toExponential(1)} to float64; of a length ${Number(norms).toExponential(1)}`
    )
    spawnSync('sync', [matrix])
    await measure(contenders, () => numpy2.ask('drop'))
    table('Dropped from the page cache before every run (posix_fadvise)', contenders, 'cold')
  }
  console.log(`\n${quietPasses} of ${passes} passes began on a quiet processor`)
  for (const contender of contenders) contender.stop()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
