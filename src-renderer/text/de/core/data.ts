// German for sentences of the core about data: what an import recognised, what it could not read and why,
// refusals of readers, steps in the list of changes. Keys are the English sentences themselves; see ../core.ts.

/** What a step did, for one item and for many, with and without a reason. */
function steps(english: string, german: string): (readonly [string, string])[] {
  const counts = [
    // The core puts the count in.
    ['[1 item]', '1 Element'],
    ['{#items} items', '{#items} Elemente']
  ] as const
  return counts.flatMap(([one, other]) =>
    [': {because}', ''].map(
      (because) =>
        [
          `${english.replace('ITEMS', one)}${because}`,
          `${german.replace('ITEMS', other)}${because}`
        ] as const
    )
  )
}

/** What an import recognised, with and without the parts it is split into already. */
function parts(english: string, german: string): (readonly [string, string])[] {
  const splits = [
    [
      ', already split into {first} and {second} and {third}',
      ', schon aufgeteilt in {first}, {second} und {third}'
    ],
    [', already split into {first} and {second}', ', schon aufgeteilt in {first} und {second}'],
    [', already split into {first}', ', schon aufgeteilt in {first}'],
    ['', '']
  ] as const
  return splits.map(([split, other]) => [`${english}${split}.`, `${german}${other}.`] as const)
}

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // What an import recognised.
  'a folder of pictures': 'ein Ordner mit Bildern',
  'a zip of pictures': 'eine Zip-Datei mit Bildern',
  'LLaVA conversations with pictures': 'LLaVA-Gespräche mit Bildern',
  'Alpaca instructions': 'Alpaca-Anweisungen',
  'OpenAI messages': 'OpenAI-Nachrichten',
  'a CSV table': 'eine CSV-Tabelle',
  'a TSV table': 'eine TSV-Tabelle',
  'JSON Lines': 'JSON-Zeilen',
  'a JSON file': 'eine JSON-Datei',
  'a Parquet file': 'eine Parquet-Datei',
  'an Excel workbook': 'eine Excel-Arbeitsmappe',
  'an Arrow file': 'eine Arrow-Datei',
  'a dataset folder': 'ein Datensatzordner',
  'a table': 'eine Tabelle',
  commas: 'Kommas',
  semicolons: 'Semikolons',
  tabs: 'Tabulatoren',
  'vertical bars': 'senkrechte Striche',
  'without labels': 'ohne Labels',
  'in the project': 'im Projekt',
  'rows of numbers': 'Zeilen aus Zahlen',
  'The pictures that the records name were not found beside the file; only the texts are used.':
    'Die in den Einträgen genannten Bilder wurden neben der Datei nicht gefunden; nur die Texte werden verwendet.',
  'The dataset was saved with a choice of rows that is not applied: all rows of its files are read.':
    'Der Datensatz wurde mit einer Auswahl von Zeilen gespeichert, die hier nicht gilt: Alle Zeilen seiner Dateien werden gelesen.',

  // What was left out, and why.
  'This is a link or a special file; it is not read.':
    'Das ist eine Verknüpfung oder eine besondere Datei; sie wird nicht gelesen.',
  'The file is empty.': 'Die Datei ist leer.',
  'This is not a picture the app can read.': 'Das ist kein Bild, das die App lesen kann.',
  'The picture is damaged or cut off.': 'Das Bild ist beschädigt oder abgeschnitten.',
  'The picture has no pixels.': 'Das Bild hat keine Pixel.',
  'This entry of the labels is not readable.': 'Dieser Eintrag der Labels ist nicht lesbar.',
  'The labels name this picture, but it is not there.':
    'Die Labels nennen dieses Bild, aber es ist nicht da.',
  'The label file is larger than is read safely.':
    'Die Datei mit Labels ist größer, als sicher gelesen wird.',
  'The label file could not be read.': 'Die Datei mit Labels war nicht lesbar.',
  'This is not a label file the app can read.':
    'Das ist keine Datei mit Labels, die die App lesen kann.',
  'There is no picture for this label file.': 'Zu dieser Datei mit Labels gibt es kein Bild.',
  'The row has no numbers.': 'Die Zeile hat keine Zahlen.',
  'The row has no text.': 'Die Zeile hat keinen Text.',
  'The row has no picture.': 'Die Zeile hat kein Bild.',
  'The picture is not given as a file name.': 'Das Bild ist nicht als Dateiname angegeben.',
  'A picture of the row is not one the app can read.':
    'Ein Bild der Zeile ist keines, das die App lesen kann.',
  'A quotation mark is never closed.': 'Ein Anführungszeichen wird nie geschlossen.',
  'A quotation mark is in the wrong place.': 'Ein Anführungszeichen steht am falschen Ort.',
  'A cell is larger than 1 MB.': 'Eine Zelle ist größer als 1 MB.',
  'The row holds bytes that do not fit the rest of the file.':
    'Die Zeile enthält Zeichen, die nicht zum Rest der Datei passen.',
  'The line holds bytes that do not fit the rest of the file.':
    'Die Zeile enthält Zeichen, die nicht zum Rest der Datei passen.',
  'The line is longer than 16 MB.': 'Die Zeile ist länger als 16 MB.',
  'The line is not valid JSON.': 'Die Zeile ist kein gültiges JSON.',
  'The line is not a JSON object.': 'Die Zeile ist kein JSON-Objekt.',
  'It is not valid JSON.': 'Das ist kein gültiges JSON.',
  'The file is cut off here; the rows after this place are missing.':
    'Die Datei ist hier abgeschnitten; die Zeilen danach fehlen.',
  'Something follows after the list; it was not read.':
    'Nach der Liste folgt noch etwas; es wurde nicht gelesen.',
  'The file ends or breaks off before its list is closed; what follows could not be read.':
    'Die Datei endet oder bricht ab, bevor ihre Liste geschlossen ist; was folgt, war nicht lesbar.',
  'It is cut off.': 'Es ist abgeschnitten.',
  'Its brackets or quotation marks do not fit together.':
    'Klammern oder Anführungszeichen passen nicht zusammen.',
  'It holds bytes that are not valid text.': 'Es enthält Zeichen, die kein gültiger Text sind.',
  'has no “from”': 'hat kein „from“',
  'has no text in “value”': 'hat keinen Text in „value“',
  'has no “role”': 'hat kein „role“',
  'has content that is neither text nor parts':
    'hat einen Inhalt, der weder Text ist noch aus Teilen besteht',
  'has no “content”': 'hat kein „content“',

  // Refusals of readers, and what to do.
  'Choose the folder that holds both the pictures and the labels.':
    'Wählen Sie den Ordner, in dem Bilder und Labels sind.',
  'Save it again with a newer version, or as Parquet.':
    'Speichern Sie sie mit einer neueren Version neu, oder als Parquet.',
  'The original files are not where they were.':
    'Die Originale sind nicht mehr dort, wo sie waren.',
  'The picture is not what it was when it was imported.':
    'Das Bild ist nicht mehr das, das importiert wurde.',
  'This item is not in the array any more.': 'Dieses Element ist nicht mehr in der Zahlendatei.',
  'The source of this item is not known any more.':
    'Woher dieses Element kommt, ist nicht mehr bekannt.',
  'Import it as a dataset of its own.': 'Importieren Sie es als eigenen Datensatz.',
  'Import them as a dataset of their own.': 'Importieren Sie sie als eigenen Datensatz.',
  'There are labels here, but no pictures beside them.':
    'Hier sind Labels, aber keine Bilder daneben.',
  'it is not a file': 'es ist keine Datei',
  'it is not an array file the app reads': 'es ist keine Zahlendatei, die die App liest',
  'It reads .npy, .npz, .safetensors and .pt files.':
    'Gelesen werden .npy-, .npz-, .safetensors- und .pt-Dateien.',
  'Choose another array for the labels, or none.':
    'Wählen Sie eine andere Liste für die Labels, oder keine.',
  'This item does not say where its picture is.': 'Dieses Element sagt nicht, wo sein Bild ist.',
  'The arrays hold no rows.': 'Die Zahlendateien enthalten keine Zeilen.',
  'The arrays hold no pictures.': 'Die Zahlendateien enthalten keine Bilder.',
  'Import the items themselves, then join this array to them as a matrix.':
    'Importieren Sie die Elemente selbst, und fügen Sie ihnen dann diese Zahlen an.',
  'Pictures are rows × height × width, tables are rows × columns.':
    'Bilder sind Zeilen × Höhe × Breite, Tabellen sind Zeilen × Spalten.',
  'Join it to a dataset as a matrix, or save its pictures as .npz or .safetensors.':
    'Fügen Sie sie einem Datensatz als Zahlen an, oder speichern Sie ihre Bilder als .npz oder .safetensors.',
  'There are no arrays here.': 'Hier sind keine Zahlendateien.',
  'Labels come from an array of their own.': 'Labels kommen aus einer eigenen Liste.',
  'No column of numbers is left.': 'Es bleibt keine Spalte mit Zahlen.',
  'Set a column to Number.': 'Stellen Sie eine Spalte auf Zahl.',
  'It is a single number, not a list of rows.':
    'Das ist eine einzelne Zahl, keine Liste von Zeilen.',
  'This array holds no numbers.': 'Diese Liste enthält keine Zahlen.',
  'This array holds no texts.': 'Diese Liste enthält keine Texte.',
  'This list of texts is larger than the app reads safely.':
    'Diese Liste von Texten ist größer, als die App sicher liest.',
  'it is not a .npy file': 'es ist keine .npy-Datei',
  'its header is too long': 'der Kopf ist zu lang',
  'its header is cut off': 'der Kopf ist abgeschnitten',
  'its header is not a description': 'der Kopf ist keine Beschreibung',
  'it holds records, not plain numbers': 'darin sind Einträge, keine bloßen Zahlen',
  'it holds Python objects, which are never loaded':
    'darin sind Python-Objekte, die nie geladen werden',
  'its order is missing': 'die Reihenfolge fehlt',
  'its shape is missing': 'die Form fehlt',
  'its shape is not readable': 'die Form ist nicht lesbar',
  'its size does not fit its shape': 'die Größe passt nicht zur Form',
  'It holds texts, not numbers.': 'Darin sind Texte, keine Zahlen.',
  'is cut off': 'ist abgeschnitten',
  'holds a number that is too large': 'enthält eine zu große Zahl',
  'holds a text that is too long': 'enthält einen zu langen Text',
  'is damaged': 'ist beschädigt',
  'holds values of a kind that is not read': 'enthält Werte einer Art, die nicht gelesen wird',
  'is longer than is read safely': 'ist länger, als sicher gelesen wird',
  'holds more than is read safely': 'enthält mehr, als sicher gelesen wird',
  'is of a version that is not known': 'hat eine Version, die nicht bekannt ist',
  'holds objects, not plain arrays': 'enthält Objekte, keine bloßen Zahlen',
  'names two tensors alike': 'nennt zwei Listen gleich',
  'its description is cut off': 'die Beschreibung ist abgeschnitten',
  'its description is not readable': 'die Beschreibung ist nicht lesbar',
  'its arrays leave gaps': 'die Listen lassen Lücken',
  'its size does not fit its arrays': 'die Größe passt nicht zu den Listen',
  'it was saved in the old format of PyTorch':
    'sie wurde in der alten Form von PyTorch gespeichert',
  'Load it in PyTorch and save it again with version 1.6 or later.':
    'Laden Sie sie in PyTorch, und speichern Sie sie mit Version 1.6 oder neuer.',
  'In PyTorch, save one tensor: torch.save(tensor.contiguous().cpu(), "file.pt").':
    'Speichern Sie in PyTorch eine Liste mit torch.save, nach tensor.contiguous().cpu().',
  'its description is missing': 'die Beschreibung fehlt',
  'it holds no tensor': 'darin ist keine Liste von Zahlen',
  'its values are missing': 'die Werte fehlen',
  'its values are packed': 'die Werte sind gepackt',
  'the size of its values does not fit its description':
    'die Größe der Werte passt nicht zur Beschreibung',
  'its shape does not fit its values': 'die Form passt nicht zu den Werten',
  'Its rows do not lie one after the other. Save tensor.contiguous().':
    'Die Zeilen liegen nicht hintereinander. Speichern Sie tensor.contiguous().',
  'Save it with numpy.savez instead of savez_compressed; the app then reads it in place.':
    'Speichern Sie sie mit numpy.savez statt savez_compressed; dann liest die App sie, wo sie liegt.',
  'No column of this data holds pictures.': 'Keine Spalte dieser Daten enthält Bilder.',
  'Set a column of picture files to Picture.': 'Stellen Sie eine Spalte mit Bilddateien auf Bild.',
  'The table has no column of text, pictures or numbers.':
    'Die Tabelle hat keine Spalte mit Text, Bildern oder Zahlen.',
  'Set a column to Text, Picture or Number.': 'Stellen Sie eine Spalte auf Text, Bild oder Zahl.',
  'Columns cannot be separated by this.': 'Damit lassen sich Spalten nicht trennen.',
  'Choose a comma, a semicolon, a tab or another character.':
    'Wählen Sie Komma, Semikolon, Tabulator oder ein anderes Zeichen.',
  'A quotation mark that is never closed is the usual reason.':
    'Meist liegt es an einem Anführungszeichen, das nie geschlossen wird.',
  'Unpack the .gz file first.': 'Entpacken Sie zuerst die .gz-Datei.',
  'Choose one of the files instead of the folder.':
    'Wählen Sie eine der Dateien statt des Ordners.',
  'This folder could not be opened.': 'Dieser Ordner ließ sich nicht öffnen.',
  'This is not a plain file.': 'Das ist keine gewöhnliche Datei.',
  'The file is larger than the app reads safely.':
    'Die Datei ist größer, als die App sicher liest.',
  'This entry is not in the archive.': 'Dieser Eintrag ist nicht im Archiv.',
  'There are no pictures here.': 'Hier sind keine Bilder.',
  'Save it with fewer rows in each batch.': 'Speichern Sie sie mit weniger Zeilen je Teil.',
  'A column is of a kind the app does not read.':
    'Eine Spalte ist von einer Art, die die App nicht liest.',
  'Save the file without columns of unions or intervals.':
    'Speichern Sie die Datei ohne Spalten mit gemischten Arten oder Zeitspannen.',
  'The picture is not there any more.': 'Das Bild ist nicht mehr da.',
  'This dataset holds no rows.': 'Dieser Datensatz enthält keine Zeilen.',
  'The only record is larger than 16 MB.': 'Der einzige Eintrag ist größer als 16 MB.',
  'A column is written in a way the app does not read.':
    'Eine Spalte ist auf eine Weise geschrieben, die die App nicht liest.',
  'Save the file again with the usual settings.':
    'Speichern Sie die Datei mit den üblichen Angaben neu.',
  'The file is packed in a way the app does not read.':
    'Die Datei ist auf eine Weise gepackt, die die App nicht liest.',
  'The file holds no rows that can be read.': 'Die Datei enthält keine lesbaren Zeilen.',
  'This item has no picture.': 'Dieses Element hat kein Bild.',
  'The workbook has no sheets.': 'Die Arbeitsmappe hat keine Blätter.',
  'Choose another sheet.': 'Wählen Sie ein anderes Blatt.',
  'Fill it and save it again.': 'Füllen Sie es, und speichern Sie noch einmal.',
  'The first row cannot be read.': 'Die erste Zeile ist nicht lesbar.',
  'The workbook is larger than the app reads safely.':
    'Die Arbeitsmappe ist größer, als die App sicher liest.',
  'This folder is empty.': 'Dieser Ordner ist leer.',
  'Choose the folder it is in.': 'Wählen Sie den Ordner, in dem es ist.',
  'It reads pictures in folders and zip files, arrays, tables (CSV, TSV, Excel, Parquet), JSON, JSON Lines and dataset folders.':
    'Gelesen werden Bilder in Ordnern und Zip-Dateien, Zahlendateien, Tabellen (CSV, TSV, Excel, Parquet), JSON, JSON-Zeilen und Datensatzordner.',
  'Use a list of keys, of names, or of the records themselves.':
    'Verwenden Sie eine Liste von Schlüsseln, von Namen oder der Einträge selbst.',
  'This selection of items is not in the project any more.':
    'Diese Markierung von Elementen ist nicht mehr im Projekt.',
  'The similarity fingerprints of this dataset are not made yet.':
    'Die Ähnlichkeitsmerkmale dieses Datensatzes sind noch nicht berechnet.',
  'Make them first, then look for alike items again.':
    'Berechnen Sie sie zuerst, und suchen Sie dann noch einmal nach Ähnlichem.',
  'This step is not in the list of changes any more.':
    'Dieser Schritt ist nicht mehr in der Liste der Änderungen.',
  'There must be one label for each item.': 'Für jedes Element muss es ein Label geben.',
  'A label needs at least one letter.': 'Ein Label braucht mindestens einen Buchstaben.'
}

