// Whether a picture's file ends before its picture does, told without decoding it. A decoder would fill
// the missing part with grey, and training programs stop at such files.

/** True when the file of this format (see image-sniff.ts) is cut off; false where that cannot be told. */
export function isCutOff(bytes: Buffer, format: string): boolean {
  switch (format) {
    case 'PNG':
      return !hasPngEnd(bytes)
    case 'JPEG':
      return !hasJpegEnd(bytes)
    case 'WebP':
      // Its first part says how long all of it is, less eight bytes.
      return bytes.readUInt32LE(4) + 8 > bytes.length
    default:
      return false
  }
}

/** Walks the chunks: length, name, data and checksum, up to the one named IEND. */
function hasPngEnd(bytes: Buffer): boolean {
  for (let at = 8; at + 8 <= bytes.length;) {
    // Some writers leave the last checksum out; decoders do not mind.
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return true
    at += bytes.readUInt32BE(at) + 12
  }
  return false
}

/**
 * Walks the segments to the picture's own data, where the mark of the end stands for nothing else. A
 * small picture inside a segment has a mark of its own, which says nothing.
 */
function hasJpegEnd(bytes: Buffer): boolean {
  let at = 2
  while (at + 4 <= bytes.length) {
    // Segments may be filled up with 255 before their mark.
    if (bytes[at] !== 0xff) return bytes.includes(endOfJpeg, at)
    const mark = bytes[at + 1]
    if (mark === 0xff) at++
    else if (mark === 0xda) return bytes.includes(endOfJpeg, at)
    else
      at += 2 + (mark === 0x01 || (mark >= 0xd0 && mark <= 0xd8) ? 0 : bytes.readUInt16BE(at + 2))
  }
  return false
}

const endOfJpeg = Buffer.from([0xff, 0xd9])
