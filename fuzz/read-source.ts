// The oracle of everything a dataset is read from: it is recognised and read, or refused in plain
// words; rows are numbered without gaps, nothing is lost silently, and reading on gives the same.
import { SourceFormat, type ImportOptions } from '../src-main/api/dto/datasets.ts'
import { ImportPreview } from '../src-main/api/dto/datasets.ts'
import type { Random } from '../src-main/core/compute/random.ts'
import { openItemSource } from '../src-main/core/datasets/item-source.ts'
import { previewSource } from '../src-main/core/datasets/preview.ts'
import { optionsOf, readAll, type ReadResult } from '../src-main/core/datasets/testing/fixtures.ts'
import { oddText, once, oneOf } from './mutate.ts'
import { answerOf, Broken, requirePlain } from './target.ts'

/** Reads or previews what lies at `path`, as the app would. */
export function readSource(
  path: string,
  random: Random,
  change: Partial<ImportOptions> = {}
): Promise<string> {
  const options = once(random, 4) ? { ...oddOptions(random), ...change } : change
  return answerOf(async () => {
    if (once(random, 4)) return previewed(path, options)
    const read = await readAll(path, options)
    checkRead(read)
    if (once(random, 6)) await readOn(path, options, read, random)
    if (read.plan.kind === 'images' && once(random, 2)) await decode(path, read)
    return `read ${read.plan.format}${read.items.length === 0 ? ' (no items)' : ''}`
  })
}

/** Options a person might choose, fitting or not. */
export function oddOptions(random: Random): Partial<ImportOptions> {
  const options: { -readonly [K in keyof ImportOptions]?: ImportOptions[K] } = {}
  if (once(random, 3)) options.as = oneOf(random, ['images', 'table', 'text', 'arrays', null])
  if (once(random, 3)) options.delimiter = oneOf(random, [',', ';', '\t', '|', '"', 'ab', '\n', ''])
  if (once(random, 3))
    options.encoding = oneOf(random, ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'])
  if (once(random, 3)) options.hasHeader = random.below(2) === 0
  if (once(random, 4))
    options.sheet = oneOf(random, ['Rows', 'train', oddText(random)]).slice(0, 200)
  if (once(random, 4)) options.array = oneOf(random, ['x', 'images', '', 'y'])
  if (once(random, 4)) options.labelArray = oneOf(random, ['y', 'labels', '', 'x'])
  if (once(random, 3))
    options.roles = {
      [oneOf(random, ['text', 'label', 'n', 'image', '__proto__', oddText(random)])]: oneOf(
        random,
        [
          ...(['text', 'chat', 'picture', 'label', 'split', 'group', 'id', 'number'] as const),
          ...(['keep', 'ignore'] as const)
        ]
      )
    }
  return options
}

async function previewed(path: string, options: Partial<ImportOptions>): Promise<string> {
  const preview = await previewSource(path, optionsOf(options))
  const parsed = ImportPreview.safeParse(preview)
  if (!parsed.success)
    throw new Broken(`the preview breaks the contract: ${parsed.error.message.slice(0, 500)}`)
  requirePlain(preview.sentence, 'sentence of the preview')
  for (const note of preview.notes) requirePlain(note, 'note of the preview')
  return `preview ${preview.format}`
}

function checkRead({ plan, items, problems, batches }: ReadResult): void {
  if (!SourceFormat.safeParse(plan.format).success) throw new Broken(`format ${plan.format}`)
  for (const note of plan.notes) requirePlain(note, 'note of the plan')
  for (const { where, reason } of problems) {
    requirePlain(reason, 'reason of a problem')
    if (where === '') throw new Broken('a problem without a place')
  }
  for (const [i, item] of items.entries()) {
    if (item.row !== i) throw new Broken(`row ${item.row} at ${i}`)
    if (!(item.label >= -1 && item.label < Math.max(1, plan.classNames.length)))
      throw new Broken(`label ${item.label} of ${plan.classNames.length}`)
    if (item.fingerprint.length !== 32) throw new Broken('a fingerprint of another length')
  }
  const last = batches.at(-1)?.position
  if (last === undefined) return
  if (last.rows !== items.length || last.skipped !== problems.length)
    throw new Broken(
      `counted ${last.rows} and ${last.skipped}, were ${items.length} and ${problems.length}`
    )
}

/** What follows an interruption is what would have followed without one. */
async function readOn(
  path: string,
  options: Partial<ImportOptions>,
  whole: ReadResult,
  random: Random
): Promise<void> {
  if (whole.batches.length === 0) return
  const stop = random.below(whole.batches.length)
  const position = whole.batches[stop]?.position
  if (position === undefined) return
  // As it comes back from the project file.
  const plan = JSON.parse(JSON.stringify(whole.plan)) as ReadResult['plan']
  const rest = await readAll(path, options, { plan, position })
  const before = whole.batches
    .slice(0, stop + 1)
    .reduce((sum, batch) => sum + batch.items.length, 0)
  const expected = whole.items.slice(before)
  if (rest.items.length !== expected.length)
    throw new Broken(`reading on gave ${rest.items.length} items instead of ${expected.length}`)
  for (const [i, item] of rest.items.entries())
    if (JSON.stringify(item) !== JSON.stringify(expected[i]))
      throw new Broken(`reading on gave another item ${item.row}`)
}

/** Pictures are decoded, or counted as failed. */
async function decode(path: string, { plan, items }: ReadResult): Promise<void> {
  const locators = items.slice(0, 4).map(({ locator }) => locator)
  const { kind, format } = plan
  const source = await openItemSource({ kind, format, path, storage: 'link' })
  try {
    const { pixels, failed } = await source.readPixels(locators, { size: 16, channels: 3 })
    if (pixels.length !== locators.length * 768) throw new Broken('pixels of another number')
    if (failed.some((at) => at < 0 || at >= locators.length)) throw new Broken('a failure nowhere')
    for (const locator of locators) await source.readImageBytes(locator)
  } finally {
    await source.close()
  }
}
