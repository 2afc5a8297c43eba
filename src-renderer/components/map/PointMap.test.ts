// The map under hands: drawing around items, opening, moving, all of it by keys, and what is said.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { map as text } from '../../text/map.ts'
import { giveSize, sourceOf } from '../layout.test-support.ts'
import { giveCanvas, type FakeCanvases } from './map-canvas.test-support.ts'
import PointMap from './PointMap.vue'

let canvases: FakeCanvases
beforeEach(() => {
  giveSize(400, 400)
  canvases = giveCanvas({ has2d: true })
  vi.spyOn(HTMLElement.prototype, 'setPointerCapture').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

// A cross: middle, right, left, up, down; half a map unit apart.
const points = {
  x: Float32Array.of(0, 0.5, -0.5, 0, 0),
  y: Float32Array.of(0, 0, 0, 0.5, -0.5)
}

function show(props: Record<string, unknown> = {}): VueWrapper<InstanceType<typeof PointMap>> {
  const layers = defineComponent({
    setup: () => () =>
      h(TooltipProvider, () =>
        h(PointMap, {
          ...points,
          words: [],
          categories: undefined,
          shown: undefined,
          selected: new Set<number>(),
          source: sourceOf(),
          label: 'Map of Shoes',
          ...props
        })
      )
  })
  return mount(layers, { attachTo: document.body }).findComponent(PointMap)
}
const field = (map: VueWrapper): ReturnType<VueWrapper['find']> => map.find('[role="application"]')
async function press(map: VueWrapper, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    const isShift = key.startsWith('Shift+')
    await field(map).trigger('keydown', { key: key.replace('Shift+', ''), shiftKey: isShift })
  }
  await flushPromises()
}
async function drag(
  map: VueWrapper,
  places: readonly (readonly [number, number])[],
  part: Record<string, unknown> = {}
): Promise<void> {
  const [first, ...rest] = places
  const at = ([clientX, clientY]: readonly [number, number]): Record<string, unknown> => ({
    clientX,
    clientY,
    pointerId: 1,
    button: 0,
    ...part
  })
  await field(map).trigger('pointerdown', at(first ?? [0, 0]))
  for (const place of rest) await field(map).trigger('pointermove', at(place))
  await field(map).trigger('pointerup', at(rest.at(-1) ?? first ?? [0, 0]))
}
const said = (map: VueWrapper): string => map.find('[aria-live]').text()

describe('by mouse', () => {
  // The map is 400 pixels wide: half a map unit is 94 pixels.
  const aroundRight = [
    [250, 150],
    [350, 150],
    [350, 250],
    [250, 250]
  ] as const

  it('drawing around items filters by what is inside, with Shift it selects', async () => {
    const map = show()
    await drag(map, aroundRight)
    await drag(map, aroundRight, { shiftKey: true })
    expect(map.emitted('lasso')).toEqual([
      [Uint32Array.of(1), false],
      [Uint32Array.of(1), true]
    ])
    expect(said(map)).toBe(text.lassoSentence(1))
  })

  it('only takes what the filter shows, and nothing when nothing is inside', async () => {
    const map = show({ shown: Uint8Array.of(1, 0, 1, 1, 1) })
    await drag(map, aroundRight)
    expect(map.emitted('lasso')).toBeUndefined()
    expect(said(map)).toBe(text.lassoNone)
  })

  it('a press opens the item under it, with Shift it is picked, beside all items nothing', async () => {
    const map = show()
    await drag(map, [[203, 198]])
    await drag(map, [[203, 198]], { shiftKey: true })
    await drag(map, [[20, 20]])
    expect(map.emitted('open')).toEqual([[0]])
    expect(map.emitted('pick')).toEqual([[0]])
  })

  it('the middle button, Space and the mode move the map instead', async () => {
    const map = show()
    await drag(map, aroundRight, { button: 1 })
    await press(map, ' ')
    await drag(map, aroundRight)
    await field(map).trigger('keyup', { key: ' ' })
    await map.get(`button[aria-label="${text.pan}"]`).trigger('click')
    await drag(map, aroundRight)
    expect(map.emitted('lasso')).toBeUndefined()
    // Moved 100 pixels right and down each time: the middle item is not in the middle any more.
    await drag(map, [[200, 200]])
    expect(map.emitted('open')).toBeUndefined()
  })

  it('the wheel zooms at the pointer: items come apart, the one under it stays', async () => {
    const map = show()
    await field(map).trigger('wheel', { deltaY: -800, clientX: 294, clientY: 200 })
    await drag(map, [[294, 200]])
    await drag(map, [[200, 200]])
    expect(map.emitted('open')).toEqual([[1]])
  })

  it('Escape gives up an outline', async () => {
    const map = show()
    const at = { pointerId: 1, button: 0 }
    await field(map).trigger('pointerdown', { ...at, clientX: 250, clientY: 150 })
    for (const [clientX, clientY] of aroundRight)
      await field(map).trigger('pointermove', { ...at, clientX, clientY })
    await press(map, 'Escape')
    await field(map).trigger('pointerup', { ...at, clientX: 250, clientY: 250 })
    expect(map.emitted('lasso')).toBeUndefined()
  })
})

describe('by keys', () => {
  it('arrows go to the next item in their direction, Enter opens it, the item is read out', async () => {
    const map = show()
    // The first press enters at the item nearest to the middle.
    await press(map, 'ArrowRight', 'ArrowRight')
    expect(said(map)).toBe('item 1. shoe.')
    await press(map, 'Enter')
    await press(map, 'ArrowRight')
    expect(said(map)).toBe(text.noneThisWay)
    await press(map, 'ArrowLeft', 'ArrowUp', 'Enter')
    expect(map.emitted('open')).toEqual([[1], [3]])
  })

  it('skip what the filter hides', async () => {
    const map = show({ shown: Uint8Array.of(1, 0, 1, 1, 1) })
    await press(map, 'ArrowRight', 'ArrowRight')
    expect(said(map)).toBe(text.noneThisWay)
  })

  it('L starts a box, arrows make it larger, Enter filters and Shift with Enter selects', async () => {
    const map = show()
    await press(map, 'ArrowRight', 'l')
    expect(said(map)).toContain(text.boxHolds(1))
    await press(map, 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight')
    expect(said(map)).toBe(text.boxHolds(2))
    await press(map, 'Shift+ArrowRight', 'Shift+ArrowRight')
    expect(said(map)).toBe(text.boxHolds(1))
    await press(map, 'ArrowRight', 'ArrowRight', 'Enter')
    await press(map, 'l', 'Shift+Enter')
    expect(map.emitted('lasso')).toEqual([
      [Uint32Array.of(0, 1), false],
      [Uint32Array.of(0), true]
    ])
  })

  it('Escape leaves the box, then the item; letters of other shortcuts are let through', async () => {
    const map = show()
    await press(map, 'ArrowRight', 'l', 'Escape')
    expect(said(map)).toBe(text.boxLeft)
    await press(map, 'Escape', 'Enter')
    expect(map.emitted('open')).toBeUndefined()
    const event = new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, cancelable: true })
    field(map).element.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(false)
  })

  it('plus, minus and 0 zoom, Shift with an arrow moves the map', async () => {
    const map = show({ words: [{ x: 0, y: 0, text: 'middle', weight: 1, level: 0 }] })
    const place = (): number => Number(map.get('svg text').attributes('x'))
    await flushPromises()
    expect(place()).toBe(200)
    await press(map, 'Shift+ArrowRight')
    expect(place()).toBe(140)
    await press(map, '+')
    expect(place()).toBeCloseTo(200 - 60 * 1.4, 6)
    await press(map, '-')
    expect(place()).toBeCloseTo(140, 6)
    await press(map, '0')
    expect(place()).toBe(200)
  })
})

describe('what is drawn', () => {
  it('says how many of a large set are drawn where the 2D canvas has to do', async () => {
    const x = new Float32Array(60_000)
    const map = show({ x, y: x })
    await flushPromises()
    expect(map.text()).toContain(text.thinned(50_000, 60_000))
    expect(canvases.asked).toContain('webgl2')
  })

  it('says that nothing can be drawn and still works by keys', async () => {
    vi.restoreAllMocks()
    giveSize(400, 400)
    giveCanvas({ has2d: false })
    const map = show()
    await flushPromises()
    expect(map.text()).toContain(text.cannotDrawText)
    await press(map, 'ArrowRight', 'Enter')
    expect(map.emitted('open')).toEqual([[0]])
  })

  it('has names for screen readers and a way to the table', async () => {
    const map = show()
    expect(field(map).attributes('aria-label')).toBe('Map of Shoes')
    const described = field(map).attributes('aria-describedby') ?? ''
    expect(document.getElementById(described)?.textContent).toBe(text.keys)
    await map
      .findAll('button')
      .find((button) => button.text() === text.asTable)
      ?.trigger('click')
    expect(map.emitted('table')).toHaveLength(1)
  })
})
