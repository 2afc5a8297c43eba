// How an attempt at a page ends, and the sentence that says so to whoever reflects on it.

/** How an attempt ended (Li et al. 2023, section 3.4). */
export type EndState =
  | 'correct'
  | 'cycle'
  | 'no-change'
  | 'incomplete'
  | 'exception'
  | 'failed'
  | 'step-limit'
  | 'time-limit'
  | 'stopped'

const sentences: Readonly<Record<EndState, string>> = {
  correct: 'The goal was reached.',
  cycle:
    'The last action led back to a screen that was there before: the actions go round in a loop.',
  'no-change': 'The last action changed nothing on the screen: it is of the wrong kind there.',
  incomplete: 'The actions came to an end before the goal was reached: more are needed.',
  exception: 'The last action could not be carried out on that screen.',
  failed: 'The page says that the goal was not reached.',
  'step-limit': 'The goal was not reached in the number of actions that are allowed.',
  'time-limit': 'The goal was not reached in the time that is allowed.',
  stopped: 'The attempt was stopped.'
}

/** One sentence on how an attempt ended. */
export function endSentence(state: EndState): string {
  return sentences[state]
}
