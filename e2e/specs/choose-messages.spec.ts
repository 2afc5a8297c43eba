// Every validation message of the wizard, provoked on real data through its fields and settled by its
// own button: by mouse in the light theme, by keyboard alone in the dark one. What the computer has
// left (V8, V12) no field can change: for these the host is started with given readings.
import { expect, test } from '@playwright/test'
import { localDriver } from '../drivers/local.ts'
import { expectAccessible } from '../pages/accessibility.ts'
import { newGrove, newTrees, openRecent, type TwoPlaces } from '../pages/choose-data.ts'
import { ChoosePage } from '../pages/choose.ts'

// By keyboard there are hundreds of small steps; a picture of each would double the time.
test.use({ trace: { mode: 'retain-on-failure', snapshots: false, screenshots: false } })

let home: string
test.beforeAll(async () => {
  home = await newTrees()
})

/** V7 on the pictures: the list of what could not be opened. */
async function seeWhatWasLeftOut(choose: ChoosePage): Promise<void> {
  const { page, hand } = choose
  await choose.takeData('pictures')
  await choose.expectMessage('V7', /2 files could not be opened\. They are left out\./)
  await expectAccessible(page, 'Data, with files left out')
  await hand.use(choose.message('V7').getByRole('button', { name: 'See list' }))
  await expect(page.getByRole('tab', { name: /Not readable/ })).toHaveAttribute(
    'aria-selected',
    'true'
  )
  await expect(page.getByText(/broken\.png/).first()).toBeVisible()
  await choose.comeBack('Data')
}

/** V6 on data without labels: both ways out. */
async function goOnWithoutLabels(choose: ChoosePage): Promise<void> {
  const { page, hand } = choose
  await choose.takeData('plain')
  await choose.go('Check')
  const isTested = page.getByRole('switch', { name: 'Test the result' })
  await expect(isTested).not.toBeChecked()
  await hand.tick(isTested)
  await choose.expectMessage('V6', /No labels found, so the check cannot compare accuracy/)
  await expectAccessible(page, 'Check, without labels')
  await hand.use(choose.message('V6').getByRole('button', { name: 'Pick a label column' }))
  await expect(page.getByRole('heading', { name: 'plain', level: 1 })).toBeVisible()
  await choose.comeBack('Check')
  await expect(isTested).toBeChecked()
  await choose.settle('V6', 'Continue without')
  await expect(isTested).not.toBeChecked()
  await choose.go('Data')
}

/** V10 and V9 on data where nearly all items have one label. */
async function keepTheRealMix(choose: ChoosePage): Promise<void> {
  const { page, hand } = choose
  await choose.takeData('lopsided')
  await choose.go('Method')
  const methods = page.getByRole('radiogroup', { name: 'Method' })
  await hand.pick(methods.getByRole('radio', { name: 'Stands for all (facility location)' }))
  await choose.expectMessage('V10', /9\d % of items share one label\. A balanced choice will not/)
  await expectAccessible(page, 'Method, with one label everywhere')
  await choose.settle('V10', 'Keep real mix')
  await expect(methods.getByRole('radio', { name: 'Stratified random' })).toBeChecked()

  await choose.go('Goal')
  await hand.pick(page.getByRole('radio', { name: 'From my own examples' }))
  await choose.expectMessage('V9', /Your target examples are also in the data \(\d+ matches\)/)
  await expectAccessible(page, 'Goal, with examples out of the data')
  await choose.settle('V9', 'Keep out – recommended')
  const keepsOut = page.getByRole('switch', { name: 'Keep my examples out of the choice' })
  await expect(keepsOut).toBeChecked()
  // What a button did can be taken back, and the other button does the other thing.
  await hand.use(
    page
      .getByRole('listitem')
      .filter({ hasText: 'Done: Keep out' })
      .getByRole('button', { name: 'Undo' })
  )
  await choose.expectMessage('V9', /Keep them out of the choice so the check stays fair\?/)
  await choose.settle('V9', 'Ignore')
  await expect(keepsOut).not.toBeChecked()
  await choose.go('Data')
}

