// Which language the app speaks. The entry of the page (app/main.ts) writes it on the document
// before any words are loaded, and words are chosen once, when their file is: a change of language
// loads the page again. Each file beside this one holds words in every language, from en/ and de/.

/** Languages with words of their own, by their BCP 47 tags. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** The first of the wished tags ("de-AT", "fr") that the app speaks, else English. */
export function spokenLanguage(wished: readonly string[]): Language {
  for (const tag of wished) {
    const base = tag.toLowerCase().split('-')[0]
    const known = languages.find((language) => language === base)
    if (known !== undefined) return known
  }
  return 'en'
}

/** The language of this page. */
export const language: Language =
  typeof document === 'undefined' ? 'en' : spokenLanguage([document.documentElement.lang])

/**
 * The type that the words of another language have: the same names and the same functions, with
 * any sentences. Names that the code looks at (a piece of help's `id` and `group`) stay what they are.
 */
export type Words<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Made
    ? (...given: Given) => Words<Made>
    : T extends object
      ? { readonly [K in keyof T]: K extends 'id' | 'see' | 'group' | 'how' | 'needs' ? T[K] : Words<T[K]> }
      : T

/** The words of this page's language; of English where a file was not given others. */
export function inLanguage<T extends object>(
  en: T,
  others: { readonly [K in Exclude<Language, 'en'>]?: Words<T> } = {}
): Words<T> {
  return language === 'en' ? (en as Words<T>) : (others[language] ?? (en as Words<T>))
}
