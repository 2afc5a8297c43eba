// Conversations in the forms that training programs read: OpenAI messages, ShareGPT turns (LLaVA's
// when there are pictures) and Alpaca fields. What does not fit a form gets a plain reason.
import type { ChatTurn } from '../../../api/dto/datasets.ts'

/** A conversation in another form, or why it has none there. */
export type ChatForm = (
  turns: readonly ChatTurn[],
  pictures: readonly string[]
) => Readonly<Record<string, unknown>> | string

const noTurns = 'It has no turns.'

/** {"messages": [{"role", "content", "tool_calls"?}]}; pictures become parts of the content. */
export const openAiForm: ChatForm = (turns, pictures) => {
  if (turns.length === 0) return noTurns
  const messages: Record<string, unknown>[] = []
  for (const turn of turns) {
    if (turn.role === 'other') return `The role “${turn.givenRole.slice(0, 40)}” has no name there.`
    messages.push(message(turn, pictures))
  }
  return { messages }
}

function message(turn: ChatTurn, pictures: readonly string[]): Record<string, unknown> {
  const content =
    turn.pictures.length === 0
      ? turn.text
      : [
          ...turn.pictures.map((at) => ({
            type: 'image_url',
            image_url: { url: pictures[at] ?? '' }
          })),
          ...(turn.text === '' ? [] : [{ type: 'text', text: turn.text }])
        ]
  const calls = turn.toolCalls.map((call, i) => ({
    id: call.id ?? `call_${i + 1}`,
    type: 'function',
    function: { name: call.name, arguments: call.arguments }
  }))
  return {
    role: turn.role,
    content: content === '' && calls.length > 0 ? null : content,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
    ...(turn.answers === null ? {} : { tool_call_id: turn.answers })
  }
}

const fromNames = {
  system: 'system',
  user: 'human',
  assistant: 'gpt',
  tool: 'observation'
} as const

/** {"conversations": [{"from", "value"}], "image"?}; pictures are marks in the text, as LLaVA has them. */
export const shareGptForm: ChatForm = (turns, pictures) => {
  if (turns.length === 0) return noTurns
  const conversations: { from: string; value: string }[] = []
  for (const turn of turns) {
    if (turn.role === 'other') return `The role “${turn.givenRole.slice(0, 40)}” has no name there.`
    const value = [...turn.pictures.map(() => '<image>'), turn.text].filter((part) => part !== '')
    if (value.length > 0 || turn.toolCalls.length === 0)
      conversations.push({ from: fromNames[turn.role], value: value.join('\n') })
    for (const { name, arguments: given } of turn.toolCalls)
      conversations.push({
        from: 'function_call',
        value: JSON.stringify({ name, arguments: parsed(given) })
      })
  }
  const image = pictures.length === 1 ? pictures[0] : pictures
  return pictures.length === 0 ? { conversations } : { image, conversations }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** {"instruction", "input", "output", "system"?, "history"?}: questions and answers in turn. */
export const alpacaForm: ChatForm = (turns, pictures) => {
  if (turns.length === 0) return noTurns
  if (pictures.length > 0) return 'It has pictures, which this form has no place for.'
  if (turns.some((turn) => turn.toolCalls.length > 0 || turn.role === 'tool'))
    return 'It has tool calls, which this form has no place for.'
  const [first] = turns
  const system = first?.role === 'system' ? first.text : undefined
  const rest = system === undefined ? turns : turns.slice(1)
  const pairs: [string, string][] = []
  for (let at = 0; at < rest.length; at += 2) {
    const [question, answer] = [rest[at], rest[at + 1]]
    if (question?.role !== 'user' || answer?.role !== 'assistant')
      return 'It is not questions and answers in turn.'
    pairs.push([question.text, answer.text])
  }
  const last = pairs.pop()
  if (last === undefined) return noTurns
  return {
    instruction: last[0],
    input: '',
    output: last[1],
    ...(system === undefined ? {} : { system }),
    ...(pairs.length === 0 ? {} : { history: pairs })
  }
}
