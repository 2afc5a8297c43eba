// The benchmarks of the project: what each is about, the programs it compares with, and where its
// figures stand in what it prints. run.ts runs them.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { browserPath } from './traces-runner/browser-path.ts'

const python = process.env['PYTHON'] ?? '/usr/bin/python3'

/** A number read from what a benchmark printed. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
}

/** Something a benchmark compares with or reads, installed or not. */
export interface Peer {
  readonly name: string
  readonly isHere: () => boolean
  readonly without: string
}

/** One program of this folder. */
export interface Benchmark {
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

const browser: Peer = {
  name: 'chromium',
  isHere: () => browserPath !== undefined,
  without: 'it cannot run'
}

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

/** All benchmarks, in the order they are run. */
export const benchmarks: readonly Benchmark[] = [
  {
    name: 'expand',
    script: 'expand/expand.ts',
    about: 'expanding unseen kinds of clothes: pictures back, ways of drawing, few-shot, PyTorch',
    peers: [fashionMnist('it cannot run'), torch],
    figures: (output) => [
      ...figuresOf(
        output,
        /^(reconstruction, (?:un)?seen, S = \d+): ([\d.]+)/gm,
        '',
        ([what]) => what
      ),
      ...figuresOf(output, /^(.+?): wanted (\d+) %/gm, '%', ([what]) => `wanted, ${what}`),
      ...figuresOf(output, /^(few-shot, \w+): ([\d.]+) %/gm, '%', ([what]) => what),
      ...figuresOf(output, /^(speed, .+): ([\d.]+) times/gm, 'times', ([what]) => what)
    ]
  },
  {
    name: 'groups',
    script: 'groups/fashion.ts',
    about:
      'what belongs together: features over groups and rounds, two blobs, a step beside PyTorch',
    peers: [torch, fashionMnist('it cannot run')],
    figures: (output) => [
      ...figuresOf(output, /^(speed, .+): ([\d.]+) times/gm, 'times', ([what]) => what ?? ''),
      ...figuresOf(output, /^(.+): line ([\d.]+) %/gm, '%', ([what]) => what ?? '')
    ]
  },
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
    name: 'selection-grid',
    script: 'selection/grid.ts',
    about:
      'every selection method beside random and stratified random on 13 pools (hours; what is measured is kept)',
    peers: [
      scikitLearn,
      fashionMnist('its six pools are skipped'),
      {
        name: 'wordnet-base',
        isHere: () => existsSync('/usr/share/wordnet'),
        without: 'the pools of texts are skipped'
      }
    ],
    figures: (output) => [
      ...figuresOf(
        output,
        /^\| ([^|]+ \| \d+ %) \|[^|]+\| ([+\u2212-][\d.]+) \(/gm,
        'points',
        ([what]) => `recommended minus stratified, ${what.replace(' | ', ', ')}`
      )
    ]
  },
  {
    name: 'selection-large',
    script: 'selection/large-pools.ts',
    about:
      'facility location on 10,000 x 1,024 beside NumPy and on 100,000; methods on 1,000,000 x 512 (minutes)',
    peers: [numpy],
    figures: (output) => [
      ...figuresOf(output, /^(.+ kept): ([\d.]+) s, peak/gm, 's', ([what]) => what),
      ...figuresOf(
        output,
        /^(.+ kept): [\d.]+ s, peak memory (\d+) MB/gm,
        'MB',
        ([what]) => `peak memory, ${what}`
      ),
      ...figuresOf(
        output,
        /(facility location \/ [\w ]+): ([\d.]+) times/g,
        'times',
        ([what]) => what
      )
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
    name: 'selection-gtp',
    script: 'selection/gtp-omp.ts',
    about: "GTP beside non-negative OMP and scikit-learn's, k = 500 and 2,000 of 50,000 (minutes)",
    peers: [fashionMnist('it is skipped'), scikitLearn],
    figures: (output) => [
      ...figuresOf(
        output,
        /^((?:GTP|OMP|scikit-learn \w+), k \d+ of \d+): residual .*?, ([\d.]+) s/gm,
        's',
        ([what]) => what
      ),
      ...figuresOf(output, /^(speed, .+): ([\d.]+) times/gm, 'times', ([what]) => what),
      ...figuresOf(output, /^(residual, .+): ([\d.]+)$/gm, 'times', ([what]) => what),
      ...figuresOf(
        output,
        /^((?:GTP|OMP), k \d+ of \d+): .* peak (\d+) MB/gm,
        'MB',
        ([what]) => `peak memory, ${what}`
      )
    ]
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
  },
  {
    name: 'distillation',
    script: 'distillation/grid.ts',
    about: 'tiny training sets on Fashion-MNIST beside random and published ones (takes hours)',
    peers: [fashionMnist('it is skipped')],
    figures: (output) => [
      ...figuresOf(
        output,
        /^\| ([a-z][\w, -]*?) +\| ([\d.]+) \u00b1 [\d.]+ \(\d+\)/gm,
        '%',
        ([method]) => `accuracy at the first size, ${method}`
      )
    ]
  },
  {
    name: 'distillation-steps',
    script: 'distillation/steps.ts',
    about: 'one outer step of three ways to make tiny sets, beside PyTorch',
    peers: [torch],
    figures: (output) =>
      figuresOf(
        output,
        /^time, ([^:\n]+): Winnow \/ PyTorch ([\d.]+) times/gm,
        'times',
        ([what]) => `time, Winnow / PyTorch, ${what}`
      )
  },
  {
    name: 'distillation-analysis',
    script: 'distillation/analysis.ts',
    about: 'what tiny sets teach, on Fashion-MNIST: the shapes of the published panels',
    peers: [fashionMnist('it is skipped')],
    figures: (output) =>
      figuresOf(
        output,
        /^([\w-]+): students reach ([\d.]+) %/gm,
        '%',
        ([set]) => `students, ${set}`
      )
  },
  {
    name: 'distillation-pairs',
    script: 'distillation/pairs.ts',
    about: 'learned pairs of pictures and texts beside real ones: drawn shapes with captions',
    peers: [],
    figures: (output) =>
      figuresOf(
        output,
        /^(\d+ [\w-]+): ([\d.]+) \(/gm,
        '%',
        ([pairs]) => `own text found first, ${pairs}`
      )
  },
  {
    name: 'distillation-unlabelled',
    script: 'distillation/self-supervised.ts',
    about: 'tiny sets without labels on Fashion-MNIST beside random pictures',
    peers: [fashionMnist('it is skipped')],
    figures: (output) =>
      figuresOf(
        output,
        /^\| ([a-z][\w ]*?) +\| ([\d.]+) \u00b1/gm,
        '%',
        ([learned]) => `explained, ${learned}`
      )
  },
  {
    name: 'traces',
    script: 'traces/sets.ts',
    about:
      '10,000 attempts with 500,000 events, one of 6,700 and one of 100 MB: import, lists, reading, search, reports, exports',
    peers: [],
    figures: (output) => [
      ...figuresOf(output, /^([^:\n]+): ([\d.]+) ms, processor/gm, 'ms', ([what]) => what),
      ...figuresOf(output, /^([^:\n]+): ([\d.]+) s, processor/gm, 's', ([what]) => what),
      ...figuresOf(
        output,
        /^([^:\n]+): .*thread held (\d+) ms/gm,
        'ms',
        ([what]) => `thread held, ${what}`
      ),
      ...figuresOf(output, /^(longest block): (\d+) ms of work/gm, 'ms', ([what]) => what),
      ...figuresOf(output, /^(most memory): (\d+) MB/gm, 'MB', ([what]) => what)
    ]
  },
  {
    name: 'traces-runner',
    script: 'traces-runner/completion.ts',
    about: 'completion over attempts with structured memory beside plain retries, on own pages',
    peers: [browser],
    figures: (output) => [
      ...figuresOf(output, /^the script on tabs: (\d+)/gm, 'of 25', () => 'script on tabs'),
      ...figuresOf(
        output,
        /^\| (corrector [\w ]+|plain retries) \|.*\| (\d+) % \([^|]+\|$/gm,
        '%',
        ([arm]) => `solved within 5, ${arm}`
      )
    ]
  },
  {
    name: 'traces-runner-labels',
    script: 'traces-runner/factory.ts',
    about: 'the decisive step found by replay, beside what detectors say, on own pages',
    peers: [browser],
    figures: (output) => [
      ...figuresOf(output, /^nothing happened: (\d+) of/gm, 'right', () => 'nothing happened'),
      ...figuresOf(
        output,
        /^decisive step, ([\w ]+): (\d+) of/gm,
        'exact',
        ([rule]) => `decisive step, ${rule}`
      )
    ]
  },
  {
    name: 'traces-planner',
    script: 'traces-planner/navigation.ts',
    about: 'the planner in buildings it never saw, beside greedy and random agents (takes minutes)',
    peers: [],
    figures: (output) => [
      ...figuresOf(
        output,
        /^\| ([a-z][\w ,]+) \| ([\d.]+) \u00b1/gm,
        '%',
        ([who]) => `success, ${who}`
      ),
      ...figuresOf(
        output,
        /^\| ([a-z][\w ,]+) \| [^|]+ \| ([\d.]+) \u00b1/gm,
        '%',
        ([who]) => `SPL, ${who}`
      )
    ]
  },
  {
    name: 'faults',
    script: 'faults/campaign.ts',
    about: 'full disks, kills, broken files and more under every kind of job (takes an hour)',
    peers: [],
    figures: (output) =>
      figuresOf(output, /^cases (\w+): (\d+)(?:, failed: \d+)?$/gm, 'cases', ([what]) => what)
  },
  {
    name: 'load',
    script: 'load/load.ts',
    about:
      'a project of 1,000,000 rows, 200 choices and 10,000 traces beside its budgets and peers (after npm run build; many minutes)',
    peers: [
      { name: 'chromium', isHere: () => browserPath !== undefined, without: 'no window' },
      { name: 'python3-pandas', isHere: () => hasModule('pandas'), without: 'no comparison' },
      {
        name: 'sqlitebrowser',
        isHere: () => existsSync('/usr/bin/sqlitebrowser') && existsSync('/usr/bin/Xvfb'),
        without: 'no comparison of windows; with xvfb and x11-utils'
      }
    ],
    figures: (output) => [
      ...figuresOf(
        output,
        /^((?:project|rows|choices|traces|stopping), .+?): [^;\n]*processor (\d+) ms/gm,
        'ms',
        ([what]) => `processor, ${what}`
      ),
      ...figuresOf(output, /^(window, .+?): ([\d.]+) ms/gm, 'ms', ([what]) => what),
      ...figuresOf(output, /^(peer .+?): ([\d.]+) ms/gm, 'ms', ([what]) => what),
      ...figuresOf(output, /^(most memory): (\d+) MB/gm, 'MB', ([what]) => what)
    ]
  },
  {
    name: 'soak',
    script: 'load/soak.ts',
    about:
      'an hour of scripted use of the local host: memory, open files and times of calls (after npm run build; --minutes)',
    peers: [browser],
    figures: (output) => [
      ...figuresOf(
        output,
        /^(.+): [\d.]+ at first, [\d.]+ at last, growth (-?[\d.]+) an hour/gm,
        'an hour',
        ([what]) => `growth, ${what}`
      ),
      ...figuresOf(output, /^(troubles): (\d+)$/gm, '', ([what]) => what)
    ]
  }
]
