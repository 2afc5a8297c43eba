// Reads the preview again as options change: after a short pause, with the old answer kept in sight,
// and never letting a slower answer to older options replace a newer one.
import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { ImportOptions, ImportPreview } from '@api/dto/datasets.ts'
import { useAdding } from '../../stores/adding.ts'
import { useDatasets } from '../../stores/datasets.ts'
import { describeProblem, type Problem } from '../../stores/problem.ts'

/** How long options must rest before the source is read again: a held arrow key is one change. */
export const restMs = 200

/** The preview of what is being added. */
export interface PreviewReading {
  /** The last answer; it stays while the next is on its way and when that fails. */
  readonly preview: Readonly<ShallowRef<ImportPreview | undefined>>
  /** Why the newest options could not be read. */
  readonly problem: Readonly<ShallowRef<Problem | undefined>>
  readonly isReading: Readonly<Ref<boolean>>
  /** True while `preview` answers other options than those in force. */
  readonly isStale: Readonly<Ref<boolean>>
  /** Back to the options `preview` was read with. */
  takeBack(): void
  /** Reads again with the same options. */
  again(): void
}

/** What of the options changes what is read; where it goes and how it is divided does not. */
function readKey(options: ImportOptions): string {
  const { as, delimiter, encoding, hasHeader, sheet, array, labelArray, roles } = options
  return JSON.stringify([as, delimiter, encoding, hasHeader, sheet, array, labelArray, roles])
}

/** Reads for as long as the component lives. */
export function usePreview(): PreviewReading {
  const adding = useAdding()
  const datasets = useDatasets()
  const preview = shallowRef<ImportPreview>()
  const problem = shallowRef<Problem>()
  const isReading = ref(false)
  const isStale = ref(false)
  let readWith: ImportOptions | undefined
  let number = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    const { grant, options } = adding
    if (grant === undefined) return
    const mine = ++number
    isReading.value = true
    try {
      const found = await datasets.preview(grant.id, options)
      if (mine !== number) return
      preview.value = found
      problem.value = undefined
      isStale.value = false
      readWith = options
      takeIn(found, options)
    } catch (thrown) {
      if (mine === number) problem.value = describeProblem(thrown)
    } finally {
      if (mine === number) isReading.value = false
    }
  }

  /** What follows from an answer: the best guesses, a name, and test items for undivided data. */
  function takeIn(found: ImportPreview, options: ImportOptions): void {
    if (Object.keys(options.roles).length === 0)
      adding.guesses = new Map(found.columns.map((column) => [column.name, column]))
    if (adding.name === '') adding.name = found.suggestedName
    // Without test items nothing can be proven, so undivided data gets some unless told otherwise.
    // Labels may show up only once a column is named as theirs.
    const isUndivided = found.splits.length === 0 && adding.options.split.kind === 'existing'
    if (isUndivided && found.classes.length > 0)
      adding.options = {
        ...adding.options,
        split: { kind: 'holdout', testFraction01: 0.2, seed: 0 }
      }
  }

  function drop(): void {
    clearTimeout(timer)
    // Whatever is still on its way answers an older question.
    number += 1
    isReading.value = false
  }
  watch(
    () => [adding.grant, readKey(adding.options)] as const,
    ([grant, key], before) => {
      drop()
      if (grant !== before?.[0]) {
        preview.value = undefined
        readWith = undefined
      }
      const isAsRead = readWith !== undefined && key === readKey(readWith)
      isStale.value = !isAsRead
      if (isAsRead || readWith === undefined) problem.value = undefined
      if (isAsRead || grant === undefined) return
      if (readWith === undefined) {
        void read()
        return
      }
      isReading.value = true
      timer = setTimeout(() => void read(), restMs)
    },
    { immediate: true }
  )
  onBeforeUnmount(drop)
  return {
    preview,
    problem,
    isReading,
    isStale,
    takeBack() {
      if (readWith === undefined) return
      const { split, storage } = adding.options
      adding.options = { ...readWith, split, storage }
    },
    again: () => void read()
  }
}
