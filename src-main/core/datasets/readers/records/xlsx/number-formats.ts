// Which number formats of a workbook show dates, and what date a number stands for.

/** Built-in formats that are dates or times (ECMA-376, part 1, 18.8.30). */
function isBuiltInDate(id: number): boolean {
  return (
    (id >= 14 && id <= 22) ||
    (id >= 27 && id <= 36) ||
    (id >= 45 && id <= 47) ||
    (id >= 50 && id <= 58)
  )
}

/** Whether a format shows a date or time; `code` is that of formats of the workbook's own. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id)
  const plain = code
    // Elapsed hours stand in brackets too, but colours and conditions do not count.
    .replaceAll(/\[(h+|m+|s+)\]/gi, '$1')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\\./g, '')
    .replaceAll(/[_*]./g, '')
  return !/general/i.test(plain) && /[ymdhs]/i.test(plain)
}

const dayMs = 86_400_000
// Day 0 of the two calendars in use. The first one counts a 29 February 1900 that never was.
const start1900 = Date.UTC(1899, 11, 30)
const start1904 = Date.UTC(1904, 0, 1)

/** "2024-05-31", "2024-05-31T09:30:00" or "09:30:00"; undefined for numbers that are no date. */
export function dateText(serial: number, is1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < 2_958_466)) return undefined
  const isEarly = !is1904 && serial >= 1 && serial < 60
  const ms = Math.round((serial + (isEarly ? 1 : 0)) * dayMs)
  const text = new Date((is1904 ? start1904 : start1900) + ms).toISOString()
  const time = text.slice(11, 23).replace(/\.000$/, '')
  if (serial < 1 && !is1904) return time
  return ms % dayMs === 0 ? text.slice(0, 10) : `${text.slice(0, 10)}T${time}`
}
