// What a page answers is untrusted: its elements and results are read field by field, with bounds.
import type { PageResult } from '../reflection/solve-options.ts'
import type { Screen, ScreenLeaf } from '../reflection/screen.ts'

/** Most elements of one screen; more than any page of the kind has. */
const mostLeaves = 2000
const longestText = 2000
const deepest = 64

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  // Any object can be read by name; each field is checked where it is used.
  typeof value === 'object' && value !== null ? (value as Fields) : {}

const numberIn = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : 0

const textIn = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, longestText) : ''

/** The visible elements without children in a page's nested description, in the order of the page. */
export function screenFrom(value: unknown): Screen {
  const leaves: ScreenLeaf[] = []
  const visit = (node: unknown, depth: number): void => {
    if (leaves.length >= mostLeaves || depth > deepest) return
    const fields = fieldsOf(node)
    const children: unknown = fields['children']
    if (Array.isArray(children) && children.length > 0) {
      for (const child of children) visit(child, depth + 1)
      return
    }
    if (typeof fields['tag'] === 'string') leaves.push(leafFrom(fields))
  }
  visit(value, 0)
  return { leaves }
}

function leafFrom(fields: Fields): ScreenLeaf {
  const { value } = fields
  return {
    ref: Math.trunc(numberIn(fields['ref'])),
    tag: textIn(fields['tag']).toLowerCase(),
    classes: textIn(fields['classes']),
    domId: textIn(fields['id']),
    text: textIn(fields['text']),
    value: typeof value === 'boolean' ? (value ? 'True' : 'False') : textIn(value) || null,
    placeholder: textIn(fields['placeholder']),
    left: numberIn(fields['left']),
    top: numberIn(fields['top']),
    width: numberIn(fields['width']),
    height: numberIn(fields['height'])
  }
}

/** The goal: a text, or on some pages an object that holds one. */
export function goalFrom(value: unknown): string {
  return textIn(typeof value === 'string' ? value : fieldsOf(value)['utterance'])
}

/** How an episode stands. The raw reward: the other one falls with time. */
export function resultFrom(value: unknown): PageResult {
  const fields = fieldsOf(value)
  const reason = fields['reason']
  return {
    isDone: fields['done'] === true,
    reward: numberIn(fields['raw']),
    reason: typeof reason === 'string' ? reason.slice(0, 200) : null
  }
}
