// Words of the settings page.
import * as de from './de/settings.ts'
import * as en from './en/settings.ts'
import { inLanguage } from './language.ts'

export const { settingsText } = inLanguage(en, { de })
