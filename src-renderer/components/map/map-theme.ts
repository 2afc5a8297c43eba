// Colours of the map, read from the design tokens of the page, so that it follows the theme.
import { parseColor, type MapColors, type Rgb } from './map-renderer.ts'

const grey: Rgb = [0.5, 0.5, 0.5]

export interface MapTheme extends MapColors {
  readonly accent: string
  readonly text: string
  readonly surface: string
  readonly shade: Rgb
  readonly isStill: boolean
}

/** Reads the theme in force at an element. */
export function readMapTheme(element: Element): MapTheme {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  const color = (name: string): Rgb => parseColor(token(name)) ?? grey
  const root = document.documentElement
  return {
    categories: [
      ...[1, 2, 3, 4, 5, 6, 7].map((index) => color(`--w-cat-${index}`)),
      color('--w-cat-other-outline'),
      color('--w-random')
    ],
    hidden: color('--w-left-out'),
    accent: token('--w-accent'),
    text: token('--w-text'),
    surface: token('--w-chart-surface'),
    shade: color('--w-text-2'),
    isStill:
      root.dataset['motion'] === 'reduced' || matchMedia('(prefers-reduced-motion: reduce)').matches
  }
}
