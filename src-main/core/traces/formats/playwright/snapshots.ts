// Pages as Playwright logs them: trees of ["NAME", {attributes}, ...children], in which [[n, i]] is
// node i of the same frame's page n pages ago. Made into plain HTML and into lines of what is shown.
import type { JsonValue } from '../../../../api/dto/common.ts'
import { listOf, objectOf, textOf, type JsonObject } from '../trace-format.ts'

/** A page of one moment. */
export interface Page {
  readonly url: string
  readonly html: string
  /** What can be read and used on it, a line each; tells pages apart. */
  readonly text: string
}

// References may name nodes that hold references: what a page may grow to is bounded.
const mostHtml = 2 * 2 ** 20
const mostText = 200_000
const mostLevels = 400

const voidTags = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' ')
)
/** Never made part of a page: programs, and pages in pages. */
const leftOut = new Set(['script', 'noscript', 'object', 'embed', 'applet', 'base'])
const unseen = new Set(['head', 'style', 'template', 'title', 'meta', 'link'])

/** Pages of all frames of a log, in the order they were taken. */
export class Snapshots {
  readonly #frames = new Map<string, { html: JsonValue; nodes?: JsonValue[]; url: string }[]>()
  readonly #named = new Map<string, { frame: string; at: number }>()

  /** Takes the "snapshot" of a frame-snapshot entry. */
  add(snapshot: JsonObject): void {
    const frame = textOf(snapshot['frameId']) ?? ''
    const pages = this.#frames.get(frame) ?? []
    this.#frames.set(frame, pages)
    pages.push({ html: snapshot['html'] ?? '', url: textOf(snapshot['frameUrl']) ?? '' })
    // Frames inside of a page are not shown by themselves.
    if (snapshot['isMainFrame'] === false) return
    const name =
      textOf(snapshot['snapshotName']) ??
      `${textOf(snapshot['phase']) ?? ''}@${textOf(snapshot['callId']) ?? ''}`
    this.#named.set(name, { frame, at: pages.length - 1 })
  }

  /** The page of a name ("after@call@7"); undefined when the log does not hold it. */
  page(name: string): Page | undefined {
    const place = this.#named.get(name)
    const entry = place === undefined ? undefined : this.#frames.get(place.frame)?.[place.at]
    if (place === undefined || entry === undefined) return undefined
    const out = { html: ['<!doctype html>'], size: 0, text: [] as string[], textSize: 0 }
    this.#render(place.frame, place.at, entry.html, 0, false, out)
    return { url: entry.url, html: out.html.join(''), text: out.text.join('\n') }
  }

  #nodes(frame: string, at: number): readonly JsonValue[] {
    const entry = this.#frames.get(frame)?.[at]
    if (entry === undefined) return []
    if (entry.nodes === undefined) collectNodes(entry.html, (entry.nodes = []), 0)
    return entry.nodes
  }

  #render(
    frame: string,
    at: number,
    node: JsonValue | undefined,
    depth: number,
    isUnseen: boolean,
    out: { html: string[]; size: number; text: string[]; textSize: number }
  ): void {
    if (depth > mostLevels || out.size > mostHtml) return
    const put = (html: string): void => {
      out.html.push(html)
      out.size += html.length
    }
    const show = (text: string): void => {
      const plain = text.replaceAll(/\s+/g, ' ').trim()
      if (isUnseen || plain === '' || out.textSize > mostText) return
      out.text.push(plain)
      out.textSize += plain.length
    }
    if (typeof node === 'string') {
      show(node)
      put(escaped(node))
      return
    }
    const list = listOf(node)
    const reference = listOf(list?.[0])
    if (reference !== undefined) {
      const [ago, index] = reference
      if (typeof ago !== 'number' || typeof index !== 'number') return
      const from = at - ago
      if (from >= 0 && from <= at)
        this.#render(frame, from, this.#nodes(frame, from)[index], depth + 1, isUnseen, out)
      return
    }
    const name = textOf(list?.[0])?.toLowerCase()
    if (list === undefined || name === undefined || !/^[a-z][a-z0-9-]*$/.test(name)) return
    if (leftOut.has(name)) return
    const attributes = objectOf(list[1]) ?? {}
    put(`<${name}${attributeText(attributes)}>`)
    const value = textOf(attributes['__playwright_value_']) ?? textOf(attributes['value'])
    if (value !== undefined && value !== '') show(`${name} ${value}`)
    if (voidTags.has(name)) return
    for (const child of list.slice(2))
      this.#render(frame, at, child, depth + 1, isUnseen || unseen.has(name), out)
    put(`</${name}>`)
  }
}

/** Nodes in the order references count them: children before their parent, references left out. */
function collectNodes(node: JsonValue, into: JsonValue[], depth: number): void {
  if (depth > mostLevels) return
  if (typeof node === 'string') {
    into.push(node)
    return
  }
  const list = listOf(node)
  if (list === undefined || typeof list[0] !== 'string') return
  for (const child of list.slice(2)) collectNodes(child, into, depth + 1)
  into.push(node)
}

const kept: Readonly<Record<string, string>> = {
  __playwright_value_: 'value',
  __playwright_checked_: 'checked',
  __playwright_selected_: 'selected'
}

/** Attributes as they were, without what runs or fetches: handlers, and addresses of frames. */
function attributeText(attributes: JsonObject): string {
  return Object.entries(attributes)
    .flatMap(([given, value]) => {
      const name = Object.hasOwn(kept, given) ? kept[given] : given.toLowerCase()
      const isPlain = /^[a-z][\w:.-]*$/.test(name) && !name.startsWith('on')
      const isAddress = ['srcdoc', 'action', 'formaction', 'ping'].includes(name)
      if (!isPlain || isAddress || typeof value !== 'string') return []
      if (/^\s*(?:javascript|vbscript)\s*:/i.test(value)) return []
      return [` ${name}="${escaped(value)}"`]
    })
    .join('')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
