// Scripted experts: what to do on a screen of a task that is known, decided from the screen and what was
// done before. They stand in for a person or a model where pages and rewards are to be tried out.
import type { ScreenLeaf } from '../reflection/screen.ts'

/** What an expert sees of an attempt: nothing that is hidden from any other policy. */
export interface ExpertView {
  readonly goal: string
  readonly leaves: readonly ScreenLeaf[]
  /** What was done, in sentences; says which tabs and menus were opened. */
  readonly past: readonly string[]
  /** Elements that may not be clicked. */
  readonly banned: ReadonlySet<number>
}

/** Actions for this screen, in the order they are to be done; empty where it has no idea. */
export type Expert = (view: ExpertView) => readonly string[]

const click = ({ ref }: ScreenLeaf): string => `click id=${ref}`
const enter = (text: string, { ref }: ScreenLeaf): string =>
  `enter ${JSON.stringify(text)} to id=${ref}`

const quotedIn = (goal: string): string[] =>
  [...goal.matchAll(/"([^"]*)"/g)].map(([, text]) => text)

const isButton = ({ tag, ref }: ScreenLeaf): boolean =>
  ref > 0 && (tag === 'button' || tag === 'input_submit' || tag === 'input_button')

const submitOf = (leaves: readonly ScreenLeaf[]): ScreenLeaf | undefined =>
  leaves.findLast(isButton)

/** The first of `leaves` that was not clicked before, by its words in the summaries. */
function unopened(leaves: readonly ScreenLeaf[], past: readonly string[]): ScreenLeaf | undefined {
  return leaves.find(({ text }) => !past.some((done) => done.endsWith(`'${text}'`)))
}

/** Opens tab after tab until the link shows. */
const tabsExpert: Expert = ({ goal, leaves, past, banned }) => {
  const [target] = quotedIn(goal)
  const open = leaves.filter(({ ref }) => ref > 0 && !banned.has(ref))
  const link = open.find(({ text, classes }) => text === target && !classes.includes('tab'))
  if (link !== undefined) return [click(link)]
  const tabs = leaves.filter(({ classes }) => classes.includes('ui-tabs-anchor'))
  // The first tab is open from the start.
  const next = unopened(tabs.slice(1), past)
  return next === undefined || banned.has(next.ref) ? [] : [click(next)]
}

/** Checks the boxes that are asked for, unchecks others, and submits. */
const checkboxesExpert: Expert = ({ goal, leaves }) => {
  const list = /^Select (.*) and click/.exec(goal)?.[1] ?? ''
  const wanted = list === 'nothing' ? [] : list.split(', ')
  const wrong = leaves.flatMap((leaf, at) => {
    if (leaf.tag !== 'input_checkbox') return []
    // Its words follow it.
    const isWanted = wanted.includes(leaves.at(at + 1)?.text ?? '')
    return (leaf.value === 'True') === isWanted ? [] : [click(leaf)]
  })
  const submit = submitOf(leaves)
  return submit === undefined ? wrong : [...wrong, click(submit)]
}

/** Fills in what is quoted in the goal, field by field, and presses the button. */
const loginExpert: Expert = ({ goal, leaves }) => {
  const values = quotedIn(goal)
  const fields = leaves.filter(({ tag }) => tag === 'input_text' || tag === 'input_password')
  const missing = fields.flatMap((field, at) =>
    values[at] === undefined || field.value === values[at] ? [] : [enter(values[at], field)]
  )
  const submit = submitOf(leaves)
  return submit === undefined ? missing : [...missing, click(submit)]
}

/** Opens menu after menu until the entry shows. */
const menuExpert: Expert = ({ goal, leaves, past, banned }) => {
  const [target] = quotedIn(goal)
  const entries = leaves.filter(({ classes, ref }) => classes.includes('entry') && !banned.has(ref))
  const entry = entries.find(({ text }) => text === target)
  if (entry !== undefined) return [click(entry)]
  const back = entries.find(({ classes }) => classes.includes('back'))
  if (back !== undefined) return [click(back)]
  const next = unopened(entries, past)
  return next === undefined ? [] : [click(next)]
}

/** Takes the first that is allowed: only trying tells which is right. */
const choiceExpert: Expert = ({ leaves, banned }) => {
  const first = leaves.find((leaf) => isButton(leaf) && !banned.has(leaf.ref))
  return first === undefined ? [] : [click(first)]
}

/** Types the beginning, chooses the fitting word from the list, submits. */
const autocompleteExpert: Expert = ({ goal, leaves }) => {
  const [start = '', end = ''] = quotedIn(goal)
  const fits = (text: string | null): boolean =>
    text !== null && text.startsWith(start) && text.endsWith(end)
  const field = leaves.find(({ tag }) => tag === 'input_text')
  const submit = submitOf(leaves)
  if (field === undefined || submit === undefined) return []
  if (fits(field.value) && (field.value?.length ?? 0) > start.length) return [click(submit)]
  const entry = leaves.find(({ classes, text }) => classes.includes('entry') && fits(text))
  return entry === undefined ? [enter(start, field)] : [click(entry)]
}

const experts: Readonly<Record<string, Expert>> = {
  tabs: tabsExpert,
  'click-tab-2': tabsExpert,
  'click-tab-2-easy': tabsExpert,
  'click-tab-2-medium': tabsExpert,
  'click-tab-2-hard': tabsExpert,
  checkboxes: checkboxesExpert,
  'click-checkboxes': checkboxesExpert,
  'click-checkboxes-large': checkboxesExpert,
  'click-checkboxes-transfer': checkboxesExpert,
  login: loginExpert,
  'login-user': loginExpert,
  menu: menuExpert,
  choice: choiceExpert,
  autocomplete: autocompleteExpert
}

/** The expert of a task; undefined where there is none. */
export function expertOf(task: string): Expert | undefined {
  return Object.hasOwn(experts, task) ? experts[task] : undefined
}
