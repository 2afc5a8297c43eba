// Words of playing pages: which pages, who plays, how attempts went.
import * as de from './de/trace-runner.ts'
import * as en from './en/trace-runner.ts'
import { inLanguage } from './language.ts'

export const { traceRunner } = inLanguage(en, { de })
