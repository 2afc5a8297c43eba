// The items of a tiny set: their marks, their labels, and how they are walked.
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rowOf, tinyDraftOf, tinyItemOf } from '../../stores/distil-fixtures.test-support.ts'
import { common } from '../../text/common.ts'
import { tinyResult as words } from '../../text/distil.ts'
import { clickOn } from '../view.test-support.ts'
import { allItems, showResult } from './tiny-result.test-support.ts'

let wrapper: VueWrapper
beforeEach(() => {
  let made = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${++made}`)
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined)
})
afterEach(() => {
  wrapper.unmount()
  document.body.innerHTML = ''
  vi.restoreAllMocks()
})

async function show(...given: Parameters<typeof showResult>): Promise<void> {
  wrapper = (await showResult(...given)).wrapper
}
const tiles = () => wrapper.findAll('[role="option"]')
const panel = () => wrapper.get('.panel')

describe('items of a tiny set', () => {
  it('carry a mark, for the eye and for the ear', async () => {
    await show()
    expect(tiles()).toHaveLength(60)
    expect(tiles()[0]?.text()).toContain(words.madeShort)
    expect(tiles()[0]?.attributes('aria-label')).toBe(`boot 1, ${words.made}`)
    expect(panel().text()).toContain(words.made)
    expect(tiles()[0]?.find('img').attributes('src')).toMatch(/^blob:/)
  })

  it('show their label bars and the real items most like them', async () => {
    await show()
    await tiles()[1]?.trigger('click')
    expect(panel().get('h3').text()).toBe('shoe 2')
    const bars = panel().findAll('.bar')
    expect(bars.map((one) => one.text())).toEqual(['shoe75.0 %', 'boot25.0 %'])
    expect(panel().text()).toContain('item 101')
    // Rounded down, so that nothing reads as the same.
    expect(panel().text()).toContain('99 % alike')
  })

  it('are walked with the arrows, from one stop of Tab', async () => {
    await show()
    const list = wrapper.get('[role="listbox"]')
    await list.trigger('keydown', { key: 'ArrowRight' })
    await flushPromises()
    expect(
      tiles()
        .map((one) => one.attributes('aria-selected'))
        .indexOf('true')
    ).toBe(1)
    expect(document.activeElement).toBe(tiles()[1]?.element)
    await list.trigger('keydown', { key: 'End' })
    await list.trigger('keydown', { key: 'ArrowRight' })
    expect(tiles()[59]?.attributes('aria-selected')).toBe('true')
    expect(tiles().filter((one) => one.attributes('tabindex') === '0')).toHaveLength(1)
  })

  it('come part by part, and by label', async () => {
    await show()
    await clickOn(wrapper.findAll('button').find((one) => one.text() === common.showMore)?.element)
    expect(tiles()).toHaveLength(70)
    const select = wrapper.get('.items select')
    const shoe = select.findAll('option').find((one) => one.text() === 'shoe')
    await select.setValue(shoe?.attributes('value'))
    await flushPromises()
    expect(tiles()).toHaveLength(35)
  })

  it('that are real say so, and have no mark', async () => {
    const item = tinyItemOf(0, { item: rowOf(7), nearest: [] })
    await show(
      { kind: 'real', draft: tinyDraftOf() },
      { 'distil.items': () => ({ items: [item], total: 1 }) }
    )
    expect(panel().text()).toContain(words.item.isReal('item 7'))
    expect(panel().text()).not.toContain(words.item.nearest)
    expect(tiles()[0]?.text()).toBe('boot')
  })

  it('without shares say why', async () => {
    const none = tinyItemOf(0, { shares: [] })
    await show({ draft: tinyDraftOf() }, { 'distil.items': () => ({ items: [none], total: 1 }) })
    expect(panel().text()).toContain(words.item.missing)
  })

  it('of a set that kept nothing are an empty panel, and a failure can be tried again', async () => {
    await show({}, { 'distil.items': () => ({ items: [], total: 0 }) })
    expect(wrapper.text()).toContain(words.item.empty)
    wrapper.unmount()
    let isBroken = true
    await show(
      {},
      {
        'distil.items': () => {
          if (isBroken) throw new Error('gone')
          return { items: allItems.slice(0, 1), total: 1 }
        }
      }
    )
    isBroken = false
    await clickOn(wrapper.get('.items .message.error button').element)
    expect(tiles()).toHaveLength(1)
  })
})
