// One general sentence per reason code of the methods, for lists that count reasons. A code that
// is not here is shown by its most frequent sentence, so a new method needs no entry.

const summaries: Readonly<Record<string, string>> = {
  tied: 'Had as many votes as items that were kept, but there was not room for all of them.',
  'no-votes': 'No example task asked for it.',
  'few-votes': 'Fewer example tasks asked for it than were needed.',
  'no-turn': 'Every example task took items that fit it better.',
  'low-score': 'The example tasks together put it further down.',
  'not-comparable': 'Its numbers could not be read, so it could not be judged.',
  'no-direction': 'The helper model is already certain about it, so it has nothing to teach.',
  'not-drawn': 'It was not drawn.',
  'cannot-compare': 'Its similarity fingerprint could not be compared.',
  covered: 'A kept item already stands for it.',
  'far-alone': 'It is unlike the kept items and would have stood for too few others.',
  'not-near': 'Few items are like it, and other kinds had more to stand for.',
  'near-kept': 'It lies close to a kept item; others lay farther away.',
  same: 'A kept item is the same.',
  'no-place': 'There was no place for items of its kind.',
  'average-met': 'Other items brought the average of the kept ones closer to the average of all.',
  'less-typical': 'Others were more typical or less like the kept ones.',
  'not-drawn-layer': 'It was not drawn from its layer.',
  'group-full': 'Its group of alike items was full.',
  repeat: 'It is nearly the same as another item.',
  'single-not-drawn': 'It is no repeat, but it was not drawn.',
  'single-alike':
    'It was left out to reach the number: it is more like another item than those kept.',
  'already-covered': 'What it teaches is already covered by the chosen items.',
  'pulls-away': 'It would pull the helper model away from the goal.',
  'adds-less': 'It would add a little, but the chosen items came closer without it.',
  'helps-less': 'Other items help the examples more.',
  'works-against': 'It does nothing for the examples or works against them.',
  'label-not-asked': 'No example has its label.',
  'no-label': 'It has no label, so it could not be judged.',
  'not-hardest': 'It is not among the hardest items.',
  'not-easiest': 'It is not among the easiest items.',
  'not-middle': 'It is harder or easier than the middle part that was kept.',
  'set-aside-extreme': 'It is among the extreme items that were set aside first.',
  'label-doubtful': 'Helper models do not agree with its label.',
  'less-like-trusted': 'It is less like the trusted items than those kept.',
  'below-least': 'It is below the least score you asked for.',
  'not-a-neighbour': 'No example has it among its nearest items.',
  'layer-full': 'The last round had no room for all its items.',
  'too-far-down': 'Nearer items filled the places.',
  'not-needed': 'The examples did not need so many items.',
  'source-not-drawn': 'It was not drawn among the items of its source.',
  'source-without-share': 'Its source gives nothing to the set.',
  'later-pass': 'It was drawn for a later training pass.',
  'not-most-visited': 'The training plan came to others as often or more often.',
  'less-for-aims': 'Other items did more for your aims together.',
  'no-words': 'It holds no words.',
  'too-short': 'It has fewer words than you asked for.',
  'unlike-words': 'Its words are less like the examples than those of most items.',
  'less-like-words': 'The words of other items are more like the examples.',
  'no-room': 'There was no room left, although the method would have kept it.',
  'taken-out-by-hand': 'You took it out by hand.',
  'not-on-list': 'It is not on the list.',
  'list-cut': 'It is on the list, but past the number of items to keep.'
}

/** The general sentence of a method's reason code; undefined when there is none. */
export function methodSummary(code: string): string | undefined {
  return Object.hasOwn(summaries, code) ? summaries[code] : undefined
}
