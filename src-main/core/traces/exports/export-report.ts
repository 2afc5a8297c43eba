// report.html of exported attempts: what is in the folder, what reviewers found, and how sure the
// rates are. One page without scripts or anything from elsewhere.
import type { QueueReport, TraceExportRequest } from '../../../api/dto/trace-reviews.ts'
import { escapeHtml, htmlTable, reportStyle, section } from '../../reports/html-parts.ts'
import { judgedOutcome } from './step-judgement.ts'
import type { ExportCounts } from './export-sink.ts'
import { fileName, leftOutName } from './file-sink.ts'
import type { Picked } from './pick.ts'

/** What the page is about. */
export interface ExportReportInput {
  readonly title: string
  readonly setName: string
  readonly createdAt: string
  readonly appVersion: string
  readonly request: Pick<TraceExportRequest, 'which' | 'sft' | 'files' | 'testShare01' | 'seed'>
  readonly picked: Picked
  readonly counts: ExportCounts
  /** Of the queue that was asked for, or of every queue of the set. */
  readonly queues: readonly QueueReport[]
}

const mostListed = 500

/** The whole page. */
export function exportReport(input: ExportReportInput): string {
  const { title, setName, createdAt } = input
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escapeHtml(title)}</title><style>${reportStyle}</style></head><body><main>`,
    `<section><h1>${escapeHtml(title)}</h1><p class="quiet">From the trace set “${escapeHtml(setName)}”, ${escapeHtml(createdAt)}.</p>`,
    `<p class="verdict">${escapeHtml(headline(input))}</p></section>`,
    contents(input),
    ...input.queues.map((queue) => queueSection(queue)),
    mistakes(input),
    attempts(input),
    settings(input),
    '</main></body></html>'
  ].join('\n')
}

const count = (value: number): string => value.toLocaleString('en')
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

function headline({ counts, picked }: ExportReportInput): string {
  const reviewed = picked.traces.filter(({ review }) => review !== null).length
  return `${count(counts.traces)} attempts, ${count(reviewed)} of them reviewed.`
}

function contents({ counts, request: { files } }: ExportReportInput): string {
  const rows: string[][] = [
    ['Attempts that passed, by their log', count(counts.outcomes.pass)],
    ['Attempts that failed, by their log', count(counts.outcomes.fail)],
    ['In part, or not said', count(counts.outcomes.partial + counts.outcomes.unknown)]
  ]
  if (files.includes('sft') || files.includes('sharegpt'))
    rows.push(
      [`Conversations to learn from (${fileName('sft', 'train')})`, count(counts.sft)],
      ['Turns that are learnt from (weight 1)', count(counts.weighted)],
      ['Turns that are only seen (weight 0)', count(counts.masked)],
      [`Attempts that teach nothing (${leftOutName})`, count(counts.leftOut)]
    )
  if (files.includes('pairs'))
    rows.push(['Pairs of a better and a worse turn', count(counts.pairs)])
  if (files.includes('steps')) rows.push(['Steps with a reward', count(counts.steps)])
  return section(
    'What is in this folder',
    htmlTable([{ name: 'What' }, { name: 'How many', isNumber: true }], rows)
  )
}

function queueSection(report: QueueReport): string {
  const { queue, rates, means = [], randomReviews, agreement, reasons } = report
  const parts = [
    `<p>Rates are from the ${count(randomReviews)} reviews of attempts that were drawn at random; the others came first because they tell more, and would mislead here.</p>`,
    htmlTable(
      [
        { name: 'Answer' },
        { name: 'Share', isNumber: true },
        { name: '95 % interval' },
        { name: 'Of', isNumber: true }
      ],
      rates.map(({ name, of, share01, low01, high01 }) => [
        name,
        percent(share01),
        `${percent(low01)} to ${percent(high01)}`,
        count(of)
      ])
    )
  ]
  if (means.length > 0)
    parts.push(
      htmlTable(
        [
          { name: 'Question, from 1 to 5' },
          { name: 'Mean', isNumber: true },
          { name: '95 % interval' },
          { name: 'Of', isNumber: true }
        ],
        means.map((each) => [
          each.name,
          each.mean.toFixed(2),
          `${each.low.toFixed(2)} to ${each.high.toFixed(2)}`,
          count(each.count)
        ])
      )
    )
  if (agreement.length > 0)
    parts.push(
      '<h3>Agreement</h3>',
      htmlTable(
        [
          { name: 'Question' },
          { name: 'Between' },
          { name: 'Pairs', isNumber: true },
          { name: 'Same answer', isNumber: true },
          { name: "Cohen's kappa", isNumber: true }
        ],
        agreement.map(({ what, between, pairs, percent01, kappa, isRough }) => [
          what,
          between,
          `${count(pairs)}${isRough ? ' (few)' : ''}`,
          percent(percent01),
          kappa === null ? 'nothing varies' : kappa.toFixed(2)
        ])
      )
    )
  if (reasons.length > 0)
    parts.push(
      '<h3>Reasons given</h3>',
      htmlTable(
        [{ name: 'Reason' }, { name: 'How often', isNumber: true }],
        reasons.slice(0, 30).map((each) => [each.reason, count(each.count)])
      )
    )
  return section(`What reviewers found: ${queue.plan.name}`, parts.join(''))
}

/** Where first mistakes are, in tenths of an attempt. */
function mistakes({ picked }: ExportReportInput): string {
  const tenths = Array.from({ length: 10 }, () => 0)
  let marked = 0
  for (const { trace, review } of picked.traces) {
    const steps = picked.listings.get(trace)?.steps ?? 0
    const first = review === null || review.noneWrong ? null : review.firstWrong
    if (first === null || steps === 0) continue
    marked++
    tenths[Math.min(9, Math.floor((10 * first) / steps))]++
  }
  if (marked === 0) return ''
  return section(
    'Where first mistakes are',
    htmlTable(
      [{ name: 'Part of the attempt' }, { name: 'First mistakes', isNumber: true }],
      tenths.map((each, i) => [`${i * 10} to ${i * 10 + 10} %`, count(each)])
    )
  )
}

function attempts({ picked }: ExportReportInput): string {
  const rows = picked.traces.slice(0, mostListed).flatMap(({ trace, review }) => {
    const listing = picked.listings.get(trace)
    if (listing === undefined) return []
    const first = review === null || review.noneWrong ? null : review.firstWrong
    return [
      [
        listing.name,
        listing.task,
        listing.outcome,
        review?.verdict ?? 'not reviewed',
        judgedOutcome(listing, review),
        first === null ? (review?.noneWrong === true ? 'no step is wrong' : '') : `${first + 1}`,
        count(listing.steps),
        review === null
          ? ''
          : [...review.tags, review.note].filter((text) => text !== '').join(', ')
      ]
    ]
  })
  const more = picked.traces.length - rows.length
  const names = [
    'Attempt',
    'Task',
    'Log says',
    'Verdict',
    'Taken as',
    'First mistake at step',
    'Steps',
    'Tags and note'
  ]
  return section(
    'Attempts',
    htmlTable(
      names.map((name) => ({ name })),
      rows
    ) + (more > 0 ? `<p class="quiet">${count(more)} more are in the other files.</p>` : '')
  )
}

function settings({ request, appVersion }: ExportReportInput): string {
  const { sft, which, testShare01, seed } = request
  const rows: (readonly [string, string])[] = [
    ['Attempts', { kept: 'kept for training', reviewed: 'all reviewed', all: 'all' }[which]],
    ['Wrong steps', sft.wrong === 'mask' ? 'kept with weight 0' : 'left out'],
    [
      'Wrong are',
      sft.scope === 'from-first' ? 'all from the first mistake on' : 'the wrong steps alone'
    ],
    ['Corrections', sft.withCorrections ? 'end attempts that failed' : 'not used'],
    ['Errors made good', sft.withRecovered ? 'kept' : 'treated as wrong'],
    [
      'Longest conversation',
      sft.maxTokens === null ? 'no limit' : `about ${count(sft.maxTokens)} tokens`
    ],
    [
      'Test part',
      testShare01 === 0 ? 'none' : `${percent(testShare01)} of the tasks, repeat code ${seed}`
    ],
    ['Made with', `Winnow ${appVersion}`]
  ]
  const list = rows.map(
    ([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`
  )
  return section('Settings', `<dl>${list.join('')}</dl>`)
}
