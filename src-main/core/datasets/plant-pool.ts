// Turns a clean set of labelled pictures into a pool as real pools are: some labels wrong, some
// rows nearly repeated, some rows from another source. Seeded; says exactly what was planted.
import { createRandom, type Random } from '../compute/random.ts'

export interface RawPictures {
  readonly count: number
  readonly height: number
  readonly width: number
  /** Grey, count x height x width, row-major. */
  readonly pixels: Uint8Array
}

export interface PlantInput {
  readonly images: RawPictures
  /** Class of each picture, 0 .. classes-1. */
  readonly labels: Uint8Array
  readonly seed: number
  /** Share of rows whose label becomes a wrong one. */
  readonly wrongLabels01: number
  /** Share of rows replaced by nearly the same picture as another row. */
  readonly nearDuplicates01: number
  /** Share of rows replaced by pictures from elsewhere under random labels. */
  readonly otherSource01: number
}

export interface PlantedFacts {
  readonly seed: number
  readonly wrongLabels: readonly {
    readonly row: number
    readonly right: number
    readonly given: number
  }[]
  readonly nearDuplicates: readonly { readonly row: number; readonly of: number }[]
  readonly otherSource: readonly number[]
}

export interface PlantedPool {
  readonly images: RawPictures
  readonly labels: Uint8Array
  readonly facts: PlantedFacts
}

/**
 * Plants the three faults in disjoint rows. The number and the order of rows stay; the inputs are
 * not changed. Throws RangeError when the shares leave fewer clean rows than near-duplicates.
 */
export function plantPool(input: PlantInput): PlantedPool {
  const { count, height, width } = input.images
  const wrong = Math.round(count * input.wrongLabels01)
  const near = Math.round(count * input.nearDuplicates01)
  const other = Math.round(count * input.otherSource01)
  if (count - wrong - near - other < near)
    throw new RangeError('too few clean rows are left to repeat')
  const random = createRandom(input.seed).fork('planted pool')
  const order = random.fork('rows').sample(count, count)
  const pixels = input.images.pixels.slice()
  const labels = input.labels.slice()
  const classes = labels.reduce((most, label) => Math.max(most, label + 1), 0)
  const picture = (row: number): Uint8Array =>
    pixels.subarray(row * height * width, (row + 1) * height * width)

  const wrongRows = sorted(order.subarray(0, wrong))
  const nearRows = sorted(order.subarray(wrong, wrong + near))
  const otherRows = sorted(order.subarray(wrong + near, wrong + near + other))
  const cleanRows = order.subarray(wrong + near + other)

  const wrongLabels = plantWrongLabels(labels, wrongRows, classes, random.fork('labels'))
  const drawn = random.fork('repeats')
  const nearDuplicates = nearRows.map((row, i) => {
    const of = cleanRows[i]
    nearlyCopy(picture(of), picture(row), width, drawn)
    labels[row] = labels[of]
    return { row, of }
  })
  const elsewhere = random.fork('elsewhere')
  for (const row of otherRows) {
    makeForeign(picture(row), height, width, elsewhere)
    labels[row] = elsewhere.below(classes)
  }
  return {
    images: { count, height, width, pixels },
    labels,
    facts: { seed: input.seed, wrongLabels, nearDuplicates, otherSource: otherRows }
  }
}

function sorted(rows: Uint32Array): number[] {
  return [...rows.slice().sort()]
}

function plantWrongLabels(
  labels: Uint8Array,
  rows: readonly number[],
  classes: number,
  random: Random
): PlantedFacts['wrongLabels'] {
  return rows.map((row) => {
    const right = labels[row]
    // One of the other classes, each equally likely.
    const given = classes < 2 ? right : (right + 1 + random.below(classes - 1)) % classes
    labels[row] = given
    return { row, right, given }
  })
}

const noiseOfCopies = 8

// Moved by one pixel, or with slight noise, as a second photograph or another compression gives.
function nearlyCopy(from: Uint8Array, to: Uint8Array, width: number, random: Random): void {
  if (random.below(2) === 0) {
    for (let i = 0; i < from.length; i++)
      to[i] = clamp(from[i] + random.below(2 * noiseOfCopies + 1) - noiseOfCopies)
    return
  }
  const [dx, dy] = [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1]
  ][random.below(4)]
  const height = from.length / width
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sx, sy] = [x - dx, y - dy]
      to[y * width + x] =
        sx < 0 || sy < 0 || sx >= width || sy >= height ? 0 : from[sy * width + sx]
    }
  }
}

// Three kinds of strangers: inverted under noise, patches in another order, and noise alone.
function makeForeign(picture: Uint8Array, height: number, width: number, random: Random): void {
  const kind = random.below(3)
  if (kind === 0)
    for (let i = 0; i < picture.length; i++)
      picture[i] = clamp(255 - picture[i] + 60 * random.normal())
  else if (kind === 1) shufflePatches(picture, height, width, random)
  else for (let i = 0; i < picture.length; i++) picture[i] = random.below(256)
}

const patchesPerSide = 4

function shufflePatches(picture: Uint8Array, height: number, width: number, random: Random): void {
  const h = Math.floor(height / patchesPerSide)
  const w = Math.floor(width / patchesPerSide)
  const before = picture.slice()
  const order = random.sample(patchesPerSide ** 2, patchesPerSide ** 2)
  for (let p = 0; p < order.length; p++) {
    const [fromY, fromX] = [
      Math.floor(order[p] / patchesPerSide) * h,
      (order[p] % patchesPerSide) * w
    ]
    const [toY, toX] = [Math.floor(p / patchesPerSide) * h, (p % patchesPerSide) * w]
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++)
        picture[(toY + y) * width + toX + x] = before[(fromY + y) * width + fromX + x]
  }
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : Math.round(value)
}
