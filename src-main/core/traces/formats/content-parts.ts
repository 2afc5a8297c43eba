// Contents of messages: a text, or parts of which some are pictures and files. Bytes are taken from
// what the log holds; nothing is fetched.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { TraceAttachment } from '../model/trace.ts'
import { listOf, objectOf, textOf } from './trace-format.ts'

/** A content's words and what came with them. */
export interface Content {
  readonly text: string
  readonly attachments: readonly TraceAttachment[]
}

/** The content of a message or of a tool's answer. What is neither text nor file is shown as JSON. */
export function contentOf(content: JsonValue | undefined): Content {
  if (content === undefined || content === null) return { text: '', attachments: [] }
  if (typeof content === 'string') return { text: content, attachments: [] }
  const parts = listOf(content)
  if (parts === undefined) {
    const file = attachmentOf(content)
    return file === undefined
      ? { text: textOf(objectOf(content)?.['text']) ?? JSON.stringify(content), attachments: [] }
      : { text: '', attachments: [file] }
  }
  const texts: string[] = []
  const attachments: TraceAttachment[] = []
  for (const part of parts) {
    const file = attachmentOf(part)
    const text = file === undefined ? (textOf(part) ?? textOf(objectOf(part)?.['text'])) : undefined
    if (file !== undefined) attachments.push(file)
    else if (text !== undefined && text !== '') texts.push(text)
    else if (text === undefined) texts.push(...remoteNote(part))
  }
  return { text: texts.join('\n'), attachments }
}

const fileTypes = new Set([
  ...['image', 'image_url', 'input_image', 'document', 'file', 'input_file', 'audio', 'video'],
  ...['data', 'input_audio', 'screenshot', 'computer_screenshot']
])

/** The bytes of a part that is a picture or a file; undefined for words and for what lies elsewhere. */
export function attachmentOf(part: JsonValue): TraceAttachment | undefined {
  const fields = objectOf(part)
  const type = textOf(fields?.['type'])
  if (fields === undefined || type === undefined || !fileTypes.has(type)) return undefined
  const name = textOf(fields['filename']) ?? textOf(fields['title']) ?? null
  const source = objectOf(fields['source']) ?? objectOf(fields['inlineData'])
  const packed = textOf(source?.['data'])
  if (packed !== undefined) {
    const mime = textOf(source?.['media_type']) ?? textOf(source?.['mimeType'])
    // A document may be plain text.
    if (textOf(source?.['type']) === 'text')
      return { mime: 'text/plain', name, bytes: new TextEncoder().encode(packed) }
    return { mime: safeMime(mime), name, bytes: fromBase64(packed) }
  }
  const inner = fields[type]
  const address =
    textOf(objectOf(inner)?.['url']) ??
    textOf(objectOf(inner)?.['file_data']) ??
    textOf(inner) ??
    textOf(fields['image_url']) ??
    textOf(fields['file_data'])
  return address === undefined ? undefined : fromDataAddress(address, name)
}

/** Bytes of "data:image/png;base64,..."; undefined for other addresses. */
export function fromDataAddress(address: string, name: string | null): TraceAttachment | undefined {
  // Only the beginning is looked at: the data may be megabytes.
  const head = /^data:([\w.+-]+\/[\w.+-]+)?(?:;[\w=.-]+)*?(;base64)?,/.exec(address.slice(0, 300))
  if (head === null) return undefined
  const body = address.slice(head[0].length)
  const bytes = head[2] === undefined ? new TextEncoder().encode(body) : fromBase64(body)
  return { mime: safeMime(head[1]), name, bytes }
}

/** Bytes of base64 text; what is no base64 is passed over, as decoders do. */
export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'))
}

/** A media type as written, if it has the form of one. */
export function safeMime(mime: string | undefined): string {
  return mime !== undefined && /^[\w.+-]{1,60}\/[\w.+-]{1,80}$/.test(mime)
    ? mime.toLowerCase()
    : 'application/octet-stream'
}

function remoteNote(part: JsonValue): string[] {
  const fields = objectOf(part)
  const type = textOf(fields?.['type']) ?? ''
  if (fields === undefined || !fileTypes.has(type)) return []
  const inner = fields[type]
  const address =
    textOf(objectOf(inner)?.['url']) ?? textOf(inner) ?? textOf(objectOf(fields['source'])?.['url'])
  return [address === undefined ? `[${type}]` : `[${type}: ${address.slice(0, 500)}]`]
}
