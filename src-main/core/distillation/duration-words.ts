// An estimated time as people say it. The window has the same words for the same seconds
// (formatAboutRange in src-renderer/text/format.ts), so that a message and a card never disagree.

const minute = 60
const hour = 60 * minute

/** Seconds rounded to a step a person would say. */
function rounded(seconds: number): string {
  if (seconds < 10) return 'a few seconds'
  if (seconds < 55) return `${Math.round(seconds / 10) * 10} s`
  if (seconds < 55 * minute) return `${Math.max(1, Math.round(seconds / minute))} min`
  const hours = seconds / hour
  const shown = hours < 9.75 ? Math.round(hours * 2) / 2 : Math.round(hours)
  return `${shown.toLocaleString('en')} h`
}

/** "about 4 to 6 min", "about 35 min to 2 h", "about 4 min", "up to 20 s", "a few seconds". */
export function aboutRange(lowSeconds: number, highSeconds: number): string {
  const low = rounded(lowSeconds)
  const high = rounded(highSeconds)
  if (low === high) return high.startsWith('a few') ? high : `about ${high}`
  if (low.startsWith('a few')) return `up to ${high}`
  const [lowFigure, lowUnit] = low.split(' ')
  const [highFigure, highUnit] = high.split(' ')
  return lowUnit === highUnit
    ? `about ${lowFigure} to ${highFigure} ${highUnit}`
    : `about ${low} to ${high}`
}
