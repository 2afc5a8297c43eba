// The parts that need no device: pairing, starts in one order, rows, the gate, parts and labels.
import { describe, expect, it } from 'vitest'
import type { GroupsMeasure } from '../../api/dto/groups.ts'
import { GroupsPlan } from '../../api/dto/groups.ts'
import { createRandom } from '../compute/random.ts'
import { bestPairs } from './assignment.ts'
import { alignStarts, pairF1 } from './group-picture.ts'
import { plannedRows, sizesFor, sizesOf, trainedWith } from './groups-plan.ts'
import {
  groupsResult,
  isChosenByItself,
  mayReplace,
  type Judged,
  type ResultFacts
} from './groups-result.ts'
import { describeParts, partsPerHead, rowsWithPart } from './parts.ts'

function orders(size: number): number[][] {
  if (size === 0) return [[]]
  return orders(size - 1).flatMap((order) =>
    Array.from({ length: size }, (_, at) => order.toSpliced(at, 0, size - 1))
  )
}

it('pairs two lists as well as trying all ways', () => {
  const random = createRandom(4)
  for (let round = 0; round < 40; round++) {
    const size = 1 + random.below(5)
    const values = Float64Array.from({ length: size * size }, () => random.normal())
    const total = (order: Iterable<number>): number =>
      [...order].reduce((sum, to, from) => sum + values[from * size + to], 0)
    const pairs = bestPairs(values, size)
    expect(new Set(pairs).size).toBe(size)
    expect(total(pairs)).toBeCloseTo(Math.max(...orders(size).map(total)), 9)
  }
})

describe('groups over several starts', () => {
  const squares = 6
  const groups = 3
  /** Two squares for each group. */
  const clear = Float32Array.from({ length: squares * groups }, (_, at) =>
    at % groups === Math.floor(at / groups / 2) ? 0.8 : 0.1
  )
  const moved = (by: number): Float32Array =>
    clear.map((_, at) => clear[at - (at % groups) + ((at + by) % groups)])

  it('agree where they differ in order alone, in the order of the first', () => {
    const { owners, agreement, shares, confidence } = alignStarts(
      [clear, moved(1), moved(2)],
      squares,
      groups
    )
    expect([...owners]).toEqual([0, 0, 1, 1, 2, 2])
    expect([...agreement]).toEqual([1, 1, 1, 1, 1, 1])
    shares.forEach((share, at) => expect(share).toBeCloseTo(clear[at], 6))
    const entropy = -(0.8 * Math.log(0.8) + 0.2 * Math.log(0.1))
    for (const value of confidence) expect(value).toBeCloseTo(1 - entropy / Math.log(3), 6)
  })

  it('say where one of them differs', () => {
    const other = clear.slice()
    other.set([0.1, 0.8, 0.1], 0)
    const { agreement, owners } = alignStarts([clear, clear, moved(1), other], squares, groups)
    expect(owners[0]).toBe(0)
    expect([...agreement]).toEqual([0.75, 1, 1, 1, 1, 1])
  })

  it('fit masks as far as pairs of squares do', () => {
    expect(pairF1([4, 4, 2, 2], [0, 0, 1, 1])).toBe(1)
    expect(pairF1([1, 1, 1, 1], [0, 0, 1, 1])).toBeCloseTo(0.5, 9)
    expect(pairF1([0, 1, 2, 9], [0, 0, 0, -1])).toBe(0)
  })
})

describe('rows of a plan', () => {
  const columns = (count: number, tests: number, unlabelled = 0) => ({
    labels: Int32Array.from({ length: count }, (_, row) => (row < unlabelled ? -1 : row % 3)),
    splits: Uint8Array.from({ length: count }, (_, row) => (row >= count - tests ? 2 : 1)),
    aside: Uint8Array.from({ length: count }, (_, row) => (row % 10 === 9 ? 1 : 0))
  })
  const plan = { useLabels: true, seed: 1 }
  const most = { pictures: 150, heldOut: 40 }

  it('are never both learned from and measured on, nor set aside', () => {
    for (const tests of [0, 100]) {
      const given = columns(400, tests)
      const { train, heldOut, learnsFrom, problem } = plannedRows(given, plan, most)
      expect([problem, learnsFrom]).toEqual([undefined, 'labels'])
      expect([train.length, heldOut.length]).toEqual([150, 40])
      const both = new Set([...train, ...heldOut])
      expect(both.size).toBe(190)
      for (const row of both) expect(given.aside[row]).toBe(0)
      if (tests > 0) for (const row of heldOut) expect(given.splits[row]).toBe(2)
      expect(plannedRows(given, plan, most)).toEqual({ train, heldOut, learnsFrom, problem })
    }
  })

  it('are learned from without labels where those are few or not wanted', () => {
    expect(plannedRows(columns(400, 0), { ...plan, useLabels: false }, most).learnsFrom).toBe(
      'pictures'
    )
    const few = plannedRows(columns(100, 0, 90), plan, most)
    expect([few.learnsFrom, few.heldOut.length]).toEqual(['pictures', 0])
    expect(plannedRows(columns(20, 0), plan, most).problem).toMatch(/at least 30/)
  })

  it('take fewer steps where there are few', () => {
    expect(sizesFor(sizesOf.quick, 1000).steps).toBe(300)
    expect(sizesFor(sizesOf.quick, 48).steps).toBe(60)
    expect(sizesFor(sizesOf.thorough, 30).steps).toBe(30)
  })
})

