// How much was asked for, in its own unit, with the number of items it came to.
import type { Budget } from '@api/dto/runs.ts'
import { choose } from './choose.ts'
import { formatBytes, formatNumber } from './format.ts'

/** "10 % (800)", "800", "2 GB (812)", "8 h of labelling (2,400)". */
export function budgetWords(budget: Budget, items: number): string {
  const words = choose.budgetWords
  const count = formatNumber(items)
  switch (budget.kind) {
    case 'count':
      return count
    case 'percent':
      return words.of(`${formatNumber(budget.percent, 2)} %`, count)
    case 'bytes':
      return words.of(formatBytes(budget.bytes), count)
    case 'tokens':
      return words.of(words.tokens(formatNumber(budget.tokens)), count)
    case 'time':
      return words.of(words.hours(formatNumber(budget.hours, 2)), count)
    case 'smallest':
      return words.of(
        words.smallest(
          formatNumber(budget.keepsShare01 * 100, 1),
          formatNumber(budget.atMostPercent, 1)
        ),
        count
      )
  }
}
