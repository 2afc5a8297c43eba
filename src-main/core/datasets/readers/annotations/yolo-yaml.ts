// The few lines of a YOLO data.yaml that are needed: the names of the classes, as a list or as a
// mapping from numbers, on one line or on several. Everything else in the file is passed over.

/** Longest file that is read. */
export const yamlBytes = 1 << 20
const mostNames = 100_000

/** Names by class number; undefined when the file names none. */
export function readClassNames(text: string): ReadonlyMap<number, string> | undefined {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const start = lines.findIndex((line) => /^names\s*:/.test(line))
  if (start === -1) return undefined
  const rest = withoutComment(lines[start].replace(/^names\s*:/, '')).trim()
  const names = rest === '' ? blockNames(lines.slice(start + 1)) : flowNames(rest, lines, start)
  return names.size === 0 ? undefined : names
}

/** Lines below "names:": "- cat" or "0: cat", up to the first line of another kind. */
function blockNames(lines: readonly string[]): Map<number, string> {
  const names = new Map<number, string>()
  for (const line of lines) {
    const content = withoutComment(line)
    if (content.trim() === '') continue
    const item = /^\s*-\s+(.*)$/.exec(content)
    const pair = /^\s+['"]?(\d{1,6})['"]?\s*:\s*(.*)$/.exec(content)
    if (item !== null) names.set(names.size, plain(item[1]))
    else if (pair !== null) names.set(Number(pair[1]), plain(pair[2]))
    else break
    if (names.size > mostNames) break
  }
  return names
}

/** "[cat, dog]" or "{0: cat, 1: dog}", which may go on over several lines. */
function flowNames(first: string, lines: readonly string[], start: number): Map<number, string> {
  const close = first.startsWith('[') ? ']' : first.startsWith('{') ? '}' : undefined
  if (close === undefined) return new Map()
  let whole = first
  for (let i = start + 1; !whole.includes(close) && i < lines.length; i++)
    whole += ` ${withoutComment(lines[i]).trim()}`
  const inside = whole.slice(1, whole.indexOf(close) === -1 ? undefined : whole.indexOf(close))
  const names = new Map<number, string>()
  for (const part of splitOutsideQuotes(inside)) {
    const pair = close === '}' ? /^\s*['"]?(\d{1,6})['"]?\s*:\s*(.*)$/s.exec(part) : null
    if (pair !== null) names.set(Number(pair[1]), plain(pair[2]))
    else if (close === ']' && part.trim() !== '') names.set(names.size, plain(part))
    if (names.size > mostNames) break
  }
  return names
}

function splitOutsideQuotes(text: string): string[] {
  return text.match(/(?:'[^']*'|"[^"]*"|[^,'"]|['"])+/g) ?? []
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)#.*$/, '')
}

function plain(value: string): string {
  const text = value.trim()
  const quoted = /^'(.*)'$|^"(.*)"$/s.exec(text)
  return (quoted?.[1] ?? quoted?.[2] ?? text).slice(0, 200)
}
