// Which shape records have, told by their fields from any kind of file, and which records differ.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportOptions } from '../../../api/dto/datasets.ts'
import { openItemSource } from '../item-source.ts'
import { previewSource } from '../preview.ts'
import { optionsOf, pngOf, readAll, writeTree, type ReadResult } from '../testing/fixtures.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-chat-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const lines = (records: readonly unknown[]): string =>
  records.map((record) => JSON.stringify(record)).join('\n')

async function write(content: string): Promise<string> {
  const path = join(folder, 'data.txt')
  await writeFile(path, content)
  return path
}
const read = async (
  records: readonly unknown[],
  options: Partial<ImportOptions> = {}
): Promise<ReadResult> => readAll(await write(lines(records)), options)

const message = (i: number): unknown => ({
  messages: [
    { role: 'user', content: `question ${i}` },
    { role: 'assistant', content: `answer ${i}` }
  ]
})

describe('OpenAI messages', () => {
  it('says how many rows fit, lists the others and keeps the records', async () => {
    const records = [
      ...Array.from({ length: 20 }, (_, i) => message(i)),
      { messages: [{ role: 'user' }] },
      { messages: 'no list' },
      { other: 1 },
      { messages: [{ role: 'oracle', content: 'x' }] }
    ]
    const path = await write(lines(records))
    const preview = await previewSource(path, optionsOf())
    expect(preview.shape).toEqual({ name: 'openai', matching: 20, of: 24 })
    expect(preview.sentence).toBe('Looks like OpenAI messages in JSON Lines, 20 of 24 rows.')
    expect(preview.columns[0]).toMatchObject({ name: 'messages', role: 'chat', type: 'chat' })
    const reasons = [
      'Turn 1 has no “content”.',
      '“messages” is not a list of turns with “role” and “content”.',
      'It has no “messages”.',
      'Turn 1 has the unknown role “oracle”.'
    ]
    expect(preview.problems.map((problem) => problem.reason)).toEqual(reasons)
    const { plan, items, problems } = await readAll(path)
    expect(plan).toMatchObject({ shape: 'openai', kind: 'text' })
    expect(problems.map((problem) => problem.reason)).toEqual(reasons)
    expect(items[3].text).toBe('user: question 3\nassistant: answer 3')
    expect(items[3].values).toEqual(message(3))
  })

  it('is found in CSV cells and JSON lists too', async () => {
    const cell = JSON.stringify([{ role: 'user', content: 'hi' }]).replaceAll('"', '""')
    const csv = `id,messages\n${Array.from({ length: 3 }, (_, i) => `${i},"${cell}"`).join('\n')}`
    expect((await readAll(await write(csv))).plan).toMatchObject({ format: 'csv', shape: 'openai' })
    const json = JSON.stringify({ data: [message(1), message(2)] })
    expect((await readAll(await write(json))).plan).toMatchObject({
      format: 'json',
      shape: 'openai'
    })
  })

  it('gives way to roles set by hand', async () => {
    const { plan } = await read([message(1), message(2)], { roles: { messages: 'text' } })
    expect(plan).toMatchObject({ shape: null, kind: 'text' })
  })
})

it('tells records apart by their content, however fields are ordered and called', async () => {
  const turns = [
    { from: 'human', value: 'one' },
    { from: 'gpt', value: 'two' }
  ]
  const turned = turns.map(({ from, value }) => ({ value, from }))
  const { items, plan } = await read([
    { id: 'a', conversations: turns },
    { conversations: turned, id: 'a' },
    { id: 'b', conversations: turns },
    { id: 'a', conversations: [turns[0], { from: 'gpt', value: 'three' }] }
  ])
  expect(plan.shape).toBe('sharegpt')
  const prints = items.map((item) => Buffer.from(item.fingerprint).toString('hex'))
  expect(new Set(prints.slice(0, 3)).size).toBe(1)
  expect(prints[3]).not.toBe(prints[0])
})

it('reads Alpaca', async () => {
  const { plan, items, problems } = await read([
    { instruction: 'Add.', input: '1 and 1', output: '2' },
    { instruction: 'Name a colour.', output: 'Red.' },
    { instruction: 'Wait.', input: '', output: '' }
  ])
  expect(plan.shape).toBe('alpaca')
  expect(items.map((item) => item.text)).toEqual([
    'user: Add.\n\n1 and 1\nassistant: 2',
    'user: Name a colour.\nassistant: Red.'
  ])
  expect(problems).toEqual([{ where: 'Row 3', reason: '“output” is empty.' }])
})

describe('LLaVA', () => {
  const record = (image: string | string[] | undefined, marks: number, id = '1'): unknown => ({
    id,
    ...(image === undefined ? {} : { image }),
    conversations: [
      { from: 'human', value: `${'<image>\n'.repeat(marks)}What is it?` },
      { from: 'gpt', value: `It is ${JSON.stringify(image)}.` }
    ]
  })

  it('counts marks against pictures', async () => {
    const { plan, problems, items } = await read([
      record('a.jpg', 1),
      record(['a.jpg', 'b.jpg'], 2),
      record(undefined, 0),
      record('a.jpg', 2),
      record('a.jpg', 0)
    ])
    expect(plan.shape).toBe('llava')
    expect(items.length).toBe(3)
    expect(problems.map((problem) => problem.reason)).toEqual([
      'It has 1 picture but 2 marks “<image>” in its text.',
      'It has 1 picture but 0 marks “<image>” in its text.'
    ])
    expect(plan.notes[0]).toContain('pictures that the records name were not found')
  })

  it('finds the pictures below the folder and leads to their bytes', async () => {
    const picture = await pngOf(5)
    await writeTree(folder, {
      'images/coco/1.png': picture,
      'images/coco/2.png': await pngOf(6),
      'other/x.txt': 'x'
    })
    const path = await write(
      JSON.stringify([
        record('coco/1.png', 1, 'same'),
        record(['coco/2.png', 'coco/1.png'], 2, 'same'),
        record('coco/3.png', 1),
        record('../secret.png', 1),
        record(undefined, 0)
      ])
    )
    const { plan, items, problems } = await readAll(path)
    expect(plan).toMatchObject({ shape: 'llava', kind: 'text', format: 'json' })
    expect(items.map((item) => item.name)).toEqual(['same', 'same', '1'])
    expect(items.map((item) => item.pictures)).toEqual([
      ['file|images/coco/1.png'],
      ['file|images/coco/2.png', 'file|images/coco/1.png'],
      undefined
    ])
    expect(problems.map((problem) => problem.reason)).toEqual([
      'The picture “coco/3.png” is not there.',
      'The picture “../secret.png” is not there.'
    ])
    const source = await openItemSource({ kind: 'text', format: 'json', path, storage: 'link' })
    const { bytes, mime } = await source.readImageBytes('file|images/coco/1.png')
    expect([bytes.equals(picture), mime]).toEqual([true, 'image/png'])
    await expect(source.readImageBytes('file|../x.png')).rejects.toMatchObject({
      code: 'invalid-input'
    })
    await source.close()
    const preview = await previewSource(path, optionsOf())
    expect(preview.items[0].thumbnail).not.toBeNull()
    expect(preview.copyBytes).toBeGreaterThan(preview.sizeBytes)
  })
})
