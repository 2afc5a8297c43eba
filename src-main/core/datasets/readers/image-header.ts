// Is this a picture, and how large is it? Only the header is decoded; pixels are capped (F5).
import sharp from 'sharp'
import { sha256Bytes } from '../../files/hashes.ts'
import { isCutOff } from './image-end.ts'
import { sniffImage } from './image-sniff.ts'

/** Most pixels of one picture that are ever decoded: about 400 MB as RGBA. */
export const pixelLimit = 100_000_000

// One picture at a time per thread and no cache: the pool of compute threads is the parallelism.
sharp.cache(false)
sharp.concurrency(1)

export type PictureCheck =
  | {
      readonly isPicture: true
      readonly width: number
      readonly height: number
      readonly fingerprint: Uint8Array
      readonly pages: number
    }
  | { readonly isPicture: false; readonly reason: string }

/** Checks a picture's bytes; the size is as shown, after the camera's turn mark. */
export async function checkPicture(bytes: Buffer): Promise<PictureCheck> {
  if (bytes.length === 0) return { isPicture: false, reason: 'The file is empty.' }
  const format = sniffImage(bytes)
  if (format === undefined)
    return { isPicture: false, reason: 'This is not a picture the app can read.' }
  if (isCutOff(bytes, format.name))
    return { isPicture: false, reason: 'The picture is damaged or cut off.' }
  try {
    const facts = await sharp(bytes, { limitInputPixels: false }).metadata()
    const { width, height } = facts.autoOrient
    if (!(width > 0 && height > 0))
      return { isPicture: false, reason: 'The picture has no pixels.' }
    if (width * height > pixelLimit)
      return {
        isPicture: false,
        reason: `The picture is ${width} × ${height}; the app reads up to 100 million pixels.`
      }
    return {
      isPicture: true,
      width,
      height,
      fingerprint: sha256Bytes(bytes),
      pages: facts.pages ?? 1
    }
  } catch {
    return { isPicture: false, reason: 'The picture is damaged or cut off.' }
  }
}
