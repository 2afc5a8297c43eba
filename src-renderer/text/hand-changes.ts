// Words of changes by hand to a result, of swapping items, and of the coverage of a chosen set.
import * as de from './de/hand-changes.ts'
import * as en from './en/hand-changes.ts'
import { inLanguage } from './language.ts'

export const { handChanges, swapping, evidenceWords, coverage, findings } = inLanguage(en, { de })
