// An Excel workbook opened for reading: its sheets, shared texts and which styles show dates. It is
// a zip of XML; everything is read through our own zip reader, which counts bytes as they come out.
import { basename, posix } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { AppError } from '../../../../../api/errors.ts'
import { byteLimits, damagedFile, type ByteLimits } from '../../../../files/byte-limits.ts'
import { openZip, type ZipArchive } from '../../../../files/zip-reader.ts'
import { isDateFormat } from './number-formats.ts'
import { XmlEvents, type XmlHandler } from './xml-events.ts'

/** A workbook is one document: far less than what an archive of files may hold. */
const workbookLimits: ByteLimits = { ...byteLimits, entries: 20_000, totalBytes: 8 * 2 ** 30 }
/** Shared texts are held in memory. */
const sharedCharacters = 256 * 2 ** 20
const smallPartBytes = 32 * 2 ** 20

export interface Sheet {
  readonly name: string
  /** Entry of the archive. */
  readonly part: string
}

export interface Workbook {
  readonly sheets: readonly Sheet[]
  readonly shared: readonly string[]
  /** By style number of a cell. */
  readonly dateStyles: readonly boolean[]
  readonly is1904: boolean
  /** Calls the handler with the XML of a part, piece by piece; undefined when there is none. */
  pieces(part: string): AsyncGenerator<string, void, void> | undefined
  /** Bytes of a part, as the archive claims; a hint only. */
  sizeOf(part: string): number
  close(): Promise<void>
}

/** Opens a workbook. Throws AppError "archive-unsafe", "file-damaged" or "too-large". */
export async function openWorkbook(path: string): Promise<Workbook> {
  const archive = await openZip(path, workbookLimits)
  try {
    const main = (await officeDocument(archive)) ?? 'xl/workbook.xml'
    const folder = posix.dirname(main)
    const links = await relations(archive, `${folder}/_rels/${posix.basename(main)}.rels`, folder)
    const { sheets, is1904 } = await readMain(archive, main, links)
    const shared = await sharedTexts(archive, links.byType('sharedStrings'))
    const dateStyles = await styles(archive, links.byType('styles'))
    return {
      sheets,
      shared,
      dateStyles,
      is1904,
      pieces: (part) => xmlPieces(archive, part),
      sizeOf: (part) => archive.find(part)?.sizeBytes ?? 0,
      close: () => archive.close()
    }
  } catch (error) {
    await archive.close()
    throw damagedFile(basename(path), error)
  }
}

/** True when the archive is a workbook, told by its entries. */
export async function isWorkbook(path: string): Promise<boolean> {
  const archive = await openZip(path, workbookLimits)
  try {
    return (
      archive.find('xl/workbook.xml') !== undefined ||
      (await officeDocument(archive))?.includes('workbook') === true
    )
  } catch {
    return false
  } finally {
    await archive.close()
  }
}

function xmlPieces(
  archive: ZipArchive,
  part: string
): AsyncGenerator<string, void, void> | undefined {
  const entry = archive.find(part)
  return entry === undefined ? undefined : decoded(archive.stream(entry))
}

async function* decoded(blocks: AsyncGenerator<Buffer, void>): AsyncGenerator<string, void, void> {
  const decoder = new StringDecoder('utf8')
  let isFirst = true
  for await (const block of blocks) {
    if (isFirst && (block[0] === 0xfe || block[0] === 0xff)) throw new RangeError('xml encoding')
    const text = decoder.write(block)
    yield isFirst ? text.replace(/^\uFEFF/, '') : text
    isFirst = false
  }
}

async function readXml(
  archive: ZipArchive,
  part: string,
  handler: XmlHandler,
  most: number
): Promise<boolean> {
  const pieces = xmlPieces(archive, part)
  if (pieces === undefined) return false
  const events = new XmlEvents(handler)
  let size = 0
  for await (const piece of pieces) {
    size += piece.length
    if (size > most)
      throw new AppError('too-large', 'The workbook is larger than the app reads safely.')
    events.push(piece)
  }
  events.end()
  return true
}

