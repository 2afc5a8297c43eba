// Words of what belongs together: learning, what it is worth, groups of one picture, parts.
import * as de from './de/groups.ts'
import * as en from './en/groups.ts'
import { inLanguage } from './language.ts'

export const { groups } = inLanguage(en, { de })
