// A size for everything on a page that has no layout, so that long lists draw their rows, and items
// to fill them with.
import { vi } from 'vitest'
import type { ItemDetail } from '@api/dto/datasets.ts'
import type { GalleryItem, ItemSource, PictureSize } from './gallery-item.ts'
import type { LoadPage } from './paged-list.ts'

/** Gives every element this size for one test; `vi.restoreAllMocks` takes it back. */
export function giveSize(width: number, height: number): void {
  const sizes = {
    clientWidth: width,
    clientHeight: height,
    offsetWidth: width,
    offsetHeight: height
  } as const
  for (const [name, value] of Object.entries(sizes)) {
    vi.spyOn(HTMLElement.prototype, name as keyof typeof sizes, 'get').mockReturnValue(value) // keys of the literal
  }
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(function (
    this: HTMLElement
  ) {
    const [inside] = this.children
    return inside instanceof HTMLElement ? Number.parseFloat(inside.style.height) : height
  })
  // The page would scroll; here the list is told that it did.
  vi.spyOn(HTMLElement.prototype, 'scrollTo').mockImplementation(function (
    this: HTMLElement,
    ...given: unknown[]
  ) {
    const [options] = given
    const top =
      typeof options === 'object' && options !== null && 'top' in options ? Number(options.top) : 0
    this.scrollTop = top
    // As in a browser: the page scrolls at once and says so with the next frame.
    requestAnimationFrame(() => this.dispatchEvent(new Event('scroll')))
  })
}

/** An item of a list. */
export function itemOf(row: number, part: Partial<GalleryItem> = {}): GalleryItem {
  return {
    row,
    key: `k${row}`,
    name: `item ${row}`,
    label: row % 2 === 0 ? 'boot' : 'shoe',
    split: 'train',
    isAside: false,
    duplicateOf: null,
    text: `text of ${row}`,
    width: 28,
    height: 28,
    hasPicture: true,
    tags: [],
    hasNote: false,
    givenLabel: null,
    ...part
  }
}

/** Pages over `items`, read when asked, so that a test can change them. */
export function pagesOf(items: () => readonly GalleryItem[]): LoadPage<GalleryItem> {
  return async ({ first, limit }) => {
    const all = items()
    return { items: all.slice(first, first + limit), total: all.length }
  }
}

/** A source that notes which pictures were wanted. */
export function sourceOf(
  kind: ItemSource['kind'] = 'images'
): ItemSource & { readonly wanted: [readonly number[], PictureSize][] } {
  const wanted: [readonly number[], PictureSize][] = []
  return {
    kind,
    wanted,
    lease: () => ({
      want: (rows, size) => void wanted.push([rows, size]),
      get: () => null,
      dispose: () => undefined
    }),
    detail: async (row): Promise<ItemDetail> => ({
      item: itemOf(row),
      fingerprint: `f${row}`,
      sizeBytes: 10,
      fullText: `the whole text of ${row}`,
      values: {},
      note: '',
      chat: null,
      pictures: [],
      boxes: [],
      origin: `row ${row + 1}`,
      findings: []
    })
  }
}
