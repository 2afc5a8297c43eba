// Files made to fill memory, run for hours or read outside their bytes (rules F2, F4, F5): each is
// refused plainly, at once.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { Builder } from 'flatbuffers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../../api/errors.ts'
import { rawZip } from '../../../files/testing/raw-zip.ts'
import { readAll } from '../../testing/fixtures.ts'
import { arrowOf, parquetOf, smallRows } from '../../testing/record-fixtures.ts'
import { readLz4Frame } from './arrow/lz4-frame.ts'
import { checkMessage } from './arrow/message-check.ts'
import { readDeltas, readDeltaTexts } from './parquet/delta-values.ts'
import { decimalOf } from './parquet/leaf-values.ts'
import { readRuns } from './parquet/level-runs.ts'
import { unpackPage } from './parquet/page-bytes.ts'
import { readPlain } from './parquet/plain-values.ts'
import { thriftEnd } from './parquet/thrift-check.ts'
import { toJson } from './cell-values.ts'
import { XmlEvents } from './xlsx/xml-events.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-attack-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function refusal(bytes: Buffer): Promise<AppError> {
  const path = join(folder, 'x')
  await writeFile(path, bytes)
  const error: unknown = await readAll(path).then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (!(error instanceof AppError)) throw new Error(`not refused plainly: ${String(error)}`)
  return error
}

describe('Parquet', () => {
  const good = parquetOf(smallRows(12))
  const footerAt = good.length - 8 - good.readUInt32LE(good.length - 8)

  it('refuses footers that lie about their length or end early', async () => {
    const long = Buffer.from(good)
    long.writeUInt32LE(0x7fffffff, good.length - 8)
    expect((await refusal(long)).code).toBe('file-damaged')
    const short = Buffer.from(good)
    short.writeUInt32LE(20, good.length - 8)
    expect((await refusal(short)).code).toBe('file-damaged')
    expect((await refusal(good.subarray(0, good.length - 30))).code).toBe('file-damaged')
    const encrypted = Buffer.from(good)
    encrypted.write('PARE', good.length - 4)
    expect((await refusal(encrypted)).message).toContain('encrypted')
  })

  it('bounds numbers, lists and nesting of headers before they are parsed', () => {
    expect(() => thriftEnd(Buffer.alloc(100_000, 0x1c), 0)).toThrow()
    expect(() =>
      thriftEnd(Buffer.concat([Buffer.from([0x16]), Buffer.alloc(1 << 20, 0xff)]), 0)
    ).toThrow()
    // A list of 2^34 structures in a few bytes.
    expect(
      thriftEnd(Buffer.from([0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x3f, 0, 0]), 0)
    ).toBeUndefined()
    expect(thriftEnd(good.subarray(footerAt, -8), 0)).toBe(good.length - 8 - footerAt)
  })

  it('never reads more values than there are bytes for', () => {
    const bytes = Buffer.alloc(16)
    expect(() => readPlain(bytes, 0, 'INT64', undefined, 2 ** 30)).toThrow(RangeError)
    expect(() => readPlain(bytes, 0, 'BYTE_ARRAY', undefined, 2 ** 30)).toThrow(RangeError)
    expect(() => readPlain(Buffer.alloc(8, 0xff), 0, 'BYTE_ARRAY', undefined, 1)).toThrow(
      RangeError
    )
    expect(() => readPlain(bytes, 0, 'FIXED_LEN_BYTE_ARRAY', -4, 3)).toThrow(RangeError)
    // A run of 2^31 values gives no more than were asked for.
    const run = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0x0f, 1])
    expect(readRuns(run, 0, run.length, 1, 5)).toEqual(Uint32Array.of(1, 1, 1, 1, 1))
    expect(() => readRuns(Buffer.alloc(4, 0x80), 0, 4, 1, 5)).toThrow(RangeError)
    expect(() => readRuns(run, 0, run.length, 60, 5)).toThrow(RangeError)
  })

  it('refuses delta blocks of endless size and prefixes of bytes that are not there', () => {
    const header = (...numbers: number[]): Buffer =>
      Buffer.from(
        numbers.flatMap((number) => [
          (number & 127) | 128,
          ((number >> 7) & 127) | 128,
          (number >> 14) & 127
        ])
      )
    for (const [block, minis] of [
      [0, 0],
      [128, 0],
      [2 ** 20 * 1.9, 4],
      [128, 100]
    ])
      expect(() => readDeltas(header(block, minis, 9, 0, 0), 0, 9, 32)).toThrow(RangeError)
    const one = header(128, 4, 1, 2000)
    expect(() => readDeltaTexts(Buffer.concat([one, header(128, 4, 1, 2)]), 0, 1)).toThrow(
      RangeError
    )
  })

  it('unpacks a page to the size claimed and no further', () => {
    expect(() => unpackPage(Buffer.alloc(10), 'GZIP', 2 ** 31)).toThrow(RangeError)
    expect(() => unpackPage(Buffer.alloc(10), 'SNAPPY', -1)).toThrow(RangeError)
    for (const [codec, pack] of [
      ['GZIP', gzipSync],
      ['BROTLI', brotliCompressSync],
      ['ZSTD', zstdCompressSync]
    ] as const) {
      const packed = pack(Buffer.alloc(1_000_000))
      expect(unpackPage(packed, codec, 1_000_000).length).toBe(1_000_000)
      expect(() => unpackPage(packed, codec, 100)).toThrow()
      expect(() => unpackPage(packed, codec, 2_000_000)).toThrow(RangeError)
    }
  })

  it('writes out decimals of bounded length only', () => {
    expect(decimalOf(-12345n, 2)).toBe(-123.45)
    expect(decimalOf(5n, -3)).toBe(5000)
    expect(decimalOf(12345678901234567n, 3)).toBe('12345678901234.567')
    for (const scale of [11_599_874, -11_599_874, Number.NaN])
      expect(() => decimalOf(1n, scale)).toThrow(RangeError)
  })

  it('refuses values nested without end', () => {
    let deep: unknown = 1
    for (let i = 0; i < 100; i++) deep = [deep]
    expect(() => toJson(deep, 0)).toThrow(RangeError)
  })
})

