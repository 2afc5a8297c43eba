// Parameters that the matching methods share, as the form, the command line and the record see them.
import { z } from 'zod'
import { storageRules } from './made-set.ts'
import { changeRules } from './siamese-change.ts'
import { startRules } from './start-items.ts'

/** Real items of a class in each comparison. */
export const realPerClassParam = z.int().min(1).max(4096).meta({
  title: 'Real items per class',
  description:
    'How many real items of each class are drawn for every comparison. More are steadier and slower.'
})

/** What made items begin as. */
export const startParam = z.enum(startRules).meta({
  title: 'Items begin as',
  description:
    'real: real items drawn by lot. averages: averages of alike real items. noise: random numbers, which ' +
    'takes longest to become anything.'
})

/** Siamese changes. */
export const changesParam = z.enum(changeRules).meta({
  title: 'Random changes while comparing',
  description:
    'Real and made pictures are moved, turned, cut and recoloured in the same random way before they are ' +
    'compared, and check models then train with such changes too: better, but slower. usual: without ' +
    'mirroring for grey pictures. with-mirror: mirrored as well, wrong for letters and digits.'
})

/** IDC's tiles. */
export const tilesParam = z
  .int()
  .min(1)
  .max(4)
  .default(1)
  .meta({
    title: 'Tiles along each side',
    description:
      '2 cuts every stored picture into 2 x 2 small ones that are enlarged for training: four times the ' +
      'items in the same space, each less sharp. 1 leaves pictures whole.'
  })

/** FYI's mirror. */
export const mirrorParam = z
  .boolean()
  .default(false)
  .meta({
    title: 'Compare with mirror images too',
    description:
      'Every made picture counts together with its left-right mirror, so that it need not draw both ' +
      'sides. Only for things that look the same from both sides: wrong for letters and digits, and for ' +
      'shoes that all point one way. Try it before you rely on it.'
  })

/** How items are kept. */
export const storageParam = z
  .enum(storageRules)
  .default('bytes')
  .meta({
    title: 'Stored as',
    description:
      'bytes: real pictures with 256 brightnesses, as small as your own. numbers: free values, four times ' +
      'as large, which no picture viewer shows rightly; about 2 points better with 1 per class.'
  })

/** A factor on the published rate. */
export const rateParam = z
  .number()
  .min(0.001)
  .max(1000)
  .default(1)
  .meta({
    title: 'Step size',
    description:
      'How far items move in each step: 1 is the published size. Smaller when the ' +
      'live curve jumps, larger when it hardly falls.'
  })
