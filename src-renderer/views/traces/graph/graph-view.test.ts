// The graph screen: what it asks for and shows, how it is moved by mouse, wheel and keys, the table
// beside it, and what is said where there is little to show.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '@api/errors.ts'
import type { GraphBox, GraphTrust, TraceGraph } from '@api/dto/trace-graphs.ts'
import { clickOn, startApp, type TestApp } from '../../view.test-support.ts'
import type { Answers } from '../../../stores/run-fixtures.test-support.ts'
import GraphView from './GraphView.vue'
import {
  broughtIn,
  fitted,
  lineWidth,
  moved,
  nearestTowards,
  pathThrough,
  zoomedAt
} from './graph-view.ts'

const box = (label: string, x: number, y: number, part: Partial<GraphBox> = {}): GraphBox => ({
  label,
  kind: 'state',
  states: 1,
  visits: 4,
  passes: 2,
  attempts: [1, 2],
  value01: 0.5,
  isDeadEnd: false,
  repeats: 0,
  at: { x, y },
  ...part
})
const trusted: GraphTrust = {
  isTrusted: true,
  attempts: 20,
  passes: 10,
  auc: 0.89,
  low: 0.75,
  scorer: 'counts',
  reason: 'trusted'
}
const graph: TraceGraph = {
  task: 'book a flight',
  goal: 'Book the cheapest flight',
  states: 'ledger',
  allStates: 5,
  width: 400,
  height: 300,
  box: { width: 168, height: 44 },
  boxes: [
    box('Nothing changed', 200, 40, { kind: 'start', visits: 6, attempts: [1, 2, 3] }),
    box('book_reservation +1', 100, 140, { states: 2, repeats: 3 }),
    box('cancel_reservation', 300, 140, { passes: 0, isDeadEnd: true, attempts: [3] }),
    box('Passed', 200, 240, { kind: 'pass' })
  ],
  lines: [
    {
      from: 0,
      to: 1,
      count: 5,
      visits: 4,
      passes: 2,
      attempts: [1, 2],
      actions: [{ label: 'book_reservation {"id":1}', count: 5, passes: 2 }],
      kinds: 3,
      points: [
        { x: 200, y: 62 },
        { x: 150, y: 90 },
        { x: 100, y: 118 }
      ]
    },
    {
      from: 0,
      to: 2,
      count: 1,
      visits: 1,
      passes: 0,
      attempts: [3],
      actions: [{ label: 'cancel_reservation', count: 1, passes: 0 }],
      kinds: 1,
      points: [
        { x: 200, y: 62 },
        { x: 300, y: 118 }
      ]
    }
  ],
  paths: [
    { trace: 1, name: 'a', trial: 0, outcome: 'pass', boxes: [0, 1, 3] },
    { trace: 2, name: 'b', trial: 1, outcome: 'fail', boxes: [0, 1] },
    { trace: 3, name: 'c', trial: 2, outcome: 'fail', boxes: [0, 2] }
  ],
  leftOut: 0,
  trust: trusted
}
const board =
  (tasks: readonly string[]): NonNullable<Answers['traces.board']> =>
  () => ({
    total: tasks.length,
    tasks: tasks.map((task) => ({ task, goal: 'goal', attempts: [] }))
  })

let shown: VueWrapper | undefined
afterEach(() => {
  shown?.unmount()
  shown = undefined
})

async function open(answers: Answers, props: Record<string, unknown> = {}): Promise<TestApp> {
  const app = await startApp({ 'traces.board': board(['book a flight', 'other']), ...answers })
  const place = { template: '<i />' }
  app.router.addRoute({ path: '/traces/:set', name: 'trace-set', component: place })
  app.router.addRoute({ path: '/traces/:set/graph', name: 'trace-graph', component: place })
  app.router.addRoute({ path: '/traces/:set/attempt/:trace', name: 'attempt', component: place })
  shown = app.show(GraphView, { set: 's1', task: 'book a flight', ...props })
  await flushPromises()
  return app
}
const find = (selector: string): Element | null => document.body.querySelector(selector)
const all = (selector: string): Element[] => [...document.body.querySelectorAll(selector)]
const text = (): string => document.body.textContent
const sight = (): string => find('svg > g')?.getAttribute('transform') ?? ''
const press = async (
  selector: string,
  key: string,
  more: KeyboardEventInit = {}
): Promise<void> => {
  find(selector)?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }))
  await flushPromises()
}

