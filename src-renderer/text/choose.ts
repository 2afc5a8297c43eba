// Words of "Choose the best part of my data".
import * as de from './de/choose.ts'
import * as en from './en/choose.ts'
import { inLanguage } from './language.ts'

export const { choose } = inLanguage(en, { de })
