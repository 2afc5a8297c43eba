// Entry of the page: decides which language it speaks before anything with words is loaded, as
// words are chosen when their files are. Whatever has words or shows them belongs into start.ts.
import { startingLanguage } from './language.ts'
import '../styles/fonts.css'
import '../styles/tokens.css'
import '../styles/base.css'

document.documentElement.lang = startingLanguage()
await import('./start.ts')
