// The selection grid: every method beside random and stratified random, on real data clean and
// faulty, at four budgets, with seeds. It says where choosing helps, and whether what the wizard
// recommends is a good recommendation. Prints Markdown for docs/benchmarks.md; measured cells are
// kept in bench-results/selection-grid/ and not measured again.
//   node bench/selection/grid.ts [--seeds 5] [--budgets 2,5,10,20] [--pools "digits;CIFAR-10"]
//     [--methods facility-location,gtp] [--table]
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { drawRandom, drawStratified } from '../../src-main/core/evaluation/draws.ts'
import type { SelectionMethod } from '../../src-main/core/methods/method.ts'
import { selectionMethods } from '../../src-main/core/methods/registry.ts'
import { Cells, choose, inputsOf, isPossible, judged, withoutRepeats } from './grid/measure.ts'
import { poolKinds, type Pool, type PoolKind } from './grid/pools.ts'
import { printRecommended, printTables } from './grid/tables.ts'

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    budgets: { type: 'string', default: '2,5,10,20' },
    pools: { type: 'string' },
    methods: { type: 'string' },
    table: { type: 'boolean', default: false }
  }
})
const seeds = Number(options.seeds)
const budgets = options.budgets.split(',').map(Number)
const wanted = options.pools?.split(';')
const only = options.methods?.split(',')
const folder = resolve(import.meta.dirname, '../../bench-results/selection-grid')
const kinds = poolKinds.filter(({ name }) => wanted === undefined || wanted.includes(name))
const fileOf = (kind: PoolKind): string =>
  join(folder, `${kind.name.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase()}.json`)

/** Methods for the large pools; the others take minutes to hours there. */
const forLarge = [
  'gtp',
  'herding',
  'early-learning',
  'graph-cut',
  'icons',
  'less',
  'stratified-random',
  'random'
]

/** Draws from the whole pool, repeats and all: what any other tool would do. */
const baselines = {
  'random of all': (pool: Pool, count: number, seed: number) =>
    drawRandom(rowsOf(pool), count, seed),
  'stratified of all': (pool: Pool, count: number, seed: number) =>
    drawStratified(rowsOf(pool), pool.pool.labels, count, seed)
} as const

function rowsOf(pool: Pool): Uint32Array {
  return Uint32Array.from(pool.pool.labels, (_, row) => row)
}

async function measurePool(kind: PoolKind): Promise<void> {
  const { device } = await openDevice('auto')
  const cells = new Cells(fileOf(kind))
  const methods = selectionMethods.filter(
    ({ id }) =>
      (only === undefined || only.includes(id)) && (kind.isLarge !== true || forLarge.includes(id))
  )
  for (let seed = 0; seed < seeds; seed++) {
    const isOpen = (method: SelectionMethod): boolean =>
      budgets.some((percent) => !cells.has(seed, percent, method.id, method.version))
    const isBaseOpen = !cells.has(seed, 100, 'all', 1)
    if (!isBaseOpen && !methods.some(isOpen)) continue
    const pool = await kind.draw(device, seed)
    const size = pool.pool.labels.length
    // The digits' random features are all alike by cosine; nothing there repeats.
    const candidates = kind.name.startsWith('digits')
      ? rowsOf(pool)
      : await withoutRepeats(device, pool)
    const add = async (
      method: string,
      version: number,
      percent: number,
      pick: () => Promise<Uint32Array> | Uint32Array
    ): Promise<void> => {
      if (cells.has(seed, percent, method, version)) return
      const start = performance.now()
      const rows = await pick()
      const seconds = (performance.now() - start) / 1000
      const accuracy01 = await judged(device, pool, rows)
      cells.add({ seed, percent, method, version, accuracy01, kept: rows.length, seconds })
    }
    await add('all', 1, 100, () => rowsOf(pool))
    for (const percent of budgets) {
      const count = Math.max(1, Math.floor((percent * size) / 100 + 1e-9))
      for (const [name, draw] of Object.entries(baselines))
        await add(name, 1, percent, () => draw(pool, count, seed))
      for (const method of methods) {
        if (!isPossible(method, pool)) continue
        const inputs = inputsOf(method, pool, candidates, count)
        await add(method.id, method.version, percent, () => choose(device, method, inputs, seed))
      }
    }
    console.error(`${kind.name}: seed ${seed} done, ${candidates.length} of ${size} candidates`)
  }
}

if (!options.table) {
  for (const kind of kinds) {
    const missing = kind.missing()
    if (missing === undefined) await measurePool(kind)
    else console.error(`${kind.name} is skipped: ${missing} is not here.`)
  }
}
const measured = kinds.map((kind) => ({ kind, cells: new Cells(fileOf(kind)).all }))
printTables(measured, budgets)
printRecommended(measured, budgets)
