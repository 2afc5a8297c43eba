// The layouts an exported tiny set can have beside its items and labels: which are possible, why
// others are not, and about how large they are.
import type { ExportLayout, LayoutChoice } from '../../../api/dto/exports.ts'
import { AppError } from '../../../api/errors.ts'
import { inputSize } from '../../networks/network.ts'
import { targetColumns, type TinySet } from './tiny-set.ts'

type SizedSet = Pick<TinySet, 'result' | 'count' | 'facts' | 'targets'>

const layoutsInOrder = ['arrays', 'npy', 'safetensors', 'parquet', 'hf-folder'] as const
type TinyLayout = (typeof layoutsInOrder)[number]

/** Every layout that a tiny set can have, with what can be said of it for this one. */
export function tinyLayoutChoices(set: SizedSet): LayoutChoice[] {
  return layoutsInOrder.map((layout) => {
    const reason = reasonAgainst(set, layout)
    return {
      layout,
      isPossible: reason === null,
      reason,
      sizeBytes: reason === null ? Math.round(sizeOf(set, layout)) : 0
    }
  })
}

function reasonAgainst(set: SizedSet, layout: TinyLayout): string | null {
  return layout === 'hf-folder' && set.result.picture === null ? 'The items are no pictures.' : null
}

function sizeOf(set: SizedSet, layout: TinyLayout): number {
  const columns = targetColumns(set)
  const arrays = set.count * (4 * inputSize(set.facts.shape) + 4 * columns + 8) + changedBytes(set)
  switch (layout) {
    case 'parquet':
      return set.count * (60 + (set.targets.kind === 'hard' ? 0 : 4 * columns))
    case 'hf-folder':
      return pictureBytes(set) + set.count * 60
    default:
      return arrays
  }
}

/** Helper models kept for labels, or labels of views with 20 bytes for each change. */
function changedBytes({ targets, result }: SizedSet): number {
  const changed = targets.kind === 'soft' ? targets.changed : undefined
  if (changed === undefined) return 0
  if (changed.kind === 'teacher')
    return changed.models.reduce((sum, { parameters }) => sum + 2 * parameters.length, 0)
  return changed.shares.length * (2 + 24 / Math.max(1, result.classNames.length))
}

/** About how much the pictures of all items take as PNG. */
export function pictureBytes({ result, count, facts }: SizedSet): number {
  return result.picture === null ? 0 : count * (120 + 0.8 * inputSize(facts.shape))
}

/** The asked layouts. Throws AppError "invalid-input" for one that is not possible. */
export function tinyLayouts(
  set: SizedSet,
  asked: readonly ExportLayout[]
): ReadonlySet<TinyLayout> {
  const choices = new Map(tinyLayoutChoices(set).map((one) => [one.layout, one]))
  const layouts = new Set<TinyLayout>()
  for (const layout of asked) {
    const known = layoutsInOrder.find((one) => one === layout)
    const choice = choices.get(layout)
    if (known === undefined || choice?.isPossible !== true)
      throw new AppError(
        'invalid-input',
        `The layout “${layout}” is not possible. ${choice?.reason ?? 'It is for chosen sets, not for tiny training sets.'}`
      )
    layouts.add(known)
  }
  return layouts
}
