// The sentence that says what the last button does, and the name of a next version.
import type { DatasetSummary, ImportOptions, ImportPreview } from '@api/dto/datasets.ts'
import { addData as words } from '../../text/add-data.ts'
import { formatBytes, formatNumber } from '../../text/format.ts'
import { countOf } from '../../text/nouns.ts'

/** What decides the sentence. */
export interface WillAdd {
  readonly preview: ImportPreview
  readonly name: string
  /** Dataset that gets a next version. */
  readonly target: DatasetSummary | undefined
  readonly storage: ImportOptions['storage']
  readonly isDropped: boolean
  readonly isExamples: boolean
}

/** "Adds about 12,400 items as “reviews”, read where they are. 3 rows are left out." */
export function willSentence(will: WillAdd): string {
  const { preview, name, target, storage, isDropped, isExamples } = will
  const { itemsEstimate, isComplete, problems } = preview
  const count = isComplete
    ? countOf(itemsEstimate, 'item')
    : `${words.itemsAbout(formatNumber(itemsEstimate))} ${itemsEstimate === 1 ? 'item' : 'items'}`
  const parts = [
    target === undefined
      ? words.will.make(count, name)
      : words.will.extend(count, target.name, target.version + 1)
  ]
  if (target === undefined && isExamples) parts.push(words.will.examples)
  if (isDropped) parts.push(words.will.dropped)
  else if (storage === 'link') parts.push(words.will.link)
  else parts.push(words.will.copy(formatBytes(preview.copyBytes)))
  const first = `${parts.join(', ')}.`
  if (problems.length === 0) return first
  const skipped = words.will.skip(countOf(problems.length, 'fileOrRow'))
  return `${first} ${skipped[0]?.toUpperCase() ?? ''}${skipped.slice(1)}.`
}

/** "Reviews" becomes "Reviews (version 2)", and the first free number after that. */
export function nextName(target: DatasetSummary, names: readonly string[]): string {
  const base = target.name.replace(/ \(version \d+\)$/, '')
  for (let version = target.version + 1; ; version++) {
    const ending = ` (version ${version})`
    const name = `${base.slice(0, 80 - ending.length)}${ending}`
    if (!names.includes(name)) return name
  }
}
