// Random sequences of operations with what a program does between them: read, dispose, clone,
// assign to a variable, open a tidy scope. Every list of steps is a valid program, so that fast-check
// can shrink a failing one to the few steps that matter.
import fc from 'fast-check'
import type { TensorFlow } from '../device.ts'
import { read, type Result } from './compare.test-support.ts'
import type { Rule, Value } from './moving-rules.test-support.ts'
import { make, seeds, tensorOf, type TensorSpec } from './tensors.test-support.ts'

/** What a program does beside computing. */
const actions = ['read', 'dispose', 'clone', 'variable', 'assign', 'tidy'] as const
type Action = (typeof actions)[number]

interface Step {
  readonly name: string
  /** Which of the values so far; counted round. */
  readonly a: number
  readonly b: number
  readonly lots: readonly number[]
  /** Steps of a tidy scope. */
  readonly inner: readonly Step[]
}

/** A program and the tensors it starts from. */
export interface Sequence {
  readonly inputs: readonly TensorSpec[]
  readonly steps: readonly Step[]
  /** Which of the values left at the end are read. */
  readonly wanted: number
}

function stepOf(
  names: readonly string[],
  inner: fc.Arbitrary<readonly Step[]>
): fc.Arbitrary<Step> {
  return fc.record({
    name: fc.constantFrom(...names),
    // Small numbers are recent values, so that sequences become long, not wide.
    a: fc.nat(3),
    b: fc.nat(7),
    lots: fc.tuple(fc.nat(11), fc.nat(11), fc.nat(11)),
    inner
  })
}

/** Programs of 5 to 30 steps of the rules; actions make up about a quarter where there are any. */
export function sequences(
  rules: Readonly<Record<string, Rule>>,
  values: 'whole' | 'plain',
  hasActions: boolean
): fc.Arbitrary<Sequence> {
  const operations = Object.keys(rules)
  const none = fc.constant<readonly Step[]>([])
  const operation = stepOf(operations, none)
  const scope = fc.array(operation, { minLength: 1, maxLength: 5 })
  const action = stepOf(actions, scope)
  const step = hasActions
    ? fc.oneof({ weight: 3, arbitrary: operation }, { weight: 1, arbitrary: action })
    : operation
  const shape = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
    },
    // Large enough for memory that a device keeps and uses again.
    { weight: 1, arbitrary: fc.constantFrom([32, 40], [2, 16, 48], [4, 6, 7, 8], [1200]) }
  )
  return fc
    .record({
      shapes: fc.array(shape, { minLength: 1, maxLength: 3 }),
      seed: seeds,
      steps: fc.array(step, { minLength: 5, maxLength: 30, size: 'max' }),
      wanted: fc.nat(0xffff)
    })
    .map(({ shapes, seed, steps, wanted }) => ({
      inputs: shapes.map((sides, i) => tensorOf(sides, seed + i, values)),
      steps,
      wanted,
      [fc.toStringMethod]: () => wordsOf(shapes, seed, steps, wanted)
    }))
}

function wordsOf(
  shapes: readonly (readonly number[])[],
  seed: number,
  steps: readonly Step[],
  wanted: number
): string {
  const words = (step: Step): string => {
    const inner = step.name === 'tidy' ? ` { ${step.inner.map(words).join('; ')} }` : ''
    return `${step.name} ${step.a} ${step.b} (${step.lots.join()})${inner}`
  }
  const starts = shapes.map((shape) => `[${shape.join()}]`).join(' ')
  return `seed ${seed}, ${starts}: ${steps.map(words).join('; ')}; wanted ${wanted}`
}

interface Held extends Value {
  readonly variable: ReturnType<TensorFlow['variable']> | undefined
}

