// The archive of the bundle: tar.gz where files have modes, zip where they have none. The same
// entries give the same bytes, on any day and in any time zone.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { ZipFile } from 'yazl'
import { tarOf, type ArchiveEntry } from './tar.ts'

/**
 * Time of every file, 2020-01-01: any fixed one will do that a zip can hold. SOURCE_DATE_EPOCH,
 * the convention of reproducible builds, sets another.
 */
export const packedAtSeconds = Number(process.env['SOURCE_DATE_EPOCH'] ?? 1_577_836_800)

/** Writes `entries` to `path`, whose ending says how. */
export async function writeArchive(entries: readonly ArchiveEntry[], path: string): Promise<void> {
  if (path.endsWith('.zip')) await writeZip(entries, path)
  else
    await pipeline(
      Readable.from(tarOf(entries, packedAtSeconds)),
      createGzip({ level: 6 }),
      createWriteStream(path)
    )
}

async function writeZip(entries: readonly ArchiveEntry[], path: string): Promise<void> {
  const zip = new ZipFile()
  // Zip keeps local times: these are the parts of a time in UTC, said as if they were local.
  const utc = new Date(packedAtSeconds * 1000)
  const mtime = new Date(
    utc.getUTCFullYear(),
    utc.getUTCMonth(),
    utc.getUTCDate(),
    utc.getUTCHours(),
    utc.getUTCMinutes(),
    utc.getUTCSeconds()
  )
  const options = { mtime, forceDosTimestamp: true }
  for (const { path: name, mode, source, bytes } of entries) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name, { ...options, mode: mode | 0o040000 })
    else if (bytes !== undefined) zip.addBuffer(bytes, name, { ...options, mode: mode | 0o100000 })
    else if (source !== undefined) zip.addFile(source, name, { ...options, mode: mode | 0o100000 })
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
}

/** Writes the checksum of an archive beside it, in the form of sha256sum, and returns it. */
export async function writeChecksum(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  const digest = hash.digest('hex')
  await writeFile(`${path}.sha256`, `${digest}  ${basename(path)}\n`)
  return digest
}
