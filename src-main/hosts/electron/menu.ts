// The application menu: what the system's shortcuts need, and nothing that could leave the page.
import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopWords } from './desktop-words.ts'

/**
 * Menu for a system; developer tools and reloading only in development. Entries with a role are named by the
 * system, in its own language.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  isDev: boolean,
  words: DesktopWords['menu']
): MenuItemConstructorOptions[] {
  const development: MenuItemConstructorOptions[] = isDev
    ? [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
    : []
  return [
    ...(platform === 'darwin'
      ? [{ role: 'appMenu' } as const]
      : [{ label: words.file, submenu: [{ role: 'quit' } as const] }]),
    { role: 'editMenu' },
    {
      label: words.view,
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...development
      ]
    },
    { role: 'windowMenu' }
  ]
}
