// The sentence over the chart of labels: what the bars say. Pure.
import type { HealthReport } from '@api/dto/health.ts'
import { health as words } from '../../../text/health.ts'
import { formatNumber } from '../../../text/format.ts'

/** Up to this many times more items, labels count as evenly spread. */
const evenUpTo = 1.5

/** How evenly the items are spread over the labels, in a sentence. */
export function balanceTitle(classes: HealthReport['classes']): string {
  const counted = classes.map((entry) => ({
    name: entry.name,
    count: entry.train + entry.test + entry.none
  }))
  const byCount = [...counted].sort((a, b) => b.count - a.count)
  const [most] = byCount
  const least = byCount.at(-1)
  if (most === undefined || least === undefined) return words.balanceTitle
  if (byCount.length === 1) return words.balanceOne(most.name)
  if (least.count === 0) return words.balanceEmptyLabel(least.name)
  const times = most.count / least.count
  if (times <= evenUpTo) return words.balanceEven
  return words.balanceUneven(most.name, least.name, formatNumber(times, times < 10 ? 1 : 0))
}
