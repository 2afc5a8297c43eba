// One contender of the pursuit benchmark in a process of its own, so that its peak memory is its
// own. Prints a line of JSON for each size of the choice.
//   node bench/selection/gtp-omp/contender.ts gtp|omp|factors ROWS K,K... [FOLDER]
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDevice } from '../../../src-main/core/compute/devices/registry.ts'
import { matchingPursuit } from '../../../src-main/core/methods/selection/gtp/matching-pursuit.test-support.ts'
import { pursue } from '../../../src-main/core/methods/selection/gtp/pursuit.ts'
import { last } from '../../../src-main/core/methods/selection/gtp/target.ts'
import { pursuitPool } from './pool.ts'

/** What a contender has reached. */
export interface Reached {
  /** Columns asked for, and columns with a weight above 0. */
  readonly k: number
  readonly chosen: number
  /** |b - A w| / |b|. */
  readonly residual: number
  readonly seconds: number
  /** Seconds of all processor cores together. */
  readonly processorSeconds: number
  readonly rounds: number
  readonly peakMegabytes: number
  /** Residual after each round with the seconds until then (GTP). */
  readonly history?: readonly { readonly residual: number; readonly seconds: number }[]
}

const [name, rowsText, sizesText, folder] = process.argv.slice(2)
const rows = Number(rowsText)
const sizes = sizesText.split(',').map(Number)
const signal = new AbortController().signal
const { device } = await openDevice('auto')
const pool = await pursuitPool(device, rows, signal)
const { dictionary, target } = pool

function stopwatch(): () => { seconds: number; processorSeconds: number } {
  const began = performance.now()
  const usage = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(usage)
    return {
      seconds: (performance.now() - began) / 1000,
      processorSeconds: (user + system) / 1e6
    }
  }
}

const peakMegabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

function tell(reached: Reached): void {
  console.log(JSON.stringify(reached))
}

async function runGtp(k: number): Promise<void> {
  const elapsed = stopwatch()
  const history: { residual: number; seconds: number }[] = []
  const steps = pursue(dictionary, target, {
    budget: k,
    rounds: 30,
    leastGain: 1e-4,
    ridge: 0,
    signal
  })
  let step = await steps.next()
  for (; step.done !== true; step = await steps.next()) {
    const { finished } = step.value
    if (finished !== undefined)
      history.push({ residual: finished.error, seconds: elapsed().seconds })
  }
  const { columns, error, rounds } = step.value
  const reached = { k, chosen: columns.length, residual: error, rounds, history }
  tell({ ...reached, ...elapsed(), peakMegabytes: peakMegabytes() })
}

async function runOmp(): Promise<void> {
  const elapsed = stopwatch()
  const wanted = new Set(sizes)
  let rounds = 0
  for await (const { columns, error } of matchingPursuit(dictionary, target, Math.max(...sizes))) {
    rounds++
    const chosen = columns.length
    // The first time that so many are chosen; later steps may lose one again.
    if (!wanted.delete(chosen)) continue
    const reached = { k: chosen, chosen, residual: error, rounds }
    tell({ ...reached, ...elapsed(), peakMegabytes: peakMegabytes() })
  }
}

/** The factors as files, for peers in other languages. */
async function writeFactors(into: string): Promise<void> {
  const { features, errors } = await pool.factors()
  writeFileSync(join(into, 'features.f32'), features)
  writeFileSync(join(into, 'errors.f32'), errors)
  console.log(JSON.stringify({ width: pool.width, outputs: pool.outputs }))
}

if (name === 'factors') await writeFactors(folder)
else {
  // The first pass compiles the device's graph and makes the factors that are kept.
  await last(dictionary.products(target))
  if (name === 'omp') await runOmp()
  else for (const k of sizes) await runGtp(k)
}
