// The compact screen: cells of the grid, one line per element, ids of banned elements left out.
import { describe, expect, it } from 'vitest'
import { gridCell, screenText, type ScreenLeaf } from './screen.ts'

const leaf = (over: Partial<ScreenLeaf>): ScreenLeaf => ({
  ref: 1,
  tag: 'button',
  classes: '',
  domId: '',
  text: '',
  value: null,
  placeholder: '',
  left: 60,
  top: 90,
  width: 40,
  height: 30,
  ...over
})

describe('cells', () => {
  it.each([
    [80, 105, 'center'],
    [0, 0, 'top left'],
    [159, 209, 'bottom right'],
    [200, 500, 'bottom right'],
    [-5, 105, 'left'],
    [80, -1, 'top'],
    [80, 209, 'bottom'],
    [159, 0, 'top right'],
    [159, 100, 'right'],
    [0, 209, 'bottom left']
  ])('%d, %d is %s', (x, y, name) => {
    expect(gridCell(x, y)).toBe(name)
  })
})

describe('lines', () => {
  it('leave out what is empty; the document id stands in for a class', () => {
    expect(screenText({ leaves: [leaf({})] })).toBe('button id=1 pos="center"')
    expect(screenText({ leaves: [leaf({ domId: 'go', text: ' Go \n on' })] })).toBe(
      'button id=1 class="go" pos="center" "Go on"'
    )
    expect(
      screenText({
        leaves: [
          leaf({ tag: 'input_text', classes: 'q', domId: 'x', placeholder: 'Name', value: 'ab' })
        ]
      })
    ).toBe('input_text id=1 class="q" placeholder="Name" value="ab" pos="center"')
  })

  it('loose text has no id', () => {
    expect(screenText({ leaves: [leaf({ ref: -3, tag: 't', text: 'words' })] })).toBe(
      't pos="center" "words"'
    )
  })

  it('a ban takes the id alone; the text stays', () => {
    const screen = { leaves: [leaf({ text: 'A' }), leaf({ ref: 2, text: 'B' })] }
    expect(screenText(screen, new Set([2]))).toBe(
      'button id=1 pos="center" "A"\nbutton pos="center" "B"'
    )
  })
})
