// Every screen has a title in the top bar, in the language of the page.
import { expect, it } from 'vitest'
import { routeTitles } from '../text/routes.ts'
import { routes } from './routes.ts'

it('names every route, and no other', () => {
  const names = routes.flatMap(({ name }) => (name === undefined ? [] : [String(name)]))
  expect(Object.keys(routeTitles).sort()).toEqual(names.sort())
})
