// German words of backups: the list, the question before one is restored, and a damaged project.
import type * as en from '../en/restore.ts'
import { formatCount, formatDateTime } from '../format.ts'
import type { Words } from '../language.ts'

/** Restore words. */
export const restoreText: Words<typeof en.restoreText> = {
  list: 'Worauf dieses Projekt zurückgebracht werden kann',
  kinds: { backup: 'Sicherung', replaced: 'Aufgehoben' },
  columns: { made: 'Gemacht', kind: 'Was es ist', size: 'Größe' },
  keptHelp:
    'Aufgehoben ist das Projekt, wie es war, bevor ein anderer Stand wiederhergestellt wurde. Die App entfernt es nie.',
  made: (at) => (at === 0 ? 'zu unbekannter Zeit' : formatDateTime(at)),
  restore: 'Diese Sicherung wiederherstellen …',
  restoreOf: (when) => `Diese Sicherung vom ${when} wiederherstellen`,
  none: 'Es gibt noch keine Sicherung. An jedem Tag, an dem das Projekt geöffnet wird, entsteht eine, und mit der Schaltfläche.',
  loading: 'Es wird nachgesehen, was sich seitdem geändert hat',
  title: (when) => `Sicherung vom ${when} wiederherstellen`,
  now: 'Wiederherstellen',
  lostTitle: 'Das ist nicht in der Sicherung und wird weg sein',
  lostNothing: 'Seitdem ist nichts entstanden, das weg wäre.',
  lostUnknown:
    'Die Projektdatei ist nicht lesbar, daher kann die App nicht sagen, was seitdem entstanden ist. Alles, was nach dieser Sicherung gemacht wurde, wird fehlen.',
  backTitle: 'Das kommt zurück',
  quoted: (name) => `„${name}“`,
  andMore: (names, rest) => `${names} und ${rest} weitere`,
  datasets: (names) => `Daten: ${names}`,
  runs: (names) => `Läufe: ${names}`,
  traceSets: (names) => `Verläufe: ${names}`,
  steps: (count) =>
    `${formatCount(count, 'Änderung', 'Änderungen')} an Elementen, etwa Labels und Beiseitegelegtes`,
  reviews: (count) => `${formatCount(count, 'Durchsicht', 'Durchsichten')} von Verläufen`,
  kept: 'Das Projekt, wie es jetzt ist, wird aufgehoben und bleibt in dieser Liste. Exportierte Dateien werden nicht angerührt.',
  backPictures: 'Bilder, die ins Projekt kopiert und seitdem entfernt wurden, kommen nicht zurück.',
  done: (when) => `Das Projekt ist wieder wie damals: ${when}.`,
  busy: 'Eine Sicherung kann wiederhergestellt werden, wenn nichts läuft.',
  readOnly:
    'In den Projektordner kann nicht geschrieben werden, daher lässt sich darin nichts wiederherstellen.',
  damagedTitle: (name) => `„${name}“ kann nicht geöffnet werden`,
  damagedText:
    'Die Projektdatei ist beschädigt. Sie kann aus einer Sicherung zurückgeholt werden; die beschädigte Datei wird aufgehoben.',
  damagedNone:
    'Die Projektdatei ist beschädigt, und im Projektordner gibt es keine Sicherung davon. Ihre Originale sind unberührt; legen Sie ein neues Projekt an und fügen Sie sie wieder hinzu.',
  newest: 'Neueste Sicherung wiederherstellen',
  newestOf: (when) => `Die neueste ist vom ${when}.`,
  others: 'Alle Sicherungen'
}
