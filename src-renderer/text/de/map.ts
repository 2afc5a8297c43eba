// German words of the similarity map.
import type * as en from '../en/map.ts'
import { formatCount, formatNumber } from '../format.ts'
import type { Words } from '../language.ts'

const items = (count: number): string => formatCount(count, 'Element', 'Elemente')

/** Map words. */
export const map: Words<typeof en.map> = {
  label: (name) => `Ähnlichkeitskarte von ${name}`,
  keys:
    'Pfeiltasten gehen zum nächsten Element, Plus und Minus ändern die Größe, Umschalt mit einer Pfeiltaste verschiebt die Karte, ' +
    'L beginnt einen Rahmen, Eingabe öffnet das Element oder übernimmt den Rahmen, Esc bricht ab.',
  noneTitle: 'Noch keine Karte',
  make: 'Karte erstellen',
  refine: 'Karte verfeinern',
  makingTitle: 'Die Karte wird erstellt',
  making: (phase, percent) => `${phase} · ${percent}`,
  waiting: 'Wartet auf das Ende eines anderen Laufs',
  paused: 'Angehalten',
  refining: (percent) => `Wird verfeinert: ${percent}`,
  stop: 'Anhalten',
  readOnly: 'Dieses Projekt ist nur zum Lesen geöffnet, daher kann keine Karte erstellt werden.',
  emptyTitle: 'Nichts für eine Karte',
  emptyText: 'Diese Daten haben keine Elemente.',
  noneShownTitle: 'Kein Element passt zum Filter',
  noneShownText: 'Alle Elemente sind grau dargestellt.',
  clear: 'Filter aufheben',
  failedTitle: 'Die Karte konnte nicht erstellt werden',
  loadFailedTitle: 'Die Karte konnte nicht geladen werden',
  cannotDrawText:
    'Dieses Fenster kann keine Bilder zeichnen. Die Tabelle zeigt dieselben Elemente.',
  retry: 'Erneut versuchen',
  asTable: 'Als Tabelle anzeigen',
  mode: 'Was das Ziehen bewirkt',
  lasso: 'Elemente umfahren, um nur diese anzuzeigen',
  pan: 'Karte verschieben (oder Leertaste halten)',
  zoomIn: 'Vergrößern',
  zoomOut: 'Verkleinern',
  fit: 'Ganze Karte anzeigen',
  legend: 'Labels auf der Karte',
  other: 'Andere Labels',
  unlabelled: 'Kein Label',
  shownOnly: (name, count) => `${name}, ${count} angezeigt. Nur diese anzeigen.`,
  shownStop: (name, count) => `${name}, ${count} angezeigt. Nicht mehr danach filtern.`,
  counts: (shown, all) => `${shown} von ${all} Elementen`,
  thinned: (drawn, all) =>
    `Dieser Computer zeichnet etwa ${formatNumber(Number(drawn.toPrecision(2)))} von ${formatNumber(all)} Punkten, gleichmäßig verteilt. Filter und Umfahren wirken auf alle.`,
  lassoSentence: (count) => `${items(count)} auf der Karte umfahren`,
  lassoNone: 'Keine Elemente lagen darin.',
  lassoHint: 'Mit gehaltener Umschalttaste wird markiert statt gefiltert',
  boxStarted:
    'Rahmen begonnen. Pfeiltasten vergrößern ihn, Eingabe zeigt nur, was darin liegt, Esc bricht ab.',
  boxHolds: (count) => `${items(count)} im Rahmen.`,
  boxLeft: 'Rahmen verlassen.',
  noneThisWay: 'In dieser Richtung gibt es keine Elemente mehr.',
  itemNoLabel: 'Kein Label'
}
