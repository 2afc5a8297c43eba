// Words of the item page: its picture, text or conversation, its facts and marks, and items like it.
import * as de from './de/item.ts'
import * as en from './en/item.ts'
import { inLanguage } from './language.ts'

export const { itemWords } = inLanguage(en, { de })
