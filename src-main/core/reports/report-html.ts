// report.html: one self-contained page with the verdict first, charts as inline SVG with a table
// under each, and pictures embedded. Everything that came from data is escaped, and the page
// forbids scripts and any connection by its own policy (security rule F7).
import type { RunItem, SelectionResult } from '../../api/dto/runs.ts'
import { checkChart, classChart, voteChart } from './report-charts.ts'
import { bytesText, countText, dateText, percentText, signed, tieWords } from './words.ts'

/** A kept or left-out item shown in the report. */
export interface ReportExample {
  readonly item: RunItem
  /** Encoded picture, or undefined for text. */
  readonly picture: { readonly mime: string; readonly bytes: Uint8Array } | undefined
}

export interface ReportInputs {
  readonly result: SelectionResult
  /** The plain sentence of what was asked. */
  readonly asked: string
  readonly kept: readonly ReportExample[]
  readonly leftOut: readonly ReportExample[]
  readonly createdAt: string
  readonly appVersion: string
  readonly problems: {
    readonly skipped: number
    readonly duplicates: number
    readonly sizeBytes: number
  }
}

const style = `
:root{color-scheme:light}
body{margin:0;background:#F5F6F8;color:#1A1D21;font:14px/22px Inter,"Segoe UI",system-ui,sans-serif}
main{max-width:880px;margin:0 auto;padding:32px 24px}
section{background:#fff;border:1px solid #D0D5DD;border-radius:10px;padding:20px 24px;margin:0 0 16px;break-inside:avoid}
h1{font-size:20px;line-height:28px;margin:0 0 4px}h2{font-size:16px;line-height:24px;margin:0 0 12px}
.verdict{font-size:28px;line-height:36px;font-weight:600;margin:8px 0}
.quiet{color:#565D68}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid #D0D5DD;vertical-align:top}
td.n,th.n{text-align:right}.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(128px,1fr));gap:12px}
figure{margin:0;border:1px solid #D0D5DD;border-radius:6px;padding:8px;font-size:12px;line-height:16px;break-inside:avoid}
figure img{width:100%;height:104px;object-fit:contain;image-rendering:pixelated;background:#F5F6F8}
figure p{margin:4px 0 0}svg{max-width:100%;height:auto}dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}
dt{color:#565D68}dd{margin:0;overflow-wrap:anywhere}@media print{body{background:#fff}main{padding:0}section{border:0;padding:8px 0}}
`

/** Builds the report page. Pure: same inputs, same text. */
export function reportHtml(inputs: ReportInputs): string {
  const { result } = inputs
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(result.name)} - Winnow report</title><style>${style}</style></head><body><main>
<header><h1>${escapeHtml(result.name)}</h1><p class="quiet">${escapeHtml(dateText(inputs.createdAt))} · Winnow ${escapeHtml(inputs.appVersion)}</p></header>
${verdictSection(result)}
<section><h2>What was asked</h2><p>${escapeHtml(inputs.asked)}</p></section>
${checkSection(result)}
${classSection(result)}
${voteSection(result)}
${exampleSection(`${inputs.kept.length} of ${countText(result.got)} kept items`, inputs.kept)}
${exampleSection('Items that were left out', inputs.leftOut)}
${reasonSection(inputs)}
${settingsSection(result)}
${glossary}
</main></body></html>
`
}

function verdictSection(result: SelectionResult): string {
  const cautions = (result.check?.cautions ?? []).map(
    (text) => `<p class="quiet">${escapeHtml(text)}</p>`
  )
  return `<section><p class="verdict">${escapeHtml(result.check?.verdict ?? 'The result was not tested.')}</p>
<p>${countText(result.got)} of ${countText(result.candidates)} items were kept (asked for ${countText(result.asked)}).</p>${cautions.join('')}</section>`
}

function checkSection(result: SelectionResult): string {
  const check = result.check
  if (!check) return ''
  const rows = (
    [
      ['Random', check.random, check.trainItems.random],
      ['Stratified random', check.stratified, check.trainItems.stratified],
      ['Chosen', check.chosen, check.trainItems.chosen],
      ['All data', check.all, check.trainItems.all]
    ] as const
  ).map(
    ([name, value, items]) =>
      `<tr><td>${name}</td><td class="n">${countText(items)}</td><td class="n">${percentText(value.mean)}</td><td class="n">± ${(value.sd * 100).toFixed(1)}</td></tr>`
  )
  const interval = (name: string, value: { mean: number; low: number; high: number }): string =>
    `<p>Difference to ${name}: ${signed(value.mean * 100)} points, 95 % interval ${signed(value.low * 100)} to ${signed(value.high * 100)}.</p>`
  return `<section><h2>Chosen against random and all data</h2>
