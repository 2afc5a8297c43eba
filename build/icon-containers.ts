// Writes and reads the two icon containers installers need, with PNG pictures inside: ICO for
// Windows and ICNS for macOS.

/** One picture; square, `pixels` wide, encoded as PNG. */
export interface IconPicture {
  readonly pixels: number
  readonly png: Buffer
}

/** Sizes Windows picks from. */
export const icoPixels: readonly number[] = [16, 24, 32, 48, 64, 128, 256]

/** ICNS types that hold PNG, with their width in pixels; "retina" types repeat a width. */
export const icnsTypes: ReadonlyMap<string, number> = new Map([
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024]
])

const icoHeaderBytes = 6
const icoEntryBytes = 16
const icnsHeaderBytes = 8

/** An .ico file. Pictures of 256 pixels are written as 0, the format's way of saying 256. */
export function writeIco(pictures: readonly IconPicture[]): Buffer {
  const header = Buffer.alloc(icoHeaderBytes + icoEntryBytes * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  pictures.forEach(({ pixels, png }, index) => {
    if (pixels < 1 || pixels > 256) throw new RangeError(`an .ico holds no ${pixels} pixels`)
    const at = icoHeaderBytes + icoEntryBytes * index
    header.writeUInt8(pixels % 256, at)
    header.writeUInt8(pixels % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(png.length, at + 8)
    header.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([header, ...pictures.map(({ png }) => png)])
}

/** Pictures of an .ico file. Throws when it is not one or is cut short. */
export function readIco(file: Buffer): readonly IconPicture[] {
  if (file.readUInt16LE(0) !== 0 || file.readUInt16LE(2) !== 1) throw new Error('not an .ico file')
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const at = icoHeaderBytes + icoEntryBytes * index
    const start = file.readUInt32LE(at + 12)
    const end = start + file.readUInt32LE(at + 8)
    if (end > file.length) throw new Error('the .ico file is cut short')
    return { pixels: file.readUInt8(at) || 256, png: file.subarray(start, end) }
  })
}

/** An .icns file of every type in `icnsTypes`; `pngOf` gives the picture of a width. */
export function writeIcns(pngOf: (pixels: number) => Buffer): Buffer {
  const parts = [...icnsTypes].map(([type, pixels]) => icnsPart(type, pngOf(pixels)))
  return icnsPart('icns', Buffer.concat(parts))
}

function icnsPart(type: string, content: Buffer): Buffer {
  const header = Buffer.alloc(icnsHeaderBytes)
  header.write(type, 0, 'latin1')
  header.writeUInt32BE(content.length + icnsHeaderBytes, 4)
  return Buffer.concat([header, content])
}

/** Pictures of an .icns file by type. Throws when it is not one or is cut short. */
export function readIcns(file: Buffer): ReadonlyMap<string, Buffer> {
  if (file.toString('latin1', 0, 4) !== 'icns' || file.readUInt32BE(4) !== file.length) {
    throw new Error('not an .icns file, or cut short')
  }
  const found = new Map<string, Buffer>()
  for (let at = icnsHeaderBytes; at < file.length;) {
    const end = at + file.readUInt32BE(at + 4)
    if (end > file.length || end < at + icnsHeaderBytes) throw new Error('a part is cut short')
    found.set(file.toString('latin1', at, at + 4), file.subarray(at + icnsHeaderBytes, end))
    at = end
  }
  return found
}
