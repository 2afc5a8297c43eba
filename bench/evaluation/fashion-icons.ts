// Benchmark: does ICONS beat a stratified random choice on a pool as real pools are, and does the
// verdict admit it where consensus is the wrong idea? Fashion-MNIST, through the product's own
// import, fingerprints, selection and check. Prints Markdown for docs/benchmarks.md.
//   node bench/evaluation/fashion-icons.ts [--seeds 5] [--rows 60000] [--threads 2]
import { existsSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { SelectionResult } from '../../src-main/api/dto/runs.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { mean, pairedInterval, sd } from '../../src-main/core/compute/statistics.ts'
import { plantPool, type PlantedPool } from '../../src-main/core/datasets/plant-pool.ts'
import {
  loadIdxPair,
  sampleTasks,
  takeRows,
  type LabelledPictures
} from '../../src-main/core/datasets/samples.ts'
import { writeIdxPair } from '../../src-main/core/datasets/write-idx.ts'
import { points, signedPoints } from '../../src-main/core/evaluation/verdict.ts'
import { createBenchProject, type BenchProject } from './bench-project.ts'

const debian = '/usr/share/datasets/fashion-mnist'
const sample = resolve(import.meta.dirname, '../../resources/samples/fashion')
const classNamesFile = join(sample, 'class-names.txt')
const examplesPerClass = 25
const plantSeed = 7

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    rows: { type: 'string', default: '60000' },
    threads: { type: 'string', default: String(Math.min(4, availableParallelism())) }
  }
})

interface Parts {
  readonly train: LabelledPictures
  readonly examples: LabelledPictures
  readonly test: LabelledPictures
  readonly source: string
}

function rowsOf(
  set: LabelledPictures,
  perClass: number,
  random: ReturnType<typeof createRandom>
): { taken: Uint32Array; rest: Uint32Array } {
  const order = random.sample(set.labels.length, set.labels.length)
  const counts = new Map<number, number>()
  const taken: number[] = []
  const rest: number[] = []
  for (const row of order) {
    const count = counts.get(set.labels[row]) ?? 0
    if (count < perClass) {
      counts.set(set.labels[row], count + 1)
      taken.push(row)
    } else rest.push(row)
  }
  return { taken: Uint32Array.from(taken), rest: Uint32Array.from(rest) }
}

/** Share of rows that carry each planted fault, in words. */
function faults(rows: Uint32Array, planted: PlantedPool): string {
  const share = (bad: readonly number[]): string => {
    const set = new Set(bad)
    const count = rows.reduce((n, row) => n + (set.has(row) ? 1 : 0), 0)
    return `${((100 * count) / rows.length).toFixed(1)} %`
  }
  const { wrongLabels, nearDuplicates, otherSource } = planted.facts
  return (
    `${share(wrongLabels.map((fact) => fact.row))} wrong labels, ` +
    `${share(nearDuplicates.map((fact) => fact.row))} near-duplicates, ${share(otherSource)} from elsewhere`
  )
}

/** All 70,000 pictures of the Debian package, or the bundled 10,000 with a note. */
async function loadParts(limit: number): Promise<Parts> {
  const random = createRandom(plantSeed).fork('parts')
  const pair = (folder: string, prefix: string): Promise<LabelledPictures> =>
    loadIdxPair(
      join(folder, `${prefix}-images-idx3-ubyte.gz`),
      join(folder, `${prefix}-labels-idx1-ubyte.gz`)
    )
  if (existsSync(debian)) {
    const all = await pair(debian, 'train')
    const { taken, rest } = rowsOf(all, examplesPerClass, random)
    return {
      train: takeRows(all, rest.subarray(0, limit)),
      examples: takeRows(all, taken),
      test: await pair(debian, 't10k'),
      source: 'Fashion-MNIST, 60,000 training and 10,000 test pictures'
    }
  }
  console.log('> dataset-fashion-mnist is not installed: the bundled 10,000 pictures stand in.\n')
  const all = await pair(sample, 't10k')
  const { taken, rest } = rowsOf(all, examplesPerClass, random)
  const testRows = rest.subarray(0, 2000)
  return {
    train: takeRows(all, rest.subarray(2000, 2000 + limit)),
    examples: takeRows(all, taken),
    test: takeRows(all, testRows),
    source: 'the bundled 10,000 pictures of Fashion-MNIST'
  }
}

async function writeData(
  folder: string,
  parts: readonly (readonly [string, LabelledPictures])[]
): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const [prefix, set] of parts) await writeIdxPair(folder, prefix, set.images, set.labels)
  if (existsSync(classNamesFile)) await copyFile(classNamesFile, join(folder, 'class-names.txt'))
  return folder
}

function draft(
  dataset: string,
  sets: readonly object[],
  seed: number,
  repeats: number
): Record<string, unknown> {
  return {
    dataset,
    name: `seed ${seed}`,
    goal: 'train-images',
    tasks: { kind: 'sets', sets },
    budget: { kind: 'percent', percent: 20 },
    rules: {},
    method: { id: 'icons' },
    seed,
    check: { repeats }
  }
}

const percent = (values: readonly number[]): string =>
  `${(100 * mean(values)).toFixed(1)} \u00b1 ${(100 * sd(values)).toFixed(1)}`

function intervalWords(a: readonly number[], b: readonly number[]): string {
  const interval = pairedInterval(a, b)
  return `${signedPoints(interval.mean)} (${points(interval.low)} to ${points(interval.high)})`
}

