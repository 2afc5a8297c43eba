// German for sentences of the core about methods: their names, what they do, and why one is recommended.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  // Methods that choose items: names, and each in one line.
  'Like my examples (ICONS)': 'Wie meine Beispiele (ICONS)',
  'Keeps the items that most of your example tasks ask for.':
    'Behält die Elemente, die die meisten Ihrer Zielaufgaben verlangen.',
  'Pulls the way of my examples (LESS)': 'Zieht in Richtung meiner Beispiele (LESS)',
  'Keeps the items that pull a helper model in the same direction as your examples.':
    'Behält die Elemente, die ein Hilfsmodell in dieselbe Richtung ziehen wie Ihre Beispiele.',
  'Neighbours of my examples (TAROT)': 'Nahe an meinen Beispielen (TAROT)',
  'Takes the nearest items of every example in turn, so that no example is forgotten.':
    'Nimmt reihum die Elemente, die jedem Beispiel am nächsten sind; kein Beispiel wird vergessen.',
  'Words like my examples (DSIR)': 'Wörter wie in meinen Beispielen (DSIR)',
  'Keeps texts whose words and word pairs are like those of your example texts.':
    'Behält Texte, deren Wörter und Wortpaare denen Ihrer Beispieltexte ähneln.',
  'Like my trusted items (quality filter, DFN idea)':
    'Wie meine geprüften Elemente (Qualitätsfilter nach DFN)',
  'Keeps the items a helper model cannot tell from the ones you trust.':
    'Behält die Elemente, die ein Hilfsmodell nicht von denen unterscheiden kann, denen Sie vertrauen.',
  'Learning steps that help my examples (TracIn)':
    'Lernschritte, die meinen Beispielen helfen (TracIn)',
  'Keeps the items whose learning steps would lower the error on your examples most.':
    'Behält die Elemente, deren Lernschritte den Fehler bei Ihren Beispielen am meisten senken würden.',
  'Forecast of what helps my examples (TRAK)': 'Vorhersage, was meinen Beispielen hilft (TRAK)',
  'Keeps the items that are forecast to make your examples come out right.':
    'Behält die Elemente, durch die Ihre Beispiele voraussichtlich richtig erkannt werden.',
  'What my examples would miss (influence functions)':
    'Was meinen Beispielen fehlen würde (Einflussfunktionen)',
  'Keeps the items whose absence would hurt your examples most.':
    'Behält die Elemente, deren Fehlen Ihren Beispielen am meisten schaden würde.',
  'Stands for all (facility location)': 'Steht für alle (Facility Location)',
  'Keeps items so that every item has a similar one among the kept.':
    'Behält Elemente so, dass jedes ein ähnliches unter den behaltenen hat.',
  'Several aims at once (weights)': 'Mehrere Ziele zugleich (Gewichte)',
  'Keeps items for variety, typical items, hard items and likeness to examples, as you weigh them.':
    'Behält vielfältige, typische, schwierige und Ihren Beispielen ähnliche Elemente, wie Sie es gewichten.',
  'Stands in for everything (GTP, reconstructed)': 'Steht für das Ganze (GTP, nachgebaut)',
  'Keeps items that together teach what all items, or your examples, would teach.':
    'Behält Elemente, die zusammen lehren, was alle Elemente oder Ihre Beispiele lehren würden.',
  'Same average (herding)': 'Gleicher Durchschnitt (Herding)',
  'Keeps items whose average is the average of all.':
    'Behält Elemente, deren Durchschnitt der Durchschnitt aller ist.',
  'Typical but different (graph cut)': 'Typisch, aber verschieden (Graph Cut)',
  'Keeps items that are like many others, and unlike what is already kept.':
    'Behält Elemente, die vielen anderen ähneln und den schon behaltenen nicht.',
  'Spread out (k-center)': 'Breit gestreut (k-Center)',
  'Keeps items as far apart from each other as possible.':
    'Behält Elemente, die möglichst weit auseinanderliegen.',
  'A share of every layer (Dataset Quantization)':
    'Ein Anteil jeder Schicht (Dataset Quantization)',
  'Parts the items into layers from typical to particular, and draws the same share from each.':
    'Teilt die Elemente in Schichten von typisch bis besonders und zieht aus jeder den gleichen Anteil.',
  'Thin out crowded areas (density pruning)': 'Dichte Bereiche ausdünnen (Density Pruning)',
  'Keeps less of what is crowded and more of what is varied.':
    'Behält weniger, wo es dicht ist, und mehr, wo es vielfältig ist.',
  'Leave out repeats (SemDeDup)': 'Wiederholtes weglassen (SemDeDup)',
  'Leaves out items that mean nearly the same as another one.':
    'Lässt Elemente weg, die fast dasselbe bedeuten wie ein anderes.',
  'Labels that fit (early learning, ELR)': 'Passende Labels (frühes Lernen, ELR)',
  'Leaves out items whose label disagrees with what helper models learn first.':
    'Lässt Elemente weg, deren Label dem widerspricht, was Hilfsmodelle zuerst lernen.',
  'Hard items, by error (EL2N)': 'Schwierige Elemente, nach Fehler (EL2N)',
  'Shows how far helper models are from the label of each item after a short training.':
    'Zeigt, wie weit Hilfsmodelle nach kurzem Training vom Label jedes Elements entfernt sind.',
  'Hard items, by pull (GraNd)': 'Schwierige Elemente, nach Zug (GraNd)',
  'Shows how strongly each item pulls on helper models after a short training.':
    'Zeigt, wie stark jedes Element nach kurzem Training an Hilfsmodellen zieht.',
  'Borderline items (margin)': 'Grenzfälle (Margin)',
  'Shows which items helper models can hardly tell apart from another label.':
    'Zeigt, welche Elemente Hilfsmodelle kaum von einem anderen Label unterscheiden können.',
  'Items that are forgotten (forgetting events)':
    'Elemente, die vergessen werden (Forgetting Events)',
  'Counts how often helper models get an item right and then wrong again.':
    'Zählt, wie oft Hilfsmodelle ein Element richtig und dann wieder falsch benennen.',
  'Same from every source (stratified)': 'Gleich viel aus jeder Quelle',
  'Takes equally many items from every source.': 'Nimmt aus jeder Quelle gleich viele Elemente.',
  'Sources by size': 'Quellen nach Größe',
  'Keeps the mix of sources as it is and draws by lot within each.':
    'Behält die Mischung der Quellen bei und zieht in jeder durch das Los.',
  'Best mix of sources by trial (RegMix)': 'Beste Mischung der Quellen durch Ausprobieren (RegMix)',
  'Tries many mixtures of the sources on helper models and picks shares with a low loss.':
    'Probiert viele Mischungen der Quellen an Hilfsmodellen aus und nimmt Anteile mit kleinem Fehler.',
  'What helps at the end (late-phase upsampling)': 'Was am Ende hilft (Late-Phase Upsampling)',
  'Gives helper models more of one source at the end and sees which source lowers the loss.':
    'Gibt Hilfsmodellen am Ende mehr von einer Quelle und sieht, welche den Fehler senkt.',
  'Sources that lower the loss now (Aioli)': 'Quellen, die jetzt den Fehler senken (Aioli)',
  'Feels out, while a helper model learns, which source lowers the loss, and takes more of it.':
    'Ertastet, während ein Hilfsmodell lernt, welche Quelle den Fehler senkt, und nimmt mehr davon.',
  'Sources that help each other (Skill-It)': 'Quellen, die einander helfen (Skill-It)',
  'Takes more from sources that are still hard and that help with others.':
    'Nimmt mehr aus Quellen, die noch schwierig sind und bei anderen helfen.',
  'A list of mine': 'Eine eigene Liste',
  'Keeps exactly the items on a list you give.':
    'Behält genau die Elemente auf einer Liste, die Sie angeben.',
  'Stratified random': 'Zufall, gleiche Labelmischung',
  'Draws by lot, and keeps the mix of labels as it is.':
    'Zieht durch das Los und behält die Mischung der Labels bei.',
  Random: 'Zufall',
  'Draws items by lot.': 'Zieht Elemente durch das Los.',
  'Fresh draw every pass (repeated random)': 'Neue Ziehung je Durchgang',
  'Draws another random part of the data for every pass of a training.':
    'Zieht für jeden Durchgang eines Trainings einen anderen zufälligen Teil der Daten.',
  'Training plan by loss (SeTa, InfoBatch)': 'Trainingsplan nach Fehler (SeTa, InfoBatch)',
  'Tests a plan that trains with fewer steps, and shows which items it goes to.':
    'Prüft einen Plan, der mit weniger Schritten trainiert, und zeigt, zu welchen Elementen sie gehen.',

  // Methods that make tiny sets.
  'Real items with richer labels': 'Echte Elemente mit reicheren Labels',
  'Keeps some of your own items and says for each how much it is like every label.':
    'Behält einige Ihrer Elemente und sagt zu jedem, wie sehr es jedem Label gleicht.',
  'Real items with plain labels': 'Echte Elemente mit einfachen Labels',
  'Keeps some of your own items of each label, by lot or by a simple rule.':
    'Behält einige Ihrer Elemente jedes Labels, durch das Los oder nach einer einfachen Regel.',
  'Best parts, tiled (RDED)': 'Beste Teile, gekachelt (RDED)',
  'Puts the most telling parts of many real pictures together, four in the room of one.':
    'Setzt die aussagekräftigsten Teile vieler echter Bilder zusammen, vier auf dem Platz von einem.',
  'Real items and shared changes (INFER)': 'Echte Elemente und gemeinsame Änderungen (INFER)',
  'Adds one made change to a real item of every label, so that few bytes give many items.':
    'Wendet eine erzeugte Änderung auf ein echtes Element jedes Labels an; so ergibt wenig Platz viele Elemente.',
  'Match averages (DM)': 'Durchschnitte angleichen (DM)',
  'Draws new items whose average looks like the average of your data to a thousand untrained networks.':
    'Zeichnet neue Elemente, deren Durchschnitt für tausend untrainierte Netze aussieht wie der Ihrer Daten.',
  'Match where networks look (DataDAM)': 'Angleichen, wohin Netze schauen (DataDAM)',
  'Makes new pictures that untrained networks look at in the same places as at your own.':
    'Erzeugt neue Bilder, die untrainierte Netze an denselben Stellen ansehen wie Ihre eigenen.',
  'Match learning steps (DC, DSA)': 'Lernschritte angleichen (DC, DSA)',
  'Makes new items that teach a network in the same direction as your data does.':
    'Erzeugt neue Elemente, die ein Netz in dieselbe Richtung lehren wie Ihre Daten.',
  'Right on the last layer (FRePo)': 'Richtig in der letzten Schicht (FRePo)',
  'Shapes items so that a last layer solved from them alone names your data rightly.':
    'Formt Elemente so, dass eine nur aus ihnen berechnete letzte Schicht Ihre Daten richtig benennt.',
  'Teach likeness without labels (KRR-ST)': 'Ähnlichkeit ohne Labels lehren (KRR-ST)',
  'Shapes items that teach a network what is like what, from data without labels.':
    'Formt aus Daten ohne Labels Elemente, die ein Netz lehren, was wem ähnelt.',
  'Real items with labels for nearest-neighbour models (LS)':
    'Echte Elemente mit Labels für Nachbarschaftsmodelle (LS)',
  'Keeps some of your items and works out the labels that make a kernel model right on all.':
    'Behält einige Ihrer Elemente und berechnet die Labels, mit denen ein Kernmodell bei allen richtigliegt.',
  'Sharpest for nearest-neighbour models (KIP)': 'Am schärfsten für Nachbarschaftsmodelle (KIP)',
  'Shapes a few items and their labels so that a kernel model built on them is right.':
    'Formt wenige Elemente und ihre Labels so, dass ein Kernmodell daraus richtigliegt.',
  'Shared pictures (addressable memories)': 'Gemeinsame Bilder (Addressable Memories)',
  'Mixes many items from a few shared pictures, so that far more fit into the same space.':
    'Mischt viele Elemente aus wenigen gemeinsamen Bildern; so passen weit mehr auf denselben Platz.',
  'Follow a training (MTT)': 'Einem Training folgen (MTT)',
  'Makes new items that take a network along the way it goes when it learns from your data.':
    'Erzeugt neue Elemente, die ein Netz den Weg führen, den es beim Lernen aus Ihren Daten geht.',
  'Store how items vary (D3)': 'Speichern, wie Elemente sich unterscheiden (D3)',
  'Keeps a small drawing program and a few clouds of numbers instead of items, and draws fresh items for every pass.':
    'Behält statt Elementen ein kleines Zeichenprogramm und einige Zahlenwolken und zeichnet für jeden Durchgang neue.',
  'Draw from a helper model (SRe2L)': 'Aus einem Hilfsmodell zeichnen (SRe2L)',
  'Changes pictures until a helper model trained on your data names them surely and sees nothing unusual in them.':
    'Ändert Bilder, bis ein mit Ihren Daten trainiertes Hilfsmodell sie sicher benennt und nichts Ungewöhnliches darin sieht.',
  'Real pairs': 'Echte Paare',
  'Keeps some of your own pairs of a picture and a text, by lot or by a simple rule.':
    'Behält einige Ihrer Paare aus Bild und Text, durch das Los oder nach einer einfachen Regel.',
  'Learned pairs': 'Gelernte Paare',
  'Makes new pairs that teach a student to find the text of a picture, and the other way round.':
    'Erzeugt neue Paare, die lehren, zu einem Bild den Text zu finden und umgekehrt.',

  // Why a method is recommended.
  'You gave a list: it is kept as it is.':
    'Sie haben eine Liste angegeben: Sie wird behalten, wie sie ist.',
  'Only repeats are taken out; everything else is kept.':
    'Nur Wiederholtes kommt heraus; alles andere wird behalten.',
  'More than 30 % is kept; a random choice with the same class mix is hard to beat there.':
    'Mehr als 30 % werden behalten; da ist eine Zufallsauswahl mit gleicher Labelmischung schwer zu übertreffen.',
  'With this many items to keep, typical ones of every label do best, or as well as any, also where some labels are wrong.':
    'Bei so vielen Elementen sind typische jedes Labels am besten, oder so gut wie andere, auch wenn einige Labels falsch sind.',
  'With few items to keep they must complete each other: together they teach a model what all of them would, also where some labels are wrong.':
    'Wenige Elemente müssen einander ergänzen: Zusammen lehren sie ein Modell, was alle lehren würden, auch wenn einige Labels falsch sind.',
  'You gave gradients and several example tasks: items that many tasks vote for come first.':
    'Sie haben Lernrichtungen und mehrere Zielaufgaben angegeben: Elemente, für die viele Aufgaben stimmen, kommen zuerst.',
  'You gave gradients and one example task: items that pull the same way come first.':
    'Sie haben Lernrichtungen und eine Zielaufgabe angegeben: Elemente, die in dieselbe Richtung ziehen, kommen zuerst.',
  'There are no labels; texts that use words as your examples do come first.':
    'Es gibt keine Labels; Texte mit Wörtern wie in Ihren Beispielen kommen zuerst.',
  'There are no labels; items that lie closest around your examples come first.':
    'Es gibt keine Labels; Elemente, die Ihren Beispielen am nächsten sind, kommen zuerst.',
  'There are no labels to go by; items that together stand for all the others leave the fewest gaps.':
    'Es gibt keine Labels; Elemente, die zusammen für alle anderen stehen, lassen die wenigsten Lücken.',
  'You gave one example task: items that together teach what its examples teach come first.':
    'Sie haben eine Zielaufgabe angegeben: Elemente, die zusammen lehren, was ihre Beispiele lehren, kommen zuerst.',
  'Your example tasks have no class in common, so there is nothing to vote on; items that together teach what the examples teach are the better choice.':
    'Ihre Zielaufgaben haben kein Label gemeinsam, also gibt es nichts abzustimmen; besser sind Elemente, die zusammen lehren, was die Beispiele lehren.',
  'So few items are kept that they must complete each other: together they teach what your examples teach.':
    'So wenige Elemente müssen einander ergänzen: Zusammen lehren sie, was Ihre Beispiele lehren.',
  'Your example tasks share classes, so items that several tasks ask for are the best use of the budget.':
    'Ihre Zielaufgaben haben Labels gemeinsam; am besten sind Elemente, die mehrere Aufgaben verlangen.'
}

/** Sentences with names and figures in them. */
export const forms: readonly (readonly [string, string])[] = [
  [
    'The data health check found about {#percent} % likely wrong labels: this leaves such items out first, and that matters most where many are kept.',
    'Die Prüfung des Datenzustands fand etwa {#percent} % wohl falsche Labels: Solche Elemente werden zuerst weggelassen, und das zählt am meisten, wo viele behalten werden.'
  ]
]
