// `npm run bench [-- NAME [ARGUMENTS]]`: runs the benchmarks one after the other, each a program
// of its own, shows what they print, then one table of their figures. Results are also written to
// bench-results/NAME.json. `npm run bench -- list` says what there is and which peers are missing;
// the beginning of names up to a dash stands for all of them: `npm run bench -- selection`.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { benchmarks, type Benchmark, type Figure, type Peer } from './list.ts'

const root = resolve(import.meta.dirname, '..')
const resultsFolder = join(root, 'bench-results')

const decimals: Readonly<Record<string, number>> = { times: 2, 'GB/s': 2, '%': 1, points: 1 }

/** Runs one benchmark, showing its output as it comes. */
function runOne(
  benchmark: Benchmark,
  args: readonly string[]
): Promise<{ status: number; output: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, benchmark.script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let output = ''
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString()
    process.stdout.write(bytes)
  })
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (status) => settle({ status: status ?? 1, output }))
  })
}

function missing(benchmark: Benchmark): Peer[] {
  return benchmark.peers.filter((peer) => !peer.isHere())
}

function sayMissing(benchmark: Benchmark): void {
  for (const peer of missing(benchmark))
    console.log(
      /^[A-Z]/.test(peer.name)
        ? `  not set: ${peer.name} (${peer.without})`
        : `  not installed: ${peer.name} (${peer.without}); apt-get install ${peer.name}`
    )
}

function list(): void {
  for (const benchmark of benchmarks) {
    console.log(`${benchmark.name.padEnd(21)}${benchmark.about}`)
    sayMissing(benchmark)
  }
}

function table(rows: readonly (readonly [string, Figure])[]): void {
  if (rows.length === 0) return
  const width = Math.max(...rows.map(([, figure]) => figure.name.length))
  console.log('\n== figures')
  for (const [benchmark, { name, value, unit }] of rows)
    console.log(
      `${benchmark.padEnd(21)}${name.padEnd(width)}  ${value.toFixed(decimals[unit] ?? 0).padStart(8)} ${unit}`
    )
}

/** Runs the wanted benchmarks; returns the exit status. */
async function runAll(wanted: readonly Benchmark[], args: readonly string[]): Promise<number> {
  const rows: [string, Figure][] = []
  let failures = 0
  mkdirSync(resultsFolder, { recursive: true })
  for (const benchmark of wanted) {
    console.log(`\n== ${benchmark.name}: ${benchmark.about}`)
    sayMissing(benchmark)
    const began = performance.now()
    const { status, output } = await runOne(benchmark, args)
    const figures = status === 0 ? benchmark.figures(output) : []
    if (status !== 0) failures++
    else if (figures.length === 0) console.log('It printed no figures.')
    rows.push(...figures.map((figure): [string, Figure] => [benchmark.name, figure]))
    const record = {
      benchmark: benchmark.name,
      arguments: args,
      finishedAt: new Date().toISOString(),
      seconds: Math.round((performance.now() - began) / 1000),
      status,
      machine: {
        processor: cpus()[0]?.model.trim() ?? 'unknown',
        threads: availableParallelism(),
        memoryBytes: totalmem(),
        node: process.version,
        system: `${process.platform} ${process.arch}`
      },
      missingPeers: missing(benchmark).map(({ name }) => name),
      figures,
      output
    }
    const path = join(resultsFolder, `${benchmark.name}.json`)
    writeFileSync(path, `${JSON.stringify(record, undefined, 2)}\n`)
  }
  table(rows)
  console.log(`\nWritten to ${resultsFolder}${failures > 0 ? `; ${failures} failed` : ''}`)
  return failures > 0 ? 1 : 0
}

const [name, ...args] = process.argv.slice(2)
const exact = benchmarks.filter((one) => name === undefined || one.name === name)
const wanted =
  exact.length > 0 ? exact : benchmarks.filter((one) => one.name.startsWith(`${name}-`))
if (name === 'list') list()
else if (wanted.length === 0) {
  console.error(`There is no benchmark "${name}". There are:`)
  list()
  process.exitCode = 3
} else process.exitCode = await runAll(wanted, args)
