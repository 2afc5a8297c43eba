// report.html of a tiny set: one self-contained page with the verdict first, charts with their
// tables, the storage, some items with their labels, and what the set must not be used for. As in
// every report all that came from data is escaped, and the page forbids scripts and connections.
import type { AnalysisResult } from '../../../api/dto/analysis.ts'
import type { DistilResult } from '../../../api/dto/distil.ts'
import { figureText } from '../../compute/figure-text.ts'
import { analysisSection } from '../analysis-report.ts'
import { cutHtml, escapeHtml, htmlTable, reportStyle, section } from '../html-parts.ts'
import { tinyRows } from '../settings-rows.ts'
import { bytesText, countText, dateText, percentText, pointsText } from '../words.ts'
import { armName, scoreName } from './measure-words.ts'
import { armsChart, madeChart } from './tiny-charts.ts'
import { kindWords, tinyWarnings } from './tiny-read-me.ts'

const settingLength = 1000

/** An item shown in the report. */
export interface TinyExample {
  readonly label: string
  /** PNG; undefined for rows of numbers. */
  readonly picture: Uint8Array | undefined
  /** The largest shares of its label, largest first; empty for plain labels. */
  readonly shares: readonly { readonly name: string; readonly share01: number }[]
}

export interface TinyReportInputs {
  readonly result: DistilResult
  readonly examples: readonly TinyExample[]
  /** "What does it teach?", where it was asked. */
  readonly analysis?: AnalysisResult | null | undefined
  readonly createdAt: string
  readonly appVersion: string
}

