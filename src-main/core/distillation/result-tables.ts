// Tables that a method measured on its way, from its info: shown as they are on the result page.
import { z } from 'zod'
import type { DistilResult } from '../../api/dto/distil.ts'

const Tables = z.array(
  z.object({
    title: z.string(),
    help: z.string().default(''),
    header: z.array(z.string()),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()])))
  })
)

/** The tables in `info.tables`; none when there are none or they are not tables. */
export function tablesOf(info: Readonly<Record<string, unknown>>): DistilResult['tables'] {
  const parsed = Tables.safeParse(info['tables'])
  if (!parsed.success) return []
  return parsed.data.map((table) => ({
    ...table,
    rows: table.rows.map((row) => row.map((cell) => cell ?? ''))
  }))
}
