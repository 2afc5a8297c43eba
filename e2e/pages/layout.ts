// What a ruler finds on the screen as it stands: text that is cut, parts wider than their place,
// controls whose focus does not show, and movement where none is wanted.
import { expect, type Page } from '@playwright/test'

/** What was measured in one go; every list names the elements that are wrong. */
export interface Measured {
  /** Text that lies outside of what shows it. */
  readonly cut: readonly string[]
  /** Places that scroll sideways and should not. */
  readonly wide: readonly string[]
}

/**
 * Measures all text that is shown. Text that ends in an ellipsis is shortened, not cut, and so is the
 * beginning of a text that a tile shows; what only scrolls is not cut either. Tables,
 * drawings and texts of others, such as code, may scroll sideways in a place of their own.
 */
export function measure(page: Page): Promise<Measured> {
  return page.evaluate(() => {
    const slack = 1.5
    const nameOf = (element: Element): string => {
      const classes = element.getAttribute('class')
      const words = (element.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 48)
      const kind = classes ? `.${classes.trim().split(/\s+/).join('.')}` : ''
      return `${element.tagName.toLowerCase()}${kind} “${words}”`
    }
    const cut = new Set<string>()
    const wide = new Set<string>()
    const hides = (value: string): boolean => value === 'hidden' || value === 'clip'
    const root = document.documentElement.getBoundingClientRect()
    const frame = { left: root.left, right: root.left + innerWidth, top: 0, bottom: innerHeight }

    const isHidden = (element: Element): boolean =>
      !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ||
      // A tip follows its control, out of the window as well.
      element.closest('.visually-hidden, svg, option, [aria-hidden="true"], .skip, .w-tip') !== null

    const check = (text: Node, from: Element): void => {
      const range = document.createRange()
      range.selectNodeContents(text)
      const rects = [...range.getClientRects()].filter(({ width }) => width > 1)
      const [box] = [range.getBoundingClientRect()]
      if (rects.length === 0 || box.width < 1) return
      let isScrolledX = false
      let isScrolledY = false
      for (
        let at: Element | null = from;
        at !== null && at !== document.body;
        at = at.parentElement
      ) {
        const style = getComputedStyle(at)
        if (style.clipPath !== 'none' || style.webkitLineClamp !== 'none') return
        if (at.hasAttribute('data-excerpt')) return
        const clip = at.getBoundingClientRect()
        if (hides(style.overflowX) && !isScrolledX) {
          const out = Math.max(clip.left - box.left, box.right - clip.right)
          if (out > slack && style.textOverflow !== 'ellipsis')
            cut.add(`${nameOf(from)} in ${nameOf(at)}: ${out.toFixed(0)} px aside`)
        }
        if (hides(style.overflowY) && !isScrolledY) {
          const out = Math.max(clip.top - box.top, box.bottom - clip.bottom)
          // Line boxes are taller than their letters.
          const spare =
            slack +
            Math.max(
              0,
              Number.parseFloat(getComputedStyle(from).lineHeight) -
                Number.parseFloat(getComputedStyle(from).fontSize)
            ) /
              2
          if (out > spare)
            cut.add(`${nameOf(from)} in ${nameOf(at)}: ${out.toFixed(0)} px above or below`)
        }
        // Shortened here, so whatever is around cuts nothing more.
        if (hides(style.overflowX) && style.textOverflow === 'ellipsis') isScrolledX = true
        if (/auto|scroll/.test(style.overflowX)) isScrolledX = true
        if (/auto|scroll/.test(style.overflowY)) isScrolledY = true
        if (style.position === 'fixed') break
      }
      if (!isScrolledX && (box.left < frame.left - slack || box.right > frame.right + slack))
        cut.add(`${nameOf(from)}: outside the window`)
      if (!isScrolledY && (box.top < frame.top - slack || box.bottom > frame.bottom + slack))
        cut.add(`${nameOf(from)}: above or below the window`)
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent === null || node.textContent?.trim() === '' || isHidden(parent)) continue
      check(node, parent)
    }

    const mayScroll =
      'table, [role="grid"], [role="table"], [role="treegrid"], pre, code, svg, canvas, [role="img"], [role="listbox"], [role="tablist"], [role="tree"], textarea'
    for (const element of document.body.querySelectorAll('*')) {
      const { overflowX } = getComputedStyle(element)
      if (!/auto|scroll/.test(overflowX) || element.scrollWidth <= element.clientWidth + 1) continue
      if (isHidden(element) || element.matches(mayScroll)) continue
      // Whatever sticks out must be inside something that may.
      const right = element.getBoundingClientRect().left + element.clientWidth
      const out = [...element.querySelectorAll('*')].find(
        (inner) =>
          inner.getBoundingClientRect().right > right + slack &&
          !isHidden(inner) &&
          inner.closest(mayScroll) === null &&
          inner.querySelector(mayScroll) === null
      )
      if (out !== undefined) wide.add(`${nameOf(element)} by ${nameOf(out)}`)
    }
    if (document.documentElement.scrollWidth > innerWidth + 1) wide.add('the window')
    return { cut: [...cut], wide: [...wide] }
  })
}

