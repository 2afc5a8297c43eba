// What the planner is given to find its way in: a place to begin at, a goal in numbers, and what can
// be seen from each place. Nothing here says where the goal is.

/** A way on that is seen from a place. */
export interface Sight {
  readonly to: number
  /** What the way looks like from there; one number per column, the same columns for all. */
  readonly features: Float32Array
}

/** All that is seen from one place. */
export interface Look {
  readonly sights: readonly Sight[]
  /** What staying here looks like: the features of "stop at this place". */
  readonly stay: Float32Array
}

/** A task as the planner meets it. */
export interface PlanTask {
  readonly start: number
  /** The goal as it was put to the planner (the instruction), one number per column. */
  readonly goal: Float32Array
  look(place: number): Look
}

/** A task that can be taught: how an expert walked, known in training alone. */
export interface TaughtTask extends PlanTask {
  /** Places of the expert's way, from the start to the goal. */
  readonly expert: readonly number[]
  /** Hops from a place to the nearest place of the expert's way. */
  hopsOff(place: number): number
  /** Length of the shortest way between two places, for the nDTW rule. */
  distance(from: number, to: number): number
}
