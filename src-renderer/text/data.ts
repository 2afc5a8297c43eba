// Words of the data screens: list, adding, dataset page.
import * as en from './en/data.ts'
import { inLanguage } from './language.ts'

export const { data, dataset, browser } = inLanguage(en)
