// Words of the first page and of the project's home.
import * as de from './de/home.ts'
import * as en from './en/home.ts'
import { inLanguage } from './language.ts'

export const { firstRun, home } = inLanguage(en, { de })