async function plantedPool(
  project: BenchProject,
  parts: Parts,
  examples: string,
  seeds: number
): Promise<void> {
  const planted = plantPool({
    ...parts.train,
    seed: plantSeed,
    wrongLabels01: 0.2,
    nearDuplicates01: 0.15,
    otherSource01: 0.15
  })
  const folder = await writeData(join(project.folder, 'planted'), [
    ['train', planted],
    ['t10k', parts.test]
  ])
  const dataset = await project.importData(folder, 'Planted pool', 'pool')
  const sets = sampleTasks.map((task) => ({ ...task, dataset: examples }))
  const results: SelectionResult[] = []
  // Everything again per seed: warm-up, votes, ties, draws and training.
  for (let seed = 0; seed < seeds; seed++)
    results.push(await project.select(draft(dataset, sets, seed, 1)))
  const arm = (name: 'chosen' | 'random' | 'stratified' | 'all'): number[] =>
    results.map((result) => {
      if (result.check === null) throw new Error('the run was not tested')
      return result.check[name].mean
    })
  const [chosen, random, stratified, all] = [
    arm('chosen'),
    arm('random'),
    arm('stratified'),
    arm('all')
  ]
  const [first] = results
  const wrong = new Set(planted.facts.wrongLabels.map((fact) => fact.row))
  console.log(
    `### Planted pool, ${sampleTasks.length} overlapping tasks, budget 20 %, ${seeds} seeds\n`
  )
  console.log(
    `${parts.train.labels.length.toLocaleString('en')} rows of ${parts.source}; ${wrong.size.toLocaleString('en')} wrong labels, ` +
      `${planted.facts.nearDuplicates.length.toLocaleString('en')} near-duplicates, ${planted.facts.otherSource.length.toLocaleString('en')} rows from elsewhere. ` +
      `${first.candidates.toLocaleString('en')} candidates after removing repeats, ${first.got.toLocaleString('en')} kept. ` +
      `Tasks: ${sampleTasks.map((task) => task.name).join(', ')}; ${examplesPerClass} clean examples per class.\n`
  )
  console.log(
    '| set | test accuracy, % (mean \u00b1 sd) | ICONS minus it, points (95 % interval) |'
  )
  console.log('|---|---|---|')
  console.log(`| ICONS | ${percent(chosen)} | |`)
  console.log(
    `| stratified random | ${percent(stratified)} | ${intervalWords(chosen, stratified)} |`
  )
  console.log(`| random | ${percent(random)} | ${intervalWords(chosen, random)} |`)
  console.log(`| all candidates | ${percent(all)} | ${intervalWords(chosen, all)} |\n`)
  console.log(
    `Tie share ${(100 * mean(results.map((result) => result.tieShare))).toFixed(0)} %. ${first.votes?.advice ?? 'No advice against votes.'}\n`
  )
  const { chosen: picked, candidates } = await project.rows(first.run)
  console.log(
    `Among the candidates: ${faults(candidates, planted)}. Among the chosen: ${faults(picked, planted)}.\n`
  )
  console.log(
    `Chosen per class: ${first.classes.map((entry) => `${entry.name} ${entry.chosen}`).join(', ')}.`
  )
  console.log(
    `Seconds per run: ${results.map((result) => result.seconds.toFixed(0)).join(', ')}.\n`
  )
}

async function cleanPool(
  project: BenchProject,
  parts: Parts,
  examples: string,
  repeats: number
): Promise<void> {
  const folder = await writeData(join(project.folder, 'clean'), [
    ['train', parts.train],
    ['t10k', parts.test]
  ])
  const dataset = await project.importData(folder, 'Clean pool', 'pool')
  const names = sampleTasks
    .flatMap((task) => task.labels ?? [])
    .filter((name, i, list) => list.indexOf(name) === i)
  const sets = names.map((name) => ({ name, labels: [name], dataset: examples }))
  const result = await project.select(draft(dataset, sets, 0, repeats))
  const { check } = result
  if (check === null) throw new Error('the run was not tested')
  console.log(`### Clean pool, ${names.length} one-class tasks, budget 20 %, ${repeats} repeats\n`)
  console.log('| set | test accuracy, % (mean \u00b1 sd) |')
  console.log('|---|---|')
  for (const arm of ['chosen', 'stratified', 'random', 'all'] as const) {
    console.log(`| ${arm === 'chosen' ? 'ICONS' : arm} | ${percent(check.perRepeat[arm])} |`)
  }
  console.log(`\nVerdict: \u201c${check.verdict}\u201d\n`)
  console.log(`Advice: \u201c${result.votes?.advice ?? 'none'}\u201d\n`)
  console.log(
    `Mean overlap of the tasks' choices ${(100 * (result.votes?.meanOverlap ?? 0)).toFixed(0)} %, by chance ${(100 * (result.votes?.chanceOverlap ?? 0)).toFixed(0)} %.\n`
  )
}

const started = performance.now()
const parts = await loadParts(Number(options.rows))
const project = await createBenchProject(Number(options.threads))
try {
  const examplesFolder = await writeData(join(project.folder, 'examples'), [
    ['examples', parts.examples]
  ])
  const examples = await project.importData(examplesFolder, 'Clean examples', 'examples')
  await plantedPool(project, parts, examples, Number(options.seeds))
  await cleanPool(project, parts, examples, Number(options.seeds))
  console.log(
    `Whole benchmark: ${((performance.now() - started) / 60_000).toFixed(1)} min on ${options.threads} threads.`
  )
} finally {
  await project.dispose()
}
