// The application menu: what the system's shortcuts need, and nothing that could leave the page.
import type { MenuItemConstructorOptions } from 'electron'

/** Menu for a system; developer tools and reloading only in development. */
export function menuTemplate(
  platform: NodeJS.Platform,
  isDev: boolean
): MenuItemConstructorOptions[] {
  const development: MenuItemConstructorOptions[] = isDev
    ? [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
    : []
  return [
    ...(platform === 'darwin'
      ? [{ role: 'appMenu' } as const]
      : [{ label: 'File', submenu: [{ role: 'quit' } as const] }]),
    { role: 'editMenu' },
    {
      label: 'View',
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
