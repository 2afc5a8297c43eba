// One plain sentence on what an action did, made from the screen it was done on: it takes the place
// of past screens. No model is asked for it.
import type { PageAction } from './actions.ts'
import { leafOf, type Screen, type ScreenLeaf } from './screen.ts'

const names: Readonly<Record<string, string>> = {
  a: 'link',
  button: 'button',
  input_button: 'button',
  input_submit: 'button',
  input_text: 'text field',
  input_password: 'password field',
  input_search: 'text field',
  input_checkbox: 'checkbox',
  input_radio: 'choice',
  textarea: 'text area',
  label: 'label',
  li: 'list entry',
  option: 'option',
  select: 'list',
  img: 'picture'
}

/** An element in words: "button 'Submit'". */
export function describeLeaf(leaf: ScreenLeaf): string {
  const kind = names[leaf.tag] ?? leaf.tag
  const own = [leaf.text, leaf.placeholder, leaf.domId, leaf.classes].find(
    (text) => text.trim() !== ''
  )
  return own === undefined ? kind : `${kind} '${own.replaceAll(/\s+/g, ' ').trim().slice(0, 80)}'`
}

/** What an action on a screen was, in a few words: "clicked button 'Submit'". */
export function summarise(screen: Screen, action: PageAction): string {
  const target = (id: number): string => {
    const leaf = leafOf(screen, id)
    return leaf === undefined ? 'something that is not there' : describeLeaf(leaf)
  }
  switch (action.kind) {
    case 'click':
      return `clicked ${target(action.id)}`
    case 'enter':
      return `typed ${JSON.stringify(action.text)} into ${target(action.id)}`
    case 'press':
      return action.times === 1
        ? `pressed ${action.key}`
        : `pressed ${action.key} ${action.times} times`
    case 'hold':
      return action.key === null ? 'released the held key' : `held ${action.key} down`
    case 'scroll':
      return action.id === null
        ? `scrolled ${action.direction}`
        : `scrolled ${target(action.id)} ${action.direction}`
  }
}
