// How a reviewer likes to read attempts: kept in this browser or app window, for every project.
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'

const key = 'winnow.trace-reading'

/** Reading preferences. */
export interface TraceReading {
  /** Tool output over this many lines is folded; null never folds. */
  readonly foldLines: number | null
}
const usual: TraceReading = { foldLines: 40 }

function stored(): TraceReading {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    if (typeof value !== 'object' || value === null || !('foldLines' in value)) return usual
    const { foldLines } = value
    if (foldLines === null) return { foldLines }
    return typeof foldLines === 'number' && foldLines >= 1 ? { foldLines } : usual
  } catch {
    // Written by something else, or storage is turned off.
    return usual
  }
}

/** Preferences for reading attempts. */
export const useTraceReading = defineStore('trace-reading', () => {
  const foldLines = ref(stored().foldLines)
  watch(foldLines, (lines) => {
    try {
      localStorage.setItem(key, JSON.stringify({ foldLines: lines } satisfies TraceReading))
    } catch {
      // Storage is full or turned off: the choice holds for this window.
    }
  })
  return { foldLines }
})
