// Support for tests that hold the documents to the code: rows of their tables, and the words of the app
// as they stand in its sources, so that a sentence quoted in a document can be looked for.
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The repository. */
export const root = resolve(import.meta.dirname, '..')

/** A file of the repository as text. */
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Cells of every row of every table of a page, without heads. */
export function tableRows(page: string): readonly (readonly string[])[] {
  const lines = page.split('\n')
  return lines.flatMap((line, at) => {
    const isRow = line.startsWith('|') && !/^\|[\s:|-]+$/.test(line)
    const isHead = /^\|[\s:|-]+$/.test(lines[at + 1] ?? '')
    if (!isRow || isHead) return []
    return [
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim())
    ]
  })
}

/** What code and documents write in several ways, in one. */
const plain = (text: string): string =>
  text
    .replaceAll(/[‘’]|\\u201[89]/g, "'")
    .replaceAll(/[“”]|\\u201[cdCD]/g, '"')
    .replaceAll("\\'", "'")
    .replaceAll('\u2013', '\\u2013')
    .replaceAll(/\s+/g, ' ')

/** All sources of the app in one text, with sentences that go on in a next line put together. */
export function sourceText(): string {
  const files = globSync('{src-main,src-renderer}/**/*.{ts,vue}', { cwd: root }).filter(
    (path) => !/\.(?:test|test-support)\.ts$/.test(path) && !/text[\\/]de[\\/]/.test(path)
  )
  return plain(
    files
      .map((path) => textOf(path))
      .join('\n')
      .replaceAll(/(['`])\s*\+\s*\n?\s*\1/g, '')
  )
}

/**
 * Parts of a quoted sentence that are in no source, where "…" stands for anything. Parts of one or two
 * signs say nothing and are passed over.
 */
export function partsNotIn(source: string, quote: string): readonly string[] {
  return plain(quote)
    .split('…')
    .map((part) => part.trim())
    .filter((part) => part.length > 2 && !source.includes(part))
}
