// What a review says about a helper model of the analyst's own: whether it fits, how its outputs are
// read, and how pictures are brought to its size.
import type { JsonValue, ValidationMessage } from '../../../api/dto/common.ts'
import type { DistilDraft } from '../../../api/dto/distil.ts'
import type { DistillationMethod } from '../../methods/distillation/distillation-method.ts'
import { message } from '../../selection/message-parts.ts'
import { fitHelper, type FitsTo } from './helper-fit.ts'
import { givenSize } from './helper-items.ts'
import type { KeptHelper } from './helper-store.ts'

export interface HelperReview extends FitsTo {
  readonly draft: DistilDraft
  readonly method: DistillationMethod | undefined
  /** True when the method asks for a helper model with these settings. */
  readonly isAskedFor: boolean
  /** The file of the draft; undefined when it is not in the project. */
  readonly helper: KeptHelper | undefined
}

/** Why a method does not take a helper model from a file; null when it does. */
export function whyNoOwnHelper(
  method: Pick<DistillationMethod, 'itemsAsked'>,
  asksForOne: boolean
): string | null {
  if (method.itemsAsked !== undefined) return null
  return asksForOne
    ? 'It works with the inside of its helper models, which a file does not show, so it trains them here.'
    : 'It needs no helper model.'
}

const trainHere = {
  label: 'Train one here',
  patch: { helper: { kind: 'train' } } satisfies Record<string, JsonValue>
}

/** Empty when a helper model is trained here. */
export function helperMessages(review: HelperReview): ValidationMessage[] {
  const { draft, method, helper } = review
  if (draft.helper?.kind !== 'file' || method === undefined) return []
  const why = whyNoOwnHelper(method, review.isAskedFor)
  if (why !== null && review.isAskedFor)
    return [
      message(
        'H1',
        'error',
        'effort',
        `${method.card.name} cannot use a helper model from a file. ${why}`,
        [trainHere]
      )
    ]
  if (!review.isAskedFor)
    return [
      message('H2', 'note', 'effort', `${method.card.name} does not ask a helper model.`, [
        trainHere
      ])
    ]
  if (helper === undefined)
    return [
      message(
        'H1',
        'error',
        'effort',
        `The helper model \u201c${draft.helper.name}\u201d is not in this project. Choose its file again.`,
        [trainHere]
      )
    ]
  if (draft.labels.kind !== 'hard' && draft.labels.kind !== 'soft')
    return [
      message(
        'H1',
        'error',
        'effort',
        'Labels that are asked for while students learn need a helper model trained here.',
        [trainHere]
      )
    ]
  const fit = fitHelper(helper, review)
  if (fit.problem !== undefined)
    return [message('H1', 'error', 'effort', `${fit.problem} ${fit.hint}`, [trainHere])]
  return [
    {
      ...message('H2', 'note', 'effort', mappingText(helper.name), []),
      details: {
        label: 'Which output is which label',
        lines: review.classNames
          .slice(0, 300)
          .map((label, at) => `Output ${fit.outputOf[at] + 1}: ${label}`)
      }
    },
    ...sizeMessages(review, helper)
  ]
}

function mappingText(name: string): string {
  return `The outputs of \u201c${name}\u201d are read as the labels, in their order. How often it is right is measured before anything is made.`
}

function sizeMessages({ shape, data }: HelperReview, { input }: KeptHelper): ValidationMessage[] {
  const to = givenSize({ input, shape })
  const isSame = to.height === shape.height && to.width === shape.width
  if (data !== 'pictures' || isSame) return []
  return [
    message(
      'H3',
      'note',
      'effort',
      `Your helper model expects pictures of ${to.width} \u00d7 ${to.height}; those of ${shape.width} \u00d7 ${shape.height} are brought to that size for it.`
    )
  ]
}
