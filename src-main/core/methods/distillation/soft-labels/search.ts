// The search for the best labels: epoch of the helper model and temperature together, then the step
// size of the students, each judged by students on validation items; for labels stored once and, if
// asked for, for a helper model asked while students learn. Plain labels get their own step sizes on
// the same terms, and win when they do better. Pure: who measures is handed in.

/** Labels as they may be made from a helper model. */
export interface LabelChoice {
  /** Kept moment of the helper models, as a place in their list. */
  readonly moment: number
  /** Inverse temperature. */
  readonly tau: number
  /** Weight of the helper model's shares beside the plain label, 0..1. */
  readonly teacherShare: number
  /** The helper model is asked about every changed item, instead of once about each as it is. */
  readonly isAsked?: boolean
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
  /** Also labels of a helper model that is asked while students learn, on the same terms. */
  readonly asks?: boolean
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
  const forms = plan.asks === true ? 2 : 1
  return [
    plan.rates.length,
    isScreened ? forms * cells : 0,
    forms * Math.min(cells, plan.finalists) * plan.rates.length,
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
  const screen: MeasuredTrial[] = []
  const finals: MeasuredTrial[] = []
  for (const isAsked of plan.asks === true ? [false, true] : [false]) {
    const cells = plan.moments.flatMap((moment) =>
      plan.taus.map((tau): LabelChoice => {
        const choice = { moment, tau, teacherShare: 1 }
        return isAsked ? { ...choice, isAsked } : choice
      })
    )
    const [rate] = plan.rates
    const short = cells.map((labels) => ({ labels, rate, epochs: plan.screenEpochs, students }))
    const screened = cells.length > plan.finalists ? yield* all(short) : []
    screen.push(...screened)
    const finalists =
      screened.length === 0
        ? cells
        : inOrder(screened)
            .slice(0, plan.finalists)
            .flatMap(({ labels }) => labels ?? [])
    finals.push(
      ...(yield* all(
        finalists.flatMap((labels) =>
          plan.rates.map((own) => ({ labels, rate: own, epochs, students }))
        )
      ))
    )
  }
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
