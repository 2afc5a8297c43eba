// Conversations of an exported folder: how many are sound, where the others are, and what is no file.
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rowLength } from '../../datasets/readers/raw-row.ts'
import { temporaryFolder } from '../../store/store.test-support.ts'
import { checkConversations } from './check-conversations.ts'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const sound = JSON.stringify({
  messages: [
    { role: 'user', content: 'Gr\u00fc\u00df dich' },
    { role: 'assistant', content: 'Hello', weight: 1 }
  ]
})
const write = (name: string, text: string): Promise<void> =>
  writeFile(join(folder.path, name), text)

it('counts sound lines of both parts and says where the others are', async () => {
  await write('sft.jsonl', `${sound}\n\n{"messages":[]}\n${sound}\n`)
  await write('sft-test.jsonl', `${sound}\nno json`)
  expect(await checkConversations(folder.path)).toEqual({
    lines: 5,
    valid: 3,
    problems: [
      'sft.jsonl, line 3: It holds no list of messages.',
      'sft-test.jsonl, line 2: The line is not valid JSON.'
    ]
  })
})

it('does not read what is too long, and goes on after it', async () => {
  const long = `${sound}${' '.repeat(rowLength)}`
  await write('sft.jsonl', `${long}\n${sound}\n${long}`)
  expect(await checkConversations(folder.path)).toEqual({
    lines: 3,
    valid: 1,
    problems: [1, 3].map(
      (line) => `sft.jsonl, line ${line}: The line is longer than 16 MB and was not read.`
    )
  })
})

it('tells of twenty at most', async () => {
  await write('sft.jsonl', '{}\n'.repeat(50))
  const found = await checkConversations(folder.path)
  expect([found?.lines, found?.valid, found?.problems.length]).toEqual([50, 0, 20])
})

it('is nothing without such a file, and follows no links', async () => {
  expect(await checkConversations(folder.path)).toBeUndefined()
  await write('other.txt', sound)
  await symlink(join(folder.path, 'other.txt'), join(folder.path, 'sft.jsonl'))
  await mkdir(join(folder.path, 'sft-test.jsonl'))
  expect(await checkConversations(folder.path)).toBeUndefined()
})

it('an empty file has no lines', async () => {
  await write('sft.jsonl', '')
  expect(await checkConversations(folder.path)).toEqual({ lines: 0, valid: 0, problems: [] })
})
