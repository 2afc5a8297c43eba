// Words of the screen on which one attempt of an agent is reviewed.
import * as de from './de/trace-review.ts'
import * as en from './en/trace-review.ts'
import { inLanguage } from './language.ts'

export const {
  review,
  stepList,
  transcript,
  tree,
  rubric,
  suggestion,
  reviewModel,
  tries,
  correction,
  siblings,
  commandWords,
  reviewKeys
} = inLanguage(en, { de })
