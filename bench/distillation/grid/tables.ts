// The distillation grid as Markdown: accuracies by method and number per class, then what each cost.
import { mean, sd } from '../../../src-main/core/compute/statistics.ts'
import { markdown } from '../../compute/contender.ts'
import type { Cell } from './cells.ts'
import { publishedRows } from './published.ts'

/** Accuracies in percent by seed. */
function valuesOf(
  cells: readonly Cell[],
  method: string,
  perClass: number,
  read: (cell: Cell) => number
): number[] {
  const found = cells.filter((cell) => cell.method === method && cell.perClass === perClass)
  const newest = Math.max(...found.map(({ version }) => version))
  return found
    .filter(({ version }) => version === newest)
    .sort((a, b) => a.seed - b.seed)
    .map((cell) => 100 * read(cell))
}

function spread(values: readonly number[]): string {
  if (values.length === 0) return '\u2013'
  return `${mean(values).toFixed(1)} \u00b1 ${sd(values).toFixed(1)} (${values.length})`
}

/** Names of rows in the order they were first measured, random first. */
function methodsIn(cells: readonly Cell[]): string[] {
  const names = [...new Set(cells.map(({ method }) => method))].filter((name) => name !== 'all')
  return ['random', ...names.filter((name) => name !== 'random')]
}

/** Prints accuracies, costs, and the published rows. */
export function printTables(
  cells: readonly Cell[],
  perClass: readonly number[],
  about: string
): void {
  console.log(`\n### Fashion-MNIST, ${about}\n`)
  const all = valuesOf(cells, 'all', 0, ({ own01 }) => own01)
  if (all.length > 0) console.log(`All training pictures: ${spread(all)} %.\n`)
  const head = ['', ...perClass.map((count) => `${count} per class`)]
  const rows = methodsIn(cells).flatMap((method) => {
    const row = (read: (cell: Cell) => number): string[] =>
      perClass.map((count) => spread(valuesOf(cells, method, count, read)))
    const own = row(({ own01 }) => own01)
    const plain = row(({ plain01 }) => plain01)
    // Sets with plain labels have one row.
    const isSame = own.every((text, i) => text === plain[i])
    const kernel = row(({ kernel01 }) => kernel01 ?? NaN)
    const isForKernel = cells.some((cell) => cell.method === method && cell.kernel01 !== null)
    return [
      [method, ...own],
      ...(isSame ? [] : [[`${method}, plain labels`, ...plain]]),
      ...(isForKernel ? [[`${method}, by the kernel`, ...kernel]] : [])
    ]
  })
  console.log(markdown([head, ...rows]))
  printCosts(cells, perClass)
  console.log('\nPublished, ConvNet-3 of width 128 (other recipes, see the last column):\n')
  console.log(
    markdown([
      ['', '1 per class', '10 per class', '50 per class', 'how'],
      ...publishedRows.map(({ name, values, note }) => [name, ...values, note])
    ])
  )
}

function printCosts(cells: readonly Cell[], perClass: readonly number[]): void {
  const rows = methodsIn(cells).flatMap((method) =>
    perClass.flatMap((count) => {
      const found = cells.filter((cell) => cell.method === method && cell.perClass === count)
      if (found.length === 0) return []
      const average = (read: (cell: Cell) => number): string => mean(found.map(read)).toFixed(0)
      return [
        [
          method,
          String(count),
          average(({ makeSeconds }) => makeSeconds),
          average(({ helperSeconds }) => helperSeconds),
          average(({ studentSeconds }) => studentSeconds),
          average(({ epochs }) => epochs),
          average(({ bytes }) => bytes / 1000),
          found[0].device
        ]
      ]
    })
  )
  console.log(
    '\nWhat it costs: seconds to make a set, of its helper models (once), of one student.\n'
  )
  console.log(
    markdown([
      ['', 'per class', 'make s', 'helpers s', 'student s', 'epochs', 'kB', 'device'],
      ...rows
    ])
  )
}
