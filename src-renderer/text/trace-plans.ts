// Words of planning a review, of what a queue of reviews came to, and of exporting it.
import * as de from './de/trace-plans.ts'
import * as en from './en/trace-plans.ts'
import { inLanguage } from './language.ts'

export const { reviewTemplates, planReview, queueReport, changeQuestions, traceExport } =
  inLanguage(en, { de })
