// Tests of random sequences on one device against the reference: what finds faults of a device that
// rewrites, fuses or postpones operations.
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TensorFlow } from '../device.ts'
import { read, readAll, type Result, type Tolerance } from './compare.test-support.ts'
import { lookAlikes } from './look-alikes.test-support.ts'
import { differentiated, networks } from './networks.test-support.ts'
import { expectSameResults, openPair, type Pair } from './pair.test-support.ts'
import { weightedSum } from './operation.test-support.ts'
import type { Rule } from './moving-rules.test-support.ts'
import { smoothRules, wholeRules } from './sequence-rules.test-support.ts'
import { lastOf, perform, sequences, type Sequence } from './sequence.test-support.ts'
import { make, tensorOf } from './tensors.test-support.ts'
import { chained, exact, summed } from './tolerances.test-support.ts'

/** Registers the tests; `runs` programs of each kind. `lacks`: rules the device cannot differentiate. */
export function sequenceConformance(id: string, runs: number, lacks: readonly string[] = []): void {
  const differentiable = Object.fromEntries(
    Object.entries(smoothRules).filter(([name]) => !lacks.includes(name))
  )
  let pair: Pair
  beforeAll(async () => {
    pair = await openPair(id)
  })

  function check<T>(
    drawn: fc.Arbitrary<T>,
    work: (program: T) => Result[],
    tolerance: Tolerance
  ): void {
    fc.assert(
      fc.property(drawn, (program) => expectSameResults(pair, () => work(program), tolerance)),
      { numRuns: runs, includeErrorInReport: true }
    )
  }

  function performed(rules: Readonly<Record<string, Rule>>): (sequence: Sequence) => Result[] {
    return (sequence) => perform(pair.tf, sequence, rules)
  }

  describe('random sequences of operations', () => {
    test('of whole numbers, to the last bit', () =>
      check(sequences(wholeRules, 'whole', false), performed(wholeRules), exact))

    test('of whole numbers, with values read, disposed of, cloned and assigned in between', () =>
      check(sequences(wholeRules, 'whole', true), performed(wholeRules), exact))

    test('of smooth functions', () =>
      check(sequences(smoothRules, 'plain', true), performed(smoothRules), chained))

    test('gradients of smooth functions', () =>
      check(
        sequences(differentiable, 'plain', false),
        (sequence) => gradients(pair, sequence),
        chained
      ))

    test.skipIf(lacks.includes('convolution'))('of picture networks, with their gradients', () =>
      check(networks, (network) => differentiated(pair.tf, network), chained)
    )

    test('of the same shapes, different in one place', () =>
      expectSameResults(pair, () => lookAlikes(pair.tf), summed))

    test('numbers asked for before their tensor is disposed of arrive', async () => {
      const { tf } = pair
      const { expected, got } = pair.both(() => {
        const x = make(tf, tensorOf([40, 40], 1))
        const doubled = tf.mul(x, 2)
        const asked = doubled.data()
        // Work that could take over the memory of what was disposed of.
        const other = tf.tidy(() => {
          tf.dispose([x, doubled])
          return tf.add(tf.fill([40, 40], 7), 1)
        })
        other.dataSync()
        other.dispose()
        return asked
      })
      expect(Array.from(await got)).toEqual(Array.from(await expected))
    })

    // More than a device that postpones its work may hold back.
    test('thousands of operations before the first reading', () =>
      expectSameResults(pair, () => longChain(pair.tf), chained))
  })
}

function longChain(tf: TensorFlow): Result[] {
  const kept = [make(tf, tensorOf([3, 4], 1))]
  for (let step = 0; step < 4500; step++) {
    const last = kept[kept.length - 1]
    const next = tf.tidy(() =>
      step % 3 === 0 ? tf.add(tf.mul(last, 0.5), 1) : tf.sub(1, tf.transpose(last))
    )
    // One of a hundred is still wanted at the end.
    if (step % 100 === 0) kept.push(next)
    else {
      if (step % 100 !== 1) last.dispose()
      kept[kept.length - (step % 100 === 1 ? 0 : 1)] = next
    }
  }
  const results = kept.map(read)
  tf.dispose(kept)
  return results
}

/** Derivatives of the last value by every input. */
function gradients({ tf }: Pair, { inputs, steps }: Sequence): Result[] {
  const tensors = tf.tidy(() => {
    const starts = inputs.map((input) => make(tf, input))
    return tf.grads((...given) => {
      const values = given.map((tensor) => ({ tensor, limit: 4 }))
      return weightedSum(tf, [
        lastOf(tf, values, steps, smoothRules).tensor,
        // Keeps the derivative by an unused input defined.
        ...given
      ])
    })(starts)
  })
  return readAll(tensors)
}
