// What a screen does with the selected items of a dataset: asks where it should, makes the change as
// a step that can be taken back, and lets go of the selection where it has served.
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { noFilter } from '@api/dto/browse.ts'
import type { DatasetSummary } from '@api/dto/datasets.ts'
import type { EditChange } from '@api/dto/edits.ts'
import { noneSelected, scopeOf, selectedCount } from '../../components/item-selection.ts'
import { useBrowse, type BrowseState } from '../../stores/browse.ts'
import { useEdits } from '../../stores/edits.ts'
import { useSettings } from '../../stores/settings.ts'
import { useToasts } from '../../stores/toasts.ts'

/** Kinds of changes that ask for a word first. */
export type AskedKind = 'tag' | 'label' | 'note'

/** Changes to the selection. */
export interface ItemActions {
  readonly count: ComputedRef<number>
  readonly isBusy: Ref<boolean>
  /** The word that is being asked for. */
  readonly asked: Ref<AskedKind | undefined>
  /** Tags of the whole dataset, once a tag is asked for. */
  readonly tags: Ref<readonly string[]>
  /** Many items are about to be set aside and the analyst is asked. */
  readonly isConfirming: Ref<boolean>
  change(change: EditChange): Promise<void>
  /** Goes on after the question. */
  confirm(): Promise<void>
  ask(kind: AskedKind): void
}

/** Makes the actions of one list of items. */
export function useItemActions(
  summary: () => DatasetSummary,
  state: BrowseState,
  total: () => number | undefined
): ItemActions {
  const browse = useBrowse()
  const edits = useEdits()
  const settings = useSettings()
  const toasts = useToasts()
  const count = computed(() => selectedCount(state.selection, total() ?? 0))
  const isBusy = ref(false)
  const asked = ref<AskedKind>()
  const tags = ref<readonly string[]>([])
  const isConfirming = ref(false)

  async function apply(change: EditChange): Promise<void> {
    const dataset = summary().id
    const selection = state.selection
    isBusy.value = true
    isConfirming.value = false
    asked.value = undefined
    await toasts.attempt(async () => {
      const done = await edits.apply(dataset, scopeOf(selection, state.filter), change)
      // Tags and notes leave the items in the list; the others may take them out of it.
      const isLeaving = change.kind !== 'tag' && change.kind !== 'note'
      if (done !== undefined && isLeaving && state.selection === selection)
        state.selection = noneSelected
    })
    isBusy.value = false
  }
  return {
    count,
    isBusy,
    asked,
    tags,
    isConfirming,
    async change(change) {
      if (isBusy.value || count.value === 0) return
      const isMany = count.value > settings.settings.confirmSetAsideOver
      if (change.kind === 'aside' && change.aside && isMany) isConfirming.value = true
      else await apply(change)
    },
    confirm: () => apply({ kind: 'aside', aside: true }),
    ask(kind) {
      asked.value = kind
      if (kind !== 'tag') return
      void browse
        .facets(summary().id, { ...noFilter, aside: 'show' })
        .then((facets) => (tags.value = facets.tags.map(({ value }) => value)))
        .catch(toasts.showProblem)
    }
  }
}
