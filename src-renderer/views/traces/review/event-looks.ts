// How each kind of event looks: its sign, whether its text is of a machine, and how high it is before
// it was drawn.
import {
  Bot,
  Brain,
  CircleX,
  CornerDownRight,
  Info,
  Monitor,
  ScrollText,
  SquareStack,
  Target,
  User,
  Wrench
} from '@lucide/vue'
import type { Component } from 'vue'
import type { TraceEventKind } from '@api/dto/trace-sets.ts'
import type { DetailLevel } from '../../../stores/trace-review-reading.ts'

/** The sign of each kind. */
export const kindIcons: Readonly<Record<TraceEventKind, Component>> = {
  system: ScrollText,
  user: User,
  assistant: Bot,
  thought: Brain,
  'tool-call': Wrench,
  'tool-result': CornerDownRight,
  observation: Monitor,
  score: Target,
  error: CircleX,
  state: SquareStack,
  info: Info
}

/** Kinds whose text is set in fixed width. */
const machineKinds: readonly TraceEventKind[] = ['tool-result', 'observation', 'state', 'error']
export const isMachineText = (kind: TraceEventKind): boolean => machineKinds.includes(kind)

/** Kinds that are compared with the one before. */
export const hasChanges = (kind: TraceEventKind): boolean =>
  kind === 'observation' || kind === 'tool-result'

/** Lines of a text at each level of detail; null = as many as the reviewer likes to see at once. */
export const linesAt: Readonly<Record<DetailLevel, number | null>> = {
  whole: null,
  short: 5,
  outline: 0
}

/** Height of an event that was not drawn yet, in pixels. */
export function guessHeight(kind: TraceEventKind, level: DetailLevel): number {
  if (level === 'outline') return 36
  if (level === 'short') return 110
  return kind === 'tool-call' ? 130 : isMachineText(kind) ? 220 : 150
}
