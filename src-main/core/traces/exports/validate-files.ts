// Checks the other files of an export as strictly as the lines for training: conversations in ShareGPT's
// form, pairs, rewards of steps, ATIF trajectories. What is wrong is said in sentences.
import type { JsonValue } from '../../../api/dto/common.ts'
import { listOf, objectOf, textOf, type JsonObject } from '../formats/trace-format.ts'
import { answerProblems, messageProblems, toolProblems } from './validate-sft.ts'

/** What is wrong with a record of sharegpt.json; empty when it is sound. */
export function validateShareGpt(value: JsonValue): string[] {
  const record = objectOf(value)
  const turns = listOf(record?.['conversations'])?.map((each) => objectOf(each))
  if (record === undefined || turns === undefined || turns.length === 0)
    return ['It holds no list of turns.']
  const problems = turns.flatMap((turn, i) => turnProblems(turn, `Turn ${i + 1}`))
  if (problems.length > 0) return problems
  const from = turns.map((turn) => textOf(turn?.['from']) ?? '')
  const isTheirs = (name: string): boolean => name === 'gpt' || name === 'function_call'
  from.forEach((name, i) => {
    const before = from[i - 1]
    if (name === 'system' && i > 0 && before !== 'system')
      problems.push(`Turn ${i + 1} gives instructions in the middle.`)
    if (name === 'human' && before === 'human')
      problems.push(`Turn ${i + 1} is the second of a person in a row.`)
    if (name === 'observation' && before !== 'observation' && before !== 'function_call')
      problems.push(`Turn ${i + 1} answers no call.`)
  })
  problems.push(...callRunProblems(from))
  if (!isTheirs(from.at(-1) ?? '') && from.at(-1) !== 'observation')
    problems.push('It does not end with a turn of the model.')
  if (!turns.some((turn) => turn?.['weight'] === 1)) problems.push('No turn has weight 1.')
  return [...problems, ...listedProblems(record['tools'], turns)]
}

const turnKeys = new Set(['from', 'value', 'weight', 'train'])
const speakers = new Set(['system', 'human', 'gpt', 'function_call', 'observation'])

function turnProblems(turn: JsonObject | undefined, at: string): string[] {
  const from = textOf(turn?.['from']) ?? ''
  if (turn === undefined || !speakers.has(from)) return [`${at} is by "${from}".`]
  const unknown = Object.keys(turn).filter((key) => !turnKeys.has(key))
  const problems = unknown.map((key) => `${at} holds "${key}", which is not known.`)
  const value = textOf(turn['value'])
  if (value === undefined) return [...problems, `${at} has no text.`]
  const { weight, train } = turn
  const isTheirs = from === 'gpt' || from === 'function_call'
  if (!isTheirs && (weight !== undefined || train !== undefined))
    problems.push(`${at} is no turn of the model but has a weight.`)
  if (isTheirs && weight !== 0 && weight !== 1) problems.push(`${at} has no weight of 0 or 1.`)
  if (isTheirs && train !== (weight === 1))
    problems.push(`${at}: "train" and "weight" say different things.`)
  if (from === 'gpt' && weight === 1 && value.trim() === '')
    problems.push(`${at} is empty but has weight 1.`)
  if (from === 'function_call' && callOf(value) === undefined)
    problems.push(`${at} is a call but no JSON with a name and arguments.`)
  return problems
}

function callOf(text: string): string | undefined {
  const call = objectOf(parsed(text))
  const name = textOf(call?.['name']) ?? ''
  return name === '' || call?.['arguments'] === undefined ? undefined : name
}

/** As many answers as calls, but for calls at the very end. */
function callRunProblems(from: readonly string[]): string[] {
  const problems: string[] = []
  let calls = 0
  let answers = 0
  const close = (at: number): void => {
    if (calls !== answers && !(answers === 0 && at === from.length))
      problems.push(`Before turn ${at + 1} there are ${calls} calls and ${answers} answers.`)
    calls = 0
    answers = 0
  }
  from.forEach((name, i) => {
    if (name === 'function_call' && answers > 0) close(i)
    if (name === 'function_call') calls++
    else if (name === 'observation') answers++
    else close(i)
  })
  close(from.length)
  return problems
}

/** `tools` is a list as JSON text; every tool that is called is among them. */
function listedProblems(
  tools: JsonValue | undefined,
  turns: readonly (JsonObject | undefined)[]
): string[] {
  if (tools === undefined) return []
  const listed = typeof tools === 'string' ? listOf(parsed(tools)) : undefined
  if (listed === undefined || listed.length === 0) return ['"tools" is no list as text.']
  const names = new Set(listed.map((each) => textOf(objectOf(each)?.['name']) ?? ''))
  if (names.has('')) return ['A listed tool has no name.']
  const called = turns.flatMap((turn) => {
    const isCall = turn?.['from'] === 'function_call'
    return isCall ? [callOf(textOf(turn['value']) ?? '') ?? ''] : []
  })
  return [...new Set(called)]
    .filter((name) => !names.has(name))
    .map((name) => `The tool "${name}" is called but not listed.`)
}

