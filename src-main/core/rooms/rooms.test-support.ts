// Small made-up buildings with paths, as files of the room-to-room format.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom } from '../compute/random.ts'
import {
  connectivityOf,
  generateBuilding,
  generatePaths,
  usualBuilding
} from '../methods/traces/navigation/generate-graph.ts'

/** What is written. */
export interface RoomFiles {
  /** Buildings of each part of the data. */
  readonly train: number
  readonly unseen: number
  /** Paths in each building. */
  readonly paths: number
  readonly columns?: number
  readonly rows?: number
}

/** Writes "connectivity/NAME_connectivity.json" and "R2R_train.json", "R2R_val_unseen.json". */
export async function writeRooms(
  folder: string,
  { train, unseen, paths, columns = 5, rows = 4 }: RoomFiles
): Promise<{ train: string[]; unseen: string[] }> {
  const random = createRandom(11)
  const rules = { ...usualBuilding, columns, rows }
  await mkdir(join(folder, 'connectivity'), { recursive: true })
  const part = async (file: string, prefix: string, count: number): Promise<string[]> => {
    const scans: string[] = []
    const list: object[] = []
    for (let at = 0; at < count; at++) {
      const graph = generateBuilding(`${prefix}${at + 1}`, rules, random)
      scans.push(graph.scan)
      list.push(...generatePaths(graph, paths, [2, 6], random))
      await writeFile(
        join(folder, 'connectivity', `${graph.scan}_connectivity.json`),
        JSON.stringify(connectivityOf(graph))
      )
    }
    if (count > 0) await writeFile(join(folder, file), JSON.stringify(list))
    return scans
  }
  return {
    train: await part('R2R_train.json', 'house', train),
    unseen: await part('R2R_val_unseen.json', 'tower', unseen)
  }
}
