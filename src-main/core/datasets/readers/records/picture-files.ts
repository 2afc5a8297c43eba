// Picture files that a table names: which columns do so, in which folder the files are, and whether
// one is there. Names come from the data, so that each is kept inside the table's folder (rule F2).
import { open, readdir, stat } from 'node:fs/promises'
import { posix } from 'node:path'
import { realContainedPath } from '../../../files/contain.ts'
import { isIgnoredPath } from '../image-layout.ts'
import { sniffBytes, sniffImage } from '../image-sniff.ts'
import type { Cell, RawRow } from '../raw-row.ts'

const valuesTried = 24
const signaturesRead = 4
const foldersTried = 50
const longestName = 1000
// Names kept of listed folders; beyond it each file is asked for by itself.
const namesKept = 2_000_000

/** Names in a cell: a name, or a list of names; undefined when it holds something else. */
export function namesIn(cell: Cell): readonly string[] | undefined {
  if (typeof cell === 'string') return cell === '' ? [] : [cell]
  if (!Array.isArray(cell)) return cell === undefined || cell === null ? [] : undefined
  return cell.every((name) => typeof name === 'string') ? cell : undefined
}

/** Path of a named file below the base folder; "./" and doubled slashes are taken out. */
export function pictureFilePath(folder: string, name: string): string {
  return posix.normalize(folder === '' ? name : `${folder}/${name}`)
}

export interface PictureFolder {
  /** True when a plain file of this path (below the base folder) is there. */
  has(path: string): Promise<boolean>
}

/** Remembers listings, so that a million rows do not ask the disk a million times. */
export function openPictureFolder(baseFolder: string): PictureFolder {
  const listings = new Map<string, Promise<ReadonlySet<string> | undefined>>()
  let kept = 0
  async function list(folder: string): Promise<ReadonlySet<string> | undefined> {
    const inside = await realContainedPath(baseFolder, `${folder === '.' ? '' : `${folder}/`}x`)
    const entries = await readdir(posix.dirname(inside.replaceAll('\\', '/')), {
      withFileTypes: true
    })
    kept += entries.length
    if (kept > namesKept) return undefined
    return new Set(entries.filter((entry) => entry.isFile()).map((entry) => entry.name))
  }
  return {
    async has(path) {
      const folder = posix.dirname(path)
      let listing = listings.get(folder)
      if (listing === undefined) {
        listing = list(folder).catch(() => new Set<string>())
        listings.set(folder, listing)
      }
      const names = await listing
      return names === undefined ? isFile(baseFolder, path) : names.has(posix.basename(path))
    }
  }
}

async function isFile(baseFolder: string, path: string): Promise<boolean> {
  try {
    return (await stat(await realContainedPath(baseFolder, path))).isFile()
  } catch {
    return false
  }
}

/**
 * Columns whose values name picture files, with the folder (below the base folder, "" for itself)
 * they are in. Told by files that are there and start like pictures.
 */
export async function findPictureColumns(
  baseFolder: string,
  names: readonly string[],
  rows: readonly RawRow[]
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  let folders: readonly string[] | undefined
  for (let i = 0; i < names.length; i++) {
    const values = sampleNames(rows, i)
    if (values.length === 0) continue
    folders ??= ['', ...(await subfolders(baseFolder))]
    const folder = await folderOf(baseFolder, folders, values)
    if (folder !== undefined) found.set(names[i], folder)
  }
  return found
}

function sampleNames(rows: readonly RawRow[], column: number): readonly string[] {
  const values = new Set<string>()
  let odd = 0
  for (const row of rows) {
    if (row.problem !== undefined) continue
    const inCell = namesIn(row.cells[column])
    if (inCell === undefined || inCell.some((name) => !isFileName(name))) odd++
    else for (const name of inCell) values.add(name)
    if (values.size >= valuesTried || odd > valuesTried) break
  }
  return odd > values.size ? [] : [...values].slice(0, valuesTried)
}

function isFileName(name: string): boolean {
  return name.length <= longestName && !/[\n\r\t\0]/.test(name) && !/^([a-z]+:|[\\/])/i.test(name)
}

async function subfolders(baseFolder: string): Promise<readonly string[]> {
  const entries = await readdir(baseFolder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && !isIgnoredPath(entry.name))
    .map((entry) => entry.name)
    .sort()
    .slice(0, foldersTried)
}

async function folderOf(
  baseFolder: string,
  folders: readonly string[],
  values: readonly string[]
): Promise<string | undefined> {
  for (const folder of folders) {
    const there: string[] = []
    for (const [i, value] of values.entries()) {
      const path = pictureFilePath(folder, value)
      if (await isFile(baseFolder, path)) there.push(path)
      // Most columns name no files at all: a few misses in a row are enough.
      if (i >= 3 && there.length === 0) break
    }
    if (there.length < values.length / 2) continue
    const read = there.slice(0, signaturesRead)
    const pictures = await Promise.all(read.map((path) => startsLikePicture(baseFolder, path)))
    if (pictures.filter(Boolean).length > read.length / 2) return folder
  }
  return undefined
}

async function startsLikePicture(baseFolder: string, path: string): Promise<boolean> {
  try {
    const file = await open(await realContainedPath(baseFolder, path), 'r')
    try {
      const head = Buffer.alloc(sniffBytes)
      await file.read(head, 0, sniffBytes, 0)
      return sniffImage(head) !== undefined
    } finally {
      await file.close()
    }
  } catch {
    return false
  }
}
