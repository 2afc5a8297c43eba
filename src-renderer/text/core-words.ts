// Sentences that the core makes reach the window in English. Those that have a translation are
// looked up here by what they say: the whole sentence, or its form with names and figures in it.
// What is not found stays English, as it does where it would be half one and half the other.
import type { ValidationMessage } from '@api/dto/common.ts'
import { tags as deTags } from './de/core/traces.ts'
import { language } from './language.ts'
import type { Language } from './languages.ts'

/** Sentences of the core in another language. */
export interface CoreWords {
  /** English to the other language, word for word. */
  readonly sentences: Readonly<Record<string, string>>
  /**
   * Sentences with something in them, English and the other language: `{name}` is any text, but not
   * past the end of a sentence where it has no quotation marks, and stays as it is, `{#figure}` is a figure, with a unit of size if it has one, and is written as the other language
   * does; `{@things}` is a figure, a word or a sentence that is itself among these; `{*things}` is several
   * with commas between. `[is|are]` is either, and `[is]` what the core puts in from elsewhere.
   */
  readonly forms: readonly (readonly [string, string])[]
}

/** Loaded for pages of that language alone: they are as large as the rest of the window. */
const others: Readonly<Partial<Record<Language, () => Promise<CoreWords>>>> = {
  de: () => import('./de/core.ts')
}
const hole = /\{([#@*]?)(\w+)\}/g
/** A figure by itself, in the place of a word. */
const bareFigure = /^[-+−±\d.,]*\d(?: (?:[KMGT]B|%))?$/
/** Sentences kept as they were looked up; a page says the same few again and again. */
const mostKept = 5000
/** Sentences that a form may hold. */
const mostTogether = 4

/** A form as a pattern, with the names of its holes in their order. */
function patternOf(form: string): { pattern: RegExp; names: string[] } {
  const names: string[] = []
  const source = form
    .split(/(\{[#@*]?\w+\}|\[[^\]]+\])/)
    .map((part, index, parts) => {
      const found = /^\{([#@*]?)(\w+)\}$/.exec(part)
      if (found !== null) {
        names.push(found[2] ?? '')
        if (found[1] === '#') return String.raw`([-+−±\d.,]*\d(?: [KMGT]B)?)`
        const isName = found[1] === '' && !/[“‘"]$/.test(parts[index - 1] ?? '')
        return isName ? String.raw`((?:(?![.?] [A-Z“]).)+?)` : '(.+?)'
      }
      const escaped = part.replaceAll(/[.*+?^${}()\\]/g, String.raw`\$&`)
      return part.startsWith('[')
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
        const things = (mark === '*' ? value.split(', ') : [value]).map((thing) =>
          bareFigure.test(thing) ? figure(thing) : one(thing)
        )
        isWhole &&= !things.includes(undefined)
        return things.join(', ')
      })
      if (isWhole) return said
    }
    return undefined
  }
  const whole = (sentence: string): string => {
    const found = one(sentence)
    if (found !== undefined) return found
    return inParts(sentence.split(/(?<=[.?:]) (?=[A-Z“‘\d])/u)) ?? sentence
  }
  /** Sentences one after the other; some stand together under one translation, the longest first. */
  const inParts = (parts: readonly string[]): string | undefined => {
    for (let count = Math.min(parts.length, mostTogether); count > 0; count -= 1) {
      const first = one(parts.slice(0, count).join(' '))
      if (first === undefined) continue
      if (count === parts.length) return first
      const rest = inParts(parts.slice(count))
      if (rest !== undefined) return `${first} ${rest}`
    }
    return undefined
  }
  const kept = new Map<string, string>()
  return (sentence) => {
    const known = kept.get(sentence)
    if (known !== undefined) return known
    const said = whole(sentence)
    if (kept.size >= mostKept) kept.clear()
    kept.set(sentence, said)
    return said
  }
}

const words = await others[language]?.()
const speak = words === undefined ? undefined : coreSpeaker(words)

/** Messages about a plan, with their buttons, in the language of the page. */
export function messagesInWords(messages: readonly ValidationMessage[]): ValidationMessage[] {
  if (speak === undefined) return [...messages]
  return messages.map((message) => ({
    ...message,
    text: speak(message.text),
    actions: message.actions.map((action) => ({ ...action, label: speak(action.label) })),
    ...(message.details === undefined
      ? {}
      : // The lines are names and ids of the data, which a sentence may look like by chance.
        { details: { ...message.details, label: speak(message.details.label) } })
  }))
}

/** A sentence of the core in the language of the page, where there is a translation. */
export function coreWords(sentence: string): string {
  return speak === undefined ? sentence : speak(sentence)
}

const tags: Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>> = { de: deTags }

/**
 * A tag of a trace in the language of the page. Only tags that the app offers are translated, and only where
 * they are shown: what is stored stays as it is, and so do the tags that reviewers make themselves.
 */
export function tagWords(tag: string): string {
  const known = tags[language]
  return known !== undefined && Object.hasOwn(known, tag) ? (known[tag] ?? tag) : tag
}
