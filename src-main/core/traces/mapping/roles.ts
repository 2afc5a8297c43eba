// What roles of messages mean, guessed from their names.
import type { TraceMapping } from '../../../api/dto/trace-sets.ts'

export type MappedRole = TraceMapping['roles'][string]

const names: readonly (readonly [MappedRole, RegExp])[] = [
  ['system', /^(?:system|developer|instructions?)$/i],
  ['user', /^(?:user|human|customer|client|person|requester|task)$/i],
  [
    'tool',
    /^(?:tool|function|ipython|terminal|executor|api|env|environment)(?:[_ -]?(?:result|response|output|reply))?$/i
  ],
  ['observation', /^(?:observation|screen|state|page|dom|html|screenshot)$/i],
  ['assistant', /assistant|^(?:ai|gpt|bot|model|llm|chatbot|claude|action|thought)$|agent/i]
]

/** The role a name sounds like; undefined when it says nothing. */
export function guessRole(name: string): MappedRole | undefined {
  const plain = name.trim()
  return names.find(([, pattern]) => pattern.test(plain))?.[0]
}
