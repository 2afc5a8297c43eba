import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { tieOrder } from '../../../compute/kernels/ranking.ts'
import { choose } from './choose.ts'
import { countVotes, groupRows, overlapOf, voteWeights, votersOf, type Votes } from './vote.ts'

/** K x N scores from rows of K. */
function byTask(rows: readonly (readonly number[])[]): Float32Array {
  return Float32Array.from(rows[0].flatMap((_, task) => rows.map((row) => row[task])))
}

function count(
  rows: readonly (readonly number[])[],
  percent: number,
  weights?: readonly number[]
): Votes {
  const tasks = rows[0].length
  return countVotes(
    byTask(rows),
    rows.length,
    rows[0].map(() => true),
    weights ?? Array.from({ length: tasks }, () => 1),
    percent,
    tieOrder(
      0,
      Uint32Array.from(rows, (_, i) => i)
    ),
    rows.length,
    groupRows(new Int32Array(rows.length), undefined)
  )
}

async function top(
  rows: readonly (readonly number[])[],
  percent: number,
  budget: number
): Promise<number[]> {
  const ids = Uint32Array.from(rows, (_, i) => i)
  const choice = await choose(
    'vote',
    'random',
    {
      rows: rows.length,
      budget,
      weights: rows[0].map(() => 1),
      active: rows[0].map(() => true),
      scores: byTask(rows),
      votes: count(rows, percent),
      ties: tieOrder(0, ids),
      able: new Uint8Array(rows.length).fill(1),
      groups: groupRows(new Int32Array(rows.length), undefined)
    },
    () => Promise.reject(new Error('no variety asked for'))
  )
  return [...choice.order.subarray(0, budget)].sort((a, b) => a - b)
}

const golden = [
  [0.9, 0.1, 0.2],
  [0.8, 0.7, 0.1],
  [0.1, 0.9, 0.3],
  [0.2, 0.8, 0.9],
  [0.3, 0.2, 0.8],
  [0.7, 0.3, 0.7],
  [0.6, 0.6, 0.6],
  [0.5, 0.5, 0.5],
  [0.4, 0.4, 0.4],
  [0, 0, 0]
]

describe('votes', () => {
  it('meets golden vector G2', async () => {
    const votes = count(golden, 30)
    votes.ballots.forEach(({ threshold }) => expect(threshold).toBeCloseTo(0.63, 6))
    expect([...votes.points]).toEqual([1, 2, 1, 2, 1, 2, 0, 0, 0, 0])
    expect(await top(golden, 30, 3)).toEqual([1, 3, 5])
    expect(votersOf(votes.masks, 3)).toEqual([1, 2])
  })

  const matrix = fc
    .tuple(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, tasks]) =>
      fc.array(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: tasks, maxLength: tasks }),
        { minLength: rows, maxLength: rows }
      )
    )
    .map((rows) => rows.map((row) => row.map((value) => Math.fround(value / 500))))
  const percents = fc.integer({ min: 1, max: 99 })

  it('V1: a growing transform of a task changes no vote', () => {
    fc.assert(
      fc.property(matrix, percents, fc.nat(), (rows, p, pick) => {
        const task = pick % rows[0].length
        // Whole steps keep percentiles away from rounding: ranks alone decide.
        const bent = rows.map((row) =>
          row.map((value, k) => (k === task ? Math.fround(Math.exp(3 * value) + 7) : value))
        )
        const distinct = new Set(rows.map((row) => row[task])).size === rows.length
        const bentDistinct = new Set(bent.map((row) => row[task])).size === rows.length
        fc.pre(distinct && bentDistinct)
        const exact = ((100 - p) * (rows.length - 1)) / 100
        fc.pre(!Number.isInteger(exact))
        expect([...count(bent, p).points]).toEqual([...count(rows, p).points])
      })
    )
  })

  it('V3: distinct scores give sum_k (N - ceil((100-p)/100 (N-1))) votes', () => {
    fc.assert(
      fc.property(matrix, percents, (rows, p) => {
        const n = rows.length
        const exact = ((100 - p) * (n - 1)) / 100
        fc.pre(!Number.isInteger(exact))
        const distinct = rows.map((row, i) =>
          row.map((_, k) => ((i * 31 + k * 7) % 101) + i / 1000)
        )
        fc.pre(distinct[0].every((_, k) => new Set(distinct.map((row) => row[k])).size === n))
        const total = [...count(distinct, p).points].reduce((a, b) => a + b, 0)
        expect(total).toBe(rows[0].length * (n - Math.ceil(exact)))
      })
    )
  })

  it('V4: one task gives its plain top-k', async () => {
    const rows = golden.map((row) => [row[1]])
    expect(await top(rows, 30, 3)).toEqual([1, 2, 3])
  })

  it('V5: a task given twice counts twice', () => {
    const twice = count(
      golden.map((row) => [...row, row[0]]),
      30
    )
    const weighted = count(golden, 30, [2, 1, 1])
    expect([...twice.points]).toEqual([...weighted.points])
  })

  it('V8: a task with constant scores passes everyone and says so', () => {
    const votes = count(
      golden.map((row) => [row[0], 0.5]),
      30
    )
    expect(votes.ballots[1]).toMatchObject({ isConstant: true, votedFor: 10 })
    expect(votes.ballots[0].isConstant).toBe(false)
  })

  it('never lets a row vote that cannot be compared', () => {
    const rows = golden.map((row, i) => (i === 0 ? [NaN, -Infinity, -Infinity] : row))
    const votes = count(rows, 100)
    expect(votes.points[0]).toBe(0)
    expect([...votes.points.subarray(1)]).toEqual(Array.from({ length: 9 }, () => 3))
    expect(votes.ballots[0].isConstant).toBe(false)
  })

  it('keeps the voters of more than 32 tasks', () => {
    const rows = golden.map((_, i) =>
      Array.from({ length: 40 }, (_task, k) => ((i * 7 + k * 3) % 10) / 10)
    )
    const votes = count(rows, 30)
    expect(votes.masks.length).toBe(2)
    rows.forEach((row, i) => {
      const expected = row.flatMap((value, k) => (value >= votes.ballots[k].threshold ? [k] : []))
      expect(votersOf(votes.masks, i)).toEqual(expected)
    })
  })

  it('measures overlap and chance', () => {
    const rows = Array.from({ length: 10 }, (_, i) => [i, i, 9 - i])
    const overlap = overlapOf(count(rows, 25), 10)
    expect(overlap.matrix[0]).toEqual([1, 1, 0])
    expect(overlap.matrix[2]).toEqual([0, 0, 1])
    expect(overlap.mean).toBeCloseTo(1 / 3, 12)
    expect(overlap.chance).toBeCloseTo(0.3, 12)
  })

  it('weighs importance, and equal importances as the paper', () => {
    expect(voteWeights(['high', 'high'])).toEqual([1, 1])
    expect(voteWeights(['normal', 'normal', 'normal'])).toEqual([1, 1, 1])
    expect(voteWeights(['low', 'normal', 'high'])).toEqual([1, 2, 4])
    expect(voteWeights(['normal', 'high'])).toEqual([1, 2])
  })
})
