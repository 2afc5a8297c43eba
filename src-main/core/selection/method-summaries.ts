// One general sentence per reason code of the methods, for lists that count reasons. A code that
// is not here is shown by its most frequent sentence, so a new method needs no entry.

const summaries: Readonly<Record<string, string>> = {
  tied: 'Had as many votes as items that were kept, but there was not room for all of them.',
  'no-votes': 'No example task asked for it.',
  'few-votes': 'Fewer example tasks asked for it than were needed.',
  'no-turn': 'Every example task took items that fit it better.',
  'low-score': 'The example tasks together put it further down.',
  'not-comparable': 'Its numbers could not be read, so no task could judge it.',
  'no-direction': 'The helper model is already certain about it, so no task could judge it.',
  'not-drawn': 'It was not drawn.'
}

/** The general sentence of a method's reason code; undefined when there is none. */
export function methodSummary(code: string): string | undefined {
  return Object.hasOwn(summaries, code) ? summaries[code] : undefined
}
