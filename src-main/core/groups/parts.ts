// Parts that pictures share: groups of many pictures by likeness of their tokens, head by head (specs,
// A1.5), and what labels use them.
import { join } from 'node:path'
import type { GroupsOddPair, GroupsPart, GroupsParts } from '../../api/dto/groups.ts'
import type { TensorFlow } from '../compute/devices/device.ts'
import { sphericalKMeans } from '../compute/kernels/spherical-k-means.ts'
import { createRandom } from '../compute/random.ts'
import { readArrayOf, writeArray } from '../selection/array-files.ts'
import { ownerOf } from './group-picture.ts'

/** Parts of each head: 32 in all with four heads. */
export const partsPerHead = 8
/** A part in fewer than this share of the pictures is rare. */
const rareShare = 0.02
/** Labels shown for a part. */
const labelsShown = 8
/** Standard deviations below what one would expect that make a label and a part an odd pair. */
const oddDeviations = 3
const oddPairsShown = 40

/** Directions of parts, for each head. */
export interface Vocabulary {
  readonly heads: number
  readonly width: number
  /** heads x width: subtracted before likeness is taken. */
  readonly means: Float32Array
  /** heads x parts x width, unit rows. */
  readonly centres: Float32Array
}

/** A group of a picture as part. */
export interface NamedGroup {
  /** Number of the part among those of its head. */
  readonly part: number
  readonly likeness: number
}

/** Groups parts of one head's tokens (rows of `width`) together. */
export async function fitParts(
  tf: TensorFlow,
  tokens: readonly Float32Array[],
  width: number,
  seed: number,
  signal: AbortSignal
): Promise<Vocabulary> {
  const heads = tokens.length
  const means = new Float32Array(heads * width)
  const centres = new Float32Array(heads * partsPerHead * width)
  for (const [head, own] of tokens.entries()) {
    const mean = new Float64Array(width)
    own.forEach((value, at) => (mean[at % width] += (value * width) / own.length))
    means.set(mean, head * width)
    const rows = new Float32Array(own.length)
    for (let at = 0; at < own.length; at += width)
      rows.set(direction(own.subarray(at, at + width), means.subarray(head * width)), at)
    const random = createRandom(seed).fork(`parts ${head}`)
    const count = Math.min(partsPerHead, own.length / width)
    const found = await sphericalKMeans(tf, rows, width, count, random, signal)
    centres.set(found, head * partsPerHead * width)
  }
  return { heads, width, means, centres }
}

/** Unit vector of a token from its head's mean; zeros where it is the mean. */
function direction(token: Float32Array, mean: Float32Array): Float32Array {
  const out = token.map((value, at) => value - mean[at])
  const length = Math.sqrt(out.reduce((sum, value) => sum + value * value, 0))
  return length > 0 ? out.map((value) => value / length) : out
}

/** The part that a token of a head is most like. */
export function nearestPart(
  { width, means, centres }: Vocabulary,
  head: number,
  token: Float32Array
): NamedGroup {
  const own = direction(token, means.subarray(head * width))
  let best: NamedGroup = { part: 0, likeness: -Infinity }
  for (let part = 0; part < partsPerHead; part++) {
    const at = (head * partsPerHead + part) * width
    let likeness = 0
    for (let i = 0; i < width; i++) likeness += own[i] * centres[at + i]
    if (likeness > best.likeness) best = { part, likeness }
  }
  return best
}

/**
 * How clearly a picture has each part of a head: the greatest likeness of a group that owns a square,
 * 0 where none does.
 * @param shares squares x groups @param tokens groups x width
 */
export function partsOfPicture(
  vocabulary: Vocabulary,
  head: number,
  shares: Float32Array,
  tokens: Float32Array
): Float32Array {
  const { width } = vocabulary
  const groups = tokens.length / width
  const out = new Float32Array(partsPerHead)
  for (const group of owningGroups(shares, groups)) {
    const { part, likeness } = nearestPart(
      vocabulary,
      head,
      tokens.subarray(group * width, (group + 1) * width)
    )
    out[part] = Math.max(out[part], likeness)
  }
  return out
}

