// Words of the graph of a task: all attempts laid over each other.
import * as de from './de/trace-graph.ts'
import * as en from './en/trace-graph.ts'
import { inLanguage } from './language.ts'

export const { traceGraph } = inLanguage(en, { de })
