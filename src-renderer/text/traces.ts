// Words of the trace screens: sets and queues, adding traces, and one set.
import * as de from './de/traces.ts'
import * as en from './en/traces.ts'
import { inLanguage } from './language.ts'

export const { traces, addTraces, traceSet } = inLanguage(en, { de })
