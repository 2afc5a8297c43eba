// Finds every shell command in the documents: in blocks of code, and in the text as `npm ...`,
// `winnow ...` and the like. Written forms such as [--name NAME] and a|b are spelled out.

/** A command as a document has it. */
export interface DocCommand {
  readonly line: number
  readonly text: string
  /** Part of a sentence, which may leave out what the sentence is not about. */
  readonly isInSentence: boolean
}

/** First words of what counts as a command; a launcher of the bundle is winnow as well. */
const programs = /^(?:[A-Z_][A-Z0-9_]*=\S+ +)*(?:(?:npm|npx|node) |(?:\.\/)?winnow(?: |$))/

/** Kinds of blocks that hold commands and nothing else. */
const shells = new Set(['sh', 'bash', 'shell', 'console'])

/** Every command of a Markdown text. */
export function commandsIn(markdown: string): DocCommand[] {
  const found: DocCommand[] = []
  const lines = markdown.split('\n')
  let block: { readonly language: string } | undefined
  for (let at = 0; at < lines.length; at++) {
    const text = lines[at] ?? ''
    const fence = /^\s*```\s*(\S*)/.exec(text)
    if (fence) {
      block = block === undefined ? { language: fence[1] ?? '' } : undefined
      continue
    }
    if (block === undefined) {
      for (const { index, 1: code = '' } of text.matchAll(/`([^`]+)`/g)) {
        const command = code.replaceAll('\\|', '|')
        if (programs.test(command)) {
          // A line or a row of a table that begins with a command is about all of it.
          const isInSentence = !/^[\s|*-]*$/.test(text.slice(0, index))
          found.push({ line: at + 1, text: command, isInSentence })
        }
      }
      continue
    }
    const line = at + 1
    let command = text.trim()
    while (command.endsWith('\\')) command = command.slice(0, -1) + (lines[++at] ?? '').trim()
    command = command.replace(/^\$ /, '').replace(/(^|\s+)#( .*)?$| {2,}.*$/, '')
    // A block that names no shell may hold anything: only what is surely a command counts.
    const counts = shells.has(block.language) || (block.language === '' && programs.test(command))
    if (counts && command !== '') found.push({ line, text: command, isInSentence: false })
  }
  return found
}

/**
 * The command lines that a written form stands for: each alternative once, with everything that is
 * optional, and one with nothing that is.
 */
export function spelledOut(form: string): string[][] {
  const most = 8
  const lines = new Map<string, string[]>()
  for (let choice = 0; choice < most; choice++) add(wordsOf(form, choice, true))
  add(wordsOf(form, 0, false))
  return [...lines.values()]
  function add(words: string[]): void {
    lines.set(words.join('\0'), words)
  }
}

function wordsOf(form: string, choice: number, takesOptional: boolean): string[] {
  const groups = /\[([^[\]]*)\]|\(([^()]*)\)/g
  // "--out FILE|--into P" is two switches with their values to choose from.
  const pairs = /(--[\w-]+ [^\s|[\]]+) ?\| ?(--[\w-]+ [^\s|[\]]+)/g
  const grouped = /[[(][^\])]* \| /.test(form) ? form : form.replaceAll(pairs, '($1 | $2)')
  const plain = grouped.replaceAll(groups, (_all, optional?: string, either?: string) => {
    if (optional !== undefined && !takesOptional) return ''
    return pick((optional ?? either ?? '').split(/\s+\|\s+/), choice)
  })
  const words = [...plain.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)]
  return words.map(([, double, single, bare = '']) => {
    if (double !== undefined || single !== undefined) return double ?? single ?? ''
    // "a,b,..." shows how a list goes on.
    return pick(bare.replace(/,\.\.\.$/, '').split('|'), choice)
  })
}

function pick(options: readonly string[], choice: number): string {
  return options[choice % options.length] ?? ''
}
