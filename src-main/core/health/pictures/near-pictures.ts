// Near-duplicate pictures: candidates from the neighbours, compared on small copies on all threads,
// cut where the data itself says, grouped around the picture to keep.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readNpy, writeNpy } from '../../features/npy.ts'
import { neighboursEach, type NeighbourFiles } from '../likeness/find-neighbours.ts'
import { openRecordWriter } from '../record-file.ts'
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
  type PictureGroups,
  type PictureGroupsInput
} from './compare-tasks.ts'
import type { CandidatePairs } from './pairs.ts'

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
): Promise<PictureGroups> {
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
    { signal: context.signal, cores: 'all', onEvent: () => context.breathe() }
  )
  const { pairs: pairsPath, pairRanks } = pairFiles(folder)
  return context.pool.run<PictureGroupsInput, never, PictureGroups>(
    pictureGroupsTask,
    {
      small,
      pairs: pairsPath,
      pairRanks,
      likeness,
      k: neighboursEach,
      decoys,
      decoyShare,
      ranks
    },
    { signal: context.signal }
  )
}

function pairFiles(folder: string): { readonly pairs: string; readonly pairRanks: string } {
  return {
    pairs: join(folder, 'picture-pairs.npy'),
    pairRanks: join(folder, 'picture-ranks.npy')
  }
}

async function makePairs(
  context: PhaseContext,
  folder: string,
  neighbours: NeighbourFiles,
  rowCount: number
): Promise<CandidatePairs> {
  const files = pairFiles(folder)
  const places = [files.pairs, files.pairRanks]
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

/** Compares all pairs; returns the file of their likeness. */
async function compareAll(
  context: PhaseContext,
  folder: string,
  small: string,
  pairs: CandidatePairs
): Promise<string> {
  const count = pairs.ranks.length
  const path = join(folder, 'picture-likeness.bin')
  if (count === 0) return path
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
  return path
}
