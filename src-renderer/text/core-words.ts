// Sentences that the core makes reach the window in English. Those that have a translation are
// looked up here by what they say: the whole sentence, or its form with names and figures in it.
// What is not found stays English, as it does where it would be half one and half the other.
import type { ValidationMessage } from '@api/dto/common.ts'
import * as de from './de/core.ts'
import { language } from './language.ts'
import type { Language } from './languages.ts'

/** Sentences of the core in another language. */
export interface CoreWords {
  /** English to the other language, word for word. */
  readonly sentences: Readonly<Record<string, string>>
  /**
   * Sentences with something in them, English and the other language: `{name}` is any text and stays
   * as it is, `{#figure}` is a figure, with a unit of size if it has one, and is written as the other language
   * does; `{@things}` is a word that is itself one of the sentences. `[is|are]` is either.
   */
  readonly forms: readonly (readonly [string, string])[]
}

const others: Readonly<Partial<Record<Language, CoreWords>>> = { de }
const hole = /\{([#@]?)(\w+)\}/g

/** A form as a pattern, with the names of its holes in their order. */
function patternOf(form: string): { pattern: RegExp; names: string[] } {
  const names: string[] = []
  const source = form
    .split(/(\{[#@]?\w+\}|\[[^\]]*\|[^\]]*\])/)
    .map((part) => {
      const found = /^\{([#@]?)(\w+)\}$/.exec(part)
      if (found !== null) {
        names.push(found[2] ?? '')
        return found[1] === '#' ? String.raw`([-+−±\d.,]*\d(?: [KMGT]B)?)` : '(.+?)'
      }
      const escaped = part.replaceAll(/[.*+?^${}()\\]/g, String.raw`\$&`)
      return part.startsWith('[') && part.includes('|')
        ? `(?:${escaped.slice(1, -1)})`
        : escaped.replaceAll(/[[\]|]/g, String.raw`\$&`)
    })
    .join('')
  return { pattern: new RegExp(`^${source}$`, 'u'), names }
}

/** Commas for points and points for commas: 12,400.5 becomes 12.400,5. */
function figure(text: string): string {
  return text.replaceAll(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'))
}

/** A way to look sentences up in one language's words. */
export function coreSpeaker(words: CoreWords): (sentence: string) => string {
  const sentences = new Map(Object.entries(words.sentences))
  const forms = words.forms.map(([english, other]) => ({ ...patternOf(english), other }))
  const one = (text: string): string | undefined => {
    const known = sentences.get(text)
    if (known !== undefined) return known
    for (const { pattern, names, other } of forms) {
      const found = pattern.exec(text)
      if (found === null) continue
      let isWhole = true
      const said = other.replaceAll(hole, (_, mark: string, name: string) => {
        const value = found[names.indexOf(name) + 1] ?? ''
        if (mark === '#') return figure(value)
        if (mark === '') return value
        const word = sentences.get(value)
        isWhole &&= word !== undefined
        return word ?? value
      })
      if (isWhole) return said
    }
    return undefined
  }
  return (sentence) => {
    const whole = one(sentence)
    if (whole !== undefined) return whole
    const parts = sentence.split(/(?<=[.?:]) (?=[A-Z“])/u)
    if (parts.length < 2) return sentence
    const said = parts.map(one)
    return said.includes(undefined) ? sentence : said.join(' ')
  }
}

const words = others[language]
const speak = words === undefined ? undefined : coreSpeaker(words)

/** Messages about a plan, with their buttons, in the language of the page. */
export function messagesInWords(messages: readonly ValidationMessage[]): ValidationMessage[] {
  if (speak === undefined) return [...messages]
  return messages.map((message) => ({
    ...message,
    text: speak(message.text),
    actions: message.actions.map((action) => ({ ...action, label: speak(action.label) }))
  }))
}

/** A sentence of the core in the language of the page, where there is a translation. */
export function coreWords(sentence: string): string {
  return speak === undefined ? sentence : speak(sentence)
}
