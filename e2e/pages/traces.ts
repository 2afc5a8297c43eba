// Agent traces before and after they are reviewed, as a person handles them: projects to begin with,
// the list of sets and reviews, planning a review, its report, and the export of what it came to.
import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { expectAccessible } from './accessibility.ts'
import { newProject } from './choose-data.ts'
import type { Hand, Way } from './hand.ts'
import { WizardPage } from './wizard.ts'

const root = join(import.meta.dirname, '..', '..')

/** A project called Agents with the trace set "helper": the sample, brought in by the command line. */
export function newHelperTraces(): Promise<string> {
  const sample = join(root, 'resources', 'samples', 'traces', 'airline-helper.json.gz')
  return newProject('Agents', (_folder, _put, putTraces) => putTraces(sample, '--name', 'helper'))
}

/** To the list of trace sets and reviews, from anywhere in the project. */
export async function openTraces(page: Page, use: Hand['use']): Promise<void> {
  const sections = page.getByRole('navigation', { name: 'Sections' })
  await use(sections.getByRole('link', { name: 'Traces' }))
  await expect(page.getByRole('heading', { name: 'Traces', level: 1 })).toBeVisible()
}

/** A trace set of the list. */
export function setCard(page: Page, name: string): Locator {
  const sets = page.getByRole('region', { name: 'Trace sets' })
  return sets
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: `Open “${name}”` }) })
}

/** To one trace set of the list. */
export async function openSet(page: Page, name: string, use: Hand['use']): Promise<void> {
  await use(page.getByRole('link', { name: `Open “${name}”` }))
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
}

/** Steps as the rail names them, with the question each asks. */
const questions = {
  'What to judge': 'What do you want to judge?',
  'Which first': 'Which attempts come first?',
  Reading: 'How do you want to read?',
  Start: 'Ready to start'
} as const

/** What a review is planned to be, where it is not what the wizard recommends. */
export interface ReviewWish {
  readonly set: string
  readonly name: string
  readonly count: number
  readonly isBlind: boolean
}

/** The wizard "Review agent traces". */
export class ReviewPlanPage extends WizardPage<keyof typeof questions> {
  constructor(page: Page, way: Way) {
    super(page, way, questions)
  }

  /** What is ahead belongs to the plan as it stands: until then old figures are greyed. */
  override async expectAccessible(screen: string): Promise<void> {
    const ahead = this.page.getByRole('heading', { name: 'What is ahead' }).locator('..')
    await expect(ahead).not.toHaveClass(/stale/)
    await expectAccessible(this.page, screen)
  }

  /** Walks through all steps from the list of sets, and starts; nothing comes up a second time. */
  async plan({ set, name, count, isBlind }: ReviewWish): Promise<void> {
    const { page, hand } = this
    await hand.use(page.getByRole('button', { name: `Plan a review of “${set}”` }))
    await this.expectStep('What to judge')
    await this.expectAccessible('What to judge')
    await this.next('Which first')
    await hand.write(this.field('How many'), String(count))
    await this.expectAccessible('Which first')
    await this.next('Reading')
    if (isBlind) await hand.tick(page.getByRole('switch', { name: 'Hide names and suggestions' }))
    await this.lowest('Second looks')
    await this.expectAccessible('Reading')
    await this.next('Start')
    await hand.write(this.field('Your name'), 'Robin')
    await hand.write(this.field('Name of the review'), name)
    await this.expectAccessible('Start')
    await hand.use(page.getByRole('button', { name: 'Start reviewing' }))
  }
  /** Takes a slider to its lowest value. */
  private async lowest(label: string): Promise<void> {
    const slider = this.page.getByRole('slider', { name: label })
    await this.hand.use(slider)
    await this.page.keyboard.press('Home')
    await expect(slider).toHaveValue('0')
  }
}

/** What the export dialog says it will write. */
export interface ExportCounts {
  readonly conversations: number
  readonly weighted: number
  readonly masked: number
}

/** Exports what is kept into the first place the folder browser offers; returns counts and folder. */
export async function exportKept(
  page: Page,
  hand: Hand,
  name: string
): Promise<{ readonly counts: ExportCounts; readonly folder: string }> {
  await hand.use(page.getByRole('button', { name: 'Export…' }))
  const dialog = page.getByRole('dialog', { name: 'Export reviews' })
  const start = dialog.getByRole('button', { name: /^Export \d/ })
  const shown = async (label: string): Promise<number> => {
    const value = dialog.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('+ dd')
    return Number((await value.innerText()).replaceAll(/\D/g, ''))
  }
  await hand.use(dialog.getByRole('button', { name: 'Choose a folder' }))
  await hand.use(page.getByRole('button', { name: 'Use this folder' }))
  await hand.write(dialog.getByLabel('Name of the new folder'), name)
  await expect(start).toBeEnabled()
  await expectAccessible(page, 'export')
  const counts = {
    conversations: await shown('Conversations'),
    weighted: await shown('Turns to learn'),
    masked: await shown('Turns not learned')
  }
  await hand.use(start)
  const sentence = await dialog.getByText(/^The files are in “/).innerText()
  const folder = /“(.+)”/.exec(sentence)?.[1] ?? ''
  await expectAccessible(page, 'exported')
  await hand.use(dialog.getByRole('button', { name: 'Close' }).first())
  await expect(dialog).toBeHidden()
  return { counts, folder }
}
