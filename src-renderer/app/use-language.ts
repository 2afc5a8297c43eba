// Keeps the page in the language of the settings, whoever changed them: when they differ from what
// the page was started with, it is loaded again, after what is being planned was saved.
import { watch } from 'vue'
import { useTinyDraft } from '../stores/distil-draft.ts'
import { useDraft } from '../stores/draft.ts'
import { useSettings } from '../stores/settings.ts'
import { language } from '../text/language.ts'
import { bringBack, putAway } from './carry-over.ts'
import { mustLoadAgain } from './language.ts'

/** Follows the settings. Call once, in the app's root. */
export function useLanguage(loadAgain = (): void => location.reload()): void {
  const store = useSettings()
  const plans = [useDraft(), useTinyDraft()]
  bringBack()
  watch(
    () => [store.settings.language, store.isLoaded && !store.isChanging] as const,
    async ([choice, isSaid]) => {
      // A change that is still on its way may be refused, and a page that goes would cut it off.
      if (!isSaid || !mustLoadAgain(choice, language)) return
      await Promise.allSettled(plans.map((plan) => plan.flush()))
      putAway()
      loadAgain()
    },
    { immediate: true }
  )
}
