// The form controls: numbers, choices, switches, tabs, and how a field hands its words to them.
import { mount, type VueWrapper } from '@vue/test-utils'
import fc from 'fast-check'
import { TooltipProvider } from 'reka-ui'
import { defineComponent, h } from 'vue'
import { describe, expect, it } from 'vitest'
import { openHelpKey } from './field-context.ts'
import WCheckbox from './WCheckbox.vue'
import WIconButton from './WIconButton.vue'
import WField from './WField.vue'
import WMessage from './WMessage.vue'
import WNumberInput from './WNumberInput.vue'
import WRadioCards from './WRadioCards.vue'
import WSelect from './WSelect.vue'
import WSlider from './WSlider.vue'
import WSwitch from './WSwitch.vue'
import WTabs from './WTabs.vue'
import WTextInput from './WTextInput.vue'

/** Mounts a control whose parent takes every value it emits. */
function bound(component: unknown, props: Record<string, unknown>): VueWrapper {
  const wrapper: VueWrapper = mount(component as Parameters<typeof mount>[0], {
    props: {
      ...props,
      'onUpdate:modelValue': (value: unknown) => void wrapper.setProps({ modelValue: value })
    }
  })
  return wrapper
}
const emitted = (wrapper: VueWrapper): unknown[] =>
  (wrapper.emitted('update:modelValue') ?? []).map(([value]) => value)

describe('WNumberInput', () => {
  async function type(wrapper: VueWrapper, text: string): Promise<void> {
    const input = wrapper.get('input')
    await input.trigger('focus')
    for (let end = 1; end <= text.length; end++) await input.setValue(text.slice(0, end))
  }

  it('emits numbers in range while typing, and only those', async () => {
    const wrapper = bound(WNumberInput, { modelValue: 5, min: 10, max: 100 })
    await type(wrapper, '250')
    expect(emitted(wrapper)).toEqual([25])
    await wrapper.get('input').trigger('blur')
    expect(emitted(wrapper).at(-1)).toBe(100)
    expect(wrapper.get('input').element.value).toBe('100')
  })

  it('changes nothing when it is only passed through', async () => {
    const wrapper = bound(WNumberInput, { modelValue: 0.0004, min: 0.01, max: 100 })
    await wrapper.get('input').trigger('focus')
    await wrapper.get('input').trigger('blur')
    expect(emitted(wrapper)).toEqual([])
    expect(wrapper.get('input').element.value).toBe('0.0004')
  })

  it('does not rewrite what is being typed', async () => {
    const wrapper = bound(WNumberInput, { modelValue: 5, step: 0.1 })
    await type(wrapper, '1.50')
    expect(wrapper.get('input').element.value).toBe('1.50')
    await wrapper.get('input').trigger('blur')
    expect(wrapper.get('input').element.value).toBe('1.5')
  })

  it.each(['', '  ', 'abc', '1,5', 'Infinity', '--1'])(
    'goes back to the last value from %j',
    async (text) => {
      const wrapper = bound(WNumberInput, { modelValue: 7 })
      const input = wrapper.get('input')
      await input.trigger('focus')
      await input.setValue(text)
      await input.trigger('blur')
      expect(input.element.value).toBe('7')
      expect(emitted(wrapper)).toEqual([])
    }
  )

  it('steps with arrows, pages and buttons, and stops at the ends', async () => {
    const wrapper = bound(WNumberInput, { modelValue: 8, min: 0, max: 10 })
    const input = wrapper.get('input')
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'PageDown'])
      await input.trigger('keydown', { key })
    expect(emitted(wrapper)).toEqual([9, 10, 9, 0])
    const [less, more] = wrapper.findAll('button')
    expect(less?.attributes('disabled')).toBeDefined()
    await more?.trigger('click')
    expect(emitted(wrapper).at(-1)).toBe(1)
  })

  it('keeps the digits of its step: 0.1 + 0.2 is 0.3', async () => {
    const wrapper = bound(WNumberInput, { modelValue: 0.1, step: 0.1 })
    for (let count = 0; count < 2; count++)
      await wrapper.get('input').trigger('keydown', { key: 'ArrowUp' })
    expect(emitted(wrapper)).toEqual([0.2, 0.3])
  })

  it('rounds where only whole numbers are meant', async () => {
    const wrapper = bound(WNumberInput, { modelValue: 5, min: 1, max: 50, whole: true })
    await type(wrapper, '2.6')
    expect(emitted(wrapper)).toEqual([2])
    await wrapper.get('input').trigger('blur')
    expect(emitted(wrapper)).toEqual([2, 3])
  })

  it('waits for the end of typing when it is late', async () => {
    const wrapper = bound(WNumberInput, { modelValue: 5, min: 1, late: true })
    await type(wrapper, '120')
    expect(emitted(wrapper)).toEqual([])
    await wrapper.get('input').trigger('keydown', { key: 'Enter' })
    expect(emitted(wrapper)).toEqual([120])
    await wrapper.get('input').trigger('blur')
    expect(emitted(wrapper)).toEqual([120])
    await type(wrapper, '20')
    await wrapper.get('input').trigger('keydown', { key: 'ArrowUp' })
    expect(emitted(wrapper)).toEqual([120, 21])
  })

  it('never emits outside its range', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 0, max: 50 }),
        fc.array(
          fc.oneof(
            fc.constantFrom('ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Enter'),
            fc.double().map(String),
            fc.string({ maxLength: 4 })
          )
        ),
        async (min, width, acts) => {
          const max = min + width
          const wrapper = bound(WNumberInput, { modelValue: min, min, max, step: 0.5 })
          const input = wrapper.get('input')
          for (const act of acts) {
            if (act.startsWith('Arrow') || act.startsWith('Page') || act === 'Enter')
              await input.trigger('keydown', { key: act })
            else await input.setValue(act)
          }
          await input.trigger('blur')
          for (const value of emitted(wrapper)) {
            expect(value).toBeGreaterThanOrEqual(min)
            expect(value).toBeLessThanOrEqual(max)
          }
          expect(Number(input.element.value)).toBe(emitted(wrapper).at(-1) ?? min)
          wrapper.unmount()
        }
      ),
      { numRuns: 40 }
    )
  })

  it('says its value, range and unit to screen readers', () => {
    const input = bound(WNumberInput, {
      modelValue: 3,
      min: 1,
      unit: 'items',
      label: 'Repeats'
    }).get('[role="spinbutton"]')
    expect(input.attributes()).toMatchObject({
      'aria-valuenow': '3',
      'aria-valuemin': '1',
      'aria-valuetext': '3 items',
      'aria-label': 'Repeats'
    })
    expect(input.attributes('aria-valuemax')).toBeUndefined()
  })
})

