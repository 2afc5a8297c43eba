// The choice of the language: each named in its own words, and what is chosen is what is asked for.
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { settingsText as words } from '../../text/settings.ts'
import AppearancePart from './AppearancePart.vue'

describe('the language', () => {
  it('is chosen from names that its speakers know', async () => {
    setActivePinia(createPinia())
    const wrapper = mount(AppearancePart)
    const select = wrapper.find('select')
    expect(select.findAll('option').map((option) => option.text())).toEqual([
      words.languages.system,
      'English',
      'Deutsch'
    ])
    expect(select.element.selectedIndex).toBe(0)
    await select.setValue('2')
    expect(wrapper.emitted('change')).toEqual([[words.language, { language: 'de' }]])
  })
})
