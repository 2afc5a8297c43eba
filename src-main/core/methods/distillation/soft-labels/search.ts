// The search for the best labels: epoch of the helper model and temperature together, then the step
// size of the students, each judged by students on validation items. Plain labels get their own step
// sizes on the same terms, and win when they do better. Pure: who measures is handed in.

/** Labels as they may be made from a helper model. */
export interface LabelChoice {
  /** Kept moment of the helper models, as a place in their list. */
  readonly moment: number
  /** Inverse temperature. */
  readonly tau: number
  /** Weight of the helper model's shares beside the plain label, 0..1. */
  readonly teacherShare: number
}

/** A training that is to be measured. */
export interface Trial {
  /** Undefined: plain labels. */
  readonly labels: LabelChoice | undefined
  readonly rate: number
  readonly epochs: number
  /** Students to average. */
  readonly students: number
}

export interface MeasuredTrial extends Trial {
  /** Mean share of validation items named rightly. */
  readonly accuracy: number
}

export interface SearchPlan {
  readonly moments: readonly number[]
  /** Inverse temperatures; the first is tried wherever only one can be. */
  readonly taus: readonly number[]
  /** Step sizes; the first is the one all epochs and temperatures are compared at. */
  readonly rates: readonly number[]
  /** Weights of the helper model's shares that are tried at the end; empty = its shares alone. */
  readonly teacherShares: readonly number[]
  /** Epochs of students that compare epochs and temperatures, and of those that decide. */
  readonly screenEpochs: number
  readonly epochs: number
  /** How many pairs of epoch and temperature go on to the longer training. */
  readonly finalists: number
  readonly students: number
}

export interface SearchOutcome {
  /** All trials in the order they were measured. */
  readonly trials: readonly MeasuredTrial[]
  /** Short trainings: every epoch with every temperature. */
  readonly screen: readonly MeasuredTrial[]
  readonly bestPlain: MeasuredTrial
  readonly bestSoft: MeasuredTrial
  /** The better of the two on validation items; plain labels where they are equal. */
  readonly best: MeasuredTrial
}

/** Trials that a plan has in all. */
export function plannedTrials(plan: SearchPlan): number {
  return stagesOf(plan).reduce((sum, count) => sum + count, 0)
}

/** Student epochs that a plan has in all: what its time grows with. */
export function plannedEpochs(plan: SearchPlan): number {
  const [plain, screen, finals, shares] = stagesOf(plan)
  return plan.students * (screen * plan.screenEpochs + (plain + finals + shares) * plan.epochs)
}

function stagesOf(plan: SearchPlan): [number, number, number, number] {
  const cells = plan.moments.length * plan.taus.length
  const isScreened = cells > plan.finalists
  return [
    plan.rates.length,
    isScreened ? cells : 0,
    Math.min(cells, plan.finalists) * plan.rates.length,
    plan.teacherShares.length
  ]
}

/**
 * Walks through the plan; `measure` gives the accuracy of a trial and may yield progress on the way.
 * Yields what `measure` yields, and every measured trial. Equal accuracies go to what was tried first.
 */
export async function* searchLabels<P>(
  plan: SearchPlan,
  measure: (trial: Trial) => AsyncGenerator<P, number, void>
): AsyncGenerator<P | MeasuredTrial, SearchOutcome, void> {
  if (plan.moments.length === 0)
    throw new RangeError('there is no helper model to take labels from')
  const trials: MeasuredTrial[] = []
  async function* measured(trial: Trial): AsyncGenerator<P | MeasuredTrial, MeasuredTrial, void> {
    const done = { ...trial, accuracy: yield* measure(trial) }
    trials.push(done)
    yield done
    return done
  }
  async function* all(list: readonly Trial[]): AsyncGenerator<P | MeasuredTrial, MeasuredTrial[]> {
    const results: MeasuredTrial[] = []
    for (const trial of list) results.push(yield* measured(trial))
    return results
  }
  const { epochs, students } = plan
  const plain = yield* all(
    plan.rates.map((rate) => ({ labels: undefined, rate, epochs, students }))
  )
  const cells = plan.moments.flatMap((moment) =>
    plan.taus.map((tau): LabelChoice => ({ moment, tau, teacherShare: 1 }))
  )
  const screen =
    cells.length > plan.finalists
      ? yield* all(
          cells.map((labels) => ({
            labels,
            rate: plan.rates[0],
            epochs: plan.screenEpochs,
            students
          }))
        )
      : []
  const finalists =
    screen.length === 0
      ? cells
      : inOrder(screen)
          .slice(0, plan.finalists)
          .flatMap(({ labels }) => labels ?? [])
  const finals = yield* all(
    finalists.flatMap((labels) => plan.rates.map((rate) => ({ labels, rate, epochs, students })))
  )
  const [leader] = inOrder(finals)
  const mixed = yield* all(
    plan.teacherShares.flatMap((teacherShare) =>
      leader.labels === undefined
        ? []
        : [{ labels: { ...leader.labels, teacherShare }, rate: leader.rate, epochs, students }]
    )
  )
  const [bestPlain] = inOrder(plain)
  const [bestSoft] = inOrder([...finals, ...mixed])
  const best = bestSoft.accuracy > bestPlain.accuracy ? bestSoft : bestPlain
  return { trials, screen, bestPlain, bestSoft, best }
}

/** Highest accuracy first; a stable sort keeps what was tried first ahead of its equals. */
function inOrder(trials: readonly MeasuredTrial[]): MeasuredTrial[] {
  return [...trials].sort((a, b) => b.accuracy - a.accuracy)
}
