// The menu holds what each system expects, and developer tools in development alone.
import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { desktopWords } from './desktop-words.ts'
import { menuTemplate } from './menu.ts'

const { menu } = desktopWords('en')

function rolesOf(items: readonly MenuItemConstructorOptions[]): string[] {
  return items.flatMap((item) => [
    ...(item.role === undefined ? [] : [item.role]),
    ...(Array.isArray(item.submenu) ? rolesOf(item.submenu) : [])
  ])
}

describe('menuTemplate', () => {
  it.each(['win32', 'linux', 'darwin'] as const)('on %s has no tools in a release', (platform) => {
    const roles = rolesOf(menuTemplate(platform, false, menu))
    expect(roles).not.toContain('toggleDevTools')
    expect(roles).not.toContain('reload')
    expect(roles).toEqual(expect.arrayContaining(['editMenu', 'windowMenu', 'zoomIn']))
    expect(roles).toContain(platform === 'darwin' ? 'appMenu' : 'quit')
  })

  it('has them in development', () => {
    expect(rolesOf(menuTemplate('linux', true, menu))).toEqual(
      expect.arrayContaining(['toggleDevTools', 'reload'])
    )
  })

  it('names its own entries in the language of the window', () => {
    const labels = menuTemplate('linux', false, desktopWords('de').menu).flatMap(
      ({ label }) => label ?? []
    )
    expect(labels).toEqual(['Datei', 'Ansicht'])
  })

  it('has nothing that runs code of its own', () => {
    const clicks = JSON.stringify(menuTemplate('linux', true, menu), (_key, value: unknown) =>
      typeof value === 'function' ? 'a function' : value
    )
    expect(clicks).not.toContain('a function')
  })
})
