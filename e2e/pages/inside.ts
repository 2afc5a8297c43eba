// The inside of the page, for specs that go over every screen: places are opened by their address,
// which the window itself does not show, and what is to be looked at is asked for directly.
import { expect, type Page } from '@playwright/test'
import type { CallName, InputOf, OutputOf } from '../../src-main/api/contract.ts'

interface Mounted {
  readonly __vue_app__: {
    readonly config: {
      readonly globalProperties: {
        readonly $router: {
          push(place: string): Promise<unknown>
          getRoutes(): readonly { readonly name?: unknown }[]
        }
        readonly $pinia: {
          readonly _s: ReadonlyMap<
            string,
            { readonly call: (name: string, input: unknown) => unknown }
          >
        }
      }
    }
  }
}

/** Opens a place by its address, as a link of the app does. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.evaluate(async (address) => {
    // The page mounts the app on this element.
    const root = document.querySelector('#app') as unknown as Mounted
    await root.__vue_app__.config.globalProperties.$router.push(address)
  }, place)
}

/** Names of all screens the app has. */
export function routeNames(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('#app') as unknown as Mounted
    const all = root.__vue_app__.config.globalProperties.$router.getRoutes()
    return all.flatMap(({ name }) => (typeof name === 'string' ? [name] : []))
  })
}

/** A call over the app's own connection. */
export function call<K extends CallName>(
  page: Page,
  name: K,
  input: InputOf<K>
): Promise<OutputOf<K>> {
  return page.evaluate(
    async ([verb, asked]) => {
      const root = document.querySelector('#app') as unknown as Mounted
      const store = root.__vue_app__.config.globalProperties.$pinia._s.get('connection')
      if (store === undefined) throw new Error('the app has no connection')
      // The contract says what comes back for this name.
      return (await store.call(verb, asked)) as OutputOf<K>
    },
    [name, input] as const
  )
}

/** Waits until a job has ended well. */
export async function jobDone(page: Page, id: string): Promise<void> {
  await expect
    .poll(async () => (await call(page, 'jobs.get', { id })).state, { timeout: 180_000 })
    .toMatch(/^finished/)
}
