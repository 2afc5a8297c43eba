// A plain list of row numbers, one a line, best first: what training scripts of others read.
import type { Positions } from '../../datasets/source-positions.ts'
import type { OpenPart } from '../export-part.ts'
import { HashedFile } from '../hashed-file.ts'

/** Opens `training/rows.txt`; numbers count the records of the source from 0. */
export function rowsPart(positions: Positions): OpenPart {
  return async (folder) => {
    const file = await HashedFile.create(folder, 'training/rows.txt')
    return {
      item: ({ item }) => file.write(`${positions.positionOf(item.row)}\n`),
      finish: async () => [await file.finish()],
      abandon: () => file.abandon()
    }
  }
}
