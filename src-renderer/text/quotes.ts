// Quotation marks within quotation marks.

/** A name that is about to be quoted: its own double quotation marks become single ones. */
export function quotable(name: string): string {
  return name.replaceAll(/[“"]/gu, '‘').replaceAll('”', '’').replaceAll('„', '‚')
}
