// What a map says of itself, in plain sentences.

const count = (value: number): string => value.toLocaleString('en')

/** Said of the first map. */
export const overviewSentence =
  'A first overview: items further apart differ more along the two directions in which this data differs most.'

/** Said of the refined map; `landmarks` only where not every item was laid out itself. */
export function refinedSentence(landmarks: number | undefined): string {
  const rule = 'Items close together are alike; how far apart the groups lie means little.'
  if (landmarks === undefined) return rule
  return `${rule} ${count(landmarks)} landmark items were laid out, and the others placed between their nearest ones.`
}

/** Said before there is a map; seconds as measured, undefined while not known. */
export function notMadeSentence(seconds: number | undefined): string {
  const what = 'The map places items that are alike close together.'
  if (seconds === undefined) return what
  return `${what} Making it takes ${aboutTime(seconds)} on this computer.`
}

/** "about 4 min", in steps a person would say. */
export function aboutTime(seconds: number): string {
  if (seconds < 8) return 'a few seconds'
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} s`
  const minutes = seconds / 60
  if (minutes < 10) return `about ${Math.max(1, Math.round(minutes))} min`
  if (minutes < 55) return `about ${Math.round(minutes / 5) * 5} min`
  const hours = minutes / 60
  return `about ${hours < 3 ? Math.round(hours * 2) / 2 : Math.round(hours)} h`
}
