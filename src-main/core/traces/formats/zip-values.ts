// The JSON values of an archive of traces: each entry that may hold one, in the order of their names.
import type { JsonValue } from '../../../api/dto/common.ts'
import { AppError } from '../../../api/errors.ts'
import { openZip } from '../../files/zip-reader.ts'
import type { JsonElement } from './json-elements.ts'

/** A single entry is unpacked into memory. */
const mostBytes = 512 * 2 ** 20

/** Samples of an Inspect archive; all JSON entries of another one. Throws AppError as {@link openZip}. */
export async function* zipValues(path: string): AsyncGenerator<JsonElement, void, void> {
  const archive = await openZip(path)
  try {
    const names = archive.entries.filter(
      ({ isFolder, name }) => !isFolder && name.endsWith('.json')
    )
    const samples = names.filter(({ name }) => /(?:^|\/)samples\//.test(name))
    for (const entry of samples.length > 0 ? samples : names) {
      const where = entry.name
      try {
        const text = (await archive.read(entry, mostBytes)).toString('utf8')
        // JSON.parse gives JSON values.
        yield { where, value: JSON.parse(text) as JsonValue }
      } catch (error) {
        if (error instanceof AppError && error.code === 'archive-unsafe') throw error
        yield { where, problem: 'It could not be unpacked and read as JSON.' }
      }
    }
  } finally {
    await archive.close()
  }
}
