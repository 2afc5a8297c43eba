// The recommended draft for a dataset: what pressing Next until Start would make.
import { DistilDraft } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'
import type { SplitSource } from './draft-split.ts'
import { methodChoices, recommendFor } from './recommend.ts'
import { ownSide } from './picture-side.ts'

/** Pictures of up to this side are learned from as they are; larger ones are brought to it. */
const usualSide = 32
/** From this many labels on, only the largest shares are worth their bytes. */
const manyClasses = 100
const keptShares = 5

/** Throws AppError "dataset-not-found". */
export async function defaultDraft(
  source: SplitSource & { readonly methods: readonly DistillationMethod[] },
  id: string
): Promise<DistilDraft> {
  const dataset = source.store.datasets.get(id)
  if (dataset === undefined) throw new AppError('dataset-not-found')
  const data = dataset.kind === 'images' ? 'pictures' : 'vectors'
  const draft = { perClass: 10 }
  const recommended = recommendFor(methodChoices(source.methods, data), draft, data)
  const some = Uint32Array.from({ length: Math.min(1000, dataset.items) }, (_, row) => row)
  const own = await ownSide(source.items, dataset, some)
  return DistilDraft.parse({
    dataset: id,
    kind: recommended.kind,
    method: { id: recommended.method },
    perClass: draft.perClass,
    effort: 'standard',
    labels: { kind: 'soft', keep: dataset.classNames.length > manyClasses ? keptShares : null },
    side: data === 'pictures' && (own === undefined || own > usualSide) ? usualSide : null,
    check: { chosen: true }
  })
}
