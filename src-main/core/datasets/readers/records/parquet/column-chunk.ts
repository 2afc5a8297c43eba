// One column of one row group: the list of its pages, found header by header, and the values of a
// page. A page is read only when its values are asked for.
import type { ColumnMetaData, PageHeader } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { AppError } from '../../../../../api/errors.ts'
import { readDeltaLengths, readDeltas, readDeltaTexts } from './delta-values.ts'
import { leafConverter, type LeafValue } from './leaf-values.ts'
import { readRuns } from './level-runs.ts'
import { pageBytes, unpackPage } from './page-bytes.ts'
import { chunkStart, type Leaf, type ParquetFile } from './parquet-file.ts'
import { readPlain, readSplit, type RawValue } from './plain-values.ts'
import { thriftEnd } from './thrift-check.ts'

// Headers are small; those with long smallest and largest values grow with them.
const headerBytes = 4 * 1024
const longestHeader = 32 * 2 ** 20
/** Most values of one page; their levels take about 100 MB. */
const pageValues = 2 ** 24

/** A data page found in the file. */
export interface DataPage {
  readonly header: PageHeader
  /** Place of its bytes. */
  readonly start: number
  readonly values: number
  /** Rows in it, where that is known without reading it. */
  readonly rows: number | undefined
}

export interface PageValues {
  /** Undefined when the column can hold no missing values and no lists. */
  readonly definition: Uint32Array | undefined
  readonly repetition: Uint32Array | undefined
  /** Values that are not missing. */
  readonly values: LeafValue[]
}

/** The pages of a column chunk, in order. */
export class ColumnChunk {
  readonly #file: ParquetFile
  readonly leaf: Leaf
  readonly #meta: ColumnMetaData
  readonly #pages: DataPage[] = []
  readonly #convert: (value: RawValue) => LeafValue
  #at: number
  readonly #end: number
  #found = 0
  #dictionary: LeafValue[] | undefined
  #last: { readonly page: DataPage; readonly values: PageValues } | undefined

  constructor(file: ParquetFile, leaf: Leaf, meta: ColumnMetaData) {
    this.#file = file
    this.leaf = leaf
    this.#meta = meta
    this.#convert = leafConverter(leaf.element)
    this.#at = chunkStart(meta)
    this.#end = this.#at + Number(meta.total_compressed_size)
  }

