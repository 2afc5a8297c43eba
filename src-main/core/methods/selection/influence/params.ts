// The parameters of influence functions as the form, the command line and the record see them.
import { z } from 'zod'
import { curvatureRows, targetParams } from '../../head-gradients/target-params.ts'

/** How the curvature is held. */
export const curvatureForms = ['auto', 'exact', 'ek-fac'] as const
export type CurvatureForm = (typeof curvatureForms)[number]

export const influenceParams = z.object({
  ...targetParams('mean', 'none'),
  form: z
    .enum(curvatureForms)
    .default('auto')
    .meta({
      title: 'Correction',
      description:
        'exact: what items have in common is corrected for in full. ek-fac: in a shorter form for many ' +
        'labels and columns, close to it and much faster. auto: exact up to 4,000 numbers (labels x columns).'
    }),
  damping: z
    .number()
    .min(0)
    .max(1000)
    .default(1)
    .meta({
      title: 'Damping',
      description:
        'Keeps rare directions from deciding everything, in units of the average one. 0 forecasts most ' +
        'exactly what leaving one item out would do; more is steadier where labels are wrong.'
    }),
  holdBack: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .meta({
      title: 'Holding back the helper model',
      description:
        'Weight decay the helper model is trained with. 0 = automatic: 0.25 divided by the root of the ' +
        'number of items it learns from.'
    }),
  curvatureRows
})
export type InfluenceParams = z.output<typeof influenceParams>
