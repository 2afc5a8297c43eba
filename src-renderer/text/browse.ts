// Words of browsing a dataset: filters and their chips, order, selection, changes, saved views.
import * as de from './de/browse.ts'
import * as en from './en/browse.ts'
import { inLanguage } from './language.ts'

export const { browse } = inLanguage(en, { de })
