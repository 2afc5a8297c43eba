// Words of the data screens: list, adding, dataset page.
import * as de from './de/data.ts'
import * as en from './en/data.ts'
import { inLanguage } from './language.ts'

export const { data, dataset, browser } = inLanguage(en, { de })
