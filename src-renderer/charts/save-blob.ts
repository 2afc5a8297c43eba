// Saves bytes made on this page as a file, through the browser's own download.

/** Offers a blob for saving under a name. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The download has taken its own hold of the blob by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}

/** A file name out of a title: letters, digits and dashes. */
export function fileNameOf(title: string, extension: string): string {
  const words = title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  return `${words.replaceAll(/^-|-$/g, '').slice(0, 60) || 'chart'}.${extension}`
}