describe('WSelect', () => {
  const options = [
    { value: 10, label: 'Ten' },
    { value: 20, label: 'Twenty', disabled: true, reason: 'too many' }
  ]
  it('emits the value of the option, not its text', async () => {
    const wrapper = bound(WSelect, { modelValue: undefined, options, placeholder: 'Pick one' })
    expect(wrapper.get('option').text()).toBe('Pick one')
    await wrapper.get('select').setValue('0')
    expect(emitted(wrapper)).toEqual([10])
    expect(wrapper.findAll('option')).toHaveLength(2)
  })

  it('shows impossible choices with their reason', () => {
    const last = bound(WSelect, { modelValue: 10, options }).findAll('option')[1]
    expect(last?.text()).toBe('Twenty – too many')
    expect(last?.attributes('disabled')).toBeDefined()
  })
})

describe('WRadioCards', () => {
  const options = [
    { value: 'a', title: 'First', text: 'The usual one.' },
    { value: 'b', title: 'Second', disabled: true, reason: 'No labels.' }
  ]
  it('is one group with a name, and emits the choice', async () => {
    const wrapper = bound(WRadioCards, { modelValue: 'b', options, label: 'Kind' })
    expect(wrapper.get('[role="radiogroup"]').attributes('aria-label')).toBe('Kind')
    await wrapper.get('input[value="a"]').setValue(true)
    expect(emitted(wrapper)).toEqual(['a'])
    expect(new Set(wrapper.findAll('input').map((input) => input.attributes('name'))).size).toBe(1)
  })

  it('describes each choice, with the reason why it cannot be made', () => {
    const wrapper = bound(WRadioCards, { modelValue: 'a', options, label: 'Kind' })
    const described = wrapper
      .findAll('input')
      .map((input) => wrapper.get(`#${input.attributes('aria-describedby')}`).text())
    expect(described).toEqual(['The usual one.', 'No labels.'])
    expect(wrapper.get('input[value="b"]').attributes('disabled')).toBeDefined()
  })
})