/** Groups that own a square. */
export function owningGroups(shares: Float32Array, groups: number): ReadonlySet<number> {
  const squares = shares.length / groups
  return new Set(Array.from({ length: squares }, (_, at) => ownerOf(shares, at, groups)))
}

/** Writes a vocabulary durably. */
export async function saveVocabulary(folder: string, vocabulary: Vocabulary): Promise<void> {
  await writeArray(join(folder, 'part-means.npy'), vocabulary.means)
  await writeArray(join(folder, 'part-centres.npy'), vocabulary.centres)
}

/** Reads a vocabulary of so many heads. Throws AppError "file-damaged". */
export async function loadVocabulary(folder: string, heads: number): Promise<Vocabulary> {
  const means = await readArrayOf(join(folder, 'part-means.npy'), 'f4')
  const centres = await readArrayOf(join(folder, 'part-centres.npy'), 'f4')
  return { heads, width: means.length / heads, means, centres }
}

/**
 * Who uses each part, rare ones, and labels that use one far more seldom than they would if labels had
 * nothing to do with it (Pearson's residual of the table of parts by labels).
 * @param likeness pictures x parts; 0 where a picture has not got a part
 * @param labels one for each picture; below 0 where it has none
 */
export function describeParts(
  likeness: Float32Array,
  labels: Int32Array,
  names: readonly string[],
  heads: number
): GroupsParts {
  const count = heads * partsPerHead
  const pictures = labels.length
  const perLabel = new Float64Array(names.length)
  for (const label of labels) if (label >= 0) perLabel[label]++
  const labelled = perLabel.reduce((sum, n) => sum + n, 0)
  const parts: GroupsPart[] = []
  const odd: (GroupsOddPair & { readonly residual: number })[] = []
  for (let part = 0; part < count; part++) {
    const uses = new Float64Array(names.length)
    let [used, best] = [0, -1]
    for (let row = 0; row < pictures; row++) {
      const here = likeness[row * count + part]
      if (here <= 0) continue
      used++
      if (best < 0 || here > likeness[best * count + part]) best = row
      const label = labels[row]
      if (label >= 0) uses[label]++
    }
    const usedLabelled = uses.reduce((sum, n) => sum + n, 0)
    uses.forEach((own, label) => {
      const expected = (usedLabelled * perLabel[label]) / Math.max(1, labelled)
      const residual = (own - expected) / Math.sqrt(Math.max(expected, 1e-9))
      if (own > 0 && residual < -oddDeviations)
        odd.push({ part, label: names[label], count: own, expected, residual })
    })
    parts.push({
      part,
      head: Math.floor(part / partsPerHead),
      pictures: used,
      labels: [...uses]
        .map((own, label) => ({ label: names[label], count: own }))
        .filter((each) => each.count > 0)
        .toSorted((a, b) => b.count - a.count)
        .slice(0, labelsShown),
      isRare: used > 0 && used < rareShare * pictures,
      example: best < 0 ? null : best
    })
  }
  return {
    pictures,
    parts,
    odd: odd
      // The fewer there are of what one would expect, the likelier each is worth a look.
      .toSorted((a, b) => a.count / a.expected - b.count / b.expected || a.part - b.part)
      .slice(0, oddPairsShown)
      .map(({ part, label, count: own, expected }) => ({ part, label, count: own, expected }))
  }
}

/** Rows that have a part, clearest first; with one label alone where it is given. */
export function rowsWithPart(
  likeness: Float32Array,
  count: number,
  part: number,
  isWanted: (row: number) => boolean
): Uint32Array<ArrayBuffer> {
  const rows = Array.from({ length: likeness.length / count }, (_, row) => row)
  return Uint32Array.from(
    rows
      .filter((row) => likeness[row * count + part] > 0 && isWanted(row))
      .toSorted((a, b) => likeness[b * count + part] - likeness[a * count + part] || a - b)
  )
}
