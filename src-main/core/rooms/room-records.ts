// A path as an attempt: its steps are the moves, its screens the places, so that review, the map of
// paths, filters and exports work on it as on any other trace.
import {
  metresBetween,
  type NavigationGraph
} from '../methods/traces/navigation/navigation-graph.ts'
import { event } from '../traces/formats/trace-format.ts'
import type { TraceEvent, TraceRecord } from '../traces/model/trace.ts'
import type { RoomPath } from './read-rooms.ts'

/** The path of the data as an attempt that reached its goal: it is the reference. */
export function roomRecord(graph: NavigationGraph, path: RoomPath): TraceRecord {
  const { places, ways } = graph
  const [goal = `Find the way along path ${path.id}.`] = path.instructions
  const nameOf = (at: number): string => places[at].id
  const events: TraceEvent[] = [
    event('user', path.instructions.length === 0 ? goal : path.instructions.join('\n\n'))
  ]
  const stand = (at: number): void => {
    const { x, y, z } = places[at]
    const on = ways[at].map(
      ({ to, length }) => `${nameOf(to)} (${length.toFixed(1)} m ${towards(graph, at, to)})`
    )
    const here = [x, y, z].map((metres) => metres.toFixed(1)).join(', ')
    events.push(event('observation', `At ${nameOf(at)} (${here})\nWays on:\n${on.join('\n')}`))
  }
  path.path.forEach((place, step) => {
    if (step > 0) {
      const from = path.path[step - 1]
      const metres = Number(metresBetween(places[from], places[place]).toFixed(2))
      events.push(event('tool-call', '', { name: 'go', data: { to: nameOf(place), metres } }))
    }
    stand(place)
  })
  events.push(event('tool-call', '', { name: 'stop', data: {} }))
  return {
    id: `${path.scan} ${path.id}`,
    task: { key: `${path.scan} ${path.id}`, goal },
    trial: 0,
    outcome: 'pass',
    reward: null,
    endReason: null,
    events,
    warnings: [],
    gold: null,
    marked: null,
    facts: {
      agent: 'Path of the data',
      model: null,
      startedAt: null,
      durationMs: null,
      tokensIn: null,
      tokensOut: null,
      cost: null,
      seed: null,
      family: path.scan
    }
  }
}

const winds = [
  'east',
  'north-east',
  'north',
  'north-west',
  'west',
  'south-west',
  'south',
  'south-east'
]

function towards({ places }: NavigationGraph, from: number, to: number): string {
  const angle = Math.atan2(places[to].y - places[from].y, places[to].x - places[from].x)
  return winds[(Math.round(angle / (Math.PI / 4)) + 8) % 8]
}
