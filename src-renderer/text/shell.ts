// Words of the frame: navigation, top bar, status line, connection pages, keyboard sheet.
import * as de from './de/shell.ts'
import * as en from './en/shell.ts'
import { inLanguage } from './language.ts'

export type { KeyHelp } from './en/shell.ts'

export const { shell, keyHelp } = inLanguage(en, { de })
