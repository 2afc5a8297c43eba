// Directions that take work to make before rows of matrices are compared with them (TRAK solves them
// with the second moment of all rows), and how they travel in checkpoints, so that a run goes on from
// any of these with the same bits.
import type { Facts } from '../head-gradients/target-run.ts'
import type {
  GradientCheckpoint,
  MethodCheckpoint,
  MethodContext,
  MethodProgress
} from '../method.ts'
import type { PartDirections } from './part-directions.ts'

/** Directions of the checkpoints dealt with so far, and what was found out on the way. */
export interface Aimed {
  /** Per checkpoint: parts x columns, row-major. */
  readonly directions: readonly Float32Array[]
  readonly facts: Facts
}

/** Turns the examples' mean rows into what the rows are compared with. */
export interface MatrixAim {
  /** Directions of one checkpoint; adds to the facts. */
  solve(
    context: MethodContext,
    checkpoint: GradientCheckpoint & { readonly index: number },
    means: Float32Array,
    facts: Facts
  ): AsyncGenerator<MethodProgress, Float32Array, void>
  /** Sentences from the facts. */
  notes(facts: Facts): readonly string[]
}

/** Solves one checkpoint after the other; goes on from where `context.resume` stood. */
export async function* aimAll(
  context: MethodContext,
  gradients: readonly GradientCheckpoint[],
  means: Pick<PartDirections, 'directions'>,
  aim: MatrixAim
): AsyncGenerator<MethodProgress, Aimed, void> {
  const { resume } = context
  const facts = factsOf(resume)
  // All rows have their scores: what they were compared with is not needed again.
  if (resume?.step === 'scores') return { directions: means.directions, facts }
  const directions = directionsOf(resume)
  for (const [index, checkpoint] of gradients.entries()) {
    if (index < directions.length) continue
    const of = { ...checkpoint, index }
    directions.push(yield* aim.solve(context, of, means.directions[index], facts))
    yield {
      phase: 'Examples',
      done: index + 1,
      total: gradients.length,
      unit: 'checkpoints',
      checkpoint: withAimed({ step: 'directions', arrays: {}, values: {} }, { directions, facts })
    }
  }
  return { directions, facts }
}

/** The same progress with the directions in every checkpoint. */
export async function* keepAimed<T>(
  run: AsyncGenerator<MethodProgress, T, void>,
  aimed: Aimed
): AsyncGenerator<MethodProgress, T, void> {
  for (;;) {
    const step = await run.next()
    if (step.done === true) return step.value
    const { checkpoint, ...progress } = step.value
    if (checkpoint === undefined) yield progress
    else yield { ...progress, checkpoint: withAimed(checkpoint, aimed) }
  }
}

function withAimed(checkpoint: MethodCheckpoint, { directions, facts }: Aimed): MethodCheckpoint {
  const { step, arrays, values } = checkpoint
  const own = directions.map((one, c) => [`direction.${c}`, one] as const)
  return {
    step,
    arrays: { ...arrays, ...(step === 'scores' ? {} : Object.fromEntries(own)) },
    values: { ...values, facts: JSON.stringify(facts) }
  }
}

function factsOf(resume: MethodCheckpoint | undefined): Facts {
  // Written above.
  return JSON.parse(String(resume?.values['facts'] ?? '{}')) as Facts
}

function directionsOf(resume: MethodCheckpoint | undefined): Float32Array[] {
  const found: Float32Array[] = []
  for (;;) {
    // Written above as a Float32Array.
    const next = resume?.arrays[`direction.${found.length}`] as Float32Array | undefined
    if (next === undefined) return found
    found.push(next)
  }
}
