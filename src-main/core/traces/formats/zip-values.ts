// The JSON values of an archive of traces: each entry that may hold some, in the order of their names.
import { AppError } from '../../../api/errors.ts'
import type { ZipArchive } from '../../files/zip-reader.ts'
import { elementsOf, type JsonElement } from './json-elements.ts'
import { isPickleName, pickleReason } from './pickle.ts'

const mayHoldTraces = /\.(?:json|jsonl|ndjson|traj)$/i

/** Samples of an Inspect archive; all JSON entries of another one. Throws AppError "archive-unsafe". */
export async function* zipValues(
  archive: ZipArchive,
  onBytes?: (read: number) => void
): AsyncGenerator<JsonElement, void, void> {
  const names = archive.entries.filter(
    // Finder adds a shadow of every file.
    ({ isFolder, name }) =>
      !isFolder && mayHoldTraces.test(name) && !/(?:^|\/)(?:__MACOSX\/|\._)/.test(name)
  )
  const pickles = archive.entries.filter(({ isFolder, name }) => !isFolder && isPickleName(name))
  const [pickle] = pickles
  if (pickle !== undefined) {
    const more = pickles.length === 1 ? '' : ` The same holds for ${pickles.length - 1} more.`
    yield { where: pickle.name, problem: `${pickleReason}${more}` }
  }
  const samples = names.filter(({ name }) => /(?:^|\/)samples\//.test(name))
  let read = 0
  for (const entry of samples.length > 0 ? samples : names) {
    onBytes?.((read += entry.compressedBytes))
    try {
      for await (const element of elementsOf(archive.stream(entry)))
        yield {
          ...element,
          where: element.where === 'The file' ? entry.name : `${entry.name}, ${element.where}`
        }
    } catch (error) {
      if (error instanceof AppError && error.code === 'archive-unsafe') throw error
      const reason = error instanceof AppError ? error.message : 'It could not be unpacked.'
      yield { where: entry.name, problem: reason }
    }
  }
}