/** Runs the program on the active device. Gives what it read, in order, and leaves nothing behind. */
export function perform(
  tf: TensorFlow,
  { inputs, steps, wanted }: Sequence,
  rules: Readonly<Record<string, Rule>>
): Result[] {
  const results: Result[] = []
  const values: Held[] = inputs.map((input) => ({
    tensor: make(tf, input),
    limit: 4,
    variable: undefined
  }))
  for (const step of steps) {
    if (isAction(step.name)) act(tf, step.name, step, values, results, rules)
    else values.push(applied(tf, step, values, rules))
  }
  values.forEach(({ tensor }, i) => {
    if ((wanted >> (i % 16)) & 1) results.push(read(tensor))
  })
  tf.dispose(values.map(({ tensor }) => tensor))
  return results
}

/** The last value of the program, for differentiating it; disposes of nothing. */
export function lastOf(
  tf: TensorFlow,
  starts: readonly Value[],
  steps: readonly Step[],
  rules: Readonly<Record<string, Rule>>
): Value {
  const values: Held[] = starts.map((start) => ({ ...start, variable: undefined }))
  for (const step of steps) values.push(applied(tf, step, values, rules))
  return values[values.length - 1]
}

function isAction(name: string): name is Action {
  return actions.some((action) => action === name)
}

/** Counted from the newest. */
function pick<T>(values: readonly T[], place: number): T {
  return values[values.length - 1 - (place % values.length)]
}

// Tidied, so that only the result of a rule outlives it.
function applied(
  tf: TensorFlow,
  step: Step,
  values: readonly Held[],
  rules: Readonly<Record<string, Rule>>
): Held {
  let limit = 0
  const tensor = tf.tidy(() => {
    const value = rules[step.name](tf, pick(values, step.a), pick(values, step.b), step.lots)
    limit = value.limit
    return value.tensor
  })
  return { tensor, limit, variable: undefined }
}

function act(
  tf: TensorFlow,
  action: Action,
  step: Step,
  values: Held[],
  results: Result[],
  rules: Readonly<Record<string, Rule>>
): void {
  const chosen = pick(values, step.a)
  switch (action) {
    case 'read':
      results.push(read(chosen.tensor))
      return
    case 'dispose':
      // One value always stays, for the next step to work on.
      if (values.length === 1) return
      values.splice(values.indexOf(chosen), 1)
      chosen.tensor.dispose()
      return
    case 'clone':
      values.push({ tensor: tf.clone(chosen.tensor), limit: chosen.limit, variable: undefined })
      return
    case 'variable': {
      const variable = tf.variable(chosen.tensor)
      values.push({ tensor: variable, limit: chosen.limit, variable })
      return
    }
    case 'assign':
      assign(tf, step, values)
      return
    case 'tidy':
      values.push(scoped(tf, step, values, rules))
      return
  }
}

// What was computed from the variable before must keep its numbers.
function assign(tf: TensorFlow, step: Step, values: Held[]): void {
  const at = values.findIndex(({ variable }) => variable !== undefined)
  if (at === -1) return
  const { variable, tensor } = values[at]
  const same = values.filter(
    (value) => value.variable === undefined && value.tensor.shape.join() === tensor.shape.join()
  )
  if (variable === undefined || same.length === 0) return
  const { tensor: next, limit } = pick(same, step.b)
  if (next.dtype !== variable.dtype) return
  // As an optimizer does: compute the new value from the old one, assign it, forget it.
  tf.tidy(() => variable.assign(step.lots[0] % 2 === 0 ? tf.clone(next) : tf.neg(next)))
  values[at] = { tensor: variable, limit, variable }
}

function scoped(
  tf: TensorFlow,
  step: Step,
  values: readonly Held[],
  rules: Readonly<Record<string, Rule>>
): Held {
  let limit = 0
  const tensor = tf.tidy(() => {
    const inside = [...values]
    for (const inner of step.inner) inside.push(applied(tf, inner, inside, rules))
    const last = inside[inside.length - 1]
    limit = last.limit
    return last.tensor
  })
  return { tensor, limit, variable: undefined }
}
