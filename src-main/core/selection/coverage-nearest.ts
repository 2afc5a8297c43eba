// The chosen item most like each candidate, by cosine. Exact where that is quick enough; for large
// sets each candidate is compared with chosen items of its own region only, and that is said.
import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { Device } from '../compute/devices/device.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'
import { cleanRows, unitBlock } from './coverage-regions.ts'

/** Multiplications up to which every candidate is compared with every chosen item. */
export const exactProducts = 6e10

/** Chosen items of one region that its candidates are compared with, at most. */
const perRegion = 128

/** Numbers read at once: enough rows that every region has some among them. */
const blockNumbers = 8_000_000

/** Likenesses worked out at once. */
const productNumbers = 8_000_000

/** Marks a candidate for which nothing was found. */
export const noNearest = 0xffffffff

export interface NearestChosen {
  /** Per candidate, the position of the nearest other chosen one; {@link noNearest} where none. */
  readonly nearest: Uint32Array
  /** Cosine to it, 0..1. */
  readonly similarity01: Float32Array
  /** False when only part of the chosen items was compared. */
  readonly isExact: boolean
}

/** Chosen items that some candidates are compared with. */
interface Group {
  /** Positions among the candidates. */
  readonly chosen: Uint32Array
  readonly tensor: Tensor2D
}

async function openGroup(
  source: FeatureSource,
  device: Device,
  chosen: Uint32Array
): Promise<Group> {
  const values = Float32Array.from(await source.readRows(chosen))
  cleanRows(values, source.columns)
  return { chosen, tensor: device.tf.tensor2d(values, [chosen.length, source.columns]) }
}

/** The chosen positions in one group, or in one per region, evenly thinned where there are many. */
function groupsOf(
  isChosen: Uint8Array,
  regionOf: Int32Array,
  regions: number,
  isExact: boolean
): Uint32Array[] {
  const lists = Array.from({ length: isExact ? 1 : regions }, (): number[] => [])
  isChosen.forEach((chosen, i) => {
    if (chosen === 1 && regionOf[i] >= 0) lists[isExact ? 0 : regionOf[i]].push(i)
  })
  if (isExact) return lists.map((list) => Uint32Array.from(list))
  return lists.map((list) => {
    const count = Math.min(perRegion, list.length)
    return Uint32Array.from(
      { length: count },
      (_, i) => list[Math.floor((i * list.length) / count)]
    )
  })
}

/** Finds the nearest chosen item of every candidate. Yields candidates done. */
export async function* findNearest(
  source: FeatureSource,
  isChosen: Uint8Array,
  regions: { readonly count: number; readonly regionOf: Int32Array },
  device: Device,
  signal: AbortSignal,
  most = exactProducts
): AsyncGenerator<number, NearestChosen, void> {
  const { rows, columns } = source
  const nearest = new Uint32Array(rows).fill(noNearest)
  const similarity01 = new Float32Array(rows)
  const chosenCount = isChosen.reduce((sum, one) => sum + one, 0)
  const isExact = rows * chosenCount * columns <= most
  if (regions.count === 0 || chosenCount === 0) return { nearest, similarity01, isExact }
  const found = { nearest, similarity01 }
  const groups: Group[] = []
  try {
    for (const chosen of groupsOf(isChosen, regions.regionOf, regions.count, isExact)) {
      signal.throwIfAborted()
      groups.push(await openGroup(source, device, chosen))
    }
    const blockRows = Math.max(1, Math.floor(blockNumbers / Math.max(1, columns)))
    for (let first = 0; first < rows; first += blockRows) {
      signal.throwIfAborted()
      const size = Math.min(blockRows, rows - first)
      const { values, blank } = await unitBlock(source, first, size)
      for (const [members, group] of membersOf(first, blank, regions.regionOf, groups, isExact)) {
        await compare(members, { first, values, columns }, group, device, found)
      }
      yield first + size
    }
  } finally {
    for (const { tensor } of groups) tensor.dispose()
  }
  return { nearest, similarity01, isExact }
}

/** Rows of a block by the group they are compared with; blank rows and empty groups are left out. */
function membersOf(
  first: number,
  blank: Uint8Array,
  regionOf: Int32Array,
  groups: readonly Group[],
  isExact: boolean
): [number[], Group][] {
  const lists = new Map<Group, number[]>()
  blank.forEach((isBlank, i) => {
    if (isBlank === 1) return
    const group = groups[isExact ? 0 : regionOf[first + i]]
    if (group.chosen.length === 0) return
    const list = lists.get(group)
    if (list === undefined) lists.set(group, [i])
    else list.push(i)
  })
  return [...lists].map(([group, list]) => [list, group])
}

/** Compares some rows of a block with a group, in parts whose products stay small. */
async function compare(
  members: readonly number[],
  block: { readonly first: number; readonly values: Float32Array; readonly columns: number },
  { chosen, tensor }: Group,
  { tf }: Device,
  out: { readonly nearest: Uint32Array; readonly similarity01: Float32Array }
): Promise<void> {
  const { first, values, columns } = block
  const width = chosen.length
  const atOnce = Math.max(1, Math.floor(productNumbers / width))
  for (let from = 0; from < members.length; from += atOnce) {
    const rows = members.slice(from, from + atOnce)
    const part = new Float32Array(rows.length * columns)
    rows.forEach((i, at) => part.set(values.subarray(i * columns, (i + 1) * columns), at * columns))
    const product = tf.tidy(() =>
      tf.matMul(tf.tensor2d(part, [rows.length, columns]), tensor, false, true)
    )
    const cosines = await product.data()
    product.dispose()
    rows.forEach((i, m) => {
      let best = -1
      for (let at = 0; at < width; at++) {
        // An item is not evidence for itself.
        if (chosen[at] === first + i) continue
        if (best < 0 || cosines[m * width + at] > cosines[m * width + best]) best = at
      }
      if (best < 0) return
      out.nearest[first + i] = chosen[best]
      out.similarity01[first + i] = Math.max(0, Math.min(1, cosines[m * width + best]))
    })
  }
}
