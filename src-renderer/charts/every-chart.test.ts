// What every chart must have, over all charts of this folder: a finding as its title, the picture in a
// sentence, the same figures as a table, both ways to save, everything by keyboard, a word where there
// is nothing to draw or drawing fails, and never colour as the only signal. A chart that is not listed
// here fails, and so does one that is drawn past the frame all of them share.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { defineComponent, h, nextTick, type Component } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { tinyResultOf } from '../stores/distil-fixtures.test-support.ts'
import { checkOf, votesOf } from '../stores/run-fixtures.test-support.ts'
import { charts as words } from '../text/charts.ts'
import { formatPercent } from '../text/format.ts'
import { chartSvg } from './chart-svg.ts'
import type * as setup from './echarts-setup.ts'
import type { Chart, ChartOption } from './echarts-setup.ts'
import { measuresOf } from './live-measure-option.ts'

/** What the frame was asked to draw, in order. */
const drawn: ChartOption[] = []
let failsToDraw = false
vi.mock('./echarts-setup.ts', async (original) => ({
  ...(await original<typeof setup>()),
  drawInto: () => {
    if (failsToDraw) throw new Error('no canvas')
    // The frame uses these of a chart.
    const chart: Pick<Chart, 'dispose' | 'resize' | 'setOption'> = {
      setOption: (option: ChartOption) => void drawn.push(option),
      resize: () => undefined,
      dispose: () => undefined
    }
    return chart
  }
}))

const tinyCheck = tinyResultOf().check
if (tinyCheck === null) throw new Error('the fixture has a check')
const check = checkOf()
const point = (mean: number): { mean: number; sd: number } => ({ mean, sd: 0.01 })
const line = [0.5, 0.6, 0.7].map((y, x) => ({ x: x + 1, y }))
const [measure] = measuresOf(line.map(({ x, y }) => ({ series: 'Warm-up loss', x, y })))
if (measure === undefined) throw new Error('there is no measure')

/** Each chart with something to draw, and with nothing where that can be. */
const samples: Readonly<Record<string, { readonly full: object; readonly empty?: object }>> = {
  ClassMixChart: {
    full: {
      data: {
        labels: ['boot', 'shoe'],
        sets: [
          { name: 'Available', look: 'available', counts: [5, 3] },
          { name: 'Chosen', look: 'chosen', counts: [2, 2] },
          { name: 'Random', look: 'random', counts: [1, 3] }
        ]
      }
    },
    empty: { data: { labels: [], sets: [] } }
  },
  DifferenceChart: { full: { check } },
  FrontierChart: {
    full: {
      frontier: {
        epochs: [0, 1, 2],
        perClass: [1, 10],
        accuracy: [
          [0.2, 0.5],
          [0.3, 0.6],
          [0.25, 0.7]
        ],
        best: [
          { perClass: 1, epoch: 1, accuracy: 0.3 },
          { perClass: 10, epoch: 2, accuracy: 0.7 }
        ]
      }
    }
  },
  HelperCurve: {
    full: { title: 'Right on test items', points: line, format: formatPercent, chosen: 2 },
    empty: { title: 'Right on test items', points: [], format: formatPercent, chosen: null }
  },
  LearningCurve: {
    full: {
      chosen: 400,
      testItems: 100,
      repeats: 3,
      curve: {
        sizes: [200, 400],
        arms: {
          chosen: [point(0.6), point(0.7)],
          random: [point(0.5), point(0.6)],
          stratified: [point(0.52), point(0.62)]
        },
        randomRange: [
          { mean: 0.5, low: 0.45, high: 0.55 },
          { mean: 0.6, low: 0.55, high: 0.65 }
        ],
        all: point(0.8)
      }
    }
  },
  LiveAccuracy: {
    full: {
      repeats: 3,
      points: ['chosen', 'random', 'other:1'].flatMap((set) =>
        line.map(({ x, y }) => ({ series: `accuracy:${set}`, x, y }))
      ),
      otherNames: ['Spread out', 'Typical']
    },
    empty: { repeats: 3, points: [] }
  },
  LiveMeasure: { full: { measure }, empty: { measure: { ...measure, points: [] } } },
  OverlapMatrix: { full: { votes: votesOf() } },
  ResultBars: { full: { check } },
  RuleMatrix: {
    full: {
      rules: {
        rules: ['Votes', 'Sums'],
        overlap: [
          [1, 0.5],
          [0.5, 1]
        ]
      }
    }
  },
  TinyBars: {
    full: { check: tinyCheck, network: 'ConvNet, 32 filters', testItems: 100, max: 1 }
  },
  TinyCurve: { full: { points: line, random: 0.55 }, empty: { points: [], random: null } },
  TinyTests: {
    full: {
      series: [
        { id: 'a', name: 'Tiny set', kind: 'chosen', points: line },
        { id: 'b', name: 'Random', kind: 'random', points: line }
      ]
    },
    empty: { series: [] }
  },
  VoteHistogram: { full: { votes: votesOf() } }
}

/** Parts of charts. */
const parts = ['ChartFrame', 'ChartLegend']
const modules = import.meta.glob<{ readonly default: Component }>('./*.vue', { eager: true })
const all = Object.entries(modules)
  .map(([path, { default: component }]) => ({
    name: path.replace(/^\.\/|\.vue$/g, ''),
    component
  }))
  .filter(({ name }) => !parts.includes(name))

