// Checks the header of an Arrow message (a FlatBuffers table) before the library decodes it: every
// table and list must lie inside the bytes, and there may not be endlessly many of them. Slots are
// those of Message.fbs and Schema.fbs of Apache Arrow, format version 1.5.

export type MessageKind = 'schema' | 'dictionary' | 'batch'

export interface MessageFacts {
  readonly kind: MessageKind
  readonly bodyBytes: number
  /** Rows of a batch. */
  readonly rows: number
}

const kinds: Readonly<Partial<Record<number, MessageKind>>> = {
  1: 'schema',
  2: 'dictionary',
  3: 'batch'
}

const deepest = 40
/** Tables looked at in one header; the same table may be pointed at again and again. */
const mostTables = 100_000
/** Rows of one batch. */
const batchRows = 2 ** 27

/** Facts of a message header. Throws Error when it is not sound. */
export function checkMessage(bytes: Buffer): MessageFacts {
  const walk = new Walk(bytes)
  const root = walk.table(bytes.readUInt32LE(0))
  const kind = kinds[walk.byte(root, 1)]
  const header = walk.child(root, 2)
  const bodyBytes = Number(walk.long(root, 3))
  if (kind === undefined || header === undefined) throw new RangeError('message kind')
  if (!(bodyBytes >= 0)) throw new RangeError('message body')
  if (kind === 'schema') {
    checkSchema(walk, header)
    return { kind, bodyBytes, rows: 0 }
  }
  const batch = kind === 'batch' ? header : walk.child(header, 1)
  if (batch === undefined) throw new RangeError('dictionary')
  return { kind, bodyBytes, rows: checkBatch(walk, batch, bodyBytes) }
}

/** Checks the footer of a file, whose second slot is the schema. Throws Error when it is not sound. */
export function checkFooter(bytes: Buffer): void {
  const walk = new Walk(bytes)
  const root = walk.table(bytes.readUInt32LE(0))
  const schema = walk.child(root, 1)
  if (schema === undefined) throw new RangeError('footer')
  checkSchema(walk, schema)
  // Places of dictionaries and batches: 24 bytes each.
  walk.list(root, 2, 24)
  walk.list(root, 3, 24)
}

function checkBatch(walk: Walk, batch: number, bodyBytes: number): number {
  const rows = Number(walk.long(batch, 0))
  if (!(rows >= 0 && rows <= batchRows)) throw new RangeError('rows of a batch')
  const nodes = walk.list(batch, 1, 16)
  for (let i = 0; i < nodes.count; i++) {
    const length = Number(walk.bytes.readBigInt64LE(nodes.start + 16 * i))
    if (!(length >= 0 && length <= 2 ** 31)) throw new RangeError('length of a column')
  }
  const buffers = walk.list(batch, 2, 16)
  for (let i = 0; i < buffers.count; i++) {
    const start = Number(walk.bytes.readBigInt64LE(buffers.start + 16 * i))
    const length = Number(walk.bytes.readBigInt64LE(buffers.start + 16 * i + 8))
    if (!(start >= 0 && length >= 0 && start + length <= bodyBytes)) throw new RangeError('buffer')
  }
  const variadic = walk.list(batch, 4, 8)
  for (let i = 0; i < variadic.count; i++) {
    const count = Number(walk.bytes.readBigInt64LE(variadic.start + 8 * i))
    if (!(count >= 0 && count <= buffers.count)) throw new RangeError('buffers')
  }
  return rows
}

function checkSchema(walk: Walk, schema: number): void {
  // Endianness: 0 is little, the only one in use.
  if (walk.byte(schema, 0) !== 0) throw new RangeError('byte order')
  for (const field of walk.tables(schema, 1)) checkField(walk, field, 0)
  checkPairs(walk, schema, 2)
}

function checkField(walk: Walk, field: number, depth: number): void {
  if (depth > deepest) throw new RangeError('field nesting')
  walk.text(field, 0)
  const type = walk.child(field, 3)
  if (type !== undefined) checkType(walk, type, walk.byte(field, 2))
  const dictionary = walk.child(field, 4)
  if (dictionary !== undefined) walk.child(dictionary, 1)
  for (const child of walk.tables(field, 5)) checkField(walk, child, depth + 1)
  checkPairs(walk, field, 6)
}

// Unions list their type ids, timestamps name their time zone.
function checkType(walk: Walk, type: number, kind: number): void {
  if (kind === 14) walk.list(type, 1, 4)
  if (kind === 10) walk.text(type, 1)
}

function checkPairs(walk: Walk, table: number, slot: number): void {
  for (const pair of walk.tables(table, slot)) {
    walk.text(pair, 0)
    walk.text(pair, 1)
  }
}

/** Reads tables and lists, all of which must lie inside the bytes. */
class Walk {
  readonly bytes: Buffer
  #tables = 0

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** Checks the table at a place. */
  table(at: number): number {
    if (++this.#tables > mostTables) throw new RangeError('tables')
    // Reading outside the bytes throws by itself.
    const slots = at - this.bytes.readInt32LE(at)
    const size = this.bytes.readUInt16LE(slots)
    if (size < 4 || slots + size > this.bytes.length) throw new RangeError('table')
    return at
  }

  #field(table: number, slot: number): number | undefined {
    const slots = table - this.bytes.readInt32LE(table)
    const place = 4 + 2 * slot
    if (place + 2 > this.bytes.readUInt16LE(slots)) return undefined
    const offset = this.bytes.readUInt16LE(slots + place)
    return offset === 0 ? undefined : table + offset
  }

  byte(table: number, slot: number): number {
    const at = this.#field(table, slot)
    return at === undefined ? 0 : this.bytes.readUInt8(at)
  }

  long(table: number, slot: number): bigint {
    const at = this.#field(table, slot)
    return at === undefined ? 0n : this.bytes.readBigInt64LE(at)
  }

  child(table: number, slot: number): number | undefined {
    const at = this.#field(table, slot)
    return at === undefined ? undefined : this.table(at + this.bytes.readUInt32LE(at))
  }

  list(table: number, slot: number, size: number): { start: number; count: number } {
    const at = this.#field(table, slot)
    if (at === undefined) return { start: 0, count: 0 }
    const place = at + this.bytes.readUInt32LE(at)
    const count = this.bytes.readUInt32LE(place)
    if (place + 4 + count * size > this.bytes.length) throw new RangeError('list')
    return { start: place + 4, count }
  }

  tables(table: number, slot: number): number[] {
    const { start, count } = this.list(table, slot, 4)
    return Array.from({ length: count }, (_, i) => {
      const at = start + 4 * i
      return this.table(at + this.bytes.readUInt32LE(at))
    })
  }

  text(table: number, slot: number): void {
    this.list(table, slot, 1)
  }
}
