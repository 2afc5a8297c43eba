// The --budget argument in every unit: 500, 10%, 2GB, 500000tokens, 8h@12s, smallest:98%:50%.
import { Budget } from '../../../api/dto/runs.ts'
import { UsageError } from './output.ts'

const byteUnits: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40
}
const number = String.raw`(\d+(?:\.\d+)?(?:e[+-]?\d+)?)`

/** Numbers of a text that fits a pattern; undefined when it does not. */
function numbersOf(text: string, pattern: string): (number | undefined)[] | undefined {
  const found = new RegExp(`^${pattern}$`, 'i').exec(text)
  return found?.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
}

/** What a text says, before it is known to be possible. */
function said(text: string): unknown {
  const percent = numbersOf(text, `${number}%`)
  if (percent) return { kind: 'percent', percent: percent[0] }
  const count = numbersOf(text, String.raw`(\d+)(?:items?)?`)
  if (count) return { kind: 'count', count: count[0] }
  const size = new RegExp(`^${number}([kmgt]?i?b)$`, 'i').exec(text)
  if (size) {
    const unit = byteUnits[(size[2] ?? '').toLowerCase()]
    return { kind: 'bytes', bytes: unit === undefined ? undefined : Number(size[1]) * unit }
  }
  const tokens = numbersOf(text, `${number}tokens?`)
  if (tokens) return { kind: 'tokens', tokens: tokens[0] }
  const hours = numbersOf(text, `${number}h(?:@${number}s)?`)
  if (hours) return { kind: 'time', hours: hours[0], secondsPerItem: hours[1] }
  const smallest = numbersOf(text, `smallest(?::${number}%(?::${number}%)?)?`)
  if (!smallest) return undefined
  const [share, most] = smallest
  return {
    kind: 'smallest',
    // Twelve digits: 98.2 / 100 must be the 0.982 that the window means.
    keepsShare01: share === undefined ? undefined : Number((share / 100).toPrecision(12)),
    atMostPercent: most
  }
}

/** The budget a text says. Throws UsageError for anything else. */
export function readBudget(text: string): Budget {
  const parsed = Budget.safeParse(said(text.replaceAll(/\s+/g, '')))
  if (parsed.success) return parsed.data
  throw new UsageError(
    `--budget must be a number of items (500), a share (10%), a size (2GB), tokens (500000tokens), labelling time (8h, or 8h@12s with the seconds for one item) or smallest:98% (at least 50 %, with smallest:98%:50% the most it may keep), not "${text}".`
  )
}
