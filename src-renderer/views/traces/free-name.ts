// Names that are not taken yet.

/** `wanted`, or "wanted 2" and the first free number after that; at most 80 characters. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const base = wanted.slice(0, 80)
  if (!taken.includes(base)) return base
  for (let number = 2; ; number++) {
    const ending = ` ${number}`
    const name = `${base.slice(0, 80 - ending.length)}${ending}`
    if (!taken.includes(name)) return name
  }
}
