// What parts of the review screen share: carrying out commands, the keys in force, and which events
// the reviewer unfolded.
import { computed, inject, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { useConnection } from '../../../stores/connection.ts'
import { useSettings } from '../../../stores/settings.ts'
import {
  keyLabel,
  keysWith,
  type ReviewCommand,
  type ReviewKeys
} from '../../../stores/trace-review-keys.ts'
import type { Enclosures } from './event-pictures.ts'

/** Carries out a command of the review. */
export const runCommandKey: InjectionKey<(command: ReviewCommand) => void> = Symbol('run command')

/** What the reviewer folded or unfolded, by name; kept while rows come and go. */
export const foldsKey: InjectionKey<Map<string, boolean>> = Symbol('folds')

/** Pictures and pages of the attempt that is open. */
export const enclosuresKey: InjectionKey<Readonly<Ref<Enclosures | undefined>>> =
  Symbol('enclosures')

/** Carries out commands in a part of the screen; does nothing outside it. */
export function useRunCommand(): (command: ReviewCommand) => void {
  return inject(runCommandKey, () => undefined)
}

/** The keys in force, and how each is written. */
export function useReviewKeyMap(): {
  readonly keys: ComputedRef<ReviewKeys>
  label(command: ReviewCommand): string
} {
  const settings = useSettings()
  const connection = useConnection()
  const keys = computed(() => keysWith(settings.settings.reviewKeys))
  return {
    keys,
    label: (command) => keyLabel(keys.value[command], connection.host?.platform === 'darwin')
  }
}
