// The interface that MiniWoB++ pages have, written anew for Winnow's own pages: an episode with a
// seed, a goal in words, the visible elements with numbers, and a reward at the end.
/* global document, window, Element, HTMLInputElement, Text */
'use strict'

window.WOB_REWARD_GLOBAL = 0
window.WOB_RAW_REWARD_GLOBAL = 0
window.WOB_REWARD_REASON = null
window.WOB_DONE_GLOBAL = false
window.WOB_EPISODE_ID = 0
window.WOB_TASK_READY = true

// Random numbers from a text, the same on every computer (xmur3 seeds sfc32).
Math.seedrandom = function (text) {
  let h = 1779033703 ^ text.length
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353)
    h = (h << 13) | (h >>> 19)
  }
  const next = () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507)
    h = Math.imul(h ^ (h >>> 13), 3266489909)
    return (h ^= h >>> 16) >>> 0
  }
  let [a, b, c, d] = [next(), next(), next(), next()]
  Math.random = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
}

var core = {
  EPISODE_MAX_TIME: 10000,
  timer: null,
  startedAt: 0,
  nextRef: 1,
  nextTextRef: -1,

  // A whole number from `from` up to, not including, `to`.
  randi: (from, to) => Math.floor(Math.random() * (to - from) + from),
  sample: (list) => list[core.randi(0, list.length)],
  shuffle(list) {
    for (let i = list.length - 1; i > 0; i--) {
      const j = core.randi(0, i + 1)
      ;[list[i], list[j]] = [list[j], list[i]]
    }
    return list
  },

  // An element with attributes and children; texts become text nodes.
  make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes))
      if (typeof value === 'function') element.addEventListener(name, value)
      else if (value === true) element.setAttribute(name, '')
      else if (value !== false) element.setAttribute(name, value)
    element.append(...children)
    return element
  },

  startEpisode() {
    document.getElementById('sync-task-cover').style.display = 'block'
  },
  startEpisodeReal() {
    core.nextRef = 1
    core.nextTextRef = -1
    window.WOB_DONE_GLOBAL = false
    window.WOB_REWARD_GLOBAL = 0
    window.WOB_RAW_REWARD_GLOBAL = 0
    window.WOB_REWARD_REASON = null
    // genProblem is the page's own: it draws the task and writes the goal into #query.
    window.genProblem()
    window.scrollTo(0, 0)
    document.activeElement?.blur?.()
    document.getElementById('sync-task-cover').style.display = 'none'
    core.startedAt = Date.now()
    clearTimeout(core.timer)
    core.timer = setTimeout(() => core.endEpisode(-1, false, 'timed out'), core.EPISODE_MAX_TIME)
  },
  endEpisode(reward, isTimed = false, reason = null) {
    // Only the first end of an episode counts.
    if (core.timer === null) return
    clearTimeout(core.timer)
    core.timer = null
    const left = Math.max(0, 1 - (Date.now() - core.startedAt) / core.EPISODE_MAX_TIME)
    window.WOB_RAW_REWARD_GLOBAL = reward
    window.WOB_REWARD_GLOBAL = isTimed ? reward * left : reward
    window.WOB_REWARD_REASON = reason
    window.WOB_DONE_GLOBAL = true
    window.WOB_EPISODE_ID++
    core.startEpisode()
  },

  getUtterance: () => document.getElementById('query').textContent.replace(/\s+/g, ' ').trim(),

  // Visible elements, nested; numbers are given out as elements are first seen.
  getDOMInfo: () => core.describe(document.body),
  describe(element) {
    if (['query', 'sync-task-cover'].includes(element.id) || element.tagName === 'SCRIPT') return
    const box = element.getBoundingClientRect()
    if (box.width === 0 || box.height === 0) return
    const { left, top, width, height } = box
    const info = { tag: element.tagName, left, top, width, height, id: element.id }
    info.classes = element.className
    info.ref = core.refOf(element)
    if (document.activeElement === element) info.focused = true
    if (element instanceof HTMLInputElement) {
      info.tag += `_${element.type}`
      info.value = ['checkbox', 'radio'].includes(element.type) ? element.checked : element.value
      info.placeholder = element.placeholder
    }
    const nodes = [...element.childNodes].filter(
      (node) => node instanceof Element || (node instanceof Text && node.data.trim() !== '')
    )
    info.children = []
    if (nodes.every((node) => node instanceof Text))
      info.text = nodes.map((node) => node.data.trim()).join(' ')
    else
      for (const node of nodes) {
        const child = node instanceof Text ? core.describeText(node) : core.describe(node)
        if (child !== undefined) info.children.push(child)
      }
    return info
  },
  describeText(node) {
    const range = document.createRange()
    range.selectNodeContents(node)
    const { left, top, width, height } = range.getBoundingClientRect()
    if (width === 0 || height === 0) return
    const ref = core.nextTextRef--
    return { tag: 't', left, top, width, height, ref, text: node.data.trim(), children: [] }
  },
  refOf(element) {
    if (element.dataset.wob_eps !== `e${window.WOB_EPISODE_ID}`) {
      element.dataset.wob_ref = String(core.nextRef++)
      element.dataset.wob_eps = `e${window.WOB_EPISODE_ID}`
    }
    return Number(element.dataset.wob_ref)
  }
}

window.addEventListener('load', () => {
  const cover = core.make('div', { id: 'sync-task-cover', click: () => core.startEpisodeReal() })
  cover.textContent = 'START'
  document.body.append(cover)
  core.startEpisode()
})

// Words that pages draw their texts from.
core.words = (
  'amber anchor basil beacon birch cedar cobalt copper coral delta ember fable fennel fern flint ' +
  'garnet ginger harbour hazel indigo ivory jasper juniper kelp lagoon larch lilac linden lupin ' +
  'maple marble meadow mint moss nectar nettle ochre olive opal orchid pebble pepper pine plum ' +
  'quartz quince raven reed river rowan saffron sage sienna slate sorrel spruce thistle thyme ' +
  'topaz tulip umber velvet violet walnut willow yarrow zinc'
).split(' ')
