// Graphs of tasks: asked for when shown, kept by whoever shows them.
import { defineStore } from 'pinia'
import type { TraceGraph } from '@api/dto/trace-graphs.ts'
import { useConnection } from './connection.ts'

/** Calls about graphs of tasks. */
export const useTraceGraphs = defineStore('trace-graphs', () => {
  const connection = useConnection()
  return {
    /** All attempts at a task as a drawing. */
    graph: (set: string, task: string): Promise<TraceGraph> =>
      connection.call('traces.graph', { set, task })
  }
})
