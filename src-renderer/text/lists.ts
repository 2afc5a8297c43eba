// Words of lists of items made elsewhere.
import * as de from './de/lists.ts'
import * as en from './en/lists.ts'
import { inLanguage } from './language.ts'

export const { lists } = inLanguage(en, { de })