/** An empty scope, and V1 on the trees: a plan for too few items. */
async function askForEnough(choose: ChoosePage): Promise<void> {
  const { page, hand } = choose
  await choose.takeData('trees')
  await hand.pick(page.getByRole('radio', { name: 'Only some items' }))
  await hand.write(choose.field('Contains the words'), 'palm')
  await choose.expectMessage('S1', /0 of 124 items match\./)
  await choose.settle('S1', 'Clear filters')
  await expect(page.getByRole('radio', { name: 'All items' })).toBeChecked()

  await choose.go('How much')
  const items = choose.field('Items')
  await hand.write(items, '2')
  await choose.expectMessage(
    'V1',
    /Keeping 2 items is too few for 3 groups\. You need at least 3 to have one of each\./
  )
  await expectAccessible(page, 'How much, with too few')
  await choose.settle('V1', 'Use 3')
  await expect(items).toHaveValue('3')
  // What was done is said in a corner, where it hides nothing that is needed next.
  await choose.expectFree(page.getByRole('button', { name: 'Next', exact: true }))
}

/** V5, V4 and V11: lists that leave nothing to choose, contradict each other, or name strangers. */
async function putListsRight(choose: ChoosePage): Promise<void> {
  const { page, hand } = choose
  await choose.go('Rules')
  await choose.writeList('Must keep', ['Row 2', 'Row 3', 'Row 4'])
  await choose.expectMessage('V5', /Must-keep items already fill the budget \(3 of 3\)/)
  await choose.settle('V5', 'Raise to 6')

  await choose.writeList('Must drop', ['Row 4', 'Row 5'])
  await choose.expectMessage('V4', /1 item is on both lists, Must keep and Must drop\./)
  await expectAccessible(page, 'Rules, with lists that contradict each other')
  // Such a plan cannot be started: the last step leads back.
  await choose.go('Review')
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeDisabled()
  await expectAccessible(page, 'Review of a plan that cannot start')
  await hand.use(page.getByRole('button', { name: 'Go to “Rules”' }))
  await choose.expectStep('Rules')
  await choose.settle('V4', 'Drop wins')
  await expect(choose.group('Must keep')).toContainText('2 items')
  await expect(choose.group('Must drop')).toContainText('2 items')

  // What looks like a key is taken as one, whether or not the data has it.
  await choose.writeList('Must drop', ['Row 4', 'Row 5', '0123456789abcdef'])
  await choose.expectMessage('V11', /The list names 5 ids; 1 is not in this dataset\./)
  await hand.use(choose.message('V11').getByText('Show 1'))
  await expect(choose.message('V11').getByText('0123456789abcdef')).toBeVisible()
  await choose.settle('V11', 'Continue with 4')
  await expect(choose.group('Must drop')).toContainText('2 items')
}

/** V2 and V3: minimums that ask for too much. */
async function putLimitsRight(choose: ChoosePage): Promise<void> {
  const { page, hand } = choose
  await hand.use(page.getByRole('button', { name: 'Set limits' }))
  await hand.write(choose.limit('oak', 'At least'), '5')
  await hand.write(choose.limit('pine', 'At least'), '7')
  await choose.expectMessage('V2', /The minimums add up to 12 but you asked to keep 6\./)
  await choose.settle('V2', 'Scale minimums down')
  await expect(choose.limit('oak', 'At least')).toHaveValue('2')
  await expect(choose.limit('pine', 'At least')).toHaveValue('3')
  await hand.write(choose.limit('pine', 'At least'), '10')
  await choose.settle('V2', 'Raise to 12')

  await hand.use(page.getByRole('button', { name: 'Remove all limits' }))
  await hand.write(choose.limit('tulip tree', 'At least'), '12')
  await choose.expectMessage(
    'V3',
    /‘tulip tree’ has only \d+ items; a minimum of 12 cannot be met\./
  )
  await expectAccessible(page, 'Rules, with a minimum that cannot be met')
  const all = choose.message('V3').getByRole('button', { name: /^Use all/ })
  const [there = ''] = /\d+/.exec(await all.innerText()) ?? []
  await choose.settle('V3', /^Use all/)
  await expect(choose.limit('tulip tree', 'At least')).toHaveValue(there)
}