/** What is wrong with a line of pairs.jsonl; empty when it is sound. */
export function validatePair(line: string): string[] {
  const pair = objectOf(parsed(line))
  if (pair === undefined) return ['The line is not valid JSON.']
  const problems: string[] = []
  const sides = ['prompt', 'chosen', 'rejected'].map((side) => {
    const messages = listOf(pair[side])?.map((each) => objectOf(each)) ?? []
    if (messages.length === 0) problems.push(`"${side}" holds no messages.`)
    messages.forEach((message, i) => {
      const wrong =
        message === undefined ? ['It is no object.'] : messageProblems(message, i + 1, false)
      problems.push(...wrong.map((text) => `"${side}": ${text}`))
    })
    return messages.filter((message) => message !== undefined)
  })
  if (problems.length > 0) return problems
  const [prompt, chosen, rejected] = sides
  if (prompt.at(-1)?.['role'] === 'assistant') problems.push('The prompt ends with the model.')
  for (const [side, messages] of [
    ['chosen', chosen],
    ['rejected', rejected]
  ] as const) {
    if (messages.length !== 1 || messages[0]['role'] !== 'assistant')
      problems.push(`"${side}" is not one turn of the model.`)
    problems.push(
      ...answerProblems([...prompt, ...messages]).map((text) => `With "${side}": ${text}`)
    )
  }
  if (JSON.stringify(chosen) === JSON.stringify(rejected)) problems.push('Both sides say the same.')
  problems.push(...toolProblems(pair['tools'], [...prompt, ...chosen, ...rejected]))
  return [...problems, ...metaProblems(objectOf(pair['meta']))]
}

function metaProblems(meta: JsonObject | undefined): string[] {
  if (meta === undefined) return ['It does not say where it is from.']
  const isText = (name: string): boolean => (textOf(meta[name]) ?? '') !== ''
  const isSibling = meta['source'] === 'sibling'
  if (!isSibling && meta['source'] !== 'correction') return ['Its source is not known.']
  const names = ['trace', 'task', ...(isSibling ? ['sibling', 'state'] : [])]
  const problems = names.filter((name) => !isText(name)).map((name) => `"${name}" is missing.`)
  const steps = ['step', ...(isSibling ? ['sibling_step'] : [])]
  for (const name of steps)
    if (!isCount(meta[name])) problems.push(`"${name}" is no number of a step.`)
  if (!isSibling)
    for (const name of ['sibling', 'sibling_step', 'state'])
      if (meta[name] !== null) problems.push(`A correction has no "${name}".`)
  return problems
}

const labelRewards: Readonly<Record<string, number>> = { good: 1, bad: -1, unknown: 0 }
const rewardKeys = new Set([
  ...['trace', 'task', 'trial', 'step', 'prompt_ref', 'action', 'label', 'reward', 'advantage'],
  ...['first_wrong', 'decisive', 'reviewers', 'agreement']
])

/** What is wrong with a line of steps.jsonl; empty when it is sound. */
export function validateStepReward(line: string): string[] {
  const step = objectOf(parsed(line))
  if (step === undefined) return ['The line is not valid JSON.']
  const problems = Object.keys(step)
    .filter((key) => !rewardKeys.has(key))
    .map((key) => `It holds "${key}", which is not known.`)
  const say = (isWrong: boolean, text: string): void => void (isWrong && problems.push(text))
  const ref = objectOf(step['prompt_ref'])
  const label = textOf(step['label']) ?? ''
  const { reward, advantage, agreement } = step
  say((textOf(step['trace']) ?? '') === '', 'It names no attempt.')
  say(textOf(step['task']) === undefined, 'It names no task.')
  for (const name of ['trial', 'step', 'reviewers'])
    say(!isCount(step[name]), `"${name}" is no number from 0.`)
  say(ref?.['trace'] !== step['trace'], 'The place of its prompt is in another attempt.')
  say(!isCount(ref?.['event']), 'The place of its prompt has no event.')
  say(!isCount(ref?.['atif_step']) || ref?.['atif_step'] === 0, 'It has no step in atif.json.')
  const actions = listOf(step['action'])
  const isSound = actions?.every((each) => {
    const action = objectOf(each)
    return (textOf(action?.['name']) ?? '') !== '' && action?.['arguments'] !== undefined
  })
  say(isSound !== true, 'Its actions have no names or no arguments.')
  say(!Object.hasOwn(labelRewards, label), `The label "${label}" is not known.`)
  say(labelRewards[label] !== reward, 'Label and reward say different things.')
  say(step['first_wrong'] === true && label === 'good', 'A first mistake cannot be good.')
  for (const name of ['first_wrong', 'decisive'])
    say(typeof step[name] !== 'boolean', `"${name}" is neither yes nor no.`)
  say(advantage !== null && !isWithin(advantage, -1, 1), 'The advantage is out of its range.')
  say(agreement !== null && !isWithin(agreement, 0, 1), 'The agreement is no share.')
  say(agreement !== null && step['reviewers'] === 0, 'Nobody can agree without reviewers.')
  return problems
}

