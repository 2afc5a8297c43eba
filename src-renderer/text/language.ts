// Which language the app speaks. The entry of the page (app/main.ts) writes it on the document
// before any words are loaded, and words are chosen once, when their file is: a change of language
// loads the page again. Each file beside this one holds words in every language, from en/ and de/.
import { spokenLanguage, type Language } from './languages.ts'

/** The language of this page. */
export const language: Language =
  typeof document === 'undefined' ? 'en' : spokenLanguage([document.documentElement.lang])

/** Where the person lives, as far as it goes with the language: dates are written as they are there. */
export const region: string =
  (typeof navigator === 'undefined' ? [] : navigator.languages).find(
    (tag) => tag.toLowerCase().split('-')[0] === language
  ) ?? language

/** Keys that may hold a name the code looks at; what they hold then begins with a small letter. */
type NameKey = 'id' | 'see' | 'group' | 'how' | 'needs'

/** True of a text that is a name for the code, as `variety`, and not words, as `Keep together`. */
type IsName<T> = T extends string
  ? string extends T
    ? false
    : T extends Uncapitalize<T>
      ? T extends `${string} ${string}`
        ? false
        : true
      : false
  : false

/**
 * The type that the words of another language have: the same names and the same functions, with
 * any sentences. Names that the code looks at (a piece of help's `id` and `group`) stay what they are.
 */
export type Words<T> = T extends string
  ? string
  : T extends (...given: infer Given) => infer Made
    ? (...given: Given) => Words<Made>
    : T extends object
      ? { readonly [K in keyof T]: K extends NameKey ? Named<T[K]> : Words<T[K]> }
      : T

/** What a key of names holds: a name, several, or words after all. */
type Named<T> = [T] extends [string | undefined]
  ? [IsName<NonNullable<T>>] extends [true]
    ? T
    : Words<T>
  : T extends readonly unknown[] | undefined
    ? T
    : Words<T>

/** The words of this page's language. A language without words for a file cannot be forgotten. */
export function inLanguage<T extends object>(
  en: T,
  others: { readonly [K in Exclude<Language, 'en'>]: Words<T> }
): Words<T> {
  return language === 'en' ? (en as Words<T>) : others[language]
}
