// Numbers as people read them in reports, cards and read-me files (product rule 17).

/** 0.831 -> "83.1 %". */
export function percentText(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`
}

/** 0.081 -> "+8.1 points"; the minus sign is typographic. */
export function pointsText(difference: number): string {
  const points = difference * 100
  return `${signed(points)} points`
}

/** "+0.6" or "−1.1". */
export function signed(value: number): string {
  const rounded = Math.abs(value).toFixed(1)
  return value < 0 && rounded !== '0.0' ? `−${rounded}` : `+${rounded}`
}

/** 1234567 -> "1.2 MB", 471000 -> "471 KB": the same words as the screens use. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  if (unit === 0) return `${value} bytes`
  return `${value.toFixed(value >= 100 ? 0 : 1)} ${units[unit]}`
}

/** 12400 -> "12,400". */
export function countText(count: number): string {
  return count.toLocaleString('en')
}
