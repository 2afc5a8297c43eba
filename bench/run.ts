// `npm run bench [-- NAME [ARGUMENTS]]`: runs the benchmarks one after the other, each a program
// of its own, shows what they print, then one table of their figures. Results are also written to
// bench-results/NAME.json. `npm run bench -- list` says what there is and which peers are missing.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const resultsFolder = join(root, 'bench-results')
const python = process.env['PYTHON'] ?? '/usr/bin/python3'

/** A number read from what a benchmark printed. */
interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
}

/** Something a benchmark compares with or reads, installed or not. */
interface Peer {
  readonly name: string
  readonly isHere: () => boolean
  readonly without: string
}

interface Benchmark {
  readonly name: string
  readonly script: string
  readonly about: string
  readonly peers: readonly Peer[]
  readonly figures: (output: string) => Figure[]
}

const hasModule = (name: string): boolean =>
  spawnSync(python, ['-c', `import ${name}`], { stdio: 'ignore' }).status === 0

const numpy: Peer = {
  name: 'python3-numpy',
  isHere: () => hasModule('numpy'),
  without: 'no comparison with NumPy'
}
const torch: Peer = {
  name: 'python3-torch',
  isHere: () => hasModule('torch'),
  without: 'no comparison with PyTorch'
}
const scikitLearn: Peer = {
  name: 'python3-sklearn',
  isHere: () => hasModule('sklearn'),
  without: 'no comparison with scikit-learn'
}
const fashionMnist = (without: string): Peer => ({
  name: 'dataset-fashion-mnist',
  isHere: () => existsSync('/usr/share/datasets/fashion-mnist'),
  without
})

/** One figure for every match of `pattern`, whose last group is the number. */
function figuresOf(
  output: string,
  pattern: RegExp,
  unit: string,
  nameOf: (groups: readonly string[]) => string
): Figure[] {
  return [...output.matchAll(pattern)].map((match) => ({
    name: nameOf(match.slice(1)),
    value: Number(match.at(-1)?.replace(',', '').replace('\u2212', '-')),
    unit
  }))
}

