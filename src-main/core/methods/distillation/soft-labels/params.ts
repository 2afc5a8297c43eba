// The parameters of the soft-label method as the form, the command line and the record see them.
import { z } from 'zod'
import { realChoices } from '../real-items/choose-rows.ts'

/** How the real items are chosen; "difficulty" needs the helper model. */
export const itemChoices = [...realChoices, 'difficulty'] as const

export const softLabelParams = z.object({
  choice: z
    .enum(itemChoices)
    .default('k-means')
    .meta({
      title: 'Which items',
      description:
        'random: by lot. typical: nearest to the average of their label. herding: so that their average is that of ' +
        'the label. k-center: far from each other. k-means: one from each group. layers: a share of every ' +
        'layer from typical to particular. difficulty: from one tenth of the items, sorted by how hard the ' +
        'helper model finds them.'
    }),
  compare: z
    .enum(['helper', 'items'])
    .default('helper')
    .meta({
      title: 'Compare items by',
      description:
        'helper: by what the trained helper model sees in them. items: by their own pixels or numbers. Not used for ' +
        'random and difficulty.'
    }),
  tenth: z.int().min(0).max(9).default(2).meta({
    title: 'Which tenth',
    description: 'With "difficulty": 0 = the easiest tenth of each label, 9 = the hardest.'
  }),
  experts: z.int().min(1).max(10).default(1).meta({
    title: 'Helper models',
    description: 'How many are trained; what they say about an item is averaged.'
  }),
  expertEpochs: z
    .int()
    .min(1)
    .max(1000)
    .default(8)
    .meta({
      title: 'Passes of a helper model',
      description:
        'How often it goes through all training items. Its labels are taken from the moment that teaches best, ' +
        'which is often before the end.'
    }),
  expertRate: z.number().min(1e-5).max(1).default(0.02).meta({
    title: 'Step size of a helper model',
    description: 'Smaller steps give a finer choice of early moments.'
  }),
  expertMomentum: z.number().min(0).max(0.99).default(0.9).meta({
    title: 'Momentum of a helper model',
    description: 'How much of its last step it repeats. The paper has 0, which learns more slowly.'
  }),
  expertAugment: z.boolean().default(false).meta({
    title: 'Change pictures for the helper model',
    description: 'Shifts, turns and colours drawn anew for every pass. Better at the end, slower.'
  }),
  moments: z.int().min(1).max(200).default(4).meta({
    title: 'Moments tried',
    description:
      'From how many moments of the helper model labels are tried, spread over its training.'
  }),
  averaged: z
    .int()
    .min(1)
    .max(20)
    .default(3)
    .meta({
      title: 'Moments averaged',
      description:
        'Labels are the average of the chosen moment and those just before it, which evens out chance. Only moments ' +
        'past half of the chosen one count. 1 = the chosen one alone.'
    }),
  temperatures: z
    .int()
    .min(1)
    .max(10)
    .default(2)
    .meta({
      title: 'Temperatures tried',
      description:
        'Each evens the labels out more. 1 = as the helper model gives them; 10 = the grid of the paper, up to ' +
        'five times as even.'
    }),
  teacherShares: z.boolean().default(false).meta({
    title: 'Try a mixture with plain labels',
    description:
      'Also tries three quarters, a half and a quarter of the helper model beside the plain label.'
  }),
  rates: z.int().min(1).max(5).default(2).meta({
    title: 'Step sizes tried',
    description: 'For students on richer and on plain labels alike.'
  }),
  finalists: z.int().min(1).max(20).default(2).meta({
    title: 'Finalists',
    description: 'How many of the labels tried in short trainings go on to full ones.'
  }),
  students: z.int().min(1).max(10).default(1).meta({
    title: 'Students for each trial',
    description: 'More make the choice surer, and take longer in proportion.'
  }),
  studentEpochs: z.int().min(10).max(5000).default(300).meta({
    title: 'Passes of a student',
    description: 'How often a student goes through the tiny set. The paper has 3000.'
  }),
  studentAugment: z.boolean().default(true).meta({
    title: 'Change pictures for students',
    description: 'Shifts, turns and colours drawn anew for every pass. Labels stay as they are.'
  }),
  keep: z.int().min(0).max(1000).default(0).meta({
    title: 'Largest shares kept',
    description: 'For each item. 0 = all. Fewer take less room and lose some of the label.'
  }),
  rest: z.enum(['spread', 'drop']).default('spread').meta({
    title: 'What becomes of the smaller shares',
    description:
      'spread: together they are spread evenly over the other labels. drop: they are lost, and nothing is scaled up.'
  }),
  experiments: z
    .boolean()
    .default(false)
    .meta({
      title: 'Measure what in the labels teaches',
      description:
        'Trains students on changed labels: only the largest shares, ranks exchanged, a label never shown, and all ' +
        'but the largest share shuffled. Takes about as long as the search again.'
    }),
  frontier: z.boolean().default(false).meta({
    title: 'Measure items against knowledge',
    description:
      'Accuracy for several numbers of items and moments of the helper model. Takes several times as long.'
  })
})

export type SoftLabelParams = z.output<typeof softLabelParams>
