// Near-duplicate pictures: candidates from the neighbours, compared on small copies on all threads,
// cut where the data itself says, grouped around the picture to keep.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readNpy, writeNpy } from '../../features/npy.ts'
import type { AlikeGroups } from '../likeness/groups.ts'
import { neighboursEach, type NeighbourFiles } from '../likeness/find-neighbours.ts'
import { openRecords, openRecordWriter } from '../record-file.ts'
import { runBlocks, type PhaseContext } from '../run-blocks.ts'
import {
  pictureDecoysTask,
  pictureGroupsTask,
  pictureLikenessTask,
  picturePairsTask,
  type DecoyInput,
  type DecoyOutput,
  type LikenessInput,
  type PairsInput,
  type PictureGroupsInput
} from './compare-tasks.ts'
import type { CandidatePairs } from './pairs.ts'
import { findCut, type LikenessCut } from './threshold.ts'

export interface NearPictures extends AlikeGroups {
  readonly cut: LikenessCut
}

const pairsEach = 4096
const mirroredMost = 2000

/**
 * Finds near-duplicates. `small` holds one small copy per row of the dataset. Reports pairs done.
 */
export async function findNearPictures(
  context: PhaseContext & { total(total: number): void },
  folder: string,
  small: string,
  neighbours: NeighbourFiles,
  ranks: Uint32Array
): Promise<NearPictures> {
  const pairs = await makePairs(context, folder, neighbours, ranks.length)
  const count = pairs.ranks.length
  context.total(count)
  const likeness = await compareAll(context, folder, small, pairs)
  const { decoys, decoyShare } = await context.pool.run<
    DecoyInput,
    { readonly done: number },
    DecoyOutput
  >(
    pictureDecoysTask,
    {
      small,
      order: neighbours.order,
      lists: neighbours.rows,
      k: neighboursEach,
      most: mirroredMost,
      device: context.deviceRequest
    },
    { signal: context.signal, onEvent: () => context.breathe() }
  )
  const cut = findCut({ likeness, ranks: pairs.ranks, k: neighboursEach, decoys, decoyShare })
  const alike = pairsFrom(pairs.rows, likeness, cut.cut)
  const groups = await context.pool.run<PictureGroupsInput, never, AlikeGroups>(
    pictureGroupsTask,
    { small, pairs: alike.rows, likeness: alike.likeness, cut: cut.cut, ranks },
    { signal: context.signal }
  )
  return { ...groups, cut }
}

async function makePairs(
  context: PhaseContext,
  folder: string,
  neighbours: NeighbourFiles,
  rowCount: number
): Promise<CandidatePairs> {
  const places = [join(folder, 'picture-pairs.npy'), join(folder, 'picture-ranks.npy')] as const
  const [rows, ranks] = await Promise.all(
    places.map((path) => readNpy(path).catch(() => undefined))
  )
  // The ranks are written last: with them both are whole.
  if (rows?.values instanceof Uint32Array && ranks?.values instanceof Uint8Array)
    return { rows: rows.values, ranks: ranks.values }
  const made = await context.pool.run<PairsInput, never, CandidatePairs>(
    picturePairsTask,
    { order: neighbours.order, lists: neighbours.rows, k: neighboursEach, rowCount },
    { signal: context.signal }
  )
  await writeNpy(places[0], made.rows, made.ranks.length, 2)
  await writeNpy(places[1], made.ranks, made.ranks.length, 1)
  return made
}

async function compareAll(
  context: PhaseContext,
  folder: string,
  small: string,
  pairs: CandidatePairs
): Promise<Float32Array> {
  const count = pairs.ranks.length
  if (count === 0) return new Float32Array(0)
  const path = join(folder, 'picture-likeness.bin')
  const journal = join(folder, 'picture-likeness.journal')
  const file = await openRecordWriter(path, count, 4)
  if (file.isFresh) await rm(journal, { force: true })
  const sizeOf = (block: number): number => Math.min(pairsEach, count - block * pairsEach)
  try {
    await runBlocks(context, {
      journal,
      work: JSON.stringify(['picture likeness', count]),
      blocks: Math.ceil(count / pairsEach),
      sizeOf,
      async run(block, signal) {
        const first = block * pairsEach
        const input: LikenessInput = {
          small,
          pairs: pairs.rows.slice(2 * first, 2 * (first + sizeOf(block)))
        }
        const found = await context.pool.run<LikenessInput, never, Float32Array>(
          pictureLikenessTask,
          input,
          { signal }
        )
        await file.write(first, found)
        await file.sync()
      }
    })
  } finally {
    await file.close()
  }
  const reader = await openRecords(path, 4)
  try {
    return new Float32Array((await reader.range(0, count)).buffer)
  } finally {
    await reader.close()
  }
}

/** The pairs at or above a cut. */
function pairsFrom(
  rows: Uint32Array,
  likeness: Float32Array,
  cut: number
): { readonly rows: Uint32Array; readonly likeness: Float32Array } {
  let count = 0
  for (const value of likeness) if (value >= cut) count++
  const out = { rows: new Uint32Array(2 * count), likeness: new Float32Array(count) }
  let at = 0
  for (let i = 0; i < likeness.length; i++) {
    if (likeness[i] < cut) continue
    out.rows[2 * at] = rows[2 * i]
    out.rows[2 * at + 1] = rows[2 * i + 1]
    out.likeness[at++] = likeness[i]
  }
  return out
}
