// The family of records: tables, JSON, Parquet, Arrow, workbooks and dataset folders, told apart by
// their first bytes.
import { AppError } from '../../../api/errors.ts'
import { previewRecords } from '../preview-records.ts'
import { arrowSource } from '../readers/records/arrow-source.ts'
import { isArrowHead } from '../readers/records/arrow/arrow-file.ts'
import { folderRecords } from '../readers/records/dataset-folder.ts'
import { createRecordReader } from '../readers/records/record-reader.ts'
import { parquetSource } from '../readers/records/parquet-source.ts'
import type { RecordSource } from '../readers/records/record-source.ts'
import { textRecords } from '../readers/records/text-records.ts'
import { xlsxSource } from '../readers/records/xlsx-source.ts'
import { isWorkbook } from '../readers/records/xlsx/workbook.ts'
import { isZipHead } from '../source-family.ts'
import type { FileHead, FoundSource, Looking, SourceFamily } from '../source-family.ts'
import { recordFiles } from './record-copy.ts'

/** Everything that is rows with named columns. */
export const recordFamily: SourceFamily = {
  async file(file, looking) {
    const source = await recordsIn(file, looking)
    return source === undefined ? undefined : foundRecords(source)
  },
  async folder(folder, looking) {
    const source = await folderRecords(folder, looking)
    return source === undefined ? undefined : foundRecords(source)
  }
}

/** The records of a file; undefined when it holds none. Throws AppError as {@link SourceFamily}. */
export async function recordsIn(
  file: FileHead,
  looking: Looking
): Promise<RecordSource | undefined> {
  if (isParquet(file.raw)) return parquetSource(file.path)
  if (file.raw.toString('latin1', 0, 4) === 'FEA1')
    throw new AppError('file-not-recognised', `“${file.name}” is a Feather file of the old kind.`, {
      hint: 'Save it again with a newer version, or as Parquet.'
    })
  if (isArrowHead(file.raw)) return arrowSource(file.path)
  if (isZipHead(file.raw))
    return startsLikeWorkbook(file.raw) && (await isWorkbook(file.path))
      ? xlsxSource(file.path)
      : undefined
  return textRecords(file, looking)
}

// The first entry of the archive tells most other zips apart without reading their directory.
function startsLikeWorkbook(head: Buffer): boolean {
  if (head.length < 30) return false
  const name = head.toString('utf8', 30, 30 + head.readUInt16LE(26))
  return /^(\[content_types\]\.xml$|_rels\/|xl\/|docprops\/|customxml\/|mimetype$)/i.test(name)
}

function isParquet(head: Buffer): boolean {
  const mark = head.toString('latin1', 0, 4)
  return mark === 'PAR1' || mark === 'PARE'
}

function foundRecords(source: RecordSource): FoundSource {
  return {
    readsAs: ['table', 'text', 'images'],
    path: source.path,
    isFile: source.isFile,
    preview: (options) => previewRecords(source, options),
    openReader: async (options) => createRecordReader(source, options),
    filesToCopy: (options) => recordFiles(source, options)
  }
}
