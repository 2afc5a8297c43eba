// Words of the similarity map.
import * as en from './en/map.ts'
import { inLanguage } from './language.ts'

export const { map } = inLanguage(en)
