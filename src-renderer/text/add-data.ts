// Words of adding data: dropping, choosing, what was recognised, what the columns are, where it goes.
import * as de from './de/add-data.ts'
import * as en from './en/add-data.ts'
import { inLanguage } from './language.ts'

export const { drop, kindsOfData, addData, dataList, problemsFile } = inLanguage(en, { de })
