// Late-phase upsampling: helper models learn by size first; in a last phase each source in turn gets
// more. What lowers the loss there gets a larger share of the chosen set.
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
import { keep, kept, priorOf, stepProgress } from '../../mixtures/probe-run.ts'
import { explainBySource } from '../../mixtures/result.ts'
import { withTrial } from '../../mixtures/trial.ts'
import { lateCard } from './card.ts'
import { lateGains, sharesFromGains, type LateGain } from './gains.ts'

/** Step of the helper models in units of 1 / mean squared row length. */
const rate = 0.5

const params = z.object({
  aimAt: aimAtParam,
  repeats: z.int().min(1).max(20).default(5).meta({
    title: 'Repeats',
    description: 'Everything is done so often with new lots; a gain must show beyond the spread.'
  }),
  steps: stepsParam('Steps in all', 'Steps of 32 items a helper model learns for.', 150),
  latePercent: z.number().min(5).max(50).default(20).meta({
    title: 'Last phase',
    description:
      'Part of the steps in which one source gets more. The paper found 10 to 20 % to be best.',
    unit: '%'
  }),
  dosePercent: z.number().min(5).max(95).default(50).meta({
    title: 'Dose',
    description: 'In the last phase this part comes from the one source, the rest by size.',
    unit: '%'
  }),
  most: z
    .number()
    .gt(1)
    .max(20)
    .default(3)
    .meta({
      title: 'Largest change',
      description:
        'The source with the largest effect gets this many times its weight (or that part of it, when it harms); ' +
        'the others less.'
    })
})
type LateParams = z.output<typeof params>

interface State {
  /** Per repeat: the loss after a last phase by size, and those with more of each source. */
  readonly plain: number[]
  readonly dosed: number[][]
  readonly check: FreshCheck
}

/** One repeat: a first phase by size, then from there every last phase on the same lot. */
async function oneRepeat(
  context: MethodContext,
  { data, meter }: Trial,
  { steps, latePercent, dosePercent }: LateParams,
  prior: readonly number[],
  repeat: number
): Promise<{ plain: number; dosed: number[] }> {
  const { device, signal, random } = context
  const late = Math.max(1, Math.round((steps * latePercent) / 100))
  const early = Math.max(1, steps - late)
  const first = drawMix(data, prior, early * batchRows, random.fork(`first ${repeat}`))
  const base = await carryOn(device.tf, data, emptyHead(data), first, rate, signal)
  const finish = async (shares: readonly number[]): Promise<number> => {
    const drawn = drawMix(data, shares, late * batchRows, random.fork(`last ${repeat}`))
    return joined(
      data,
      await meter.losses(await carryOn(device.tf, data, base, drawn, rate, signal))
    )
  }
  const dose = dosePercent / 100
  const plain = await finish(prior)
  const dosed: number[] = []
  for (let source = 0; source < prior.length; source++)
    dosed.push(
      await finish(prior.map((share, i) => (1 - dose) * share + (i === source ? dose : 0)))
    )
  return { plain, dosed }
}

async function* runLate(
  context: MethodContext,
  inputs: SelectionInputs,
  chosen: LateParams,
  trial: Trial
): AsyncGenerator<MethodProgress, Selection, void> {
  const { data, groups } = trial
  const { resume } = context
  const { rows } = inputs.features
  const state: State =
    resume === undefined ? { plain: [], dosed: [], check: noCheck } : kept<State>(resume)
  const { plain, dosed } = state
  const prior = priorOf(groups, data.sources)
  for (let repeat = plain.length; repeat < chosen.repeats; repeat++) {
    const made = await oneRepeat(context, trial, chosen, prior, repeat)
    plain.push(made.plain)
    dosed.push(made.dosed)
    const total = chosen.repeats + checkRounds
    yield stepProgress(rows, repeat + 1, total, made.plain, keep('repeats', state))
  }
  const gains = lateGains(plain, dosed)
  const names = data.sources.map((source) => groups.names[source])
  return yield* finishLearned(context, inputs, trial, {
    shares: sharesFromGains(prior, gains, chosen.most),
    summary: {
      value: Math.max(0, ...gains.map(({ mean, isClear }) => (isClear ? mean : 0))),
      meaning: 'How far the loss fell at most by a late dose of one source (0 = nothing clear)'
    },
    details: { measures: toldMeasures(trial), gains, plain },
    notes: gainNotes(names, gains),
    state,
    steps: chosen.repeats
  })
}

function gainNotes(names: readonly string[], gains: readonly LateGain[]): string[] {
  const list = (isHelp: boolean): string =>
    names
      .filter((_, i) => gains[i].isClear && gains[i].mean > 0 === isHelp)
      .map((name) => `"${name}"`)
      .join(', ')
  const [helps, harms] = [list(true), list(false)]
  if (helps === '' && harms === '')
    return ['No source made a clear difference, so every source keeps its share by size.']
  return [
    ...(helps === '' ? [] : [`More of it at the end lowered the loss: ${helps}.`]),
    ...(harms === '' ? [] : [`More of it at the end raised the loss: ${harms}.`])
  ]
}

export default defineMethod({
  id: 'late-upsampling',
  family: 'selection',
  version: 1,
  card: lateCard,
  params,
  inputs: { labels: true, tasks: 'if-given', sources: true },
  estimate(shape, { repeats, steps, latePercent }) {
    const ends = repeats * (assumedSources + 1)
    const all = repeats * steps + (ends * steps * latePercent) / 100 + 3 * checkRounds * 100
    const why = `About ${ends} last phases of helper models if there are ${assumedSources} sources.`
    return probeEstimate(shape, all, ends, why)
  },
  run: (context, inputs, chosen) =>
    withTrial(context, inputs, chosen.aimAt, (trial) => runLate(context, inputs, chosen, trial)),
  explain: explainBySource
})
