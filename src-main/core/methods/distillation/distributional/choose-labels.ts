// Which labels the clouds get: plain ones, or what helper models say about the mean of each cloud early in
// their training, whichever teaches students more on validation items (D3, section 5.4 of the
// specification; decided on validation because richer labels of made items often do not help).
import { createNetwork } from '../../../networks/create-network.ts'
import { labelledValues, oneHotShares } from '../../../networks/normalisation.ts'
import type { MethodCheckpoint } from '../../method.ts'
import type {
  DistillationContext,
  DistillationInputs,
  DistillationProgress,
  DistilledSet
} from '../distillation-method.ts'
import { sharesOf } from '../label-compression/shares.ts'
import { validationPart } from '../real-items/student-trials.ts'
import { createTrialLedger } from '../real-items/trial-ledger.ts'
import { createExpertLabels, meanMoments } from '../soft-labels/expert-labels.ts'
import { triedMoments } from '../soft-labels/plan.ts'
import { passName, percent } from '../soft-labels/tables.ts'
import type { GroupState } from './group-state.ts'
import { readGroups, recoverItems, storedGroups } from './latent-set.ts'
import type { LatentLayout } from './layout.ts'
import type { CloudLabels } from './made-latents.ts'
import type { DistributionalParams } from './params.ts'

/** Moments of the helper models that are tried, besides plain labels. */
export const momentsTried = 3

/** The set with the labels that won; `made` gives it its labels. */
export async function* chooseLabels(
  context: DistillationContext,
  inputs: DistillationInputs,
  { studentEpochs }: Pick<DistributionalParams, 'studentEpochs'>,
  layout: LatentLayout,
  groups: readonly GroupState[],
  made: (soft?: CloudLabels) => DistilledSet,
  kept: MethodCheckpoint['arrays']
): AsyncGenerator<DistillationProgress, DistilledSet, void> {
  const { experts, shape } = inputs
  if (experts === undefined) return made()
  const { tf } = context.device
  const read = readGroups(storedGroups(groups, layout, shape), layout, shape)
  const means = meanItems(context, inputs, layout, read)
  const { classes } = layout
  const rows = labelledValues(means, new Int32Array(classes * layout.priors))
  const says = createExpertLabels(tf, experts, shape, classes, rows, context.signal)
  const known = meanMoments(experts)
  const moments = triedMoments(known, momentsTried)
  const bench = {
    tf,
    network: createNetwork(inputs.network, shape, classes),
    validation: validationPart(inputs.validation, context.random),
    random: context.random.fork('students'),
    signal: context.signal
  }
  const passes = (moments.length + 1) * studentEpochs
  const ledger = createTrialLedger(context, bench, 1, passes, kept)
  const table: (readonly (string | number)[])[] = []
  let best: { readonly set: DistilledSet; readonly accuracy: number } | undefined
  for (const moment of [undefined, ...moments]) {
    const soft = moment === undefined ? undefined : await labelsAt(moment)
    const set = made(soft)
    const items = {
      values: set.values,
      count: set.count,
      targets: set.targets.kind === 'soft' ? set.targets.shares : oneHotShares(set.labels, classes),
      fresh: (pass: number) =>
        Promise.resolve(
          recoverItems(tf, read, layout, shape, context.random.fork(`trial items ${pass}`))
        )
    }
    const accuracy = yield* ledger.measure(items, set.student)
    table.push([soft?.from ?? 'plain', percent(accuracy)])
    if (best === undefined || accuracy > best.accuracy) {
      best = { set, accuracy }
      yield {
        ...ledger.now(),
        live: { series: 'Labels', x: table.length, y: accuracy },
        candidate: set
      }
    }
  }
  const { set } = best ?? { set: made() }
  const told = {
    title: 'Labels tried',
    help: 'Accuracy on validation items of students.',
    header: ['Labels', 'Accuracy'],
    rows: table
  }
  return { ...set, info: { ...set.info, tables: [told] } }

  async function labelsAt(moment: number): Promise<CloudLabels> {
    const shares = sharesOf(await says.logitsAt(moment), classes, 1)
    return { shares, from: `what the helper models say, ${passName(known[moment].epoch)}` }
  }
}

/** The mean of every cloud, drawn: with one copy, the items of a class are its clouds in order. */
function meanItems(
  { device }: DistillationContext,
  { shape }: DistillationInputs,
  layout: LatentLayout,
  read: Parameters<typeof recoverItems>[1]
): Float32Array {
  return recoverItems(device.tf, read, { ...layout, copies: 1 }, shape, undefined)
}
