// Canvases for tests of the map on a page that draws nothing: a 2D context that notes what is filled,
// and sizes, observers and frames as a browser has them.
import { vi } from 'vitest'

/** A rectangle that was filled. */
export interface Filled {
  readonly style: string
  readonly x: number
  readonly y: number
}

/** What all canvases of a test share. */
export interface FakeCanvases {
  readonly filled: Filled[]
  /** Kinds of contexts asked for, in order. */
  readonly asked: string[]
}

/** Replaces `getContext` for one test; `vi.restoreAllMocks` takes it back. */
export function giveCanvas(kinds: { readonly has2d: boolean }): FakeCanvases {
  const fake: FakeCanvases = { filled: [], asked: [] }
  const methods =
    'setTransform clearRect beginPath closePath arc rect moveTo lineTo stroke fill setLineDash drawImage putImageData'
  const context = {
    ...Object.fromEntries(methods.split(' ').map((name) => [name, () => undefined])),
    fillStyle: '',
    fillRect(x: number, y: number) {
      fake.filled.push({ style: this.fillStyle, x, y })
    },
    measureText: (text: string) => ({ width: text.length * 7 }),
    getImageData: () => ({ data: new Uint8ClampedArray(4 * 160 * 160) })
  }
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(((kind: string) => {
    fake.asked.push(kind)
    return kind === '2d' && kinds.has2d ? context : null
    // The overloads of the browser's own declaration cannot be met by one function.
  }) as never)
  return fake
}
