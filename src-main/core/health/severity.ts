// How grave a finding is: its share of the data, weighed by the harm it does. The limits are in one
// table so that they can be argued about.
import type { FindingKind, Severity } from '../../api/dto/health.ts'

/** Shares (0..1) from which a finding is grave or middling; Infinity = never. */
interface Limits {
  readonly high: number
  readonly medium: number
}

/** "from one item on". */
const any = 0

const limits: Readonly<Record<Exclude<FindingKind, 'class-balance'>, Limits>> = {
  'exact-duplicates': { high: 0.1, medium: 0.01 },
  'near-duplicates': { high: 0.2, medium: 0.02 },
  'wrong-labels': { high: 0.05, medium: 0.01 },
  outliers: { high: Infinity, medium: 0.02 },
  'unreadable-pictures': { high: 0.01, medium: any },
  'tiny-pictures': { high: 0.1, medium: 0.01 },
  'dark-pictures': { high: 0.1, medium: 0.01 },
  'bright-pictures': { high: 0.1, medium: 0.01 },
  'blurry-pictures': { high: 0.2, medium: 0.02 },
  'odd-shapes': { high: Infinity, medium: 0.05 },
  'empty-texts': { high: 0.02, medium: 0.001 },
  'long-texts': { high: Infinity, medium: 0.02 },
  'repeated-texts': { high: 0.2, medium: 0.02 },
  'mixed-languages': { high: Infinity, medium: 0.02 },
  secrets: { high: any, medium: any },
  'personal-data': { high: 0.05, medium: any },
  'missing-labels': { high: Infinity, medium: 0.05 },
  'rare-labels': { high: Infinity, medium: 0.02 },
  'split-leakage': { high: 0.01, medium: any },
  'group-leakage': { high: 0.01, medium: any },
  'conflicting-labels': { high: 0.01, medium: any }
}

/**
 * Severity of `count` items out of `total`; "fine" for none.
 * @param total items the share is taken of: all items, or the test items for leakage
 */
export function severityOf(
  kind: Exclude<FindingKind, 'class-balance'>,
  count: number,
  total: number
): Severity {
  if (count === 0) return 'fine'
  const share = count / Math.max(1, total)
  const { high, medium } = limits[kind]
  if (share >= high) return 'high'
  return share >= medium ? 'medium' : 'low'
}

/** Largest label against the smallest. Few models suffer below three to one. */
export function balanceSeverity(largest: number, smallest: number): Severity {
  const ratio = largest / Math.max(1, smallest)
  if (ratio >= 50) return 'high'
  if (ratio >= 10) return 'medium'
  return ratio >= 3 ? 'low' : 'fine'
}

/** Below this share of items that model and neighbours see alike, doubts about labels are weak. */
export const trustedConsensus01 = 0.7

/** Severity of likely wrong labels: never grave where the models know little about the data. */
export function labelSeverity(count: number, total: number, consensus01: number): Severity {
  const severity = severityOf('wrong-labels', count, total)
  return severity === 'fine' || consensus01 >= trustedConsensus01 ? severity : 'low'
}
