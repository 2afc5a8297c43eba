// Training steps per second on the native device, on WebAssembly and in PyTorch: the same networks
// from the same numbers, every contender in a process of its own, taking turns. Then the memory of
// 2,000 steps. With --profile it shows instead where the native device's time goes.
// Usage: node bench/compute/training.ts [--networks softmax,mlp,conv32,conv64,conv128]
//   [--rounds 5] [--ms 1000] [--long 2000] [--without-wasm] [--profile]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  markdown,
  median,
  python,
  startContender,
  type Answer,
  type Contender
} from './contender.ts'
import { networks, writeNetwork, type Network } from './networks.ts'
import { operationTimes } from './operation-times.ts'

const { values: options } = parseArgs({
  options: {
    networks: { type: 'string', default: Object.keys(networks).join(',') },
    rounds: { type: 'string', default: '5' },
    ms: { type: 'string', default: '1000' },
    long: { type: 'string', default: '2000' },
    'without-wasm': { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false }
  }
})
const rounds = Number(options.rounds)
/** Losses of five steps may differ by this share from PyTorch's. */
const tolerance = 1e-4

/** What one contender did with one network. */
interface Result {
  readonly contender: Contender
  /** Median milliseconds a step of every turn. */
  readonly turns: number[]
  readonly best: number[]
  readonly processor: number[]
  readonly recording: number[]
  last: Answer
}

const own = (folder: string, id: string, cores: number, ...more: string[]) =>
  startContender(id === 'wasm' ? 'wasm' : `native, ${cores}`, process.execPath, [
    join(import.meta.dirname, 'training-child.ts'),
    folder,
    id,
    String(cores),
    ...more
  ])
const torch = (folder: string, threads: number) =>
  startContender(
    `PyTorch, ${threads}`,
    python,
    [join(import.meta.dirname, 'training_peer.py'), folder, String(threads)],
    // Its libraries for matrices have threads of their own, which set_num_threads does not reach.
    {
      OMP_NUM_THREADS: String(threads),
      OPENBLAS_NUM_THREADS: String(threads),
      MKL_NUM_THREADS: String(threads)
    }
  )

const number = (answer: Answer, name: string): number => Number(answer[name])
const round = (value: number): string => value.toPrecision(value < 1000 ? 3 : 4)

async function measure(folder: string): Promise<Result[]> {
  const started = [
    await own(folder, 'native', 1),
    await torch(folder, 1),
    await own(folder, 'native', 2),
    await torch(folder, 2),
    options['without-wasm'] ? undefined : await own(folder, 'wasm', 1)
  ].filter((one) => one !== undefined)
  const results = started.map((contender): Result => {
    return { contender, turns: [], best: [], processor: [], recording: [], last: {} }
  })
  for (let turn = 0; turn < rounds; turn++)
    for (const result of results) {
      // WebAssembly takes seconds for a step of a large network; everybody else many a turn.
      const least = result.contender.name === 'wasm' ? 1 : 5
      result.last = await result.contender.ask(`run ${options.ms} ${least}`)
      result.turns.push(number(result.last, 'ms'))
      result.best.push(number(result.last, 'best'))
      result.processor.push(number(result.last, 'cpuMs'))
      result.recording.push(number(result.last, 'recordMs'))
    }
  return results
}

function show(network: Network, results: readonly Result[]): void {
  const head = ['', 'ms per step', 'best', 'processor', 'recording', 'first step', 'peak memory']
  const rows = results.map(({ contender, turns, best, processor, recording, last }) => {
    const isNative = contender.name.startsWith('native')
    return [
      contender.name,
      round(median(turns)),
      round(Math.min(...best)),
      round(median(processor)),
      isNative ? round(median(recording)) : '',
      `${number(contender.hello, 'firstMs').toFixed(0)} ms`,
      `${number(last, 'peakMb').toFixed(0)} MB`
    ]
  })
  console.log(`\n### ${network.name}, batch ${network.input[0]}\n\n${markdown([head, ...rows])}\n`)
  for (const { contender, last } of results)
    if (contender.name.startsWith('native'))
      console.log(
        `${contender.name}: ${String(last['graphs'])} graphs compiled in all, the first step's in ` +
          `${number(contender.hello, 'compileMs').toFixed(0)} ms; fallbacks: ${JSON.stringify(last['fallbacks'])}`
      )
}

/** Lines that bench/run.ts reads: ratios of medians in this run, above 1 where ours is faster. */
function ratios(network: Network, results: readonly Result[]): void {
  const of = (name: string): Result | undefined =>
    results.find(({ contender }) => contender.name === name)
  const speed = (a: Result | undefined, b: Result | undefined): void => {
    if (a === undefined || b === undefined) return
    const times = median(b.turns) / median(a.turns)
    console.log(
      `speed, ${network.name}: ${a.contender.name} / ${b.contender.name}: ${times.toFixed(2)} times`
    )
  }
  for (const cores of [1, 2]) {
    speed(of(`native, ${cores}`), of(`PyTorch, ${cores}`))
    const [a, b] = [of(`native, ${cores}`), of(`PyTorch, ${cores}`)]
    if (a === undefined || b === undefined) continue
    const share = number(a.last, 'peakMb') / number(b.last, 'peakMb')
    console.log(
      `memory, ${network.name}: ${a.contender.name} / ${b.contender.name}: ${share.toFixed(2)} times`
    )
  }
  for (const cores of [1, 2]) speed(of(`native, ${cores}`), of('wasm'))
}