/** Fails where text is cut or a part is wider than its place. */
export async function expectFits(page: Page, screen: string): Promise<void> {
  expect(await measure(page), `what fits on “${screen}”`).toEqual({ cut: [], wide: [] })
}

/** Controls that do not show that they have the focus. */
export async function withoutFocusRing(page: Page): Promise<readonly string[]> {
  // From a key on, the page shows the focus.
  await page.keyboard.press('Tab')
  return page.evaluate(() => {
    const before = document.activeElement
    const all = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])'
    )
    const without: string[] = []
    /** Parts of a drawing show the focus by their outline. */
    const strokes = (element: Element): string =>
      element instanceof SVGElement
        ? [...element.children].map((part) => getComputedStyle(part).stroke).join()
        : ''
    const hasRing = (element: Element, part?: '::after'): boolean => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element, part)
      return (
        outlineStyle !== 'none' &&
        Number.parseFloat(outlineWidth) >= 2 &&
        !/, 0\)$|transparent/.test(outlineColor)
      )
    }
    for (const element of all) {
      // The page itself and lists of tabs hand the focus on; a tab opens when it has it.
      if (
        element.matches('[data-page-focus], [role="tablist"], [role="tab"][aria-selected="false"]')
      )
        continue
      if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(':disabled'))
        continue
      const drawn = strokes(element)
      element.focus({ preventScroll: true })
      if (document.activeElement !== element) continue
      // Hidden boxes and radio buttons draw the ring on what stands for them.
      const family = [
        element,
        element.nextElementSibling,
        element.parentElement,
        element.parentElement?.parentElement
      ]
      const active = element.getAttribute('aria-activedescendant')
      if (active !== null) family.push(document.getElementById(active))
      if (strokes(element) !== drawn) continue
      // A link over a whole card draws it around the card.
      const isRinged = hasRing(element, '::after')
      if (!isRinged && !family.some((one) => one !== null && one !== undefined && hasRing(one)))
        without.push(
          `${element.tagName.toLowerCase()}.${element.className} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`
        )
    }
    if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    return [...new Set(without)]
  })
}

/** Elements that move or grow while movement is unwanted; fading is fine. */
export function moving(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = new Set<string>()
    const seconds = (text: string): number[] =>
      text.split(',').map((one) => Number.parseFloat(one) * (one.includes('ms') ? 0.001 : 1))
    for (const element of document.body.querySelectorAll('*')) {
      const style = getComputedStyle(element)
      const durations = seconds(style.transitionDuration)
      const moves = style.transitionProperty
        .split(',')
        .some(
          (name, at) =>
            !/^\s*(opacity|none)\s*$/.test(name) && (durations[at % durations.length] ?? 0) > 0.001
        )
      const runs =
        style.animationName !== 'none' &&
        seconds(style.animationDuration).some((one) => one > 0.001)
      if (moves || runs)
        found.add(`${element.tagName.toLowerCase()}.${element.getAttribute('class')}`)
    }
    return [...found]
  })
}

/** Measures with every word of the screen longer, as in another language: by two fifths. */
export async function measureLonger(page: Page): Promise<Measured> {
  const kept = await page.evaluateHandle(() => {
    const longer = (word: string): string =>
      word + [...word].slice(-Math.ceil(word.length * 0.4)).join('')
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const before: (readonly [Text, string])[] = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      // The walker shows nothing but text.
      const text = node as Text
      if (text.parentElement?.closest('code, pre, kbd, .mono, svg, script, style')) continue
      before.push([text, text.data])
      text.data = text.data.replaceAll(/\p{L}{2,}/gu, longer)
    }
    return before
  })
  const measured = await measure(page)
  await kept.evaluate((before) => {
    for (const [text, words] of before) text.data = words
  })
  await kept.dispose()
  return measured
}
