// Full-text search over the help: how-to pieces, glossary and method pages. Every word has to be
// found somewhere in an entry; where it is found decides the order.
import { glossary, howTos } from '../../text/help.ts'
import { language } from '../../text/language.ts'
import { blockTexts, type MethodPage } from './page-blocks.ts'

/** Which entry of the help. */
export interface HelpRef {
  readonly kind: 'topic' | 'term' | 'page'
  readonly id: string
}

/** An entry as the search sees it. */
export interface HelpEntry extends HelpRef {
  readonly title: string
  /** Other names it goes by. */
  readonly alias: string
  readonly lines: readonly string[]
}

/** An entry that was found, with the line that shows why. */
export interface HelpHit {
  readonly entry: HelpEntry
  readonly line: string
}

/** Letters shown of a line. */
const lineLength = 150
/** Most entries listed for one search. */
const most = 40

/** All entries; method pages once they are loaded. */
export function helpEntries(pages: readonly MethodPage[]): HelpEntry[] {
  return [
    ...howTos.map(({ id, title, text }) => ({
      kind: 'topic' as const,
      id,
      title,
      alias: '',
      lines: text
    })),
    ...glossary.map(({ id, title, text, technical }) => ({
      kind: 'term' as const,
      id,
      title,
      alias: technical ?? '',
      lines: [text, technical ?? '']
    })),
    ...pages.map((page) => ({
      kind: 'page' as const,
      id: page.id,
      title: page.title,
      alias: '',
      lines: blockTexts(page.blocks)
    }))
  ]
}

/** The words of a search, in small letters. */
export function searchWords(text: string): string[] {
  return [...new Set(text.toLowerCase().split(/[\s,;]+/))].filter((word) => word !== '')
}

/** Entries in which every word is found, best first; none for an empty search. */
export function searchHelp(entries: readonly HelpEntry[], text: string): HelpHit[] {
  const words = searchWords(text)
  if (words.length === 0) return []
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.entry.title.localeCompare(b.entry.title, language))
    .slice(0, most)
    .map(({ entry }) => ({ entry, line: bestLine(entry.lines, words) }))
}

/** Screens and words come before pages for people who know the field. */
const kindWeight = { term: 1.2, topic: 1.1, page: 1 } as const

function scoreOf(entry: HelpEntry, words: readonly string[]): number {
  let score = 0
  for (const word of words) {
    const found = wordScore(entry, word)
    if (found === 0) return 0
    score += found
  }
  return score * kindWeight[entry.kind]
}

function wordScore(entry: HelpEntry, word: string): number {
  const title = entry.title.toLowerCase()
  if (title.startsWith(word)) return 12
  if (title.includes(word)) return 8
  if (entry.alias.toLowerCase().includes(word)) return 6
  const hits = entry.lines.filter((line) => line.toLowerCase().includes(word)).length
  return hits === 0 ? 0 : 1 + Math.min(hits, 5) / 5
}

/** The line with most of the words, cut around the first of them. */
function bestLine(lines: readonly string[], words: readonly string[]): string {
  const count = (line: string): number =>
    words.filter((word) => line.toLowerCase().includes(word)).length
  let best = lines[0] ?? ''
  for (const line of lines) if (count(line) > count(best)) best = line
  return cutAround(best, words)
}

function cutAround(line: string, words: readonly string[]): string {
  if (line.length <= lineLength) return line
  const places = words.map((word) => line.toLowerCase().indexOf(word)).filter((at) => at >= 0)
  const first = places.length === 0 ? 0 : Math.min(...places)
  const wanted = Math.max(0, Math.min(first - 40, line.length - lineLength))
  const from = wanted === 0 ? 0 : line.indexOf(' ', wanted) + 1
  const part = line.slice(from, from + lineLength)
  const end = from + part.length < line.length ? part.lastIndexOf(' ') : part.length
  return `${from > 0 ? '… ' : ''}${part.slice(0, end)}${end < part.length ? ' …' : ''}`
}

/** A text in parts, the searched words apart. */
export function markedParts(
  text: string,
  words: readonly string[]
): { readonly text: string; readonly isHit: boolean }[] {
  const small = text.toLowerCase()
  // Some letters change their length with their case; then nothing can be cut out safely.
  if (words.length === 0 || small.length !== text.length) return [{ text, isHit: false }]
  const parts: { text: string; isHit: boolean }[] = []
  let from = 0
  for (;;) {
    let at = -1
    let length = 0
    for (const word of words) {
      const found = small.indexOf(word, from)
      if (found === -1 || (at !== -1 && (found > at || (found === at && word.length <= length))))
        continue
      at = found
      length = word.length
    }
    if (at === -1) break
    if (at > from) parts.push({ text: text.slice(from, at), isHit: false })
    parts.push({ text: text.slice(at, at + length), isHit: true })
    from = at + length
  }
  if (from < text.length) parts.push({ text: text.slice(from), isHit: false })
  return parts
}
