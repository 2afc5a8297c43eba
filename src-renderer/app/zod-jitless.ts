// Must be imported before anything that makes a schema: without it zod tries to compile code, which
// the page's security policy forbids.
import { z } from 'zod'

z.config({ jitless: true })
