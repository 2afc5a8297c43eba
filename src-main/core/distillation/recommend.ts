// Which kind of tiny set and which method a first try should take, by what is known to work at this
// size: richer labels on real items, or computer-made items where there is one for each label.
import type { DistilDraft, DistilKind, DistilMethodChoice } from '../../api/dto/distil.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'

/** Recommended methods of each kind, best first; the first that is there and possible is taken. */
const firstOf: Readonly<Record<DistilKind, readonly string[]>> = {
  real: ['soft-labels'],
  made: ['distribution-matching', 'attention-matching', 'gradient-matching'],
  mixed: ['realistic-tiles', 'infer']
}

/** The same where groups stand in for labels: what only draws from groups comes first. */
const firstOfGroups: typeof firstOf = {
  real: ['real-items'],
  made: ['self-supervised', ...firstOf.made],
  mixed: firstOf.mixed
}

export const kindsInOrder: readonly DistilKind[] = ['real', 'made', 'mixed']

/** Every method with whether it can be used with this data. */
export function methodChoices(
  methods: readonly DistillationMethod[],
  data: 'pictures' | 'vectors' | 'pairs'
): DistilMethodChoice[] {
  return methods.map((method) => {
    const reason = whyNot(method, data)
    return {
      method: method.id,
      name: method.card.name,
      oneLine: method.card.oneLine,
      kind: method.makes,
      isPossible: reason === null,
      reason,
      wantsGraphicsCard: method.derivatives === 'second' && method.needsNoCard !== true
    }
  })
}

function whyNot(
  { learns, reads }: DistillationMethod,
  data: 'pictures' | 'vectors' | 'pairs'
): string | null {
  const takesPairs = learns === 'pairs'
  if (data === 'pairs')
    return takesPairs ? null : 'It does not work on pairs of a picture and a text.'
  if (takesPairs) return 'It works on pairs of a picture and a text only.'
  if (reads.includes(data)) return null
  return data === 'pictures' ? 'It works on rows of numbers only.' : 'It works on pictures only.'
}

/** The method to take for a kind; undefined when there is none that works with the data. */
export function methodOfKind(
  choices: readonly DistilMethodChoice[],
  kind: DistilKind,
  isGrouped = false
): DistilMethodChoice | undefined {
  const possible = choices.filter((choice) => choice.kind === kind && choice.isPossible)
  for (const id of (isGrouped ? firstOfGroups : firstOf)[kind]) {
    const found = possible.find(({ method }) => method === id)
    if (found !== undefined) return found
  }
  return possible.find(({ wantsGraphicsCard }) => !wantsGraphicsCard) ?? possible[0]
}

/** What a first try takes where groups stand in for labels: what only draws from groups. */
function firstForGroups(
  choices: readonly DistilMethodChoice[]
): ReturnType<typeof recommendFor> | undefined {
  const made = methodOfKind(choices, 'made', true)
  if (made?.method === 'self-supervised')
    return {
      kind: 'made',
      method: made.method,
      why: 'Without labels: its items teach a network what is like what.'
    }
  const real = methodOfKind(choices, 'real', true)
  return (
    real && {
      kind: 'real',
      method: real.method,
      why: 'Without labels: typical real items of each group show what the data holds.'
    }
  )
}

/** Kind and method to take, with the reason in a sentence. */
export function recommendFor(
  choices: readonly DistilMethodChoice[],
  draft: Pick<DistilDraft, 'perClass' | 'groups'>,
  data: 'pictures' | 'vectors' | 'pairs'
): { readonly kind: DistilKind; readonly method: string; readonly why: string } {
  if (draft.groups !== undefined) {
    const first = firstForGroups(choices)
    if (first !== undefined) return first
  }
  const made = methodOfKind(choices, 'made')
  if (data === 'pairs' && made !== undefined)
    return {
      kind: 'made',
      method: made.method,
      why: 'A few learned pairs teach far more than as many real ones.'
    }
  if (draft.perClass === 1 && data === 'pictures' && made !== undefined)
    return {
      kind: 'made',
      method: made.method,
      why: 'With one item for each label, a computer-made one shows more of its label than any real one.'
    }
  const real = methodOfKind(choices, 'real')
  if (real !== undefined)
    return {
      kind: 'real',
      method: real.method,
      why: 'Safest: real items with richer labels, which any later model can learn from.'
    }
  const first = choices.find(({ isPossible }) => isPossible) ?? choices[0]
  return {
    kind: first?.kind ?? 'real',
    method: first?.method ?? 'soft-labels',
    why: 'The first method that works with this data.'
  }
}
