// A few items of each of the first labels of a dataset: examples to show a kind of set with.
import { shallowRef, watch, type ShallowRef } from 'vue'
import { noFilter } from '@api/dto/browse.ts'
import { useDatasets } from '../../stores/datasets.ts'

/** Labels shown, and items of each. */
const shownLabels = 3
const itemsEach = 4

/** Rows by label; empty until they are read, and where the dataset has no pictures. */
export function useExampleRows(
  dataset: () => string
): Readonly<ShallowRef<readonly (readonly number[])[]>> {
  const datasets = useDatasets()
  const rows = shallowRef<readonly (readonly number[])[]>([])

  async function rowsOf(id: string, label: string, count: number): Promise<number[]> {
    const load = datasets.itemPages(id, { ...noFilter, labels: [label] })
    // From the middle: files at the ends of a list are more often unlike the others.
    const first = Math.floor(Math.max(0, count - itemsEach) / 2)
    const { items } = await load({ first, limit: itemsEach })
    return items.map((item) => item.row)
  }
  watch(
    () => datasets.find(dataset()),
    async (summary) => {
      rows.value = []
      if (summary?.kind !== 'images') return
      const labels = summary.classes.slice(0, shownLabels)
      // Examples only: without them the cards still say everything.
      const found = await Promise.all(
        labels.map(({ name, count }) => rowsOf(summary.id, name, count))
      ).catch(() => [])
      if (summary.id === dataset()) rows.value = found.filter((list) => list.length > 0)
    },
    { immediate: true }
  )
  return rows
}