describe('WSwitch, WCheckbox, WSlider and WTextInput', () => {
  it('a switch turns, by its label too, and says its state', async () => {
    const wrapper = bound(WSwitch, { modelValue: false, label: 'Names', help: 'Under the icons.' })
    const control = wrapper.get('[role="switch"]')
    await control.trigger('click')
    expect(emitted(wrapper)).toEqual([true])
    expect(control.attributes('aria-checked')).toBe('true')
    expect(wrapper.get('label').attributes('for')).toBe(control.attributes('id'))
    expect(wrapper.get(`#${control.attributes('aria-describedby')}`).text()).toBe(
      'Under the icons.'
    )
  })

  it('a checkbox has its name around it', async () => {
    const wrapper = bound(WCheckbox, { modelValue: false, label: 'boot', count: '12' })
    await wrapper.get('label input').setValue(true)
    expect(emitted(wrapper)).toEqual([true])
    expect(wrapper.text()).toContain('12')
  })

  it('a slider reads its value aloud as it is shown', async () => {
    const wrapper = bound(WSlider, {
      modelValue: 20,
      min: 5,
      max: 50,
      step: 5,
      format: (value: number) => `${value} %`
    })
    expect(wrapper.get('input').attributes('aria-valuetext')).toBe('20 %')
    await wrapper.get('input').setValue('35')
    expect(emitted(wrapper)).toEqual([35])
    expect(wrapper.get('output').text()).toBe('35 %')
  })

  it('a search field clears', async () => {
    const wrapper = bound(WTextInput, { modelValue: '', type: 'search', label: 'Search' })
    expect(wrapper.find('button').exists()).toBe(false)
    await wrapper.get('input').setValue('boot')
    await wrapper.get('button').trigger('click')
    expect(emitted(wrapper)).toEqual(['boot', ''])
  })
})

describe('WIconButton', () => {
  async function button(props: Record<string, unknown>): Promise<VueWrapper> {
    const wrapper = mount(
      defineComponent({
        setup: () => () => h(TooltipProvider, () => h(WIconButton, { label: 'Hide', ...props }))
      })
    )
    await wrapper.vm.$nextTick()
    return wrapper
  }

  it('hands clicks and classes to its button, through the tooltip around it', async () => {
    let clicks = 0
    const wrapper = await button({ onClick: () => (clicks += 1), class: 'mine' })
    await wrapper.get('button.mine').trigger('click')
    expect(clicks).toBe(1)
    expect(wrapper.get('button').attributes('aria-label')).toBe('Hide')
  })

  it('is a switch only where it has a state', async () => {
    const states = [undefined, true, false].map(async (pressed) => {
      const wrapper = await button(pressed === undefined ? {} : { pressed })
      return wrapper.get('button').attributes('aria-pressed')
    })
    expect(await Promise.all(states)).toEqual([undefined, 'true', 'false'])
  })
})

describe('WTabs', () => {
  const tabs = [
    { id: 'one', label: 'One' },
    { id: 'two', label: 'Two', count: '3' },
    { id: 'three', label: 'Three' }
  ]
  function mounted(): VueWrapper {
    const wrapper: VueWrapper = mount(WTabs, {
      props: {
        tabs,
        label: 'Parts',
        modelValue: 'one',
        'onUpdate:modelValue': (modelValue: string) => void wrapper.setProps({ modelValue })
      },
      slots: {
        one: () => h('p', 'first'),
        two: () => h('p', 'second'),
        three: () => h('p', 'third')
      },
      attachTo: document.body
    })
    return wrapper
  }

  it('mounts only the part that is shown', async () => {
    const wrapper = mounted()
    expect(wrapper.findAll('p').map((part) => part.text())).toEqual(['first'])
    await wrapper.setProps({ modelValue: 'two' })
    await expect.poll(() => wrapper.findAll('p').map((part) => part.text())).toEqual(['second'])
    expect(wrapper.get('[aria-selected="true"]').text()).toContain('Two')
    wrapper.unmount()
  })

  it('moves with arrows, Home and End', async () => {
    const wrapper = mounted()
    await wrapper.vm.$nextTick() // the tabs listen to keys once they are drawn
    wrapper.get<HTMLElement>('[role="tab"]').element.focus()
    const walk = { ArrowRight: 'second', End: 'third', Home: 'first', ArrowLeft: 'third' }
    for (const [key, shown] of Object.entries(walk)) {
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true })
      )
      await expect.poll(() => wrapper.findAll('p').map((part) => part.text())).toEqual([shown])
    }
    wrapper.unmount()
  })
})

