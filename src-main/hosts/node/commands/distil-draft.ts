// The options of `winnow distil` as a draft: what is recommended for the data or what --recipe makes
// of it, then --plan, then single options, which have the last word.
import { z } from 'zod'
import { DistilDraft, DistilEffort, HelperValues } from '../../../api/dto/distil.ts'
import type { readArguments } from './arguments.ts'
import { UsageError } from './output.ts'
import { readJsonFile } from './plan-files.ts'
import { tinyDraftOfRecipe } from './recipe-drafts.ts'
import { readSettings } from './select-draft.ts'
import { datasetNamed, type Session } from './session.ts'

type Parsed = ReturnType<typeof readArguments>

/** Options that say what to make. */
export const distilOptions = {
  dataset: { type: 'string' },
  recipe: { type: 'string' },
  plan: { type: 'string' },
  method: { type: 'string' },
  'per-class': { type: 'string' },
  effort: { type: 'string' },
  helper: { type: 'string' },
  'helper-values': { type: 'string' },
  seed: { type: 'string' },
  name: { type: 'string' },
  set: { type: 'string', multiple: true }
} as const

/** The draft that the options ask for. Throws UsageError for what cannot be meant. */
export async function distilDraftFrom(session: Session, parsed: Parsed): Promise<DistilDraft> {
  const path = parsed.text('plan')
  const plan = path === undefined ? {} : await readPlan(path)
  const dataset = await datasetOf(session, parsed.text('dataset'), plan)
  const recipe = parsed.text('recipe')
  const defaults =
    recipe === undefined
      ? await session.client.call('distil.defaults', { dataset })
      : await tinyDraftOfRecipe(session, recipe, dataset)
  const planned = joined(defaults, plan, dataset, path ?? '')
  const perClass = parsed.integer('per-class', planned.perClass)
  if (perClass < 1 || perClass > 1000) throw new UsageError('--per-class must be from 1 to 1000.')
  const settings = readSettings(parsed.many('set'))
  const draft: DistilDraft = {
    ...planned,
    name: parsed.text('name') ?? planned.name,
    perClass,
    effort: readEffort(parsed.text('effort')) ?? planned.effort,
    seed: parsed.integer('seed', planned.seed),
    method: { id: planned.method.id, params: { ...planned.method.params, ...settings } }
  }
  const helped = await withHelper(session, parsed, draft)
  const method = parsed.text('method')
  return method === undefined || method === helped.method.id
    ? helped
    : withMethod(session, helped, method, settings)
}

/** --helper: an ONNX file that names labels; --helper-values: which numbers it takes for a pixel. */
async function withHelper(
  session: Session,
  parsed: Parsed,
  draft: DistilDraft
): Promise<DistilDraft> {
  const values = readHelperValues(parsed.text('helper-values'))
  const path = parsed.text('helper')
  if (path === undefined) {
    if (values === undefined) return draft
    if (draft.helper?.kind !== 'file')
      throw new UsageError('--helper-values belongs to --helper FILE.')
    return { ...draft, helper: { ...draft.helper, values } }
  }
  const { file, name } = await session.client.call('distil.addHelper', {
    grant: await session.grant(path)
  })
  return { ...draft, helper: { kind: 'file', file, name, values: values ?? 'imagenet' } }
}

function readHelperValues(text: string | undefined): HelperValues | undefined {
  if (text === undefined) return undefined
  const values = HelperValues.safeParse(text)
  if (values.success) return values.data
  const known = HelperValues.options.join(', ')
  throw new UsageError(`--helper-values must be one of ${known}, not "${text}".`)
}

const Plan = z.record(z.string(), z.unknown())

async function readPlan(path: string): Promise<z.infer<typeof Plan>> {
  const plan = Plan.safeParse(await readJsonFile(path, 'plan'))
  if (plan.success) return plan.data
  throw new UsageError(`The plan file "${path}" is not a plan.`)
}

/** --dataset, else the plan's own where the project holds it, else the only one there is. */
async function datasetOf(
  session: Session,
  name: string | undefined,
  plan: z.infer<typeof Plan>
): Promise<string> {
  const own = plan['dataset']
  if (name !== undefined || typeof own !== 'string') return datasetNamed(session, name)
  const { datasets } = await session.client.call('datasets.list', {})
  return datasets.some(({ id }) => id === own) ? own : datasetNamed(session, undefined)
}

/** What is recommended, with what the plan names in its place. */
function joined(
  defaults: DistilDraft,
  plan: z.infer<typeof Plan>,
  dataset: string,
  path: string
): DistilDraft {
  const check = Plan.safeParse(plan['check'] ?? {})
  const draft = DistilDraft.safeParse({
    ...defaults,
    ...plan,
    dataset,
    check: check.success ? { ...defaults.check, ...check.data } : plan['check']
  })
  if (draft.success) return draft.data
  throw new UsageError(`The plan file "${path}" is not right: ${z.prettifyError(draft.error)}`)
}

function readEffort(text: string | undefined): DistilEffort | undefined {
  if (text === undefined) return undefined
  const effort = DistilEffort.safeParse(text)
  if (effort.success) return effort.data
  throw new UsageError(`--effort must be one of ${DistilEffort.options.join(', ')}, not "${text}".`)
}

/** Another method, with the kind of set that it makes; settings of the one before do not fit it. */
async function withMethod(
  session: Session,
  draft: DistilDraft,
  id: string,
  params: DistilDraft['method']['params']
): Promise<DistilDraft> {
  const { methods } = await session.client.call('distil.review', draft)
  const found = methods.find(({ method }) => method === id)
  if (found !== undefined) return { ...draft, kind: found.kind, method: { id, params } }
  const names = methods.map(({ method }) => method).join(', ')
  throw new UsageError(`--method must be one of ${names}, not "${id}".`)
}
