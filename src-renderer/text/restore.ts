// Words of backups and what a project can be brought back to.
import * as de from './de/restore.ts'
import * as en from './en/restore.ts'
import { inLanguage } from './language.ts'

export const { restoreText } = inLanguage(en, { de })
