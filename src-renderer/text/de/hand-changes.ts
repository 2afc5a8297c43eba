// German words of changes by hand to a result, of swapping items, and of coverage.
import type * as en from '../en/hand-changes.ts'
import { formatCount, formatNumber } from '../format.ts'
import type { Words } from '../language.ts'

/** Changes by hand. */
export const handChanges: Words<typeof en.handChanges> = {
  title: 'Änderungen von Hand',
  summary: (added, removed) =>
    [
      added > 0 ? `${formatNumber(added)} dazu` : '',
      removed > 0 ? `${formatNumber(removed)} heraus` : ''
    ]
      .filter((part) => part !== '')
      .join(', '),
  otherCount: (count, before) => `Damit sind es ${count} Elemente statt ${before}.`,
  nothingLeft: 'Es bliebe nichts übrig. Nehmen Sie einige Änderungen zurück.',
  help: 'Dieses Ergebnis bleibt, wie es ist. Die geänderte Auswahl wird als eigener Lauf geprüft, an denselben Testelementen.',
  show: 'Änderungen anzeigen',
  hide: 'Änderungen ausblenden',
  undoLast: 'Letzte zurücknehmen',
  undoAll: 'Alle zurücknehmen',
  undo: (change) => `Zurücknehmen: ${change}`,
  more: (count) => `und ${count} weitere`,
  check: 'Geänderte Auswahl prüfen',
  started: 'Die geänderte Auswahl wird geprüft.',
  added: (name) => `${name} kommt dazu`,
  removed: (name) => `${name} kommt heraus`,
  swapped: (out, into) => `${out} kommt heraus, ${into} an seine Stelle`,
  add: 'Dazunehmen',
  takeOut: 'Herausnehmen',
  keep: 'Lassen, wie es war',
  swap: 'Tauschen …',
  selected: (count) => `${count} markiert`,
  clearSelection: 'Markierung aufheben',
  allFixed: 'Keines davon kann dazugenommen werden.',
  someFixed: (count, why) =>
    `${formatCount(count, 'Element kann', 'Elemente können')} nicht dazugenommen werden. ${why}`,
  tooMany: (most) => `Höchstens ${most} Elemente können auf einmal geändert werden.`,
  selecting: 'Die Markierung wird gelesen',
  basedOn: (name, added, removed) =>
    `Das ist „${name}“, von Hand geändert: ${formatNumber(added)} dazu, ${formatNumber(removed)} heraus.`,
  compareWith: 'Damit vergleichen',
  basedOnTitle: 'Von Hand geändert'
}

/** Choosing what to put in the place of an item. */
export const swapping: Words<typeof en.swapping> = {
  titleOut: (name) => `Was soll an die Stelle von ${name}?`,
  titleIn: (name) => `An welche Stelle soll ${name}?`,
  helpOut: 'Weggelassene Elemente, die ausgewählt werden können, die ähnlichsten zuerst.',
  helpIn: 'Ausgewählte Elemente, die ähnlichsten zuerst.',
  alike: (percent) => `${percent} ähnlich`,
  none: 'Es gibt nichts zum Tauschen',
  noneText: 'Kein anderes Element kann an diese Stelle.',
  failed: 'Ähnliche Elemente konnten nicht gefunden werden'
}

/** The item shown beside a reason. */
export const evidenceWords: Words<typeof en.evidenceWords> = {
  repeats: (percent, name) => `${percent} ähnlich: ${name}`,
  'nearest-chosen': (percent, name) => `Nächstes ausgewähltes Element, ${percent} ähnlich: ${name}`,
  'near-chosen': (percent, name) => `Ein ausgewähltes Element, ${percent} ähnlich: ${name}`
}

/** How a chosen set covers its data. */
export const coverage: Words<typeof en.coverage> = {
  failedTitle: 'Die Abdeckung konnte nicht ermittelt werden',
  noneTitle: 'Es gibt keine Bereiche zum Anzeigen',
  noneText: 'Die Elemente haben keine Ähnlichkeitsmerkmale, die verglichen werden können.',
  full: (regions) => `Jeder der ${regions} Bereiche hat ein ausgewähltes Element.`,
  gaps: (count) =>
    count === 1
      ? '1 Bereich hat kein ausgewähltes Element.'
      : `${formatNumber(count)} Bereiche haben kein ausgewähltes Element.`,
  atRandom: (count) =>
    count < 0.5
      ? 'Eine gleich große Zufallsauswahl lässt meist keinen ohne.'
      : `Eine gleich große Zufallsauswahl lässt etwa ${formatNumber(count)} ohne.`,
  addEach: 'Je eines dazunehmen',
  addTypical: 'Das typischste dazunehmen',
  willAdd: (name) => `${name} kommt dazu`,
  undo: 'Rückgängig',
  listTitle: 'Bereiche',
  mostly: (label, percent) => `Meist „${label}“ (${percent})`,
  mixed: (label, percent) => `Gemischte Labels, am häufigsten „${label}“ (${percent})`,
  region: (number) => `Bereich ${number}`,
  counts: (chosen, pool) => `${chosen} von ${pool} ausgewählt`,
  expected: (count) => `durch Zufall ${count}`,
  kept: 'ausgewählt',
  more: (count) => `${count} weitere anzeigen`,
  allAdded: 'Hier ist nichts mehr dazuzunehmen.',
  mapTitle: 'Auf der Karte',
  mapLabel: (name) => `Karte der Elemente von „${name}“: was ausgewählt wurde und was nicht`,
  groups: {
    chosen: 'Ausgewählt',
    gap: 'Weggelassen, in einem Bereich ohne ausgewähltes Element',
    left: 'Weggelassen, in anderen Bereichen',
    test: 'Testelemente'
  },
  states: {
    chosen: 'Ausgewählt',
    gap: 'Weggelassen',
    left: 'Weggelassen',
    test: 'Für die Prüfung zurückgehalten',
    other: 'Stand nicht zur Auswahl'
  },
  rings: 'Kreise kennzeichnen die Bereiche ohne ausgewähltes Element.',
  inside: (chosen, all) => `Darin: ${chosen} von ${all} Elementen sind ausgewählt.`,
  clear: 'Aufheben',
  asMap: 'Karte anzeigen',
  noMapTitle: 'Noch keine Karte',
  table: 'Bereiche als Tabelle',
  column: {
    region: 'Bereich',
    label: 'Meist',
    pool: 'Elemente',
    chosen: 'Ausgewählt',
    expected: 'Durch Zufall'
  }
}

/** What the method found. */
export const findings: Words<typeof en.findings> = {
  title: 'Was das Verfahren gefunden hat',
  none: 'Dieses Verfahren sagt nicht mehr als seine Wertungen',
  sources: 'Was jede Quelle gegeben hat',
  column: {
    name: 'Was',
    value: 'Wert',
    meaning: 'Was es bedeutet',
    source: 'Quelle',
    items: 'Elemente',
    before: 'Anteil an den Daten',
    asked: 'Verlangter Anteil',
    kept: 'Ausgewählt',
    share: 'Anteil an der Auswahl'
  }
}