/** Builds the report page. Pure: same inputs, same text. */
export function tinyReportHtml({
  result,
  examples,
  analysis,
  createdAt,
  appVersion
}: TinyReportInputs): string {
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(result.name)} - Winnow report</title><style>${reportStyle}${ownStyle}</style></head><body><main>
<header><h1>${escapeHtml(result.name)}</h1><p class="quiet">${escapeHtml(dateText(createdAt))} · Winnow ${escapeHtml(appVersion)}</p></header>
${verdictSection(result)}
${section('What was asked', `<p>${escapeHtml(askedWords(result))}</p>`)}
${checkSections(result)}
${curveSection(result)}
${ledgerSection(result)}
${exampleSection(result, examples)}
${analysisSection(analysis)}
${section('Before you use it', `<ul>${tinyWarnings.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`)}
${tableSections(result)}
${settingsSection(result)}
${glossary}
</main></body></html>
`
}

const ownStyle = `
.shares{display:grid;grid-template-columns:minmax(0,1fr) 44px;gap:2px 6px;margin:4px 0 0}
.bar{background:#E7EAEE;border-radius:2px;position:relative;overflow:hidden;height:16px;white-space:nowrap}
.bar i{position:absolute;inset:0 auto 0 0;background:#BFD9F0}.bar b{position:relative;font-weight:400;padding:0 4px}
.shares span{text-align:right}ul{margin:0;padding-left:20px}
`

function verdictSection(result: DistilResult): string {
  const cautions = (result.check?.cautions ?? []).map(
    (text) => `<p class="quiet">${escapeHtml(text)}</p>`
  )
  return `<section><p class="verdict">${escapeHtml(result.check?.verdict ?? 'The set was not tested.')}</p>
<p>${countText(result.decodedItems)} items stand for ${countText(result.trainItems)} of “${escapeHtml(result.datasetName)}” and take ${bytesText(result.bytes)}. ${escapeHtml(kindWords(result))}</p>${cautions.join('')}</section>`
}

/** The sentence the run was asked with, as it was kept. */
export function askedWords(result: Pick<DistilResult, 'provenance' | 'name'>): string {
  const { sentence } = result.provenance
  return typeof sentence === 'string' ? sentence : result.name
}

const numberColumn = (name: string): { name: string; isNumber: true } => ({ name, isNumber: true })

function checkSections(result: DistilResult): string {
  const { check } = result
  if (check === null) return ''
  const networks = [...new Set(check.arms.map(({ network }) => network))]
  const parts = networks.map((network, place) => {
    const arms = check.arms.filter((arm) => arm.network === network)
    const rows = arms.map((arm) => [
      armName(arm.arm, check.measure),
      countText(arm.items),
      bytesText(arm.bytes),
      `${percentText(arm.accuracy.mean)} ± ${figureText(arm.accuracy.sd * 100)}`,
      arm.rate === null ? '' : String(arm.rate)
    ])
    const columns = [
      { name: 'Trained on' },
      ...['Items', 'Space', scoreName(check), 'Step size'].map(numberColumn)
    ]
    return `<h3>${escapeHtml(network)}</h3>${armsChart(`arms${place}`, arms, check.measure)}${htmlTable(columns, rows)}`
  })
  return section('What models learned from it', `${differenceWords(check)}${parts.join('')}`)
}

function differenceWords(check: NonNullable<DistilResult['check']>): string {
  const { difference, otherDifference, labelRobust01, augmentationRobust01 } = check
  const interval = ({ mean, low, high }: typeof difference): string =>
    `${pointsText(mean)} (${pointsText(low)} to ${pointsText(high)})`
  const lines = [
    `Against random real items, ${check.repeats} models of each: ${interval(difference)}.`,
    ...(otherDifference === null
      ? []
      : [`On another kind of model: ${interval(otherDifference)}.`]),
    ...(labelRobust01 === null
      ? []
      : [`Label-robust score: ${percentText(labelRobust01)} (half is as good as random items).`]),
    ...(augmentationRobust01 === null
      ? []
      : [`Augmentation-robust score: ${percentText(augmentationRobust01)}.`])
  ]
  return lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')
}

function curveSection(result: DistilResult): string {
  if (result.curve.length < 2) return ''
  const rows = result.curve.map(({ x, set }) => [countText(x), percentText(set)])
  const random =
    result.randomLine === null
      ? ''
      : `<p class="quiet">Random real items: ${percentText(result.randomLine)}.</p>`
  return section(
    'While it was made',
    `<p class="quiet">Short trials on validation items, which take no part in the test.</p>${random}${madeChart(result)}${htmlTable(['Passes', 'Right'].map(numberColumn), rows)}`
  )
}

function ledgerSection(result: DistilResult): string {
  const columns = [{ name: 'Part' }, ...['Numbers', 'Space'].map(numberColumn)]
  const rows = [
    ...result.ledger.map((line) => [line.name, countText(line.numbers), bytesText(line.bytes)]),
    ['Together', '', bytesText(result.bytes)]
  ]
  return section(
    'What it takes',
    `${htmlTable(columns, rows)}<p>Real items that take as much: ${result.perClassOfEqualBytes.toFixed(1)} for each label.</p>`
  )
}

function exampleSection(result: DistilResult, examples: readonly TinyExample[]): string {
  if (examples.length === 0) return ''
  const mark =
    result.kind === 'real' ? '' : '<p class="quiet">Made by the computer: not real photos.</p>'
  const figures = examples.map(({ label, picture, shares }) => {
    const data = picture && Buffer.from(picture).toString('base64')
    const image = data
      ? `<img alt="${cutHtml(label, 120)}" src="data:image/png;base64,${data}">`
      : ''
    const bars = shares
      .map(
        ({ name, share01 }) =>
          `<div class="bar"><i style="width:${(Math.min(1, Math.max(0, share01)) * 100).toFixed(1)}%"></i><b>${cutHtml(name, 40)}</b></div><span>${percentText(share01, 0)}</span>`
      )
      .join('')
    const list = bars === '' ? '' : `<div class="shares">${bars}</div>`
    return `<figure>${image}<p><strong>${cutHtml(label, 80)}</strong></p>${list}</figure>`
  })
  return section(
    `${examples.length} of ${countText(result.decodedItems)} items`,
    `${mark}<div class="grid">${figures.join('')}</div>`
  )
}

function tableSections(result: DistilResult): string {
  const helpers =
    result.experts.length === 0
      ? ''
      : section(
          'The helper model as it learned',
          htmlTable(
            ['Passes', 'Right', 'Entropy of its labels'].map(numberColumn),
            result.experts.map((one) => [
              String(one.epoch),
              percentText(one.accuracy01),
              one.entropy.toFixed(2)
            ])
          )
        )
  const found = result.tables.map((table) => {
    const columns = table.header.map((name, at) =>
      typeof table.rows[0]?.[at] === 'number' ? numberColumn(name) : { name }
    )
    const rows = table.rows.map((row) =>
      row.map((cell) => (typeof cell === 'number' ? String(Number(cell.toPrecision(4))) : cell))
    )
    return section(
      table.title,
      `<p class="quiet">${escapeHtml(table.help)}</p>${htmlTable(columns, rows)}`
    )
  })
  return helpers + found.join('')
}

function settingsSection(result: DistilResult): string {
  const notes = result.notes.map((note) => `<p>${escapeHtml(note)}</p>`).join('')
  const list = tinyRows(result)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${cutHtml(value, settingLength)}</dd>`)
    .join('')
  return section('Settings and computer', `${notes}<dl>${list}</dl>`)
}

const glossary = `<section><h2>Words</h2><dl>
<dt>Tiny training set</dt><dd>A few items that a model learns nearly as much from as from all of them.</dd>
<dt>Richer label</dt><dd>A share for every label instead of one label: what a helper model sees in an item.</dd>
<dt>Helper model</dt><dd>A model trained on the source whose answers become richer labels.</dd>
<dt>Made by the computer</dt><dd>Such items were never photographed or written; they only serve to train.</dd>
<dt>Random real items</dt><dd>Drawn by chance from the source, as many for each label: what any tiny set must beat.</dd>
<dt>95 % interval</dt><dd>Where the true difference lies, judging by how much the repeats vary. When it holds zero, there is no clear difference.</dd>
<dt>Spread</dt><dd>Standard deviation between the models of one set: half of them or more lie within it.</dd>
<dt>Repeat code</dt><dd>The same code with the same data gives the same set again.</dd>
</dl></section>`
