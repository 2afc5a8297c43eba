// The settings of the built-in picture extractor. A change of any number here changes results and
// needs a new extractor version.

export const imageExtractor = { id: 'image-small', version: 1 } as const

/** How pictures are read and described. */
export interface ImageShape {
  /** Pictures are resized to size x size. */
  readonly size: number
  readonly channels: 1 | 3
  /** Side of the patches that filters look at. */
  readonly patch: number
  readonly filters: number
  /** Responses are averaged over grid x grid cells. */
  readonly grid: number
  /** Subtracted from the absolute response; weaker responses count as none. */
  readonly threshold: number
  /** Most columns of the result. */
  readonly columns: number
}

/** Grey pictures: 64 filters of 7 x 7 over 28 x 28 pixels, 256 columns. */
export function greyShape(size: number): ImageShape {
  return { size, channels: 1, patch: 7, filters: 64, grid: 4, threshold: 0.25, columns: 256 }
}

/** Colour pictures: 128 filters of 6 x 6 over 32 x 32 pixels, 384 columns. */
export function colourShape(size: number): ImageShape {
  return { size, channels: 3, patch: 6, filters: 128, grid: 4, threshold: 0.25, columns: 384 }
}

/** Positions of a patch along one side. */
export function positionsOf(shape: ImageShape): number {
  return shape.size - shape.patch + 1
}

/** Numbers in one patch. */
export function patchWidth(shape: ImageShape): number {
  return shape.patch * shape.patch * shape.channels
}

/** Numbers per picture before the projection: both signs of each filter in each cell. */
export function responseWidth(shape: ImageShape): number {
  return 2 * shape.filters * shape.grid * shape.grid
}
