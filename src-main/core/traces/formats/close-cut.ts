// JSON that a file ends in the middle of, closed where its last whole entry ends: what was logged
// before is kept.

const quote = 34
const backslash = 92
const comma = 44
const openList = 91
const closeList = 93
const openObject = 123
const closeObject = 125

/**
 * The text up to its last whole list entry, or whole field outside of lists, with what is open then
 * closed; undefined when it is not cut off but broken, or nothing in it is whole.
 */
export function closeCut(text: string): string | undefined {
  const all = scan(text, text.length)
  if (all === undefined || all.open.length === 0 || all.whole === -1) return undefined
  const kept = scan(text, all.whole)
  if (kept === undefined) return undefined
  const closing = kept.open.map((bracket) => (bracket === openList ? ']' : '}')).reverse()
  return text.slice(0, all.whole) + closing.join('')
}

interface Scan {
  /** Brackets that are open at the end. */
  readonly open: readonly number[]
  /** Where the last entry that may be the last one ends; -1 without any. */
  readonly whole: number
}

function scan(text: string, end: number): Scan | undefined {
  const open: number[] = []
  let lists = 0
  let whole = -1
  for (let at = 0; at < end; at++) {
    const sign = text.charCodeAt(at)
    if (sign === quote) {
      at = closingQuote(text, at + 1)
      if (at === -1 || at >= end) break
    } else if (sign === openList || sign === openObject) {
      open.push(sign)
      if (sign === openList) lists++
    } else if (sign === closeList || sign === closeObject) {
      if (open.pop() !== (sign === closeList ? openList : openObject)) return undefined
      if (sign === closeList) lists--
      if (open.length > 0 && mayEndIn(open, lists)) whole = at + 1
    } else if (sign === comma && open.length > 0 && mayEndIn(open, lists)) whole = at
  }
  return { open, whole }
}

/** An entry of a list that holds only some of its fields is left out whole. */
function mayEndIn(open: readonly number[], lists: number): boolean {
  return open.at(-1) === openList || lists === 0
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text.charCodeAt(at - slashes - 1) === backslash && at - slashes > from) slashes++
    if (slashes % 2 === 0) return at
  }
  return -1
}
