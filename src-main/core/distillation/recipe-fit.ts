// A recipe of a tiny training set on data: labels and columns are found by their names, the way of
// making it is one that works with this data. What does not fit is left out and said in words.
import type { DistilDraft } from '../../api/dto/distil.ts'
import type { FittedRecipe, TinyRecipeFile } from '../../api/dto/recipes.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import { DataFit } from '../selection/recipe-data-fit.ts'
import type { DatasetRecord } from '../store/records.ts'

/** What fitting reads beside the recipe and the data. */
export interface TinyFitSource {
  readonly methods: readonly DistillationMethod[]
  /** What is recommended for the data, for parts of the recipe that cannot be used. */
  readonly recommended: DistilDraft
  /** Helper models that the project keeps, by `HelperFile.file`. */
  readonly helperFiles: readonly string[]
}

/** The draft a recipe makes on a dataset, with what did not fit. */
export function fitTinyRecipe(
  { methods, recommended, helperFiles }: TinyFitSource,
  { draft }: TinyRecipeFile,
  data: DatasetRecord
): Extract<FittedRecipe, { makes: 'tiny' }> {
  const fit = new DataFit(data, draft.dataset)
  const method = methodOn(fit, methods, draft)
  const fitted: DistilDraft = {
    ...draft,
    name: '',
    dataset: data.id,
    scope: fit.scope(draft.scope),
    leaveOut: fit.labels(draft.leaveOut, 'there is nothing to leave out'),
    side: sideOn(fit, draft),
    ...(draft.helper !== undefined && { helper: helperOn(fit, helperFiles, draft.helper) }),
    ...(method === undefined
      ? { kind: recommended.kind, method: recommended.method }
      : { kind: method.kind, method: method.choice })
  }
  return { makes: 'tiny', draft: fitted, misfits: fit.misfits }
}

/** Undefined when the recommended way has to be taken. */
function methodOn(
  fit: DataFit,
  methods: readonly DistillationMethod[],
  { method: choice }: DistilDraft
): { readonly kind: DistilDraft['kind']; readonly choice: DistilDraft['method'] } | undefined {
  const method = methods.find(({ id }) => id === choice.id)
  if (method === undefined) {
    fit.sayNoMethod(choice.id)
    return undefined
  }
  const reads = fit.data.kind === 'images' ? 'pictures' : 'vectors'
  if (!method.reads.includes(reads)) {
    fit.say(
      `\u201c${method.card.name}\u201d does not work with ${reads === 'pictures' ? 'pictures' : 'texts and tables'}; the recommended way is used.`
    )
    return undefined
  }
  if (method.params.safeParse(choice.params).success) return { kind: method.makes, choice }
  fit.sayUsualSettings(method.card.name)
  return { kind: method.makes, choice: { id: choice.id, params: {} } }
}

function helperOn(
  fit: DataFit,
  kept: readonly string[],
  helper: NonNullable<DistilDraft['helper']>
): DistilDraft['helper'] {
  if (helper.kind === 'train' || kept.includes(helper.file)) return helper
  fit.say(
    `The helper model \u201c${helper.name}\u201d is not in this project; one is trained here instead.`
  )
  return { kind: 'train' }
}

function sideOn(fit: DataFit, { side }: DistilDraft): number | null {
  if (side === null || fit.data.kind === 'images') return side
  fit.say('This data has no pictures; the picture size was left out.')
  return null
}