describe('the graph screen', () => {
  it('draws boxes and lines with their counts, dead ends hatched, one way in bold', async () => {
    const app = await open({ 'traces.graph': () => graph }, { trace: 1 })
    expect(app.inputs('traces.graph')).toEqual([{ set: 's1', task: 'book a flight' }])
    expect(all('.box')).toHaveLength(4)
    expect(all('.box .dead')).toHaveLength(1)
    expect(all('.box.bold').map((each) => each.getAttribute('data-box'))).toEqual(['0', '1', '3'])
    expect(all('.line.bold')).toHaveLength(1)
    expect(find('[data-box="2"]')?.getAttribute('aria-label')).toBe(
      'cancel_reservation: 4 attempts, 0 passed, Dead end'
    )
    expect(text()).toContain('How usual each step is stands beside it')
    expect(text()).toContain('the same changes were made')
  })

  it('tells what a box and a line hold, with links to attempts', async () => {
    await open({ 'traces.graph': () => graph })
    await clickOn(find('[data-box="1"]'))
    expect(find('.details h2')?.textContent).toBe('book_reservation +1')
    expect(find('.details')?.textContent).toContain('2 states joined in this box')
    expect(find('.details')?.textContent).toContain('3 actions stayed')
    expect(all('.details a').map((link) => link.getAttribute('href'))).toEqual([
      '/traces/s1/attempt/1',
      '/traces/s1/attempt/2'
    ])
    expect(find('.details')?.textContent).toContain('2 more')
    await clickOn(find('[data-line="0"]'))
    expect(find('.details')?.textContent).toContain('Taken 5 times')
    expect(find('.details')?.textContent).toContain('book_reservation {"id":1}')
    expect(find('.details')?.textContent).toContain('2 more kinds of action')
    await press('.frame', 'Escape')
    expect(find('.details')).toBeNull()
  })

  it('is moved and walked by keys', async () => {
    await open({ 'traces.graph': () => graph })
    const before = sight()
    await press('.frame', '+')
    const zoomed = sight()
    expect(zoomed).not.toBe(before)
    await press('.frame', 'ArrowLeft', { shiftKey: true })
    expect(sight()).not.toBe(zoomed)
    await press('.frame', '0')
    expect(sight()).toBe(before)
    await press('[data-box="0"]', 'ArrowDown')
    const held = document.activeElement?.getAttribute('data-box')
    expect(['1', '2']).toContain(held)
    await press(`[data-box="${held ?? ''}"]`, 'Enter')
    expect(find(`[data-box="${held ?? ''}"]`)?.getAttribute('aria-pressed')).toBe('true')
  })

  it('is moved by wheel and mouse', async () => {
    await open({ 'traces.graph': () => graph })
    const before = sight()
    // The wheel events of the page of tests have no place.
    const wheel = new MouseEvent('wheel', { clientX: 30, clientY: 40, bubbles: true })
    find('.frame')?.dispatchEvent(Object.assign(wheel, { deltaY: -200 }))
    await flushPromises()
    const zoomed = sight()
    expect(zoomed).not.toBe(before)
    const drag = (type: string, x: number): void => {
      const event = new PointerEvent(type, { clientX: x, clientY: 5, pointerId: 1, bubbles: true })
      find('.frame')?.dispatchEvent(event)
    }
    drag('pointerdown', 10)
    drag('pointermove', 60)
    drag('pointerup', 60)
    drag('pointermove', 200)
    await flushPromises()
    const [x, y] = [/translate\(([-\d.e]+)/.exec(zoomed), /translate\(([-\d.e]+)/.exec(sight())]
    expect(Number(y?.[1]) - Number(x?.[1])).toBeCloseTo(50, 6)
  })

  it('has the same as a table', async () => {
    await open({ 'traces.graph': () => graph })
    const tabs = all('[role="tab"]')
    // Tabs of the toolkit change when they get the focus or a mouse button goes down on them.
    tabs[1]?.dispatchEvent(new MouseEvent('mousedown', { button: 0, bubbles: true }))
    await flushPromises()
    expect(text()).toContain('book_reservation +1 (4), cancel_reservation (1)')
    expect(text()).toContain('Expected to pass')
  })

  it('chooses the first task where the address names none, and another on request', async () => {
    const app = await open({ 'traces.graph': () => graph }, { task: undefined })
    expect(app.router.currentRoute.value.query).toEqual({ task: 'book a flight' })
    expect(app.inputs('traces.graph')).toEqual([])
  })

  it('says why steps are not judged, and that there are no tasks', async () => {
    const few: GraphTrust = {
      ...trusted,
      isTrusted: false,
      attempts: 3,
      auc: null,
      low: null,
      reason: 'few-attempts'
    }
    await open({ 'traces.graph': () => ({ ...graph, leftOut: 5, trust: few }) })
    expect(text()).toContain('3 attempts with a known outcome, fewer than 8: counts only.')
    expect(text()).toContain('5 more attempts')
    shown?.unmount()
    await open({ 'traces.board': board([]) }, { task: undefined })
    expect(text()).toContain('No tasks yet')
  })

  it('says what failed and tries again', async () => {
    let tries = 0
    const app = await open({
      'traces.graph': () => {
        if (tries++ === 0) throw new AppError('item-not-found', 'This set has no attempt at it.')
        return graph
      }
    })
    expect(text()).toContain('This set has no attempt at it.')
    await clickOn(all('.message button')[0])
    expect(all('.box')).toHaveLength(4)
    expect(app.inputs('traces.graph')).toHaveLength(2)
  })
})

describe('the sight', () => {
  it('fits, zooms about a point and moves', () => {
    expect(fitted({ width: 400, height: 300 }, { width: 200, height: 300 })).toEqual({
      scale: 0.5,
      x: 0,
      y: 0
    })
    expect(fitted({ width: 100, height: 100 }, { width: 0, height: 0 }).scale).toBe(1)
    const held = zoomedAt({ scale: 1, x: 10, y: 20 }, 2, 110, 220)
    expect(held).toEqual({ scale: 2, x: -90, y: -180 })
    expect(zoomedAt({ scale: 1, x: 0, y: 0 }, 1e9, 0, 0).scale).toBe(3)
    expect(moved({ scale: 2, x: 1, y: 2 }, 3, 4)).toEqual({ scale: 2, x: 4, y: 6 })
    const seen = broughtIn(
      { scale: 1, x: 0, y: 0 },
      { x: 500, y: 50 },
      { width: 300, height: 300 },
      20
    )
    expect(seen).toEqual({ scale: 1, x: -220, y: 0 })
  })

  it('finds the next box in a direction and draws lines', () => {
    const points = graph.boxes.map(({ at }) => at)
    expect(nearestTowards(points, 1, 'ArrowRight')).toBe(2)
    expect(nearestTowards(points, 1, 'ArrowLeft')).toBeUndefined()
    expect(nearestTowards(points, 3, 'ArrowUp')).toBe(1)
    expect(pathThrough([])).toBe('')
    expect(
      pathThrough([
        { x: 0, y: 0 },
        { x: 1, y: 2 }
      ])
    ).toBe('M0 0L1 2')
    expect(
      pathThrough([
        { x: 0, y: 0 },
        { x: 1, y: 2 },
        { x: 3, y: 4 }
      ])
    ).toBe('M0 0Q1 2 3 4')
    expect(lineWidth(4, 4)).toBeGreaterThan(lineWidth(1, 4))
  })
})