let wrapper: VueWrapper
async function show(component: Component, props: object): Promise<void> {
  drawn.length = 0
  wrapper = mount(
    defineComponent(() => () => h(TooltipProvider, () => h(component, props))),
    { attachTo: document.body }
  )
  await flushPromises()
  await nextTick()
}
beforeEach(() => {
  failsToDraw = false
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600)
})
afterEach(() => {
  wrapper.unmount()
  vi.restoreAllMocks()
  delete document.documentElement.dataset['theme']
})

interface Series {
  readonly type: string
  readonly name?: string
  readonly data: readonly unknown[]
  readonly symbol?: string
  readonly lineStyle?: { readonly type?: string }
  readonly itemStyle?: {
    readonly color?: unknown
    readonly borderType?: string
    readonly borderWidth?: number
    readonly decal?: unknown
  }
  readonly label?: { readonly show?: boolean }
  readonly endLabel?: { readonly show?: boolean }
}
/** How a series looks apart from its colours; that it is labelled where it stands is enough. */
function lookOf(series: Series, place: number): string {
  const isNamed = series.label?.show === true || series.endLabel?.show === true
  const { color, borderType, borderWidth, decal } = series.itemStyle ?? {}
  const looks = [
    series.type,
    series.symbol,
    series.lineStyle?.type,
    color === 'transparent',
    borderType,
    borderWidth,
    JSON.stringify(decal)
  ]
  return isNamed ? `named ${place}` : JSON.stringify(looks)
}

it('lists every chart there is', () => {
  wrapper = mount(defineComponent(() => () => h('i')))
  expect(all.map(({ name }) => name).sort()).toEqual(Object.keys(samples).sort())
})

it('draws no chart of the app past the frame that all of them share', () => {
  wrapper = mount(defineComponent(() => () => h('i')))
  const sources = import.meta.glob<string>('../**/*.vue', {
    eager: true,
    query: '?raw',
    import: 'default'
  })
  expect(Object.keys(sources).length).toBeGreaterThan(100)
  const past = Object.entries(sources)
    .filter(([, text]) => /from '[^']*(use-echart|echarts)/.test(text))
    // The frame's own types name what it draws.
    .map(([path]) => path)
  expect(past).toEqual(['./ChartFrame.vue'])
})

describe.each(all)('$name', ({ name, component }) => {
  const sample = samples[name] ?? { full: {} }

  it('says what it shows: a title, and the picture in a sentence', async () => {
    await show(component, sample.full)
    const figure = wrapper.get('figure')
    const title = document.getElementById(figure.attributes('aria-labelledby') ?? '')
    expect(title?.tagName).toMatch(/^H[23]$/)
    expect(title?.textContent?.trim()).not.toBe('')
    const summary = wrapper.get('[role="img"]').attributes('aria-label') ?? ''
    expect(summary).toMatch(/\d/)
    expect(summary.split(/\s+/).length).toBeGreaterThan(4)
    expect(summary).toMatch(/\.$/)
    expect(drawn).not.toEqual([])
  })

  it('has the same figures as a table, reached and read by keyboard', async () => {
    await show(component, sample.full)
    await wrapper.get(`button[aria-label="${words.asTable}"]`).trigger('click')
    const table = wrapper.get('table')
    const columns = table.findAll('thead th').length
    expect(columns).toBeGreaterThan(1)
    const rows = table.findAll('tbody tr')
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      expect(row.findAll('th[scope="row"]')).toHaveLength(1)
      expect(row.findAll('th, td')).toHaveLength(columns)
    }
    expect(wrapper.get('[role="region"]').attributes('tabindex')).toBe('0')
    expect(wrapper.find(`button[aria-label="${words.asChart}"]`).exists()).toBe(true)
  })

  it('can be copied, and saved as a picture and as a drawing', async () => {
    await show(component, sample.full)
    const more = wrapper.get<HTMLElement>(`.tools button[aria-label="${words.tools}"]`)
    more.element.focus()
    expect(document.activeElement).toBe(more.element)
    await more.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    const entries = [...document.querySelectorAll('[role="menuitem"]')].map((entry) =>
      entry.textContent?.trim()
    )
    expect(entries).toEqual([words.copy, words.savePng, words.saveSvg])
    const svg = chartSvg(drawn[0] ?? {}, 600, 320)
    expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\s*$/)
    expect(svg.match(/<(path|rect|text)\b/g)?.length).toBeGreaterThan(3)
  })

  it('never has colour as its only signal', async () => {
    document.documentElement.dataset['theme'] = 'high-contrast'
    await show(component, sample.full)
    // Options are plain data of the builders beside this.
    const series = (drawn[0]?.['series'] as Series[] | undefined) ?? []
    const named = series.filter(({ name: own, data }) => own !== undefined && data.length > 0)
    const looks = named.map(lookOf)
    const bySet = new Map(named.map((one, at) => [one.name, looks[at]]))
    expect(new Set(bySet.values()).size).toBe(bySet.size)
    expect(drawn[0]?.['aria']).toMatchObject({ decal: { show: true } })
  })

  it('says so where drawing fails, and shows the table', async () => {
    failsToDraw = true
    await show(component, sample.full)
    expect(wrapper.text()).toContain(words.failedTitle)
    expect(wrapper.find('table').exists()).toBe(true)
  })

  it.runIf(sample.empty !== undefined)('says so where there is nothing to draw', async () => {
    await show(component, sample.empty ?? {})
    expect(wrapper.text()).toContain(words.emptyTitle)
    expect(wrapper.find('[role="img"]').exists()).toBe(false)
    expect(drawn).toEqual([])
  })
})
