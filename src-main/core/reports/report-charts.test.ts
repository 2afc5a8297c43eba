// Charts on paper: names at the ends of lines stay apart, and bars are told apart without colour.
import { describe, expect, it } from 'vitest'
import { madeChart } from './distilled/tiny-charts.ts'
import { selectionResult } from './reports.test-support.ts'
import { classChart, curveChart } from './report-charts.ts'

/** Height at which a text stands in a drawing. */
function heightOf(svg: string, words: string): number {
  const element = new RegExp(`<text[^>]*>${words}</text>`).exec(svg)?.[0] ?? ''
  const at = /translate\([\d.]+ ([\d.]+)\)/.exec(element)?.[1] ?? / y="([\d.]+)"/.exec(element)?.[1]
  if (at === undefined) throw new Error(`“${words}” does not stand in the drawing`)
  return Number(at)
}
/** Smaller than this two lines of text touch. */
const lineHeight = 11

describe('names at the ends of lines', () => {
  it('stay apart in the chart of a set in the making', () => {
    const curve = [1, 10, 100].map((x) => ({ x, set: 1 }))
    const svg = madeChart({ curve, randomLine: 1 })
    const apart = heightOf(svg, 'Random real items') - heightOf(svg, 'This set')
    expect(Math.abs(apart)).toBeGreaterThanOrEqual(lineHeight)
  })

  it('stay apart in the learning curve', () => {
    const point = { mean: 0.8, sd: 0 }
    const arm = [point, point]
    const svg = curveChart({
      sizes: [100, 200],
      arms: { chosen: arm, random: arm, stratified: arm },
      randomRange: [],
      all: point
    })
    const heights = ['All data', 'Random', 'Stratified random', 'Chosen']
      .map((name) => heightOf(svg, name))
      .sort((a, b) => a - b)
    for (const [at, height] of heights.slice(1).entries())
      expect(height - (heights[at] ?? 0)).toBeGreaterThanOrEqual(lineHeight)
  })
})

it('bars of a random set are dashed outlines', () => {
  expect(classChart(selectionResult())).toContain('stroke-dasharray')
})
