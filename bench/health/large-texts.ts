// A check of very many texts: time of each phase, the most memory the whole app held (Linux only),
// and how many planted near-duplicates were found. Texts are drawn from real sentences with a seed;
// every hundredth is followed by a copy with some words changed.
//   node bench/health/large-texts.ts [--rows 1000000]
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { newJobId } from '../../src-main/core/jobs/engine.ts'
import { drawText, realSentences } from '../datasets/real-text.ts'
import { createBenchProject } from '../evaluation/bench-project.ts'

const { values: options } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } })
const rows = Number(options.rows)
const { sentences, from } = realSentences()
const copyEvery = 100

/** Most resident memory so far, MB; 0 where it cannot be read. */
function peakMegabytes(): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    return Number(kilobytes ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Writes the texts; returns the rows of originals whose next row is a copy. */
async function writeTexts(path: string): Promise<number[]> {
  const out = createWriteStream(path)
  const random = createRandom(3)
  const copied: number[] = []
  const put = async (text: string): Promise<void> => {
    if (!out.write(`${JSON.stringify({ text })}\n`)) await once(out, 'drain')
  }
  for (let row = 0; row < rows; row++) {
    const text = drawText(sentences, random, 2 + random.below(5))
    await put(text)
    const words = text.split(' ')
    if (row % copyEvery !== 0 || words.length < 20 || row + 1 >= rows) continue
    copied.push(row)
    row++
    // One word in forty is another one.
    const changes = Math.max(1, Math.floor(words.length / 40))
    for (let i = 0; i < changes; i++)
      words[random.below(words.length)] = `other${random.below(1000)}`
    await put(words.join(' '))
  }
  out.end()
  await finished(out)
  return copied
}

const project = await createBenchProject(2)
try {
  const path = join(project.folder, 'texts.jsonl')
  const copied = await writeTexts(path)
  let start = performance.now()
  const dataset = await project.importData(path, 'Texts', 'pool')
  console.log(
    `${rows} texts from ${from}, imported in ${((performance.now() - start) / 1000).toFixed(1)} s, peak ${peakMegabytes().toFixed(0)} MB`
  )
  start = performance.now()
  const { engine, project: opened } = project.area
  const id = newJobId()
  let phase = ''
  let since = start
  const stop = engine.watch((event) => {
    if (event.kind !== 'job') return
    const now = event.job.phase?.name ?? ''
    if (now === phase) return
    if (phase !== '')
      console.log(`  ${phase}: ${((performance.now() - since) / 1000).toFixed(1)} s`)
    phase = now
    since = performance.now()
  })
  engine.submit({ id, kind: 'health', title: 'Check', dataset, params: { dataset } })
  const job = await engine.wait(id)
  stop()
  if (job.error !== null) throw new Error(job.error.message)
  console.log(`  ${phase}: ${((performance.now() - since) / 1000).toFixed(1)} s`)
  const seconds = (performance.now() - start) / 1000
  console.log(
    `checked ${rows} texts in ${seconds.toFixed(1)} s, peak memory of the app ${peakMegabytes().toFixed(0)} MB`
  )
  const near = opened.store.health.finding(dataset, 'near-duplicates')
  if (near === undefined) throw new Error('no near-duplicates finding')
  const groupOf = new Map(Array.from(near.rows, (row, i) => [row, near.groups[i]]))
  const found = copied.filter(
    (row) => groupOf.get(row) !== undefined && groupOf.get(row) === groupOf.get(row + 1)
  )
  const members = near.rows.length - new Set(near.groups).size
  console.log(
    `near-duplicates: recall ${((100 * found.length) / copied.length).toFixed(1)} %, ${found.length} planted pairs among ${members} pairs`
  )
} finally {
  await project.dispose()
}
