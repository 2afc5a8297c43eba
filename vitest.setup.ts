// Property tests draw the same cases in every run, so that a failure belongs to the change that
// made it. `FC_SEED=random npm run test:unit` looks for new ones; a number repeats a run.
import fc from 'fast-check'
import { vi } from 'vitest'

const asked = process.env['FC_SEED']
if (asked !== 'random')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked ?? 20_261_121) })

/** How long a state is waited for where a test names no limit; one second is short on a busy machine. */
const patienceMs = 12_000
const { waitFor, waitUntil } = vi
vi.waitFor = (callback, options = patienceMs) => waitFor(callback, options)
vi.waitUntil = (callback, options = patienceMs) => waitUntil(callback, options)
