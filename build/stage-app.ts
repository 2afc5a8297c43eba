// Lets electron-builder make the whole app with a stand-in for the Electron binary, so that
// everything but that binary can be checked where it cannot be had.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, Platform } from 'electron-builder'
import config from './electron-builder.ts'

/** What electron-builder made. */
export interface StagedApp {
  readonly archive: string
  readonly unpacked: string
  readonly resources: string
  readonly executable: string
}

/** By this text the fuses are found in Electron's binary; version 1 and nine fuses follow it. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** Electron 45 as it comes: "1" is on, "0" is off, in the order of FuseV1Options. */
const shippedFuses = '101100011'

/** A folder with the few files of an Electron distribution that packaging touches. */
export function writeStandIn(folder: string, language = 'en-US'): void {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  writeFileSync(join(folder, 'locales', `${language}.pak`), '')
  const wire = Buffer.from([1, shippedFuses.length])
  const binary = Buffer.concat([Buffer.from(fuseSentinel), wire, Buffer.from(shippedFuses)])
  writeFileSync(join(folder, 'electron'), binary, { mode: 0o755 })
}

/** Makes the app for Linux below `folder` from the built output in `root`. */
export async function stageApp(root: string, folder: string): Promise<StagedApp> {
  const electronDist = join(folder, 'electron-stand-in')
  writeStandIn(electronDist)
  const output = join(folder, 'dist')
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: { ...config, electronDist, directories: { ...config.directories, output } }
  })
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`
  const place = join(output, `linux${suffix}-unpacked`)
  return {
    archive: join(place, 'resources', 'app.asar'),
    unpacked: join(place, 'resources', 'app.asar.unpacked'),
    resources: join(place, 'resources', 'resources'),
    executable: join(place, 'winnow')
  }
}
