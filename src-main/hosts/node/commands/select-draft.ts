// The options of `winnow select` as a draft: what is recommended for the data, then --plan and
// --rules, then single options, which have the last word.
import { SelectDraft } from '../../../api/dto/runs.ts'
import type { readArguments } from './arguments.ts'
import { readBudget } from './budget-argument.ts'
import { UsageError } from './output.ts'
import { readPlanFile, readRulesFile } from './plan-files.ts'
import { datasetNamed, type Session } from './session.ts'
import { readTasksFile } from './tasks-file.ts'

type Parsed = ReturnType<typeof readArguments>

/** Options that say what to select; those of where and how are the command's. */
export const draftOptions = {
  method: { type: 'string' },
  budget: { type: 'string' },
  goal: { type: 'string' },
  tasks: { type: 'string' },
  'task-column': { type: 'string' },
  'per-task': { type: 'string' },
  'per-label': { type: 'string' },
  rules: { type: 'string' },
  plan: { type: 'string' },
  seed: { type: 'string' },
  check: { type: 'boolean' },
  repeats: { type: 'string' },
  name: { type: 'string' },
  set: { type: 'string', multiple: true },
  'keep-near-duplicates': { type: 'boolean' }
} as const

/** The draft that the options ask for. Throws UsageError for what cannot be meant. */
export async function draftFrom(
  session: Session,
  defaults: SelectDraft,
  parsed: Parsed
): Promise<SelectDraft> {
  const planPath = parsed.text('plan')
  const base = { ...defaults, ...(planPath === undefined ? {} : await readPlanFile(planPath)) }
  const budget = parsed.text('budget')
  const isRecipe = parsed.text('recipe') !== undefined
  const hasPlannedCheck = (planPath !== undefined || isRecipe) && base.check.isOn
  const method = parsed.text('method')
  const settings = readSettings(parsed.many('set'))
  return {
    ...base,
    name: parsed.text('name') ?? base.name,
    goal: readGoal(parsed.text('goal')) ?? base.goal,
    tasks: await tasksFrom(session, defaults, parsed),
    budget: budget === undefined ? base.budget : readBudget(budget),
    method: {
      id: method ?? base.method.id,
      // A recipe's settings belong to its method; recommended ones are what a method uses anyway.
      params: isRecipe && method === undefined ? { ...base.method.params, ...settings } : settings
    },
    rules: await rulesFrom(defaults.rules, parsed),
    seed: parsed.integer('seed', base.seed),
    check: {
      ...base.check,
      isOn: parsed.flag('check') || hasPlannedCheck,
      repeats: parsed.integer('repeats', base.check.repeats)
    }
  }
}

function readGoal(text: string | undefined): SelectDraft['goal'] | undefined {
  if (text === undefined) return undefined
  const goal = SelectDraft.shape.goal.safeParse(text)
  if (goal.success) return goal.data
  throw new UsageError(
    `--goal must be one of ${SelectDraft.shape.goal.options.join(', ')}, not "${text}".`
  )
}

async function rulesFrom(
  usual: SelectDraft['rules'],
  parsed: Parsed
): Promise<SelectDraft['rules']> {
  const path = parsed.text('rules')
  const rules = path === undefined ? usual : await readRulesFile(path)
  return parsed.flag('keep-near-duplicates')
    ? { ...rules, nearDuplicates: { ...rules.nearDuplicates, isOn: false } }
    : rules
}

async function tasksFrom(
  session: Session,
  defaults: SelectDraft,
  parsed: Parsed
): Promise<SelectDraft['tasks']> {
  const given = ['tasks', 'task-column', 'per-label'].filter(
    (name) => parsed.text(name) !== undefined
  )
  if (given.length > 1)
    throw new UsageError(`Use only one of ${given.map((name) => `--${name}`).join(' and ')}.`)
  const file = parsed.text('tasks')
  if (file !== undefined)
    return readTasksFile(file, defaults.dataset, (name) => datasetNamed(session, name))
  const column = parsed.text('task-column')
  if (column !== undefined)
    return tasksOfColumn(session, defaults.dataset, column, perTask(parsed, 'per-task'))
  if (parsed.text('per-label') !== undefined)
    return { kind: 'labels', perTask: perTask(parsed, 'per-label') }
  return defaults.tasks
}

function perTask(parsed: Parsed, name: string): number {
  const value = parsed.integer(name, 20)
  if (value < 1 || value > 1000) throw new UsageError(`--${name} must be from 1 to 1000.`)
  return value
}

/** One task per value of the column; the label column's values are the classes themselves. */
async function tasksOfColumn(
  session: Session,
  dataset: string,
  column: string,
  examples: number
): Promise<SelectDraft['tasks']> {
  const { columns, labelColumn } = await session.client.call('datasets.get', { dataset })
  if (column === labelColumn) return { kind: 'labels', perTask: examples }
  const kept = columns.filter(({ role }) => role !== 'ignore').map(({ name }) => name)
  if (kept.includes(column)) return { kind: 'column', column, perTask: examples }
  const names = kept.map((name) => `"${name}"`).join(', ')
  throw new UsageError(
    `There is no column "${column}" for --task-column. The data has ${names || 'no columns'}.`
  )
}

/**
 * `--set combine=round-robin` pairs. Numbers, true, false, null and anything that begins as JSON
 * does ([, {, ") are read as JSON; every other value is a word.
 */
export function readSettings(pairs: readonly string[]): SelectDraft['method']['params'] {
  const params: SelectDraft['method']['params'] = {}
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`--set wants NAME=VALUE, not "${pair}".`)
    const text = pair.slice(at + 1)
    const isJson = /^(true|false|null|-?\d+(\.\d+)?(e[+-]?\d+)?|[[{"].*)$/is.test(text)
    try {
      params[pair.slice(0, at)] = isJson ? (JSON.parse(text) as string) : text // any JSON value
    } catch {
      throw new UsageError(`--set ${pair.slice(0, at)}: ${text} is not right JSON.`)
    }
  }
  return params
}
