// The schema of an Arrow file whose writer put it into the footer only (the JavaScript library does
// so), as the message that other files start with.
import { checkFooter } from './message-check.ts'

const footerBytes = 64 * 2 ** 20

/** Reads the end of the file. Throws Error when there is no sound footer. */
export async function schemaFromFooter(
  read: (start: number, length: number) => Promise<Buffer>,
  size: number
): Promise<Buffer> {
  const tail = await read(Math.max(0, size - 10), 10)
  if (tail.length < 10 || tail.toString('latin1', 4) !== 'ARROW1') throw new Error('no footer')
  const length = tail.readInt32LE(0)
  if (!(length > 8 && length <= footerBytes && length <= size - 18))
    throw new Error('footer length')
  const footer = await read(size - 10 - length, length)
  checkFooter(footer)
  const [{ Footer }, { RecordBatchStreamWriter, Table }] = await Promise.all([
    import('apache-arrow/ipc/metadata/file'),
    import('apache-arrow')
  ])
  const { schema } = Footer.decode(footer)
  // A stream of no batches is the schema message and the end mark.
  const stream = await RecordBatchStreamWriter.writeAll(new Table(schema)).toUint8Array()
  return firstMessage(Buffer.from(stream))
}

function firstMessage(stream: Buffer): Buffer {
  if (stream.readUInt32LE(0) !== 0xffffffff) throw new Error('schema message')
  return stream.subarray(0, 8 + stream.readInt32LE(4))
}