describe('the gate', () => {
  const count = 400
  const judged = (features: GroupsMeasure['features'], right: number): Judged => ({
    ...{ features, columns: 96, milliseconds: null, neighbours01: 0.5 },
    detail: features === 'learned' ? trainedWith : null,
    probe01: right / count,
    right: Uint8Array.from({ length: count }, (_, at) => (at < right ? 1 : 0))
  })
  const facts = (variety01: number | null): ResultFacts => ({
    plan: GroupsPlan.parse({ dataset: 'd', useIfBetter: true }),
    ...{ datasetName: 'D', items: 900, learnsFrom: 'labels', pictures: 500, heldOut: count },
    ...{ labels: 10, side: 28, channels: 1, squares: 7, layers: 2, heads: 4, parameters: 1 },
    ...{ trainedWith, steps: 10, variety01, partsPerHead, seconds: 1, device: 'd' },
    modelSha256: 'a'
  })
  const resultOf = (
    learned: number,
    pixels: number,
    builtIn: number,
    variety: number | null = null
  ) =>
    groupsResult(facts(variety), [
      judged('learned', learned),
      judged('pixels', pixels),
      judged('built-in', builtIn)
    ])

  it('lets features in that are better than both, and takes those by themselves', () => {
    const result = resultOf(380, 340, 350)
    expect(result).toMatchObject({ verdict: 'better', mayReplace: true })
    expect(isChosenByItself(result)).toBe(true)
    expect(result.sentences[0]).toMatch(/^Better than both: of 400 pictures.* 95\.0 % rightly/)
    expect(isChosenByItself({ ...result, plan: { ...result.plan, useIfBetter: false } })).toBe(
      false
    )
  })

  it.each([
    ['pixels', 380, 340],
    ['built-in', 340, 380]
  ])('never where %s are better', (_name, pixels, builtIn) => {
    const result = resultOf(350, pixels, builtIn)
    expect(result).toMatchObject({ verdict: 'worse', mayReplace: false })
    expect(isChosenByItself(result)).toBe(false)
    expect(result.sentences[0]).toMatch(/^Not better than/)
  })

  it('never by themselves where the difference may be chance', () => {
    const result = resultOf(351, 350, 350)
    expect(result).toMatchObject({ verdict: 'no-better', mayReplace: true })
    expect(isChosenByItself(result)).toBe(false)
    // One picture fewer than one of them is enough to refuse.
    expect(resultOf(349, 350, 340).mayReplace).toBe(false)
  })

  it('never where answers collapsed, and by hand alone where nothing was measured', () => {
    const collapsed = resultOf(380, 340, 350, 0.001)
    expect(collapsed).toMatchObject({ verdict: 'collapsed', mayReplace: false })
    const unmeasured = groupsResult(facts(0.4), [])
    expect(unmeasured).toMatchObject({ verdict: 'not-measured', mayReplace: true })
    expect(isChosenByItself(unmeasured)).toBe(false)
    expect(mayReplace([], 'collapsed')).toBe(false)
  })
})

describe('parts', () => {
  // Part 0 in all pictures of label a and one of label b; part 1 in one picture alone.
  const count = partsPerHead
  const pictures = 100
  const labels = Int32Array.from({ length: pictures }, (_, row) => row % 2)
  const likeness = new Float32Array(pictures * count)
  for (let row = 0; row < pictures; row += 2) likeness[row * count] = 0.5 + row / 1000
  likeness[7 * count] = 0.9
  likeness[11 * count + 1] = 0.4

  it('tell who uses them, which are rare, and which label is odd', () => {
    const said = describeParts(likeness, labels, ['a', 'b'], 1)
    expect(said.parts[0]).toMatchObject({
      ...{ pictures: 51, isRare: false, example: 7 },
      labels: [
        { label: 'a', count: 50 },
        { label: 'b', count: 1 }
      ]
    })
    expect(said.parts[1]).toMatchObject({ pictures: 1, isRare: true, example: 11 })
    expect(said.parts[2]).toMatchObject({ pictures: 0, isRare: false, example: null })
    expect(said.odd).toEqual([{ part: 0, label: 'b', count: 1, expected: 25.5 }])
  })

  it('list their pictures, clearest first', () => {
    expect([...rowsWithPart(likeness, count, 0, () => true)].slice(0, 3)).toEqual([7, 98, 96])
    expect([...rowsWithPart(likeness, count, 0, (row) => labels[row] === 1)]).toEqual([7])
  })
})
