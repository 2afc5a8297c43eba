// A small JSON file in the app's data folder that holds a list of entries of one form.
import { readFileSync } from 'node:fs'
import type { z } from 'zod'

/** The entries that can be read; none when the file is missing or is no list. */
export function readEntries<T>(path: string, form: z.ZodType<T>): T[] {
  let found: unknown
  try {
    found = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return []
  }
  if (!Array.isArray(found)) return []
  return found.flatMap((value) => {
    const entry = form.safeParse(value)
    return entry.success ? [entry.data] : []
  })
}
