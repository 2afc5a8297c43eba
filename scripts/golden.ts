// Writes a method's golden.json: `npm run golden -- <method>`. The file is read before it is
// committed, with the reason for the change; tests compare every later run with it.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import type { Device } from '../src-main/core/compute/devices/device.ts'
import { openTestDevice } from '../src-main/core/compute/wasm.test-support.ts'

/** What a method's golden.test-support.ts exports. */
interface GoldenModule {
  readonly goldenRecipes: readonly { readonly name: string }[]
  makeGolden(device: Device, recipe: unknown): Promise<unknown>
}

const families = ['selection']
const wanted = process.argv.slice(2)
if (wanted.length === 0) {
  console.error('Name a method: npm run golden -- icons')
  process.exit(3)
}
const device = await openTestDevice()
for (const method of wanted) {
  const folders = families.map((family) =>
    join(import.meta.dirname, '../src-main/core/methods', family, method)
  )
  const folder = folders.find((path) => existsSync(join(path, 'golden.test-support.ts')))
  if (folder === undefined) {
    console.error(`The method "${method}" has no golden case.`)
    process.exit(3)
  }
  // The module is found by name, so its type is stated and not inferred.
  const module = (await import(
    pathToFileURL(join(folder, 'golden.test-support.ts')).href
  )) as GoldenModule
  const records: unknown[] = []
  for (const recipe of module.goldenRecipes) records.push(await module.makeGolden(device, recipe))
  const path = join(folder, 'golden.json')
  const options = { ...(await resolveConfig(path)), filepath: path }
  writeFileSync(path, await format(JSON.stringify(records), options))
  console.log(`${path}: ${records.length} cases`)
}
