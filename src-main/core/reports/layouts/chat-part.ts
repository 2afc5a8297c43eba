// Conversations of the chosen items in another form than they came in, best first. Those that do
// not fit are listed beside, with the reason: nothing is left out silently.
import type { ChatShape } from '../../../api/dto/datasets.ts'
import { pictureNames } from '../../datasets/chat/chat-turns.ts'
import { readChat } from '../../datasets/chat/read-chat.ts'
import type { StoredItem } from '../../store/records.ts'
import { csvLine } from '../csv.ts'
import type { OpenPart } from '../export-part.ts'
import { HashedFile } from '../hashed-file.ts'
import type { ManifestFile } from '../manifest.ts'
import { alpacaForm, openAiForm, shareGptForm, type ChatForm } from './chat-forms.ts'

/** Forms a conversation can be written in. */
export type ChatLayout = 'sharegpt' | 'openai' | 'alpaca'

const forms: Readonly<Record<ChatLayout, { readonly file: string; readonly form: ChatForm }>> = {
  sharegpt: { file: 'training/sharegpt.json', form: shareGptForm },
  openai: { file: 'training/messages.jsonl', form: openAiForm },
  alpaca: { file: 'training/alpaca.json', form: alpacaForm }
}

export interface ChatPartInput {
  readonly shape: ChatShape
  readonly spreadsheetSafe: boolean
  stored(row: number): StoredItem
  /** Called at the end when conversations did not fit. */
  onLeftOut(layout: ChatLayout, count: number): void
}

/** Opens the part of one form. */
export function chatPart(layout: ChatLayout, input: ChatPartInput): OpenPart {
  const { file: path, form } = forms[layout]
  const isLines = path.endsWith('.jsonl')
  return async (folder) => {
    const file = await HashedFile.create(folder, path)
    let missed: HashedFile | undefined
    let written = 0
    let left = 0

    async function leaveOut(key: string, name: string, reason: string): Promise<void> {
      if (missed === undefined) {
        missed = await HashedFile.create(folder, `training/${layout}-not-written.csv`)
        await missed.write(csvLine(['id', 'original', 'reason'], false))
      }
      left++
      await missed.write(csvLine([key, name, reason], input.spreadsheetSafe))
    }
    return {
      async item({ item }) {
        const { values } = input.stored(item.row)
        const record = form(readChat({ ...values }, input.shape), pictureNames({ ...values }))
        if (typeof record === 'string') return leaveOut(item.key, item.name, record)
        const text = JSON.stringify({ id: item.key, ...record })
        await file.write(isLines ? `${text}\n` : `${written === 0 ? '[\n' : ',\n'}${text}`)
        written++
      },
      async finish() {
        if (!isLines) await file.write(written === 0 ? '[]\n' : '\n]\n')
        const files: ManifestFile[] = [await file.finish()]
        if (missed !== undefined) files.push(await missed.finish())
        if (left > 0) input.onLeftOut(layout, left)
        return files
      },
      async abandon() {
        await file.abandon()
        await missed?.abandon()
      }
    }
  }
}
