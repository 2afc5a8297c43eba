// What a format of traces is: it knows its own values by their content and turns them into records.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ZipArchive } from '../../files/zip-reader.ts'
import type { TraceEvent, TraceRecord } from '../model/trace.ts'

/** A JSON object. */
export type JsonObject = { readonly [key: string]: JsonValue }

/** Where a value stands among those of its file. */
export interface ValuePlace {
  /** From 0. */
  readonly number: number
}

/** Takes the values of a file and gives its attempts in the end. */
export interface TraceCollector {
  /** Why the value is left out, in a sentence; undefined when it is taken. */
  add(value: JsonValue): string | undefined
  end(): readonly TraceRecord[]
}

interface FormatFacts {
  readonly id: string
  /** In words: "tau-bench results". */
  readonly name: string
  /** Names of arguments that do not tell calls apart in logs of this kind. */
  readonly volatile?: readonly string[]
  /** True when lists in arguments of such logs mean the same in any order. */
  readonly isOrderFree?: boolean
  /** True when a value of the file is of this format. */
  recognises(value: JsonValue): boolean
}

/** A format whose values hold whole attempts. */
export interface ValueFormat extends FormatFacts {
  /** The attempts that a value holds, or why it holds none, in a sentence. */
  read(value: JsonValue, place: ValuePlace): readonly TraceRecord[] | string
}

/** A format whose attempts may be spread over several values. */
export interface SpreadFormat extends FormatFacts {
  start(): TraceCollector
}

export type TraceFormat = ValueFormat | SpreadFormat

/** One attempt of a file, or why it could not be read. */
export type ReadTrace =
  | { readonly where: string; readonly record: TraceRecord; readonly format: string }
  | { readonly where: string; readonly problem: string }

/** A format whose attempts are archives: several entries make one. */
export interface ArchiveFormat extends Omit<FormatFacts, 'recognises'> {
  recognises(archive: Pick<ZipArchive, 'entries'>): boolean
  /** Throws AppError "archive-unsafe" for an archive that is none. */
  read(archive: ZipArchive, name: string): AsyncIterable<ReadTrace>
}

/** A JSON object, or undefined. */
export function objectOf(value: JsonValue | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}

/** A JSON list, or undefined. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  return Array.isArray(value) ? value : undefined
}

/** A text, or undefined. */
export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** An event with what formats rarely know left empty. */
export function event(
  kind: TraceEvent['kind'],
  text: string,
  more: Partial<Omit<TraceEvent, 'kind' | 'text'>> = {}
): TraceEvent {
  return {
    kind,
    text,
    actor: null,
    name: null,
    callId: null,
    data: null,
    isError: false,
    time: null,
    ...more
  }
}
