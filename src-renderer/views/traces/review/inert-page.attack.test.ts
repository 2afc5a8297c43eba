// Pages from logs are hostile: nothing in them may run, load, lead anywhere or slow the window down.
import { mount } from '@vue/test-utils'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostParts, readPage, type PagePart } from './inert-page.ts'
import PagePreview from './PagePreview.vue'

const textOf = (parts: readonly PagePart[]): string =>
  parts.map((part) => ('text' in part ? part.text : part.label + textOf(part.parts))).join('')
const drawn = (html: string): string =>
  mount(PagePreview, { props: { html } }).find('.sheet').html()

describe('a page', () => {
  it('is read into headings, lists, tables, fields and words', () => {
    const { parts, isWhole } = readPage(
      '<!doctype html><html><head><title>T</title></head><body><h1>Book &amp; fly</h1>' +
        '<ul><li>One<li>Two</ul><table><tr><td>1</td></tr></table>' +
        '<input value="Q7"><input type=checkbox checked><img alt="a plane">' +
        '<a href="https://evil.test">more</a><pre>a\n  b</pre></body></html>'
    )
    expect(isWhole).toBe(true)
    expect(textOf(parts)).toBe('Book & flyOneTwo1Q7☑a planemorea\n  b')
  })

  it.each([
    '<script>alert(1)</script>left',
    '<SCRIPT src=x></SCRIPT >left',
    '<style>*{background:url(http://evil.test)}</style>left',
    '<svg><script>alert(1)</script></svg>left',
    '<iframe src="javascript:alert(1)"><p>in</p></iframe>left',
    '<template><img src=x onerror=alert(1)></template>left',
    '<div hidden>secret</div>left',
    '<div style="display: none">secret</div>left',
    '<input type="hidden" value="token">left',
    '<!-- <script>alert(1)</script> -->left'
  ])('leaves out %s', (html) => {
    expect(textOf(readPage(html).parts)).toBe('left')
  })

  it('carries no attribute, address or element of the page into the window', () => {
    const html = drawn(
      '<a href="javascript:alert(1)" onclick="alert(1)" style="position:fixed">x</a>' +
        '<img src="http://evil.test/x.png" onerror="alert(1)" alt="&lt;b&gt;">' +
        '<form action="http://evil.test"><button formaction=x>Go</button></form>' +
        '<object data=x></object><embed src=x><base href=x><meta http-equiv=refresh content=0>' +
        '<div id="content" class="review">y</div>'
    )
    const elements = [...html.matchAll(/<([a-z-]+)([^>]*)>/g)]
    expect(new Set(elements.map(([, name]) => name))).toEqual(new Set(['div', 'span']))
    for (const [, , attributes] of elements)
      expect(attributes?.replaceAll(/ data-v-\w+(="")?/g, '')).toMatch(/^( class="[a-z ]+")?$/)
    expect(html).not.toMatch(/evil|javascript|alert|content"/)
  })

  it('hides what was typed into a field for passwords', () => {
    expect(textOf(readPage('<input type="password" value="hunter2">').parts)).toBe('••••')
  })

  it('of any letters gives only parts of known kinds', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '</',
      '<div',
      '<script>',
      '</script>',
      '<p hidden>',
      '&#x41;',
      '&#999999999;',
      '<!--',
      '-->',
      ' on=x',
      'text'
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const html = drawn(pieces.join(''))
        expect(html).not.toMatch(/<(script|iframe|svg|img|a|form|input)\b/)
      }),
      { numRuns: 40 }
    )
  })

  it('of any size is read quickly and stops somewhere', () => {
    for (const html of [
      '<div>'.repeat(200_000),
      '<'.repeat(300_000),
      '<a '.repeat(100_000),
      '<a x="'.repeat(60_000),
      '<p>x</p>'.repeat(100_000)
    ]) {
      const { parts } = readPage(html)
      const count = (some: readonly PagePart[]): number =>
        some.reduce((sum, part) => sum + 1 + ('text' in part ? 0 : count(part.parts)), 0)
      expect(count(parts)).toBeLessThanOrEqual(mostParts + 1)
    }
  })
})
