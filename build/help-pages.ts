// Turns the method pages in docs/methods into data for the help drawer. The page that shows them
// makes text nodes of it, so nothing written in a document can become part of the app.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MethodPage, PageBlock, PagePart } from '../src-renderer/views/help/page-blocks.ts'

/** Name under which the renderer imports the pages. */
export const helpPagesModule = 'virtual:help-pages'

/** The part of a bundler's plugin that this one is. */
export interface PagesPlugin {
  readonly name: string
  resolveId(id: string): string | undefined
  load(this: { addWatchFile?: (path: string) => void } | undefined, id: string): string | undefined
}

/** Hands the pages below `root` to the renderer. */
export function helpPages(root: string): PagesPlugin {
  const folder = join(root, 'docs', 'methods')
  const resolved = `\0${helpPagesModule}`
  return {
    name: 'winnow-help-pages',
    resolveId: (id) => (id === helpPagesModule ? resolved : undefined),
    load(id) {
      if (id !== resolved) return undefined
      for (const file of pageFiles(folder)) this?.addWatchFile?.(join(folder, file))
      // One text that is parsed is read faster than the same written as code.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(readPages(folder)))})`
    }
  }
}

/** All pages of a folder, by the name of their file. */
export function readPages(folder: string): MethodPage[] {
  return pageFiles(folder).map((file) =>
    parsePage(file.slice(0, -'.md'.length), readFileSync(join(folder, file), 'utf8'))
  )
}

function pageFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .sort()
}

/** Reads one page: its first heading is the title. */
export function parsePage(id: string, markdown: string): MethodPage {
  const lines = markdown.replaceAll('\r\n', '\n').split('\n')
  const first = lines.findIndex((line) => line.startsWith('# '))
  if (first === -1) throw new Error(`the page ${id} has no title`)
  const title = lines[first]?.slice(2).trim() ?? ''
  return { id, title, blocks: parseBlocks(lines.slice(first + 1)) }
}

const headingLine = /^(#{1,6}) +(.*)$/
const bulletLine = /^( {0,3})([-*+]|\d{1,9}[.)])( +)(?=\S)/
const fenceLine = /^ {0,3}(```+|~~~+)/
const dividerLine = /^\|?(?: *:?-+:? *\|)+ *(?::?-+:?)? *$/

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === ''
}

function parseBlocks(lines: readonly string[]): PageBlock[] {
  const blocks: PageBlock[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (isBlank(line)) {
      at++
      continue
    }
    const { block, next } = readBlock(lines, at, line)
    blocks.push(block)
    at = next
  }
  return blocks
}

interface Read {
  readonly block: PageBlock
  /** The line after it. */
  readonly next: number
}

function readBlock(lines: readonly string[], at: number, line: string): Read {
  const heading = headingLine.exec(line)
  if (heading !== null) {
    const parts = parseParts(heading[2] ?? '')
    return {
      block: { kind: 'heading', level: (heading[1] ?? '').length <= 2 ? 2 : 3, parts },
      next: at + 1
    }
  }
  const fence = fenceLine.exec(line)
  if (fence !== null) return readFenced(lines, at, fence[1] ?? '```')
  if (line.startsWith('    ')) return readIndented(lines, at)
  if (bulletLine.test(line)) return readList(lines, at)
  if (isTable(lines, at)) return readTable(lines, at)
  return readText(lines, at)
}

function readFenced(lines: readonly string[], at: number, mark: string): Read {
  let end = at + 1
  while (end < lines.length && !(lines[end] ?? '').trim().startsWith(mark)) end++
  return { block: { kind: 'code', text: lines.slice(at + 1, end).join('\n') }, next: end + 1 }
}

function readIndented(lines: readonly string[], at: number): Read {
  let end = at
  while (end < lines.length && (isBlank(lines[end]) || lines[end]?.startsWith('    '))) end++
  const text = lines
    .slice(at, end)
    .map((line) => line.slice(4))
    .join('\n')
    .trimEnd()
  return { block: { kind: 'code', text }, next: end }
}

function readList(lines: readonly string[], at: number): Read {
  const isNumbered = /^\s*\d/.test(lines[at] ?? '')
  const items: PageBlock[][] = []
  let next = at
  for (;;) {
    const bullet = bulletLine.exec(lines[next] ?? '')
    if (bullet === null || /\d/.test(bullet[2] ?? '') !== isNumbered) break
    const indent = bullet[0].length
    const inside = [(lines[next] ?? '').slice(indent)]
    next++
    while (next < lines.length && belongsToItem(lines, next, indent)) {
      inside.push((lines[next] ?? '').replace(new RegExp(`^ {0,${indent}}`), ''))
      next++
    }
    items.push(parseBlocks(inside))
    // Blank lines between items make no new list.
    const following = lines.findIndex((line, index) => index >= next && !isBlank(line))
    if (following === -1 || !bulletLine.test(lines[following] ?? '')) break
    next = following
  }
  return { block: { kind: 'list', isNumbered, items }, next }
}

