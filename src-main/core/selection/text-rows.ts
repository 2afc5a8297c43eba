// The texts of a run's candidates, written once into its folder so that a compute thread, which
// knows no store, can stream them: one JSON string per line, in the order of the rows.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { TextSource } from '../methods/method.ts'
import type { Store } from '../store/records.ts'

/** Rows read from the store, and lines handed out, at a time. */
const blockRows = 2000

/** The texts of `rows` (ascending) in that order; an item without a text has "". */
export async function* textsOf(
  store: Pick<Store, 'items'>,
  dataset: string,
  rows: Uint32Array
): AsyncGenerator<readonly string[]> {
  for (let start = 0; start < rows.length;) {
    const first = rows[start]
    const texts = store.items.texts(dataset, first, blockRows)
    const block: string[] = []
    for (; start < rows.length && rows[start] < first + blockRows; start++)
      block.push(texts[rows[start] - first]?.[1] ?? '')
    yield block
  }
}

/** A text as one line: reading by lines also ends them at two characters that JSON lets stand. */
function lineOf(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
}

/** Writes the texts of `rows`; `breathe` is called between blocks and may throw to stop. */
export async function writeTexts(
  path: string,
  store: Pick<Store, 'items'>,
  dataset: string,
  rows: Uint32Array,
  breathe: () => Promise<void>
): Promise<void> {
  const file = await open(path, 'w')
  try {
    for await (const block of textsOf(store, dataset, rows)) {
      await breathe()
      await file.write(block.map((text) => `${lineOf(text)}\n`).join(''))
    }
  } finally {
    await file.close()
  }
}

/** The texts written by {@link writeTexts}; `rows` is their number. */
export function openTexts(path: string, rows: number): TextSource {
  return {
    rows,
    async *blocks() {
      const input = createReadStream(path, 'utf8')
      const lines = createInterface({ input, crlfDelay: Infinity })
      let first = 0
      let texts: string[] = []
      try {
        for await (const line of lines) {
          texts.push(JSON.parse(line) as string)
          if (texts.length < blockRows) continue
          yield { first, texts }
          first += texts.length
          texts = []
        }
        if (texts.length > 0) yield { first, texts }
      } finally {
        lines.close()
        // A reader that stops early must not leave the file open.
        input.destroy()
      }
    }
  }
}
