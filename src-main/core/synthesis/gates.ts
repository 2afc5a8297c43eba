// Which made pictures pass: each gate is a number with a bound that was measured on real pictures.
import type { ExpandReason } from '../../api/dto/expand.ts'
import {
  centreOf,
  distanceBetween,
  nearestOf,
  rowsOf,
  usualDistance,
  type Points
} from './made-measures.ts'

/** Nearer to a source than this share of the usual distance is a copy. */
export const copyShare = 0.3
/** Less likely its label than this by the helper is another label. */
export const leastLabelShare = 0.5
/** Further from the middle than this many times the real rows' 95th percentile is off. */
const furthestCentre = 1

/** Made pictures and the real ones they are held against. */
export interface Gated {
  readonly made: Points
  /** Label of each made one, of each source and of each fresh real one. */
  readonly madeLabels: Int32Array
  readonly sources: Points
  readonly sourceLabels: Int32Array
  readonly fresh: Points
  readonly freshLabels: Int32Array
  /** Chance of the own label; undefined without a helper. */
  readonly shares: Float32Array | undefined
  /** Errors of the way up and down. */
  readonly returnErrors: Float32Array
  readonly mostReturnError: number
}

/** What was measured of one made picture. */
export interface GateReading {
  readonly nearest: number
  readonly distance: number
  readonly nearestRatio: number
  readonly labelShare01: number | null
  readonly centreRatio: number
  readonly returnError: number
  readonly reasons: ExpandReason[]
}

const ofLabel = (labels: Int32Array, label: number): number[] =>
  [...labels.keys()].filter((at) => labels[at] === label)

/** Readings of all made pictures, in their order. */
export function readGates(gated: Gated): GateReading[] {
  const { made, madeLabels, sources, sourceLabels, fresh, freshLabels } = gated
  const facts = new Map(
    [...new Set(madeLabels)].map((label) => {
      const own = rowsOf(sources, ofLabel(sourceLabels, label))
      const others = rowsOf(fresh, ofLabel(freshLabels, label))
      return [label, { scale: usualDistance(own, others), ...centreOf(own) }]
    })
  )
  const passed: number[] = []
  return Array.from({ length: made.count }, (_, row) => {
    // There for every label of a made picture.
    const { scale, centre, usual } = facts.get(madeLabels[row]) ?? never()
    const near = nearestOf(made, row, sources)
    const nearestRatio = scale > 0 ? near.distance / scale : 0
    const centreRatio = distanceBetween(made, row, centre, 0) / (usual || 1)
    const share = gated.shares?.[row] ?? null
    const returnError = gated.returnErrors[row]
    const twin = passed.some((other) => distanceBetween(made, row, made, other) < copyShare * scale)
    const reasons: ExpandReason[] = []
    if (share === null ? centreRatio > furthestCentre : share < leastLabelShare)
      reasons.push('off-class')
    if (nearestRatio < copyShare) reasons.push('copy')
    if (returnError > gated.mostReturnError) reasons.push('off-model')
    if (twin) reasons.push('duplicate')
    if (reasons.length === 0) passed.push(row)
    return {
      nearest: near.at,
      distance: near.distance,
      nearestRatio,
      labelShare01: share,
      centreRatio,
      returnError,
      reasons
    }
  })
}

function never(): never {
  throw new Error('a made picture has a label that no source has')
}
