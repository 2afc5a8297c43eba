// Tags and texts of the XML inside a workbook, as its bytes come in. Knows only what workbooks use:
// no document types, no entities of their own, and tags of bounded length.

export interface XmlHandler {
  /** `name` without its prefix. */
  open(name: string, attribute: (name: string) => string | undefined): void
  close(name: string): void
  text(text: string): void
}

// A tag or an entity longer than this is no workbook.
const longestTag = 2 ** 20
const deepest = 100

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'"
}

/** Text with entities and character numbers written out. */
export function plainText(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return Object.hasOwn(entities, name) ? entities[name] : whole
    const isHex = name[1] === 'x' || name[1] === 'X'
    const code = isHex ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** Feed it with decoded text; it calls the handler. */
export class XmlEvents {
  readonly #handler: XmlHandler
  #rest = ''
  #depth = 0

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  push(piece: string): void {
    const text = this.#rest + piece
    let at = 0
    for (;;) {
      const tag = text.indexOf('<', at)
      if (tag === -1) break
      if (tag > at) this.#handler.text(plainText(text.slice(at, tag)))
      const end = this.#tagEnd(text, tag)
      if (end === -1) {
        at = tag
        break
      }
      this.#tag(text.slice(tag, end))
      at = end
    }
    // Text without a tag after it may go on, in the middle of an entity too.
    this.#rest = text.slice(at)
    if (this.#rest.length > longestTag && this.#rest.startsWith('<'))
      throw new RangeError('xml tag')
    if (this.#rest.length > 64 * longestTag) throw new RangeError('xml text')
  }

  end(): void {
    if (this.#depth !== 0 || this.#rest.trim() !== '') throw new RangeError('xml end')
  }

  #tagEnd(text: string, from: number): number {
    const mark = (end: string): number => {
      const at = text.indexOf(end, from)
      return at === -1 ? -1 : at + end.length
    }
    if (text.startsWith('<!--', from)) return mark('-->')
    if (text.startsWith('<![CDATA[', from)) return mark(']]>')
    // What comes after "<!" decides; it may be cut off here.
    if (text[from + 1] === '!') {
      if (text.length - from < 9) return -1
      throw new RangeError('xml declaration')
    }
    // A ">" inside a quoted value does not end the tag.
    let quote = ''
    for (let at = from + 1; at < text.length; at++) {
      const c = text[at]
      if (quote !== '') {
        if (c === quote) quote = ''
      } else if (c === '"' || c === "'") quote = c
      else if (c === '>') return at + 1
    }
    return -1
  }

  #tag(tag: string): void {
    if (tag.startsWith('<!--') || tag.startsWith('<?')) return
    if (tag.startsWith('<![CDATA[')) return this.#handler.text(tag.slice(9, -3))
    if (tag.startsWith('</')) {
      if (--this.#depth < 0) throw new RangeError('xml end')
      return this.#handler.close(localName(tag.slice(2, -1).trim()))
    }
    const isEmpty = tag.endsWith('/>')
    const inner = tag.slice(1, isEmpty ? -2 : -1)
    const space = inner.search(/\s/)
    const name = localName(space === -1 ? inner : inner.slice(0, space))
    const attributes = space === -1 ? '' : inner.slice(space)
    if (++this.#depth > deepest) throw new RangeError('xml nesting')
    this.#handler.open(name, (wanted) => attributeIn(attributes, wanted))
    if (!isEmpty) return
    this.#depth--
    this.#handler.close(name)
  }
}

function attributeIn(attributes: string, wanted: string): string | undefined {
  for (const [, name, double, single] of attributes.matchAll(
    /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
  ))
    if (name === wanted || localName(name) === wanted) return plainText(double ?? single ?? '')
  return undefined
}
