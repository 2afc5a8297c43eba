// Colours and type of charts, read from the design tokens of the page, so that charts follow the
// theme and nothing here names a colour.

/** What a chart is drawn with. */
export interface ChartTheme {
  readonly surface: string
  readonly text: string
  readonly text2: string
  readonly grid: string
  readonly border: string
  readonly chosen: string
  readonly random: string
  readonly all: string
  readonly leftOut: string
  readonly categories: readonly string[]
  readonly font: string
  /** Sizes in pixels, following the text size setting. */
  readonly labelSize: number
  readonly bodySize: number
  readonly isDark: boolean
  /** Patterns on filled areas: always with several series, and everywhere in high contrast. */
  readonly hasDecals: boolean
  readonly isStill: boolean
}

/** Reads the theme in force at an element. */
export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  const root = document.documentElement
  const rem = Number.parseFloat(getComputedStyle(root).fontSize) || 16
  const isStill =
    root.dataset['motion'] === 'reduced' || matchMedia('(prefers-reduced-motion: reduce)').matches
  return {
    surface: token('--w-chart-surface'),
    text: token('--w-text'),
    text2: token('--w-text-2'),
    grid: token('--w-chart-grid'),
    border: token('--w-border-strong'),
    chosen: token('--w-chosen'),
    random: token('--w-random'),
    all: token('--w-all'),
    leftOut: token('--w-left-out'),
    categories: [1, 2, 3, 4, 5, 6, 7].map((index) => token(`--w-cat-${index}`)),
    font: token('--w-font') || 'sans-serif',
    labelSize: 0.75 * rem,
    bodySize: 0.8125 * rem,
    isDark: style.colorScheme.includes('dark'),
    hasDecals: root.dataset['theme'] === 'high-contrast',
    isStill
  }
}

/** Tells when the theme, the text size or the motion setting may have changed. Returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'data-motion', 'style', 'class']
  })
  const queries = ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)'].map(
    (query) => matchMedia(query)
  )
  for (const query of queries) query.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    for (const query of queries) query.removeEventListener('change', listener)
  }
}
