// Cuts long texts into blocks that the browser draws only when they come into view, and counts lines.

/** About how many characters a block has. */
const blockChars = 20_000

/** The blocks of a text, cut at the ends of lines where there are any. */
export function blocksOf(text: string): string[] {
  const blocks: string[] = []
  let from = 0
  while (text.length - from > blockChars * 1.5) {
    const end = text.indexOf('\n', from + blockChars)
    const to = end === -1 || end > from + 2 * blockChars ? from + blockChars : end + 1
    // The newline at the end is the block's own end.
    blocks.push(text[to - 1] === '\n' ? text.slice(from, to - 1) : text.slice(from, to))
    from = to
  }
  blocks.push(text.slice(from))
  return blocks
}

/** Number of lines of a text. */
export function lineCount(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

/** The first lines of a text, without the newline after them. */
export function firstLines(text: string, count: number): string {
  if (count <= 0) return ''
  let at = -1
  for (let line = 0; line < count; line++) {
    at = text.indexOf('\n', at + 1)
    if (at === -1) return text
  }
  return text.slice(0, at)
}
