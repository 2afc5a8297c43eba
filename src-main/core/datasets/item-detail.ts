// Everything known about one item, for its page.
import type { ItemDetail } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import type { DatasetRecord, FindingRecord, Store } from '../store/records.ts'
import { toItemRow } from './item-row.ts'
import { originOf } from './origins.ts'
import { readChat } from './chat/read-chat.ts'
import { pictureLocators } from './item-pictures.ts'
import { splitLocator } from './locators.ts'
import { pictureFileOf } from './readers/records/record-locator.ts'

/** The page of an item. Throws AppError "item-not-found". */
export function itemDetail(
  { store }: { readonly store: Store },
  record: DatasetRecord,
  row: number
): ItemDetail {
  const item = store.items.get(record.id, row)
  if (item === undefined) throw new AppError('item-not-found')
  const [tags] = store.items.tagsOf(record.id, [row])
  const findings = store.health.findings(record.id).filter((found) => found.rows.includes(row))
  return {
    item: toItemRow(item, record, tags),
    fingerprint: Buffer.from(item.fingerprint).toString('hex'),
    sizeBytes: item.sizeBytes,
    fullText: item.text ?? null,
    values: { ...item.values },
    note: item.note,
    chat: record.shape === undefined ? null : readChat(item.values, record.shape),
    pictures: pictureLocators(record, item).map(
      (stored, i) => pictureFileOf(splitLocator(stored).locator) ?? `Picture ${i + 1}`
    ),
    boxes: [...(item.boxes ?? [])],
    origin: originOf(record, item),
    findings: findings.map((found) => ({ id: found.id, title: titleOf(found) }))
  }
}

function titleOf({ kind, spec }: FindingRecord): string {
  const title =
    typeof spec === 'object' && spec !== null && 'title' in spec ? spec['title'] : undefined
  return typeof title === 'string' ? title : kind.replaceAll('-', ' ')
}
