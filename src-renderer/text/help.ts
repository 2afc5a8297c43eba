// The offline help: how each screen works, and a glossary. The technical word for a thing may
// appear here, once, and nowhere else in the app.
import * as de from './de/help.ts'
import * as en from './en/help.ts'
import { inLanguage } from './language.ts'

export type { HelpGroup, HowTo, GlossaryEntry, HowToId } from './en/help.ts'

export const { help, howTos, glossary } = inLanguage(en, { de })
