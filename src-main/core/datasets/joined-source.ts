// Several sources as one: a dataset's first source and those added by later versions. Each item's
// locator says which one it belongs to; a source is opened when its first item is asked for.
import { AppError } from '../../api/errors.ts'
import type { ItemSource, SourceDescription } from './item-source.ts'
import { splitLocator } from './locators.ts'

/** `open` opens one of `sources`. Their errors are those of the source an item belongs to. */
export async function joinSources(
  sources: readonly SourceDescription[],
  open: (source: SourceDescription) => Promise<ItemSource>
): Promise<ItemSource> {
  const opened = new Map<number, Promise<ItemSource>>()
  function sourceAt(number: number): Promise<ItemSource> {
    let source = opened.get(number)
    if (source === undefined) {
      const description = sources[number]
      if (description === undefined)
        throw new AppError('file-not-readable', 'The source of this item is not known any more.')
      source = open(description)
      opened.set(number, source)
      // One that could not be opened may be back the next time.
      source.catch(() => opened.delete(number))
    }
    return source
  }
  // Says at once that the originals are gone, as a single source does.
  await sourceAt(0)
  return {
    async readImageBytes(locator) {
      const { source, locator: own } = splitLocator(locator)
      return (await sourceAt(source)).readImageBytes(own)
    },
    async readPixels(locators, shape) {
      const each = shape.size * shape.size * shape.channels
      const pixels = new Uint8Array(locators.length * each)
      const failed: number[] = []
      for (const [number, places] of bySource(locators)) {
        const source = await sourceAt(number)
        const own = places.map((place) => splitLocator(locators[place]).locator)
        const read = await source.readPixels(own, shape)
        places.forEach((place, i) =>
          pixels.set(read.pixels.subarray(i * each, (i + 1) * each), place * each)
        )
        for (const i of read.failed) failed.push(places[i])
      }
      return { pixels, failed: failed.sort((a, b) => a - b) }
    },
    async originalFile(item) {
      const { source, locator } = splitLocator(item.locator)
      return (await sourceAt(source)).originalFile({ ...item, locator })
    },
    async close() {
      for (const source of opened.values()) await source.then((it) => it.close()).catch(() => {})
      opened.clear()
    }
  }
}

/** Places in the list, by the source their locator names. */
function bySource(locators: readonly string[]): Map<number, number[]> {
  const groups = new Map<number, number[]>()
  locators.forEach((locator, place) => {
    const { source } = splitLocator(locator)
    const group = groups.get(source)
    if (group === undefined) groups.set(source, [place])
    else group.push(place)
  })
  return groups
}
