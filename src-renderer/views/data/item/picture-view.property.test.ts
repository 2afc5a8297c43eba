// Looking closely at a picture: it never leaves its frame, and what is under the pointer stays there.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitted, moved, zoomed, type PictureView, type Size } from './picture-view.ts'

const anySize = fc.record({
  width: fc.integer({ min: 1, max: 8000 }),
  height: fc.integer({ min: 1, max: 8000 })
})
const anyFrame = fc.record({
  width: fc.integer({ min: 50, max: 2000 }),
  height: fc.integer({ min: 50, max: 2000 })
})
const anyStep = fc.oneof(
  fc.record({
    kind: fc.constant('zoom' as const),
    factor: fc.double({ min: 0.5, max: 2, noNaN: true }),
    x: fc.nat(2000),
    y: fc.nat(2000)
  }),
  fc.record({
    kind: fc.constant('move' as const),
    x: fc.integer({ min: -500, max: 500 }),
    y: fc.integer({ min: -500, max: 500 })
  })
)

function expectInFrame(view: PictureView, picture: Size, frame: Size): void {
  const check = (at: number, length: number, room: number): void => {
    const drawn = length * view.scale
    // Smaller: all of it inside. Larger: no gap on either side.
    expect(at).toBeGreaterThanOrEqual(drawn <= room ? -0.01 : room - drawn - 0.01)
    expect(at).toBeLessThanOrEqual(drawn <= room ? room - drawn + 0.01 : 0.01)
  }
  check(view.x, picture.width, frame.width)
  check(view.y, picture.height, frame.height)
}

describe('a picture in its frame', () => {
  it('is all there when fitted, and as large as it can be', () => {
    fc.assert(
      fc.property(anySize, anyFrame, (picture, frame) => {
        const view = fitted(picture, frame)
        const width = picture.width * view.scale
        const height = picture.height * view.scale
        expect(Math.min(frame.width - width, frame.height - height)).toBeCloseTo(0, 5)
        expectInFrame(view, picture, frame)
      })
    )
  })

  it('never leaves it, whatever is done', () => {
    fc.assert(
      fc.property(anySize, anyFrame, fc.array(anyStep), (picture, frame, steps) => {
        let view = fitted(picture, frame)
        for (const step of steps) {
          view =
            step.kind === 'zoom'
              ? zoomed(view, step.factor, step, picture, frame)
              : moved(view, step.x, step.y, picture, frame)
          expectInFrame(view, picture, frame)
        }
      })
    )
  })

  it('keeps the point under the pointer where it is', () => {
    const picture = { width: 1000, height: 1000 }
    const frame = { width: 500, height: 500 }
    const view = zoomed(fitted(picture, frame), 4, { x: 250, y: 250 }, picture, frame)
    const at = { x: 100, y: 300 }
    const pointOf = (now: PictureView): number[] => [
      (at.x - now.x) / now.scale,
      (at.y - now.y) / now.scale
    ]
    const closer = zoomed(view, 1.5, at, picture, frame)
    pointOf(closer).forEach((value, axis) => expect(value).toBeCloseTo(pointOf(view)[axis] ?? 0, 6))
  })

  it('is drawn in its own size where its size is not known yet', () => {
    expect(fitted({ width: 0, height: 0 }, { width: 100, height: 100 }).scale).toBe(1)
  })
})
