// What changed from one screen or output to the next, line by line, with equal stretches folded.
import { diffLines } from 'diff'

/** A stretch of lines. */
export interface ChangePart {
  readonly kind: 'same' | 'added' | 'gone' | 'folded'
  readonly text: string
  /** Lines it stands for. */
  readonly lines: number
}

/** Equal lines kept on each side of a change, so that its place can be told. */
const context = 2
/** Longest time a comparison may take, in ms: the window waits for it. */
const patience = 120

const linesOf = (text: string): string[] => {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/**
 * Changes from one text to the next; empty when there are none, undefined when there are too many to
 * find in the time a window can wait.
 */
export function changesBetween(before: string, after: string): ChangePart[] | undefined {
  if (before === after) return []
  const changes = diffLines(before, after, { timeout: patience })
  if (changes === undefined) return undefined
  if (changes.every(({ added, removed }) => !added && !removed)) return []
  return changes.flatMap((change, at): ChangePart[] => {
    const lines = linesOf(change.value)
    const part = (kind: ChangePart['kind'], some: readonly string[]): ChangePart[] =>
      some.length === 0 ? [] : [{ kind, text: some.join('\n'), lines: some.length }]
    if (change.added) return part('added', lines)
    if (change.removed) return part('gone', lines)
    const head = at === 0 ? 0 : context
    const tail = at === changes.length - 1 ? 0 : context
    if (lines.length <= head + tail + 1) return part('same', lines)
    return [
      ...part('same', lines.slice(0, head)),
      ...part('folded', lines.slice(head, lines.length - tail)),
      ...part('same', lines.slice(lines.length - tail))
    ]
  })
}
