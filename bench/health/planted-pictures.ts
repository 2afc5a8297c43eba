// Pictures with near-duplicates planted among them: re-encoded, shifted, cropped and
// brightened copies, each from a source of its own. Used by the near-duplicates benchmark.
import sharp from 'sharp'
import { createRandom, type Random } from '../../src-main/core/compute/random.ts'
import { openImageZip } from '../../src-main/core/datasets/readers/image-files.ts'
import { fashionMnist } from '../features/fashion-mnist.ts'

/** What was done to a copy. */
export const copyKinds = ['re-encoded', 'shifted', 'cropped', 'brightness'] as const
export type CopyKind = (typeof copyKinds)[number]

export interface PlantedPictures {
  /** Encoded pictures: the originals first, then the copies. */
  readonly files: readonly Buffer[]
  readonly originals: number
  /** One per copy, in order. */
  readonly copies: readonly { readonly of: number; readonly kind: CopyKind }[]
}

/** Pictures to plant copies among: square, of one side, encoded. */
export interface Originals {
  readonly side: number
  readonly files: readonly Buffer[]
}

/** `count` pictures of a zip of 32 x 32 pictures, drawn by the seed. */
export async function zipPictures(zip: string, count: number, seed: number): Promise<Originals> {
  const random = createRandom(seed).fork('planted pictures')
  const source = await openImageZip(zip)
  try {
    const picked = random.sample(source.files.length, count)
    const files: Buffer[] = []
    for (const i of picked) files.push(await source.read(source.files[i].path))
    return { side: 32, files }
  } finally {
    await source.close()
  }
}

/** The first `count` training pictures of Fashion-MNIST, 28 x 28. */
export async function fashionPictures(count: number): Promise<Originals> {
  const { pixels } = fashionMnist('train', count)
  const files: Buffer[] = []
  for (let i = 0; i < count; i++) {
    const raw = { width: 28, height: 28, channels: 1 as const }
    files.push(
      await sharp(pixels.subarray(i * 784, (i + 1) * 784), { raw })
        .png()
        .toBuffer()
    )
  }
  return { side: 28, files }
}

/** Adds `perKind` copies of each kind, each of a picture of its own. */
export async function plantCopies(
  originals: Originals,
  perKind: number,
  seed: number
): Promise<PlantedPictures> {
  const random = createRandom(seed).fork('copies')
  const files = [...originals.files]
  const copies: { of: number; kind: CopyKind }[] = []
  const sources = random.sample(originals.files.length, perKind * copyKinds.length)
  for (const [i, of] of sources.entries()) {
    const kind = copyKinds[i % copyKinds.length]
    files.push(await copyOf(files[of], originals.side, kind, random))
    copies.push({ of, kind })
  }
  return { files, originals: originals.files.length, copies }
}

/** One altered copy as a JPEG. */
async function copyOf(
  original: Buffer,
  side: number,
  kind: CopyKind,
  random: Random
): Promise<Buffer> {
  const picture = sharp(original).removeAlpha().toColourspace('srgb')
  switch (kind) {
    case 're-encoded':
      return picture.jpeg({ quality: 50 + random.below(31) }).toBuffer()
    case 'shifted': {
      const pixels = await picture.raw().toBuffer()
      return encode(shift(pixels, side, step(random), step(random)), side)
    }
    case 'cropped': {
      // 90 % of the side, somewhere, brought back to full size.
      const kept = Math.round(0.9 * side)
      const left = random.below(side - kept + 1)
      const top = random.below(side - kept + 1)
      return picture
        .extract({ left, top, width: kept, height: kept })
        .resize(side, side, { fit: 'fill' })
        .jpeg({ quality: 90 })
        .toBuffer()
    }
    case 'brightness': {
      const factor = random.below(2) === 0 ? 0.8 : 1.2
      const pixels = await picture.raw().toBuffer()
      return encode(
        pixels.map((value) => Math.min(255, Math.round(value * factor))),
        side
      )
    }
  }
}

/** 1 to 3 pixels, either way. */
function step(random: Random): number {
  return (random.below(2) === 0 ? -1 : 1) * (1 + random.below(3))
}

/** The picture moved; the uncovered border repeats its edge. */
function shift(pixels: Buffer, side: number, dx: number, dy: number): Buffer {
  const out = Buffer.alloc(pixels.length)
  const inside = (at: number): number => Math.max(0, Math.min(side - 1, at))
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const from = 3 * (inside(y - dy) * side + inside(x - dx))
      pixels.copy(out, 3 * (y * side + x), from, from + 3)
    }
  return out
}

function encode(pixels: Uint8Array, side: number): Promise<Buffer> {
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer()
}
