// The pictures of a record, looked up before the record becomes an item: where they are, whether
// they can be read, and what identifies them.
import type { ColumnInfo, DataKind } from '../../../../api/dto/datasets.ts'
import { AppError } from '../../../../api/errors.ts'
import { realContainedPath } from '../../../files/contain.ts'
import { sha256Hex } from '../../../files/hashes.ts'
import { readPlainFile } from '../image-files.ts'
import { checkPicture } from '../image-header.ts'
import { sniffImage } from '../image-sniff.ts'
import type { RawRow } from '../raw-row.ts'
import { PictureCell, type FoundPicture } from './picture-cell.ts'
import { namesIn, openPictureFolder, pictureFilePath, type PictureFolder } from './picture-files.ts'
import { fileLocator } from './record-locator.ts'

export interface RowPictures {
  readonly locators: readonly string[]
  /** SHA-256 (hex) of pictures inside the file; the name of those beside it. */
  readonly identities: readonly string[]
  /** File name of the first one, "" when the data gives none. */
  readonly name: string
  /** The first picture, read and checked; for items that are pictures. */
  readonly main:
    | {
        readonly width: number
        readonly height: number
        readonly fingerprint: Uint8Array
        readonly sizeBytes: number
      }
    | undefined
}

/** The pictures of a row, or the plain reason why they cannot be used. */
export type FindPictures = (row: RawRow) => Promise<RowPictures | string>

export interface PictureColumns {
  readonly columns: readonly Pick<ColumnInfo, 'name' | 'role'>[]
  readonly kind: DataKind
  readonly baseFolder: string
  /** Folder of the files of a column, see findPictureColumns. */
  readonly folders: Readonly<Record<string, string>>
}

const none: RowPictures = { locators: [], identities: [], name: '', main: undefined }

/** Undefined when no column holds pictures. */
export function createFindPictures(input: PictureColumns): FindPictures | undefined {
  const places = input.columns.flatMap(({ role }, i) => (role === 'picture' ? [i] : []))
  if (places.length === 0) return undefined
  const folder = openPictureFolder(input.baseFolder)
  const isMain = input.kind === 'images'
  return async (row) => {
    const found: FoundPicture[] = []
    for (const i of places) {
      const cell = row.cells[i]
      if (cell instanceof PictureCell) found.push(...cell.pictures)
      else {
        const { name } = input.columns[i]
        const base = Object.hasOwn(input.folders, name) ? input.folders[name] : ''
        const named = await namedPictures(namesIn(cell), base, folder)
        if (typeof named === 'string') return named
        found.push(...named)
      }
    }
    if (found.length === 0) return isMain ? 'The row has no picture.' : none
    return isMain ? mainPicture(found, input.baseFolder) : withIdentities(found)
  }
}

async function namedPictures(
  names: readonly string[] | undefined,
  base: string,
  folder: PictureFolder
): Promise<FoundPicture[] | string> {
  if (names === undefined) return 'The picture is not given as a file name.'
  const found: FoundPicture[] = []
  for (const name of names) {
    const path = pictureFilePath(base, name)
    if (!(await folder.has(path))) return `The picture “${name.slice(0, 200)}” is not there.`
    found.push({ name, locator: fileLocator(path), bytes: undefined })
  }
  return found
}

function withIdentities(found: readonly FoundPicture[]): RowPictures | string {
  for (const { bytes } of found)
    if (bytes !== undefined && sniffImage(bytes) === undefined)
      return 'A picture of the row is not one the app can read.'
  return {
    locators: found.map((picture) => picture.locator),
    identities: found.map(({ bytes, name }) => (bytes === undefined ? name : sha256Hex(bytes))),
    name: found[0].name,
    main: undefined
  }
}

async function mainPicture(
  found: readonly FoundPicture[],
  baseFolder: string
): Promise<RowPictures | string> {
  const [first] = found
  try {
    const bytes = first.bytes ?? (await readPictureFile(baseFolder, first.locator))
    const check = await checkPicture(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    if (!check.isPicture) return check.reason
    const { width, height, fingerprint } = check
    return {
      locators: found.map((picture) => picture.locator),
      identities: [],
      name: first.name,
      main: { width, height, fingerprint, sizeBytes: bytes.byteLength }
    }
  } catch (error) {
    if (error instanceof AppError) return error.message
    throw error
  }
}

function readPictureFile(baseFolder: string, locator: string): Promise<Buffer> {
  return readContainedFile(baseFolder, locator.slice('file|'.length))
}

/**
 * Bytes of a picture file below `baseFolder`. Throws AppError "file-not-readable", "too-large" or
 * "invalid-input" when it would lie outside.
 */
export async function readContainedFile(baseFolder: string, path: string): Promise<Buffer> {
  return readPlainFile(await realContainedPath(baseFolder, path))
}
