// Labels: likely wrong, missing, rare, and how evenly they are spread.
import { flatFinding, type CheckData, type FindingDraft, type NotRun } from './draft.ts'

/** Fewer items than this, or than this share of the mean, make a label rare. */
const rareItems = 10
const rareShare01 = 0.05

/** Findings about labels, or that there are none. */
export function labelProblems(data: CheckData): readonly (FindingDraft | NotRun)[] {
  const { labels } = data.columns
  const { rows } = data.plan
  const counts = new Uint32Array(data.classNames.length)
  let missing = 0
  for (const row of rows) {
    if (labels[row] >= 0) counts[labels[row]]++
    else missing++
  }
  if (missing === rows.length) return [{ title: 'Labels', reason: 'This data has no labels.' }]
  const used = Array.from(counts, (count, label) => ({ count, label })).filter(
    ({ count }) => count > 0
  )
  const found: (FindingDraft | NotRun)[] = []
  if (data.wrong !== undefined) found.push(wrongLabels(data))
  found.push(
    flatFinding(
      'missing-labels',
      Array.from(rows)
        .filter((row) => labels[row] < 0)
        .map((row) => ({ row, score01: 1 }))
    )
  )
  if (used.length < 2) {
    found.push({ title: 'Balance of labels', reason: 'All items have the same label.' })
    return found
  }
  found.push(rareLabels(data, used), balance(data, used))
  return found
}

interface Used {
  readonly label: number
  readonly count: number
}

function wrongLabels(data: CheckData): FindingDraft {
  const { wrong } = data
  if (wrong === undefined) throw new Error('no wrong labels')
  const values = new Float32Array(wrong.rows.length * 2)
  for (let i = 0; i < wrong.rows.length; i++) {
    values[2 * i] = wrong.other[i]
    values[2 * i + 1] = wrong.given[i]
  }
  return {
    kind: 'wrong-labels',
    facts: {
      expectedWrong01: wrong.expectedWrong01,
      agreement01: wrong.agreement01,
      // JSON has no NaN: without neighbours the models are taken at their word.
      consensus01: Number.isFinite(wrong.consensus01) ? wrong.consensus01 : 1
    },
    rows: wrong.rows,
    groups: new Uint32Array(0),
    best: new Uint8Array(0),
    scores: wrong.scores,
    suggested: wrong.suggested,
    reasons: { width: 2, values, texts: [] }
  }
}

function rareLabels(data: CheckData, used: readonly Used[]): FindingDraft {
  const mean = used.reduce((sum, { count }) => sum + count, 0) / used.length
  const cut = Math.max(Math.min(rareItems, mean / 2), rareShare01 * mean)
  const rare = new Map(
    used.filter(({ count }) => count < cut).map(({ label, count }) => [label, count])
  )
  const { labels } = data.columns
  return flatFinding(
    'rare-labels',
    Array.from(data.plan.rows)
      .filter((row) => rare.has(labels[row]))
      .map((row) => {
        const count = rare.get(labels[row]) ?? 0
        return { row, score01: 1 - 0.5 * (count / cut), reason: [count] }
      }),
    {
      names: [...rare.keys()].slice(0, 5).map((label) => data.classNames[label]),
      labels: rare.size
    }
  )
}

function balance(data: CheckData, used: readonly Used[]): FindingDraft {
  const sorted = [...used].sort((a, b) => b.count - a.count || a.label - b.label)
  const largest = sorted[0]
  const smallest = sorted[sorted.length - 1]
  return flatFinding('class-balance', [], {
    labels: sorted.length,
    largest: { name: data.classNames[largest.label], count: largest.count },
    smallest: { name: data.classNames[smallest.label], count: smallest.count },
    even: sorted.reduce((sum, { count }) => sum + count, 0) / sorted.length
  })
}
