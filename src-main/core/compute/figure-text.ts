// One rule for figures in sentences, the window's own: half goes up as the figure is written (83.55
// becomes 83.6), not as the binary number behind it lies (83.5).

const formats = new Map<number, Intl.NumberFormat>()

/** A figure with so many decimals: 83.55 -> "83.6"; never "-0.0". */
export function figureText(value: number, digits = 1): string {
  let format = formats.get(digits)
  if (format === undefined) {
    format = new Intl.NumberFormat('en', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: false
    })
    formats.set(digits, format)
  }
  return format.format(value).replace(/^-(?=[0.]*$)/, '')
}
