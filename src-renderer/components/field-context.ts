// How a WField hands its ids to the control inside it, so that labels, help and errors are always
// connected without every screen repeating ids.
import { inject, type ComputedRef, type InjectionKey } from 'vue'

/** Ids and state of the surrounding field. */
export interface FieldContext {
  readonly id: string
  readonly labelId: string
  readonly describedBy: ComputedRef<string | undefined>
  readonly isInvalid: ComputedRef<boolean>
}

/** Provided by WField. */
export const fieldKey: InjectionKey<FieldContext> = Symbol('field')

/** The surrounding field, or undefined when a control stands alone. */
export function useField(): FieldContext | undefined {
  return inject(fieldKey, undefined)
}

/** Opens the help drawer at a topic; provided by the app shell. */
export const openHelpKey: InjectionKey<(topic?: string) => void> = Symbol('open-help')
