// The language a page starts with, before the settings can be asked: what they said last on this
// computer, else what the system speaks. Words are chosen when they are loaded (text/language.ts),
// so that another language means the page loads again.
import type { Settings } from '@api/dto/settings.ts'
import { languages, spokenLanguage, type Language } from '../text/languages.ts'

const storedAs = 'winnow.language'

/** What `choice` means where the system wishes `wished`. */
export function languageOf(choice: Settings['language'], wished: readonly string[]): Language {
  return choice === 'system' ? spokenLanguage(wished) : choice
}

/** The language to start in. */
export function startingLanguage(): Language {
  let remembered: string | null = null
  try {
    remembered = localStorage.getItem(storedAs)
  } catch {
    // A browser may keep nothing at all; then the system decides.
  }
  const known = languages.find((language) => language === remembered)
  return languageOf(known ?? 'system', navigator.languages)
}

/** Keeps the choice for the next start. */
function remember(choice: Settings['language']): void {
  try {
    if (choice === 'system') localStorage.removeItem(storedAs)
    else localStorage.setItem(storedAs, choice)
  } catch {
    // As above.
  }
}

/**
 * Keeps the choice for the next start. True when the page speaks another language now and will
 * speak the chosen one once it is loaded again, which it would not where nothing can be kept.
 */
export function mustLoadAgain(choice: Settings['language'], spoken: Language): boolean {
  remember(choice)
  const wanted = languageOf(choice, navigator.languages)
  return wanted !== spoken && startingLanguage() === wanted
}
