// Files to be read by the real importers: rows of text with columns, labelled pictures, agents'
// traces. All seeded; the same size gives the same bytes.
import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { createRandom, type Random } from '../../src-main/core/compute/random.ts'
import { drawText, realSentences } from '../datasets/real-text.ts'

const fashion = resolve(import.meta.dirname, '../../resources/samples/fashion')
const tools = ['search_flights', 'get_user', 'read_policy', 'book_flight', 'cancel_order', 'think']
/** Values of the column `source` of rows. */
export const sourceNames = ['web', 'books', 'forum', 'manuals', 'news'] as const

/** A row of the large table. */
export interface LoadRow {
  readonly id: string
  readonly text: string
  readonly label: string
  readonly source: string
  readonly score: number
}

/** Rows, one after the other. */
export function* loadRows(rows: number, sentences: readonly string[]): Generator<LoadRow> {
  const random = createRandom(1)
  for (let row = 0; row < rows; row++)
    yield {
      id: `doc-${random.below(10 * rows)}`,
      text: drawText(sentences, random, 1 + random.below(3)),
      label: `topic ${random.below(20)}`,
      source: sourceNames[random.below(sourceNames.length)] ?? 'web',
      score: random.below(1_000_000) / 1000
    }
}

const cell = (value: string): string =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value

async function writeText(path: string, lines: Iterable<string>): Promise<void> {
  const out = createWriteStream(path)
  for (const line of lines) if (!out.write(`${line}\n`)) await once(out, 'drain')
  out.end()
  await finished(out)
}

function* tableLines(rows: number): Generator<string> {
  yield 'id,text,label,source,score'
  for (const row of loadRows(rows, realSentences().sentences))
    yield [row.id, cell(row.text), row.label, row.source, String(row.score)].join(',')
}

/** Writes a CSV table of rows unless it is there. */
export async function writeTable(path: string, rows: number): Promise<void> {
  if (!existsSync(path)) await writeText(path, tableLines(rows))
}

/** Writes a folder of IDX files with the first `count` bundled pictures, labelled. */
export async function writePictures(folder: string, count: number): Promise<void> {
  if (existsSync(join(folder, 'class-names.txt'))) return
  await mkdir(folder, { recursive: true })
  const unpacked = async (name: string): Promise<Buffer> =>
    promisify(gunzip)(await readFile(join(fashion, `${name}.gz`)))
  const images = await unpacked('t10k-images-idx3-ubyte')
  const labels = await unpacked('t10k-labels-idx1-ubyte')
  const kept = Math.min(count, labels.readUInt32BE(4))
  images.writeUInt32BE(kept, 4)
  labels.writeUInt32BE(kept, 4)
  await writeFile(join(folder, 't10k-images-idx3-ubyte'), images.subarray(0, 16 + kept * 784))
  await writeFile(join(folder, 't10k-labels-idx1-ubyte'), labels.subarray(0, 8 + kept))
  await writeFile(join(folder, 'class-names.txt'), await readFile(join(fashion, 'class-names.txt')))
}

/** A conversation of an agent with tools: attempt `id`, five of which are at the same task. */
function attempt(random: Random, id: number, events: number, sentences: readonly string[]): object {
  const task = Math.floor(id / 5)
  const messages: object[] = [
    { role: 'system', content: sentences.slice(0, 40).join(' ') },
    { role: 'user', content: `Request ${task}: ${sentences[task % sentences.length]}` }
  ]
  for (let call = 0; messages.length + 2 <= events - 1; call++) {
    const name = tools[random.below(tools.length)]
    const args = JSON.stringify({ id: random.below(50), text: drawText(sentences, random, 1) })
    const callId = `call ${id} ${call}`
    messages.push({
      role: 'assistant',
      content: null,
      tool_calls: [{ id: callId, type: 'function', function: { name, arguments: args } }]
    })
    const isError = random.below(20) === 0
    const content = `${isError ? 'Error: ' : ''}${drawText(sentences, random, 3)}`
    messages.push({ role: 'tool', tool_call_id: callId, content })
  }
  messages.push({ role: 'assistant', content: 'I have done what you asked for.' })
  return {
    id: `run ${id}`,
    task_id: `task ${task}`,
    trial: id % 5,
    reward: random.below(2),
    messages
  }
}

function* attemptLines(count: number): Generator<string> {
  const random = createRandom(2)
  const { sentences } = realSentences()
  for (let id = 0; id < count; id++) yield JSON.stringify(attempt(random, id, 51, sentences))
}

/** Writes traces of 51 events each unless they are there. */
export async function writeTraces(path: string, count: number): Promise<void> {
  if (!existsSync(path)) await writeText(path, attemptLines(count))
}
