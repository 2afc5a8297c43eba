// Picture formats recognised by their first bytes. Only these are handed to the decoder: SVG and
// other documents that could load something are never decoded.

export interface ImageFormat {
  readonly name: string
  readonly mime: string
  readonly extension: string
}

const jpeg: ImageFormat = { name: 'JPEG', mime: 'image/jpeg', extension: 'jpg' }
const png: ImageFormat = { name: 'PNG', mime: 'image/png', extension: 'png' }
const gif: ImageFormat = { name: 'GIF', mime: 'image/gif', extension: 'gif' }
const webp: ImageFormat = { name: 'WebP', mime: 'image/webp', extension: 'webp' }
const tiff: ImageFormat = { name: 'TIFF', mime: 'image/tiff', extension: 'tif' }
const avif: ImageFormat = { name: 'AVIF', mime: 'image/avif', extension: 'avif' }

/** Bytes needed by {@link sniffImage}. */
export const sniffBytes = 16

/** The picture format these bytes start, or undefined. */
export function sniffImage(head: Uint8Array): ImageFormat | undefined {
  if (head.length < 12) return undefined
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return jpeg
  const text = String.fromCharCode(...head.subarray(0, sniffBytes))
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return png
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return gif
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return webp
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return tiff
  if (text.slice(4, 8) === 'ftyp' && /^avi[fs]/.test(text.slice(8, 12))) return avif
  return undefined
}
