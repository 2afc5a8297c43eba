// JSON text laid out anew without parsing its values: numbers keep every digit and strings every
// escape, which JSON.parse and JSON.stringify would not promise.

/**
 * The same JSON value in one line (`indent` 0) or with one entry a line. Expects valid JSON; text
 * inside strings is never touched.
 */
export function layOutJson(text: string, indent: number): string {
  const out: string[] = []
  let depth = 0
  const lineEnd = (): string => (indent === 0 ? '' : `\n${' '.repeat(indent * depth)}`)
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') {
      const end = closingQuote(text, at)
      out.push(text.slice(at, end + 1))
      at = end
    } else if (sign === '{' || sign === '[') {
      const next = firstAfter(text, at + 1)
      if (text[next] === (sign === '{' ? '}' : ']')) {
        out.push(sign, text[next])
        at = next
      } else {
        depth++
        out.push(sign, lineEnd())
      }
    } else if (sign === '}' || sign === ']') {
      depth--
      out.push(lineEnd(), sign)
    } else if (sign === ',') out.push(',', indent === 0 ? '' : lineEnd())
    else if (sign === ':') out.push(indent === 0 ? ':' : ': ')
    else if (!isSpace(sign)) out.push(sign)
  }
  return out.join('')
}

function isSpace(sign: string): boolean {
  return sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t'
}

function firstAfter(text: string, from: number): number {
  let at = from
  while (at < text.length && isSpace(text[at])) at++
  return at
}

function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at
  }
  return text.length - 1
}
