// Graphs of tasks: asked for when shown, kept by whoever shows them.
import { defineStore } from 'pinia'
import type { TraceGraph } from '@api/dto/trace-graphs.ts'
import { coreWords } from '../text/core-words.ts'
import { useConnection } from './connection.ts'

/** Boxes that the app names; others are called what the tools of the agents are called. */
const namedByUs: ReadonlySet<string> = new Set(['start', 'pass', 'fail', 'other'])

/** A graph with its beginning and ends named in the language of the page. */
function inWords(graph: TraceGraph): TraceGraph {
  const isEnd = (at: number): boolean =>
    ['pass', 'fail', 'other'].includes(graph.boxes[at]?.kind ?? 'state')
  return {
    ...graph,
    boxes: graph.boxes.map((box) =>
      namedByUs.has(box.kind) ? { ...box, label: coreWords(box.label) } : box
    ),
    lines: graph.lines.map((line) =>
      isEnd(line.to)
        ? {
            ...line,
            actions: line.actions.map((action) => ({ ...action, label: coreWords(action.label) }))
          }
        : line
    )
  }
}

/** Calls about graphs of tasks. */
export const useTraceGraphs = defineStore('trace-graphs', () => {
  const connection = useConnection()
  return {
    /** All attempts at a task as a drawing. */
    graph: async (set: string, task: string): Promise<TraceGraph> =>
      inWords(await connection.call('traces.graph', { set, task }))
  }
})
