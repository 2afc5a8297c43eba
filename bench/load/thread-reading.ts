// What probe.ts writes about one thread of the measured app.

/** One line of the probe's file. Bytes, milliseconds. */
export interface ThreadReading {
  readonly at: number
  /** Number of the asked reading after a collection of garbage; null for one on time. */
  readonly rest: number | null
  readonly thread: string
  readonly id: number
  readonly heapUsed: number
  readonly heapTotal: number
  readonly external: number
  readonly arrayBuffers: number
  readonly resources: Readonly<Record<string, number>>
  /** Longest delay of the event loop since the last reading on time. */
  readonly delayMostMs: number
  readonly delay99Ms: number
}

/** Takes the probe's file apart; a half-written last line is left for the next time. */
export function parseReadings(text: string): ThreadReading[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ThreadReading)
}