/** Sentences with names and figures in them; the first that fits is taken. */
export const forms: readonly (readonly [string, string])[] = [
  // What an import recognised.
  ['No pictures were found in [this zip].', 'In dieser Zip-Datei wurden keine Bilder gefunden.'],
  ['No pictures were found in [this folder].', 'In diesem Ordner wurden keine Bilder gefunden.'],
  ...parts(
    'Looks like {@container} of {#columns} [column|columns] with pictures',
    'Sieht aus wie {@container} mit Bildern, Spalten: {#columns}'
  ),
  ...parts(
    'Looks like {@container} of {#columns} [column|columns]',
    'Sieht aus wie {@container}, Spalten: {#columns}'
  ),
  [
    'Looks like {@shape} in {@container}, {#matching} of the first {#rows} rows.',
    'Sieht aus wie {@shape} ({@container}): {#matching} der ersten {#rows} Zeilen.'
  ],
  [
    'Looks like {@shape} in {@container}, {#matching} of {#rows} rows.',
    'Sieht aus wie {@shape} ({@container}): {#matching} von {#rows} Zeilen.'
  ],
  ...parts('Looks like {@what}', 'Sieht aus wie {@what}'),
  [
    '{@what}, written in [Windows-1252 (Western European)]',
    '{@what}, geschrieben in Windows-1252 (Westeuropa)'
  ],
  ['{@what}, written in [UTF-16]', '{@what}, geschrieben in UTF-16'],
  [
    'IDX arrays of {size} pictures with labels of {#labels} [class|classes]',
    'IDX-Dateien mit Bildern ({size}) und Labels ({#labels})'
  ],
  ['IDX arrays of {size} pictures without labels', 'IDX-Dateien mit Bildern ({size}) ohne Labels'],
  [
    'pictures with {kind} labels: at least {#boxes} [box|boxes] of {#kinds} [kind|kinds]',
    'Bilder mit {kind}-Labels: mindestens {#boxes} Rahmen, Arten: {#kinds}'
  ],
  [
    'pictures with {kind} labels: {#boxes} [box|boxes] of {#kinds} [kind|kinds]',
    'Bilder mit {kind}-Labels: {#boxes} Rahmen, Arten: {#kinds}'
  ],
  ['[a NumPy array] with {@what}, {@labels}', 'eine NumPy-Liste: {@what}, {@labels}'],
  ['[a NumPy file] with {@what}, {@labels}', 'eine NumPy-Datei: {@what}, {@labels}'],
  ['[a safetensors file] with {@what}, {@labels}', 'eine safetensors-Datei: {@what}, {@labels}'],
  ['a table of [1] columns of numbers', 'Tabelle mit 1 Spalte aus Zahlen'],
  ['a table of {#columns} columns of numbers', 'Tabelle mit {#columns} Spalten aus Zahlen'],
  ['[grey] pictures of {size}', 'graue Bilder von {size}'],
  ['[colour] pictures of {size}', 'farbige Bilder von {size}'],
  ['with labels of {#labels} [class|classes]', 'mit Labels ({#labels})'],
  ['{@what}, without labels', '{@what}, ohne Labels'],
  [
    '{@what} in {#folders} [folder|folders], one for each label',
    '{@what}, {#folders} darin, für jedes Label einer'
  ],
  ['JSON Lines with {#fields} [field|fields]', 'JSON-Zeilen, Felder: {#fields}'],
  [
    'a JSON file of records with {#fields} [field|fields]',
    'eine JSON-Datei mit Einträgen, Felder: {#fields}'
  ],
  ['plain text, one text a line', 'bloßer Text, je Zeile einer'],
  [
    'a {kind} table [with a header], separated by {@mark}',
    'eine {kind}-Tabelle mit Kopfzeile, getrennt durch {@mark}'
  ],
  [
    'a {kind} table [without a header], separated by {@mark}',
    'eine {kind}-Tabelle ohne Kopfzeile, getrennt durch {@mark}'
  ],
  [
    'a {kind} table [with a header], separated by [“]{mark}[”]',
    'eine {kind}-Tabelle mit Kopfzeile, getrennt durch „{mark}“'
  ],
  [
    'a {kind} table [without a header], separated by [“]{mark}[”]',
    'eine {kind}-Tabelle ohne Kopfzeile, getrennt durch „{mark}“'
  ],
  ['The records are the list “{path}”.', 'Die Einträge sind die Liste „{path}“.'],
  [
    'The folder holds {#sets} sets of files; “{name}” is read.',
    'Der Ordner enthält {#sets} Gruppen von Dateien; gelesen wird „{name}“.'
  ],
  [
    'One row has the same “{column}” as an earlier row, such as “{id}”. A list of ids will mean all of them; choose another column as the id if there is one.',
    'Eine Zeile hat dasselbe „{column}“ wie eine frühere, etwa „{id}“. Eine Liste von Kennungen meint dann alle; wählen Sie eine andere Spalte als Kennung, wenn es eine gibt.'
  ],
  [
    '{#rows} rows have the same “{column}” as an earlier row, such as “{id}”. A list of ids will mean all of them; choose another column as the id if there is one.',
    '{#rows} Zeilen haben dasselbe „{column}“ wie eine frühere, etwa „{id}“. Eine Liste von Kennungen meint dann alle; wählen Sie eine andere Spalte als Kennung, wenn es eine gibt.'
  ],
  [
    '{#values} values of “{column}” are no numbers; they count as missing.',
    '{#values} Werte von „{column}“ sind keine Zahlen; sie gelten als fehlend.'
  ],
  [
    'The pictures hold whole numbers from {#low} to {#high}; they are shown from black to white over that range.',
    'Die Bilder enthalten ganze Zahlen von {#low} bis {#high}; gezeigt werden sie in diesem Bereich von Schwarz bis Weiß.'
  ],
  [
    'The pictures hold numbers from {#low} to {#high}; they are shown from black to white over that range.',
    'Die Bilder enthalten Zahlen von {#low} bis {#high}; gezeigt werden sie in diesem Bereich von Schwarz bis Weiß.'
  ],
  ['No labels were found for “{name}”.', 'Für „{name}“ wurden keine Labels gefunden.'],
  [
    '{#pictures} [picture has|pictures have] boxes of several kinds; the most frequent one is the label.',
    'Bilder mit Rahmen mehrerer Arten: {#pictures}; die häufigste ist das Label.'
  ],
  [
    '{#pictures} [picture has|pictures have] no boxes and no label.',
    'Bilder ohne Rahmen und ohne Label: {#pictures}.'
  ],
  [
    '{#count} {@units} could not be read. They are left out and listed.',
    'Nicht lesbar: {#count} {@units}. Sie sind weggelassen und aufgelistet.'
  ],
  ['None of the {#count} {@units} could be read.', 'Nichts war lesbar ({#count} {@units}).'],
  ['row {#row}, copied into the project', 'Zeile {#row}, ins Projekt kopiert'],
  ['{name}, copied into the project', '{name}, ins Projekt kopiert'],
  ['row {#row} of {place}', 'Zeile {#row} von {place}'],

  // What was left out, where and why.
  ['Row {#row}', 'Zeile {#row}'],
  ['Row {#row} of {file}', 'Zeile {#row} von {file}'],
  ['Picture {#number}', 'Bild {#number}'],
  ['Element {#element} (line {#line})', 'Element {#element} (Zeile {#line})'],
  ['{file}, element {#element}', '{file}, Element {#element}'],
  [
    'The picture is {#width} × {#height}; the app reads up to 100 million pixels.',
    'Das Bild hat {#width} × {#height}; die App liest bis zu 100 Millionen Pixel.'
  ],
  [
    '{#labels} labels belong to a picture that “{file}” does not name.',
    '{#labels} Labels gehören zu einem Bild, das „{file}“ nicht nennt.'
  ],
  ['Line {lines} is not a box.', 'Zeile {lines} ist kein Rahmen.'],
  ['The row has more than {#cells} cells.', 'Die Zeile hat mehr als {#cells} Zellen.'],
  [
    'The row has {#values} values, but there are {#columns} columns.',
    'Die Zeile hat {#values} Werte, aber es gibt {#columns} Spalten.'
  ],
  [
    'The line is nested more than {#levels} levels deep.',
    'Die Zeile ist mehr als {#levels} Ebenen tief verschachtelt.'
  ],
  [
    'The file has more than {#fields} different fields.',
    'Die Datei hat mehr als {#fields} verschiedene Felder.'
  ],
  ['It is larger than {#size}.', 'Es ist größer als {#size}.'],
  ['The picture “{name}” is not there.', 'Das Bild „{name}“ ist nicht da.'],
  ['Turn {#turn} {@wrong}.', 'Beitrag {#turn} {@wrong}.'],
  ['has the unknown role “{role}”', 'hat die unbekannte Rolle „{role}“'],
  ['It has no “{column}”.', 'Es hat kein „{column}“.'],
  ['“{column}” is empty.', '„{column}“ ist leer.'],
  [
    '“{column}” is not a list of turns with “{role}” and “{text}”.',
    '„{column}“ ist keine Liste von Beiträgen mit „{role}“ und „{text}“.'
  ],
  ['It has no text in “{name}”.', 'Es hat keinen Text in „{name}“.'],
  [
    'It has {#pictures} [picture|pictures] but {#marks} [mark|marks] “{mark}” in its text.',
    'Bilder: {#pictures}, Zeichen „{mark}“ im Text: {#marks}.'
  ],

  // Refusals of readers.
  ['The data has no column “{name}”.', 'Die Daten haben keine Spalte „{name}“.'],
  [
    '“{name}” is an IDX array, but no pictures were found in it or beside it.',
    '„{name}“ ist eine IDX-Datei, aber weder darin noch daneben wurden Bilder gefunden.'
  ],
  [
    'The data names more than {#pictures} pictures.',
    'Die Daten nennen mehr als {#pictures} Bilder.'
  ],
  ['“{name}” is a Feather file of the old kind.', '„{name}“ ist eine Feather-Datei der alten Art.'],
  [
    '“{name}” holds {@kind}, and this holds {@other}, so it cannot be added.',
    '„{name}“ enthält {@kind}, und dies enthält {@other}; es kann nicht hinzugefügt werden.'
  ],
  [
    'The conversations of “{name}” are written in another way than these, so they cannot be added.',
    'Die Gespräche von „{name}“ sind anders geschrieben als diese; sie können nicht hinzugefügt werden.'
  ],
  ['“{name}” does not hold [pictures].', '„{name}“ enthält keine Bilder.'],
  ['“{name}” does not hold [arrays].', '„{name}“ ist keine Zahlendatei.'],
  ['“{name}” does not hold [a table of texts].', '„{name}“ ist keine Tabelle mit Texten.'],
  ['“{name}” does not hold [a table].', '„{name}“ ist keine Tabelle.'],
  ['“{name}” names no pictures.', '„{name}“ nennt keine Bilder.'],
  ['“{name}” cannot be read: {@why}.', '„{name}“ ist nicht lesbar: {@why}.'],
  ['“{name}” cannot be used: {@why}.', '„{name}“ kann nicht verwendet werden: {@why}.'],
  ['The array file cannot be read: {@why}.', 'Die Zahlendatei ist nicht lesbar: {@why}.'],
  [
    'The array file cannot be used: {@why}.',
    'Die Zahlendatei kann nicht verwendet werden: {@why}.'
  ],
  ['version {version} of the format is not known', 'Version {version} der Form ist nicht bekannt'],
  ['“{entry}” in it is not a NumPy array', '„{entry}“ darin ist keine NumPy-Liste'],
  [
    'the description of “{entry}” is not readable',
    'die Beschreibung von „{entry}“ ist nicht lesbar'
  ],
  ['“{entry}” has too many dimensions', '„{entry}“ hat zu viele Richtungen'],
  ['“{entry}” lies outside the file', '„{entry}“ liegt außerhalb der Datei'],
  ['“{entry}” overlaps another array', '„{entry}“ überlappt eine andere Liste'],
  ['the size of “{entry}” does not fit its shape', 'die Größe von „{entry}“ passt nicht zur Form'],
  ['its description {@wrong}', 'die Beschreibung {@wrong}'],
  [
    'asks for “{name}”, and no code in a file is ever run',
    'verlangt „{name}“, und kein Programm in einer Datei wird je ausgeführt'
  ],
  [
    'uses a step that arrays do not need ({code})',
    'verwendet einen Schritt, den Zahlen nicht brauchen ({code})'
  ],
  [
    'It holds values of type {type}, which are not read.',
    'Es enthält Werte der Art {type}, die nicht gelesen werden.'
  ],
  [
    'The description of “{name}” is longer than is read safely.',
    'Die Beschreibung von „{name}“ ist länger, als sicher gelesen wird.'
  ],
  ['“{name}” is not there any more.', '„{name}“ ist nicht mehr da.'],
  ['“{name}” is not where it was.', '„{name}“ ist nicht mehr dort, wo es war.'],
  [
    '“{name}” has more than {#most} different values, so it cannot be the label.',
    '„{name}“ hat mehr als {#most} verschiedene Werte; es kann nicht das Label sein.'
  ],
  [
    'The column “{name}” has more than {#most} different values, so it cannot be the label.',
    'Die Spalte „{name}“ hat mehr als {#most} verschiedene Werte; sie kann nicht das Label sein.'
  ],
  [
    '“{name}” holds fractions, so it cannot be labels.',
    '„{name}“ enthält Brüche; das können keine Labels sein.'
  ],
  [
    '“{name}” has {#columns} numbers per row; tables are read up to {#most} columns.',
    '„{name}“ hat {#columns} Zahlen je Zeile; Tabellen werden bis {#most} Spalten gelesen.'
  ],
  ['“{name}” has no array “{array}”.', '„{name}“ hat keine Liste „{array}“.'],
  [
    '“{name}” is {shape}: neither pictures nor rows of numbers.',
    '„{name}“ ist {shape}: weder Bilder noch Zeilen aus Zahlen.'
  ],
  [
    '“{name}” holds no pictures and no table of numbers. {@why}',
    '„{name}“ enthält keine Bilder und keine Tabelle aus Zahlen. {@why}'
  ],
  [
    '“{name}” holds no pictures and no table of numbers.',
    '„{name}“ enthält keine Bilder und keine Tabelle aus Zahlen.'
  ],
  ['There is no array “{name}” here.', 'Hier gibt es keine Liste „{name}“.'],
  ['There is no array “{name}”.', 'Es gibt keine Liste „{name}“.'],
  [
    '“{name}” is {shape}: it does not hold one label for each of the {#items} items.',
    '„{name}“ ist {shape}: Es enthält nicht ein Label für jedes der {#items} Elemente.'
  ],
  ['“{name}” is a PyTorch file of arrays.', '„{name}“ ist eine PyTorch-Datei mit Zahlen.'],
  [
    '“{name}” of an array can be numbers, kept or left out.',
    '„{name}“ kann hier aus Zahlen bestehen, behalten oder weggelassen werden.'
  ],
  [
    '“{name}” is packed and too large to unpack safely.',
    '„{name}“ ist gepackt und zu groß, um sicher entpackt zu werden.'
  ],
  [
    'Only one column can be the {role}; “{first}” and “{second}” are both set to it.',
    'Nur eine Spalte kann es sein; „{first}“ und „{second}“ sind beide darauf gestellt ({role}).'
  ],
  [
    'Row {#row} is longer than 16 MB, so the file was not read further.',
    'Zeile {#row} ist länger als 16 MB; die Datei wurde nicht weiter gelesen.'
  ],
  [
    'Line {#line} is longer than 16 MB, so the file was not read further.',
    'Zeile {#line} ist länger als 16 MB; die Datei wurde nicht weiter gelesen.'
  ],
  ['“{name}” could not be opened.', '„{name}“ ließ sich nicht öffnen.'],
  ['“{name}” could not be read.', '„{name}“ war nicht lesbar.'],
  [
    '“{name}” is not an IDX array: its first bytes differ.',
    '„{name}“ ist keine IDX-Datei: Sie beginnt anders.'
  ],
  [
    '“{name}” is damaged or cut off: it should be {#expected} bytes and is {#size}.',
    '„{name}“ ist beschädigt oder abgeschnitten: Es sollten {#expected} Bytes sein, es sind {#size}.'
  ],
  ['“{name}” is too large to read packed.', '„{name}“ ist zu groß, um gepackt gelesen zu werden.'],
  [
    '“{pictures}” holds {#count} pictures but “{labels}” holds {#labelled} labels.',
    '„{pictures}“ enthält {#count} Bilder, aber „{labels}“ enthält {#labelled} Labels.'
  ],
  [
    '“{first}” and “{second}” hold pictures of different sizes.',
    '„{first}“ und „{second}“ enthalten Bilder verschiedener Größe.'
  ],
  [
    'This folder holds more than {#files} files.',
    'Dieser Ordner enthält mehr als {#files} Dateien.'
  ],
  ['“{name}” has no columns.', '„{name}“ hat keine Spalten.'],
  [
    'A part of “{name}” is larger than the app reads safely.',
    'Ein Teil von „{name}“ ist größer, als die App sicher liest.'
  ],
  [
    'The part “{name}” of this dataset is not there or damaged.',
    'Der Teil „{name}“ dieses Datensatzes fehlt oder ist beschädigt.'
  ],
  [
    'The file “{name}” of this dataset is not there.',
    'Die Datei „{name}“ dieses Datensatzes fehlt.'
  ],
  [
    'The folder holds more than {#files} files of records.',
    'Der Ordner enthält mehr als {#files} Dateien mit Einträgen.'
  ],
  [
    '“{name}” is neither a Parquet nor an Arrow file.',
    '„{name}“ ist weder eine Parquet- noch eine Arrow-Datei.'
  ],
  [
    '“{name}” is encrypted, so it cannot be read.',
    '„{name}“ ist verschlüsselt und daher nicht lesbar.'
  ],
  [
    'The description of “{name}” is larger than the app reads safely.',
    'Die Beschreibung von „{name}“ ist größer, als die App sicher liest.'
  ],
  ['“{name}” claims to hold {rows} rows.', '„{name}“ gibt vor, {rows} Zeilen zu enthalten.'],
  ['“{name}” holds no text.', '„{name}“ enthält keinen Text.'],
  ['The workbook has no sheet “{name}”.', 'Die Arbeitsmappe hat kein Blatt „{name}“.'],
  ['The sheet “{name}” is empty.', 'Das Blatt „{name}“ ist leer.'],
  ['“{name}” is a single picture.', '„{name}“ ist ein einzelnes Bild.'],
  ['“{name}” is damaged or cut off.', '„{name}“ ist beschädigt oder abgeschnitten.'],
  [
    '“{name}” is not a kind of data the app reads.',
    '„{name}“ ist keine Art von Daten, die die App liest.'
  ],
  [
    '{#records} records of “{name}” could not be read, so row numbers counted elsewhere may point to other items.',
    '{#records} Einträge von „{name}“ waren nicht lesbar; anderswo gezählte Zeilennummern können andere Elemente meinen.'
  ],

  // Steps in the list of changes.
  ...steps('Set ITEMS aside', 'ITEMS beiseitegelegt'),
  ...steps('Took ITEMS back in', 'ITEMS zurückgeholt'),
  ...steps('Took the label off ITEMS', 'Label entfernt: ITEMS'),
  ...steps('Labelled ITEMS “{label}”', 'Label „{label}“ gegeben: ITEMS'),
  ...steps('Changed the labels of ITEMS', 'Labels geändert: ITEMS'),
  ...steps(
    'Moved ITEMS out of the training and test parts',
    'Aus Training und Test genommen: ITEMS'
  ),
  ...steps('Moved ITEMS to the training part', 'Ins Training verschoben: ITEMS'),
  ...steps('Moved ITEMS to the test part', 'In den Test verschoben: ITEMS'),
  ...steps('Tagged ITEMS “{tag}”', 'Schlagwort „{tag}“ gegeben: ITEMS'),
  ...steps('Took the tag “{tag}” off ITEMS', 'Schlagwort „{tag}“ entfernt: ITEMS'),
  ...steps('Removed the note of ITEMS', 'Notiz entfernt: ITEMS'),
  ...steps('Wrote a note on ITEMS', 'Notiz geschrieben: ITEMS')
]
