// A draft as a `winnow select` command. Everything that is not a word goes into files to be saved
// beside: tasks.json, rules.json and, for the parts only the window can set, plan.json. The command
// does not lean on what is recommended for the data, so it stays true when that changes.
import type { JsonValue } from '../../api/dto/common.ts'
import { CheckChoice, SelectionRules, type SelectDraft } from '../../api/dto/runs.ts'
import type { DatasetRecord } from '../store/records.ts'

/** A command and the files it reads. */
export interface DraftCommand {
  readonly command: string
  readonly files: readonly CommandFile[]
}

export type CommandFile = 'tasks.json' | 'rules.json' | 'plan.json'

/** Quotes a word for a shell when it needs it. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9._/%:@=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** A budget as the command line takes it: 500, 10%, 2000B, 1000tokens, 8h@12s, smallest:98%:50%. */
export function budgetArgument(budget: SelectDraft['budget']): string {
  switch (budget.kind) {
    case 'percent':
      return `${budget.percent}%`
    case 'count':
      return String(budget.count)
    case 'bytes':
      return `${budget.bytes}B`
    case 'tokens':
      return `${budget.tokens}tokens`
    case 'time':
      return `${budget.hours}h@${budget.secondsPerItem}s`
    case 'smallest':
      return `smallest:${Number((budget.keepsShare01 * 100).toPrecision(12))}%:${budget.atMostPercent}%`
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part !== 'object' || part === null || Array.isArray(part)
      ? part
      : Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  )
}

/** A setting's value; a word that would read as something else is quoted as JSON. */
function settingText(value: JsonValue): string {
  const isPlainWord = typeof value === 'string' && !/^(true|false|null|-?\d|[[{"])/.test(value)
  return isPlainWord ? value : JSON.stringify(value)
}

/** True when a part of the draft can be said in no other way than in plan.json. */
function needsPlan(draft: SelectDraft): boolean {
  const { isOn, repeats } = draft.check
  return !(
    draft.scope.kind === 'all' &&
    draft.gradients.length === 0 &&
    draft.given === null &&
    draft.alsoTry.length === 0 &&
    isSame(draft.check, { ...CheckChoice.parse({}), isOn, repeats })
  )
}

function taskWords({ tasks }: SelectDraft): string[] {
  switch (tasks.kind) {
    case 'sets':
      return ['--tasks', 'tasks.json']
    case 'column':
      return ['--task-column', tasks.column, '--per-task', String(tasks.perTask)]
    case 'labels':
      return ['--per-label', String(tasks.perTask)]
  }
}

/** The words for the rules; empty when they are as recommended. */
function ruleWords({ rules }: SelectDraft): string[] {
  const usual = SelectionRules.parse({})
  if (isSame(rules, usual)) return []
  const off = { ...usual, nearDuplicates: { ...usual.nearDuplicates, isOn: false } }
  return isSame(rules, off) ? ['--keep-near-duplicates'] : ['--rules', 'rules.json']
}

/** The same selection as a command, with the files to save beside. */
export function commandOf(
  draft: SelectDraft,
  dataset: Pick<DatasetRecord, 'name'>,
  projectFolder: string
): DraftCommand {
  const words = ['--project', projectFolder, '--dataset', dataset.name]
  if (draft.name.trim() !== '') words.push('--name', draft.name.trim())
  words.push('--goal', draft.goal, '--method', draft.method.id)
  for (const [name, value] of Object.entries(draft.method.params))
    words.push('--set', `${name}=${settingText(value)}`)
  words.push('--budget', budgetArgument(draft.budget), ...taskWords(draft), ...ruleWords(draft))
  if (needsPlan(draft)) words.push('--plan', 'plan.json')
  words.push('--seed', String(draft.seed))
  if (draft.check.isOn) words.push('--check', '--repeats', String(draft.check.repeats))
  const files: CommandFile[] = ['tasks.json', 'rules.json', 'plan.json']
  return {
    command: ['winnow', 'select', ...words].map(shellWord).join(' '),
    files: files.filter((file) => words.includes(file))
  }
}
