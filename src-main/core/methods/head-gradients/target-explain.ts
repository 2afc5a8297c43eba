// What a method that aims at example tasks says: one sentence per row from its stored columns, and
// notes for the result.
import type { ExplainInputs, Reason, SelectionInputs } from '../method.ts'
import type { Field, TargetChoice } from './choose.ts'
import { rowFlags } from './score-pass.ts'
import type { TargetParams } from './target-params.ts'

/** What is stored as `info`. */
export interface TargetInfo extends Record<string, unknown> {
  readonly tasks: readonly string[]
  readonly weights: readonly number[]
  readonly join: TargetParams['join']
  readonly balance: TargetParams['balance']
  readonly fields: readonly Field[]
  /** Typical size of a value: root of the mean square over all rows that can be compared. */
  readonly typical: number
  /** Largest value a row can have, where there is one (cosines: 1). */
  readonly most: number | null
  readonly notFinite: number
  readonly zero: number
  readonly noLabel: number
  readonly facts: Readonly<Record<string, number | string>>
  /** Names of the checkpoints where gradients made elsewhere were compared. */
  readonly checkpoints?: readonly string[]
}

const number = (value: number): string => value.toLocaleString('en-US')

const items = (count: number): string => `${number(count)} ${count === 1 ? 'item' : 'items'}`

/** "0.41 of at most 1", or "2.3 times the usual amount". */
function strength(value: number, { most, typical }: TargetInfo): string {
  const size = Math.abs(value)
  if (most !== null) return `${size.toFixed(2)} of at most ${most}`
  const times = typical > 0 ? size / typical : 0
  return `${times < 10 ? times.toFixed(1) : Math.round(times)} times the usual amount`
}

/** The reason of one row, in the same words for every method of this kind. */
export function explainTarget(inputs: ExplainInputs): Reason {
  // `info` was written by these methods; the cast undoes only the loss of its type on disk.
  const info = inputs.info as unknown as TargetInfo
  const { columns, row, isChosen } = inputs
  const flag = columns['flags'][row] ?? rowFlags.compared
  if (flag !== rowFlags.compared) return withoutValue(flag, isChosen, info)
  const value = columns['value'][row]
  const field = info.fields[columns['field'][row]]
  const task = info.tasks[columns['bestTask'][row]] ?? ''
  const among =
    info.balance === 'labels' && inputs.label !== undefined ? ` labelled "${inputs.label}"` : ''
  const place = `place ${number(columns['place'][row])} of ${items(field.size)}${among}`
  const for_ = info.join === 'max' ? `the example task ${task}` : 'the example tasks together'
  const said =
    value > 0
      ? `learning from it helps ${for_} (${strength(value, info)}; ${place})`
      : `learning from it does nothing for ${for_} or works against it (${place})`
  if (isChosen) {
    return value > 0
      ? { code: 'kept-helps', text: `Kept because ${said}.` }
      : { code: 'kept-fill', text: `Kept to fill the budget: ${said}.` }
  }
  if (!field.isAsked)
    return {
      code: 'label-not-asked',
      text: `Left out: no example has its label${labelOf(inputs)}.`
    }
  if (!(value > 0)) return { code: 'works-against', text: `Left out: ${said}.` }
  const room = field.room === 1 ? 'the one place' : `the ${number(field.room)} places`
  return {
    code: 'helps-less',
    text: `Left out: ${said}, and others help more: they took ${room}.`
  }
}

const labelOf = ({ label }: ExplainInputs): string => (label === undefined ? '' : ` "${label}"`)

function withoutValue(flag: number, isChosen: boolean, { checkpoints }: TargetInfo): Reason {
  const zero =
    checkpoints === undefined
      ? 'the helper model is already certain about it'
      : 'its learning directions hold nothing but zeros'
  const why =
    flag === rowFlags.notFinite
      ? 'its numbers could not be read'
      : flag === rowFlags.noLabel
        ? 'it has no label'
        : zero
  if (isChosen) {
    return {
      code: 'kept-last',
      text: `Kept to fill the budget, although ${why}, so no task could judge it.`
    }
  }
  const code =
    flag === rowFlags.notFinite
      ? 'not-comparable'
      : flag === rowFlags.noLabel
        ? 'no-label'
        : 'no-direction'
  return { code, text: `Left out: ${why}, so no task could judge it.` }
}

/** Notes every method of this kind may have to make. */
export function targetNotes(
  inputs: SelectionInputs,
  info: TargetInfo,
  choice: TargetChoice,
  active: readonly boolean[]
): string[] {
  const notes: string[] = []
  if (info.notFinite > 0)
    notes.push(`${items(info.notFinite)} held numbers that could not be read and came last.`)
  if (info.noLabel > 0) notes.push(`${items(info.noLabel)} had no label and came last.`)
  if (info.zero > 0)
    notes.push(
      info.checkpoints === undefined
        ? `${items(info.zero)} gave the helper model no direction to learn and came last.`
        : `${items(info.zero)} had learning directions of nothing but zeros and came last.`
    )
  const chosen = choice.order.subarray(0, inputs.budget)
  let against = 0
  for (const row of chosen) if (choice.value[row] <= 0 && choice.value[row] > -Infinity) against++
  if (against > 0) {
    notes.push(
      `${items(against)} of the chosen do nothing for the examples or work against them: there were not enough others.`
    )
  }
  notes.push(...collapseNote(inputs, info, chosen))
  inputs.tasks.forEach((task, index) => {
    if (!active[index])
      notes.push(`The example task "${task.name}" has no usable example, so it did not count.`)
  })
  if (info.weights.some((weight) => weight !== 1)) {
    const list = info.tasks.map((name, index) => `${name} ${info.weights[index]}`).join(', ')
    notes.push(`Tasks counted by importance: ${list}.`)
  }
  return notes
}

/** Labels with fair shares that lost nearly everything: the usual fault of a plain list of the best. */
function collapseNote(inputs: SelectionInputs, info: TargetInfo, chosen: Uint32Array): string[] {
  if (info.balance === 'labels') return []
  const available = inputs.classNames.map(() => 0)
  const kept = inputs.classNames.map(() => 0)
  for (const label of inputs.labels) if (label >= 0) available[label]++
  for (const row of chosen) if (inputs.labels[row] >= 0) kept[inputs.labels[row]]++
  const starved = inputs.classNames.filter((_, label) => {
    const fair = (inputs.budget * available[label]) / inputs.labels.length
    return fair >= 2 && kept[label] < fair / 5
  })
  if (starved.length === 0) return []
  const names = starved.length > 4 ? `${starved.length} labels` : starved.join(', ')
  return [
    `The list of the best left ${names} with hardly any of their items. Set "Mix of labels" to "labels" to keep the mix.`
  ]
}
