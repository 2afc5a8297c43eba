// German words that stand beside figures: sizes, times, differences.
import type * as en from '../en/format.ts'
import type { Words } from '../language.ts'

/** Words of format.ts. */
export const formatWords: Words<typeof en.formatWords> = {
  points: (figure) => `${figure} Punkte`,
  byte: 'Byte',
  bytes: 'Byte',
  fewSeconds: 'wenige Sekunden',
  about: (time) => `etwa ${time}`,
  between: (low, high) => `etwa ${low} bis ${high}`,
  upTo: (time) => `bis zu ${time}`,
  justNow: 'gerade eben'
}
