import { describe, expect, it } from 'vitest'
import { fieldsOf } from './schema-fields.ts'

describe('text fields', () => {
  it('are a line, or a box of several lines where the schema says so', () => {
    const schema = {
      properties: {
        name: { type: 'string', title: 'Name' },
        table: { type: 'string', title: 'Table', rows: 6, maxLength: 5000 }
      }
    }
    expect(fieldsOf(schema, { name: 'web', table: '' })).toMatchObject([
      { kind: 'text', rows: 1, maxLength: 200, recommendedText: 'web' },
      { kind: 'text', rows: 6, maxLength: 5000, recommendedText: '' }
    ])
  })
})