  /** Page `index`; undefined after the last one. */
  async page(index: number): Promise<DataPage | undefined> {
    while (this.#pages.length <= index && this.#found < Number(this.#meta.num_values)) {
      const { header, length } = await this.#header()
      const start = this.#at + length
      const size = header.compressed_page_size
      if (!(size >= 0 && size <= pageBytes && start + size <= this.#end))
        throw new RangeError('page')
      this.#at = start + size
      if (header.type === 'DICTIONARY_PAGE') await this.#readDictionary(header, start)
      else if (header.type !== 'INDEX_PAGE') this.#add(header, start)
    }
    return this.#pages[index]
  }

  async #header(): Promise<{ header: PageHeader; length: number }> {
    for (let size = headerBytes; ; size *= 8) {
      const bytes = await this.#file.read(this.#at, Math.min(size, this.#end - this.#at))
      const length = thriftEnd(bytes, 0)
      if (length !== undefined) {
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        return { header: parquetHeader({ view, offset: 0 }), length }
      }
      if (size >= longestHeader || bytes.length < size) throw new RangeError('page header')
    }
  }

  #add(header: PageHeader, start: number): void {
    const v2 = header.data_page_header_v2
    const values = header.data_page_header?.num_values ?? v2?.num_values
    if (values === undefined || !(values >= 0 && values <= pageValues))
      throw new RangeError('values')
    // An empty page is allowed, endlessly many of them are not.
    if (values === 0 && header.compressed_page_size === 0) throw new RangeError('empty page')
    this.#found += values
    if (this.#found > Number(this.#meta.num_values)) throw new RangeError('values')
    const rows = this.leaf.maxRepetition === 0 ? values : v2?.num_rows
    this.#pages.push({ header, start, values, rows })
  }

  async #readDictionary(header: PageHeader, start: number): Promise<void> {
    const count = header.dictionary_page_header?.num_values ?? -1
    if (!(count >= 0 && count <= pageValues) || this.#dictionary !== undefined)
      throw new RangeError('dictionary')
    const packed = await this.#bytes(start, header.compressed_page_size)
    const page = unpackPage(packed, this.#meta.codec, header.uncompressed_page_size)
    const { type_length: length } = this.leaf.element
    this.#dictionary = readPlain(page, 0, this.#meta.type, length, count).map(this.#convert)
  }

  async #bytes(start: number, length: number): Promise<Buffer> {
    const bytes = await this.#file.read(start, length)
    if (bytes.length < length) throw new RangeError('page cut off')
    return bytes
  }

  /** The values of a page; those of the last one asked for are kept. */
  async read(page: DataPage): Promise<PageValues> {
    if (this.#last?.page !== page) this.#last = { page, values: await this.#readPage(page) }
    return this.#last.values
  }

  async #readPage(page: DataPage): Promise<PageValues> {
    const packed = await this.#bytes(page.start, page.header.compressed_page_size)
    const { header } = page
    return header.data_page_header_v2 === undefined
      ? this.#readFirstForm(
          page,
          unpackPage(packed, this.#meta.codec, header.uncompressed_page_size)
        )
      : this.#readSecondForm(page, packed)
  }

  #readFirstForm(page: DataPage, bytes: Buffer): PageValues {
    const facts = page.header.data_page_header
    if (facts === undefined) throw new RangeError('page type')
    const levels = [facts.repetition_level_encoding, facts.definition_level_encoding]
    if (levels.some((encoding) => encoding === 'BIT_PACKED') && this.leaf.maxDefinition > 0)
      throw unread()
    let at = 0
    const take = (most: number): Uint32Array | undefined => {
      if (most === 0) return undefined
      const length = bytes.readUInt32LE(at)
      const runs = readRuns(bytes, at + 4, at + 4 + length, bitWidth(most), page.values)
      at += 4 + length
      return runs
    }
    const repetition = take(this.leaf.maxRepetition)
    const definition = take(this.leaf.maxDefinition)
    const count = this.#present(definition, page.values)
    return { definition, repetition, values: this.#decode(bytes, at, facts.encoding, count) }
  }

  #readSecondForm(page: DataPage, packed: Buffer): PageValues {
    const facts = page.header.data_page_header_v2
    if (facts === undefined) throw new RangeError('page type')
    const first = facts.repetition_levels_byte_length
    const levels = first + facts.definition_levels_byte_length
    if (!(first >= 0 && levels >= first && levels <= packed.length)) throw new RangeError('levels')
    const { maxRepetition, maxDefinition } = this.leaf
    const repetition =
      maxRepetition === 0
        ? undefined
        : readRuns(packed, 0, first, bitWidth(maxRepetition), page.values)
    const definition =
      maxDefinition === 0
        ? undefined
        : readRuns(packed, first, levels, bitWidth(maxDefinition), page.values)
    const count = this.#present(definition, page.values)
    const rest = packed.subarray(levels)
    const size = page.header.uncompressed_page_size - levels
    const bytes = facts.is_compressed === false ? rest : unpackPage(rest, this.#meta.codec, size)
    return { definition, repetition, values: this.#decode(bytes, 0, facts.encoding, count) }
  }

  #present(definition: Uint32Array | undefined, values: number): number {
    if (definition === undefined) return values
    const { maxDefinition } = this.leaf
    let count = 0
    for (const level of definition) {
      if (level > maxDefinition) throw new RangeError('definition level')
      if (level === maxDefinition) count++
    }
    return count
  }

  #decode(bytes: Buffer, from: number, encoding: string, count: number): LeafValue[] {
    if (from > bytes.length) throw new RangeError('page')
    if (encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY')
      return this.#decodePlaces(bytes, from, count)
    return this.#raw(bytes, from, encoding, count).map(this.#convert)
  }

  #decodePlaces(bytes: Buffer, from: number, count: number): LeafValue[] {
    if (count === 0) return []
    const dictionary = this.#dictionary
    if (dictionary === undefined || from >= bytes.length) throw new RangeError('dictionary')
    const places = readRuns(bytes, from + 1, bytes.length, bytes[from], count)
    const values = new Array<LeafValue>(count)
    for (let i = 0; i < count; i++) {
      if (places[i] >= dictionary.length) throw new RangeError('dictionary')
      values[i] = dictionary[places[i]]
    }
    return values
  }

  #raw(bytes: Buffer, from: number, encoding: string, count: number): RawValue[] {
    const { type } = this.#meta
    const { type_length: length } = this.leaf.element
    switch (encoding) {
      case 'PLAIN':
        return readPlain(bytes, from, type, length, count)
      case 'BYTE_STREAM_SPLIT':
        return readSplit(bytes, from, type, length, count)
      case 'RLE': {
        if (type !== 'BOOLEAN') throw unread()
        // The first form writes the length before the runs, the second one too.
        const size = bytes.readUInt32LE(from)
        return Array.from(readRuns(bytes, from + 4, from + 4 + size, 1, count), (bit) => bit === 1)
      }
      case 'DELTA_BINARY_PACKED': {
        const { values } = readDeltas(bytes, from, count, type === 'INT32' ? 32 : 64)
        return type === 'INT32' ? values.map(Number) : values
      }
      case 'DELTA_LENGTH_BYTE_ARRAY':
        return readDeltaLengths(bytes, from, count)
      case 'DELTA_BYTE_ARRAY':
        return readDeltaTexts(bytes, from, count)
      default:
        throw unread()
    }
  }
}

function unread(): AppError {
  return new AppError(
    'file-not-recognised',
    'A column is written in a way the app does not read.',
    {
      hint: 'Save the file again with the usual settings.'
    }
  )
}

function bitWidth(most: number): number {
  return 32 - Math.clz32(most)
}
