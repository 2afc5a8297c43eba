// Pieces of report.html. Everything that came from data goes through escapeHtml (rule F7), and long
// texts are cut: a report is read, not searched.

/** Escapes text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** At most `length` characters, escaped. */
export function cutHtml(text: string, length: number): string {
  const signs = text.length <= length ? undefined : [...text]
  return escapeHtml(
    signs === undefined || signs.length <= length ? text : `${signs.slice(0, length).join('')}…`
  )
}

/** One column of a table; numbers stand to the right. */
export interface HtmlColumn {
  readonly name: string
  readonly isNumber?: boolean
}

const cellLength = 300

/** A table of plain texts. */
export function htmlTable(
  columns: readonly HtmlColumn[],
  rows: readonly (readonly string[])[]
): string {
  const mark = (i: number): string => (columns[i]?.isNumber === true ? ' class="n"' : '')
  const head = columns.map(({ name }, i) => `<th${mark(i)}>${escapeHtml(name)}</th>`).join('')
  const body = rows
    .map(
      (row) =>
        `<tr>${row.map((cell, i) => `<td${mark(i)}>${cutHtml(cell, cellLength)}</td>`).join('')}</tr>`
    )
    .join('')
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`
}

/** A section with a heading; `body` is HTML. */
export function section(title: string, body: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>${body}</section>`
}

/** The page's own look: one column on screens, A4 or Letter on paper. */
export const reportStyle = `
:root{color-scheme:light}
body{margin:0;background:#F5F6F8;color:#1A1D21;font:14px/22px Inter,"Segoe UI",system-ui,sans-serif;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main{max-width:880px;margin:0 auto;padding:32px 24px}
section{background:#fff;border:1px solid #D0D5DD;border-radius:10px;padding:20px 24px;margin:0 0 16px}
h1{font-size:20px;line-height:28px;margin:0 0 4px}h2{font-size:16px;line-height:24px;margin:0 0 12px;break-after:avoid}
h3{font-size:14px;line-height:22px;margin:16px 0 4px;break-after:avoid}
.verdict{font-size:28px;line-height:36px;font-weight:600;margin:8px 0}
.quiet{color:#565D68}table{border-collapse:collapse;width:100%;margin:8px 0;font-variant-numeric:tabular-nums}
thead{display:table-header-group}thead tr{break-after:avoid}tr{break-inside:avoid}
th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid #D0D5DD;vertical-align:top;overflow-wrap:anywhere}
td.n,th.n{text-align:right;white-space:nowrap;overflow-wrap:normal}.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(128px,1fr));gap:12px}
figure{margin:0;border:1px solid #D0D5DD;border-radius:6px;padding:8px;font-size:12px;line-height:16px;break-inside:avoid;overflow-wrap:anywhere}
figure img{width:100%;height:104px;object-fit:contain;image-rendering:pixelated;background:#F5F6F8}
figure img.photo{image-rendering:auto}
figure p{margin:4px 0 0}svg{display:block;max-width:100%;height:auto;break-inside:avoid}
:is(h2,h3)+p,p:has(+svg),p:has(+table){break-after:avoid}p{orphans:3;widows:3}dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}
dt{color:#565D68}dd{margin:0;overflow-wrap:anywhere}
@page{margin:15mm;@bottom-left{content:"Winnow";color:#565D68;font:9px Inter,"Segoe UI",system-ui,sans-serif}@bottom-right{content:counter(page) " / " counter(pages);color:#565D68;font:9px Inter,"Segoe UI",system-ui,sans-serif}}
@media print{body{background:#fff;font-size:11px;line-height:16px}main{padding:0;max-width:none}section{border:0;border-radius:0;padding:6px 0;margin:0 0 8px}.grid{grid-template-columns:repeat(4,1fr)}.verdict{font-size:20px;line-height:26px}}
`
