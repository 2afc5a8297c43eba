// Scrolling further than a browser lets an element be tall. Short lists scroll as they are. In a
// longer one the ends are at full scale and only the middle is squeezed: the scroll bar reaches every
// row, while wheels and keys move by true pixels everywhere. Arithmetic only, no DOM.

/** Tallest element drawn; Chromium stops at 33,554,428 px, Firefox at 17,895,697 px. */
export const tallest = 8_000_000
/** Height at both ends that is at full scale. */
const unscaledEnd = 1_000_000

/** How places on the scroll bar and places in the list belong together; both from 0 px. */
export interface ScrollScale {
  /** Height of the element that scrolls. */
  readonly height: number
  readonly isScaled: boolean
  /** Furthest place of the list at the top of the view. */
  readonly maxOffset: number
  readonly maxTop: number
  toOffset(top: number): number
  toTop(offset: number): number
}

/** The scale of a list `full` px tall seen through a view `view` px tall. */
export function scrollScale(full: number, view: number, cap = tallest): ScrollScale {
  const height = Math.min(full, cap)
  const maxOffset = Math.max(0, full - view)
  const maxTop = Math.max(0, height - view)
  const end = Math.min(unscaledEnd, maxTop / 4)
  const squeeze = full > cap ? (maxTop - 2 * end) / (maxOffset - 2 * end) : 1
  const bound = (value: number, most: number): number => Math.min(Math.max(value, 0), most)
  return {
    height,
    isScaled: full > cap,
    maxOffset,
    maxTop,
    toOffset(given) {
      const top = bound(given, maxTop)
      if (full <= cap || top <= end) return top
      return top >= maxTop - end ? maxOffset - (maxTop - top) : end + (top - end) / squeeze
    },
    toTop(given) {
      const offset = bound(given, maxOffset)
      if (full <= cap || offset <= end) return offset
      return offset >= maxOffset - end
        ? maxTop - (maxOffset - offset)
        : end + (offset - end) * squeeze
    }
  }
}

/** Where a list stands: `top` of the scroll bar, and how far the drawing is shifted against it. */
export interface ScrollPlace {
  readonly top: number
  /** Whole pixels to add to a place in the list to get its place in the scrolled element. */
  readonly base: number
}

/** Place in the list at the top of the view. */
export const offsetOf = (place: ScrollPlace): number => place.top - place.base

/** The place with this offset for a bar that stands at `top`. */
export function placeAt(offset: number, top: number): ScrollPlace {
  // Whole pixels, or the rows would be drawn between pixels; less than one is not seen.
  return { top, base: Math.round(top - offset) }
}

/** Where the list is after its bar went to `top`. */
export function scrolledTo(
  place: ScrollPlace,
  top: number,
  scale: ScrollScale,
  view: number
): ScrollPlace {
  if (!scale.isScaled) return { top, base: 0 }
  const by = top - place.top
  // A pixel of the bar is thousands of pixels here, so a short move is a wheel or a key.
  if (Math.abs(by) > Math.max(view * 2, 1200)) return placeAt(scale.toOffset(top), top)
  const offset = Math.min(Math.max(offsetOf(place) + by, 0), scale.maxOffset)
  return placeAt(offset, top)
}

/**
 * True when the bar has to be put right before the next move: it is about to hit an end that the list
 * has not reached, or the list has reached an end and the bar has not.
 */
export function isOutOfStep(place: ScrollPlace, scale: ScrollScale, view: number): boolean {
  if (!scale.isScaled) return false
  const offset = offsetOf(place)
  const zone = Math.max(view * 8, 5000)
  const isNearEnd = place.top < zone || place.top > scale.maxTop - zone
  const isAtEnd = offset <= 0 || offset >= scale.maxOffset
  return (isNearEnd || isAtEnd) && Math.abs(place.top - scale.toTop(offset)) >= 1
}
