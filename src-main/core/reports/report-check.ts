// The section of the report that compares the chosen set with random sets and with all data: the
// check model that counts, the others, other methods, and the curve over sizes.
import type { CheckResult, Interval, LearningCurve, MeanSd } from '../../api/dto/runs.ts'
import { figureText } from '../compute/figure-text.ts'
import { checkChart, curveChart } from './report-charts.ts'
import { cutHtml, escapeHtml, htmlTable, section } from './html-parts.ts'
import { countText, percentText, signed } from './words.ts'

const spread = (value: MeanSd): string => `± ${figureText(value.sd * 100)}`
const range = (value: Interval): string =>
  `${signed(value.mean * 100)} (${signed(value.low * 100)} to ${signed(value.high * 100)})`

/** HTML of the section; "" when nothing was checked. */
export function checkSection(check: CheckResult | null): string {
  if (!check) return ''
  const body = [
    `<p class="quiet">Share of ${countText(check.testItems)} test items that the same small model got right, ${check.repeats} repeats; whiskers show the spread.</p>`,
    checkChart(check),
    htmlTable(
      [
        { name: 'Trained on' },
        { name: 'Items', isNumber: true },
        { name: 'Accuracy', isNumber: true },
        { name: 'Spread (points)', isNumber: true }
      ],
      (
        [
          ['Random', check.random, check.trainItems.random],
          ['Stratified random', check.stratified, check.trainItems.stratified],
          ['Chosen', check.chosen, check.trainItems.chosen],
          ['All data', check.all, check.trainItems.all]
        ] as const
      ).map(([name, value, items]) => [
        name,
        countText(items),
        percentText(value.mean),
        spread(value)
      ])
    ),
    intervalLine('random', check.difference),
    intervalLine('stratified random', check.differenceToStratified),
    modelsPart(check),
    othersPart(check),
    curvePart(check.curve)
  ]
  return section('Chosen against random and all data', body.join('\n'))
}

function intervalLine(name: string, value: Interval): string {
  return `<p>Difference to ${name}: ${signed(value.mean * 100)} points, 95 % interval ${signed(value.low * 100)} to ${signed(value.high * 100)}.</p>`
}

function modelsPart({ models, acrossModels }: CheckResult): string {
  if (models.length < 2) return ''
  const rows = models.map((model) => [
    model.name,
    percentText(model.chosen.mean),
    percentText(model.random.mean),
    percentText(model.all.mean),
    range(model.difference)
  ])
  const said = acrossModels === null ? '' : `<p>${escapeHtml(acrossModels)}</p>`
  const columns = ['Chosen', 'Random', 'All data', 'Chosen − random (points)']
  return `<h3>Other check models</h3>${said}${htmlTable(
    [{ name: 'Check model' }, ...columns.map((name) => ({ name, isNumber: true }))],
    rows
  )}`
}

function othersPart({ others }: CheckResult): string {
  if (others.length === 0) return ''
  return `<h3>Other methods, same test</h3>${htmlTable(
    [
      { name: 'Method' },
      { name: 'Accuracy', isNumber: true },
      { name: 'Spread (points)', isNumber: true },
      { name: 'Difference to random (points)', isNumber: true }
    ],
    others.map((other) => [
      other.name,
      percentText(other.accuracy.mean),
      spread(other.accuracy),
      range(other.difference)
    ])
  )}`
}

function curvePart(curve: LearningCurve | null): string {
  if (curve === null || curve.sizes.length === 0) return ''
  const share = (value: MeanSd | null | undefined): string =>
    value === null || value === undefined ? '–' : `${percentText(value.mean)} ${spread(value)}`
  const rows = curve.sizes.map((size, i) => [
    countText(size),
    share(curve.arms.chosen[i]),
    share(curve.arms.random[i]),
    share(curve.arms.stratified[i])
  ])
  return `<h3>Accuracy at other sizes</h3>
<p class="quiet">All data: ${cutHtml(percentText(curve.all.mean), 20)}.</p>
${curveChart(curve)}
${htmlTable(
  ['Items', 'Chosen', 'Random', 'Stratified random'].map((name) => ({ name, isNumber: true })),
  rows
)}`
}
