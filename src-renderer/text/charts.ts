// Words of charts: titles that say the finding, axis names, table headings, summaries.
import * as de from './de/charts.ts'
import * as en from './en/charts.ts'
import { inLanguage } from './language.ts'

export type { MeasureWords } from './en/charts.ts'

export const { setNames, charts, liveMeasures, otherMeasure } = inLanguage(en, { de })
