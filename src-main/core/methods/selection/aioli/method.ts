// Aioli: while a helper model learns, short turns with each source in focus show which source lowers
// which loss; the mixture moves towards what helps. The mean mixture gives the shares.
import { z } from 'zod'
import {
  defineMethod,
  type MethodContext,
  type MethodProgress,
  type Selection,
  type SelectionInputs
} from '../../method.ts'
import { assumedSources, probeEstimate } from '../../mixtures/estimate.ts'
import { finishLearned, toldMeasures } from '../../mixtures/finish.ts'
import { checkRounds, noCheck, type FreshCheck, type Trial } from '../../mixtures/fresh-check.ts'
import { batchRows, carryOn, drawMix, emptyHead, joined } from '../../mixtures/helper-models.ts'
import { aimAtParam, stepsParam } from '../../mixtures/params.ts'
import { keep, kept, meanShares, measureFactors, stepProgress } from '../../mixtures/probe-run.ts'
import { explainBySource } from '../../mixtures/result.ts'
import { withTrial } from '../../mixtures/trial.ts'
import { aioliCard } from './card.ts'
import { averageLaw, focusMix, nextMix, normaliseLaw, solveLaw } from './law.ts'

/** Step of the helper model in units of 1 / mean squared row length. */
const rate = 0.5

const params = z.object({
  aimAt: aimAtParam,
  rounds: z.int().min(1).max(50).default(5).meta({
    title: 'Rounds',
    description: 'The mixture is changed so often while the helper model learns.'
  }),
  sweeps: z.int().min(1).max(20).default(4).meta({
    title: 'Sweeps per round',
    description: 'In every round each source comes into focus so often (lp_rounds).'
  }),
  sweepSteps: stepsParam(
    'Steps in focus',
    'Steps of 32 items a source stays in focus (lp_steps).',
    4
  ),
  roundSteps: stepsParam(
    'Steps per round',
    'Steps of 32 items with the new mixture, after the sweeps.',
    40
  ),
  eta: z
    .number()
    .gt(0)
    .max(5)
    .default(0.5)
    .meta({ title: 'Strength', description: 'How strongly the mixture follows what helps.' }),
  ema: z
    .number()
    .min(0)
    .max(0.99)
    .default(0)
    .meta({
      title: 'Memory of earlier rounds',
      description:
        '0: every round changes the mixture of the round before. Above 0: what helps is averaged over the rounds with ' +
        'this share for the past, and the mixture starts from equal shares each time. The published scripts use 0.1.'
    })
})
type AioliParams = z.output<typeof params>

/** What has been done so far. */
interface State {
  /** Per round: the matrix of who lowers whose loss, as used. */
  readonly laws: number[][][]
  readonly history: number[][]
  readonly losses: number[][]
  readonly check: FreshCheck
}

/** Trains through the sweeps of one round; returns the head and the falls of the losses. */
async function sweep(
  context: MethodContext,
  { data, meter }: Trial,
  { sweeps, sweepSteps }: AioliParams,
  start: Float32Array,
  round: number
): Promise<{ head: Float32Array; falls: number[][] }> {
  const random = context.random.fork(`sweeps ${round}`)
  const count = data.sources.length
  const falls = data.measures.map(() => data.sources.map(() => 0))
  let head = start
  let before = await meter.losses(head)
  for (let turn = 0; turn < sweeps; turn++) {
    const order = random.shuffle(Array.from({ length: count }, (_, i) => i))
    for (const source of order) {
      const drawn = drawMix(data, focusMix(count, source), sweepSteps * batchRows, random)
      head = await carryOn(context.device.tf, data, head, drawn, rate, context.signal)
      const after = await meter.losses(head)
      after.forEach((loss, i) => {
        falls[i][source] += (before[i] - loss) / sweeps
      })
      before = after
    }
  }
  return { head, falls }
}

/** Trains in rounds and changes the mixture after every sweep; fills the state. */
async function* learnMix(
  context: MethodContext,
  rows: number,
  chosen: AioliParams,
  trial: Trial,
  state: State
): AsyncGenerator<MethodProgress, Float32Array, void> {
  const { data, meter } = trial
  const { resume, device, signal } = context
  const { laws, history, losses } = state
  const even = data.sources.map(() => 1 / data.sources.length)
  // Losses that do not count take no part in the law.
  const counting = measureFactors(data).flatMap((factor, i) => (factor > 0 ? [{ factor, i }] : []))
  const factors = counting.map(({ factor }) => factor)
  // A checkpoint of this method holds the head under this name.
  let head = (resume?.arrays['head'] as Float32Array | undefined) ?? emptyHead(data)
  for (let round = losses.length; round < chosen.rounds; round++) {
    const swept = await sweep(context, trial, chosen, head, round)
    const now = normaliseLaw(solveLaw(counting.map(({ i }) => swept.falls[i])))
    const hasMemory = chosen.ema > 0 && round > 0
    laws.push(hasMemory ? averageLaw(laws[round - 1], now, chosen.ema) : now)
    const base = chosen.ema > 0 || round === 0 ? even : history[round - 1]
    history.push(nextMix(base, laws[round], factors, chosen.eta))
    const random = context.random.fork(`round ${round}`)
    const drawn = drawMix(data, history[round], chosen.roundSteps * batchRows, random)
    head = await carryOn(device.tf, data, swept.head, drawn, rate, signal)
    losses.push(await meter.losses(head))
    const total = chosen.rounds + checkRounds
    const loss = joined(data, losses[round])
    yield stepProgress(rows, round + 1, total, loss, keep('rounds', state, { head }))
  }
  return head
}

async function* runAioli(
  context: MethodContext,
  inputs: SelectionInputs,
  chosen: AioliParams,
  trial: Trial
): AsyncGenerator<MethodProgress, Selection, void> {
  const { resume } = context
  const state: State =
    resume === undefined
      ? { laws: [], history: [], losses: [], check: noCheck }
      : kept<State>(resume)
  const head = yield* learnMix(context, inputs.features.rows, chosen, trial, state)
  const { laws, history, losses } = state
  return yield* finishLearned(context, inputs, trial, {
    shares: meanShares(history),
    summary: {
      value: joined(trial.data, losses[losses.length - 1]),
      meaning: 'Loss of the helper model at the end; lower is better'
    },
    details: { measures: toldMeasures(trial), laws, history, losses },
    notes: [],
    state,
    arrays: { head },
    steps: chosen.rounds
  })
}

export default defineMethod({
  id: 'aioli',
  family: 'selection',
  version: 1,
  card: aioliCard,
  params,
  inputs: { labels: true, tasks: 'if-given', sources: true },
  estimate(shape, { rounds, sweeps, sweepSteps, roundSteps }) {
    const looks = rounds * sweeps * assumedSources
    const steps = looks * sweepSteps + rounds * roundSteps + 3 * checkRounds * 100
    const why = `About ${steps.toLocaleString('en-US')} steps of a helper model if there are ${assumedSources} sources.`
    return probeEstimate(shape, steps, looks, why)
  },
  run: (context, inputs, chosen) =>
    withTrial(context, inputs, chosen.aimAt, (trial) => runAioli(context, inputs, chosen, trial)),
  explain: explainBySource
})
