// The same line in ShareGPT's form: turns from "human", "gpt", "function_call" and "observation".
import type { ChatMessage } from './conversation.ts'
import type { SftLine } from './sft.ts'

/** A turn; those of the model carry the weight of their message. */
export interface ShareGptTurn {
  readonly from: 'system' | 'human' | 'gpt' | 'function_call' | 'observation'
  readonly value: string
  readonly weight?: 0 | 1
  readonly train?: boolean
}

/** A record of sharegpt.json; `tools` is a list as JSON text, as LLaMA-Factory reads it. */
export interface ShareGptRecord extends Omit<SftLine, 'messages' | 'tools'> {
  readonly conversations: readonly ShareGptTurn[]
  readonly tools?: string
}

/** A line in the other form. Words beside a call become a turn of their own before it. */
export function shareGptOf({ messages, tools, ...facts }: SftLine): ShareGptRecord {
  return {
    conversations: messages.flatMap((message) => {
      const { weight, train } = message
      const learnt = weight === undefined || train === undefined ? {} : { weight, train }
      return turnsOf(message).map((turn) => ({ ...turn, ...learnt }))
    }),
    ...(tools === undefined
      ? {}
      : { tools: JSON.stringify(tools.map(({ function: each }) => each)) }),
    ...facts
  }
}

function turnsOf({ role, content, tool_calls, reasoning_content }: ChatMessage): ShareGptTurn[] {
  if (role === 'system') return [{ from: 'system', value: content ?? '' }]
  if (role === 'user') return [{ from: 'human', value: content ?? '' }]
  if (role === 'tool') return [{ from: 'observation', value: content ?? '' }]
  const thought = reasoning_content === undefined ? '' : `<think>\n${reasoning_content}\n</think>\n`
  const said = `${thought}${content ?? ''}`
  const calls = (tool_calls ?? []).map(
    ({ function: { name, arguments: given } }): ShareGptTurn => ({
      from: 'function_call',
      value: `{"name":${JSON.stringify(name)},"arguments":${given}}`
    })
  )
  return said === '' && calls.length > 0 ? calls : [{ from: 'gpt', value: said }, ...calls]
}
