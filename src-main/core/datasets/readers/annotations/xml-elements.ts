// A small, tolerant reader of XML for label files: elements and their text. Attributes, processing
// instructions and document types are passed over; only the five named and the numbered characters
// are ever expanded, so a file cannot grow while it is read.

/** An element with the text right in it and the elements in it. */
export interface XmlElement {
  readonly name: string
  text: string
  readonly children: XmlElement[]
}

const deepest = 32
const mostElements = 200_000

/** The outer element; undefined when the text is no XML or is larger than is read safely. */
export function readXml(source: string): XmlElement | undefined {
  const outer: XmlElement = { name: '', text: '', children: [] }
  const open: XmlElement[] = [outer]
  let made = 0
  let at = 0
  while (at < source.length) {
    const tag = source.indexOf('<', at)
    const text = source.slice(at, tag === -1 ? source.length : tag)
    open[open.length - 1].text += expand(text)
    if (tag === -1) break
    const after = passOver(source, tag, open[open.length - 1])
    if (after !== undefined) {
      at = after
      continue
    }
    const end = source.indexOf('>', tag)
    if (end === -1) return undefined
    const inside = source.slice(tag + 1, end)
    at = end + 1
    if (inside.startsWith('/')) close(open, inside.slice(1).trim())
    else {
      const name = /^[^\s/>]{1,200}/.exec(inside)?.[0]
      if (name === undefined || ++made > mostElements) return undefined
      const element: XmlElement = { name, text: '', children: [] }
      open[open.length - 1].children.push(element)
      if (!inside.endsWith('/') && open.push(element) > deepest) return undefined
    }
  }
  return outer.children[0]
}

// A close tag that fits no open element is passed over.
function close(open: XmlElement[], name: string): void {
  const place = open.findLastIndex((element, i) => i > 0 && element.name === name)
  if (place > 0) open.length = place
}

/** Place after a comment, an instruction or a document type at `tag`; undefined for an element. */
function passOver(source: string, tag: number, into: XmlElement): number | undefined {
  const upTo = (end: string, from: number): number => {
    const found = source.indexOf(end, from)
    return found === -1 ? source.length : found + end.length
  }
  if (source.startsWith('<!--', tag)) return upTo('-->', tag + 4)
  if (source.startsWith('<?', tag)) return upTo('?>', tag + 2)
  if (source.startsWith('<![CDATA[', tag)) {
    const end = upTo(']]>', tag + 9)
    into.text += source.slice(tag + 9, end - 3)
    return end
  }
  if (!source.startsWith('<!', tag)) return undefined
  // A document type with declarations of its own ends with "]>"; none of them is ever used.
  const declarations = source.indexOf('[', tag)
  const simple = upTo('>', tag)
  return declarations !== -1 && declarations < simple ? upTo(']>', declarations) : simple
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function expand(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g,
    (...found) => {
      const [whole, decimal, hex, name] = found.map((part) =>
        typeof part === 'string' ? part : ''
      )
      if (name !== '') return named[name]
      const code = decimal === '' ? parseInt(hex, 16) : Number(decimal)
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      return isCharacter ? String.fromCodePoint(code) : whole
    }
  )
}

/** The first element of this name right inside. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name)
}

/** Trimmed text of the first element of this name, undefined when it is missing or empty. */
export function textOf(element: XmlElement, name: string): string | undefined {
  const text = childOf(element, name)?.text.trim()
  return text === undefined || text === '' ? undefined : text
}

/** The text of an element as a number, undefined when it is none. */
export function numberOf(element: XmlElement, name: string): number | undefined {
  const text = textOf(element, name)
  const value = text === undefined || text.length > 40 ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : undefined
}
