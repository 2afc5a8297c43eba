// Words of the settings page.
import * as en from './en/settings.ts'
import { inLanguage } from './language.ts'

export const { settingsText } = inLanguage(en)
