// Seeded draws: sizes, shares, whole groups, and no dependence on anything but the seed.
import { describe, expect, it } from 'vitest'
import { drawHoldout, drawRandom, drawStratified, holdoutQuota, repeatSeed } from './draws.ts'

const rows = Uint32Array.from({ length: 300 }, (_, i) => i * 2)
// Rows 0..598: class 0 for the first 200 of them, 1 for the next 80, 2 for the last 20.
const labels = new Int32Array(600)
rows.forEach((row, i) => (labels[row] = i < 200 ? 0 : i < 280 ? 1 : 2))

function perClass(picked: Uint32Array): number[] {
  const counts = [0, 0, 0]
  for (const row of picked) counts[labels[row]]++
  return counts
}

describe('draws', () => {
  it('draws distinct rows of the source, the same for the same seed', () => {
    const picked = drawRandom(rows, 50, 7)
    expect(new Set(picked).size).toBe(50)
    expect(picked.every((row) => rows.includes(row))).toBe(true)
    expect(drawRandom(rows, 50, 7)).toEqual(picked)
    expect(drawRandom(rows, 50, 8)).not.toEqual(picked)
    expect([...picked]).toEqual([...picked].sort((a, b) => a - b))
  })
  it('draws no more than there is', () => {
    expect(drawRandom(rows, 1000, 1)).toEqual(rows)
    expect(drawStratified(rows, labels, 1000, 1)).toEqual(rows)
  })
  it('keeps the class shares when stratified', () => {
    expect(perClass(drawStratified(rows, labels, 30, 3))).toEqual([20, 8, 2])
    expect(perClass(drawStratified(rows, labels, 31, 3))).toEqual([21, 8, 2])
  })
  it('gives each repeat its own seed', () => {
    expect(new Set([0, 1, 2, 3, 4].map((repeat) => repeatSeed(0, repeat))).size).toBe(5)
    expect(repeatSeed(1, 0)).not.toBe(repeatSeed(0, 0))
  })
  it('draws every row about equally often', () => {
    const hits = new Uint32Array(600)
    for (let seed = 0; seed < 400; seed++) for (const row of drawRandom(rows, 30, seed)) hits[row]++
    const counts = [...rows].map((row) => hits[row])
    // Mean 40, sd 6: five sd either way.
    expect(Math.min(...counts)).toBeGreaterThan(10)
    expect(Math.max(...counts)).toBeLessThan(70)
  })
})

describe('hold-out', () => {
  const request = { rows, labels, groups: undefined, fraction01: 0.2, limit: 20_000, seed: 5 }
  it('takes the share, at least 10 where there are 20, at most half', () => {
    expect(perClass(drawHoldout(request))).toEqual([40, 16, 10])
    expect(holdoutQuota(7, 0.2)).toBe(3)
    expect(holdoutQuota(1, 0.5)).toBe(0)
    expect(holdoutQuota(1000, 0.2)).toBe(200)
  })
  it('keeps to the limit with the same shares', () => {
    const counts = perClass(drawHoldout({ ...request, limit: 33 }))
    expect(counts.reduce((s, v) => s + v, 0)).toBe(33)
    expect(counts[0]).toBe(20)
  })
  it('never splits a group', () => {
    const groups = new Int32Array(600).fill(-1)
    rows.forEach((row, i) => (groups[row] = Math.floor(i / 3)))
    const picked = drawHoldout({ ...request, groups })
    const members = new Map<number, number>()
    for (const row of picked) members.set(groups[row], (members.get(groups[row]) ?? 0) + 1)
    expect(picked.length).toBeGreaterThan(30)
    expect([...members.values()].every((count) => count === 3)).toBe(true)
  })
})