/** Figures of one pool; its section begins with the pool's name and a comma. */
function poolFigures(section: string): Figure[] {
  const pool = section.slice(0, section.indexOf(',')).toLowerCase()
  return [
    ...figuresOf(
      section,
      /^\| ([\w ]+) \| ([\d.]+) \u00b1/gm,
      '%',
      ([set]) => `${pool}, accuracy, ${set}`
    ),
    ...figuresOf(
      section,
      /^\| ((?:stratified )?random) \|[^|]+\| ([+\u2212-][\d.]+) \(/gm,
      'points',
      ([set]) => `${pool}, ICONS minus ${set}`
    )
  ]
}

const decimals: Readonly<Record<string, number>> = { times: 2, 'GB/s': 2, '%': 1, points: 1 }

const benchmarks: readonly Benchmark[] = [
  {
    name: 'icons-vs-numpy',
    script: 'selection/icons-vs-numpy.ts',
    about: 'ICONS scoring and voting beside the same mathematics in NumPy and PyTorch',
    peers: [numpy, torch],
    figures: (output) => [
      ...figuresOf(
        output,
        /Winnow \/ (\w+): ([\d.]+) times/g,
        'times',
        ([peer]) => `time, Winnow / ${peer}`
      ),
      ...figuresOf(output, /peak memory of this process: (\d+) MB/g, 'MB', () => 'peak memory')
    ]
  },
  {
    name: 'compute',
    script: 'compute/training.ts',
    about: 'training steps on the native device beside PyTorch and WebAssembly (takes minutes)',
    peers: [torch],
    figures: (output) => [
      ...figuresOf(output, /^(speed, .+): ([\d.]+) times/gm, 'times', ([what]) => what),
      ...figuresOf(output, /^(memory, .+): ([\d.]+) times/gm, 'times', ([what]) => what),
      ...figuresOf(
        output,
        /^(\d+ steps, .+, loss .+): .* growth (-?\d+) MB/gm,
        'MB',
        ([what]) => `growth, ${what}`
      )
    ]
  },
  {
    name: 'compute-features',
    script: 'compute/features.ts',
    about: 'fingerprints of texts and pictures a second, native device beside WebAssembly',
    peers: [
      fashionMnist('drawn pictures stand in'),
      {
        name: 'wordnet-base',
        isHere: () => existsSync('/usr/share/wordnet'),
        without: 'the bundled definitions stand in'
      }
    ],
    figures: (output) => [
      ...figuresOf(output, /^(\w+, .+): (\d+) per second$/gm, 'per s', ([what]) => what),
      ...figuresOf(output, /^(speed, .+): ([\d.]+) times/gm, 'times', ([what]) => what)
    ]
  },
  {
    name: 'scoring',
    script: 'compute/scoring.ts',
    about: '40,000 rows of 5,120 16-bit floats on disk against ten directions, beside NumPy and dd',
    peers: [numpy],
    figures: (output) => [
      ...figuresOf(output, /^((?:warm|cold), [\w ]+): ([\d.]+) GB\/s/gm, 'GB/s', ([what]) => what),
      ...figuresOf(output, /^(speed, [\w /]+): ([\d.]+) times/gm, 'times', ([what]) => what),
      ...figuresOf(
        output,
        /^(warm, Winnow on \d): .*peak (\d+) MB/gm,
        'MB',
        ([what]) => `peak memory, ${what.slice(6)}`
      )
    ]
  },
  {
    name: 'selection-gradients',
    script: 'selection/icons-llava.ts',
    about:
      'ICONS on 665,298 rows x 5,120 16-bit floats on disk (6.8 GB) and with its own head, beside NumPy',
    peers: [numpy],
    figures: (output) => [
      ...figuresOf(output, /^(\w+, \w+): ([\d.]+) s in all/gm, 's', ([what]) => `in all, ${what}`),
      ...figuresOf(
        output,
        /^(\w+, \w+): .* at ([\d.]+) GB\/s/gm,
        'GB/s',
        ([what]) => `scoring, ${what}`
      ),
      ...figuresOf(
        output,
        /^(\w+, Winnow): .* peak (\d+) MB/gm,
        'MB',
        ([what]) => `peak memory, ${what}`
      ),
      ...figuresOf(output, /^(time of .+): ([\d.]+) times/gm, 'times', ([what]) => what),
      ...figuresOf(output, /^(\w+, votes that differ): (\d+) of/gm, 'votes', ([what]) => what)
    ]
  },
  {
    name: 'fashion',
    script: 'features/fashion.ts',
    about: 'accuracy and speed of the built-in picture fingerprints on Fashion-MNIST',
    peers: [fashionMnist('it is skipped')],
    figures: (output) => [
      ...figuresOf(
        output,
        /^([\w -]+), \d+ columns: ([\d.]+) %/gm,
        '%',
        ([what]) => `accuracy, ${what}`
      ),
      ...figuresOf(output, /(\d+) pictures a second per core/g, 'per s', () => 'pictures per core')
    ]
  },
  {
    name: 'fashion-icons',
    script: 'evaluation/fashion-icons.ts',
    about: 'ICONS against random choices on planted and clean Fashion-MNIST (takes minutes)',
    peers: [fashionMnist('the bundled 10,000 pictures stand in')],
    figures: (output) => output.split(/^### /m).slice(1).flatMap(poolFigures)
  },
  {
    name: 'icons-settings',
    script: 'selection/icons-settings.ts',
    about: 'the settings of ICONS side by side on training pictures (takes minutes)',
    peers: [fashionMnist('it is skipped')],
    figures: (output) =>
      figuresOf(
        output,
        /^\| ([\w, -]+ \| [\d,]+) \|.*\| ([\d.]+) \u00b1 [\d.]+ \|$/gm,
        '%',
        ([what]) => `accuracy, ${what.replace(' | ', ', ')} rows`
      )
  },
  {
    name: 'import',
    script: 'datasets/import.ts',
    about: 'reading a table of 1,000,000 rows and a zip of 60,000 pictures',
    peers: [],
    figures: (output) => [
      ...figuresOf(output, /^(\w+),.* in ([\d.]+) s,/gm, 's', ([what]) => `import, ${what}`),
      ...figuresOf(output, /^(\w+),.* s, (\d+) MB/gm, 'MB', ([what]) => `most memory, ${what}`)
    ]
  },
  {
    name: 'cifar-zip',
    script: 'datasets/cifar-zip.ts',
    about: 'a zip of 60,000 JPEG pictures beside unzip and PIL (--zip PATH)',
    peers: [
      { name: 'python3-pil', isHere: () => hasModule('PIL'), without: 'it fails' },
      {
        name: 'WINNOW_CIFAR10_ZIP',
        isHere: () => existsSync(process.env['WINNOW_CIFAR10_ZIP'] ?? ''),
        without: 'it is skipped; a variable that names the zip'
      }
    ],
    figures: (output) => [
      ...figuresOf(
        output,
        /^(.+): .* s, (\d+) files\/s/gm,
        'files/s',
        ([what]) => `import, ${what}`
      ),
      ...figuresOf(
        output,
        /Winnow \/ unzip and PIL: ([\d.]+) times/g,
        'times',
        () => 'time, Winnow / unzip and PIL'
      ),
      ...figuresOf(output, /peak memory: (\d+) MB/g, 'MB', () => 'most memory')
    ]
  },
  {
    name: 'large-texts',
    script: 'datasets/large-texts.ts',
    about: '1,000,000 rows of JSON Lines and 665,000 conversations in one JSON array',
    peers: [],
    figures: (output) => [
      ...figuresOf(output, /^([\w -]+), .* in ([\d.]+) s,/gm, 's', ([what]) => `import, ${what}`),
      ...figuresOf(
        output,
        /^([\w -]+), .* s, (\d+) MB at/gm,
        'MB',
        ([what]) => `most memory, ${what}`
      )
    ]
  },
  {
    name: 'scroll',
    script: 'browse/scroll.ts',
    about: 'time between frames while 1,000,000 rows scroll in Chromium (after npm run build)',
    peers: [],
    figures: (output) => [
      ...figuresOf(
        output,
        /^(.+): \d+ frames, median ([\d.]+) ms/gm,
        'ms',
        ([what]) => `median, ${what}`
      ),
      ...figuresOf(output, /^(.+): .* 95 % ([\d.]+) ms/gm, 'ms', ([what]) => `95 %, ${what}`)
    ]
  },
  {
    name: 'browse',
    script: 'browse/million-rows.ts',
    about: 'pages, filters, sorts, search, counts and changes on 1,000,000 rows (takes minutes)',
    peers: [],
    figures: (output) => [
      ...figuresOf(output, /^(import): ([\d.]+) s/gm, 's', ([what]) => what),
      ...figuresOf(
        output,
        /^(?:[\d,]+ found, )?([^:\n]+): ([\d.]+) ms, processor/gm,
        'ms',
        ([what]) => what
      ),
      ...figuresOf(output, /^(most memory while browsing): (\d+) MB/gm, 'MB', ([what]) => what)
    ]
  },
  {
    name: 'thumbnails',
    script: 'datasets/thumbnails.ts',
    about: 'thumbnails of small pictures in a zip and of photographs in a folder',
    peers: [],
    figures: (output) =>
      figuresOf(output, /^([^:\n]+): (\d+) per second/gm, 'per second', ([what]) => what)
  },
  {
    name: 'wrong-labels',
    script: 'health/confident-learning.ts',
    about: '10 % planted wrong labels on Fashion-MNIST, beside scikit-learn (takes minutes)',
    peers: [fashionMnist('it is skipped'), scikitLearn],
    figures: (output) => [
      ...figuresOf(
        output,
        /^([\w, -]+, seed \d+): precision ([\d.]+) %/gm,
        '%',
        ([what]) => `precision, ${what}`
      ),
      ...figuresOf(
        output,
        /^([\w, -]+, seed \d+): precision [\d.]+ %, recall ([\d.]+) %/gm,
        '%',
        ([what]) => `recall, ${what}`
      )
    ]
  },
  {
    name: 'near-duplicates',
    script: 'health/near-duplicates.ts',
    about: 'near-duplicates planted among 12,000 pictures: WINNOW_CIFAR10_ZIP or Fashion-MNIST',
    peers: [fashionMnist('a zip must be named')],
    figures: (output) => [
      ...figuresOf(output, /^([\w-]+, seed \d+): recall ([\d.]+) %/gm, '%', ([what]) => what),
      ...figuresOf(
        output,
        /^pairs, (seed \d+): .* among all ([\d.]+) %/gm,
        '%',
        ([seed]) => `planted among all pairs, ${seed}`
      )
    ]
  },
  {
    name: 'odd-ones',
    script: 'health/odd-ones.ts',
    about: 'pictures of another kind among Fashion-MNIST: WINNOW_CIFAR10_ZIP',
    peers: [fashionMnist('it is skipped')],
    figures: (output) => figuresOf(output, /recall ([\d.]+) %/g, '%', () => 'odd ones found')
  },
  {
    name: 'health-texts',
    script: 'health/large-texts.ts',
    about: 'a check of 1,000,000 texts with planted near-duplicates (takes minutes)',
    peers: [],
    figures: (output) => [
      ...figuresOf(output, /^checked \d+ texts in ([\d.]+) s/gm, 's', () => 'check'),
      ...figuresOf(output, /peak memory of the app (\d+) MB/g, 'MB', () => 'most memory'),
      ...figuresOf(output, /^near-duplicates: recall ([\d.]+) %/gm, '%', () => 'copies found')
    ]
  }
]

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
    console.log(`${benchmark.name.padEnd(16)}${benchmark.about}`)
    sayMissing(benchmark)
  }
}

function table(rows: readonly (readonly [string, Figure])[]): void {
  if (rows.length === 0) return
  const width = Math.max(...rows.map(([, figure]) => figure.name.length))
  console.log('\n== figures')
  for (const [benchmark, { name, value, unit }] of rows)
    console.log(
      `${benchmark.padEnd(16)}${name.padEnd(width)}  ${value.toFixed(decimals[unit] ?? 0).padStart(8)} ${unit}`
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
const wanted = name === undefined ? benchmarks : benchmarks.filter((one) => one.name === name)
if (name === 'list') list()
else if (wanted.length === 0) {
  console.error(`There is no benchmark "${name}". There are:`)
  list()
  process.exitCode = 3
} else process.exitCode = await runAll(wanted, args)
