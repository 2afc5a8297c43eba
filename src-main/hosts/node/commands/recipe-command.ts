// Recipes on the command line: recipe list|save|run, whatever they make.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { RecipeSummary } from '../../../api/dto/recipes.ts'
import { readArguments } from './arguments.ts'
import { runTiny } from './distil-command.ts'
import { exitCodes, UsageError } from './output.ts'
import { datasetNamed, type Session } from './session.ts'
import { fittedRecipe, recipeNamed } from './recipe-drafts.ts'
import { runDraft } from './run-draft.ts'

function show(session: Session, recipe: RecipeSummary): void {
  const from = recipe.dataName === null ? '' : ` Made on ${recipe.dataName}.`
  session.output.say(`${recipe.name}: ${recipe.sentence}${from}`)
}

/** `winnow recipe list|save|run --project P.winnow ...` */
export async function recipeCommand(session: Session, args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    args,
    {
      project: { type: 'string' },
      dataset: { type: 'string' },
      run: { type: 'string' },
      to: { type: 'string' },
      'dry-run': { type: 'boolean' }
    },
    2
  )
  const [verb = 'list', name] = parsed.positionals
  await session.open(parsed.required('project'))
  switch (verb) {
    case 'list': {
      const { recipes } = await session.client.call('recipes.list', {})
      for (const recipe of recipes) show(session, recipe)
      session.output.result({ recipes })
      return exitCodes.ok
    }
    case 'save':
      return saveCommand(session, name, parsed.text('run'), parsed.text('to'))
    case 'run': {
      if (name === undefined)
        throw new UsageError('Name the recipe, or its file: winnow recipe run NAME|FILE')
      const dataset = await datasetNamed(session, parsed.text('dataset'))
      const fitted = await fittedRecipe(session, name, dataset)
      const isDryRun = parsed.flag('dry-run')
      return fitted.makes === 'tiny'
        ? runTiny(session, fitted.draft, isDryRun)
        : runDraft(session, fitted.draft, isDryRun)
    }
    default:
      throw new UsageError(`recipe ${verb} is not known; use list, save or run.`)
  }
}

/** Keeps the settings of a run as a recipe and, with --to, writes the recipe to a file. */
async function saveCommand(
  session: Session,
  name: string | undefined,
  run: string | undefined,
  to: string | undefined
): Promise<number> {
  if (name === undefined || (run === undefined && to === undefined))
    throw new UsageError(
      'Say which: winnow recipe save NAME --run RUN, or NAME --to FILE, or both.'
    )
  let id: string | undefined
  if (run !== undefined) {
    const saved = await savedRun(session, name, run)
    show(session, saved)
    id = saved.id
  }
  if (to !== undefined) {
    id ??= await recipeNamed(session, name)
    const { json } = await session.client.call('recipes.text', { id })
    try {
      await writeFile(resolve(to), json, { flag: 'wx' })
    } catch (error) {
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (isThere) throw new UsageError(`${to} is already there; name another file.`)
      throw new UsageError(`${to} could not be written.`)
    }
    session.output.say(`Written to ${to}.`)
  }
  session.output.result({ recipe: id ?? null, to: to ?? null })
  return exitCodes.ok
}

async function savedRun(session: Session, name: string, run: string): Promise<RecipeSummary> {
  const { kind } = await session.client.call('runs.get', { run })
  if (kind === 'distil') {
    const { draft } = await session.client.call('distil.result', { run })
    return session.client.call('recipes.saveTiny', { name, draft })
  }
  const { draft } = await session.client.call('runs.result', { run })
  return session.client.call('recipes.save', { name, draft })
}
