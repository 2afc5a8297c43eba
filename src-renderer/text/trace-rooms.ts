// Words of finding the way in buildings: adding a folder, the plan, measurements, one walk drawn.
import * as de from './de/trace-rooms.ts'
import * as en from './en/trace-rooms.ts'
import { inLanguage } from './language.ts'

export const { traceRooms } = inLanguage(en, { de })
