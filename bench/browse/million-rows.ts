// Browsing a large dataset: a project of 1,000,000 rows of real text is made by the command line;
// then first page, filters, sorts, search, counts, changes and removal are timed, each with the
// longest time the backend's thread was held, and the most memory is read (Linux only).
//   node bench/browse/million-rows.ts [--rows 1000000] [--project FOLDER [--keep]]
import { once } from 'node:events'
import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import {
  noFilter,
  ownOrder,
  type ItemFilter,
  type ItemSort
} from '../../src-main/api/dto/browse.ts'
import { EditRequest } from '../../src-main/api/dto/edits.ts'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { createBrowse } from '../../src-main/core/datasets/browse/browse.ts'
import { requireDataset } from '../../src-main/core/datasets/datasets.ts'
import { itemRows } from '../../src-main/core/datasets/item-row.ts'
import { createEdits } from '../../src-main/core/datasets/edits/edits.ts'
import { createRemovals } from '../../src-main/core/datasets/removals.ts'
import { openStore } from '../../src-main/core/store/open-store.ts'
import { runMeasured } from '../datasets/measured-run.ts'
import { drawText, realSentences } from '../datasets/real-text.ts'

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    project: { type: 'string' },
    keep: { type: 'boolean', default: false }
  }
})
const rows = Number(options.rows)
const folder = await mkdtemp(join(tmpdir(), 'winnow-browse-'))

async function writeLines(path: string): Promise<void> {
  const { sentences, from } = realSentences()
  console.log(`Texts from ${from}.`)
  const out = createWriteStream(path)
  const random = createRandom(1)
  const sources = ['web', 'books', 'forum', 'manuals', 'news']
  for (let row = 0; row < rows; row++) {
    const record = {
      id: `doc-${random.below(10 * rows)}`,
      text: drawText(sentences, random, 1 + random.below(5)),
      label: `topic ${random.below(20)}`,
      source: sources[random.below(5)],
      score: random.below(1_000_000) / 1000
    }
    if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain')
  }
  out.end()
  await finished(out)
}

let longestHold = 0
let lastBeat = performance.now()
function beat(): void {
  const now = performance.now()
  longestHold = Math.max(longestHold, now - lastBeat)
  lastBeat = now
}
setInterval(beat, 1).unref()

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  lastBeat = performance.now()
  longestHold = 0
  const start = performance.now()
  const before = process.cpuUsage()
  await work()
  const took = performance.now() - start
  const used = process.cpuUsage(before)
  beat()
  console.log(
    `${what}: ${took.toFixed(1)} ms, processor ${((used.user + used.system) / 1000).toFixed(0)} ms ` +
      `(thread held ${Math.min(took, longestHold).toFixed(0)} ms at most)`
  )
}

try {
  const project = options.project ?? join(folder, 'Large.winnow')
  if (!existsSync(project)) {
    const home = join(folder, 'home')
    await runMeasured(['new', project], home)
    const source = join(folder, 'lines.jsonl')
    await writeLines(source)
    const run = await runMeasured(['import', source, '--into', project, '--json'], home)
    console.log(
      `import: ${run.seconds.toFixed(1)} s, ${run.megabytes.toFixed(0)} MB at most, ready to search`
    )
  }
  const start = performance.now()
  const store = openStore(join(project, 'project.sqlite'))
  console.log(`opening and checking the project file: ${(performance.now() - start).toFixed(0)} ms`)
  const browse = createBrowse({ store, alike: () => Promise.resolve(undefined) })
  const edits = createEdits({ store, browse, now: Date.now })
  const [{ id, items, isSearchable }] = store.datasets.list()
  console.log(`${items.toLocaleString('en')} items, searchable: ${String(isSearchable)}`)

  async function page(filter: ItemFilter, sort: ItemSort, first = 0): Promise<number> {
    const found = await browse.window(id, filter, sort, { first, limit: 100 })
    itemRows(store, requireDataset(store, id), found.rows)
    return found.total
  }
  const filtered = (change: Partial<ItemFilter>): ItemFilter => ({ ...noFilter, ...change })
  const by = (kind: ItemSort['by'], descending = false): ItemSort => ({ by: kind, descending })
  const score = by({ kind: 'column', column: 'score' })

  await timed('first page, everything to be loaded', () => page(noFilter, ownOrder))
  await timed('page in the middle', () => page(noFilter, ownOrder, Math.floor(items / 2)))
  await timed('filter by labels', () =>
    page(filtered({ labels: ['topic 3', 'topic 7'] }), ownOrder)
  )
  await timed('filter by length', () =>
    page(filtered({ ranges: [{ column: '#length', min: 100, max: 300 }] }), ownOrder)
  )
  for (const turn of ['first', 'second']) {
    const not = turn === 'first' ? [] : (['values'] as const)
    await timed(`filter by a kept value, ${turn} use`, () =>
      page(filtered({ values: [{ column: 'source', values: ['news'] }], not: [...not] }), ownOrder)
    )
    await timed(`sort by a number, ${turn} use`, () =>
      page(filtered({ labels: turn === 'first' ? [] : ['topic 1'] }), score)
    )
    await timed(`sort by name, ${turn} use`, () =>
      page(filtered({ labels: turn === 'first' ? [] : ['topic 1'] }), by({ kind: 'name' }))
    )
    await timed(`sort by label, ${turn} use`, () =>
      page(filtered({ labels: turn === 'first' ? [] : ['topic 1'] }), by({ kind: 'label' }))
    )
    await timed(`sort by name downwards, ${turn} use`, () =>
      page(filtered({ labels: turn === 'first' ? [] : ['topic 1'] }), by({ kind: 'name' }, true))
    )
    await timed(`counts of the filter panel, ${turn} use`, () =>
      browse.facets(id, filtered({ labels: turn === 'first' ? [] : ['topic 1'] }))
    )
  }
  await timed('shuffle', () => page(noFilter, by({ kind: 'shuffled', seed: 7 })))
  for (const search of ['zebra', 'the', 'a', 'the of a', 'musical instr', 'ß', '百'])
    await timed(`search “${search}”`, async () =>
      process.stdout.write(
        `${(await page(filtered({ search }), ownOrder)).toLocaleString('en')} found, `
      )
    )
  await timed('position of a row', () => browse.position(id, noFilter, score, items - 1))
  const apply = (change: object, labels: string[]): Promise<unknown> =>
    edits.apply(
      EditRequest.parse({
        dataset: id,
        scope: { kind: 'filter', filter: filtered({ labels }) },
        change
      })
    )
  await timed('set a label of 20 aside', () => apply({ kind: 'aside', aside: true }, ['topic 3']))
  await timed('tag a label of 20', () => apply({ kind: 'tag', tag: 'look', on: true }, ['topic 4']))
  await timed('take both back', () => edits.stepTo(id, 0))
  await timed('filter after the changes', () => page(filtered({ tags: ['look'] }), score))
  const peak = /VmHWM:\s+(\d+) kB/.exec(
    existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
  )?.[1]
  console.log(`most memory while browsing: ${(Number(peak ?? 0) / 1024).toFixed(0)} MB`)
  if (!options.keep) {
    const removals = createRemovals({ store, mediaFolder: join(project, 'media'), browse })
    await timed('remove the dataset', async () => {
      await removals.remove(requireDataset(store, id))
      await removals.settled()
    })
  }
  browse.dispose()
  store.dispose()
} finally {
  await rm(folder, { recursive: true, force: true })
}