/** Indented lines belong to the item, blank ones when such a line follows, and text that goes on. */
function belongsToItem(lines: readonly string[], at: number, indent: number): boolean {
  const line = lines[at] ?? ''
  if (isBlank(line)) {
    const following = lines.slice(at).find((other) => !isBlank(other))
    return following !== undefined && following.startsWith(' '.repeat(indent))
  }
  if (line.startsWith(' '.repeat(indent))) return true
  return !isBlank(lines[at - 1]) && !startsBlock(lines, at)
}

/** Lines that end a paragraph without a blank line before them. */
function startsBlock(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  return (
    headingLine.test(line) || fenceLine.test(line) || bulletLine.test(line) || isTable(lines, at)
  )
}

/** A bar alone may be the length of a vector; a table has its divider below the head. */
function isTable(lines: readonly string[], at: number): boolean {
  return lines[at]?.startsWith('|') === true && dividerLine.test(lines[at + 1] ?? '')
}

function readTable(lines: readonly string[], at: number): Read {
  const ends = cellsOf(lines[at + 1] ?? '').map((cell) => /^-+:$/.test(cell))
  let next = at + 2
  while (lines[next]?.startsWith('|')) next++
  const rows = lines.slice(at + 2, next).map((line) => cellsOf(line).map(parseParts))
  const head = cellsOf(lines[at] ?? '').map(parseParts)
  return { block: { kind: 'table', ends, head, rows }, next }
}

function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
}

function readText(lines: readonly string[], at: number): Read {
  let end = at + 1
  while (end < lines.length && !isBlank(lines[end]) && !startsBlock(lines, end)) end++
  const text = lines
    .slice(at, end)
    .map((line) => line.trim())
    .join(' ')
  return { block: { kind: 'text', parts: parseParts(text) }, next: end }
}

const codeMark = /^(`+)(.*?[^`])\1(?!`)/
const escapeMark = /^\\([!-/:-@[-`{-~])/
const linkMark = /^\[((?:[^\]\\]|\\.)*)\]\(([^)\s]*)\)/
const strongMark = /^\*\*(?=\S)(.*?\S)\*\*/
const softMark = /^(?:_(?=\S)(.*?\S)_(?!\w)|\*(?=[^\s*])(.*?[^\s*])\*(?!\*))/

/** Reads marks within a line. Anything that is no mark stays the text it is. */
export function parseParts(text: string): PagePart[] {
  const parts: PagePart[] = []
  let plain = ''
  let rest = text
  const put = (part: PagePart, length: number): void => {
    if (plain !== '') parts.push(plain)
    plain = ''
    parts.push(part)
    rest = rest.slice(length)
  }
  while (rest !== '') {
    const escape = escapeMark.exec(rest)
    const mark = escape === null ? readMark(rest, plain.at(-1) ?? lastOf(parts)) : undefined
    if (mark !== undefined) put(mark.part, mark.length)
    else {
      plain += escape?.[1] ?? rest.charAt(0)
      rest = rest.slice(escape === null ? 1 : 2)
    }
  }
  if (plain !== '') parts.push(plain)
  return parts
}

function lastOf(parts: readonly PagePart[]): string {
  const last = parts.at(-1)
  return (typeof last === 'string' ? last : (last?.text ?? '')).at(-1) ?? ''
}

function readMark(
  rest: string,
  before: string
): { readonly part: PagePart; readonly length: number } | undefined {
  const code = codeMark.exec(rest)
  if (code !== null)
    return { part: { text: (code[2] ?? '').trim(), look: 'code' }, length: code[0].length }
  const link = linkMark.exec(rest)
  if (link !== null) {
    const label = flat(link[1] ?? '')
    // Other documents are not part of the help; their names are.
    const page = /^([\w-]+)\.md(?:#.*)?$/.exec(link[2] ?? '')?.[1]
    return {
      part: page === undefined ? label : { text: label, look: 'link', page },
      length: link[0].length
    }
  }
  const strong = strongMark.exec(rest)
  if (strong !== null)
    return { part: { text: flat(strong[1] ?? ''), look: 'strong' }, length: strong[0].length }
  // An underscore within a word is part of a name.
  const soft = /\w/.test(before) && rest.startsWith('_') ? null : softMark.exec(rest)
  if (soft !== null)
    return { part: { text: flat(soft[1] ?? soft[2] ?? ''), look: 'soft' }, length: soft[0].length }
  return undefined
}

/** Words of a marked run: marks inside marks lose their look, not their words. */
function flat(text: string): string {
  return parseParts(text)
    .map((part) => (typeof part === 'string' ? part : part.text))
    .join('')
}
