// The parts of ECharts this app draws with; nothing else of it is bundled.
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts'
import {
  AriaComponent,
  GridComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent
} from 'echarts/components'
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { CanvasRenderer } from 'echarts/renderers'

use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  GridComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
  LabelLayout,
  CanvasRenderer
])

/** What a chart draws. Plain data and drawing functions; made by the pure builders beside this. */
export type ChartOption = EChartsCoreOption
/** A drawn chart. */
export type Chart = ECharts

/**
 * Draws into an element. The renderer empties its element by assigning '' to `innerHTML`, which a
 * page that requires trusted types refuses for any text; so on this one element the assignment is
 * answered by removing the children, and anything but '' is refused as before.
 */
export function drawInto(element: HTMLElement): Chart {
  Object.defineProperty(element, 'innerHTML', {
    configurable: true,
    get: () => '',
    set(value: unknown) {
      if (value !== '') throw new TypeError('Only emptying is allowed here.')
      element.replaceChildren()
    }
  })
  return init(element, undefined, { renderer: 'canvas' })
}
