// An Arrow file, stream or Feather file opened for reading: the list of its messages, and its record
// batches one at a time. Both forms hold the same messages one after the other (Apache Arrow,
// "IPC File Format"), so the footer is not needed and random access works for both.
import { open, type FileHandle } from 'node:fs/promises'
import { basename } from 'node:path'
import type * as Arrow from 'apache-arrow'
import type { RecordBatch, Schema } from 'apache-arrow'
import { AppError } from '../../../../../api/errors.ts'
import { damagedFile } from '../../../../files/byte-limits.ts'
import { checkBatchData } from './batch-check.ts'
import { schemaFromFooter } from './footer-schema.ts'
import { checkMessage, type MessageKind } from './message-check.ts'
import { allowUnpacked, registerUnpacking } from './unpack-buffers.ts'

/** Largest header and body of one message. */
const headerBytes = 64 * 2 ** 20
const bodyBytes = 2 ** 30
/** Dictionaries are read again with every batch. */
const dictionaryBytes = 256 * 2 ** 20
/** More messages than this are no file that somebody made. */
const mostMessages = 5_000_000

interface Message {
  readonly kind: MessageKind
  readonly start: number
  /** Length and header. */
  readonly head: number
  readonly body: number
}

export interface BatchPlace {
  readonly rows: number
  /** Position among the messages. */
  readonly message: number
}

export interface ArrowFile {
  readonly name: string
  readonly schema: Schema
  readonly batches: readonly BatchPlace[]
  readonly rows: number
  /** True when the file ends in the middle of a message: what came before can be read. */
  readonly isCut: boolean
  /** Reads and checks a batch. */
  batch(index: number): Promise<RecordBatch>
  close(): Promise<void>
}

/** True for the start of an Arrow file or stream. */
export function isArrowHead(head: Buffer): boolean {
  if (head.length < 12) return false
  if (head.toString('latin1', 0, 6) === 'ARROW1') return true
  if (head.readUInt32LE(0) !== 0xffffffff) return false
  const length = head.readUInt32LE(4)
  try {
    // Long schemas go beyond the head; their root table must at least point into it.
    return (
      length > 0 && length <= headerBytes && head.readUInt32LE(8) < Math.min(length, head.length)
    )
  } catch {
    return false
  }
}

/** Opens a file. Throws AppError "file-damaged", "file-not-recognised" or "too-large". */
export async function openArrow(path: string): Promise<ArrowFile> {
  const name = basename(path)
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new AppError('file-not-readable', undefined, { cause: error })
  })
  try {
    const { size } = await handle.stat()
    const { messages, batches, isCut } = await listMessages(handle, size, name)
    const ahead =
      messages[0]?.kind === 'schema'
        ? undefined
        : await schemaFromFooter((start, length) => readBytes(handle, start, length), size)
    const schema = await readSchema(handle, messages, ahead)
    const read = batchReader(handle, messages, ahead)
    return {
      name,
      schema,
      batches,
      rows: batches.reduce((sum, batch) => sum + batch.rows, 0),
      isCut,
      batch: (index) => read(batches[index]),
      close: () => handle.close()
    }
  } catch (error) {
    await handle.close()
    throw damagedFile(name, error)
  }
}

interface MessageList {
  readonly messages: readonly Message[]
  readonly batches: readonly BatchPlace[]
  readonly isCut: boolean
}

async function listMessages(handle: FileHandle, size: number, name: string): Promise<MessageList> {
  const messages: Message[] = []
  const batches: BatchPlace[] = []
  const mark = await readBytes(handle, 0, 8)
  let at = mark.toString('latin1', 0, 6) === 'ARROW1' ? 8 : 0
  let isCut = false
  for (;;) {
    const head = await readHead(handle, at, size)
    if (head === undefined) break
    if (head === 'cut') {
      isCut = true
      break
    }
    const facts = checkMessage(head.bytes)
    const start = at
    const end = start + head.length + facts.bodyBytes
    if (facts.bodyBytes > bodyBytes)
      throw new AppError('too-large', `A part of “${name}” is larger than the app reads safely.`, {
        hint: 'Save it with fewer rows in each batch.'
      })
    isCut = end > size
    if (isCut) break
    if (facts.kind === 'batch') batches.push({ rows: facts.rows, message: messages.length })
    messages.push({ kind: facts.kind, start, head: head.length, body: facts.bodyBytes })
    if (messages.length > mostMessages) throw new AppError('too-large')
    at = end
  }
  return { messages, batches, isCut }
}

async function readHead(
  handle: FileHandle,
  at: number,
  size: number
): Promise<{ bytes: Buffer; length: number } | 'cut' | undefined> {
  if (at === size) return undefined
  const start = await readBytes(handle, at, 8)
  if (start.length < 4) return 'cut'
  const isMarked = start.readUInt32LE(0) === 0xffffffff
  if (isMarked && start.length < 8) return 'cut'
  const length = start.readInt32LE(isMarked ? 4 : 0)
  if (length === 0) return undefined
  const skipped = isMarked ? 8 : 4
  if (length < 8 || length > headerBytes) throw new RangeError('message length')
  if (at + skipped + length > size) return 'cut'
  return { bytes: await readBytes(handle, at + skipped, length), length: skipped + length }
}

/** Bytes of a file; fewer when it ends before. */
async function readBytes(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

const endMark = Buffer.from([255, 255, 255, 255, 0, 0, 0, 0])

// Loaded when the first Arrow file is opened: most sessions never need it.
const loadArrow = (): Promise<typeof Arrow> => import('apache-arrow')

async function readSchema(
  handle: FileHandle,
  messages: readonly Message[],
  ahead: Buffer | undefined
): Promise<Schema> {
  const { RecordBatchReader } = await loadArrow()
  const [first] = messages
  const bytes = ahead ?? (await readBytes(handle, first.start, first.head + first.body))
  const reader = RecordBatchReader.from(Buffer.concat([bytes, endMark]))
  reader.open()
  return reader.schema
}

function batchReader(
  handle: FileHandle,
  messages: readonly Message[],
  ahead: Buffer | undefined
): (place: BatchPlace | undefined) => Promise<RecordBatch> {
  const kept = new Map<number, Promise<Buffer>>()
  function messageBytes(index: number): Promise<Buffer> {
    const { start, head, body } = messages[index]
    return readBytes(handle, start, head + body)
  }
  // What every batch needs before it: the schema and its dictionaries.
  function before(index: number): Promise<Buffer> {
    let bytes = kept.get(index)
    if (bytes === undefined) {
      bytes = messageBytes(index)
      kept.set(index, bytes)
    }
    return bytes
  }
  return async (place) => {
    if (place === undefined) throw new RangeError('batch')
    const needed = messages.flatMap(({ kind }, i) =>
      kind !== 'batch' && i < place.message ? [i] : []
    )
    const bytes = needed.reduce((sum, i) => sum + messages[i].head + messages[i].body, 0)
    if (bytes > dictionaryBytes) throw new AppError('too-large')
    const parts = await Promise.all([...needed.map(before), messageBytes(place.message)])
    return decodeBatch(Buffer.concat([...(ahead === undefined ? [] : [ahead]), ...parts, endMark]))
  }
}

async function decodeBatch(bytes: Buffer): Promise<RecordBatch> {
  const arrow = await loadArrow()
  registerUnpacking(arrow)
  allowUnpacked(bodyBytes)
  const reader = arrow.RecordBatchReader.from(bytes)
  const step = reader.next()
  if (step.done === true || !(step.value instanceof arrow.RecordBatch))
    throw new RangeError('batch')
  checkBatchData(step.value)
  return step.value
}
