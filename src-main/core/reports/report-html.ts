// report.html: one self-contained page with the verdict first, charts as inline SVG with a table
// under each, and pictures embedded. Everything that came from data is escaped, and the page
// forbids scripts and any connection by its own policy (security rule F7).
import type { RunItem, SelectionResult } from '../../api/dto/runs.ts'
import { cutHtml, escapeHtml, htmlTable, reportStyle, section } from './html-parts.ts'
import { classChart, voteChart } from './report-charts.ts'
import { checkSection } from './report-check.ts'
import { coverageSection, type ReportCoverage, type ReportMap } from './report-coverage.ts'
import { selectionRows } from './settings-rows.ts'
import { bytesText, countText, dateText, percentText, tieWords } from './words.ts'

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
    /** What a health check of the data found; undefined when none was made. */
    readonly issues?: readonly { readonly title: string; readonly sentence: string }[] | undefined
  }
  readonly coverage?: ReportCoverage | undefined
  readonly map?: ReportMap | undefined
}

/** Builds the report page. Pure: same inputs, same text. */
export function reportHtml(inputs: ReportInputs): string {
  const { result } = inputs
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(result.name)} - Winnow report</title><style>${reportStyle}</style></head><body><main>
<header><h1>${escapeHtml(result.name)}</h1><p class="quiet">${escapeHtml(dateText(inputs.createdAt))} · Winnow ${escapeHtml(inputs.appVersion)}</p></header>
${verdictSection(result)}
<section><h2>What was asked</h2><p>${escapeHtml(inputs.asked)}</p></section>
${checkSection(result.check)}
${classSection(result)}
${voteSection(result)}
${coverageSection(inputs.coverage, inputs.map)}
${exampleSection(`${inputs.kept.length} of ${countText(result.got)} kept items`, inputs.kept)}
${exampleSection(`${inputs.leftOut.length} items that were left out`, inputs.leftOut)}
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

function classSection(result: SelectionResult): string {
  if (result.classes.length === 0) return ''
  const rows = result.classes.map(
    (row) =>
      `<tr><td>${escapeHtml(row.name)}</td><td class="n">${countText(row.available)}</td><td class="n">${countText(row.chosen)}</td><td class="n">${countText(row.random)}</td></tr>`
  )
  return `<section><h2>Groups</h2><p class="quiet">Filled: items that were kept. Dashed: a random set of the same size.</p>${classChart(result)}
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

const textLength = 280
const settingLength = 1000

function exampleSection(title: string, examples: readonly ReportExample[]): string {
  if (examples.length === 0) return ''
  const figures = examples.map(({ item, picture }) => {
    const text = item.item.text ?? (picture === undefined ? item.item.name : undefined)
    const image = picture ? imageOf(picture, item.item.name) : ''
    const words = text === undefined ? '' : `<p>${cutHtml(text, textLength)}</p>`
    return `<figure>${image}${words}<p><strong>${cutHtml(item.item.label ?? 'no label', 80)}</strong></p><p>${cutHtml(item.reason, textLength)}</p></figure>`
  })
  return section(title, `<div class="grid">${figures.join('')}</div>`)
}

function imageOf(picture: NonNullable<ReportExample['picture']>, name: string): string {
  const look = picture.mime === 'image/jpeg' ? ' class="photo"' : ''
  const data = Buffer.from(picture.bytes).toString('base64')
  return `<img${look} alt="${cutHtml(name, 120)}" src="data:${escapeHtml(picture.mime)};base64,${data}">`
}

function reasonSection({ result, problems }: ReportInputs): string {
  const reasons = htmlTable(
    [{ name: 'Reason' }, { name: 'Items', isNumber: true }],
    result.leftOutReasons.map((row) => [row.text, countText(row.count)])
  )
  const issues =
    problems.issues === undefined
      ? '<p class="quiet">The data was not checked for further problems.</p>'
      : problems.issues.length === 0
        ? '<p>A check of the data found nothing else.</p>'
        : htmlTable(
            [{ name: 'Found' }, { name: 'What it means' }],
            problems.issues.map(({ title, sentence }) => [title, sentence])
          )
  const measures = htmlTable(
    [{ name: 'Measure' }, { name: 'Value', isNumber: true }, { name: 'Meaning' }],
    result.measures.map((row) => [row.name, `${row.value.toPrecision(3)} ${row.unit}`, row.meaning])
  )
  const notes = result.notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('')
  return `${section('Why items were left out', reasons)}
${section(
  'Problems found in the data',
  `<p>${countText(problems.skipped)} files or rows could not be read; ${countText(problems.duplicates)} items are exact copies of others; the data takes ${bytesText(problems.sizeBytes)}.</p>${issues}${notes}`
)}
${result.measures.length === 0 ? '' : section('Measures of the chosen set', measures)}`
}

function settingsSection(result: SelectionResult): string {
  const rows = selectionRows(result)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${cutHtml(value, settingLength)}</dd>`)
    .join('')
  return section('Settings and computer', `<dl>${rows}</dl>`)
}

const glossary = `<section><h2>Words</h2><dl>
<dt>Random</dt><dd>Items drawn by chance: what any way of choosing must beat.</dd>
<dt>Stratified random</dt><dd>Drawn by chance with the same share of every group.</dd>
<dt>95 % interval</dt><dd>Where the true difference lies, judging by how much the repeats vary. When it holds zero, there is no clear difference.</dd>
<dt>Region</dt><dd>A group of items that are alike, told from their similarity fingerprints.</dd>
<dt>Similarity map</dt><dd>All items as points; those near each other are alike.</dd>
<dt>Vote</dt><dd>An example task votes for the items that help it most.</dd>
<dt>Repeat code</dt><dd>The same code with the same data gives the same choice again.</dd>
</dl></section>`
