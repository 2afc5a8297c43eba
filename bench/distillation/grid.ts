// The distillation grid: every method that makes tiny training sets beside random real pictures, on
// Fashion-MNIST at 1, 10 and 50 per class with seeds, and the published figures. Prints Markdown for
// docs/benchmarks.md; measured cells are kept in bench-results/distillation/ and not measured again.
//   node bench/distillation/grid.ts [--methods distribution-matching,soft-labels] [--per-class 1,10,50]
//     [--seeds 3] [--width 32] [--effort standard] [--students 3] [--epochs 1000] [--train 60000]
//     [--test 10000] [--device auto] [--params '{"distribution-matching":{"iterations":400}}']
//     [--without-all] [--table]
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import type { Effort } from '../../src-main/core/methods/distillation/distillation-method.ts'
import { distillationMethods } from '../../src-main/core/methods/distillation/registry.ts'
import { hasFashionMnist } from '../features/fashion-mnist.ts'
import { Cells, type Cell } from './grid/cells.ts'
import { benchData } from './grid/data.ts'
import { measureMethod, measureReal, type Setting } from './grid/measure.ts'
import { printTables } from './grid/tables.ts'

const { values: options } = parseArgs({
  options: {
    methods: { type: 'string' },
    'per-class': { type: 'string', default: '1,10,50' },
    seeds: { type: 'string', default: '3' },
    width: { type: 'string', default: '32' },
    effort: { type: 'string', default: 'standard' },
    students: { type: 'string', default: '3' },
    epochs: { type: 'string', default: '1000' },
    train: { type: 'string', default: '60000' },
    test: { type: 'string', default: '10000' },
    device: { type: 'string', default: 'auto' },
    params: { type: 'string', default: '{}' },
    'without-all': { type: 'boolean', default: false },
    table: { type: 'boolean', default: false }
  }
})
const perClass = options['per-class'].split(',').map(Number)
const wanted = options.methods?.split(',')
const results = resolve(import.meta.dirname, '../../bench-results/distillation')
// Everything that changes what a cell measures is part of its file's name.
const marks = [options.width, options.effort, options.students, options.epochs, options.train]
const hasOwnParams = options.params !== '{}'
const suffix = hasOwnParams ? `-${options.params.replaceAll(/[^a-z0-9]+/gi, '-')}` : ''
const cells = new Cells(join(results, `width-${marks.join('-')}-${options.test}${suffix}.json`))

function effortOf(text: string): Effort {
  if (text === 'quick' || text === 'standard' || text === 'thorough') return text
  throw new Error(`There is no effort "${text}".`)
}

async function measure(): Promise<void> {
  const unknown = wanted?.filter((id) => !distillationMethods.some((method) => method.id === id))
  for (const id of unknown ?? [])
    if (id !== 'random' && id !== 'typical') console.error(`${id}: there is no such method`)
  const { device } = await openDevice(options.device)
  const setting: Setting = {
    device,
    data: benchData(Number(options.train), Number(options.test)),
    network: { kind: 'convnet', width: Number(options.width), depth: 3, norm: 'instance' },
    effort: effortOf(options.effort),
    students: Number(options.students),
    mostEpochs: Number(options.epochs),
    params: JSON.parse(options.params) as Setting['params'],
    helperFolder: join(results, 'helpers')
  }
  const add = async (
    key: Pick<Cell, 'seed' | 'perClass' | 'method' | 'version'>,
    run: () => Promise<Cell>
  ): Promise<void> => {
    if (cells.has(key)) return
    try {
      const cell = await run()
      cells.add(cell)
      console.error(
        `${cell.method}, ${cell.perClass} per class, seed ${cell.seed}: ${(100 * cell.own01).toFixed(1)} %, ${cell.makeSeconds.toFixed(0)} s`
      )
    } catch (error) {
      // One method that fails must not end a grid of hours; it has no row then.
      console.error(`${key.method}, ${key.perClass} per class, seed ${key.seed} failed:`, error)
      process.exitCode = 1
    }
  }
  const methods = distillationMethods.filter(
    ({ id, reads, learns }) =>
      (wanted?.includes(id) ?? true) && reads.includes('pictures') && learns === undefined
  )
  for (let seed = 0; seed < Number(options.seeds); seed++) {
    for (const count of perClass) {
      for (const real of ['random', 'typical'] as const)
        await add({ seed, perClass: count, method: real, version: 1 }, () =>
          measureReal(setting, real, count, seed)
        )
      for (const method of methods)
        await add({ seed, perClass: count, method: method.id, version: method.version }, () =>
          measureMethod(setting, method, count, seed)
        )
    }
    if (!options['without-all'] && seed === 0)
      await add({ seed, perClass: 0, method: 'all', version: 1 }, () =>
        measureReal(setting, 'all', 0, seed)
      )
  }
}

if (!hasFashionMnist)
  console.log('Fashion-MNIST is not here; apt-get install dataset-fashion-mnist')
else {
  if (!options.table) await measure()
  const about = `ConvNet-3 of width ${options.width}, effort ${options.effort}, ${options.students} students of each set, at most ${options.epochs} epochs, ${options.train} training and ${options.test} test pictures`
  printTables(cells.all, perClass, about)
}
