// Method pages as data: what the reader makes of each kind of mark, and that the real pages are
// whole: every method has one, no mark is left over, and every link leads somewhere.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { methodInfos } from '../src-main/core/methods/registry.ts'
import { groupOfPage, pageGroups, pageOfMethod } from '../src-renderer/views/help/method-pages.ts'
import {
  blockTexts,
  type PageBlock,
  type PagePart
} from '../src-renderer/views/help/page-blocks.ts'
import { helpPages, helpPagesModule, parsePage, parseParts, readPages } from './help-pages.ts'

const root = join(import.meta.dirname, '..')
const pages = readPages(join(root, 'docs', 'methods'))

function blocksOf(...lines: string[]): readonly PageBlock[] {
  return parsePage('test', ['# Title', '', ...lines].join('\n')).blocks
}

describe('blocks', () => {
  it('are headings, text over several lines, and formulas as they are', () => {
    expect(
      blocksOf(
        '## One _two_',
        '',
        'Some text',
        'goes on.',
        '',
        '    a = b   + c',
        '',
        '    d',
        'End'
      )
    ).toEqual([
      {
        kind: 'heading',
        level: 2,
        parts: ['One ', { text: 'two', look: 'soft' }]
      },
      { kind: 'text', parts: ['Some text goes on.'] },
      { kind: 'code', text: 'a = b   + c\n\nd' },
      { kind: 'text', parts: ['End'] }
    ])
  })

  it('keep fenced text free of marks', () => {
    expect(blocksOf('```', '**a** | b', '```')).toEqual([{ kind: 'code', text: '**a** | b' }])
  })

  it('are lists with items of several blocks and lists inside', () => {
    const [list] = blocksOf('1. One', '   goes on', '', '       x = 1', '', '2. Two', '   - inside')
    expect(list).toEqual({
      kind: 'list',
      isNumbered: true,
      items: [
        [
          { kind: 'text', parts: ['One goes on'] },
          { kind: 'code', text: 'x = 1' }
        ],
        [
          { kind: 'text', parts: ['Two'] },
          {
            kind: 'list',
            isNumbered: false,
            items: [[{ kind: 'text', parts: ['inside'] }]]
          }
        ]
      ]
    })
  })

  it('end a list where text at the margin begins', () => {
    expect(blocksOf('- one', '- two', '', 'After.').map(({ kind }) => kind)).toEqual([
      'list',
      'text'
    ])
  })

  it('are tables, with figures at the end and bars within cells', () => {
    expect(blocksOf('| a | b |', '| - | ---: |', '| `x \\| y` | 3 |')).toEqual([
      {
        kind: 'table',
        ends: [false, true],
        head: [['a'], ['b']],
        rows: [[[{ text: 'x | y', look: 'code' }], ['3']]]
      }
    ])
  })

  it('take a bar at the start of a line for the length it is', () => {
    expect(blocksOf('with the least', '|x - y| of all')).toEqual([
      { kind: 'text', parts: ['with the least |x - y| of all'] }
    ])
  })

  it('keep anything that looks like a page of the web as the text it is', () => {
    expect(blocksOf('<script>alert(1)</script> <g_ti, g>')).toEqual([
      { kind: 'text', parts: ['<script>alert(1)</script> <g_ti, g>'] }
    ])
  })
})

describe('marks', () => {
  it.each<[string, PagePart[]]>([
    ['a **b** c', ['a ', { text: 'b', look: 'strong' }, ' c']],
    ['w_t and x_i', ['w_t and x_i']],
    ['_soft_, *soft*', [{ text: 'soft', look: 'soft' }, ', ', { text: 'soft', look: 'soft' }]],
    ['2 * 3 * 4', ['2 * 3 * 4']],
    ['`a_b_c`', [{ text: 'a_b_c', look: 'code' }]],
    ['\\_no\\_', ['_no_']],
    ['[LESS](less.md#cost)', [{ text: 'LESS', look: 'link', page: 'less' }]],
    ['[figures](../benchmarks.md)', ['figures']],
    ['[x](javascript:alert)', ['x']],
    ['**see `x`**', [{ text: 'see x', look: 'strong' }]],
    ['**open', ['**open']]
  ])('%s', (text, parts) => expect(parseParts(text)).toEqual(parts))
})

describe('the pages of the help', () => {
  it('give every method one that names it', () => {
    const texts = new Map(pages.map((page) => [page.id, [page.title, ...blockTexts(page.blocks)]]))
    const missing = methodInfos()
      .map(({ id }) => id)
      .filter((id) => !texts.has(pageOfMethod(id)))
    expect(missing).toEqual([])
  })

  it('lists no page twice and none that is not there', () => {
    const listed = Object.values(pageGroups).flat()
    expect(new Set(listed).size).toBe(listed.length)
    const ids = pages.map(({ id }) => id)
    expect(listed.filter((id) => !ids.includes(id))).toEqual([])
    expect(groupOfPage('no-such-page')).toBe('other')
  })

  it.each(pages.map((page) => [page.id, page] as const))(
    '%s is read without rests of its marks',
    (_id, page) => {
      expect(page.blocks.length).toBeGreaterThan(1)
      for (const block of prose(page.blocks)) expect(block).not.toMatch(/\*\*|\]\(|^#|`|\|\s*-{2}/)
    }
  )

  it('lead only to pages that are there', () => {
    const ids = new Set(pages.map(({ id }) => id))
    const dead = pages.flatMap((page) =>
      linksOf(page.blocks)
        .filter((link) => !ids.has(link))
        .map((link) => `${page.id} → ${link}`)
    )
    expect(dead).toEqual([])
  })

  it('reach the renderer as one module', () => {
    const plugin = helpPages(root)
    const id = plugin.resolveId(helpPagesModule)
    expect(plugin.resolveId('vue')).toBeUndefined()
    const watched: string[] = []
    const code = plugin.load.call({ addWatchFile: (path) => watched.push(path) }, id ?? '') ?? ''
    expect(watched).toHaveLength(pages.length)
    const literal = /^export default JSON\.parse\((.*)\)$/s.exec(code)?.[1] ?? ''
    expect(JSON.parse(JSON.parse(literal) as string)).toEqual(pages)
    expect(plugin.load.call(undefined, 'other')).toBeUndefined()
  })
})

/** Running text of a page: marks inside code are the code's. */
function prose(blocks: readonly PageBlock[]): string[] {
  return partsOf(blocks).map((parts) =>
    parts.map((part) => (typeof part === 'string' ? part : '')).join('')
  )
}

function linksOf(blocks: readonly PageBlock[]): string[] {
  return partsOf(blocks)
    .flat()
    .flatMap((part) => (typeof part !== 'string' && part.page !== undefined ? [part.page] : []))
}

function partsOf(blocks: readonly PageBlock[]): (readonly PagePart[])[] {
  return blocks.flatMap((block): (readonly PagePart[])[] => {
    if (block.kind === 'list') return block.items.flatMap(partsOf)
    if (block.kind === 'table') return [...block.head, ...block.rows.flat()]
    return block.kind === 'code' ? [] : [block.parts]
  })
}
