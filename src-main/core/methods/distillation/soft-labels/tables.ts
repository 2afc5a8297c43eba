// What the search measured, as tables and sentences for people.
import type { MeanMoment } from './expert-labels.ts'
import type { LabelChoice, SearchOutcome } from './search.ts'

/** A table that can be shown as it is. */
export interface ReadyTable {
  readonly title: string
  readonly help: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

/** "72.4 %" */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

/** "pass 3", "pass 0.25" */
export function passName(epoch: number): string {
  return `pass ${Number(epoch.toFixed(2))}`
}

/** Temperature by which an inverse temperature divides: "2.5". */
export function temperatureName(tau: number): string {
  return (1 / tau).toFixed(2).replace(/\.?0+$/, '')
}

/**
 * Accuracy of every moment (rows) with every temperature (columns).
 * @param isAsked of the helper model asked while students learn, instead of labels stored once
 */
export function searchTable(
  outcome: Pick<SearchOutcome, 'screen' | 'trials'>,
  moments: readonly MeanMoment[],
  entropies: ReadonlyMap<number, number>,
  isAsked = false
): ReadyTable {
  const trials = outcome.screen.length > 0 ? outcome.screen : outcome.trials
  const cells = trials.filter(
    ({ labels }) => labels?.teacherShare === 1 && (labels.isAsked ?? false) === isAsked
  )
  const choices = cells.flatMap(({ labels }) => labels ?? [])
  const taus = [...new Set(choices.map(({ tau }) => tau))]
  const tried = [...new Set(choices.map(({ moment }) => moment))]
  const best = (moment: number, tau: number): number =>
    Math.max(
      ...cells.flatMap(({ labels, accuracy }) =>
        labels?.moment === moment && labels.tau === tau ? [accuracy] : []
      )
    )
  return {
    title: isAsked
      ? 'The same, the helper model asked while students learn'
      : 'Moments of the helper model and temperatures',
    help:
      outcome.screen.length > 0
        ? 'Accuracy on validation items of students after short trainings; the best pairs were then trained in full. ' +
          'Spread: how much the labels say besides their largest share, in nats.'
        : 'Accuracy on validation items of students. Spread: how much the labels say besides their largest share, in nats.',
    header: [
      'Moment',
      'Helper model',
      'Spread',
      ...taus.map((tau) => `Temperature ${temperatureName(tau)}`)
    ],
    rows: tried.map((moment) => [
      passName(moments[moment].epoch),
      percent(moments[moment].accuracy01),
      (entropies.get(moment) ?? NaN).toFixed(2),
      ...taus.map((tau) => percent(best(moment, tau)))
    ])
  }
}

/** Full trainings: what decided. */
export function decisionTable(
  outcome: Pick<SearchOutcome, 'trials' | 'screen'>,
  moments: readonly MeanMoment[]
): ReadyTable {
  const full = outcome.trials.filter((trial) => !outcome.screen.includes(trial))
  return {
    title: 'What decided',
    help: 'Accuracy on validation items of fully trained students.',
    header: ['Labels', 'Step size', 'Accuracy'],
    rows: full.map(({ labels, rate, accuracy }) => [
      labels === undefined ? 'plain' : labelsName(labels, moments),
      rate,
      percent(accuracy)
    ])
  }
}

/** "pass 3, temperature 2, three quarters helper model" */
export function labelsName(
  { moment, tau, teacherShare, isAsked }: LabelChoice,
  moments: readonly Pick<MeanMoment, 'epoch'>[]
): string {
  const parts = [passName(moments[moment].epoch)]
  if (tau !== 1) parts.push(`temperature ${temperatureName(tau)}`)
  if (teacherShare !== 1)
    parts.push(`${percent(teacherShare)} helper model, the rest the plain label`)
  if (isAsked === true) parts.push('asked about every changed picture')
  return parts.join(', ')
}

/** A helper model has to be this much better than students on plain labels to be of clear use. */
const clearLead = 0.02

/** Warnings about the helper model, and why plain labels were taken. */
export function searchNotes(
  { best, bestPlain, bestSoft }: Pick<SearchOutcome, 'best' | 'bestPlain' | 'bestSoft'>,
  moments: readonly MeanMoment[]
): string[] {
  const plain = percent(bestPlain.accuracy)
  const notes: string[] = []
  if (best.labels === undefined)
    notes.push(
      `Plain labels are better here: students reach ${plain} on validation items with them, and ` +
        `${percent(bestSoft.accuracy)} with the best of the richer ones. So this set has plain labels.`
    )
  const used = bestSoft.labels === undefined ? undefined : moments[bestSoft.labels.moment]
  if (used !== undefined && used.accuracy01 < bestPlain.accuracy + clearLead)
    notes.push(
      `The helper model names ${percent(used.accuracy01)} of the validation items rightly at ${passName(used.epoch)}, ` +
        `and students on plain labels already ${plain}. A helper model has to be clearly better than ` +
        'that for its labels to help: train it longer, or keep fewer items.'
    )
  return notes
}
