// Pictures of two coloured shapes with a sentence each, in varied words: a real search between pictures
// and texts, made by the seed. For tests and for measuring; nothing of it is shipped.
import { createRandom, type Random } from '../../compute/random.ts'

const colours = {
  red: [214, 39, 40],
  blue: [31, 80, 200],
  green: [44, 150, 60],
  yellow: [250, 215, 50],
  purple: [140, 70, 180],
  orange: [255, 135, 20],
  black: [20, 20, 20],
  pink: [250, 150, 190]
} as const
const shapes = ['circle', 'square', 'triangle', 'ring', 'cross'] as const
const sizes = { small: 0.11, large: 0.2 } as const
const places = {
  above: { dx: 0, dy: -1, words: ['above', 'over', 'on top of'] },
  below: { dx: 0, dy: 1, words: ['below', 'under', 'beneath'] },
  left: { dx: -1, dy: 0, words: ['to the left of', 'left of', 'on the left side of'] },
  right: { dx: 1, dy: 0, words: ['to the right of', 'right of', 'on the right side of'] }
} as const
const sizeWords = { small: ['small', 'little', 'tiny'], large: ['large', 'big', 'huge'] } as const

interface Shape {
  readonly colour: keyof typeof colours
  readonly shape: (typeof shapes)[number]
  readonly size: keyof typeof sizes
}

/** Pictures, RGB side x side one after the other, with a sentence each. */
export interface ShapePairs {
  readonly side: number
  readonly pixels: Uint8Array
  readonly captions: readonly string[]
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)]
}

function drawShape(random: Random): Shape {
  return {
    colour: pick(random, Object.keys(colours) as (keyof typeof colours)[]), // keys of a literal
    shape: pick(random, shapes),
    size: pick(random, ['small', 'large'] as const)
  }
}

function named(random: Random, { colour, shape, size }: Shape): string {
  return `a ${pick(random, sizeWords[size])} ${colour} ${shape}`
}

function sentence(random: Random, first: Shape, second: Shape, words: readonly string[]): string {
  const [a, b, place] = [named(random, first), named(random, second), pick(random, words)]
  return pick(random, [
    `${a} ${place} ${b}`,
    `There is ${a} ${place} ${b}.`,
    `The picture shows ${a}, ${place} ${b}.`,
    `${a} is ${place} ${b}`
  ])
}

/** True where a point, in units of the shape's size from its middle, belongs to it. */
function isInside(shape: Shape['shape'], x: number, y: number): boolean {
  const far = Math.hypot(x, y)
  switch (shape) {
    case 'circle':
      return far < 1
    case 'square':
      return Math.max(Math.abs(x), Math.abs(y)) < 0.9
    case 'triangle':
      return y < 0.9 && y > -0.9 && Math.abs(x) < (y + 0.9) / 1.8
    case 'ring':
      return far < 1 && far > 0.55
    case 'cross':
      return Math.min(Math.abs(x), Math.abs(y)) < 0.3 && Math.max(Math.abs(x), Math.abs(y)) < 1
  }
}

function paint(
  pixels: Uint8Array,
  side: number,
  { colour, shape, size }: Shape,
  middle: readonly [number, number]
): void {
  const radius = sizes[size] * side
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      if (isInside(shape, (x - middle[0]) / radius, (y - middle[1]) / radius))
        pixels.set(colours[colour], 3 * (y * side + x))
}

/** `count` different scenes may repeat by chance; their words and exact places differ. */
export function shapePairs(count: number, seed: number, side = 32): ShapePairs {
  const random = createRandom(seed)
  const pixels = new Uint8Array(count * side * side * 3)
  const captions = Array.from({ length: count }, (_, i) => {
    const own = pixels.subarray(i * side * side * 3, (i + 1) * side * side * 3)
    const ground = 200 + random.below(40)
    own.forEach((_value, at) => (own[at] = ground + random.below(12)))
    const [first, second] = [drawShape(random), drawShape(random)]
    const { dx, dy, words } = pick(random, Object.values(places))
    const shift = (): number => (random.uniform() - 0.5) * 0.12 * side
    const middle = side / 2
    const at = (direction: number, by: number): number => middle + direction * 0.25 * side + by
    paint(own, side, first, [at(dx, shift()), at(dy, shift())])
    paint(own, side, second, [at(-dx, shift()), at(-dy, shift())])
    return sentence(random, first, second, words)
  })
  return { side, pixels, captions }
}
