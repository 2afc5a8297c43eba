// The compact screen: what an agent is told about a page. One line per visible element without
// children; hidden content is never opened up ("A Zero-Shot Language Agent for Computer Control with
// Structured Reflection", Li et al. 2023, section 3.2).

/** Size of the part of the page a task plays in, in CSS pixels. */
export const screenSize = { width: 160, height: 210 } as const

/** A visible element without children, as the page reports it. Sizes in CSS pixels. */
export interface ScreenLeaf {
  /** The page's own number of the element; negative for loose text, which cannot be acted on. */
  readonly ref: number
  /** Lower case; with the kind for inputs: "input_text". */
  readonly tag: string
  readonly classes: string
  readonly domId: string
  readonly text: string
  /** What a field holds; checked boxes say "True", others "False"; null where there is none. */
  readonly value: string | null
  readonly placeholder: string
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** One look at a page. */
export interface Screen {
  readonly leaves: readonly ScreenLeaf[]
}

const columns = ['left', '', 'right'] as const
const rows = ['top', '', 'bottom'] as const

function third(value: number, size: number): number {
  const cell = Math.floor(value / (size / 3))
  return Number.isNaN(cell) ? 0 : Math.min(2, Math.max(0, cell))
}

/** Name of the cell of a 3x3 grid over the screen that holds a point: "top left" to "bottom right". */
export function gridCell(x: number, y: number): string {
  const name = `${rows[third(y, screenSize.height)]} ${columns[third(x, screenSize.width)]}`.trim()
  return name === '' ? 'center' : name
}

const quoted = (text: string): string => JSON.stringify(text.replaceAll(/\s+/g, ' ').trim())

/** One line: tag, id, class, placeholder, value, place, text; what is empty is left out. */
export function leafLine(leaf: ScreenLeaf, isBanned = false): string {
  const place = gridCell(leaf.left + leaf.width / 2, leaf.top + leaf.height / 2)
  // The paper's rule: the document's own id stands in where there is no class.
  const name = leaf.classes.trim() === '' ? leaf.domId : leaf.classes
  const parts = [leaf.tag]
  if (!isBanned && leaf.ref > 0) parts.push(`id=${leaf.ref}`)
  if (name.trim() !== '') parts.push(`class=${quoted(name)}`)
  if (leaf.placeholder.trim() !== '') parts.push(`placeholder=${quoted(leaf.placeholder)}`)
  if (leaf.value !== null && leaf.value !== '') parts.push(`value=${quoted(leaf.value)}`)
  parts.push(`pos=${quoted(place)}`)
  if (leaf.text.trim() !== '') parts.push(quoted(leaf.text))
  return parts.join(' ')
}

/** The whole screen, one line per element. Banned elements keep their line and lose their id alone. */
export function screenText({ leaves }: Screen, banned: ReadonlySet<number> = new Set()): string {
  return leaves.map((leaf) => leafLine(leaf, banned.has(leaf.ref))).join('\n')
}

/** The element with a number, or undefined. */
export function leafOf({ leaves }: Screen, ref: number): ScreenLeaf | undefined {
  return leaves.find((leaf) => leaf.ref === ref && ref > 0)
}
