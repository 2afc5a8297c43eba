// Small grey pictures of three shapes that a model tells apart, and of a fourth there are too few.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { newProject } from './choose-data.ts'

const side = 12
/** Pictures of each shape; a tiny set asks for at least 20. */
const counts = { bars: 80, crosses: 80, rings: 80, blots: 12 } as const
type Shape = keyof typeof counts

/** How bright a shape is, 0..1, this far from its middle. */
const brightness: Readonly<Record<Shape, (x: number, y: number) => number>> = {
  bars: (_, y) => (Math.abs(y) <= 1 ? 1 : 0),
  crosses: (x, y) => (Math.abs(Math.abs(x) - Math.abs(y)) < 1 ? 1 : 0),
  rings: (x, y) => (Math.abs(Math.hypot(x, y) - 3.5) < 0.8 ? 1 : 0),
  blots: (x, y) => (Math.hypot(x, y) < 3 ? 1 : 0)
}

/** Numbers in 0..1, the same every time. */
function numbers(): () => number {
  let state = 11
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

/** One picture: the shape somewhere near the middle, under noise. */
function pictureOf(shape: Shape, draw: () => number): Promise<Buffer> {
  const [left, top] = [side / 2 + 3 * draw() - 1.5, side / 2 + 3 * draw() - 1.5]
  const pixels = Uint8Array.from({ length: side * side }, (_, at) => {
    const light = brightness[shape]((at % side) - left, Math.floor(at / side) - top)
    return Math.round(40 + 150 * light + 60 * draw())
  })
  return sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
}

/** So many pictures of every shape, each in a folder of its own; returns the folder around them. */
export async function writeShapes(
  folder: string,
  wanted: Readonly<Partial<Record<Shape, number>>> = counts
): Promise<string> {
  const draw = numbers()
  const shapes = join(folder, 'shapes')
  // Keys of such a record.
  for (const shape of Object.keys(wanted) as Shape[]) {
    await mkdir(join(shapes, shape), { recursive: true })
    for (let i = 0; i < (wanted[shape] ?? 0); i++)
      await writeFile(join(shapes, shape, `${shape} ${i}.png`), await pictureOf(shape, draw))
  }
  return shapes
}

/** A project called Shapes with one dataset, shapes: 80 pictures of each of three and 12 of a fourth. */
export function newShapes(): Promise<string> {
  return newProject('Shapes', async (folder, put) => {
    await put(await writeShapes(folder))
  })
}

/** A table of flowers: two lengths and a width, each kind with its own; returns the file's path. */
export async function writeFlowers(folder: string): Promise<string> {
  const draw = numbers()
  const kinds = { daisy: [3, 9, 2], poppy: [6, 4, 3], tulip: [9, 6, 6] } as const
  const rows = Object.entries(kinds).flatMap(([kind, means]) =>
    Array.from({ length: 60 }, () => [
      kind,
      ...means.map((mean) => (mean + 4 * draw() - 2).toFixed(2))
    ])
  )
  const path = join(folder, 'flowers.csv')
  const lines = [['kind', 'stem', 'petal', 'leaf'], ...rows].map((row) => row.join(','))
  await writeFile(path, `${lines.join('\n')}\n`)
  return path
}
