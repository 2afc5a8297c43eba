// Where the records of a JSON file are: one list, lists inside an object ({"data": [...]}), the
// values of an object ({"key": {...}}), or one record. Told from the start of the file.
import { partOf } from '../split-names.ts'
import { openObject } from './json-nesting.ts'
import { JsonScanner, type ScannedElement } from './json-scanner.ts'

export type JsonShape =
  | { readonly kind: 'list' }
  /** Lists inside an object: those of `keys`, and when they are parts of the data every such list. */
  | { readonly kind: 'inside'; readonly keys: readonly string[]; readonly areParts: boolean }
  /** The values of an object are the records, their keys are names. */
  | { readonly kind: 'by-key' }
  | { readonly kind: 'one' }

const usualKeys = ['data', 'rows', 'records', 'items', 'examples', 'samples', 'instances']
// Names of lists that belong to one record, not to a file of records.
const recordKeys = /^(messages|conversations?|history|dialog(ue)?|turns|tools|images?)$/i

interface KeyFacts {
  readonly isList: boolean
  readonly isObject: boolean
  /** Elements that are objects, for lists. */
  objects: number
}

/** The shape told by the first bytes; undefined when they are no JSON list or object of records. */
export function findJsonShape(head: Buffer): JsonShape | undefined {
  const keys = new Map<string, KeyFacts>()
  const scanner = new JsonScanner((key, byte) => {
    const isList = byte === 91
    keys.set(key, { isList, isObject: byte === openObject, objects: 0 })
    return isList ? 'elements' : 'value'
  })
  scanner.push(head)
  const found = scanner.take()
  if (startsList(head)) {
    const isPlain = found.length === 0 && /^\s*\[\s*([[{"\d-][\s\S]*)?$/.test(head.toString('utf8'))
    const isSound = found.some((element) => isJson(element))
    const end = scanner.end()
    return !end.hasMore && (isSound || isPlain) ? { kind: 'list' } : undefined
  }
  for (const element of found) {
    const facts = keys.get(element.key ?? '')
    if (facts?.isList === true && element.text?.startsWith('{') === true) facts.objects++
  }
  if (keys.size === 0 || found[0]?.problem !== undefined) return undefined
  return objectShape(keys)
}

function objectShape(keys: ReadonlyMap<string, KeyFacts>): JsonShape {
  const entries = [...keys]
  // The last list may be cut off inside its first element.
  const lists = entries.filter(
    ([key, facts], i) =>
      facts.isList && !recordKeys.test(key) && (facts.objects > 0 || i === entries.length - 1)
  )
  const parts = lists.filter(([key]) => partOf(key) !== undefined)
  if (parts.length > 0) return { kind: 'inside', keys: parts.map(([key]) => key), areParts: true }
  const usual = lists.find(([key]) => usualKeys.includes(key.toLowerCase()))
  const chosen = usual ?? lists.toSorted((a, b) => b[1].objects - a[1].objects)[0]
  if (chosen !== undefined) return { kind: 'inside', keys: [chosen[0]], areParts: false }
  const objects = entries.filter(([, facts]) => facts.isObject).length
  return objects > 0 && objects >= 0.9 * entries.length ? { kind: 'by-key' } : { kind: 'one' }
}

function startsList(head: Buffer): boolean {
  return head
    .toString('latin1', 0, 1024)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .startsWith('[')
}

function isJson(element: ScannedElement): boolean {
  if (element.text === undefined) return false
  try {
    JSON.parse(element.text)
    return true
  } catch {
    return false
  }
}
