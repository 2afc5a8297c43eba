// Words of number files computed elsewhere and joined to a dataset.
import * as de from './de/matrices.ts'
import * as en from './en/matrices.ts'
import { inLanguage } from './language.ts'

export const { matrices } = inLanguage(en, { de })