describe('Arrow', () => {
  const good = arrowOf(smallRows(12))

  it('refuses messages that lie about their length', async () => {
    const negative = Buffer.from(good)
    negative.writeInt32LE(-5, 4)
    expect((await refusal(negative)).code).not.toBe('internal')
    const huge = Buffer.from(good)
    huge.writeInt32LE(0x7ffffff0, 4)
    expect((await refusal(huge)).code).not.toBe('internal')
  })

  // A message header with a record batch of these rows, nodes and buffers.
  function batchHeader(rows: bigint, node: bigint, buffer: readonly [bigint, bigint]): Buffer {
    const b = new Builder(256)
    b.startVector(16, 1, 8)
    b.writeInt64(0n)
    b.writeInt64(node)
    const nodes = b.endVector()
    b.startVector(16, 1, 8)
    b.writeInt64(buffer[1])
    b.writeInt64(buffer[0])
    const buffers = b.endVector()
    b.startObject(5)
    b.addFieldInt64(0, rows, 0n)
    b.addFieldOffset(1, nodes, 0)
    b.addFieldOffset(2, buffers, 0)
    const batch = b.endObject()
    b.startObject(5)
    b.addFieldInt8(1, 3, 0)
    b.addFieldOffset(2, batch, 0)
    b.addFieldInt64(3, 64n, 0n)
    b.finish(b.endObject())
    return Buffer.from(b.asUint8Array())
  }

  it('checks rows, lengths and buffers of a batch', () => {
    expect(checkMessage(batchHeader(5n, 5n, [0n, 64n]))).toEqual({
      kind: 'batch',
      bodyBytes: 64,
      rows: 5
    })
    expect(() => checkMessage(batchHeader(2n ** 40n, 5n, [0n, 8n]))).toThrow(RangeError)
    expect(() => checkMessage(batchHeader(-1n, 5n, [0n, 8n]))).toThrow(RangeError)
    expect(() => checkMessage(batchHeader(5n, 2n ** 40n, [0n, 8n]))).toThrow(RangeError)
    expect(() => checkMessage(batchHeader(5n, 5n, [60n, 8n]))).toThrow(RangeError)
    expect(() => checkMessage(batchHeader(5n, 5n, [-8n, 8n]))).toThrow(RangeError)
  })

  it('refuses lists longer than the header, and the same field over and over', () => {
    const header = batchHeader(5n, 5n, [0n, 64n])
    for (let at = 0; at + 4 <= header.length; at += 4) {
      const lie = Buffer.from(header)
      lie.writeUInt32LE(0x0fffffff, at)
      try {
        checkMessage(lie)
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }
    // Forty levels of a field whose two children are one and the same: 2^40 fields to look at.
    const b = new Builder(4096)
    let field = 0
    for (let i = 0; i < 38; i++) {
      let children = 0
      if (field !== 0) {
        b.startVector(4, 2, 4)
        b.addOffset(field)
        b.addOffset(field)
        children = b.endVector()
      }
      b.startObject(7)
      if (children !== 0) b.addFieldOffset(5, children, 0)
      field = b.endObject()
    }
    b.startVector(4, 1, 4)
    b.addOffset(field)
    const fields = b.endVector()
    b.startObject(4)
    b.addFieldOffset(1, fields, 0)
    const schema = b.endObject()
    b.startObject(5)
    b.addFieldInt8(1, 1, 0)
    b.addFieldOffset(2, schema, 0)
    b.finish(b.endObject())
    expect(() => checkMessage(Buffer.from(b.asUint8Array()))).toThrow('tables')
  })

  it('bounds LZ4 frames', () => {
    const frame = (...block: number[]): Buffer => {
      const head = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0, 0, 0, 0, 0])
      head.writeUInt32LE(block.length, 7)
      return Buffer.concat([head, Buffer.from(block), Buffer.alloc(4)])
    }
    expect(Buffer.from(readLz4Frame(frame(0x10, 65, 1, 0, 0x10, 66), 100)).toString()).toBe(
      'AAAAAB'
    )
    // One byte, repeated some 60,000 times.
    const bomb = frame(0x1f, 65, 1, 0, ...Array<number>(240).fill(255), 0)
    expect(() => readLz4Frame(bomb, 1000)).toThrow('lz4 size')
    expect(() => readLz4Frame(frame(0x10, 65, 9, 0, 0x10, 66), 100)).toThrow('lz4 distance')
    expect(() => readLz4Frame(frame(0xf0, 255, 255), 100)).toThrow(RangeError)
  })
})

