// Words of expanding a small set: choosing pictures, settings, looking through what was made, measuring.
import * as de from './de/expand.ts'
import * as en from './en/expand.ts'
import { inLanguage } from './language.ts'

export const { expand } = inLanguage(en, { de })
