// Words of "Make a tiny training set": its wizard, its run under way, and its result.
import * as de from './de/distil.ts'
import * as en from './en/distil.ts'
import { inLanguage } from './language.ts'

export const { armNames, armName, tiny, tinyRun, tinyAdvice, tinyResult } = inLanguage(en, { de })
