// Guesses what each column is for: what the file itself says, then its name and its values, with a
// confidence; what the analyst says comes first.
import type { ColumnInfo, ColumnRole, DataKind, ImportOptions } from '../../../api/dto/datasets.ts'
import { AppError } from '../../../api/errors.ts'
import { listedRole } from '../exported-lists.ts'
import { columnType, typeOf, type ColumnStats } from './column-stats.ts'
import type { ColumnHint } from './records/record-source.ts'

export interface ColumnGuess {
  readonly columns: readonly ColumnInfo[]
  readonly kind: DataKind
  readonly labelColumn: string | undefined
}

interface Scored {
  readonly role: ColumnRole
  readonly confidence01: number
}

const labelNames =
  /^(labels?|class(es)?|category|target|y|species|sentiment|topic|subject|intent|genre|diagnosis|outcome|label_?name|class_?name)$/i
const textNames =
  /^(texts?|sentences?|reviews?|content|comments?|body|message|definition|description|title|question|prompt|abstract|tweet|document|utterance|input|instruction)$/i
const splitNames = /^(split|set|partition|subset|part|usage)$/i
const idNames = /^(id|ids|uuid|guid|index|idx|key|nr|no|row|row_?id|unnamed: 0|.+[_ ]id)$/i
// Names that mean an id even where some ids come twice.
const plainIdNames = /^(id|ids|uuid|guid|index|idx|row_?id|unnamed: 0)$/i
const groupNames =
  /(group|patient|user|session|author|speaker|family|batch|site|source|document)([_ ]?id)?$/i

// Most classes a guessed label column may have, as a share of the rows and at all.
const mostGuessedClasses = 200

/** What was found out about columns before their values are judged. */
export interface KnownColumns {
  readonly hints: ReadonlyMap<string, ColumnHint>
  /** Columns of conversations. */
  readonly chat: ReadonlySet<string>
  /** Columns whose values name picture files that are there. */
  readonly pictureFiles: ReadonlySet<string>
}

/** Roles, types and the kind of data. Throws AppError "column-not-found" or "nothing-to-import". */
export function guessColumns(
  stats: readonly ColumnStats[],
  rows: number,
  options: ImportOptions,
  known: KnownColumns
): ColumnGuess {
  for (const name of Object.keys(options.roles))
    if (!stats.some((column) => column.name === name))
      throw new AppError('column-not-found', `The data has no column “${name}”.`)
  const names = stats.map(({ name }) => name)
  const roles = stats.map((column): Scored => {
    const chosen = chosenRole(options, column.name)
    if (chosen !== undefined) return { role: chosen, confidence01: 1 }
    const listed = listedRole(column.name, names, known.chat.size > 0)
    const isPicture = listed === 'ignore' && known.pictureFiles.has(column.name)
    if (listed !== undefined && !isPicture) return { role: listed, confidence01: 0.97 }
    return knownRole(column, known) ?? guessRole(column, rows)
  })
  settle(stats, roles, options, 'split')
  settleLabel(stats, roles, rows, options)
  const kind = settleKind(stats, roles, options)
  const columns = stats.map((column, i): ColumnInfo => ({
    name: column.name,
    type: typeOf(column, roles[i].role),
    role: roles[i].role,
    confidence01: Math.round(roles[i].confidence01 * 100) / 100,
    distinct: column.hasMoreValues ? null : column.values.size,
    missing: column.missing,
    examples: [...column.examples]
  }))
  return { columns, kind, labelColumn: columns.find(({ role }) => role === 'label')?.name }
}

function knownRole(column: ColumnStats, known: KnownColumns): Scored | undefined {
  if (column.pictures > 0) return { role: 'picture', confidence01: 0.99 }
  if (known.chat.has(column.name)) return { role: 'chat', confidence01: 0.97 }
  if (known.pictureFiles.has(column.name)) return { role: 'picture', confidence01: 0.95 }
  // Conversations are told apart by what is said; their ids often repeat.
  if (known.chat.size > 0 && plainIdNames.test(column.name) && column.objects === 0)
    return { role: 'id', confidence01: 0.95 }
  const hint = known.hints.get(column.name)
  return hint === undefined || column.filled === 0
    ? undefined
    : { role: hint.role, confidence01: 0.95 }
}

// A column may be called "constructor": only own keys are choices.
function chosenRole(options: ImportOptions, name: string): ColumnRole | undefined {
  return Object.hasOwn(options.roles, name) ? options.roles[name] : undefined
}

function guessRole(column: ColumnStats, rows: number): Scored {
  const type = columnType(column)
  const isUnique = column.hasMoreValues || column.values.size >= rows
  if (column.filled === 0) return { role: 'ignore', confidence01: 0.9 }
  if (column.parts === column.filled && column.values.size <= 4)
    return { role: 'split', confidence01: splitNames.test(column.name) ? 0.98 : 0.8 }
  const isNearlyUnique = column.hasMoreValues || column.values.size >= rows / 2
  const isId = plainIdNames.test(column.name)
    ? isNearlyUnique
    : idNames.test(column.name) && isUnique
  if (isId && column.withSpace === 0) return { role: 'id', confidence01: 0.95 }
  if (column.objects > 0) return { role: 'keep', confidence01: 0.7 }
  const meanLength = column.totalLength / column.filled
  const spaced = column.withSpace / column.filled
  if (
    textNames.test(column.name) &&
    type !== 'number' &&
    type !== 'yes-no' &&
    (spaced > 0.1 || type === 'text')
  )
    return { role: 'text', confidence01: spaced > 0.5 ? 0.97 : 0.8 }
  if (groupNames.test(column.name) && type !== 'text' && !isUnique)
    return { role: 'group', confidence01: 0.6 }
  if (type === 'text' && spaced > 0.5 && meanLength >= 12)
    return { role: 'text', confidence01: Math.min(0.9, 0.5 + meanLength / 200) }
  if (type === 'date') return { role: 'keep', confidence01: 0.8 }
  if (type === 'number') return { role: 'number', confidence01: 0.9 }
  return { role: 'keep', confidence01: 0.6 }
}

