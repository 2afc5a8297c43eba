// Words of recipes: settings kept under a name, and what of them does not fit other data.
import * as de from './de/recipes.ts'
import * as en from './en/recipes.ts'
import { inLanguage } from './language.ts'

export const { recipes } = inLanguage(en, { de })
