// The parameters of DSIR as the form, the command line and the record see them.
import { z } from 'zod'

/** How long and short texts are compared. */
export const lengthRules = ['per-word', 'root', 'total'] as const
export type LengthRule = (typeof lengthRules)[number]

/** What is assumed of words that the examples do not hold. */
export const unseenRules = ['as-data', 'even'] as const
export type UnseenRule = (typeof unseenRules)[number]

/** How the places are shared out among several example tasks. */
export const shareRules = ['importance', 'size'] as const
export type ShareRule = (typeof shareRules)[number]

export const dsirParams = z.object({
  length: z
    .enum(lengthRules)
    .default('per-word')
    .meta({
      title: 'Long and short texts',
      description:
        'per-word: a text counts by its average word, so long and short ones have the same chance. ' +
        'total: all its words are added up (the paper), so length decides much. root: in between.'
    }),
  chance: z
    .number()
    .min(0)
    .max(10)
    .default(1)
    .meta({
      title: 'Room for chance',
      description:
        '1: texts are drawn by lot, likelier the more they are like the examples (the paper). 0: the ' +
        'most alike are kept, always. Higher: more is left to the lot.'
    }),
  smoothing: z
    .number()
    .min(0)
    .max(10)
    .default(0.1)
    .meta({
      title: 'Allowance for words not seen',
      description:
        'Added to the count of every word, so that a word is not held against a text only because the ' +
        'few examples do not hold it. 0 = none (the paper): for thousands of examples.'
    }),
  unseen: z
    .enum(unseenRules)
    .default('as-data')
    .meta({
      title: 'Words not seen',
      description:
        'as-data: the allowance follows the data, so all words the examples do not hold speak against ' +
        'a text alike. even: the same for every word (the paper); rare words then speak for a text.'
    }),
  minWords: z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .meta({
      title: 'Fewest words',
      description:
        'Texts with fewer words and punctuation marks are never kept, even if fewer than asked for ' +
        'remain. The paper drops texts under 100, which suits web pages and not questions or chats.',
      unit: 'words'
    }),
  share: z
    .enum(shareRules)
    .default('importance')
    .meta({
      title: 'Places per example task',
      description:
        'importance: by the importance you gave each task. size: by how many words its examples hold ' +
        '(the paper), times its importance.'
    })
})
export type DsirParams = z.output<typeof dsirParams>