/** V8: a method that needs more memory than is free. */
async function spareMemory(choose: ChoosePage): Promise<void> {
  const { page, hand } = choose
  await choose.go('Method')
  const methods = page.getByRole('radiogroup', { name: 'Method' })
  await hand.pick(methods.getByRole('radio', { name: 'Stands for all (facility location)' }))
  await choose.go('Review')
  await choose.expectMessage(
    'V8',
    /^\s*This needs about 3\d\d MB of memory; this computer has 200 MB free\./
  )
  await expectAccessible(page, 'Review, with little memory')
  await choose.settle('V8', 'Use the lighter method')
  await choose.go('Method')
  await expect(methods.getByRole('radio', { name: 'Stratified random' })).toBeChecked()
}

/** V12: a full disk. The same project in a folder with room goes on. */
async function goWhereThereIsRoom(choose: ChoosePage, { elsewhere }: TwoPlaces): Promise<void> {
  const { page, hand } = choose
  const start = page.getByRole('button', { name: 'Start', exact: true })
  await choose.go('Review')
  await choose.expectMessage(
    'V12',
    /^\s*Free disk is 1 KB, the run needs about [\d.]+ KB for fingerprints\./
  )
  await expect(start).toBeDisabled()
  // The message itself says what to do; nothing leads from this step to this step.
  await expect(page.getByRole('button', { name: /^Go to/ })).toBeHidden()
  await expectAccessible(page, 'Review, with a full disk')
  await hand.use(choose.message('V12').getByRole('button', { name: 'Choose another folder' }))
  await hand.use(page.getByRole('button', { name: 'Open', exact: true }))
  const browser = page.getByRole('dialog', { name: 'Choose a project' })
  await hand.use(browser.getByRole('button', { name: elsewhere }))
  await hand.use(browser.getByRole('button', { name: /^Grove\.winnow/ }))
  await expect(page.getByRole('heading', { name: 'Grove', level: 1 })).toBeVisible()

  await choose.start()
  await choose.go('Method')
  const methods = page.getByRole('radiogroup', { name: 'Method' })
  await hand.pick(methods.getByRole('radio', { name: 'Stratified random' }))
  await choose.go('Review')
  await expect(page.getByText('Nothing needs attention.')).toBeVisible()
  await expect(choose.message('V12')).toBeHidden()
  await expect(start).toBeEnabled()
}

for (const [colorScheme, way] of [
  ['light', 'mouse'],
  ['dark', 'keyboard']
] as const) {
  test(`every message is provoked and settled by its button: ${way} only, ${colorScheme}`, async () => {
    const app = await localDriver.launch({ colorScheme, home })
    const choose = new ChoosePage(app.page, way)
    try {
      await openRecent(app.page, 'Trees', choose.hand.use)
      await choose.start()
      await seeWhatWasLeftOut(choose)
      await goOnWithoutLabels(choose)
      await keepTheRealMix(choose)
      await askForEnough(choose)
      await putListsRight(choose)
      await putLimitsRight(choose)
      await choose.go('Review')
      await expect(app.page.getByText('Nothing needs attention.')).toBeVisible()
      await expect(app.page.getByRole('button', { name: 'Start', exact: true })).toBeEnabled()
      expect(app.violations).toEqual([])
    } finally {
      await app.close()
    }
  })

  test(`little memory and a full disk are settled by their buttons: ${way} only, ${colorScheme}`, async () => {
    const places = await newGrove()
    const app = await localDriver.launch({
      colorScheme,
      home: places.home,
      readings: { freeMemoryBytes: 200e6, freeDiskBytes: { [places.project]: 1000 } }
    })
    const choose = new ChoosePage(app.page, way)
    try {
      await openRecent(app.page, 'Grove', choose.hand.use)
      await choose.start()
      await spareMemory(choose)
      await goWhereThereIsRoom(choose, places)
      expect(app.violations).toEqual([])
    } finally {
      await app.close()
    }
  })
}
