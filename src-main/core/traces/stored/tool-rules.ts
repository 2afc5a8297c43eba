// The table of a set's tools: what calls use, what they do, and how an analyst changes it.
import type { TraceRules, TraceRulesChange } from '../../../api/dto/trace-sets.ts'
import type { ToolUse, TraceSetRecord, TraceSetRules } from '../../store/trace-records.ts'
import { guessEffect } from '../model/effects.ts'
import type { Effect, TraceEvent } from '../model/trace.ts'

const mostArguments = 40

/** Counts tools over calls. */
export interface ToolCounter {
  add(events: readonly TraceEvent[]): void
  /** Most used first. */
  uses(): readonly ToolUse[]
}

/** A counter at zero. */
export function createToolCounter(): ToolCounter {
  const tools = new Map<string, { calls: number; names: Map<string, number> }>()
  return {
    add(events) {
      for (const { kind, name, data } of events) {
        if (kind !== 'tool-call' || name === null) continue
        const tool = tools.get(name) ?? { calls: 0, names: new Map<string, number>() }
        tools.set(name, tool)
        tool.calls++
        if (typeof data !== 'object' || data === null || Array.isArray(data)) continue
        for (const each of Object.keys(data)) {
          // A tool that takes any names at all does not fill memory.
          if (tool.names.size < 1000 || tool.names.has(each))
            tool.names.set(each, (tool.names.get(each) ?? 0) + 1)
        }
      }
    },
    uses: () =>
      [...tools]
        .map(([verb, { calls, names }]) => ({
          verb,
          calls,
          arguments: [...names]
            .sort((a, b) => b[1] - a[1])
            .slice(0, mostArguments)
            .map(([name]) => name)
        }))
        .sort(mostUsed)
  }
}

function mostUsed(a: ToolUse, b: ToolUse): number {
  return b.calls - a.calls || (a.verb < b.verb ? -1 : 1)
}

/** Tools of a set after another import. */
export function joinTools(before: readonly ToolUse[], added: readonly ToolUse[]): ToolUse[] {
  const joined = new Map(before.map((tool) => [tool.verb, tool]))
  for (const tool of added) {
    const known = joined.get(tool.verb)
    joined.set(tool.verb, {
      verb: tool.verb,
      calls: tool.calls + (known?.calls ?? 0),
      arguments: [...new Set([...(known?.arguments ?? []), ...tool.arguments])].slice(
        0,
        mostArguments
      )
    })
  }
  return [...joined.values()].sort(mostUsed)
}

/** Rules of a new set: effects guessed, arguments as its forms suggest. */
export function firstRules(volatile: readonly string[]): TraceSetRules {
  return { effects: {}, volatile: [...new Set(volatile)].sort(), isOrderFree: false }
}

/** The table as it is shown. */
export function rulesView({ rules, tools }: TraceSetRecord): TraceRules {
  return {
    tools: tools.map(({ verb, calls, arguments: names }) => {
      const known = effectOf(rules, verb)
      return {
        verb,
        calls,
        effect: known ?? guessEffect(verb),
        isGuess: known === undefined,
        arguments: [...names]
      }
    }),
    volatile: [...rules.volatile],
    isOrderFree: rules.isOrderFree
  }
}

function effectOf(rules: TraceSetRules, verb: string): Effect | undefined {
  return Object.hasOwn(rules.effects, verb) ? rules.effects[verb] : undefined
}

/** Rules after a change; null for a tool goes back to its guess. */
export function changedRules(
  rules: TraceSetRules,
  { effects, volatile, isOrderFree }: Omit<TraceRulesChange, 'set'>
): TraceSetRules {
  const kept = Object.entries(rules.effects).filter(([verb]) => !Object.hasOwn(effects, verb))
  const set = Object.entries(effects).flatMap(([verb, effect]): [string, Effect][] =>
    effect === null ? [] : [[verb, effect]]
  )
  return {
    effects: Object.fromEntries([...kept, ...set]),
    volatile: volatile === undefined ? rules.volatile : [...new Set(volatile)].sort(),
    isOrderFree: isOrderFree ?? rules.isOrderFree
  }
}
