// "What does it teach?" in the report of a tiny set: for each part what was found, and its numbers;
// a chart above the numbers where they are a course. As in every report all that came from data is
// escaped.
import type {
  AgreementResult,
  AnalysisResult,
  InfluenceResult,
  MixingResult,
  RecognitionResult
} from '../../api/dto/analysis.ts'
import { figureText } from '../compute/figure-text.ts'
import { escapeHtml, htmlTable, section, type HtmlColumn } from './html-parts.ts'
import { colours, render } from './report-charts.ts'
import { countText, percentText } from './words.ts'

/** Most labels whose influence on each other is printed: more do not fit on a page. */
const printedLabels = 12
/** Rows of a course that are printed. */
const printedSteps = 12

/** The section, or nothing without an analysis. Pure: same analysis, same text. */
export function analysisSection(analysis: AnalysisResult | null | undefined): string {
  if (analysis === null || analysis === undefined) return ''
  const { parts, classNames } = analysis
  const bodies = [
    part('Is it recognised?', parts.recognition, (it) => recognitionBody(it, classNames)),
    part('Can real items be added?', parts.mixing, mixingBody),
    part('Whom do its students resemble?', parts.agreement, agreementBody),
    part('When is it learned?', parts.learned, ({ points }) =>
      course('Steps of learning', points, [
        { name: 'Of the set', of: ({ set01 }) => set01, colour: colours.chosen, text: percentText },
        {
          name: 'Of test items',
          of: ({ test01 }) => test01,
          colour: colours.random,
          text: percentText
        }
      ])
    ),
    part('How much is there left to learn?', parts.curvature, ({ points }) =>
      course('Steps of learning', points, [
        { name: 'On the set', of: ({ set }) => set, colour: colours.chosen, text: roundText },
        { name: 'On real items', of: ({ real }) => real, colour: colours.random, text: roundText }
      ])
    ),
    part('What does each item do?', parts.influence, (it) => influenceBody(it, classNames))
  ]
  const facts = `${countText(analysis.setItems)} items of the set and ${countText(analysis.testItems)} test items were looked at with ${analysis.network}; effort ${analysis.effort}, repeat code ${analysis.seed}, computed on ${analysis.device}.`
  const notes = [facts, ...analysis.notes].map((note) => `<p class="quiet">${escapeHtml(note)}</p>`)
  return section('What does it teach?', `${notes.join('')}${bodies.join('')}`)
}

/** One part with its question and what was found; nothing when it was not looked at. */
function part<P extends { readonly reading: string }>(
  question: string,
  found: P | null,
  body: (found: P) => string
): string {
  return found === null
    ? ''
    : `<h3>${escapeHtml(question)}</h3><p>${escapeHtml(found.reading)}</p>${body(found)}`
}

const number = (name: string): HtmlColumn => ({ name, isNumber: true })
const roundText = (value: number): string =>
  value.toFixed(Math.abs(value) < 10 ? 1 : 0).replace('-', '−')

function recognitionBody(
  { judges, brightness }: RecognitionResult,
  names: readonly string[]
): string {
  const all = htmlTable(
    [{ name: 'Model' }, number('Right on test items'), number('Named as in the set')],
    judges.map(({ network, test01, onSet01 }) => [
      network,
      percentText(test01),
      percentText(onSet01)
    ])
  )
  const perLabel = htmlTable(
    [{ name: 'Label' }, ...judges.map(({ network }) => number(network))],
    names.map((name, label) => [
      name,
      ...judges.map(({ perLabel01 }) => percentText(perLabel01[label] ?? 0, 0))
    ])
  )
  const outside =
    brightness === null || brightness.outside01.set === 0
      ? ''
      : `<p class="quiet">${percentText(brightness.outside01.set)} of its points are darker than black or brighter than white.</p>`
  return `${all}${perLabel}${outside}`
}

