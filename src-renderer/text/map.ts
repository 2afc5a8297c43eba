// Words of the similarity map.
import * as de from './de/map.ts'
import * as en from './en/map.ts'
import { inLanguage } from './language.ts'

export const { map } = inLanguage(en, { de })
