// The phase "Comparing items": for every item its most alike ones, by similarity fingerprint.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { noRow } from '../../compute/kernels/nearest-rows.ts'
import { readNpy, writeNpy } from '../../features/npy.ts'
import { openRecordWriter } from '../record-file.ts'
import { runBlocks, type PhaseContext } from '../run-blocks.ts'
import { arrangeTask, type ArrangeInput, type Arrangement } from './arrange-task.ts'
import { neighboursTask, type NeighboursInput, type NeighboursOutput } from './neighbours-task.ts'

/** Neighbours kept for each item. */
export const neighboursEach = 10

/** Files of the neighbours: place p belongs to item order[p]. */
export interface NeighbourFiles {
  /** Dataset row of each place (npy). */
  readonly order: string
  /** Length of the fingerprint at each place (npy). */
  readonly norms: string
  /** Raw uint32 records: places x neighboursEach dataset rows, `noRow` where there are fewer. */
  readonly rows: string
  /** Raw float32 records of the same shape: cosines. */
  readonly cosine: string
  readonly places: number
}

const queriesEach = 2048

export interface NeighbourWork {
  /** Fingerprints, one row per item. */
  readonly features: string
  /** Rows that take part, ascending. */
  readonly rows: Uint32Array
  /** Value of a column that is added to every row; 0 = none. See {@link ArrangeInput}. */
  readonly lift: number
  /** Up to so many rows all are compared with all. */
  readonly comparedAll?: number
}

/** Finds the neighbours of `rows` and leaves them in the folder; goes on where it stopped. */
export async function findNeighbours(
  context: PhaseContext & { total(total: number): void },
  folder: string,
  work: NeighbourWork
): Promise<NeighbourFiles> {
  const { rows } = work
  const paths = {
    order: join(folder, 'neighbour-order.npy'),
    norms: join(folder, 'neighbour-norms.npy'),
    rows: join(folder, 'neighbour-rows.bin'),
    cosine: join(folder, 'neighbour-cosine.bin')
  }
  context.total(2 * rows.length)
  const units = join(folder, 'unit-rows.npy')
  const arranged = await arrange(context, folder, work, units)
  const blocks = queryBlocks(arranged)
  const bytes = 4 * neighboursEach
  const rowsFile = await openRecordWriter(paths.rows, rows.length, bytes)
  const cosineFile = await openRecordWriter(paths.cosine, rows.length, bytes)
  const journal = join(folder, 'neighbours.journal')
  if (rowsFile.isFresh || cosineFile.isFresh) await rm(journal, { force: true })
  try {
    await runBlocks(
      { ...context, progress: (done) => context.progress(rows.length + done) },
      {
        journal,
        work: JSON.stringify(['neighbours', rows.length, blocks.length]),
        blocks: blocks.length,
        sizeOf: (block) => blocks[block].count,
        async run(block, signal) {
          const { first, count, among } = blocks[block]
          const found = await context.pool.run<NeighboursInput, never, NeighboursOutput>(
            neighboursTask,
            { path: units, first, count, among, k: neighboursEach, device: context.deviceRequest },
            { signal }
          )
          const asRows = found.places.map((place) =>
            place === noRow ? noRow : arranged.order[place]
          )
          await rowsFile.write(first, asRows)
          await cosineFile.write(first, found.cosine)
          await rowsFile.sync()
          await cosineFile.sync()
        }
      }
    )
  } finally {
    await rowsFile.close()
    await cosineFile.close()
  }
  await rm(units, { force: true })
  return { ...paths, places: rows.length }
}

/** Arranges the rows, or reads what an interrupted check left. */
async function arrange(
  context: PhaseContext,
  folder: string,
  work: NeighbourWork,
  units: string
): Promise<Arrangement> {
  const file = (name: string): string => join(folder, `neighbour-${name}.npy`)
  const left = await Promise.all(
    ['order', 'starts', 'probes', 'columns', 'norms'].map((name) =>
      readNpy(file(name)).catch(() => undefined)
    )
  )
  const [order, starts, probes, columns] = left.map((array) =>
    array?.values instanceof Uint32Array ? array.values : undefined
  )
  const norms = left[4]?.values
  // The columns are written last: with them everything is there.
  const isWhole = order?.length === work.rows.length && norms instanceof Float32Array
  if (isWhole && starts && probes && columns?.length === 1)
    return { order, norms, starts, probes, columns: columns[0] }
  const made = await context.pool.run<ArrangeInput, { readonly done: number }, Arrangement>(
    arrangeTask,
    {
      ...work,
      output: units,
      device: context.deviceRequest
    },
    {
      signal: context.signal,
      cores: 'all',
      async onEvent({ done }) {
        context.progress(done)
        await context.breathe()
      }
    }
  )
  await writeNpy(file('order'), made.order, made.order.length, 1)
  await writeNpy(file('norms'), made.norms, made.norms.length, 1)
  await writeNpy(file('starts'), made.starts, made.starts.length, 1)
  await writeNpy(file('probes'), made.probes, made.probes.length, 1)
  await writeNpy(file('columns'), Uint32Array.of(made.columns), 1, 1)
  return made
}

interface QueryBlock {
  readonly first: number
  readonly count: number
  readonly among: readonly (readonly [number, number])[]
}

/** Blocks of places within one cluster, each with the places to look among. */
function queryBlocks({ starts, probes }: Arrangement): readonly QueryBlock[] {
  const clusters = starts.length - 1
  const each = probes.length / clusters
  const blocks: QueryBlock[] = []
  for (let c = 0; c < clusters; c++) {
    const among = Array.from(probes.subarray(c * each, (c + 1) * each), (p): [number, number] => [
      starts[p],
      starts[p + 1] - starts[p]
    ]).filter(([, count]) => count > 0)
    for (let first = starts[c]; first < starts[c + 1]; first += queriesEach)
      blocks.push({ first, count: Math.min(queriesEach, starts[c + 1] - first), among })
  }
  return blocks
}
