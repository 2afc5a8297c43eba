// The files a copy of a source of records takes: its own, and the pictures its rows name.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportOptions } from '../../../api/dto/datasets.ts'
import { AppError } from '../../../api/errors.ts'
import type { RawRow } from '../readers/raw-row.ts'
import { folderFiles } from '../readers/image-files.ts'
import { namesIn, openPictureFolder, pictureFilePath } from '../readers/records/picture-files.ts'
import { guessRecords, type RecordGuess } from '../readers/records/record-guess.ts'
import type { FirstPart, RecordSource } from '../readers/records/record-source.ts'
import type { CopyList } from '../source-family.ts'

// Rows whose picture files are weighed for the estimate of a preview.
const rowsWeighed = 100

/** Files of a source, named pictures with them. Throws AppError "too-large" for too many. */
export async function recordFiles(source: RecordSource, options: ImportOptions): Promise<CopyList> {
  const own = await source.files()
  const part = await source.first(options)
  const guess = await guessRecords(source, part, options)
  const columns = fileColumns(guess)
  const beside = new Set<string>()
  if (columns.length > 0) {
    const folder = openPictureFolder(source.baseFolder)
    const request = {
      columns: new Map(part.names.map((name, i) => [name, i])),
      mayGrow: false,
      skip: 0,
      withoutPictures: true
    }
    for await (const block of source.rows(part.settings, request))
      for (const path of pathsOf(block.rows, columns)) {
        if (beside.has(path) || !(await folder.has(path))) continue
        beside.add(path)
        if (beside.size > folderFiles)
          throw new AppError('too-large', `The data names more than ${folderFiles} pictures.`)
      }
  }
  return { folder: source.baseFolder, names: [...own, ...beside] }
}

interface FileColumn {
  readonly place: number
  readonly folder: string
}

function fileColumns(guess: RecordGuess): FileColumn[] {
  return guess.columns.flatMap(({ name, role }, place) =>
    role === 'picture' && Object.hasOwn(guess.folders, name)
      ? [{ place, folder: guess.folders[name] }]
      : []
  )
}

function* pathsOf(rows: readonly RawRow[], columns: readonly FileColumn[]): Generator<string> {
  for (const row of rows)
    for (const { place, folder } of columns)
      for (const name of namesIn(row.cells[place]) ?? []) yield pictureFilePath(folder, name)
}

/** About how many bytes the picture files named by all rows take; 0 when none are. */
export async function pictureSizes(
  source: RecordSource,
  part: FirstPart,
  guess: RecordGuess,
  itemsEstimate: number
): Promise<number> {
  const columns = fileColumns(guess)
  if (columns.length === 0) return 0
  const rows = part.rows.filter((row) => row.problem === undefined).slice(0, rowsWeighed)
  const sizes = new Map<string, number>()
  for (const path of pathsOf(rows, columns)) {
    if (sizes.has(path)) continue
    const facts = await stat(join(source.baseFolder, path)).catch(() => undefined)
    sizes.set(path, facts?.size ?? 0)
  }
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  return Math.round((bytes / Math.max(1, rows.length)) * itemsEstimate)
}
