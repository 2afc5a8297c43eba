// Checks the training conversations of an exported folder, line by line and in bounded memory.
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { VerifyResult } from '../../../api/dto/exports.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import { rowLength } from '../../datasets/readers/raw-row.ts'
import { decodePieces } from '../../datasets/readers/text-decode.ts'
import { fileName } from './file-sink.ts'
import { validateSft } from './validate-sft.ts'

/** How many conversations are sound, and what is wrong with the first that are not. */
export type ConversationCheck = NonNullable<VerifyResult['conversations']>

/** Problems that are told. */
const mostProblems = 20
/** Time after which other work has its turn. */
const sliceMs = 15

/**
 * Checks `sft.jsonl` and `sft-test.jsonl` of a folder, as far as they are plain files in it; links are
 * not followed. Undefined when there is neither. Throws AppError "file-damaged" when a file cannot be
 * read.
 */
export async function checkConversations(folder: string): Promise<ConversationCheck | undefined> {
  const names = [fileName('sft', 'train'), fileName('sft', 'test')]
  const problems: string[] = []
  let lines = 0
  let valid = 0
  let isThere = false
  for (const name of names) {
    const path = join(folder, name)
    if ((await lstat(path).catch(() => undefined))?.isFile() !== true) continue
    isThere = true
    let since = performance.now()
    for await (const { number, text } of numberedLines(path)) {
      const wrong =
        text === undefined ? ['The line is longer than 16 MB and was not read.'] : validateSft(text)
      lines++
      if (wrong.length === 0) valid++
      else if (problems.length < mostProblems) problems.push(`${name}, line ${number}: ${wrong[0]}`)
      if (performance.now() - since < sliceMs) continue
      await letMessagesIn()
      since = performance.now()
    }
  }
  return isThere ? { lines, valid, problems } : undefined
}

/** Lines that are not blank, counted from 1; without their text where they are too long. */
async function* numberedLines(
  path: string
): AsyncGenerator<{ readonly number: number; readonly text: string | undefined }, void, void> {
  let rest = ''
  let isTooLong = false
  let number = 0
  for await (const { text, isLast } of decodePieces(path, false, 'utf-8')) {
    const parts = text.split('\n')
    const last = parts.pop() ?? ''
    for (const part of parts) {
      number++
      const line = rest + part
      const isLong = isTooLong || line.length > rowLength
      rest = ''
      isTooLong = false
      if (isLong || line.trim() !== '') yield { number, text: isLong ? undefined : line }
    }
    rest = isTooLong ? '' : rest + last
    if (rest.length > rowLength) {
      isTooLong = true
      rest = ''
    }
    if (isLast && (isTooLong || rest.trim() !== ''))
      yield { number: number + 1, text: isTooLong ? undefined : rest }
  }
}
