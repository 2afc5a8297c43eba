// One outer step of three ways to make tiny sets, beside PyTorch on the same numbers: matching of class
// averages (DM), matching of gradients (DC, all classes once) and a training unrolled with momentum and
// differentiated back (T inner steps). Every contender is a process of its own, taking turns.
//   node bench/distillation/steps.ts [--width 32] [--real 128] [--made 10] [--inner 10]
//     [--rounds 3] [--times 3] [--device native] [--cores 2] [--steps matching,gradients,unrolled]
import { mkdtempSync, rmSync } from 'node:fs'
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
} from '../compute/contender.ts'
import { writeProblem } from './steps/problem.ts'

const { values: options } = parseArgs({
  options: {
    width: { type: 'string', default: '32' },
    real: { type: 'string', default: '128' },
    made: { type: 'string', default: '10' },
    inner: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    times: { type: 'string', default: '3' },
    device: { type: 'string', default: 'native' },
    cores: { type: 'string', default: '2' },
    steps: { type: 'string', default: 'matching,gradients,unrolled' }
  }
})
/** Losses and slopes may differ by this share from PyTorch's. */
const tolerance = 2e-3

const titles: Readonly<Record<string, string>> = {
  matching: 'class averages (DM)',
  gradients: 'gradients (DC)',
  unrolled: 'unrolled training'
}

function torch(folder: string): Promise<Contender | undefined> {
  const { cores } = options
  return startContender(
    'PyTorch',
    python,
    [join(import.meta.dirname, 'steps_peer.py'), folder, cores],
    {
      OMP_NUM_THREADS: cores,
      OPENBLAS_NUM_THREADS: cores,
      MKL_NUM_THREADS: cores
    }
  )
}

function own(folder: string): Promise<Contender | undefined> {
  return startContender('Winnow', process.execPath, [
    join(import.meta.dirname, 'steps-child.ts'),
    folder,
    options.device,
    options.cores
  ])
}

const number = (answer: Answer | undefined, name: string): number => Number(answer?.[name] ?? NaN)

async function compare(name: string, contenders: readonly Contender[]): Promise<boolean> {
  const turns = new Map(contenders.map((contender) => [contender.name, [] as Answer[]]))
  for (let round = 0; round < Number(options.rounds); round++)
    for (const contender of contenders)
      turns.get(contender.name)?.push(await contender.ask(`run ${name} ${options.times}`))
  const timeOf = (contender: string): number =>
    median((turns.get(contender) ?? []).map((answer) => number(answer, 'ms')))
  const rows = contenders.map((contender) => {
    const answers = turns.get(contender.name) ?? []
    const last = answers.at(-1)
    return [
      `${contender.name} (${String(contender.hello['about'])})`,
      timeOf(contender.name).toFixed(1),
      Math.min(...answers.map((answer) => number(answer, 'best'))).toFixed(1),
      number(answers[0], 'firstMs').toFixed(0),
      number(last, 'loss').toPrecision(6),
      number(last, 'slope').toPrecision(6),
      number(last, 'peakMb').toFixed(0)
    ]
  })
  console.log(`\n### ${titles[name] ?? name}\n`)
  console.log(
    markdown([['', 'ms per step', 'best', 'first ms', 'loss', 'slope', 'peak MB'], ...rows])
  )
  if (contenders.length < 2) return true
  console.log(
    `time, ${titles[name] ?? name}: Winnow / PyTorch ${(timeOf('Winnow') / timeOf('PyTorch')).toFixed(2)} times`
  )
  const worst = Math.max(
    ...['loss', 'slope'].map((key) => {
      const [a, b] = ['Winnow', 'PyTorch'].map((each) => number(turns.get(each)?.at(-1), key))
      return Math.abs(a / b - 1)
    })
  )
  console.log(`loss and slope differ from PyTorch's by ${worst.toExponential(1)} at most`)
  // Not "worst > tolerance": a loss that is not a number must count as different.
  return worst <= tolerance
}

const folder = mkdtempSync(join(tmpdir(), 'winnow-bench-'))
let isEqual = true
try {
  const real = Number(options.real)
  writeProblem(folder, {
    width: Number(options.width),
    realPerClass: real,
    madePerClass: Number(options.made),
    innerSteps: Number(options.inner),
    rate: 0.01,
    momentum: 0.9,
    outerItems: 10 * Math.min(25, real)
  })
  console.log(
    `ConvNet-3 of width ${options.width} on 28 x 28 pictures of ten classes, ${options.real} real and ${options.made} made ones of each; ` +
      `${options.inner} inner steps of the unrolled training; ${options.cores} cores, ${options.device}. Below 1 ours is faster.`
  )
  const contenders = [await own(folder), await torch(folder)].filter((one) => one !== undefined)
  for (const name of options.steps.split(','))
    isEqual = (await compare(name, contenders)) && isEqual
  for (const contender of contenders) await contender.stop()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
if (!isEqual) {
  console.error(`Losses or slopes differ by more than ${tolerance}.`)
  process.exitCode = 1
}
