// Words that stand beside figures: sizes, times, differences.

/** Words of format.ts. */
export const formatWords = {
  points: (figure: string): string => `${figure} points`,
  byte: 'byte',
  bytes: 'bytes',
  fewSeconds: 'a few seconds',
  about: (time: string): string => `about ${time}`,
  between: (low: string, high: string): string => `about ${low} to ${high}`,
  upTo: (time: string): string => `up to ${time}`,
  justNow: 'just now'
} as const
