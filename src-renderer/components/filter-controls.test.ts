// Controls of the filter panel: a range with its histogram, and values to tick.
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { browse as words } from '../text/browse.ts'
import FacetPart from './FacetPart.vue'
import FacetValues from './FacetValues.vue'
import FilterChips from './FilterChips.vue'
import RangeFilter from './RangeFilter.vue'

let wrapper: VueWrapper
afterEach(() => wrapper.unmount())

describe('a range', () => {
  function show(part: Record<string, unknown> = {}): void {
    wrapper = mount(RangeFilter, {
      props: {
        label: 'stars',
        min: 0,
        max: 100,
        bins: [1, 0, 5, 2],
        low: null,
        high: null,
        format: (value: number) => `${value} st`,
        ...part
      }
    })
  }
  const inputs = (): HTMLInputElement[] =>
    wrapper.findAll('input').map((input) => input.element as HTMLInputElement) // found by tag
  async function drag(which: number, to: number): Promise<void> {
    const input = inputs()[which]
    if (input === undefined) throw new Error('no bound')
    input.value = String(to)
    await wrapper.findAll('input')[which]?.trigger('input')
  }
  const commit = (which: number): Promise<void> | undefined =>
    wrapper.findAll('input')[which]?.trigger('change')

  it('says its bounds when a drag ends, not on the way', async () => {
    show()
    await drag(0, 20)
    await drag(0, 30)
    expect(wrapper.emitted('change')).toBeUndefined()
    await commit(0)
    await drag(1, 60)
    await commit(1)
    expect(wrapper.emitted('change')).toEqual([
      [30, null],
      [30, 60]
    ])
    expect(inputs()[0]?.getAttribute('aria-valuetext')).toBe('30 st')
    expect(wrapper.text()).toContain('60 st')
    expect(wrapper.findAll('.bin.in')).toHaveLength(2)
  })

  it('never lets its bounds cross', async () => {
    show({ low: 40, high: 60 })
    await drag(0, 90)
    expect(inputs()[0]?.value).toBe('60')
    await commit(0)
    await drag(1, 10)
    await commit(1)
    expect(wrapper.emitted('change')).toEqual([
      [60, 60],
      [60, 60]
    ])
  })

  it('is open where a bound is at its end', async () => {
    show({ low: 40, high: 60 })
    await drag(0, 0)
    await drag(1, 100)
    await commit(1)
    expect(wrapper.emitted('change')).toEqual([[null, null]])
  })

  it('reaches both ends of what is not whole, and stays inside other bounds', async () => {
    show({ min: 0.5, max: 2.25, low: -3, high: 9 })
    expect(inputs()[0]?.getAttribute('aria-valuetext')).toBe('0.5 st')
    expect(inputs()[1]?.getAttribute('aria-valuetext')).toBe('2.25 st')
    await drag(0, 100)
    await commit(0)
    expect(wrapper.emitted('change')).toEqual([[1.375, null]])
  })
})

describe('values to tick', () => {
  const many = Array.from({ length: 30 }, (_, at) => ({
    value: `v${at}`,
    label: `value ${at}`,
    count: 100 - at
  }))
  function show(values: typeof many, chosen: readonly string[] = []): void {
    wrapper = mount(FacetValues, { props: { values, title: 'kind', modelValue: chosen } })
  }
  const names = (): string[] => wrapper.findAll('label').map((label) => label.text())

  it('are listed up to a dozen, beyond that the first and what is chosen', async () => {
    show(many.slice(0, 12))
    expect(names()).toHaveLength(12)
    expect(wrapper.find('input[type="search"]').exists()).toBe(false)
    wrapper.unmount()
    show(many, ['v20'])
    expect(names()).toHaveLength(9)
    expect(names().at(-1)).toContain('value 20')
    await wrapper.get('button').trigger('click')
    expect(names()).toHaveLength(30)
  })

  it('are found by name', async () => {
    show(many)
    await wrapper.get('input[type="search"]').setValue('VALUE 17')
    expect(names()).toHaveLength(1)
    await wrapper.get('input[type="search"]').setValue('nothing')
    expect(wrapper.text()).toContain(words.filters.noMatch)
  })

  it('stay when they are chosen and nothing has them any more', async () => {
    show(many.slice(0, 3), ['gone'])
    expect(names().at(-1)).toBe('gone0')
    await wrapper.findAll('input').at(-1)?.setValue(false)
    expect(wrapper.emitted('update:modelValue')).toEqual([[[]]])
  })
})

describe('a part of the panel', () => {
  it('folds, and can be turned round once something is chosen in it', async () => {
    wrapper = mount(FacetPart, {
      props: { title: 'Labels', folded: false, not: false, active: false },
      slots: { default: 'choices' }
    })
    expect(wrapper.findAll('button')).toHaveLength(1)
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('update:folded')).toEqual([[true]])
    await wrapper.setProps({ active: true })
    const not = wrapper.findAll('button')[1]
    expect(not?.attributes('aria-pressed')).toBe('false')
    await not?.trigger('click')
    expect(wrapper.emitted('turn')).toHaveLength(1)
  })
})

describe('chips', () => {
  const chip = (id: string, part: string | undefined): Record<string, unknown> => ({
    id,
    part,
    text: id,
    isNot: false
  })
  function show(): void {
    wrapper = mount(FilterChips, {
      props: { chips: [chip('a', 'labels'), chip('b', undefined), chip('c', 'tags')] as never[] }, // what the component is generic over
      attachTo: document.body
    })
  }
  const tabStops = (): string[] => wrapper.findAll('[data-chip][tabindex="0"]').map((c) => c.text())

  it('are one stop of Tab and walked with arrows', async () => {
    show()
    expect(tabStops()).toEqual(['a'])
    await wrapper.get('[data-chip]').trigger('keydown', { key: 'ArrowRight' })
    expect(tabStops()).toEqual(['b'])
    expect(document.activeElement?.textContent?.trim()).toBe('b')
  })

  it('turn round only where that means something, and can be removed', async () => {
    show()
    const chips = wrapper.findAll('[data-chip]')
    await chips[0]?.trigger('click')
    await chips[1]?.trigger('click')
    expect(wrapper.emitted('turn')?.map(([one]) => (one as { id: string }).id)).toEqual(['a']) // as given above
    await chips[2]?.trigger('keydown', { key: 'Backspace' })
    await wrapper.get(`[aria-label="${words.chips.remove('b')}"]`).trigger('click')
    expect(wrapper.emitted('remove')?.map(([one]) => (one as { id: string }).id)).toEqual([
      'c',
      'b'
    ])
  })
})
