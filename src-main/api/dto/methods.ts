// A method as the screens see it; made from its declaration, never written by hand.
import { z } from '../zod.ts'
import { Json } from './common.ts'

/**
 * What a method goes by: the example tasks, how the items differ from each other, how hard they are
 * for a model, how much each source gives, a list made elsewhere, or chance alone. All methods of the
 * distillation family are in "tiny-set".
 */
export const MethodGroup = z.enum([
  'examples',
  'variety',
  'difficulty',
  'sources',
  'list',
  'chance',
  'tiny-set'
])
export type MethodGroup = z.infer<typeof MethodGroup>

export const MethodInfo = z.strictObject({
  id: z.string(),
  family: z.enum(['selection', 'distillation']),
  group: MethodGroup,
  version: z.int(),
  name: z.string(),
  oneLine: z.string(),
  description: z.string(),
  whenToUse: z.string(),
  whenNotToUse: z.string(),
  reads: z.array(z.string()),
  gives: z.string(),
  /** Whether example tasks decide what is chosen: always, when the user gave some, or never. */
  aimsAtTasks: z.enum(['always', 'if-given', 'never']),
  /** What it needs or can use beside fingerprints and labels. */
  readsTexts: z.boolean(),
  needsSources: z.boolean(),
  usesGradients: z.boolean(),
  memory: z.string(),
  reference: z.strictObject({
    title: z.string(),
    authors: z.string(),
    where: z.string(),
    note: z.string()
  }),
  /** JSON Schema of the parameters with title, description, unit and default. */
  params: Json,
  defaults: z.record(z.string(), Json)
})
export type MethodInfo = z.infer<typeof MethodInfo>
