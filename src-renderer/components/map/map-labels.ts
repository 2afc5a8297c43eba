// Which words of the map are shown where: those of the coarse level first, larger groups before
// smaller ones, none over another; finer levels fade in as the map is zoomed.
import { toScreen, zoomOf, type MapView } from './map-view.ts'

/** A word and its place in map units. */
export interface PlacedWord {
  readonly x: number
  readonly y: number
  readonly text: string
  readonly weight: number
  /** 0 always shows; higher numbers when zoomed in. */
  readonly level: number
}

/** A word on the screen, its middle at (x, y). */
export interface ShownWord {
  readonly key: string
  readonly text: string
  readonly x: number
  readonly y: number
  readonly opacity01: number
  readonly level: number
}

/** Zoom at which a level begins to show and at which it is fully there. */
const fades = [
  [0, 0],
  [1.5, 2.2],
  [3, 4.4]
] as const
const shownMost = 60
const gap = 6
/** A word stands this far above the middle of its place, so that it does not hide a small one. */
const raised = 14

/** A part of the screen in pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/**
 * The words to show. `widthOf` measures a word in pixels; `lineHeight` is their height; nothing is
 * put where `covered` lies.
 */
export function shownWords(
  words: readonly PlacedWord[],
  view: MapView,
  widthOf: (text: string, level: number) => number,
  lineHeight: number,
  covered: readonly Box[] = []
): ShownWord[] {
  const zoom = zoomOf(view)
  const order = words
    .map((word, index) => ({ word, index, opacity01: opacityAt(word.level, zoom) }))
    .filter(({ opacity01 }) => opacity01 > 0.02)
    .sort(
      (one, other) =>
        one.word.level - other.word.level ||
        other.word.weight - one.word.weight ||
        one.index - other.index
    )
  const shown: ShownWord[] = []
  const boxes: Box[] = [...covered]
  for (const { word, index, opacity01 } of order) {
    if (shown.length === shownMost) break
    const middle = toScreen(view, word.x, word.y)
    const at = { x: middle.x, y: middle.y - raised }
    const width = widthOf(word.text, word.level) + gap
    const box = boxAround(at.x, at.y, width, lineHeight + gap)
    if (!isWithin(box, view) || boxes.some((other) => overlaps(box, other))) continue
    boxes.push(box)
    const { text, level } = word
    shown.push({ key: `${index} ${text}`, text, ...at, opacity01, level })
  }
  return shown
}

function opacityAt(level: number, zoom: number): number {
  const [from, to] = fades[Math.min(level, fades.length - 1)] ?? [0, 0]
  if (zoom >= to) return 1
  return zoom <= from ? 0 : (zoom - from) / (to - from)
}

function boxAround(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 }
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  )
}

/** A word that would be cut off at the edge is not shown. */
function isWithin(box: Box, view: MapView): boolean {
  return box.left >= 0 && box.top >= 0 && box.right <= view.width && box.bottom <= view.height
}
