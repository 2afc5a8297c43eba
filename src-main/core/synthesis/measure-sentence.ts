// The one sentence about whether made pictures were of use. It says "improves" only where the whole
// interval lies above nothing.
import type { ExpandMeasure } from '../../api/dto/expand.ts'

const names: Readonly<Record<'moved' | 'blended', string>> = {
  moved: 'flips and shifts',
  blended: 'blending pictures'
}
const points = (value: number): string => Math.abs(value).toFixed(1)
/** With its sign; what rounds to nothing has none. */
const signed = (value: number): string => {
  const figure = points(value)
  return Number(figure) === 0 ? figure : `${value < 0 ? '−' : '+'}${figure}`
}

/** The verdict in words, with its interval and the best plain way beside it. */
export function measureSentence(
  verdict: ExpandMeasure['verdict'],
  arms: ExpandMeasure['arms']
): string {
  const ahead = arms.find(({ arm }) => arm === 'made')?.ahead
  if (ahead === null || ahead === undefined) return 'Nothing was measured.'
  const range = `${signed(ahead.low)} to ${signed(ahead.high)}`
  const first =
    verdict === 'better'
      ? `Training with the made pictures improves by ${points(ahead.mean)} points (${range}).`
      : verdict === 'worse'
        ? `Training with the made pictures is worse by ${points(ahead.mean)} points (${range}): leave them out.`
        : `No difference was found (${signed(ahead.mean)} points, ${range}): nothing speaks for adding the made pictures.`
  const plain = arms
    .filter(({ arm }) => arm === 'moved' || arm === 'blended')
    .toSorted((a, b) => b.mean - a.mean)[0] as ExpandMeasure['arms'][number] | undefined
  const made = arms.find(({ arm }) => arm === 'made')
  if (plain === undefined || made === undefined || plain.mean < made.mean) return first
  return `${first} Plain ${names[plain.arm as 'moved' | 'blended']} did as well or better (${signed(plain.ahead?.mean ?? 0)} points), at no cost.`
}
