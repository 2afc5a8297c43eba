// Reads a page that an agent saw into plain parts to draw: text and a few kinds of elements from a
// list, without scripts, styles, addresses or any attribute. What is not on the list cannot get
// through: nothing of the page is ever handed to the browser as a page.

/** Kinds of parts that are drawn. */
export const partKinds = [
  'block',
  'paragraph',
  'heading',
  'list',
  'entry',
  'table',
  'line',
  'cell',
  'code',
  'strong',
  'link',
  'button',
  'field',
  'picture',
  'break',
  'rule'
] as const
export type PartKind = (typeof partKinds)[number]

/** A part of a page: an element of a known kind, or a text. */
export type PagePart =
  | { readonly text: string }
  | { readonly kind: PartKind; readonly parts: readonly PagePart[]; readonly label: string }

/** Most parts that are read: more would make the window slow. */
export const mostParts = 6000
const deepest = 60
const longestPage = 4_000_000

const kindOf: Readonly<Record<string, PartKind>> = {
  ...Object.fromEntries(
    [
      'address',
      'article',
      'aside',
      'blockquote',
      'body',
      'center',
      'dd',
      'details',
      'dialog',
      'div'
    ]
      .concat([
        'dl',
        'dt',
        'fieldset',
        'figcaption',
        'figure',
        'footer',
        'form',
        'header',
        'hgroup'
      ])
      .concat(['legend', 'main', 'nav', 'section', 'select', 'summary'])
      .map((tag) => [tag, 'block' as const])
  ),
  p: 'paragraph',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
  ul: 'list',
  ol: 'list',
  menu: 'list',
  li: 'entry',
  option: 'entry',
  table: 'table',
  tr: 'line',
  td: 'cell',
  th: 'cell',
  pre: 'code',
  code: 'code',
  b: 'strong',
  strong: 'strong',
  a: 'link',
  button: 'button',
  input: 'field',
  textarea: 'field',
  img: 'picture',
  br: 'break',
  hr: 'rule'
}
/** Left out with everything inside: the browser would run, load or hide it. */
const skipped = [
  'script',
  'style',
  'template',
  'noscript',
  'svg',
  'math',
  'iframe',
  'object'
].concat(['embed', 'canvas', 'video', 'audio', 'head', 'title', 'noframes', 'applet'])
const empty = ['img', 'input', 'br', 'hr', 'link', 'meta', 'area', 'base', 'col', 'source', 'wbr']

const names: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  times: '×',
  laquo: '«',
  raquo: '»',
  middot: '·',
  bull: '•'
}

