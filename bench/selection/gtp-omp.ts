// GTP's pursuit beside non-negative orthogonal matching pursuit (our own, with an incremental
// solver and the same factored products) and scikit-learn's (weights of any sign): residual at equal
// k, seconds and memory, on the gradients of 50,000 training pictures of Fashion-MNIST.
//   node bench/selection/gtp-omp.ts [--rows 50000] [--k 500,2000] [--peers omp,sklearn]
//     [--sklearn-rows 5000] [--sklearn-k 500]
// scikit-learn needs the gradients or all their products written out, so it runs on fewer rows, with
// both others beside it on the same rows.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hasFashionMnist } from '../features/fashion-mnist.ts'
import type { Reached } from './gtp-omp/contender.ts'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '50000' },
    k: { type: 'string', default: '500,2000' },
    peers: { type: 'string', default: 'omp,sklearn' },
    'sklearn-rows': { type: 'string', default: '5000' },
    'sklearn-k': { type: 'string', default: '500' }
  }
})
if (!hasFashionMnist) {
  console.log('Skipped: the Debian package dataset-fashion-mnist is not installed.')
  process.exit(0)
}
const peers = options.peers.split(',')
const python = process.env['PYTHON'] ?? '/usr/bin/python3'

/** Lines of JSON that a program prints. */
function linesOf(program: string, args: readonly string[]): unknown[] {
  const { stdout, status } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`)
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
}

function contender(name: string, rows: string, sizes: string, folder = ''): unknown[] {
  const script = join(import.meta.dirname, 'gtp-omp', 'contender.ts')
  return linesOf(process.execPath, [script, name, rows, sizes, folder])
}

function show(name: string, rows: string, found: Reached): void {
  const { k, chosen, residual, seconds, processorSeconds, rounds, peakMegabytes } = found
  const fewer = chosen === k ? '' : `, ${chosen} with weight`
  console.log(
    `${name}, k ${k} of ${rows}: residual ${residual.toFixed(5)}${fewer}, ${seconds.toFixed(1)} s ` +
      `(${processorSeconds.toFixed(1)} s of processor), ${rounds} rounds, peak ${peakMegabytes} MB`
  )
}

/** GTP and, where wanted, OMP on the same rows. */
function compare(rows: string, sizes: string): void {
  // What our own contenders print is a line for each size, as contender.ts says.
  const own = sizes.split(',').map((k) => contender('gtp', rows, k)[0] as Reached)
  for (const found of own) show('GTP', rows, found)
  if (!peers.includes('omp')) return
  for (const theirs of contender('omp', rows, sizes) as Reached[]) {
    show('OMP', rows, theirs)
    const ours = own.find(({ k }) => k === theirs.k)
    if (ours === undefined) continue
    const where = `k ${theirs.k} of ${rows}`
    const reached = ours.history?.find(({ residual }) => residual <= theirs.residual)
    console.log(
      `speed, OMP / GTP, ${where}: ${(theirs.seconds / ours.seconds).toFixed(1)} times ` +
        `(processor ${(theirs.processorSeconds / ours.processorSeconds).toFixed(1)})`
    )
    console.log(
      reached === undefined
        ? `GTP did not come as close as OMP, ${where}`
        : `speed, OMP / GTP until it is as close, ${where}: ${(theirs.seconds / reached.seconds).toFixed(1)} times`
    )
    console.log(`residual, GTP / OMP, ${where}: ${(ours.residual / theirs.residual).toFixed(3)}`)
  }
}

/** What gtp_omp_peer.py prints for each function and size. */
interface PeerReached {
  readonly name: string
  readonly k: number
  readonly chosen: number
  readonly negative: number
  readonly residual: number
  readonly seconds: number
  readonly peakMegabytes: number
}

function scikitLearn(rows: string, sizes: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'))
  try {
    const [shape] = contender('factors', rows, sizes, folder) as {
      width: number
      outputs: number
    }[]
    const script = join(import.meta.dirname, 'gtp_omp_peer.py')
    const args = [script, folder, rows, String(shape.width), String(shape.outputs), sizes]
    for (const found of linesOf(python, args) as PeerReached[])
      console.log(
        `scikit-learn ${found.name}, k ${found.k} of ${rows}: residual ${found.residual.toFixed(5)}, ` +
          `${found.chosen} with weight, ${found.negative} of them negative, ` +
          `${found.seconds.toFixed(1)} s, peak ${found.peakMegabytes} MB`
      )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

console.log(
  `Pursuit of the mean gradient: Fashion-MNIST, warm-up of 4 passes, ${availableParallelism()} processor threads, Node ${process.version}\n`
)
compare(options.rows, options.k)
if (peers.includes('sklearn')) {
  const here = spawnSync(python, ['-c', 'import sklearn'], { stdio: 'ignore' }).status === 0
  console.log(`\non ${options['sklearn-rows']} rows, where scikit-learn's matrices fit:`)
  compare(options['sklearn-rows'], options['sklearn-k'])
  if (here) scikitLearn(options['sklearn-rows'], options['sklearn-k'])
  else console.log('scikit-learn is not installed; apt-get install python3-sklearn')
}
