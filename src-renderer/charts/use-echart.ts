// A chart on an element: drawn when there is room, redrawn when its data, the theme, the text size
// or the size of its place changes, given up with the component.
import { onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { onThemeChange, readChartTheme, type ChartTheme } from './chart-theme.ts'
import { drawInto, type Chart, type ChartOption } from './echarts-setup.ts'

/** A chart as its frame sees it. */
export interface DrawnChart {
  /** Set when the chart could not be drawn; the table still can. */
  readonly failure: Ref<string>
  readonly theme: ShallowRef<ChartTheme | undefined>
  /** PNG at twice the size, on the chart's own background. */
  toPng(): Promise<Blob>
  toSvg(): Promise<Blob>
}

/** Draws `build(theme)` into the element, again whenever something it reads changes. */
export function useEChart(
  element: Readonly<Ref<HTMLElement | null>>,
  build: (theme: ChartTheme) => ChartOption
): DrawnChart {
  const failure = ref('')
  const theme = shallowRef<ChartTheme>()
  let chart: Chart | undefined
  let resizer: ResizeObserver | undefined
  let stopTheme: (() => void) | undefined
  let frame = 0

  function optionNow(): ChartOption | undefined {
    if (theme.value === undefined) return undefined
    return { ...build(theme.value), animation: !theme.value.isStill }
  }
  function draw(): void {
    const option = optionNow()
    const place = element.value
    if (option === undefined || place === null || place.clientWidth === 0) return
    try {
      chart ??= drawInto(place)
      chart.setOption(option, { notMerge: true })
      failure.value = ''
    } catch (problem) {
      failure.value = problem instanceof Error ? problem.message : String(problem)
    }
  }
  function readTheme(): void {
    if (element.value !== null) theme.value = readChartTheme(element.value)
  }

  onMounted(() => {
    readTheme()
    stopTheme = onThemeChange(readTheme)
    resizer = new ResizeObserver(() => {
      // A resize inside the observer's own frame would make it report a loop.
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        if (chart === undefined) draw()
        else if (element.value !== null && element.value.clientWidth > 0) chart.resize()
      })
    })
    if (element.value !== null) resizer.observe(element.value)
  })
  // The place comes and goes while there is nothing to draw.
  watch(
    element,
    (place, before) => {
      if (before) resizer?.unobserve(before)
      chart?.dispose()
      chart = undefined
      if (place === null) return
      readTheme()
      resizer?.observe(place)
      draw()
    },
    { flush: 'post' }
  )
  watch(optionNow, draw, { flush: 'post' })
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame)
    resizer?.disconnect()
    stopTheme?.()
    chart?.dispose()
  })

  return {
    failure,
    theme,
    async toPng() {
      if (chart === undefined || theme.value === undefined)
        throw new Error('the chart is not drawn')
      const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: theme.value.surface })
      return new Promise((resolve, reject) => {
        canvas.toBlob(
          (blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)),
          'image/png'
        )
      })
    },
    async toSvg() {
      const option = optionNow()
      const place = element.value
      if (option === undefined || place === null || theme.value === undefined) {
        throw new Error('the chart is not drawn')
      }
      const { chartSvg } = await import('./chart-svg.ts')
      const withSurface = { ...option, backgroundColor: theme.value.surface }
      const text = chartSvg(withSurface, place.clientWidth, place.clientHeight)
      return new Blob([text], { type: 'image/svg+xml' })
    }
  }
}
