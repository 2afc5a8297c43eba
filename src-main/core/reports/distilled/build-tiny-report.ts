// Gathers what the report of a tiny set shows, and builds it: some items of every label with their
// pictures and the largest shares of their labels.
import type { AnalysisResult } from '../../../api/dto/analysis.ts'
import { isPictures, type TinySet } from './tiny-set.ts'
import { tinyReportHtml, type TinyExample } from './tiny-report.ts'

const examplesShown = 24
const sharesShown = 4

/** report.html of a tiny set, also shown inside the app. Throws as {@link TinySet.pictures}. */
export async function buildTinyReport(
  set: TinySet,
  facts: {
    readonly createdAt: string
    readonly appVersion: string
    readonly analysis?: AnalysisResult | null | undefined
  }
): Promise<string> {
  const indices = exampleItems(set)
  const pictures = isPictures(set) ? await set.pictures(indices) : []
  const examples = indices.map((index, place) => exampleOf(set, index, pictures[place]))
  return tinyReportHtml({ result: set.result, examples, ...facts })
}

/** The first item of each label, then the second of each, ... */
function exampleItems({ labels }: TinySet): number[] {
  const seen = new Map<number, number>()
  return Array.from(labels, (label, index) => {
    const turn = seen.get(label) ?? 0
    seen.set(label, turn + 1)
    return { index, label, turn }
  })
    .sort((a, b) => a.turn - b.turn || a.label - b.label)
    .slice(0, examplesShown)
    .map(({ index }) => index)
}

function exampleOf(set: TinySet, index: number, picture: Uint8Array | undefined): TinyExample {
  const { classNames } = set.result
  const label = classNames[set.labels[index]] ?? ''
  if (set.targets.kind !== 'soft') return { label, picture, shares: [] }
  const classes = classNames.length
  const own = set.targets.shares.subarray(index * classes, (index + 1) * classes)
  const shares = Array.from(own, (share01, at) => ({ name: classNames[at] ?? '', share01 }))
    .sort((a, b) => b.share01 - a.share01)
    .slice(0, sharesShown)
  return { label, picture, shares }
}
