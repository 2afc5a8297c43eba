// items/metadata.csv, which makes the folder of pictures one that `load_dataset("imagefolder")` of
// Hugging Face reads with labels and our columns.
import { csvLine } from '../csv.ts'
import type { OpenPart } from '../export-part.ts'
import { HashedFile } from '../hashed-file.ts'

/** Opens `items/metadata.csv`; its file names are below items/. */
export function pictureFolderPart(spreadsheetSafe: boolean): OpenPart {
  return async (folder) => {
    const file = await HashedFile.create(folder, 'items/metadata.csv')
    await file.write(csvLine(['file_name', 'label', 'id', 'rank', 'score'], false))
    return {
      async item({ item, rank, score }, path) {
        if (path === '') return
        const below = path.replace(/^items\//, '')
        // A program reads this name: it must stay the file's, and not look like a formula either.
        const name = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(below) ? `./${below}` : below
        const cells = [name, item.label, item.key, rank, Number(score.toPrecision(7))]
        await file.write(csvLine(cells, spreadsheetSafe))
      },
      finish: async () => [await file.finish()],
      abandon: () => file.abandon()
    }
  }
}
