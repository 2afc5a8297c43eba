// Names, notes and tags come from logs and people: in the report and in the list of answers they stay
// what they are, text.
import { describe, expect, it } from 'vitest'
import type { Store } from '../../store/records.ts'
import type { FinishedReview } from '../../store/review-records.ts'
import type { TraceListing } from '../../store/trace-records.ts'
import { answerLines } from './answers.ts'
import { exportReport } from './export-report.ts'
import { emptyCounts } from './export-sink.ts'
import { reviewOf, usual } from './exports.test-support.ts'
import type { Picked } from './pick.ts'

const evil = '"><script>alert(1)</script><img src=http://x/>'
const formula = '=HYPERLINK("http://x")'

const listing: TraceListing = {
  ...{ trace: 1, name: evil, task: formula, goal: '', trial: 0, outcome: 'fail', reward: null },
  ...{ agent: formula, model: null, startedAt: null, durationMs: null, tokens: null },
  ...{ events: 1, sizeBytes: 1, steps: 3, errors: 0, tools: [], detectors: [] }
}
const body = reviewOf({ verdict: 'fail', firstWrong: 1, note: evil, tags: [formula] })
const finished: FinishedReview = {
  ...{ id: 'r', set: 's', trace: 1, queue: null, reviewer: 'm', pass: 1, state: 'done', body },
  ...{ sawSuggestions: false, sawLater: false, msSpent: 1500, createdAt: 0, updatedAt: 0 },
  ...{ head: 0, reviewerName: formula, isModel: false }
}
const picked: Picked = {
  traces: [{ trace: 1, task: formula, review: body, reviewers: 1, agreement: 1, part: 'train' }],
  listings: new Map([[1, listing]]),
  reviews: new Map([[1, [finished]]])
}

describe('texts from elsewhere', () => {
  it('make no markup in the report', () => {
    const html = exportReport({
      ...{ title: evil, setName: evil, createdAt: '2026', appVersion: '1', picked, queues: [] },
      counts: emptyCounts(),
      request: { which: 'all', sft: usual, files: ['sft'], testShare01: 0, seed: 0 }
    })
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<img')
    expect(html).toContain("default-src 'none'")
  })

  it('make no formulas and no extra cells in the list of answers', () => {
    // Nothing else is asked of the store without queues.
    const store = { reviews: {} } as unknown as Pick<Store, 'reviews'>
    const [head, row, ...more] = [...answerLines(store, picked)]
    expect(more).toEqual([])
    expect(head.split(',')).toHaveLength(23)
    expect(row).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(row).not.toMatch(/(^|,)"?=/)
    expect(row.endsWith(',0,2\r\n')).toBe(true)
  })
})
