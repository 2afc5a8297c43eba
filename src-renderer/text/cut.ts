// Words of the items around the cut of a result: the last ones kept and the first ones left out.
import * as de from './de/cut.ts'
import * as en from './en/cut.ts'
import { inLanguage } from './language.ts'

export const { cutWords } = inLanguage(en, { de })
