// Pictures and pages that came with events. Those looked at last are kept, so that scrolling back
// draws them at once; addresses of the others are given back to the browser.
import { shallowReactive } from 'vue'
import { pictureType } from './picture-bytes.ts'

/** What came with an event, ready to be drawn. */
export type Enclosure =
  | { readonly kind: 'picture'; readonly address: string }
  | { readonly kind: 'page'; readonly html: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'other' }
  | { readonly kind: 'failed' }

/** Enclosures of one attempt. */
export interface Enclosures {
  get(seq: number, index: number): Enclosure | undefined
  want(seq: number, index: number): void
  dispose(): void
}

const kept = 30
/** Longest text that is drawn, in bytes. */
const longestText = 2_000_000

/** Enclosures that `fetch` reads. */
export function createEnclosures(
  fetch: (seq: number, index: number) => Promise<{ mime: string; bytes: Uint8Array }>
): Enclosures {
  const found = shallowReactive(new Map<string, Enclosure>())
  const underWay = new Set<string>()
  let isDisposed = false
  const keyOf = (seq: number, index: number): string => `${seq}:${index}`

  function drop(key: string): void {
    const one = found.get(key)
    if (one?.kind === 'picture') URL.revokeObjectURL(one.address)
    found.delete(key)
  }
  function made(mime: string, bytes: Uint8Array): Enclosure {
    const picture = pictureType(bytes)
    // The copy gives the blob a plain ArrayBuffer, whatever the transport used.
    if (picture !== undefined)
      return {
        kind: 'picture',
        address: URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: picture }))
      }
    const isPage = mime.startsWith('text/html') || mime === 'application/xhtml+xml'
    if (!isPage && !mime.startsWith('text/') && mime !== 'application/json')
      return { kind: 'other' }
    const text = new TextDecoder().decode(bytes.subarray(0, longestText))
    return isPage ? { kind: 'page', html: text } : { kind: 'text', text }
  }
  async function read(key: string, seq: number, index: number): Promise<void> {
    underWay.add(key)
    let one: Enclosure
    try {
      const { mime, bytes } = await fetch(seq, index)
      one = isDisposed ? { kind: 'failed' } : made(mime, bytes)
    } catch {
      // Shown in its place; asked for again when it comes into view once more.
      one = { kind: 'failed' }
    }
    underWay.delete(key)
    if (isDisposed) return
    found.set(key, one)
    for (const old of found.keys()) {
      if (found.size <= kept) return
      drop(old)
    }
  }
  return {
    get: (seq, index) => found.get(keyOf(seq, index)),
    want(seq, index) {
      const key = keyOf(seq, index)
      const known = found.get(key)
      if (underWay.has(key) || (known !== undefined && known.kind !== 'failed')) return
      void read(key, seq, index)
    },
    dispose() {
      isDisposed = true
      for (const key of [...found.keys()]) drop(key)
    }
  }
}
