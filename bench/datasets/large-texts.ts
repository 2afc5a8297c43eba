// Reading large texts: a JSON Lines file of 1,000,000 rows and one JSON array of 665,000 LLaVA-shaped
// conversations with repeated ids, both generated from real sentences with a fixed seed, imported by
// the command line. Prints seconds and the most memory the process held (Linux only).
//   node bench/datasets/large-texts.ts [--rows 1000000] [--records 665000]
import { once } from 'node:events'
import { createWriteStream, statSync, type WriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { runMeasured } from './measured-run.ts'
import { drawText, realSentences } from './real-text.ts'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    records: { type: 'string', default: '665000' }
  }
})
const { sentences, from } = realSentences()
const folder = await mkdtemp(join(tmpdir(), 'winnow-texts-'))
const home = join(folder, 'home')

async function put(out: WriteStream, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain')
}

async function writeLines(path: string, rows: number): Promise<void> {
  const out = createWriteStream(path)
  const random = createRandom(1)
  for (let row = 0; row < rows; row++) {
    const text = drawText(sentences, random, 1 + random.below(6))
    const label = `topic ${random.below(20)}`
    await put(out, `${JSON.stringify({ id: row, text, label, score: random.below(1000) })}\n`)
  }
  out.end()
  await finished(out)
}

// As LLaVA's: turns from "human" and "gpt" and an id that repeats; no pictures are named.
async function writeConversations(path: string, records: number): Promise<void> {
  const out = createWriteStream(path)
  const random = createRandom(2)
  await put(out, '[\n')
  for (let record = 0; record < records; record++) {
    const turns = 1 + random.below(4)
    const conversations = Array.from({ length: 2 * turns }, (_, i) => ({
      from: i % 2 === 0 ? 'human' : 'gpt',
      value: drawText(sentences, random, i % 2 === 0 ? 1 : 1 + random.below(4))
    }))
    const id = String(random.below(records * 0.8)).padStart(12, '0')
    await put(
      out,
      `${record === 0 ? '' : ',\n'}  ${JSON.stringify({ id, conversations }, undefined, 2).replaceAll('\n', '\n  ')}`
    )
  }
  await put(out, '\n]\n')
  out.end()
  await finished(out)
}

try {
  const project = join(folder, 'Large.winnow')
  await runMeasured(['new', project], home)
  const lines = join(folder, 'lines.jsonl')
  await writeLines(lines, Number(options.rows))
  const chats = join(folder, 'conversations.json')
  await writeConversations(chats, Number(options.records))
  console.log(`Texts from ${from}.`)
  for (const [what, path, count] of [
    ['JSONL', lines, options.rows],
    ['LLaVA-shaped JSON array', chats, options.records]
  ] as const) {
    const size = statSync(path).size / 2 ** 20
    const run = await runMeasured(['import', path, '--into', project, '--json'], home)
    const result = JSON.parse(run.out.trim().split('\n').at(-1) ?? '{}') as { items?: number }
    console.log(
      `${what}, ${Number(count).toLocaleString('en')} records, ${size.toFixed(0)} MB: ` +
        `${result.items?.toLocaleString('en')} items in ${run.seconds.toFixed(1)} s, ${run.megabytes.toFixed(0)} MB at most`
    )
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
