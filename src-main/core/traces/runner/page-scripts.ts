// The few scripts that run inside a page. They are fixed: what a model or a person writes never becomes
// part of one; only whole numbers do.

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`)
  return value
}

/** Begins an episode: no time limit of the page's own, the old one ended, the seed set. */
export function startScript(seed: number): string {
  return `(() => {
    core.EPISODE_MAX_TIME = 3600000
    core.endEpisode(0)
    Math.seedrandom(String(${whole(seed)}))
    core.startEpisodeReal()
  })()`
}

/** True when the page can be begun at all. */
export const hasInterfaceScript = `typeof core === 'object' && core !== null &&
  ['endEpisode', 'startEpisodeReal', 'getDOMInfo', 'getUtterance'].every((name) => typeof core[name] === 'function')`

/** True once the episode can be played. */
export const readyScript = `typeof WOB_TASK_READY === 'undefined' || WOB_TASK_READY === true`

export const goalScript = `core.getUtterance()`

/** Elements as JSON text: some pages hold values that cannot be passed on otherwise. */
export const screenScript = `JSON.stringify(core.getDOMInfo())`

export const resultScript = `({
  done: WOB_DONE_GLOBAL === true,
  raw: WOB_RAW_REWARD_GLOBAL,
  reason: typeof WOB_REWARD_REASON === 'undefined' ? null : WOB_REWARD_REASON
})`

/** Centre of an element in the window, scrolled into sight where it is outside; null where there is none. */
export function centreScript(ref: number): string {
  return `(() => {
    const element = document.querySelector('[data-wob_ref="${whole(ref)}"]')
    if (element === null) return null
    const seen = (box) => box.left >= 0 && box.top >= 0 &&
      box.right <= window.innerWidth && box.bottom <= window.innerHeight
    if (!seen(element.getBoundingClientRect())) element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    const box = element.getBoundingClientRect()
    if (box.width === 0 || box.height === 0) return null
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
  })()`
}

/** Marks all that the focused field holds, so that typing replaces it; false where nothing can be typed. */
export const selectAllScript = `(() => {
  const field = document.activeElement
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return false
  field.select()
  return true
})()`

/** Resolves when the page has drawn what it was going to draw, after at least so many ms. */
export function settleScript(ms: number): string {
  return `new Promise((resolve) => setTimeout(() => {
    let isOver = false
    const end = () => { if (!isOver) { isOver = true; resolve(true) } }
    requestAnimationFrame(end)
    setTimeout(end, 100)
  }, ${whole(ms)}))`
}
