// Words used by components everywhere: buttons, states, empty and failed panels.
import * as de from './de/common.ts'
import * as en from './en/common.ts'
import { inLanguage } from './language.ts'

export const { common, jobStateWords, gallery } = inLanguage(en, { de })
