// Security rules E7 and E8: a page stays where it is, and only known https sites leave the app.
import type { HandlerDetails } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeContents, preventable } from './electron-fakes.test-support.ts'
import { isAllowedLink, openLink } from './external-links.ts'
import { guardNavigation } from './navigation.ts'

let contents: FakeContents
let opened: string[]
beforeEach(() => {
  contents = new FakeContents()
  opened = []
  guardNavigation(contents, { pageUrl: 'app://bundle/', openLink: (url) => opened.push(url) })
})

const elsewhere = [
  'https://example.org/',
  'file:///home/a/evil.html',
  'app://bundle/assets/index.js',
  'app://bundle/#x',
  'app://bundle',
  'app://other/',
  'about:blank',
  'javascript:alert(1)',
  'data:text/html,x'
]

describe('navigation', () => {
  it.each(elsewhere)('to %s is prevented', (url) => {
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      const event = preventable({ url, isMainFrame: true })
      contents.emit(name, event)
      expect(event.isPrevented, name).toBe(true)
    }
  })

  it('lets the page load itself again, in its main frame', () => {
    const again = preventable({ url: 'app://bundle/', isMainFrame: true })
    contents.emit('will-navigate', again)
    contents.emit('will-frame-navigate', again)
    expect(again.isPrevented).toBe(false)
    const framed = preventable({ url: 'app://bundle/', isMainFrame: false })
    contents.emit('will-frame-navigate', framed)
    expect(framed.isPrevented).toBe(true)
  })

  it('refuses redirects even to itself, and every webview', () => {
    const redirect = preventable({ url: 'app://bundle/', isMainFrame: true })
    contents.emit('will-redirect', redirect)
    const webview = preventable({})
    contents.emit('will-attach-webview', webview, {}, {})
    expect([redirect.isPrevented, webview.isPrevented]).toEqual([true, true])
  })

  it.each(['https://arxiv.org/abs/1', 'app://bundle/', 'file:///etc/passwd'])(
    'opens no window for %s',
    (url) => {
      const answer = contents.openHandler?.({ url } as HandlerDetails)
      expect(answer).toEqual({ action: 'deny' })
      expect(opened).toEqual([url])
    }
  )
})

describe('links', () => {
  it.each(['https://arxiv.org/abs/2602.00001', 'https://doi.org/10.1000/182?x=1#y'])(
    '%s may be opened',
    (link) => expect(isAllowedLink(link)).toBe(true)
  )

  it.each([
    'http://arxiv.org/abs/1',
    'https://arxiv.org:8443/abs/1',
    'https://user@arxiv.org/',
    'https://user:word@arxiv.org/',
    'https://arxiv.org.example.org/',
    'https://example.org/https://arxiv.org/',
    'https://example.org\\@arxiv.org/',
    'https:\\\\arxiv.org/',
    'https://xn--arxv-7na.org/',
    'https://export.arxiv.org/',
    'file:///C:/Windows/System32/calc.exe',
    'smb://arxiv.org/share',
    'ms-settings:',
    'javascript:alert(1)',
    ' https://arxiv.org/',
    'https://arxiv.org/\u0000',
    'https://arxiv.org/a\nb',
    'arxiv.org',
    '',
    `https://arxiv.org/${'a'.repeat(2000)}`
  ])('%j is refused without reaching the system', (link) => {
    const reached: string[] = []
    const shell = { openExternal: (url: string) => Promise.resolve(void reached.push(url)) }
    expect(openLink(shell, link)).toBe(false)
    expect(reached).toEqual([])
  })

  it('hands the normalised address to the system, and bears having no browser', () => {
    const reached: string[] = []
    const shell = {
      openExternal: (url: string) => {
        reached.push(url)
        return Promise.reject(new Error('no browser'))
      }
    }
    expect(openLink(shell, 'https://ARXIV.org/abs/../abs/1')).toBe(true)
    expect(reached).toEqual(['https://arxiv.org/abs/1'])
  })
})
