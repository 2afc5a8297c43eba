// A colour and a shape for each label of a chart. Seven colours and eight shapes have no divisor in
// common, so 56 labels can be told apart, and labels that follow each other differ in both.

/** Outlines in a square of 16. */
const shapes = [
  'M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0-14z',
  'M2 2h12v12h-12z',
  'M8 1l7 13h-14z',
  'M8 0l8 8l-8 8l-8-8z',
  'M8 15l7-13h-14z',
  'M5.5 0h5v5.5h5.5v5h-5.5v5.5h-5v-5.5h-5.5v-5h5.5z',
  'M3 0l5 5l5-5l3 3l-5 5l5 5l-3 3l-5-5l-5 5l-3-3l5-5l-5-5z',
  'M8 0l2.4 5.2l5.6 .7l-4.1 3.9l1.1 5.6l-5-2.8l-5 2.8l1.1-5.6l-4.1-3.9l5.6-.7z'
] as const

/** How a label is drawn. */
export interface LabelMark {
  /** Path of an outline in a square of 16. */
  readonly path: string
  /** Index among the category colours of the theme. */
  readonly color: number
}

/** The mark of a label by its place in the list; `colors` category colours are there. */
export function labelMark(label: number, colors: number): LabelMark {
  return {
    path: shapes[label % shapes.length] ?? shapes[0],
    color: colors === 0 ? 0 : label % colors
  }
}
