// The conformance suite: every operation and gradient on one device against the plain JavaScript
// reference. What a device lacks is listed with the reason in gaps.test-support.ts.
import fc from 'fast-check'
import { beforeAll, describe, test } from 'vitest'
import type { Tolerance } from './compare.test-support.ts'
import { isGap, isTested, type Kind } from './gaps.test-support.ts'
import { gradientOf, type Call, type Operation } from './operation.test-support.ts'
import { expectSame, openPair, type Pair } from './pair.test-support.ts'

const usualRuns = 20

const titles: Readonly<Record<Kind, string>> = {
  calls: 'random calls',
  special: 'NaN, infinities, very large and very small numbers',
  gradient: 'gradient'
}

/**
 * Registers the tests of the operations for a device. `share` times the usual number of random
 * calls is drawn.
 */
export function operationConformance(
  id: string,
  operations: readonly Operation[],
  share = 1
): void {
  let pair: Pair
  beforeAll(async () => {
    pair = await openPair(id)
  })

  for (const operation of operations) {
    describe(operation.name, () => {
      for (const { kind, calls, tolerance, runs } of propertiesOf(operation)) {
        test.skipIf(!isTested(id, operation.name, kind))(titles[kind], () => {
          const covered = calls.filter((call) => !isGap(id, operation.name, kind, call))
          fc.assert(
            fc.property(covered, (call) =>
              expectSame(pair, kind === 'gradient' ? gradientOf(call) : call, tolerance)
            ),
            { numRuns: Math.max(4, Math.round(runs * share)), includeErrorInReport: true }
          )
        })
      }
    })
  }
}

interface Property {
  readonly kind: Kind
  readonly calls: fc.Arbitrary<Call>
  readonly tolerance: Tolerance
  readonly runs: number
}

/** The properties that hold for an operation. */
export function propertiesOf(operation: Operation): readonly Property[] {
  const { calls, specialCalls, gradientCalls, tolerance, runs = usualRuns } = operation
  const found: Property[] = [{ kind: 'calls', calls, tolerance, runs }]
  if (specialCalls !== undefined)
    found.push({ kind: 'special', calls: specialCalls, tolerance, runs: runs / 2 })
  if (gradientCalls !== undefined)
    found.push({
      kind: 'gradient',
      calls: gradientCalls,
      tolerance: operation.gradientTolerance ?? tolerance,
      runs: runs / 2
    })
  return found
}
