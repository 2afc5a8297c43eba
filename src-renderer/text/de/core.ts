// German for sentences that the core makes, put together from its parts in core/. Keys are the
// English sentences themselves; a test says which of them the core no longer makes, which stand
// in two parts, and which file of core/ was forgotten here.
import * as choosing from './core/choosing.ts'
import * as data from './core/data.ts'
import * as evaluation from './core/evaluation.ts'
import * as groupsAndExpand from './core/groups-and-expand.ts'
import * as health from './core/health.ts'
import * as methodSettings from './core/method-settings.ts'
import * as methodUses from './core/method-uses.ts'
import * as methods from './core/methods.ts'
import * as ownModels from './core/own-models.ts'
import * as reasons from './core/reasons.ts'
import * as refusalDetails from './core/refusal-details.ts'
import * as refusals from './core/refusals.ts'
import * as results from './core/results.ts'
import * as runs from './core/runs.ts'
import * as tinySets from './core/tiny-sets.ts'
import * as traces from './core/traces.ts'

/** All parts. A new one: its file in core/, one import above and its name here. */
const parts = [
  methods,
  methodUses,
  methodSettings,
  choosing,
  reasons,
  results,
  runs,
  evaluation,
  health,
  refusals,
  refusalDetails,
  tinySets,
  traces,
  groupsAndExpand,
  ownModels,
  data
]

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = Object.fromEntries(
  parts.flatMap((part) => Object.entries(part.sentences))
)

/** Sentences with names and figures in them; the first that fits is taken. */
export const forms: readonly (readonly [string, string])[] = parts.flatMap((part) => part.forms)
