// UMAP's layout (McInnes et al. 2018, section 4.2 and algorithm 5): bonds pull, random other items
// push, in passes of falling step size. Typed arrays and one seeded stream, so that the same graph
// gives the same map, and so that a pass can be followed by another at any time.
import { createRandom } from '../compute/random.ts'
import type { BondGraph } from './umap-graph.ts'

// Curve 1 / (1 + a d^2b) fitted to a spread of 1 and a least distance of 0.1 (the paper's defaults).
const a = 1.5769434603113077
const b = 0.8950608779109733
/** Others pushed away for each pull. */
const pushes = 5
const stepMax = 4
const startReach = 10

/** A layout under way. */
export interface Layout {
  readonly x: Float32Array
  readonly y: Float32Array
  readonly passes: number
  /** Passes done so far. */
  readonly done: number
  /** One more pass; does nothing after the last. */
  pass(): void
}

/**
 * Starts from the given points (copied, scaled to about -10..10, shaken a little so that items at
 * one place can part).
 */
export function createLayout(
  graph: BondGraph,
  startX: Float32Array,
  startY: Float32Array,
  passes: number,
  seed: number
): Layout {
  const random = createRandom(seed).fork('layout')
  const scale = startScale(startX, startY)
  const x = startX.map((value) => value * scale + 0.01 * random.normal())
  const y = startY.map((value) => value * scale + 0.01 * random.normal())
  const bonds = timetable(graph, passes)
  const place = { x, y, points: x.length }
  let done = 0
  return {
    x,
    y,
    passes,
    get done() {
      return done
    },
    pass() {
      if (done >= passes) return
      runPass(bonds, place, done, 1 - done / passes, () => random.uint32())
      done++
    }
  }
}

function startScale(x: Float32Array, y: Float32Array): number {
  let largest = 0
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]), Math.abs(y[i]))
  return largest > 0 ? startReach / largest : 0
}

/** Bonds with the passes they act in: the stronger, the more often. */
interface Timetable {
  readonly from: Uint32Array
  readonly to: Uint32Array
  /** Passes between two pulls. */
  readonly every: Float32Array
  readonly nextPull: Float32Array
  readonly nextPush: Float32Array
}

function timetable(graph: BondGraph, passes: number): Timetable {
  let strongest = 0
  for (const value of graph.strength) strongest = Math.max(strongest, value)
  // Bonds too weak to act even once are left out.
  const kept = Uint32Array.from(graph.strength.keys()).filter(
    (i) => graph.strength[i] >= strongest / passes
  )
  const every = Float32Array.from(kept, (i) => strongest / graph.strength[i])
  return {
    from: Uint32Array.from(kept, (i) => graph.from[i]),
    to: Uint32Array.from(kept, (i) => graph.to[i]),
    every,
    nextPull: every.slice(),
    nextPush: every.map((value) => value / pushes)
  }
}

interface Place {
  readonly x: Float32Array
  readonly y: Float32Array
  readonly points: number
}

function runPass(
  bonds: Timetable,
  place: Place,
  pass: number,
  step: number,
  next: () => number
): void {
  const { from, to, every, nextPull, nextPush } = bonds
  const { x, y, points } = place
  for (let e = 0; e < from.length; e++) {
    if (nextPull[e] > pass) continue
    nextPull[e] += every[e]
    const wait = every[e] / pushes
    const count = Math.floor((pass - nextPush[e]) / wait)
    // The graph holds each pair once; the paper's algorithm meets it from either end.
    pull(x, y, from[e], to[e], step)
    for (let p = 0; p < count; p++) push(x, y, from[e], next() % points, step)
    pull(x, y, to[e], from[e], step)
    for (let p = 0; p < count; p++) push(x, y, to[e], next() % points, step)
    if (count > 0) nextPush[e] += count * wait
  }
}

function pull(x: Float32Array, y: Float32Array, i: number, j: number, step: number): void {
  const dx = x[i] - x[j]
  const dy = y[i] - y[j]
  const squared = dx * dx + dy * dy
  if (!(squared > 0)) return
  const power = Math.pow(squared, b)
  const force = (-2 * a * b * power) / squared / (a * power + 1)
  const moveX = clip(force * dx) * step
  const moveY = clip(force * dy) * step
  x[i] += moveX
  y[i] += moveY
  x[j] -= moveX
  y[j] -= moveY
}

function push(x: Float32Array, y: Float32Array, i: number, j: number, step: number): void {
  if (i === j) return
  const dx = x[i] - x[j]
  const dy = y[i] - y[j]
  const squared = dx * dx + dy * dy
  if (!(squared > 0)) {
    x[i] += stepMax * step
    y[i] += stepMax * step
    return
  }
  const force = (2 * b) / ((0.001 + squared) * (a * Math.pow(squared, b) + 1))
  x[i] += clip(force * dx) * step
  y[i] += clip(force * dy) * step
}

function clip(value: number): number {
  return value > stepMax ? stepMax : value < -stepMax ? -stepMax : value
}
