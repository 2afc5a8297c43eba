// Words of "What does it teach?": what a finished tiny set carries, in six panels.
import * as de from './de/tiny-analysis.ts'
import * as en from './en/tiny-analysis.ts'
import { inLanguage } from './language.ts'

export const { tinyAnalysis, tinyCompare } = inLanguage(en, { de })
