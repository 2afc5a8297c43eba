// From a selection in a gallery to its items: read again page by page, because a selection of
// everything may never have been on the screen.
import { ref, type Ref } from 'vue'
import type { GalleryItem } from '../../components/gallery-item.ts'
import { isSelected, type ItemSelection } from '../../components/item-selection.ts'
import type { LoadPage } from '../../components/paged-list.ts'
import { handChanges as words } from '../../text/hand-changes.ts'
import { formatNumber } from '../../text/format.ts'

/** Items of one request. */
const pageSize = 1000
/** Items changed by hand at once, at most: what one request to the app may name. */
export const mostItems = 100_000

/** Reads the selected items of the list that `pages` loads. */
export function useSelectedItems(pages: () => LoadPage<GalleryItem>): {
  readonly isReading: Readonly<Ref<boolean>>
  /** Throws an Error in words for people when there are too many. */
  read(selection: ItemSelection): Promise<readonly GalleryItem[]>
} {
  const isReading = ref(false)
  async function read(selection: ItemSelection): Promise<readonly GalleryItem[]> {
    const load = pages()
    const found: GalleryItem[] = []
    isReading.value = true
    try {
      for (let first = 0, total = Infinity; first < total; first += pageSize) {
        const page = await load({ first, limit: pageSize })
        total = page.total
        found.push(...page.items.filter((item) => isSelected(selection, item.row)))
        if (!selection.isAll && found.length === selection.rows.size) break
        if (found.length > mostItems) throw new Error(words.tooMany(formatNumber(mostItems)))
      }
      return found
    } finally {
      isReading.value = false
    }
  }
  return { isReading, read }
}
