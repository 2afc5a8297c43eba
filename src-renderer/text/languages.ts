// The languages the app has words in, and which of them a person is spoken to in. Holds no words
// and looks at no document, so that the entry of the page can ask before words are loaded.

/** Languages with words of their own, by their BCP 47 tags. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** What each is called by those who speak it. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

/** The first of the wished tags ("de-AT", "fr") that the app speaks, else English. */
export function spokenLanguage(wished: readonly string[]): Language {
  for (const tag of wished) {
    const base = tag.toLowerCase().split('-')[0]
    const known = languages.find((language) => language === base)
    if (known !== undefined) return known
  }
  return 'en'
}
