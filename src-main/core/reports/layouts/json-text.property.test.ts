// Laying JSON text out anew never changes what it says, and is what JSON.stringify would write.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layOutJson } from './json-text.ts'

it('says the same, in the layout of JSON.stringify', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.constantFrom(0, 1, 4),
      fc.constantFrom(0, 2),
      (json, given, wanted) => {
        const value: unknown = JSON.parse(json)
        expect(layOutJson(JSON.stringify(value, null, given), wanted)).toBe(
          JSON.stringify(value, null, wanted)
        )
      }
    )
  )
})

it('keeps digits and escapes as they are', () => {
  const text = '[ 1.50, 12345678901234567890 , -0.0e+5,"\\u00e9 \\" , : {" ]'
  expect(layOutJson(text, 0)).toBe('[1.50,12345678901234567890,-0.0e+5,"\\u00e9 \\" , : {"]')
})
