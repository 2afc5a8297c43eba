// Where the window was and how large, kept over starts. A place on a display that is gone, or a size no
// display has room for, is put right before it is used.
import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle } from 'electron'
import { z } from '../../api/zod.ts'

const Stored = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean()
})
/** A window's place and size. */
export type WindowState = z.infer<typeof Stored>

/** Options for a new window; without x and y the system centres it. */
export interface WindowPlace {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
}

/** As much of the title bar has to be on a display that it can be taken hold of. */
const holdWidth = 120
const holdHeight = 24

/** The state kept in a file; undefined when there is none, or none that can be read. */
export function readWindowState(path: string): WindowState | undefined {
  try {
    return Stored.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** Where to put a window that was `state`, given the parts of the displays that are free for windows. */
export function placeWindow(
  state: WindowState,
  areas: readonly Rectangle[]
): WindowPlace | undefined {
  const home = areas.find((area) => holds(area, state)) ?? areas[0]
  if (home === undefined) return undefined
  const width = Math.min(state.width, home.width)
  const height = Math.min(state.height, home.height)
  if (!holds(home, state)) return { width, height }
  return {
    x: clamp(state.x, home.x, home.x + home.width - width),
    y: clamp(state.y, home.y, home.y + home.height - height),
    width,
    height
  }
}

function holds(area: Rectangle, { x, y, width }: WindowState): boolean {
  const overlap = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return overlap >= holdWidth && y >= area.y - holdHeight && y + holdHeight <= area.y + area.height
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}

/** Keeps the state of a window in a file when the window closes. */
export function keepWindowState(
  window: Pick<BrowserWindow, 'on' | 'getNormalBounds' | 'isMaximized'>,
  path: string
): void {
  window.on('close', () => {
    const { x, y, width, height } = window.getNormalBounds()
    const state: WindowState = { x, y, width, height, isMaximized: window.isMaximized() }
    try {
      writeFileSync(path, JSON.stringify(state))
    } catch {
      // A full or read-only disk must not keep a window open.
    }
  })
}
