// Words of the check: its models, and its part of the result page.
import * as de from './de/check.ts'
import * as en from './en/check.ts'
import { inLanguage } from './language.ts'

export const { checkModels, checkTab } = inLanguage(en, { de })
