// The lists of repeated random sampling: one of row numbers for each training pass, and one table of
// all of them with the items' keys (specs/selection.md 5.6).
import type { Positions } from '../../datasets/source-positions.ts'
import type { OpenPart } from '../export-part.ts'
import { HashedFile } from '../hashed-file.ts'
import type { ManifestFile } from '../manifest.ts'

/** The passes of a run. */
export interface Passes {
  readonly count: number
  /** Item rows of one pass (0-based), ascending. */
  rows(pass: number): Uint32Array
}

export interface EpochsInput {
  readonly passes: Passes
  readonly positions: Positions
  keysOf(rows: ArrayLike<number>): readonly string[]
  breathe(): Promise<void>
}

const rowsAtOnce = 500

/** Opens `epochs/`. The chosen items are the first pass; all passes are written at the end. */
export function epochsPart(input: EpochsInput): OpenPart {
  return async (folder) => {
    const table = await HashedFile.create(folder, 'epochs/epochs.csv')
    let open: HashedFile | undefined
    return {
      item: async () => {},
      async finish() {
        const files: ManifestFile[] = []
        await table.write('epoch,row,key\r\n')
        for (let pass = 0; pass < input.passes.count; pass++) {
          const number = String(pass + 1)
          open = await HashedFile.create(folder, `epochs/epoch-${number.padStart(3, '0')}.txt`)
          await writePass(input, pass, open, table)
          files.push(await open.finish())
        }
        files.push(await table.finish())
        return files
      },
      async abandon() {
        await open?.abandon()
        await table.abandon()
      }
    }
  }
}

async function writePass(
  { passes, positions, keysOf, breathe }: EpochsInput,
  pass: number,
  list: HashedFile,
  table: HashedFile
): Promise<void> {
  const rows = passes.rows(pass)
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    await breathe()
    const some = Array.from(rows.subarray(at, at + rowsAtOnce))
    const keys = keysOf(some)
    const numbers = some.map((row) => positions.positionOf(row))
    await list.write(numbers.map((number) => `${number}\n`).join(''))
    await table.write(numbers.map((number, i) => `${pass + 1},${number},${keys[i]}\r\n`).join(''))
  }
}
