// RegMix: the loss of many helper models on random mixtures of the sources is fitted, and the shares
// with the lowest foretold loss are taken (Liu et al. 2025); or the same from a pasted loss table.
import { checkInputs } from '../../check-inputs.ts'
import {
  defineMethod,
  type MethodContext,
  type MethodProgress,
  type Selection,
  type SelectionInputs
} from '../../method.ts'
import { drawEstimate, probeEstimate } from '../../mixtures/estimate.ts'
import { finishLearned } from '../../mixtures/finish.ts'
import { checkRounds, noCheck, type FreshCheck, type Trial } from '../../mixtures/fresh-check.ts'
import { drawMix, joined, trainOnMix } from '../../mixtures/helper-models.ts'
import {
  completeShares,
  keep,
  kept,
  priorOf,
  stepProgress,
  unknownAim
} from '../../mixtures/probe-run.ts'
import { explainBySource, toSelection } from '../../mixtures/result.ts'
import { groupBySource } from '../../mixtures/source-groups.ts'
import { withTrial } from '../../mixtures/trial.ts'
import { regmixCard } from './card.ts'
import { readOut, searchShares, type Measured } from './read-out.ts'
import { readLossTable } from './loss-table.ts'
import { mixturesToTry } from './mixtures-to-try.ts'
import { regmixParams, type RegmixParams } from './params.ts'

/** What has been trained so far. */
interface State {
  /** Per mixture: one loss per measure. */
  readonly losses: number[][]
  readonly check: FreshCheck
}

async function* runRegmix(
  context: MethodContext,
  inputs: SelectionInputs,
  params: RegmixParams
): AsyncGenerator<MethodProgress, Selection, void> {
  if (params.lossTable.trim() !== '') return fromTable(context, inputs, params)
  return yield* withTrial(context, inputs, params.aimAt, (trial) =>
    fromModels(context, inputs, params, trial)
  )
}

/** Shares from the pasted table. Items without a source are not in it and keep their share by size. */
function fromTable(
  context: MethodContext,
  inputs: SelectionInputs,
  params: RegmixParams
): Selection {
  checkInputs(inputs)
  context.signal.throwIfAborted()
  const groups = groupBySource(inputs)
  const sources = groups.names.flatMap((_, i) => (i === groups.unknown ? [] : [i]))
  const table = readLossTable(
    params.lossTable,
    sources.map((source) => groups.names[source])
  )
  const aim = params.aimAt.trim()
  const names = table.lossNames
  if (aim !== '' && !names.includes(aim))
    throw unknownAim(
      aim,
      names.map((name) => ({ name }))
    )
  const measures = names.map((name) => ({
    name,
    weight: aim === '' ? 1 / names.length : name === aim ? 1 : 0
  }))
  const { mixtures, losses } = table
  const measured: Measured = { from: 'table', sources, mixtures, losses, measures }
  const shares = searchShares(context, inputs, groups, params, measured)
  const { summary, details, notes } = readOut(groups, measured, shares)
  return toSelection(context, inputs, {
    groups,
    shares: completeShares(groups, sources, shares),
    summary,
    details: { ...details, isCompared: true, check: null },
    notes
  })
}

async function* fromModels(
  context: MethodContext,
  inputs: SelectionInputs,
  params: RegmixParams,
  trial: Trial
): AsyncGenerator<MethodProgress, Selection, void> {
  const { groups, data, meter } = trial
  const { rows } = inputs.features
  const prior = priorOf(groups, data.sources)
  const random = context.random.fork('mixtures')
  const mixtures = mixturesToTry(prior, params.mixtures, random, context.signal)
  const count = Math.min(params.items, data.labels.length)
  const state: State =
    context.resume === undefined ? { losses: [], check: noCheck } : kept<State>(context.resume)
  const { losses } = state
  const total = mixtures.length + checkRounds
  for (let at = losses.length; at < mixtures.length; at++) {
    const drawn = drawMix(data, mixtures[at], count, context.random.fork(`mixture ${at}`))
    const { tf } = context.device
    const head = await trainOnMix(tf, data, drawn, params.passes, context.signal)
    losses.push(await meter.losses(head))
    const loss = joined(data, losses[at])
    yield stepProgress(rows, at + 1, total, loss, keep('mixtures', state))
  }
  const { sources, measures } = data
  const measured: Measured = { from: 'models', sources, mixtures, losses, measures }
  const shares = searchShares(context, inputs, groups, params, measured)
  return yield* finishLearned(context, inputs, trial, {
    ...readOut(groups, measured, shares),
    state,
    steps: mixtures.length,
    size: params
  })
}

export default defineMethod({
  id: 'regmix',
  family: 'selection',
  version: 1,
  card: regmixCard,
  params: regmixParams,
  inputs: { labels: false, tasks: 'if-given', sources: true },
  estimate(shape, { mixtures, items, passes, simulated, lossTable }) {
    const search = simulated * 4e-6
    if (lossTable.trim() !== '') {
      const draw = drawEstimate(shape)
      return { ...draw, seconds: draw.seconds + search, why: 'A fit of the pasted table.' }
    }
    const models = mixtures + 3 * checkRounds
    const steps = models * passes * Math.ceil(Math.min(items, shape.candidates) / 32)
    const why = `${models} helper models, ${items.toLocaleString('en-US')} items x ${shape.columns} numbers each`
    const made = probeEstimate(shape, steps, models, why)
    return { ...made, seconds: made.seconds + search }
  },
  run: runRegmix,
  explain: explainBySource
})
