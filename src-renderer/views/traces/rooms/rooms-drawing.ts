// Where the places of a building lie in a drawing, seen from above, and what a walk made of them. Pure.
import type { RoomsEpisode } from '@api/dto/trace-rooms.ts'

/** A place in the drawing. */
export interface DrawnPlace {
  readonly at: { readonly x: number; readonly y: number }
  readonly id: string
  readonly kind: 'visited' | 'frontier' | 'unknown'
  /** Steps of the walk that ended here, the start being 0. */
  readonly steps: readonly number[]
}

/** A building with one walk in it, in pixels. */
export interface DrawnWalk {
  readonly width: number
  readonly height: number
  readonly boxes: readonly DrawnPlace[]
  readonly hint: { readonly x: number; readonly y: number }
}

/** A row of the table of steps. */
export interface WalkStep {
  readonly step: number
  readonly place: string
  readonly metres: number
  readonly isOnRoute: boolean
  readonly isAgain: boolean
}

/** Pixels between two places that a usual way joins, and the room left around everything. */
const wayPixels = 64
const border = 44

/** The building to scale with what the walk saw. */
export function drawnWalk(
  { places, ways, hint }: Pick<RoomsEpisode, 'places' | 'ways' | 'hint'>,
  walk: Pick<RoomsEpisode['walks'][number], 'walk' | 'frontier'>
): DrawnWalk {
  const lengths = ways
    .map(({ from, to }) => flat(places[from], places[to]))
    .filter((length) => length > 0)
    .sort((a, b) => a - b)
  const usual = lengths[Math.floor(lengths.length / 2)] ?? 1
  const scale = wayPixels / usual
  const all = [...places, hint]
  const left = Math.min(...all.map(({ x }) => x))
  const top = Math.max(...all.map(({ y }) => y))
  // North is up: the drawing counts downwards.
  const at = ({ x, y }: { x: number; y: number }): { x: number; y: number } => ({
    x: border + (x - left) * scale,
    y: border + (top - y) * scale
  })
  const frontier = new Set(walk.frontier)
  const steps = new Map<number, number[]>()
  walk.walk.forEach((place, step) => steps.set(place, [...(steps.get(place) ?? []), step]))
  return {
    width: 2 * border + (Math.max(...all.map(({ x }) => x)) - left) * scale,
    height: 2 * border + (top - Math.min(...all.map(({ y }) => y))) * scale,
    boxes: places.map((place, number) => {
      const own = steps.get(number) ?? []
      const kind = own.length > 0 ? 'visited' : frontier.has(number) ? 'frontier' : 'unknown'
      return { at: at(place), id: place.id, kind, steps: own }
    }),
    hint: at(hint)
  }
}

interface Point {
  readonly x: number
  readonly y: number
}

function flat(a: Point | undefined, b: Point | undefined): number {
  return a === undefined || b === undefined ? 0 : Math.hypot(a.x - b.x, a.y - b.y)
}

/** A line through places by their numbers, as an SVG path. */
export function lineThrough(boxes: readonly DrawnPlace[], walk: readonly number[]): string {
  return walk
    .flatMap((place) => boxes[place]?.at ?? [])
    .map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('')
}

/** Steps of a walk, with how far each one is along and whether it kept to the path of the data. */
export function walkSteps(
  { places, route }: Pick<RoomsEpisode, 'places' | 'route'>,
  walk: readonly number[]
): WalkStep[] {
  const onRoute = new Set(route)
  const seen = new Set<number>()
  let metres = 0
  return walk.map((number, step) => {
    const [place, before] = [places[number], places[walk[step - 1] ?? number]]
    if (place !== undefined && before !== undefined)
      metres += Math.hypot(place.x - before.x, place.y - before.y, place.z - before.z)
    const isAgain = seen.has(number)
    seen.add(number)
    return { step, place: place?.id ?? '', metres, isOnRoute: onRoute.has(number), isAgain }
  })
}
