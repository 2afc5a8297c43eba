// What the other check models say, in words: one sentence per model and one over all of them. The
// verdict itself comes from one model, chosen beforehand; these say how far it carries.
import type { CheckModelResult, VerdictKind } from '../../api/dto/runs.ts'
import { modelFacts } from './models/model-facts.ts'
import { points, signedPoints } from './verdict.ts'

type Found = Pick<CheckModelResult, 'model' | 'kind' | 'difference'>

function rangeOf({ difference: { mean, low, high } }: Found): string {
  return `${signedPoints(mean)}, ${points(low)} to ${points(high)}`
}

/** "Better than random with k-NN (+2.1, 1.0 to 3.2)." */
export function modelSentence(found: Found, repeats: number): string {
  const { inWords } = modelFacts[found.model]
  if (repeats < 2)
    return `One repeat with ${inWords} tells nothing (${signedPoints(found.difference.mean)}).`
  const words: Readonly<Record<VerdictKind, string>> = {
    helped: 'Better than random',
    'no-difference': 'No clear difference from random',
    worse: 'Worse than random',
    'not-checked': 'Not tested'
  }
  return `${words[found.kind]} with ${inWords} (${rangeOf(found)}).`
}

/** "a", "a and b", "a, b and c". */
function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`
}

/**
 * One sentence on the models beside the first: "Also better than random with k-NN (+2.1); no clear
 * difference with a small network (+0.4, -0.8 to 1.6)." Null when there is only the first.
 */
export function acrossModels(models: readonly Found[], repeats: number): string | null {
  const [first, ...others] = models
  if (first === undefined || others.length === 0) return null
  if (repeats < 2) return 'One repeat cannot tell what the other check models find.'
  const of = (kind: VerdictKind): readonly Found[] => others.filter((found) => found.kind === kind)
  const also = (kind: VerdictKind): string => (first.kind === kind ? 'also ' : '')
  const named = (found: Found, figures: string): string =>
    `${modelFacts[found.model].inWords} (${figures})`
  const parts: string[] = []
  const add = (kind: VerdictKind, start: string, figures: (found: Found) => string): void => {
    const found = of(kind)
    if (found.length > 0) parts.push(start + listed(found.map((one) => named(one, figures(one)))))
  }
  const mean = (found: Found): string => signedPoints(found.difference.mean)
  add('helped', `${also('helped')}better than random with `, mean)
  add('no-difference', `${also('no-difference')}no clear difference with `, rangeOf)
  add('worse', `${also('worse')}worse than random with `, mean)
  const text = parts.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** A warning where models do not find the same; undefined where they do. */
export function disagreement(models: readonly Found[], repeats: number): string | undefined {
  const [first, ...others] = models
  if (repeats < 2 || first === undefined || others.every(({ kind }) => kind === first.kind))
    return undefined
  const kinds = new Set(models.map(({ kind }) => kind))
  if (kinds.has('helped') && kinds.has('worse'))
    return 'The check models contradict each other: better than random with one, worse with another. What you train decides; test with a model like yours.'
  if (first.kind === 'helped')
    return 'Not every check model sees the gain. It may not carry over to another kind of model.'
  if (first.kind === 'worse')
    return 'Not every check model sees the loss. It may not carry over to another kind of model.'
  return 'Another check model sees a clear difference where this one sees none. The verdict goes by the model picked beforehand.'
}