// At most one column can be the split; the surest one stays, a chosen one always does.
function settle(
  stats: readonly ColumnStats[],
  roles: Scored[],
  options: ImportOptions,
  role: ColumnRole
): void {
  const holders = roles
    .map((scored, i) => ({ ...scored, i }))
    .filter((scored) => scored.role === role)
  if (holders.length < 2) return
  const [first] = holders.sort((a, b) => b.confidence01 - a.confidence01 || a.i - b.i)
  for (const { i } of holders) {
    if (i === first.i) continue
    if (chosenRole(options, stats[i].name) !== undefined)
      throw new AppError(
        'invalid-input',
        `Only one column can be the ${role}; “${stats[first.i].name}” and “${stats[i].name}” are both set to it.`
      )
    roles[i] = { role: 'keep', confidence01: 0.5 }
  }
}

function settleLabel(
  stats: readonly ColumnStats[],
  roles: Scored[],
  rows: number,
  options: ImportOptions
): void {
  if (roles.some(({ role }) => role === 'label')) return settle(stats, roles, options, 'label')
  let best: { readonly i: number; readonly score: number } | undefined
  for (let i = 0; i < stats.length; i++) {
    if (chosenRole(options, stats[i].name) !== undefined) continue
    const score = labelScore(stats[i], roles[i], rows, i === stats.length - 1)
    if (score > (best?.score ?? 0)) best = { i, score }
  }
  if (best !== undefined) roles[best.i] = { role: 'label', confidence01: best.score }
}

const neverLabels: ReadonlySet<ColumnRole> = new Set(['split', 'id', 'ignore', 'chat', 'picture'])

function labelScore(column: ColumnStats, guess: Scored, rows: number, isLast: boolean): number {
  if (neverLabels.has(guess.role)) return 0
  const classes = column.values.size
  const isPlausible =
    !column.hasMoreValues &&
    classes >= 2 &&
    classes <= mostGuessedClasses &&
    classes <= Math.max(2, rows / 2)
  if (labelNames.test(column.name))
    return isPlausible ? 0.97 : classes === 1 && !column.hasMoreValues ? 0.5 : 0
  if (!isPlausible || guess.role === 'text' || classes > rows / 5) return 0
  const type = columnType(column)
  if (type === 'date' || type === 'list') return 0
  if (type === 'number') {
    const areWhole = [...column.values.keys()].every((value) => /^\d{1,3}$/.test(value))
    return isLast && areWhole && classes <= 20 ? 0.5 : 0
  }
  return (
    (type === 'category' ? 0.55 : 0.45) + (isLast ? 0.15 : 0) - (guess.role === 'group' ? 0.3 : 0)
  )
}

function settleKind(
  stats: readonly ColumnStats[],
  roles: Scored[],
  options: ImportOptions
): DataKind {
  const has = (role: ColumnRole): boolean => roles.some((scored) => scored.role === role)
  const demoteAll = (...some: ColumnRole[]): void =>
    some.forEach((role) => demote(stats, roles, options, role))
  if (options.as === 'table') demoteAll('text', 'chat', 'picture')
  else if (options.as === 'images') demoteAll('text', 'chat')
  else if (options.as === 'text' && !has('text') && !has('chat')) promoteText(stats, roles, options)
  else if (options.as === null && !has('text') && !has('chat') && !has('picture') && !has('number'))
    promoteText(stats, roles, options)
  if (options.as === 'images' && !has('picture'))
    throw new AppError('file-not-recognised', 'No column of this data holds pictures.', {
      hint: 'Set a column of picture files to Picture.'
    })
  // A conversation is the text; other texts are facts beside it.
  if (has('chat')) demoteAll('text')
  if (has('text') || has('chat')) {
    // Beside text, numbers are facts about the row; the text carries the content.
    demoteAll('number')
    return 'text'
  }
  if (has('picture')) {
    demoteAll('number')
    return 'images'
  }
  if (!has('number'))
    throw new AppError(
      'nothing-to-import',
      'The table has no column of text, pictures or numbers.',
      { hint: 'Set a column to Text, Picture or Number.' }
    )
  return 'table'
}

function demote(
  stats: readonly ColumnStats[],
  roles: Scored[],
  options: ImportOptions,
  role: ColumnRole
): void {
  for (let i = 0; i < roles.length; i++)
    if (roles[i].role === role && chosenRole(options, stats[i].name) === undefined)
      roles[i] = { role: 'keep', confidence01: 0.7 }
}

// The column with the longest values; never one that is already the label, split or id by choice.
function promoteText(stats: readonly ColumnStats[], roles: Scored[], options: ImportOptions): void {
  let best = -1
  for (let i = 0; i < stats.length; i++) {
    const isFree = roles[i].role === 'keep' || roles[i].role === 'group'
    if (!isFree || chosenRole(options, stats[i].name) !== undefined || stats[i].filled === 0)
      continue
    const isLonger =
      best === -1 ||
      stats[i].totalLength / stats[i].filled > stats[best].totalLength / stats[best].filled
    if (isLonger) best = i
  }
  if (best !== -1) roles[best] = { role: 'text', confidence01: 0.5 }
}