<p class="quiet">Share of ${countText(check.testItems)} test items that the same small model got right, ${check.repeats} repeats; whiskers show the spread.</p>
${checkChart(check)}
<table><thead><tr><th>Trained on</th><th class="n">Items</th><th class="n">Accuracy</th><th class="n">Spread (points)</th></tr></thead><tbody>${rows.join('')}</tbody></table>
${interval('random', check.difference)}${interval('stratified random', check.differenceToStratified)}</section>`
}

function classSection(result: SelectionResult): string {
  if (result.classes.length === 0) return ''
  const rows = result.classes.map(
    (row) =>
      `<tr><td>${escapeHtml(row.name)}</td><td class="n">${countText(row.available)}</td><td class="n">${countText(row.chosen)}</td><td class="n">${countText(row.random)}</td></tr>`
  )
  return `<section><h2>Groups</h2><p class="quiet">Blue: items that were kept. Grey: a random set of the same size.</p>${classChart(result)}
<table><thead><tr><th>Group</th><th class="n">Available</th><th class="n">Chosen</th><th class="n">Random set</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`
}

function voteSection(result: SelectionResult): string {
  const votes = result.votes
  if (!votes) return ''
  const tasks = votes.tasks.map(
    (task) =>
      `<tr><td>${escapeHtml(task.name)}</td><td class="n">${countText(task.examples)}</td><td class="n">${countText(task.votedFor)}</td><td class="n">${countText(task.votedForAndChosen)}</td></tr>`
  )
  const histogram = votes.histogram.map(
    (count, level) => `<tr><td>${level}</td><td class="n">${countText(count)}</td></tr>`
  )
  return `<section><h2>Votes of the example tasks</h2>
<p>${percentText(votes.tieShare, 0)} of the kept items had as many votes as items that were left out. Between them it went ${escapeHtml(tieWords(votes.tieRule))}.</p>
${votes.advice ? `<p><strong>${escapeHtml(votes.advice)}</strong></p>` : ''}
${voteChart(votes.histogram, votes.cutLevel)}
<table><thead><tr><th>Votes</th><th class="n">Items</th></tr></thead><tbody>${histogram.join('')}</tbody></table>
<table><thead><tr><th>Task</th><th class="n">Examples</th><th class="n">Voted for</th><th class="n">Of these chosen</th></tr></thead><tbody>${tasks.join('')}</tbody></table>
<p>The tasks' choices overlap by ${percentText(votes.meanOverlap, 0)} on average; ${percentText(votes.chanceOverlap, 0)} would be chance.</p></section>`
}

function exampleSection(title: string, examples: readonly ReportExample[]): string {
  if (examples.length === 0) return ''
  const figures = examples.map(({ item, picture }) => {
    const image = picture
      ? `<img alt="${escapeHtml(item.item.name)}" src="data:${picture.mime};base64,${Buffer.from(picture.bytes).toString('base64')}">`
      : `<p>${escapeHtml(item.item.text ?? item.item.name)}</p>`
    return `<figure>${image}<p><strong>${escapeHtml(item.item.label ?? 'no label')}</strong></p><p>${escapeHtml(item.reason)}</p></figure>`
  })
  return `<section><h2>${escapeHtml(title)}</h2><div class="grid">${figures.join('')}</div></section>`
}

function reasonSection({ result, problems }: ReportInputs): string {
  const rows = result.leftOutReasons.map(
    (row) => `<tr><td>${escapeHtml(row.text)}</td><td class="n">${countText(row.count)}</td></tr>`
  )
  const measures = result.measures.map(
    (row) =>
      `<tr><td>${escapeHtml(row.name)}</td><td class="n">${row.value.toPrecision(3)} ${escapeHtml(row.unit)}</td><td>${escapeHtml(row.meaning)}</td></tr>`
  )
  return `<section><h2>Why items were left out</h2><table><thead><tr><th>Reason</th><th class="n">Items</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>
<section><h2>Problems found in the data</h2><p>${countText(problems.skipped)} files or rows could not be read; ${countText(problems.duplicates)} items are exact copies of others; the data takes ${bytesText(problems.sizeBytes)}.</p>
${result.notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('')}</section>
<section><h2>Measures of the chosen set</h2><table><thead><tr><th>Measure</th><th class="n">Value</th><th>Meaning</th></tr></thead><tbody>${measures.join('')}</tbody></table></section>`
}

function settingsSection(result: SelectionResult): string {
  const facts: [string, string][] = [
    ['Method', result.methodName],
    ['Method settings', JSON.stringify(result.draft.method.params)],
    ['Repeat code', String(result.draft.seed)],
    ['Time', `${result.seconds.toFixed(0)} s`],
    ['Computed on', result.check?.device ?? String(result.provenance['device'] ?? '')],
    ...Object.entries(result.provenance).map(([key, value]): [string, string] => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value)
    ])
  ]
  return `<section><h2>Settings and computer</h2><dl>${facts
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
    .join('')}</dl></section>`
}

const glossary = `<section><h2>Words</h2><dl>
<dt>Random</dt><dd>Items drawn by chance: what any way of choosing must beat.</dd>
<dt>Stratified random</dt><dd>Drawn by chance with the same share of every group.</dd>
<dt>95 % interval</dt><dd>Where the true difference lies, judging by how much the repeats vary. When it holds zero, there is no clear difference.</dd>
<dt>Vote</dt><dd>An example task votes for the items that help it most.</dd>
<dt>Repeat code</dt><dd>The same code with the same data gives the same choice again.</dd>
</dl></section>`

/** Escapes text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
