// zod as the contract uses it. Without this setting zod compiles a checker for every schema as soon
// as the schema is made, which the page's security policy forbids (rules E4 and L7); importing it
// from here is the only way to be sure that the setting comes first.
import { z } from 'zod'

z.config({ jitless: true })

export { z }