function mixingBody({ points }: MixingResult): string {
  const text = ({ mean, sd }: { mean: number; sd: number }): string =>
    sd > 0 ? `${percentText(mean)} ± ${figureText(sd * 100)}` : percentText(mean)
  const chart = linesChart(
    'mixing',
    { type: 'category', data: points.map(({ added }) => countText(added)) },
    'real items added for each label',
    '{value} %',
    [
      {
        name: 'Set and real',
        colour: colours.chosen,
        data: points.map(({ set }) => set.mean * 100)
      },
      {
        name: 'Random real',
        colour: colours.random,
        data: points.map(({ random }) => random.mean * 100)
      }
    ]
  )
  return `${chart}${htmlTable(
    [
      'Real items added for each label',
      'The set and these',
      'Random real items, as many in total'
    ].map(number),
    points.map(({ added, set, random }) => [countText(added), text(set), text(random)])
  )}`
}

function agreementBody({ early, subset, student01, independent01 }: AgreementResult): string {
  const share = (value: number | null): string => (value === null ? '–' : percentText(value))
  const rows = (
    [
      ['Stopped early', early],
      ['Few real items', subset]
    ] as const
  ).map(([name, group]) => [
    name,
    countText(group.models),
    countText(group.matched.length),
    share(group.mean01)
  ])
  return `${htmlTable(
    [{ name: 'Models' }, ...['In all', 'Pairs as accurate', 'Test items named alike'].map(number)],
    rows
  )}<p class="quiet">Models that learned from the set are right on ${percentText(student01)}; two such models share ${percentText(independent01)} by chance.</p>`
}

interface CourseLine<P> {
  readonly name: string
  readonly colour: string
  of(point: P): number
  text(value: number): string
}

/** Lines over the steps of a training, and some of their points as a table. */
function course<P extends { readonly step: number }>(
  across: string,
  points: readonly P[],
  lines: readonly CourseLine<P>[]
): string {
  const isShare = lines.every(({ text }) => text === percentText)
  const chart = linesChart(
    `course-${lines[0].name.replaceAll(' ', '-')}`,
    { type: 'value', max: Math.max(1, points.at(-1)?.step ?? 1) },
    across.toLowerCase(),
    isShare ? '{value} %' : '{value}',
    lines.map(({ name, colour, of }) => ({
      name,
      colour,
      data: points.map((point) => [point.step, of(point) * (isShare ? 100 : 1)])
    }))
  )
  const every = Math.max(1, Math.ceil(points.length / printedSteps))
  const printed = points.filter((_, at) => at % every === 0 || at === points.length - 1)
  return `${chart}${htmlTable(
    [across, ...lines.map(({ name }) => name)].map(number),
    printed.map((point) => [countText(point.step), ...lines.map(({ of, text }) => text(of(point)))])
  )}`
}

function linesChart(
  id: string,
  xAxis: object,
  across: string,
  axisText: string,
  lines: readonly { name: string; colour: string; data: readonly unknown[] }[]
): string {
  return render(
    id,
    {
      grid: { left: 64, right: 120, top: 16, bottom: 44 },
      xAxis: { ...xAxis, name: across, nameLocation: 'middle', nameGap: 26 },
      yAxis: { type: 'value', scale: true, axisLabel: { formatter: axisText } },
      series: lines.map(({ name, colour, data }, at) => ({
        name,
        data,
        type: 'line',
        symbolSize: 5,
        itemStyle: { color: colour },
        lineStyle: { color: colour, width: 2, type: at === 0 ? 'solid' : 'dashed' },
        endLabel: { show: true, formatter: '{a}', color: colour },
        labelLayout: { moveOverlap: 'shiftY' }
      }))
    },
    640,
    260
  )
}

function influenceBody({ byLabel, looked, of }: InfluenceResult, names: readonly string[]): string {
  const count = `<p class="quiet">${countText(looked)} of ${countText(of)} items were left out in turn. Above 0 helps, below 0 hurts.</p>`
  if (names.length > printedLabels)
    return `${count}<p class="quiet">There are too many labels to print what they do to each other.</p>`
  return `${count}${htmlTable(
    [{ name: 'Items of \\ test items of' }, ...names.map(number)],
    byLabel.map((row, from) => [
      names[from] ?? '',
      ...row.map((value) => String(Number(value.toPrecision(2))).replace('-', '−'))
    ])
  )}`
}
