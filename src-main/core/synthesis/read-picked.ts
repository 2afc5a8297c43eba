// Pictures of a dataset as a model takes them: decoded, brought to one size and to grey or colour.
import { AppError } from '../../api/errors.ts'
import type { SourceDescription } from '../datasets/item-source.ts'
import { createSourceKeeper } from '../datasets/open-sources.ts'
import type { Picked } from './expand-files.ts'

const decodedAtOnce = 128

// Lives as long as the thread; see datasets/open-sources.ts.
const opened = createSourceKeeper()

/** Decodes pictures to a model's shape. Throws AppError "file-not-readable" when one cannot be read. */
export async function readPicked(
  source: SourceDescription,
  picked: readonly Picked[],
  { side, channels }: { readonly side: number; readonly channels: 1 | 3 },
  signal: AbortSignal
): Promise<Uint8Array> {
  const each = side * side * channels
  const pixels = new Uint8Array(picked.length * each)
  for (let from = 0; from < picked.length; from += decodedAtOnce) {
    signal.throwIfAborted()
    const some = picked.slice(from, from + decodedAtOnce)
    const locators = some.map(({ locator }) => locator)
    const group = await opened.use(source, (open) =>
      open.readPixels(locators, { size: side, channels })
    )
    const [failed] = group.failed
    if (failed !== undefined)
      throw new AppError('file-not-readable', `“${some[failed].name}” could not be read.`, {
        hint: 'Set it aside, or put the file back to where it was.'
      })
    pixels.set(group.pixels, from * each)
  }
  return pixels
}
