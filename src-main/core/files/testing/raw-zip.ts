// Builds zip files byte by byte for tests, so that any header can be a lie.
import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib'

export interface RawZipEntry {
  readonly name: string | Buffer
  readonly data?: Buffer | string
  /** Unix mode with type bits; 0 = none. */
  readonly mode?: number
  /** Stored, deflate or Zstandard. */
  readonly method?: 0 | 8 | 93
  /** Claims that differ from the truth. */
  readonly claimedSize?: number
  readonly claimedCrc?: number
  readonly flags?: number
}

/** The bytes of an archive with these entries. */
export function rawZip(entries: readonly RawZipEntry[], claimedCount = entries.length): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const data = Buffer.from(entry.data ?? '')
    const packed =
      entry.method === 8
        ? deflateRawSync(data)
        : entry.method === 93
          ? zstdCompressSync(data)
          : data
    const crc = entry.claimedCrc ?? crc32(data)
    const size = entry.claimedSize ?? data.length
    const flags = entry.flags ?? 0x800
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(flags, 6)
    local.writeUInt16LE(entry.method ?? 0, 8)
    local.writeUInt32LE(crc, 14)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE((3 << 8) | 20, 4)
    central.writeUInt16LE(20, 6)
    central.writeUInt16LE(flags, 8)
    central.writeUInt16LE(entry.method ?? 0, 10)
    central.writeUInt32LE(crc, 16)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(size, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 38)
    central.writeUInt32LE(offset, 42)
    parts.push(local, name, packed)
    directory.push(central, name)
    offset += local.length + name.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(claimedCount, 8)
  end.writeUInt16LE(claimedCount, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}
