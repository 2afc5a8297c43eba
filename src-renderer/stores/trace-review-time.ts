// Time spent on a review: counted while the window has the focus and is visible, and handed over now
// and then, so that a crash costs some seconds at most.

/** How often it is looked whether the reviewer is there, in ms. */
const tickMs = 1000
/** After how much time it is handed over, in ms. */
const handOverMs = 15_000
/** A gap longer than this was the computer asleep, not a person reading; in ms. */
const longestTick = 5000

/** A watch that runs. */
export interface ReviewTime {
  /** Hands over what was counted and stops. */
  stop(): void
}

/** Starts to count. `isThere` says whether the reviewer looks; `hand` takes milliseconds. */
export function watchReviewTime(
  hand: (ms: number) => void,
  isThere: () => boolean = () => document.hasFocus() && document.visibilityState === 'visible',
  now: () => number = () => performance.now()
): ReviewTime {
  let last = now()
  let spent = 0
  let wasThere = isThere()
  function count(): void {
    const time = now()
    if (wasThere) spent += Math.min(time - last, longestTick)
    last = time
    wasThere = isThere()
  }
  function handOver(): void {
    const ms = Math.round(spent)
    spent = 0
    if (ms > 0) hand(ms)
  }
  const timer = setInterval(() => {
    count()
    if (spent >= handOverMs) handOver()
  }, tickMs)
  return {
    stop() {
      clearInterval(timer)
      count()
      handOver()
    }
  }
}