describe('workbooks', () => {
  const parts = (sheet: string | Buffer): [string, string | Buffer][] => [
    ['xl/workbook.xml', '<workbook><sheets><sheet name="S" r:id="a"/></sheets></workbook>'],
    [
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="a" Type="x/worksheet" Target="one.xml"/></Relationships>'
    ],
    ['xl/one.xml', sheet]
  ]
  const zip = (sheet: string | Buffer, more: object = {}): Buffer =>
    rawZip(parts(sheet).map(([name, data]) => ({ name, data, method: 8 as const, ...more })))

  it('stops at a sheet that unpacks to far more than its size, whatever is claimed', async () => {
    const bomb = Buffer.concat([
      Buffer.from('<worksheet><sheetData><row r="1"><c><v>'),
      Buffer.alloc(6_000_000, '1')
    ])
    expect((await refusal(zip(bomb))).code).toBe('archive-unsafe')
    expect((await refusal(zip(bomb, { claimedSize: 10 }))).code).toMatch(
      /archive-unsafe|file-damaged/
    )
  })

  it('refuses entities of its own, bottomless nesting and cells out of bounds', async () => {
    const doctype = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    expect((await refusal(zip(doctype))).code).toBe('file-damaged')
    expect((await refusal(zip('<a>'.repeat(500)))).code).toBe('file-damaged')
    const far =
      '<worksheet><sheetData><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></sheetData></worksheet>'
    expect((await refusal(zip(far))).message).toContain('cells')
    const shared =
      '<worksheet><sheetData><row r="1"><c t="s"><v>7</v></c></row></sheetData></worksheet>'
    expect((await refusal(zip(shared))).code).toBe('file-damaged')
    const events = new XmlEvents({ open: () => {}, close: () => {}, text: () => {} })
    expect(() => {
      for (let i = 0; i < 40; i++) events.push(`<a ${'b'.repeat(100_000)}`)
    }).toThrow(RangeError)
  })

  it('stops at entries that lead out of the archive', async () => {
    const unsafe = rawZip([
      ...parts('<worksheet/>').map(([name, data]) => ({ name, data })),
      { name: '../../x', data: 'x' }
    ])
    expect((await refusal(unsafe)).code).toBe('archive-unsafe')
  })
})

describe('JSON', () => {
  it('refuses nothing but brackets, quickly', async () => {
    expect((await refusal(Buffer.from('['.repeat(3_000_000)))).code).not.toBe('internal')
    expect((await refusal(Buffer.from('{"a":'.repeat(500_000)))).code).not.toBe('internal')
    expect((await refusal(Buffer.from(`[{"a": "${'x'.repeat(17 * 2 ** 20)}"}]`))).code).toBe(
      'nothing-to-import'
    )
  })
})
