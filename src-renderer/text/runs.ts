// Words of runs: the list, the page of a run under way, its result, export, comparison.
import * as de from './de/runs.ts'
import * as en from './en/runs.ts'
import { inLanguage } from './language.ts'

export const { runs, run, result, exporting, compare } = inLanguage(en, { de })
