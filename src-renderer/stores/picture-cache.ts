// Small pictures of one dataset. Screens say which rows they show; requests are batched per frame,
// rows that scrolled away before their turn are never asked for, and addresses of pictures nobody
// shows are given back to the browser.
import { shallowReactive } from 'vue'
import type { Thumbnail } from '@api/dto/datasets.ts'
import type { PictureLease, PictureSize } from '../components/gallery-item.ts'

/** Rows per request: one screen of small tiles. */
const batchRows = 60
/** Requests under way at once. */
const requestsAtOnce = 2
/** Pictures kept although nobody shows them, so that scrolling back is instant. */
const keptUnused = 600

/** The pictures of one dataset. */
export interface PictureCache {
  lease(): PictureLease
  dispose(): void
}

type Fetch = (rows: readonly number[], size: PictureSize) => Promise<readonly Thumbnail[]>

/** Makes a cache over `fetch`. */
export function createPictureCache(fetch: Fetch): PictureCache {
  // key "row:size" -> address, or null when there is no picture
  const pictures = shallowReactive(new Map<string, string | null>())
  const claims = new Map<PictureLease, { rows: readonly number[]; size: PictureSize }>()
  const inFlight = new Set<string>()
  let requests = 0
  let isScheduled = false
  let isDisposed = false

  const keyOf = (row: number, size: PictureSize): string => `${row}:${size}`

  function wantedKeys(): Set<string> {
    const keys = new Set<string>()
    for (const claim of claims.values())
      for (const row of claim.rows) keys.add(keyOf(row, claim.size))
    return keys
  }
  function schedule(): void {
    if (isScheduled || isDisposed) return
    isScheduled = true
    queueMicrotask(() => {
      isScheduled = false
      pump()
    })
  }
  function nextBatch(): { rows: number[]; size: PictureSize } | undefined {
    for (const claim of claims.values()) {
      const rows = claim.rows
        .filter((row) => {
          const key = keyOf(row, claim.size)
          return !pictures.has(key) && !inFlight.has(key)
        })
        .slice(0, batchRows)
      if (rows.length > 0) return { rows, size: claim.size }
    }
    return undefined
  }
  function pump(): void {
    while (requests < requestsAtOnce && !isDisposed) {
      const batch = nextBatch()
      if (batch === undefined) return
      void request(batch.rows, batch.size)
    }
  }
  async function request(rows: number[], size: PictureSize): Promise<void> {
    requests += 1
    for (const row of rows) inFlight.add(keyOf(row, size))
    let got: readonly Thumbnail[] = []
    try {
      got = await fetch(rows, size)
    } catch {
      // A batch that fails shows "no picture" tiles; the list itself reports a lost connection.
    }
    for (const row of rows) inFlight.delete(keyOf(row, size))
    requests -= 1
    if (isDisposed) return
    const byRow = new Map(got.map((thumbnail) => [thumbnail.row, thumbnail]))
    for (const row of rows) put(keyOf(row, size), byRow.get(row))
    forgetUnused()
    schedule()
  }
  function put(key: string, thumbnail: Thumbnail | undefined): void {
    const bytes = thumbnail?.bytes ?? null
    if (bytes === null || thumbnail === undefined) {
      pictures.set(key, null)
      return
    }
    // The copy gives the blob a plain ArrayBuffer, whatever the transport used.
    pictures.set(
      key,
      URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: thumbnail.mime }))
    )
  }
  function forgetUnused(): void {
    if (pictures.size <= keptUnused) return
    const wanted = wantedKeys()
    for (const [key, address] of pictures) {
      if (pictures.size <= keptUnused) return
      if (wanted.has(key)) continue
      if (address !== null) URL.revokeObjectURL(address)
      pictures.delete(key)
    }
  }

  return {
    lease() {
      const lease: PictureLease = {
        want(rows, size) {
          claims.set(lease, { rows, size })
          schedule()
        },
        get: (row, size) => pictures.get(keyOf(row, size)),
        dispose() {
          claims.delete(lease)
          forgetUnused()
        }
      }
      return lease
    },
    dispose() {
      isDisposed = true
      for (const address of pictures.values()) if (address !== null) URL.revokeObjectURL(address)
      pictures.clear()
      claims.clear()
    }
  }
}
