// Words of the one list of changes.
import * as de from './de/changes.ts'
import * as en from './en/changes.ts'
import { inLanguage } from './language.ts'

export const { changes } = inLanguage(en, { de })
