// Folders of the desktop host on each system, and WINNOW_HOME, which moves all but the resources.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { desktopPaths } from './desktop-paths.ts'

const places = {
  platform: 'linux',
  appData: '/home/a/.config',
  home: '/home/a',
  temp: '/tmp',
  base: '/opt/Winnow/resources',
  moved: undefined
} as const

describe('desktopPaths', () => {
  it.each([
    ['linux', 'winnow'],
    ['darwin', 'Winnow'],
    ['win32', 'Winnow']
  ] as const)('on %s keeps its data in %s', (platform, name) => {
    const paths = desktopPaths({ ...places, platform })
    expect(paths).toEqual({
      data: join('/home/a/.config', name),
      projects: join('/home/a', 'Winnow'),
      temp: join('/tmp', 'winnow'),
      resources: join('/opt/Winnow/resources', 'resources')
    })
  })

  it('writes nowhere but into the folder it is given', () => {
    const { resources, ...written } = desktopPaths({ ...places, moved: '/mnt/stick' })
    for (const path of Object.values(written))
      expect(path.startsWith(join('/mnt/stick', '/'))).toBe(true)
    expect(resources).toBe(join('/opt/Winnow/resources', 'resources'))
  })
})
