// A chart as an SVG file. Loaded when first asked for: the second renderer is only needed here.
// Drawn to text without touching the page.
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import './echarts-setup.ts'
import type { ChartOption } from './echarts-setup.ts'

use([SVGRenderer])

/** Draws an option as SVG text of the given size in pixels. */
export function chartSvg(option: ChartOption, width: number, height: number): string {
  const chart = init(null, undefined, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, animation: false })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
