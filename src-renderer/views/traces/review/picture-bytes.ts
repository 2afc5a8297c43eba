// Which picture some bytes are, by their beginning: what a log calls them is not believed (F8).

const beginnings: readonly {
  readonly mime: string
  readonly at: number
  readonly bytes: readonly number[]
}[] = [
  { mime: 'image/png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mime: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { mime: 'image/gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  // "RIFF", four bytes of length, "WEBP".
  { mime: 'image/webp', at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { mime: 'image/bmp', at: 0, bytes: [0x42, 0x4d] }
]

/** The type of a picture that the window may draw; undefined for anything else, SVG included. */
export function pictureType(bytes: Uint8Array): string | undefined {
  return beginnings.find(({ at, bytes: begin }) => begin.every((byte, i) => bytes[at + i] === byte))
    ?.mime
}
