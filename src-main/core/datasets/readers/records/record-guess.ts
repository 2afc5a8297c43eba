// What the first part of a source tells: what each column is for, the kind of data, the shape of
// its conversations and where its pictures are. The preview and the import share it.
import type { ImportOptions } from '../../../../api/dto/datasets.ts'
import { AppError } from '../../../../api/errors.ts'
import { findShape, type ShapeMatch } from '../../chat/chat-shape.ts'
import { guessColumns, type ColumnGuess } from '../column-roles.ts'
import { createStatsCollector, decimalMark } from '../column-stats.ts'
import type { DecimalMark } from '../numbers.ts'
import { findPictureColumns } from './picture-files.ts'
import type { FirstPart, RecordSource } from './record-source.ts'

export interface RecordGuess extends ColumnGuess {
  readonly decimals: readonly DecimalMark[]
  readonly shape: ShapeMatch | null
  /** Folders of picture files by column. */
  readonly folders: Readonly<Record<string, string>>
  readonly notes: readonly string[]
}

/** Judges a first part. Throws AppError "column-not-found" or "nothing-to-import". */
export async function guessRecords(
  source: Pick<RecordSource, 'baseFolder'>,
  part: FirstPart,
  options: ImportOptions
): Promise<RecordGuess> {
  const stats = createStatsCollector()
  for (const row of part.rows) if (row.problem === undefined) stats.add(part.names, row.cells)
  if (stats.rows === 0)
    throw new AppError('nothing-to-import', 'The file holds no rows that can be read.')
  const shape = usableShape(findShape(part.names, part.rows), options)
  const files = await findPictureColumns(source.baseFolder, part.names, part.rows)
  const guess = guessColumns(stats.columns, stats.rows, options, {
    hints: part.hints,
    chat: new Set(shape?.columns ?? []),
    pictureFiles: new Set(files.keys())
  })
  const hasPictures = guess.columns.some((column) => column.role === 'picture')
  const notes =
    shape?.shape === 'llava' && !hasPictures
      ? [
          'The pictures that the records name were not found beside the file; only the texts are used.'
        ]
      : []
  return {
    ...guess,
    decimals: stats.columns.map(decimalMark),
    shape,
    folders: Object.fromEntries(files),
    notes
  }
}

// A column of the conversation that was set to something else by hand is no conversation.
function usableShape(shape: ShapeMatch | undefined, options: ImportOptions): ShapeMatch | null {
  if (shape === undefined || options.as === 'table' || options.as === 'images') return null
  const isChanged = shape.columns.some(
    (name) => Object.hasOwn(options.roles, name) && options.roles[name] !== 'chat'
  )
  return isChanged ? null : shape
}