describe('WField', () => {
  const inside = { components: { WField, WTextInput } }
  function field(
    props: Record<string, unknown>,
    provide: Record<symbol, unknown> = {}
  ): VueWrapper {
    return mount(
      defineComponent({
        ...inside,
        setup: () => ({ props }),
        template: '<WField v-bind="props"><WTextInput model-value="x" /></WField>'
      }),
      { global: { provide } }
    )
  }
  const describedTexts = (wrapper: VueWrapper): string[] =>
    (wrapper.get('input').attributes('aria-describedby') ?? '')
      .split(' ')
      .filter((id) => id !== '')
      .map((id) => wrapper.get(`[id="${id}"]`).text())

  it('names and describes its control', () => {
    const wrapper = field({ label: 'Name', help: 'What to call it.', hint: 'Free text.' })
    expect(wrapper.get('label').attributes('for')).toBe(wrapper.get('input').attributes('id'))
    expect(describedTexts(wrapper)).toEqual(['What to call it.', 'Free text.'])
    expect(wrapper.get('input').attributes('aria-invalid')).toBeUndefined()
  })

  it('shows an error in place of the hint, as an alert the control points at', () => {
    const wrapper = field({ label: 'Name', hint: 'Free text.', error: 'Give a name.' })
    expect(wrapper.get('[role="alert"]').text()).toBe('Give a name.')
    expect(describedTexts(wrapper)).toEqual(['Give a name.'])
    expect(wrapper.get('input').attributes('aria-invalid')).toBe('true')
    expect(wrapper.text()).not.toContain('Free text.')
  })

  it.each([
    { error: '' },
    { error: undefined },
    { error: '', hint: 'Free text.' },
    { help: 'One line.', error: '' }
  ])('points only at what is there: %j', (props) => {
    const wrapper = field({ label: 'Name', ...props })
    expect(wrapper.get('input').attributes('aria-invalid')).toBeUndefined()
    expect(describedTexts(wrapper)).toEqual(
      [props.help, props.hint].filter((text) => text !== undefined)
    )
  })

  it('opens the help at its entry', async () => {
    const asked: unknown[] = []
    const wrapper = field(
      { label: 'Repeat code', topic: 'repeat-code' },
      { [openHelpKey]: (topic: unknown) => asked.push(topic) }
    )
    await wrapper.get('button').trigger('click')
    expect(asked).toEqual(['repeat-code'])
  })

  it('is a named group around several controls', () => {
    const wrapper = field({ label: 'Theme', group: true, help: 'Looks.' })
    const group = wrapper.get('[role="group"]')
    expect(wrapper.get(`#${group.attributes('aria-labelledby')}`).text()).toBe('Theme')
    expect(wrapper.find('label').exists()).toBe(false)
  })
})

describe('WMessage', () => {
  it('interrupts only for errors', () => {
    expect(
      mount(WMessage, { props: { severity: 'error', text: 'No.' } })
        .find('[role="alert"]')
        .exists()
    ).toBe(true)
    expect(
      mount(WMessage, { props: { severity: 'caution', text: 'Hm.' } })
        .find('[role="alert"]')
        .exists()
    ).toBe(false)
  })

  it('hands back the action that was pressed, not one that is under way', async () => {
    const actions = [
      { label: 'Use 120', count: 120 },
      { label: 'Leave it', count: 0 }
    ]
    const wrapper = mount(WMessage<(typeof actions)[number]>, {
      props: { text: 'Too few.', actions, busy: 'Leave it' }
    })
    for (const button of wrapper.findAll('button')) await button.trigger('click')
    expect(wrapper.emitted('action')).toEqual([[actions[0]]])
  })
})
