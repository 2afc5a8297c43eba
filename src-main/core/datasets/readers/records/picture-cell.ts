// A cell that holds pictures instead of a JSON value: bytes inside a Parquet or Arrow file.

export interface FoundPicture {
  /** File name as the data gives it, "" when it gives none. */
  readonly name: string
  /** Where the bytes are found again, see record-locator.ts. */
  readonly locator: string
  /** Undefined when the reader was asked to leave bytes out. */
  readonly bytes: Uint8Array | undefined
}

/** One or more pictures of a row, in order. */
export class PictureCell {
  readonly pictures: readonly FoundPicture[]
  /** True when the column holds lists of pictures. */
  readonly isList: boolean

  constructor(pictures: readonly FoundPicture[], isList: boolean) {
    this.pictures = pictures
    this.isList = isList
  }

  /** What stands for it among the values of an item: a name, or a list of names. */
  names(): string | string[] {
    const names = this.pictures.map((picture) => picture.name)
    return this.isList ? names : (names[0] ?? '')
  }
}
