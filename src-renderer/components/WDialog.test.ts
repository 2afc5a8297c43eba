// Dialogs: their name, Esc, and where the focus goes.
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { defineComponent, ref } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import WDialog from './WDialog.vue'

let wrapper: VueWrapper
afterEach(() => wrapper.unmount())
const dialogs = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role="dialog"]')]

function page(): void {
  wrapper = mount(
    defineComponent({
      components: { WDialog },
      setup: () => ({ first: ref(false), second: ref(false) }),
      template: `<button id="opener" @click="first = true">Open</button>
        <WDialog v-model:open="first" title="Rename the run" text="Any name will do.">
          <input id="name" /><button id="deeper" @click="second = true">More</button>
          <WDialog v-model:open="second" title="Sure?"><p>Really.</p></WDialog>
        </WDialog>`
    }),
    { attachTo: document.body }
  )
}
async function openFirst(): Promise<void> {
  const opener = wrapper.get<HTMLElement>('#opener').element
  opener.focus()
  opener.click()
  await expect.poll(() => dialogs().length).toBe(1)
  await flushPromises()
}
function escape(): void {
  const target = document.activeElement ?? document.body
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })
  )
}

describe('WDialog', () => {
  it('has its title as its name and its text as its description', async () => {
    page()
    await openFirst()
    const [dialog] = dialogs()
    const textOf = (attribute: string): string | null =>
      document.getElementById(dialog?.getAttribute(attribute) ?? '')?.textContent ?? null
    expect(textOf('aria-labelledby')).toBe('Rename the run')
    expect(textOf('aria-describedby')).toBe('Any name will do.')
  })

  it('takes the focus in and gives it back', async () => {
    page()
    await openFirst()
    await expect.poll(() => dialogs()[0]?.contains(document.activeElement)).toBe(true)
    escape()
    await expect.poll(() => dialogs().length).toBe(0)
    await expect.poll(() => document.activeElement?.id).toBe('opener')
  })

  it('closes the top layer only', async () => {
    page()
    await openFirst()
    document.querySelector<HTMLElement>('#deeper')?.click()
    await expect.poll(() => dialogs().length).toBe(2)
    escape()
    await expect
      .poll(() => dialogs().map((dialog) => dialog.textContent?.includes('Really.')))
      .toEqual([false])
    escape()
    await expect.poll(() => dialogs().length).toBe(0)
  })
})
