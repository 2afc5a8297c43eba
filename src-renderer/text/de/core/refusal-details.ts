// German for sentences of the core that refuse something and name what, with what to do about it.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Choosing.
  'The pictures of this test are damaged.': 'Die Bilder dieser Prüfung sind beschädigt.',
  'What was kept of this part was damaged, so it begins again.':
    'Was von diesem Teil aufbewahrt war, war beschädigt; er beginnt von vorn.',
  'Learning directions that this choice was to use are not joined to the data any more.':
    'Lernrichtungen, die verwendet werden sollten, sind nicht mehr an die Daten angefügt.',
  'Pick others in the step Method, or join them again.':
    'Wählen Sie im Schritt „Verfahren“ andere, oder fügen Sie sie wieder an.',
  'Join them on the page of that data, under "Computed elsewhere".':
    'Fügen Sie sie auf der Seite dieser Daten unter „Anderswo berechnet“ an.',
  'The similarity fingerprints of this data are not there any more, so nothing can be compared.':
    'Die Ähnlichkeitsmerkmale dieser Daten sind nicht mehr da; es lässt sich nichts vergleichen.',
  'Make the map of the data, which makes them too; then ask again.':
    'Erstellen Sie die Karte der Daten, dabei entstehen auch sie; fragen Sie dann noch einmal.',
  'It reads row numbers, keys or names (one a line, or a column of a table), and original records as JSON or JSON Lines.':
    'Gelesen werden Zeilennummern, Schlüssel oder Namen (einer je Zeile, oder eine Spalte einer Tabelle) und Originalzeilen als JSON oder JSON-Zeilen.',
  'The list has no entries.': 'Die Liste hat keine Einträge.',
  'A list may name up to 1,000,000 items.': 'Eine Liste darf bis zu 1.000.000 Elemente nennen.',
  'The list may belong to other data.': 'Die Liste gehört vielleicht zu anderen Daten.',
  'The app reads row numbers counted from 0, keys, names, and original records.':
    'Die App liest Zeilennummern ab 0, Schlüssel, Namen und Originalzeilen.',
  'This recipe is not in the project any more.': 'Dieses Rezept ist nicht mehr im Projekt.',
  'This recipe names too many items to be kept.':
    'Dieses Rezept nennt zu viele Elemente, um aufbewahrt zu werden.',
  'Recipes can hold lists of up to about a million items.':
    'Rezepte können Listen mit bis zu etwa einer Million Elementen enthalten.',
  'Remove some that are not needed any more.':
    'Entfernen Sie einige, die nicht mehr gebraucht werden.',
  'Save a recipe as a file in Winnow, or take recipe.json of an exported folder.':
    'Speichern Sie ein Rezept in Winnow als Datei, oder nehmen Sie recipe.json aus einem exportierten Ordner.',
  'No items are left to choose from.': 'Zum Auswählen bleibt nichts.',
  'Widen the scope or the rules.': 'Erweitern Sie den Umfang oder die Regeln.',
  'The example items are not in the project any more.': 'Die Beispiele sind nicht mehr im Projekt.',

  // Methods that choose.
  'No item has a label, so nothing is hard or easy.':
    'Kein Element hat ein Label, also ist nichts schwierig oder leicht.',
  'No item has a label, so nothing can be learned.':
    'Kein Element hat ein Label, also lässt sich nichts lernen.',
  'Choose a label column first, or use a method that needs no labels.':
    'Wählen Sie zuerst eine Spalte mit Labels, oder verwenden Sie ein Verfahren, das keine braucht.',
  'The numbers of the items could not be read.':
    'Die Zahlen der Elemente konnten nicht gelesen werden.',
  'Give one number above 0 for each checkpoint, with commas between, or leave it empty.':
    'Geben Sie je Zwischenstand eine Zahl über 0 an, mit Kommas dazwischen, oder lassen Sie das Feld leer.',
  'No example task has any example item with learning directions that can be read.':
    'Keine Zielaufgabe hat ein Beispiel mit lesbaren Lernrichtungen.',
  'No example task has any example item that can be read.':
    'Keine Zielaufgabe hat ein lesbares Beispiel.',
  'No example task has any example item.': 'Keine Zielaufgabe hat ein Beispiel.',
  'No example task has an example item with a label.':
    'Keine Zielaufgabe hat ein Beispiel mit Label.',
  'Add example items first.': 'Fügen Sie zuerst Beispiele hinzu.',
  'At most 255 example tasks can be aimed at.': 'Höchstens 255 Zielaufgaben sind möglich.',
  'At most 255 example tasks can vote.': 'Höchstens 255 Zielaufgaben können abstimmen.',
  'The items are too much alike for this way of choosing: the helper model cannot tell which of them it learned what from.':
    'Die Elemente sind einander für dieses Verfahren zu ähnlich: Das Hilfsmodell kann nicht sagen, was es woraus gelernt hat.',
  'None of the items the helper model would learn from can be read.':
    'Keines der Elemente, aus denen das Hilfsmodell lernen würde, ist lesbar.',
  'There are too many labels and columns for this way of choosing: its directions would not fit into memory.':
    'Für dieses Verfahren sind es zu viele Labels und Spalten: Seine Richtungen passen nicht in den Arbeitsspeicher.',
  'This way of choosing needs items of at least two different labels.':
    'Dieses Verfahren braucht Elemente mit mindestens zwei verschiedenen Labels.',
  'The helper models could not learn from these numbers.':
    'Aus diesen Zahlen konnten die Hilfsmodelle nicht lernen.',
  'Look for items whose numbers are far larger than all others, and leave them out.':
    'Suchen Sie Elemente, deren Zahlen viel größer sind als alle anderen, und lassen Sie sie weg.',
  'Use "Sources by size" or "Same from every source", or name a column with fewer values.':
    'Verwenden Sie „Quellen nach Größe“ oder „Gleich viel aus jeder Quelle“, oder nennen Sie eine Spalte mit weniger Werten.',
  'The data does not say where its items come from.':
    'Die Daten sagen nicht, woher ihre Elemente kommen.',
  'Name the column with the sources first, or use a method that needs none.':
    'Nennen Sie zuerst die Spalte mit den Quellen, oder verwenden Sie ein Verfahren, das keine braucht.',
  'Helper models need labels to learn from.': 'Hilfsmodelle brauchen Labels zum Lernen.',
  'Choose a label column, or use "Sources by size" or "Same from every source".':
    'Wählen Sie eine Spalte mit Labels, oder verwenden Sie „Quellen nach Größe“ oder „Gleich viel aus jeder Quelle“.',
  'All weights are 0, so there is nothing to aim at.': 'Alle Gewichte sind 0; es gibt kein Ziel.',
  'Give at least one aim a weight.': 'Geben Sie mindestens einem Ziel ein Gewicht.',
  'Give variety or typical items a weight, or add what is missing.':
    'Geben Sie der Vielfalt oder typischen Elementen ein Gewicht, oder ergänzen Sie, was fehlt.',
  'These items have no texts to read.': 'Diese Elemente haben keine Texte zum Lesen.',
  'Use a method that compares similarity fingerprints, for example ICONS.':
    'Verwenden Sie ein Verfahren, das Ähnlichkeitsmerkmale vergleicht, zum Beispiel ICONS.',
  'No item holds any words.': 'Kein Element enthält Wörter.',
  'No example item holds any words.': 'Kein Beispiel enthält Wörter.',
  'Lower "Fewest words".': 'Senken Sie die „Mindestzahl von Wörtern“.',
  'Choose a column with texts, or use a method that compares similarity fingerprints.':
    'Wählen Sie eine Spalte mit Texten, oder verwenden Sie ein Verfahren, das Ähnlichkeitsmerkmale vergleicht.',
  'Add example items with texts, or use a method that compares similarity fingerprints.':
    'Fügen Sie Beispiele mit Texten hinzu, oder verwenden Sie ein Verfahren, das Ähnlichkeitsmerkmale vergleicht.',
  'Check that the list belongs to this data, and what is set aside or kept for testing.':
    'Prüfen Sie, ob die Liste zu diesen Daten gehört, und was beiseitegelegt oder für die Prüfung zurückgehalten ist.',
  'There are no example items to stand in for.':
    'Es gibt keine Beispiele, für die etwas stehen könnte.',
  'Add example items, or choose "all-items".':
    'Fügen Sie Beispiele hinzu, oder wählen Sie „Alle Elemente“.',
  'None of the items for the warm-up has numbers that can be read and a label.':
    'Keines der Elemente zum Aufwärmen hat lesbare Zahlen und ein Label.',
  'Set "Correction" to "ek-fac".': 'Stellen Sie „Korrektur“ auf „EK-FAC“.',
  'TracIn and LESS take more.': 'TracIn und LESS nehmen mehr.',
  'Join another file, or take this one off the list.':
    'Fügen Sie eine andere Datei an, oder nehmen Sie diese von der Liste.',
  'There are no trusted items to learn from.': 'Es gibt keine geprüften Elemente zum Lernen.',
  'Add example items that are as you want the data to be.':
    'Fügen Sie Beispiele hinzu, die so sind, wie Sie die Daten möchten.',
  'Lower the least score.': 'Senken Sie den kleinsten Wert.',

  // A table of losses.
  'The loss table cannot be read.': 'Die Tabelle mit Fehlern kann nicht gelesen werden.',
  'The table needs a header, then one line per training run: first one column per source with its share, then one or more columns with losses.':
    'Die Tabelle braucht eine Kopfzeile, dann eine Zeile je Training: zuerst je Quelle eine Spalte mit ihrem Anteil, dann eine oder mehrere Spalten mit Fehlern.',
  'Numbers are written with a decimal point, for example 0.25.':
    'Zahlen stehen mit einem Punkt, zum Beispiel 0.25.',
  'Their columns come first, then those with losses.':
    'Zuerst kommen ihre Spalten, dann die mit Fehlern.',
  'Line 1: there is no column with losses after those of the sources.':
    'Zeile 1: Nach den Spalten der Quellen fehlt eine mit Fehlern.',
  'It is empty.': 'Sie ist leer.',
  'Add runs with other mixtures.': 'Fügen Sie Läufe mit anderen Mischungen hinzu.',
  'Shares are 0 or more.': 'Anteile sind 0 oder mehr.',
  'Check that every source has its column and that the columns with losses come after them.':
    'Prüfen Sie, ob jede Quelle ihre Spalte hat und die Spalten mit Fehlern danach kommen.',

  // Numbers computed elsewhere.
  'The joined matrix is not in the project any more.':
    'Die angefügte Zahlentafel ist nicht mehr im Projekt.',
  'Go back to the app’s own fingerprints, or join it again.':
    'Gehen Sie zu den Merkmalen der App zurück, oder fügen Sie sie wieder an.',
  'Use matrices made by the same model for both.':
    'Verwenden Sie für beide Zahlentafeln desselben Modells.',
  'Join a matrix of the same kind to it, or go back to the app’s own fingerprints for the data.':
    'Fügen Sie dort eine gleichartige an, oder gehen Sie für die Daten zu den Merkmalen der App zurück.',

  // Similarity fingerprints.
  'None of the items could be read.': 'Keines der Elemente konnte gelesen werden.',
  'The files of the text reader are missing.': 'Die Dateien zum Lesen von Texten fehlen.',
  'Install the app again.': 'Installieren Sie die App noch einmal.',
  'The example items are of another kind than the data.':
    'Die Beispiele sind von anderer Art als die Daten.',
  'Choose example items of the same kind: pictures for pictures, texts for texts.':
    'Wählen Sie Beispiele derselben Art: Bilder für Bilder, Texte für Texte.',
  'This table has no number columns to compare items by.':
    'Diese Tabelle hat keine Spalten mit Zahlen, nach denen Elemente zu vergleichen wären.',
  'Import it again and mark at least one column as a number.':
    'Importieren Sie sie noch einmal, und geben Sie mindestens eine Spalte als Zahl an.',
  'This data has no similarity fingerprints yet, so nothing can be compared.':
    'Diese Daten haben noch keine Ähnlichkeitsmerkmale; es lässt sich nichts vergleichen.',
  'Make them once, or make the map: then “more like this” answers at once.':
    'Berechnen Sie sie einmal, oder erstellen Sie die Karte: Dann ist „Ähnliche“ sofort da.',

  // Jobs and the computer.
  'Stop the run before discarding it.': 'Halten Sie den Lauf an, bevor Sie ihn verwerfen.',
  'The stored settings of this run do not fit this version of the app.':
    'Die gespeicherten Angaben dieses Laufs passen nicht zu dieser Version der App.',
  'This part takes longer than the first one suggested.':
    'Dieser Teil dauert länger, als der erste erwarten ließ.',
  'Continue the run, or start it again.':
    'Setzen Sie den Lauf fort, oder starten Sie ihn noch einmal.',
  'It goes on with another device.': 'Er geht mit einem anderen Gerät weiter.',
  'The speed can be measured when nothing else is running.':
    'Die Geschwindigkeit lässt sich messen, wenn nichts anderes läuft.',
  'Something else began while the speed was measured, so it was not kept.':
    'Während der Messung begann etwas anderes; sie wurde nicht behalten.',
  'Try again afterwards.': 'Versuchen Sie es danach noch einmal.',
  'Used once it was measured to be faster than the processor.':
    'Wird verwendet, sobald es gemessen schneller ist als der Prozessor.',
  'A run is using this dataset.': 'Ein Lauf verwendet diesen Datensatz.',
  'Stop it first.': 'Halten Sie ihn zuerst an.',
  'Stop it first, or let it finish.':
    'Halten Sie ihn zuerst an, oder lassen Sie ihn fertig werden.',
  'A run is under way.': 'Ein Lauf ist im Gange.',
  'graphics card (CUDA)': 'Grafikkarte (CUDA)',
  'processor (native)': 'Prozessor (nativ)',
  'graphics card (WebGPU)': 'Grafikkarte (WebGPU)',
  'graphics card (Core ML)': 'Grafikkarte (Core ML)',
  'processor (TensorFlow)': 'Prozessor (TensorFlow)',
  'processor (WebAssembly SIMD)': 'Prozessor (WebAssembly SIMD)',
  'processor (plain JavaScript)': 'Prozessor (JavaScript)',
  'no supported graphics card found': 'keine unterstützte Grafikkarte gefunden',
  'not installed': 'nicht installiert',
  'could not be started': 'konnte nicht gestartet werden',
  'not supported by this processor': 'von diesem Prozessor nicht unterstützt',
  'cannot train convolutional networks': 'kann Bildnetze nicht trainieren',
  'there is no build for this system': 'für dieses System gibt es keine Fassung',
  'its library could not be loaded on this system':
    'die Bibliothek konnte auf diesem System nicht geladen werden',
  'not part of the runtime on this system': 'auf diesem System nicht dabei',
  'only a software adapter, slower than the processor':
    'nur ein nachgebildetes Gerät, langsamer als der Prozessor',
  'no adapter': 'kein Gerät',
  'no adapter (this system has no Vulkan library)': 'kein Gerät (auf diesem System fehlt Vulkan)',
  'out of memory': 'der Speicher reicht nicht',
  'the card stopped answering': 'die Karte antwortet nicht mehr',
  'its speed could not be measured': 'die Geschwindigkeit konnte nicht gemessen werden',
  'cannot train': 'kann nicht trainieren',
  'Choose another device on the Computer page.':
    'Wählen Sie auf der Seite „Computer“ ein anderes Gerät.',

  // Projects and settings.
  'Close it there.': 'Schließen Sie es dort.',
  'If Winnow does not run there any more, or this computer had that name before, delete the file “.lock” in the project folder and open the project again.':
    'Läuft Winnow dort nicht mehr, oder hieß dieser Computer früher so, dann löschen Sie die Datei „.lock“ im Projektordner, und öffnen Sie das Projekt noch einmal.',
  'This backup is not there any more.': 'Diese Sicherung gibt es nicht mehr.',
  'This backup is damaged, too.': 'Auch diese Sicherung ist beschädigt.',
  'The project folder cannot be written to, so nothing can be restored in it.':
    'In den Projektordner kann nicht geschrieben werden; dort lässt sich nichts wiederherstellen.',
  'A backup cannot be restored while a job runs.':
    'Während ein Vorgang läuft, kann keine Sicherung zurückgeholt werden.',
  'Wait until the job is done or stop it, then restore the backup.':
    'Warten Sie, bis der Vorgang fertig ist, oder halten Sie ihn an; holen Sie dann die Sicherung zurück.',
  'The file holds values that cannot be set.': 'Die Datei enthält Werte, die nicht möglich sind.',
  'A settings file could not be read and was set aside.':
    'Eine Datei mit Optionen konnte nicht gelesen werden und wurde beiseitegelegt.',
  'The project was not closed cleanly.': 'Das Projekt wurde nicht richtig geschlossen.',
  'The daily backup was not made.': 'Die tägliche Sicherung wurde nicht erstellt.',

  // Files and folders.
  'is empty': 'leer',
  'leads out of its folder': 'führt aus dem Ordner hinaus',
  'leads out of its folder through a link': 'führt über eine Verknüpfung aus dem Ordner hinaus',
  'holds a control character': 'enthält ein Steuerzeichen',
  'holds a character that file names cannot have':
    'enthält ein Zeichen, das in Dateinamen nicht geht',
  'is reserved on Windows': 'unter Windows reserviert',
  'ends with a dot or a space': 'endet mit einem Punkt oder Leerzeichen',
  'is not well-formed text': 'kein gültiger Text',
  'names a drive': 'nennt ein Laufwerk',
  'is absolute': 'ein vollständiger Pfad',
  'is larger than the app reads safely': 'größer, als die App sicher liest',
  'brings the archive over the size the app reads safely':
    'bringt das Archiv über die Größe, die die App sicher liest',
  'is in the archive twice': 'steht zweimal im Archiv',
  'is a link': 'eine Verknüpfung',
  'is not a plain file': 'keine gewöhnliche Datei',
  'Make the archive again from its original files, or choose the unpacked folder.':
    'Erstellen Sie das Archiv noch einmal aus den Originaldateien, oder wählen Sie den entpackten Ordner.',
  'Get the file again from where it came from.':
    'Holen Sie die Datei noch einmal von ihrem Ursprung.',
  'This needs a folder.': 'Dafür braucht es einen Ordner.',
  'This needs a file.': 'Dafür braucht es eine Datei.',
  'This folder is not there any more.': 'Diesen Ordner gibt es nicht mehr.',
  'This folder is outside the folders this app may show.':
    'Dieser Ordner liegt außerhalb der Ordner, die diese App zeigen darf.',
  'Start the app with --root to allow another folder.':
    'Starten Sie die App mit --root, um einen anderen Ordner zu erlauben.',
  'The array file is cut off.': 'Die Zahlendatei ist abgeschnitten.',
  'Choose the folder with the button instead: it is then read where it is.':
    'Wählen Sie stattdessen den Ordner mit dem Knopf: Dann wird er dort gelesen, wo er liegt.',
  'One dropped file must come with its own name.':
    'Eine abgelegte Datei muss ihren eigenen Namen haben.',
  'lies in too many folders within folders': 'liegt in zu vielen Ordnern in Ordnern',
  'has no known size': 'ohne bekannte Größe',
  'is a file and a folder at once': 'Datei und Ordner zugleich',
  'Rename it and drop again, or choose the file or folder with the button: it is then read where it is.':
    'Benennen Sie um, und legen Sie noch einmal ab, oder wählen Sie Datei oder Ordner mit dem Knopf: Dann wird dort gelesen, wo sie liegen.',
  'It may have changed meanwhile.': 'Vielleicht hat sie sich inzwischen geändert.',
  'Drop it again.': 'Legen Sie sie noch einmal ab.',
  'This drop has ended.': 'Dieses Ablegen ist beendet.',
  'Drop the files again.': 'Legen Sie die Dateien noch einmal ab.',
  'Drop them again.': 'Legen Sie sie noch einmal ab.',
  'The dropped files are not there any more.': 'Die abgelegten Dateien sind nicht mehr da.',
  'Dropped files are copied into the project.': 'Abgelegte Dateien werden ins Projekt kopiert.',
  'Choose them with the button instead: they are then read where they are.':
    'Wählen Sie sie stattdessen mit dem Knopf: Dann werden sie dort gelesen, wo sie liegen.',
  'None of the items on the list can be chosen.':
    'Keines der Elemente auf der Liste steht zur Auswahl.',
  'Bytes came while others were still being written.':
    'Es kamen Daten an, während andere noch geschrieben wurden.',
  'More bytes came than were announced.': 'Es kamen mehr Daten an als angekündigt.',
  'More bytes came at once than are taken.':
    'Es kamen auf einmal mehr Daten an, als angenommen werden.',
  'Bytes came for a file that was not expected.':
    'Es kamen Daten für eine Datei an, die nicht erwartet war.',
  'The folder for dropped files leads out of the project, so it is not used.':
    'Der Ordner für abgelegte Dateien führt aus dem Projekt hinaus und wird nicht verwendet.',
  'it is stored column by column; save it in C order':
    'sie ist spaltenweise gespeichert; speichern Sie sie zeilenweise (C order)',
  'gives wrong numbers (first product)': 'rechnet falsch',
  'its runtime has another version than the app expects':
    'eine andere Version, als die App erwartet',
  'its training functions could not be loaded':
    'die Funktionen zum Trainieren konnten nicht geladen werden',
  'installed, but its library could not be loaded':
    'installiert, aber die Bibliothek konnte nicht geladen werden',
  'its library computes on the graphics card': 'rechnet auf der Grafikkarte',
  'its files are not where the app expects them': 'die Dateien sind nicht, wo die App sie erwartet',
  'needs a newer Linux (glibc 2.28 or later)': 'braucht ein neueres Linux (glibc 2.28 oder neuer)',
  'needs a newer libstdc++ than this Linux has': 'braucht ein neueres libstdc++',
  'needs a Linux with glibc': 'braucht ein Linux mit glibc',
  'a library of the system is missing: install the Microsoft Visual C++ runtime':
    'eine Bibliothek des Systems fehlt: Installieren Sie die Microsoft Visual C++ Runtime',
  'one of its operations failed': 'eine Rechenart ist gescheitert'
}

