// Workbooks of another writer, read beside another reader; sheets, dates, types set by hand.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readSheet } from 'read-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rawZip } from '../../../files/testing/raw-zip.ts'
import { previewSource } from '../../preview.ts'
import { optionsOf, readAll } from '../../testing/fixtures.ts'
import { smallRows, workbookOf } from '../../testing/record-fixtures.ts'
import { dateText, isDateFormat } from './xlsx/number-formats.ts'

let folder = ''
let path = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-xlsx-'))
  path = join(folder, 'book')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('reads the same values as another reader', async () => {
  const rows = smallRows(30)
  await writeFile(path, await workbookOf(rows))
  const { plan, items } = await readAll(path)
  expect(plan).toMatchObject({ format: 'xlsx', kind: 'text', labelColumn: 'label', total: 30 })
  const [, ...other] = await readSheet(path)
  expect(
    items.map((item) => [
      item.text,
      plan.classNames[item.label],
      item.values['n'],
      item.values['ok']
    ])
  ).toEqual(other)
})

describe('sheets', () => {
  const cell = (value: string | number | Date, format?: string): object => ({
    value,
    type: value instanceof Date ? Date : typeof value === 'number' ? Number : String,
    ...(format === undefined ? {} : { format })
  })

  beforeEach(async () => {
    const moment = new Date(Date.UTC(2024, 4, 31, 13, 30))
    const data = [
      ['text', 'code', 'when', 'day'].map((name) => cell(name)),
      ...Array.from({ length: 6 }, (_, i) => [
        cell(`words of row ${i}`),
        cell(`00${i}`),
        cell(moment, 'yyyy-mm-dd hh:mm'),
        cell(new Date(Date.UTC(2024, 0, i + 1)), 'dd.mm.yyyy')
      ])
    ]
    const numbers = [['a', 'b'].map((name) => cell(name)), [cell(1), cell(2)], [cell(3), cell(4)]]
    await writeFile(
      path,
      await writeExcelFile([
        { data: [], sheet: 'Empty' },
        // The writer's types do not know cells made by a function.
        { data: data as never, sheet: 'Texts & more' },
        { data: numbers as never, sheet: 'Numbers' }
      ]).toBuffer()
    )
  })

  it('lists the sheets and reads the first one with rows', async () => {
    const preview = await previewSource(path, optionsOf())
    expect(preview.sheets).toEqual(['Empty', 'Texts & more', 'Numbers'])
    expect(preview.options.sheet).toBe('Texts & more')
    expect(preview.columns.map(({ name, type }) => [name, type])).toEqual([
      ['text', 'text'],
      ['code', 'text'],
      ['when', 'date'],
      ['day', 'date']
    ])
    expect(preview.items[0].values).toMatchObject({
      code: '000',
      when: '2024-05-31T13:30:00',
      day: '2024-01-01'
    })
  })

  it('reads the sheet asked for, and numbers as text when told so', async () => {
    const numbers = await previewSource(path, optionsOf({ sheet: 'Numbers' }))
    expect(numbers).toMatchObject({ kind: 'table', itemsEstimate: 2 })
    const { items } = await readAll(path, { sheet: 'Numbers', roles: { a: 'text' } })
    expect(items.map((item) => item.text)).toEqual(['1', '3'])
    await expect(previewSource(path, optionsOf({ sheet: 'None' }))).rejects.toThrow(
      'no sheet “None”'
    )
    await expect(previewSource(path, optionsOf({ sheet: 'Empty' }))).rejects.toMatchObject({
      code: 'nothing-to-import'
    })
  })
})

it('reads formulas as their saved values, inline texts and rich texts', async () => {
  const sheet =
    '<worksheet><sheetData><row r="2"><c r="A2" t="inlineStr"><is><t>text</t></is></c><c r="B2" t="inlineStr"><is><t>n</t></is></c></row>' +
    Array.from(
      { length: 4 },
      (_, i) =>
        `<row r="${i + 4}"><c r="A${i + 4}" t="s"><v>0</v></c><c r="B${i + 4}"><f>1+1</f><v>${i}.5</v></c><c r="D${i + 4}" t="e"><v>#DIV/0!</v></c></row>`
    ).join('') +
    '</sheetData></worksheet>'
  const parts = {
    'xl/workbook.xml':
      '<x:workbook xmlns:x="x" xmlns:r="r"><x:sheets><x:sheet name="S" r:id="a"/></x:sheets></x:workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="a" Type="x/worksheet" Target="/xl/one.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="s.xml"/></Relationships>',
    'xl/s.xml':
      '<sst><si><r><t>rich </t></r><r><t xml:space="preserve">text &#8364; _x0041_</t></r><rPh><t>no</t></rPh></si></sst>',
    'xl/one.xml': sheet
  }
  await writeFile(
    path,
    rawZip(Object.entries(parts).map(([name, data]) => ({ name, data, method: 8 as const })))
  )
  const { items } = await readAll(path, { roles: { n: 'keep' } })
  expect(items.map((item) => [item.text, item.values['n'], item.name])).toEqual(
    [0.5, 1.5, 2.5, 3.5].map((n, i) => ['rich text € A', n, `Row ${i + 4}`])
  )
})

it('knows dates by their formats', () => {
  expect(isDateFormat(14, undefined)).toBe(true)
  expect(isDateFormat(2, undefined)).toBe(false)
  expect(isDateFormat(170, '[Red]0.00" days"')).toBe(false)
  expect(isDateFormat(170, '[$-407]d. mmmm yyyy')).toBe(true)
  expect(dateText(45443, false)).toBe('2024-05-31')
  expect(dateText(45443.5625, false)).toBe('2024-05-31T13:30:00')
  expect(dateText(1, false)).toBe('1900-01-01')
  expect(dateText(0.25, false)).toBe('06:00:00')
  expect(dateText(43981, true)).toBe('2024-05-31')
  expect(dateText(-1, false)).toBeUndefined()
})
