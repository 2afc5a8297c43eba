// The check that every method's declaration passes when it is loaded, so that a malformed one fails
// at start and not in use.
import { z } from 'zod'

/** What all families of methods declare. */
interface Declaration {
  readonly id: string
  readonly version: number
  readonly card: { readonly reference: { readonly title: string } }
  readonly params: z.ZodObject<Record<string, z.ZodType>>
}

/**
 * Throws an Error naming the method and what is missing: every parameter needs a title, a description
 * and a default; the card and its reference must be filled in.
 */
export function checkDeclaration(method: Declaration): void {
  const fail = (what: string): never => {
    throw new Error(`method "${method.id}": ${what}`)
  }
  if (!/^[a-z][a-z0-9-]*$/.test(method.id)) fail('the id must be kebab-case')
  if (!Number.isInteger(method.version) || method.version < 1) fail('the version must be 1 or more')
  for (const [key, value] of Object.entries<unknown>({ ...method.card })) {
    if (typeof value === 'string' && value.trim() === '') fail(`card.${key} is empty`)
  }
  if (method.card.reference.title === '') fail('the reference has no title')
  const schema = z.toJSONSchema(method.params, { io: 'input' }) as {
    properties?: Record<string, { title?: string; description?: string; default?: unknown }>
  }
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (!property.title) fail(`parameter "${key}" has no title`)
    if (!property.description) fail(`parameter "${key}" has no description`)
    if (property.default === undefined) fail(`parameter "${key}" has no default`)
  }
}