/** Largest relative difference of the first five losses to PyTorch's, or to the first contender's. */
async function compareLosses(network: Network, results: readonly Result[]): Promise<boolean> {
  const losses = new Map<string, readonly number[]>()
  for (const { contender } of results)
    losses.set(contender.name, (await contender.ask('losses'))['losses'] as number[])
  const reference = losses.has('PyTorch, 1') ? 'PyTorch, 1' : (results[0]?.contender.name ?? '')
  const expected = losses.get(reference) ?? []
  let isEqual = true
  for (const [name, found] of losses) {
    if (name === reference) continue
    const worst = Math.max(...found.map((loss, i) => Math.abs(loss / expected[i] - 1)))
    // Not "worst > tolerance": a loss that is not a number must count as different.
    isEqual &&= worst <= tolerance
    console.log(
      `losses of five steps, ${network.name}: ${name} differs from ${reference} by ${worst.toExponential(1)} at most`
    )
  }
  return isEqual
}

/** Resident size after a tenth of the steps and at the end, the loss read in every step and never. */
async function memory(network: Network, folder: string): Promise<void> {
  for (const word of ['long', 'unread']) {
    const contender = await own(folder, 'native', 2)
    if (contender === undefined) return
    // Unread steps gather into large graphs, which take long to compile: a tenth of them will do.
    const steps = word === 'long' ? Number(options.long) : Math.ceil(Number(options.long) / 10)
    const answer = await contender.ask(`${word} ${steps}`)
    await contender.stop()
    const [start, end] = [answer['start'] as Answer, answer['end'] as Answer]
    const both = (name: string, unit: string): string =>
      `${number(start, name).toFixed(0)} -> ${number(end, name).toFixed(0)} ${unit}`
    console.log(
      `${steps} steps, ${network.name}, loss ${word === 'long' ? 'read in every step' : 'never read'}: ` +
        `resident ${both('rssMb', 'MB')}, growth ${(number(end, 'rssMb') - number(start, 'rssMb')).toFixed(0)} MB, ` +
        `tensors ${both('tensors', '')}, graphs ${both('graphs', 'compiled')}`
    )
  }
}

async function profiled(network: Network, folder: string): Promise<void> {
  for (const cores of [1, 2]) {
    const profiles = join(folder, `profiles-${cores}`)
    mkdirSync(profiles)
    const contender = await own(folder, 'native', cores, join(profiles, 'graph'))
    if (contender === undefined) return
    await contender.ask('run 0 5')
    const answer = await contender.ask(`run ${options.ms} 5`)
    await contender.ask('profile')
    await contender.stop()
    const times = operationTimes(profiles)
    const sum = times.reduce((total, { milliseconds }) => total + milliseconds, 0)
    const rows = times.map(({ operation, count, milliseconds }) => [
      operation,
      String(count),
      milliseconds.toFixed(2),
      `${((100 * milliseconds) / sum).toFixed(0)} %`
    ])
    console.log(
      `\n### ${network.name}, ${cores} ${cores === 1 ? 'core' : 'cores'}: ` +
        `${round(number(answer, 'ms'))} ms a step while profiled, ${sum.toFixed(2)} ms in operations, ` +
        `${round(number(answer, 'recordMs'))} ms recording\n\n` +
        markdown([['operation', 'in the graph', 'ms', 'share'], ...rows])
    )
  }
}

console.log(
  `Training steps with momentum 0.9, the loss read in each; medians of ${rounds} turns of ${options.ms} ms.\n` +
    'ConvNet-3: three times convolution 3 x 3, instance normalisation, ReLU, means of 2 x 2; 28 x 28 x 1,\n' +
    'the first convolution padded by 3 (28 -> 32 -> 16 -> 8 -> 4). The same in all contenders.'
)
let isEqual = true
for (const key of options.networks.split(',')) {
  const network = networks[key]
  if (network === undefined) throw new Error(`There is no network "${key}".`)
  const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'))
  try {
    writeNetwork(folder, network)
    if (options.profile) {
      await profiled(network, folder)
      continue
    }
    const results = await measure(folder)
    show(network, results)
    ratios(network, results)
    isEqual = (await compareLosses(network, results)) && isEqual
    for (const { contender } of results) await contender.stop()
    if (Number(options.long) > 0 && (key === 'mlp' || key === 'conv32'))
      await memory(network, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
if (!isEqual) {
  console.error(`The losses differ by more than ${tolerance}.`)
  process.exitCode = 1
}