/** Text with its entities read; unknown ones stay as they are written. */
function decoded(text: string): string {
  return text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return names[name.toLowerCase()] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function attribute(inside: string, name: string): string | undefined {
  const found = new RegExp(
    String.raw`(?:^|\s)${name}\s*(?:=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?(?=\s|/|$)`,
    'i'
  ).exec(inside)
  if (found === null) return undefined
  return decoded((found[1] ?? '').replaceAll(/^["']|["']$/g, ''))
}

interface OpenPart {
  readonly tag: string
  readonly parts: PagePart[]
}

/** What a field or a picture says of itself. */
function labelOf(tag: string, inside: string): string {
  const of = (name: string): string => attribute(inside, name) ?? ''
  if (tag === 'img') return of('alt')
  if (tag !== 'input') return ''
  const type = of('type').toLowerCase()
  if (type === 'checkbox' || type === 'radio')
    return attribute(inside, 'checked') === undefined ? '☐' : '☑'
  // What was typed into it, as logged; secrets of people stay out of sight here, too.
  return type === 'password' ? '••••' : of('value') || of('placeholder') || of('aria-label')
}
function isHidden(tag: string, inside: string): boolean {
  return (
    attribute(inside, 'hidden') !== undefined ||
    /display\s*:\s*none/i.test(attribute(inside, 'style') ?? '') ||
    (tag === 'input' && attribute(inside, 'type')?.toLowerCase() === 'hidden')
  )
}

/** A tag or a comment: where it ends, and what it is; undefined when nothing ends it. */
interface Token {
  readonly end: number
  /** "" for comments and declarations. */
  readonly name: string
  readonly isEnd: boolean
  readonly inside: string
}

/** Place after the ">" of a tag, quotes respected; -1 without one. Looks at each letter once. */
function endOfTag(page: string, from: number): number {
  let quote = ''
  for (let at = from; at < page.length; at++) {
    const letter = page[at]
    if (quote !== '') {
      if (letter === quote) quote = ''
    } else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '>') return at + 1
  }
  return -1
}

/** What begins at a "<"; null when it is only a letter of the text. */
function tokenAt(page: string, at: number): Token | null | undefined {
  const next = page[at + 1] ?? ''
  if (page.startsWith('<!--', at)) {
    const end = page.indexOf('-->', at + 4)
    return { end: end === -1 ? page.length : end + 3, name: '', isEnd: false, inside: '' }
  }
  if (next !== '!' && next !== '?' && next !== '/' && !/[a-z]/i.test(next)) return null
  const end = endOfTag(page, at + 1)
  if (end === -1) return undefined
  if (next === '!' || next === '?') return { end, name: '', isEnd: false, inside: '' }
  const isEnd = next === '/'
  const words = page.slice(at + (isEnd ? 2 : 1), end - 1)
  const name = /^[a-z][a-z\d-]*/i.exec(words)?.[0] ?? ''
  return { end, name: name.toLowerCase(), isEnd, inside: words.slice(name.length) }
}

/** Reads a page. The answer says whether all of it was read. */
export function readPage(html: string): { parts: readonly PagePart[]; isWhole: boolean } {
  const page = html.slice(0, longestPage)
  const root: OpenPart = { tag: '', parts: [] }
  const open: OpenPart[] = [root]
  let count = 0
  let from = 0
  /** The element that is left out, and how many of its kind are open inside it. */
  let skip: { readonly tag: string; depth: number } | undefined

  const top = (): OpenPart => open.at(-1) ?? root
  function addText(text: string): void {
    if (skip !== undefined || text === '') return
    const plain = decoded(
      open.some(({ tag }) => tag === 'pre') ? text : text.replaceAll(/\s+/g, ' ')
    )
    if (plain.trim() === '' && top().parts.length === 0) return
    count += 1
    top().parts.push({ text: plain })
  }
  function begin(tag: string, inside: string): void {
    if (skip !== undefined) {
      if (tag === skip.tag && !inside.endsWith('/')) skip.depth += 1
      return
    }
    const isEmpty = empty.includes(tag) || inside.endsWith('/')
    if (skipped.includes(tag) || isHidden(tag, inside)) {
      if (!isEmpty) skip = { tag, depth: 1 }
      return
    }
    const kind = kindOf[tag]
    if (kind === undefined || open.length > deepest) return
    count += 1
    const parts: PagePart[] = []
    top().parts.push({ kind, parts, label: labelOf(tag, inside) })
    if (!isEmpty) open.push({ tag, parts })
  }
  function end(tag: string): void {
    if (skip !== undefined) {
      if (tag === skip.tag) skip.depth -= 1
      if (skip.depth === 0) skip = undefined
      return
    }
    const at = open.findLastIndex((part) => part.tag === tag)
    if (at > 0) open.length = at
  }
  let at = page.indexOf('<')
  while (at !== -1 && count < mostParts) {
    const found = tokenAt(page, at)
    // Nothing ends it, so nothing after it ends either: the rest is not drawn.
    if (found === undefined) break
    if (found !== null) {
      addText(page.slice(from, at))
      from = found.end
      if (found.name !== '') {
        if (found.isEnd) end(found.name)
        else begin(found.name, found.inside)
      }
    }
    at = page.indexOf('<', found === null ? at + 1 : found.end)
  }
  if (count < mostParts) addText(at === -1 ? page.slice(from) : page.slice(from, at))
  return { parts: root.parts, isWhole: count < mostParts && page.length === html.length }
}
