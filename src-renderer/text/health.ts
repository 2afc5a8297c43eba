// Words of data health: the check, its findings, going through them one by one, and the strip on
// Home.
import * as de from './de/health.ts'
import * as en from './en/health.ts'
import { inLanguage } from './language.ts'

export const { health, review, strip } = inLanguage(en, { de })