const nothing: XmlHandler = { open: () => {}, close: () => {}, text: () => {} }

async function officeDocument(archive: ZipArchive): Promise<string | undefined> {
  const links = await relations(archive, '_rels/.rels', '')
  return links.byType('officeDocument')
}

interface Relations {
  byId(id: string): string | undefined
  byType(end: string): string | undefined
}

async function relations(archive: ZipArchive, part: string, folder: string): Promise<Relations> {
  const found: { id: string; type: string; target: string }[] = []
  await readXml(
    archive,
    part,
    {
      ...nothing,
      open(name, attribute) {
        if (name !== 'Relationship' || attribute('TargetMode') === 'External') return
        const target = attribute('Target') ?? ''
        const path = target.startsWith('/') ? target.slice(1) : posix.join(folder, target)
        found.push({ id: attribute('Id') ?? '', type: attribute('Type') ?? '', target: path })
      }
    },
    smallPartBytes
  )
  return {
    byId: (id) => found.find((link) => link.id === id)?.target,
    byType: (end) => found.find((link) => link.type.endsWith(`/${end}`))?.target
  }
}

async function readMain(
  archive: ZipArchive,
  part: string,
  links: Relations
): Promise<{ sheets: Sheet[]; is1904: boolean }> {
  const sheets: Sheet[] = []
  let is1904 = false
  const isThere = await readXml(
    archive,
    part,
    {
      ...nothing,
      open(name, attribute) {
        if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attribute('date1904') ?? '')
        if (name !== 'sheet') return
        const target = links.byId(attribute('id') ?? '')
        if (target !== undefined) sheets.push({ name: attribute('name') ?? '', part: target })
      }
    },
    smallPartBytes
  )
  if (!isThere || sheets.length === 0) throw new RangeError('no sheets')
  return { sheets, is1904 }
}

async function sharedTexts(archive: ZipArchive, part: string | undefined): Promise<string[]> {
  const texts: string[] = []
  if (part === undefined) return texts
  const reader = new RichText()
  let isInside = false
  await readXml(
    archive,
    part,
    {
      open(name) {
        if (name === 'si') {
          isInside = true
          reader.start()
        } else if (isInside) reader.open(name)
      },
      close(name) {
        if (name === 'si') {
          isInside = false
          texts.push(reader.text)
        } else if (isInside) reader.close(name)
      },
      text: (text) => reader.add(text)
    },
    sharedCharacters
  )
  return texts
}

/** Text of a cell that may be made of runs; how it is pronounced is left out. */
export class RichText {
  text = ''
  #isText = false
  #isSpoken = false

  start(): void {
    this.text = ''
    this.#isText = false
    this.#isSpoken = false
  }

  open(name: string): void {
    if (name === 't') this.#isText = true
    if (name === 'rPh') this.#isSpoken = true
  }

  close(name: string): void {
    if (name === 't') this.#isText = false
    if (name === 'rPh') this.#isSpoken = false
  }

  add(text: string): void {
    // "_x000D_" stands for a character that XML cannot hold.
    if (this.#isText && !this.#isSpoken)
      this.text += text.replaceAll(/_x([0-9A-F]{4})_/g, (_, hex: string) =>
        String.fromCharCode(parseInt(hex, 16))
      )
  }
}

async function styles(archive: ZipArchive, part: string | undefined): Promise<boolean[]> {
  const codes = new Map<number, string>()
  const dates: boolean[] = []
  if (part === undefined) return dates
  let isCells = false
  await readXml(
    archive,
    part,
    {
      ...nothing,
      open(name, attribute) {
        if (name === 'numFmt')
          codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '')
        else if (name === 'cellXfs') isCells = true
        else if (name === 'xf' && isCells) {
          const id = Number(attribute('numFmtId') ?? 0)
          dates.push(isDateFormat(id, codes.get(id)))
        }
      },
      close(name) {
        if (name === 'cellXfs') isCells = false
      }
    },
    smallPartBytes
  )
  return dates
}
