// Scores of DD-Ranking (Li et al. 2024), with accuracies as shares so that they lie in 0..1. Its own
// code puts points of percent into the exponent, which makes the scores meaningless; ours does not.

/** (e^x - e^-1) / (e - e^-1): -1 gives 0, 0 gives 0.269, 1 gives 1. */
export function squash(x: number): number {
  return (Math.exp(x) - Math.exp(-1)) / (Math.E - Math.exp(-1))
}

/** Accuracies that the label-robust score is made of, all on test items. */
export interface LabelRobustInputs {
  /** The set with its own recipe. */
  readonly set: number
  /** Random real items of the same number with the same recipe. */
  readonly random: number
  /** The set with plain labels. */
  readonly setHard: number
  /** All data with plain labels. */
  readonly all: number
}

/** What is lost to all data with plain labels (HLR): lower is better, below 0 where the set wins. */
export function hardLabelLoss({
  all,
  setHard
}: Pick<LabelRobustInputs, 'all' | 'setHard'>): number {
  return all - setHard
}

/** What is won over random items with the same recipe (IOR): higher is better. */
export function leadOverRandom({ set, random }: Pick<LabelRobustInputs, 'set' | 'random'>): number {
  return set - random
}

/** Label-robust score: half what is won over random items, half what is lost to all data. */
export function labelRobustScore(inputs: LabelRobustInputs): number {
  return squash(0.5 * leadOverRandom(inputs) - 0.5 * hardLabelLoss(inputs))
}

/** Augmentation-robust score: the lead over random items with and without augmentation. */
export function augmentationRobustScore(
  withAugmentation: { readonly set: number; readonly random: number },
  without: { readonly set: number; readonly random: number }
): number {
  return squash(0.5 * leadOverRandom(withAugmentation) + 0.5 * leadOverRandom(without))
}