const atifStepKeys = new Set([
  ...['step_id', 'source', 'message', 'timestamp', 'reasoning_content', 'tool_calls'],
  ...['observation', 'extra']
])

/** What is wrong with a trajectory of atif.json; empty when it is sound. */
export function validateAtif(value: JsonValue): string[] {
  const trajectory = objectOf(value)
  const steps = listOf(trajectory?.['steps'])?.map((each) => objectOf(each)) ?? []
  if (trajectory === undefined || steps.length === 0) return ['It holds no steps.']
  const problems: string[] = []
  const agent = objectOf(trajectory['agent'])
  if (!/^ATIF-v\d+\.\d+$/.test(textOf(trajectory['schema_version']) ?? ''))
    problems.push('It names no version of the form.')
  if ((textOf(trajectory['session_id']) ?? '') === '') problems.push('It has no id.')
  for (const name of ['name', 'version'])
    if ((textOf(agent?.[name]) ?? '') === '') problems.push(`The agent has no ${name}.`)
  if (objectOf(trajectory['final_metrics'])?.['total_steps'] !== steps.length)
    problems.push('It tells another number of steps than it has.')
  steps.forEach((step, i) => problems.push(...atifStepProblems(step, i + 1)))
  return problems
}

function atifStepProblems(step: JsonObject | undefined, id: number): string[] {
  const at = `Step ${id}`
  if (step === undefined) return [`${at} is no object.`]
  const problems = Object.keys(step)
    .filter((key) => !atifStepKeys.has(key))
    .map((key) => `${at} holds "${key}", which is not known.`)
  const source = textOf(step['source']) ?? ''
  if (step['step_id'] !== id) problems.push(`${at} has another number.`)
  if (!['system', 'user', 'agent'].includes(source)) problems.push(`${at} is by "${source}".`)
  if (typeof step['message'] !== 'string') problems.push(`${at} has no message.`)
  const time = step['timestamp']
  if (time !== undefined && !(typeof time === 'string' && Number.isFinite(Date.parse(time))))
    problems.push(`${at} has a time that is none.`)
  if (source !== 'agent')
    for (const key of ['tool_calls', 'reasoning_content', 'observation'])
      if (step[key] !== undefined) problems.push(`${at} is no agent's but has "${key}".`)
  return [...problems, ...atifCallProblems(step, at)]
}

function atifCallProblems(step: JsonObject, at: string): string[] {
  if (step['tool_calls'] === undefined && step['observation'] === undefined) return []
  const calls = listOf(step['tool_calls'])?.map((each) => objectOf(each)) ?? []
  if (calls.length === 0) return [`${at} has no list of calls.`]
  const problems: string[] = []
  const ids = new Set<string>()
  for (const call of calls) {
    const id = textOf(call?.['tool_call_id']) ?? ''
    if (id === '' || ids.has(id)) problems.push(`${at} has a call without an id of its own.`)
    ids.add(id)
    if ((textOf(call?.['function_name']) ?? '') === '')
      problems.push(`${at} has a call without a name.`)
    if (call?.['arguments'] === undefined) problems.push(`${at} has a call without arguments.`)
  }
  for (const each of listOf(objectOf(step['observation'])?.['results']) ?? []) {
    const result = objectOf(each)
    const id = textOf(result?.['source_call_id']) ?? ''
    if (!ids.delete(id)) problems.push(`${at} answers no call of its own ("${id}").`)
    if (typeof result?.['content'] !== 'string') problems.push(`${at} has an answer without text.`)
  }
  return problems
}

function parsed(text: string): JsonValue | undefined {
  try {
    // JSON.parse gives JSON values.
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

function isCount(value: JsonValue | undefined): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}

function isWithin(value: JsonValue | undefined, low: number, high: number): boolean {
  return typeof value === 'number' && value >= low && value <= high
}