/** Sentences with names and figures in them. */
export const forms: readonly (readonly [string, string])[] = [
  // Choosing.
  [
    'The data has no column “{column}” to keep groups together by.',
    'Die Daten haben keine Spalte „{column}“, nach der Gruppen zusammengehalten werden.'
  ],
  [
    'The data has no column “{column}” that says where items come from.',
    'Die Daten haben keine Spalte „{column}“, die sagt, woher Elemente kommen.'
  ],
  [
    '“{name}” has no learning directions that go with “{pool}”: the same task or checkpoint name and {#columns} numbers a row are needed.',
    '„{name}“ hat keine Lernrichtungen, die zu „{pool}“ passen: Nötig sind derselbe Name von Aufgabe oder Zwischenstand und {#columns} Zahlen je Zeile.'
  ],
  ['“{file}” is not a list the app can read.', '„{file}“ ist keine Liste, die die App lesen kann.'],
  ['“{name}” is empty.', '„{name}“ ist leer.'],
  [
    'Nothing in “{title}” names an item of this dataset. It begins with “{start}”.',
    'Nichts in „{title}“ nennt ein Element dieses Datensatzes. Es beginnt mit „{start}“.'
  ],
  [
    'Nothing in “{title}” names an item of this dataset.',
    'Nichts in „{title}“ nennt ein Element dieses Datensatzes.'
  ],
  ['A project keeps up to {#most} recipes.', 'Ein Projekt bewahrt bis zu {#most} Rezepte auf.'],
  [
    '“{file}” is not a recipe. It is not a JSON file.',
    '„{file}“ ist kein Rezept. Es ist keine JSON-Datei.'
  ],
  [
    '“{file}” is not a recipe. This version cannot read what is in it.',
    '„{file}“ ist kein Rezept. Diese Version kann den Inhalt nicht lesen.'
  ],
  [
    '“{file}” is not a recipe. This version cannot read “{what}” in it.',
    '„{file}“ ist kein Rezept. Diese Version kann „{what}“ darin nicht lesen.'
  ],
  [
    '“{file}” is not a recipe. It holds no settings of a run.',
    '„{file}“ ist kein Rezept. Es enthält keine Angaben eines Laufs.'
  ],
  ['“{file}” is too large for a recipe.', '„{file}“ ist zu groß für ein Rezept.'],
  [
    'The examples of “{task}” are not in the project any more.',
    'Die Beispiele von „{task}“ sind nicht mehr im Projekt.'
  ],
  [
    'The task “{task}” has no example with a class of this data.',
    'Die Aufgabe „{task}“ hat kein Beispiel mit einem Label dieser Daten.'
  ],
  [
    'Only the {#most} most frequent values became tasks; there are {#all}.',
    'Nur die {#most} häufigsten Werte wurden Aufgaben; es gibt {#all}.'
  ],
  // Methods that choose.
  [
    'The weight of the checkpoint “{name}” is not a number above 0.',
    'Das Gewicht des Zwischenstands „{name}“ ist keine Zahl über 0.'
  ],
  ['At most {#most} example tasks are possible.', 'Höchstens {#most} Zielaufgaben sind möglich.'],
  ['No loss is measured on "{name}".', 'Für „{name}“ wird kein Fehler gemessen.'],
  [
    'Leave "Aim at" empty, or use one of: {names}.',
    'Lassen Sie „Ausrichten auf“ leer, oder nehmen Sie eines davon: {names}.'
  ],
  ['No item has {#words} words.', 'Kein Element hat {#words} Wörter.'],
  [
    'The exact correction takes at most {#most} numbers (labels x columns).',
    'Die genaue Korrektur geht bis {#most} Zahlen (Labels mal Spalten).'
  ],
  [
    'This way of choosing takes fingerprints of at most {#most} columns.',
    'Dieses Verfahren nimmt Merkmale mit höchstens {#most} Spalten.'
  ],
  [
    'The learning directions “{name}” hold nothing but zeros or numbers that cannot be read.',
    'Die Lernrichtungen „{name}“ bestehen nur aus Nullen oder nicht lesbaren Zahlen.'
  ],
  [
    'No item reaches the least score of {#least}; the best has {#best}.',
    'Kein Element erreicht den kleinsten Wert {#least}; das beste hat {#best}.'
  ],
  [
    '{#weights} [weight was|weights were] given, but there is 1 checkpoint.',
    'Angegebene Gewichte: {#weights}. Zwischenstände: 1.'
  ],
  [
    '{#weights} [weight was|weights were] given, but there are {#count} checkpoints.',
    'Angegebene Gewichte: {#weights}. Zwischenstände: {#count}.'
  ],
  // A table of losses.
  [
    'Line {#line}: a quotation mark is not closed.',
    'Zeile {#line}: Ein Anführungszeichen ist nicht geschlossen.'
  ],
  [
    'Line {#line}, column {#column}: there is text after the closing quotation mark.',
    'Zeile {#line}, Spalte {#column}: Nach dem schließenden Anführungszeichen steht Text.'
  ],
  [
    'Line {#line}, column {#column} ("{name}") is empty.',
    'Zeile {#line}, Spalte {#column} („{name}“) ist leer.'
  ],
  [
    'Line {#line}, column {#column} ("{name}") holds "{text}", which is not a number.',
    'Zeile {#line}, Spalte {#column} („{name}“) enthält „{text}“; das ist keine Zahl.'
  ],
  ['The sources are: {names}.', 'Die Quellen sind: {names}.'],
  [
    'Line {#line}, column {#column} has no name; a source is expected there.',
    'Zeile {#line}, Spalte {#column} hat keinen Namen; dort wird eine Quelle erwartet.'
  ],
  [
    'Line {#line}, column {#column}: no source is called "{name}".',
    'Zeile {#line}, Spalte {#column}: Keine Quelle heißt „{name}“.'
  ],
  [
    'Line {#line}, column {#column}: "{name}" is there twice.',
    'Zeile {#line}, Spalte {#column}: „{name}“ steht zweimal da.'
  ],
  [
    'Line {#line}, column {#column} has no name.',
    'Zeile {#line}, Spalte {#column} hat keinen Namen.'
  ],
  [
    'Line {#line}, column {#column}: the loss "{name}" is there twice.',
    'Zeile {#line}, Spalte {#column}: Der Fehler „{name}“ steht zweimal da.'
  ],
  [
    'Line {#line} has {#columns} columns, the header has {#header}.',
    'Zeile {#line} hat {#columns} Spalten, die Kopfzeile {#header}.'
  ],
  [
    'It holds {#runs} runs; at least {#least} are needed for {#sources} sources.',
    'Sie enthält {#runs} Läufe; für {#sources} Quellen braucht es mindestens {#least}.'
  ],
  [
    'Line {#line}, column {#column} ("{name}") holds the share {#share}.',
    'Zeile {#line}, Spalte {#column} („{name}“) enthält den Anteil {#share}.'
  ],
  [
    'Line {#line}: the shares add up to {#sum}, not to 1 (or 100).',
    'Zeile {#line}: Die Anteile ergeben zusammen {#sum}, nicht 1 (oder 100).'
  ],
  // Numbers computed elsewhere.
  [
    'It holds numbers of type {type}. Save it as float32 or float16.',
    'Sie enthält Zahlen der Art {type}. Speichern Sie sie als float32 oder float16.'
  ],
  [
    'The array has one row of {#columns} numbers ({type}) for each of the {#items} items.',
    'Die Zahlentafel hat eine Zeile mit {#columns} Zahlen ({type}) für jedes der {#items} Elemente.'
  ],
  [
    '“{name}” has one row of {#columns} numbers ({type}) for each of the {#items} items.',
    '„{name}“ hat eine Zeile mit {#columns} Zahlen ({type}) für jedes der {#items} Elemente.'
  ],
  ['“{file}” has no array “{array}”.', '„{file}“ hat keine Zahlentafel „{array}“.'],
  [
    '“{file}” was changed while it was read.',
    '„{file}“ wurde geändert, während sie gelesen wurde.'
  ],
  [
    'The matrix of “{name}” has {#own} columns, that of the data {#other}, so the two cannot be compared.',
    'Die Zahlentafel von „{name}“ hat {#own} Spalten, die der Daten {#other}; beide sind nicht vergleichbar.'
  ],
  [
    'The data is compared by a joined matrix, but “{name}” has none in use.',
    'Die Daten werden nach einer angefügten Zahlentafel verglichen, aber „{name}“ verwendet keine.'
  ],
  // Similarity fingerprints.
  ['The example items have no column "{column}".', 'Die Beispiele haben keine Spalte „{column}“.'],
  // Jobs and the computer.
  ['The app closed at {#share} %.', 'Die App wurde bei {#share} % geschlossen.'],
  [
    'The {device} stopped working during the calculation: {reason}.',
    'Während der Berechnung hörte etwas auf zu arbeiten ({device}): {reason}.'
  ],
  [
    'Computing on: {@device}, up to {#cores} [core|cores]',
    'Gerechnet wird mit: {@device}, Kerne bis zu: {#cores}'
  ],
  ['processor (native, {#cores} [core|cores])', 'Prozessor (nativ, Kerne: {#cores})'],
  [
    'Slower here than the {@device}: {#mine} against {#theirs} billion steps a second.',
    'Hier langsamer als: {@device} ({#mine} gegen {#theirs} Milliarden Schritte je Sekunde).'
  ],
  [
    'Slower here in training than the {@device}: {#mine} against {#theirs} steps a second.',
    'Beim Training hier langsamer als: {@device} ({#mine} gegen {#theirs} Schritte je Sekunde).'
  ],
  ['Not chosen: it {@why}.', 'Nicht gewählt: {@why}.'],
  [
    'The computing device gets a calculation wrong that this method rests on ({what}), so the method is not run on it.',
    'Das Gerät berechnet etwas falsch, worauf dieses Verfahren beruht ({what}); es läuft darauf nicht.'
  ],
  // Projects and settings.
  [
    'This project is open on the computer “{host}”.',
    'Dieses Projekt ist auf dem Computer „{host}“ geöffnet.'
  ],
  ['This project name {@problem}.', 'Dieser Projektname geht nicht: {@problem}.'],
  ['This folder name {@problem}.', 'Dieser Ordnername geht nicht: {@problem}.'],
  [
    'The name “{name}” {@problem}, so it was not used.',
    'Der Name „{name}“ wurde nicht verwendet: {@problem}.'
  ],
  ['The name “{name}” {@problem}.', 'Der Name „{name}“ geht nicht: {@problem}.'],
  [
    'In the project folder, move every file whose name begins with “{file}” somewhere else. Then copy “{backup}” from the folder “backups” there and name the copy “{name}”.',
    'Verschieben Sie im Projektordner alle Dateien, deren Name mit „{file}“ beginnt, an einen anderen Ort. Kopieren Sie dann „{backup}“ aus dem Ordner „backups“ dorthin, und nennen Sie die Kopie „{name}“.'
  ],
  [
    '“{file}” is not a file of settings saved by Winnow.',
    '„{file}“ ist keine von Winnow gespeicherte Datei mit Optionen.'
  ],
  [
    'Nothing was changed. Not possible: {names}.',
    'Es wurde nichts geändert. Nicht möglich: {names}.'
  ],
  [
    '“{file}” is too large for a file of settings.',
    '„{file}“ ist zu groß für eine Datei mit Optionen.'
  ],
  // Files and folders.
  [
    '“{name}” {@problem}, so nothing was imported.',
    'Es wurde nichts importiert: „{name}“ – {@problem}.'
  ],
  [
    'unpacks to more than {#times} times its size',
    'wird beim Entpacken mehr als {#times}-mal so groß'
  ],
  ['“{path}” is not there.', '„{path}“ gibt es nicht.'],
  [
    'The archive holds more than {#most} entries, so nothing was imported.',
    'Das Archiv enthält mehr als {#most} Einträge; es wurde nichts importiert.'
  ],
  ['“{name}” is not in the archive.', '„{name}“ ist nicht im Archiv.'],
  ['“{name}” is protected by a password.', '„{name}“ ist durch ein Kennwort geschützt.'],
  [
    '“{name}” is packed in a way the app does not read.',
    '„{name}“ ist so gepackt, dass die App es nicht liest.'
  ],
  [
    '“{name}” is larger than the app reads safely.',
    '„{name}“ ist größer, als die App sicher liest.'
  ],
  [
    'The array file cannot be read: {reason}.',
    'Die Zahlendatei kann nicht gelesen werden: {reason}.'
  ],
  [
    'The array file cannot be used: {reason}.',
    'Die Zahlendatei kann nicht verwendet werden: {reason}.'
  ],
  [
    'More than {#most} files were dropped at once.',
    'Mehr als {#most} Dateien wurden auf einmal abgelegt.'
  ],
  [
    '“{name}” is the same as “{other}” on many computers.',
    '„{name}“ ist auf vielen Computern dasselbe wie „{other}“.'
  ],
  ['“{name}” ended before all of its bytes came.', '„{name}“ endete, bevor alles angekommen war.'],
  ['“{name}” is larger than it was announced.', '„{name}“ ist größer als angekündigt.'],
  ['numbers of type {type} are not supported', 'Zahlen der Art {type} werden nicht unterstützt'],
  [
    '{#budget} of {#rows} items cannot be kept.',
    '{#budget} von {#rows} Elementen können nicht behalten werden.'
  ],
  ['{device}: stopped working ({why})[.|]', '{device}: arbeitet nicht mehr ({why}).'],
  ['{device}: could not be started[.|]', '{device}: konnte nicht gestartet werden.'],
  ['{device}: gives wrong numbers ({what})[.|]', '{device}: rechnet falsch ({what}).'],
  ['{device}: cannot train[.|]', '{device}: kann nicht trainieren.'],
  ['a library of the system is missing ({name})', 'eine Bibliothek des Systems fehlt ({name})'],
  ['Computing on: {@device}.', 'Gerechnet wird mit: {@device}.'],
  [
    'Computing on: {@device}, which is 10 to 30 times slower than the usual device.',
    'Gerechnet wird mit: {@device}; das ist 10- bis 30-mal langsamer als üblich.'
  ]
]
