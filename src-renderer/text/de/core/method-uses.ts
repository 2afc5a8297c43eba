// German for sentences of the core about methods: what each is good for, and what not.
// Keys are the English sentences themselves; see ../core.ts.

/** Sentence for sentence. */
export const sentences: Readonly<Record<string, string>> = {
  'When you have example items of what the data is for, in two or more tasks that have something in common, and especially when the data holds wrong labels, repeats or foreign items.':
    'Wenn Sie Beispiele dafür haben, wofür die Daten gebraucht werden, in zwei oder mehr Aufgaben, die etwas gemeinsam haben; vor allem, wenn die Daten falsche Labels, Wiederholtes oder Fremdes enthalten.',
  'When every task is about something else (for example one task per label on clean data): then there is little to agree on, and one task at a time (round-robin) or Stratified random is better.':
    'Wenn es in jeder Aufgabe um etwas anderes geht (zum Beispiel eine Aufgabe je Label bei sauberen Daten): Dann gibt es wenig, worin sie übereinstimmen, und besser sind die Aufgaben reihum oder „Zufall, gleiche Labelmischung“.',
  'When you want items like a few examples out of a large mixed pile, for one purpose or several that have little in common. Keep "Mix of labels" on.':
    'Wenn Sie aus vielen gemischten Elementen solche wie einige Beispiele suchen, für einen Zweck oder mehrere, die wenig gemeinsam haben. Lassen Sie „Mischung der Labels“ an.',
  'Without "Mix of labels" the list collapses onto few labels: on handwritten digits the best 5 % came from about two of ten (22 % right instead of 79 % by lot). Repeats of a fitting item all rank high, so remove near-duplicates first. From some 10 % of clean data on a draw by lot did better. It is no finder of wrong labels: directions forget size, and in a published test such scores did no better than a coin.':
    'Ohne „Mischung der Labels“ bleiben auf der Liste nur wenige Labels: Bei handgeschriebenen Ziffern kamen die besten 5 % von etwa zwei der zehn (22 % richtig statt 79 % durch das Los). Wiederholungen eines passenden Elements stehen alle weit vorn; entfernen Sie daher zuerst Fast-Duplikate. Ab etwa 10 % sauberer Daten war das Los besser. Falsche Labels findet es nicht: Richtungen vergessen die Größe, und in einem veröffentlichten Versuch waren solche Werte nicht besser als ein Münzwurf.',
  'When your examples show several different things and all of them should be covered; also to ask how many items the examples can make use of (automatic size).':
    'Wenn Ihre Beispiele Verschiedenes zeigen und alles davon abgedeckt sein soll; auch um zu erfahren, wie viele Elemente die Beispiele brauchen können (Größe „Automatisch“).',
  'When the examples are few or all alike: then it keeps near copies of them. It does not look at labels, so wrong labels pass.':
    'Wenn es wenige Beispiele sind oder alle ähnlich: Dann behält es fast nur Kopien davon. Auf Labels sieht es nicht, also kommen falsche Labels durch.',
  'When you have some example texts and much text of mixed topics or styles. A few dozen examples are enough to find a topic. It is quick and reads very large data.':
    'Wenn Sie einige Beispieltexte haben und viele Texte mit gemischten Themen oder Stilen. Ein paar Dutzend Beispiele genügen, um ein Thema zu finden. Es ist schnell und liest sehr große Daten.',
  'For pictures and tables. It sees words and not meaning: other words for the same thing do not count, wrong statements and wrong labels pass, and copies of a fitting text are all likely to be kept.':
    'Für Bilder und Tabellen. Es sieht Wörter und nicht ihre Bedeutung: Andere Wörter für dasselbe zählen nicht, falsche Aussagen und falsche Labels kommen durch, und Kopien eines passenden Textes werden wahrscheinlich alle behalten.',
  'When the data holds much that does not belong (other topics, broken items, poor quality) and you have some dozens of items that are as you want them.':
    'Wenn die Daten vieles enthalten, was nicht hineingehört (andere Themen, beschädigte Elemente, schlechte Qualität), und Sie einige Dutzend Elemente haben, die so sind, wie Sie es möchten.',
  'When the data is all of one kind: the filter then picks what looks most typical. The style of the trusted items becomes the style of the chosen set, so they must be as varied as you want it to be. It does not see wrong labels.':
    'Wenn alle Daten von einer Art sind: Dann nimmt der Filter, was am typischsten aussieht. Der Stil der geprüften Elemente wird der Stil der Auswahl; sie müssen also so vielfältig sein, wie die Auswahl es werden soll. Falsche Labels sieht es nicht.',
  'When you want to see which items push against your examples: the lowest values are where wrong labels gather. For choosing, keep "Mix of labels" on.':
    'Wenn Sie sehen möchten, welche Elemente Ihren Beispielen entgegenwirken: Bei den niedrigsten Werten sammeln sich falsche Labels. Lassen Sie zum Auswählen „Mischung der Labels“ an.',
  'When the data is clean and you only want a smaller set: above some 5 % a draw by lot did better on handwritten digits. Without "Mix of labels" the list comes from a few labels only. As a forecast of what leaving an item out would do it is weak (published: 0.28 to 0.33 of 1, influence functions 0.87).':
    'Wenn die Daten sauber sind und Sie nur weniger davon möchten: Ab etwa 5 % war bei handgeschriebenen Ziffern das Los besser. Ohne „Mischung der Labels“ kommt die Liste von nur wenigen Labels. Als Vorhersage, was das Weglassen eines Elements bewirkt, ist es schwach (veröffentlicht: 0,28 bis 0,33 von 1, Einflussfunktionen 0,87).',
  'When you want a forecast of which items your examples need, better founded than agreement of directions and without training a model to its end.':
    'Wenn Sie vorhersagen möchten, welche Elemente Ihre Beispiele brauchen: besser begründet als über die Übereinstimmung von Richtungen, und ohne ein Modell zu Ende zu trainieren.',
  'As a recipe for a small set: it favours unusual items, and on handwritten digits a draw by lot did better up to 20 % of clean data and about as well with wrong labels. Without "Mix of labels" a few labels take nearly everything. It is unsteady with fewer labelled items than columns x labels, and with little damping (forecast 0.30 of 1 with none, 0.82 with the default).':
    'Als Rezept für eine kleine Auswahl: Es bevorzugt ungewöhnliche Elemente, und bei handgeschriebenen Ziffern war das Los bis 20 % sauberer Daten besser und mit falschen Labels etwa so gut. Ohne „Mischung der Labels“ nehmen wenige Labels fast alles. Es schwankt, wenn es weniger Elemente mit Label gibt als Spalten mal Labels, und bei kleiner Dämpfung (Vorhersage 0,30 von 1 ohne, 0,82 mit dem Vorschlag).',
  'When you want the best founded answer to "which items matter for my examples", or want to find items that harm them: the lowest values are where wrong labels gather.':
    'Wenn Sie die am besten begründete Antwort auf die Frage möchten, welche Elemente für Ihre Beispiele wichtig sind, oder Elemente suchen, die ihnen schaden: Bei den niedrigsten Werten sammeln sich falsche Labels.',
  'As a recipe for a small set: it says what one missing item does, not what many do together, and the strongest items are often the odd ones. On clean handwritten digits a draw by lot did better up to 20 %. Keep "Mix of labels" on, or a few labels take nearly everything. It explains the linear helper model, not the model you train later.':
    'Als Rezept für eine kleine Auswahl: Es sagt, was ein fehlendes Element bewirkt, nicht, was viele zusammen bewirken, und die stärksten Elemente sind oft Ausreißer. Bei sauberen handgeschriebenen Ziffern war das Los bis 20 % besser. Lassen Sie „Mischung der Labels“ an, sonst nehmen wenige Labels fast alles. Es erklärt das lineare Hilfsmodell, nicht das Modell, das Sie später trainieren.',
  'To keep a small part (up to some 20 %) when there are no example items: it was the best all-round choice on small sets.':
    'Um einen kleinen Teil (bis etwa 20 %) zu behalten, wenn es keine Beispiele gibt: Bei kleinen Auswahlen war es im Ganzen am besten.',
  'When many items are junk: junk wants to be stood for as well. When you keep most of the data, random is as good and quicker.':
    'Wenn viele Elemente unbrauchbar sind: Auch für diese soll dann etwas stehen. Wenn Sie das meiste behalten, ist Zufall ebenso gut und schneller.',
  'When one aim alone goes too far: variety that also wants junk and wrong labels stood for, or items like your examples that are all the same. The weights set here were never behind Stratified random on a set of digits, clean or spoiled, and far ahead where labels were wrong.':
    'Wenn ein Ziel allein zu weit geht: Vielfalt, bei der auch für Unbrauchbares und falsche Labels etwas stehen soll, oder Elemente wie Ihre Beispiele, die alle gleich sind. Die hier gesetzten Gewichte waren bei Ziffern nie hinter „Zufall, gleiche Labelmischung“, ob sauber oder verdorben, und weit voraus, wo Labels falsch waren.',
  'When you keep most of clean data: variety alone is a little better there. Weight on hard items costs accuracy where labels are wrong or the part is small.':
    'Wenn Sie von sauberen Daten das meiste behalten: Da ist Vielfalt allein etwas besser. Gewicht auf schwierigen Elementen kostet Genauigkeit, wo Labels falsch sind oder der Teil klein ist.',
  'When you keep a small part (up to about a tenth), and when the data holds many repeats or near-repeats. Works with or without example items.':
    'Wenn Sie einen kleinen Teil behalten (bis etwa ein Zehntel), und wenn die Daten viel Wiederholtes oder fast Wiederholtes enthalten. Geht mit Beispielen und ohne.',
  'When many labels are wrong and you keep a fifth or more: most wrong labels are left out, not all, so check labels first. When you keep a third or more, Stratified random is simpler and about as good.':
    'Wenn viele Labels falsch sind und Sie ein Fünftel oder mehr behalten: Die meisten falschen Labels werden weggelassen, nicht alle; prüfen Sie also zuerst die Labels. Wenn Sie ein Drittel oder mehr behalten, ist „Zufall, gleiche Labelmischung“ weniger Aufwand und etwa so gut.',
  'For small, typical sets that keep the proportions of the data, within each label.':
    'Für kleine, typische Auswahlen, in denen die Anteile der Daten innerhalb jedes Labels erhalten bleiben.',
  'When rare kinds matter: an average says little about the edges. With the mix of labels set free it may forget labels at very small numbers.':
    'Wenn Seltenes wichtig ist: Ein Durchschnitt sagt wenig über die Ränder. Mit freier Mischung der Labels kann es bei sehr kleinen Mengen Labels vergessen.',
  'For typical items without repeats, when you want to set the balance yourself.':
    'Für typische Elemente ohne Wiederholungen, wenn Sie das Gewicht dazwischen selbst bestimmen möchten.',
  'When rare kinds matter. With the weight at 1 and a small share it keeps only what is most typical.':
    'Wenn Seltenes wichtig ist. Mit dem Gewicht 1 und einem kleinen Anteil behält es nur das Typischste.',
  'When nothing may be missed: rare kinds and edge cases are found early. Good from some 10 % upwards.':
    'Wenn nichts fehlen darf: Seltenes und Randfälle werden früh gefunden. Gut ab etwa 10 %.',
  'For very small sets, or data with junk: the odd ones out are taken first, and random is often better below 10 %.':
    'Für sehr kleine Auswahlen oder Daten mit Unbrauchbarem: Ausreißer werden zuerst genommen, und unter 10 % ist Zufall oft besser.',
  'When you keep a good part of the data (20 % and more) and want both typical and particular items.':
    'Wenn Sie einen guten Teil der Daten behalten (20 % und mehr) und sowohl typische als auch besondere Elemente möchten.',
  'For very small sets: the draw inside the layers is by lot.':
    'Für sehr kleine Auswahlen: Innerhalb der Schichten entscheidet das Los.',
  'For large data with uneven coverage: many items of a few kinds, few of many others.':
    'Für große, ungleich verteilte Daten: viele Elemente von wenigen Arten, wenige von vielen anderen.',
  'When junk is a kind of its own: it is varied and keeps a lot. For fewer than some thousand items groups say little.':
    'Wenn Unbrauchbares eine eigene Art bildet: Es ist vielfältig und behält viel. Bei weniger als einigen tausend Elementen sagen Gruppen wenig.',
  'For data gathered from the web or from video, and as the first step before anything else.':
    'Für Daten aus dem Internet oder aus Videos, und als erster Schritt vor allem anderen.',
  'To choose a small part of data without repeats: then it is a draw by lot. Repeats in different groups are not found.':
    'Um einen kleinen Teil von Daten ohne Wiederholungen auszuwählen: Dann ist es eine Ziehung durch das Los. Wiederholungen in verschiedenen Gruppen werden nicht gefunden.',
  'When you suspect wrong labels: as a second opinion to the label check, or to draw at random from the items whose label fits.':
    'Wenn Sie falsche Labels vermuten: als zweite Meinung neben der Prüfung der Labels, oder um zufällig aus den Elementen zu ziehen, deren Label passt.',
  'On clean data it gains nothing over Stratified random and loses some true but unusual items (8 % of the digits). Choosing a few items from the hardest end is far worse than Random.':
    'Bei sauberen Daten gewinnt es nichts gegenüber „Zufall, gleiche Labelmischung“ und verliert einige richtige, aber ungewöhnliche Elemente (8 % der Ziffern). Wenige Elemente vom schwierigsten Ende auszuwählen ist viel schlechter als Zufall.',
  'To look at the data: the hardest items are where wrong labels and rare cases are. As a choice only when you keep more than about 30 %.':
    'Um die Daten anzusehen: Bei den schwierigsten Elementen sind falsche Labels und seltene Fälle. Zum Auswählen nur, wenn Sie mehr als etwa 30 % behalten.',
  'To choose a few items by difficulty alone: the hardest or the easiest 2 % of a set of digits taught a model to get 15 % or 37 % right, 2 % by lot 63 %. The hardest are often wrong labels. The middle within each label, the setting here, does about as well as Stratified random.':
    'Um wenige Elemente allein nach Schwierigkeit auszuwählen: Die schwierigsten oder die leichtesten 2 % einer Menge von Ziffern lehrten ein Modell, 15 % oder 37 % richtig zu benennen, 2 % durch das Los 63 %. Die schwierigsten haben oft falsche Labels. Die Mitte innerhalb jedes Labels, wie hier eingestellt, ist etwa so gut wie „Zufall, gleiche Labelmischung“.',
  'To look at the data: items that are both wrong or hard and unusual come first. As a choice only when you keep more than about 30 %.':
    'Um die Daten anzusehen: Elemente, die falsch oder schwierig und zugleich ungewöhnlich sind, kommen zuerst. Zum Auswählen nur, wenn Sie mehr als etwa 30 % behalten.',
  'To choose a few items by the strongest pull: that was far worse than Random in our measurements, as the strongest pulls come from wrong labels and broken items.':
    'Um wenige Elemente nach dem stärksten Zug auszuwählen: Das war in unseren Messungen viel schlechter als Zufall, denn der stärkste Zug kommt von falschen Labels und beschädigten Elementen.',
  'To look at the data: items between two labels, and behind them those whose label looks wrong. As a choice only when you keep more than about 30 %.':
    'Um die Daten anzusehen: Elemente zwischen zwei Labels, und hinter ihnen die, deren Label falsch aussieht. Zum Auswählen nur, wenn Sie mehr als etwa 30 % behalten.',
  'To choose a few items at the border: that was far worse than Random in our measurements. Items that are far behind are mostly wrong labels, not lessons.':
    'Um wenige Elemente an der Grenze auszuwählen: Das war in unseren Messungen viel schlechter als Zufall. Elemente weit jenseits davon haben meist falsche Labels; zu lernen ist daraus nichts.',
  'To look at the data: items that are never learned are often wrongly labelled, items that are never forgotten can often be spared. As a choice only when you keep more than about 30 %.':
    'Um die Daten anzusehen: Elemente, die nie gelernt werden, haben oft ein falsches Label; Elemente, die nie vergessen werden, sind oft entbehrlich. Zum Auswählen nur, wenn Sie mehr als etwa 30 % behalten.',
  'To choose a few items that are forgotten most: no better than Random in our measurements, and far worse with wrong labels. Most items are never forgotten; their order among each other is by lot.':
    'Um wenige Elemente auszuwählen, die am meisten vergessen werden: In unseren Messungen nicht besser als Zufall, und mit falschen Labels viel schlechter. Die meisten Elemente werden nie vergessen; unter ihnen entscheidet das Los.',
  'To see whether such a plan would shorten a long training on your data, and to look at items by their loss over a whole training.':
    'Um zu sehen, ob ein solcher Plan ein langes Training mit Ihren Daten verkürzen würde, und um Elemente nach ihrem Fehler über ein ganzes Training anzusehen.',
  'To keep a part of clean data: the plan goes through nearly all items in turn, and that is what it lives by. The hardest 10 % of a set of digits taught a model to get 65 % right, 10 % by lot 89 %. Only the middle within each label held its own, and with many wrong labels it was ahead.':
    'Um einen Teil sauberer Daten zu behalten: Der Plan geht der Reihe nach durch fast alle Elemente, und davon lebt er. Die schwierigsten 10 % einer Menge von Ziffern lehrten ein Modell, 65 % richtig zu benennen, 10 % durch das Los 89 %. Nur die Mitte innerhalb jedes Labels hielt mit, und bei vielen falschen Labels lag sie vorn.',
  'When small sources matter as much as large ones, and as a yardstick.':
    'Wenn kleine Quellen so wichtig sind wie große, und als Maßstab.',
  'When some sources are poor or have nothing to do with your goal: they get as much as the good ones.':
    'Wenn einige Quellen schlecht sind oder nichts mit Ihrem Ziel zu tun haben: Sie bekommen so viel wie die guten.',
  'As the yardstick for every other mix of sources, and when the data is already mixed as you want it.':
    'Als Maßstab für jede andere Mischung der Quellen, und wenn die Daten schon so gemischt sind, wie Sie es möchten.',
  'When one large source drowns the others, or when large sources are the poor ones.':
    'Wenn eine große Quelle die anderen verdrängt, oder wenn gerade die großen Quellen die schlechten sind.',
  'With example tasks and sources that differ in how well they fit them; or with a loss table from real training runs, which says more than helper models can.':
    'Mit Zielaufgaben und Quellen, die verschieden gut dazu passen; oder mit einer Tabelle von Fehlern aus echten Trainings, die mehr sagt, als Hilfsmodelle können.',
  'Without example tasks, when some sources are noisy: then a loss on noisy items counts as much as any other. When you keep nearly all items, there is little to mix. Show it beside "Sources by size" and "Same from every source": in the study of Aioli, methods that learn shares were up to 6.9 perplexity points worse than equal shares.':
    'Ohne Zielaufgaben, wenn einige Quellen verrauscht sind: Dann zählt ein Fehler bei verrauschten Elementen so viel wie jeder andere. Wenn Sie fast alles behalten, gibt es wenig zu mischen. Vergleichen Sie es mit „Quellen nach Größe“ und „Gleich viel aus jeder Quelle“: In der Studie zu Aioli waren Verfahren, die Anteile lernen, bis zu 6,9 Perplexitätspunkte schlechter als gleiche Anteile.',
  'With example tasks, to see quickly which sources serve them and which harm. It moves away from shares by size only where there is evidence.':
    'Mit Zielaufgaben, um schnell zu sehen, welche Quellen ihnen nützen und welche schaden. Von Anteilen nach Größe weicht es nur ab, wo etwas dafür spricht.',
  'When you keep nearly all items. When a source is only useful early or together with others: each is tried alone and late.':
    'Wenn Sie fast alles behalten. Wenn eine Quelle nur früh oder zusammen mit anderen nützt: Jede wird allein und spät ausprobiert.',
  'When equal shares are nearly right and you look for a careful change, at little cost.':
    'Wenn gleiche Anteile fast richtig sind und Sie eine vorsichtige Änderung mit wenig Aufwand suchen.',
  'When a strong change is needed: it stays near equal shares. Once the helper model has learned what it can, differences are mostly noise. The paper reports gains over equal shares on 6 of 6 data sets (mean 0.27 perplexity points) for language models, and other methods up to 6.9 points worse than equal shares.':
    'Wenn eine starke Änderung nötig ist: Es bleibt nahe an gleichen Anteilen. Hat das Hilfsmodell gelernt, was es kann, sind Unterschiede meist Zufall. Die Veröffentlichung nennt für Sprachmodelle Gewinne gegenüber gleichen Anteilen bei 6 von 6 Datensätzen (im Mittel 0,27 Perplexitätspunkte), und andere Verfahren bis zu 6,9 Punkte schlechter als gleiche Anteile.',
  'When sources build on each other, for example easy and hard parts of one subject, or with example tasks that some sources serve better than others.':
    'Wenn Quellen aufeinander aufbauen, zum Beispiel leichte und schwierige Teile eines Fachs, oder mit Zielaufgaben, denen einige Quellen besser nützen als andere.',
  'When sources are noisy and there are no example tasks: a loss that stays high draws more items, whatever the reason. When no source helps another, or all do. In the study of Aioli such methods were up to 6.9 perplexity points worse than equal shares; show "Same from every source" beside it.':
    'Wenn Quellen verrauscht sind und es keine Zielaufgaben gibt: Ein Fehler, der groß bleibt, zieht mehr Elemente an, aus welchem Grund auch immer. Wenn keine Quelle einer anderen hilft, oder alle. In der Studie zu Aioli waren solche Verfahren bis zu 6,9 Perplexitätspunkte schlechter als gleiche Anteile; vergleichen Sie es mit „Gleich viel aus jeder Quelle“.',
  'To test a choice made by another program or by a person, and to see whether changes by hand helped.':
    'Um eine Auswahl zu prüfen, die ein anderes Programm oder ein Mensch getroffen hat, und um zu sehen, ob Änderungen von Hand geholfen haben.',
  'When there is no list yet: it finds nothing by itself.':
    'Wenn es noch keine Liste gibt: Von selbst findet es nichts.',
  'When the data is clean, and as the stronger yardstick beside Random.':
    'Wenn die Daten sauber sind, und als der strengere Maßstab neben „Zufall“.',
  'When many labels are wrong, or many items are repeats: it keeps those in proportion too.':
    'Wenn viele Labels falsch sind oder sich vieles wiederholt: Auch das behält es anteilig.',
  'As the yardstick: a method that does not beat it did not help. Hard to beat when you keep a lot.':
    'Als Maßstab: Ein Verfahren, das nicht besser ist, hat nicht geholfen. Schwer zu schlagen, wenn Sie viel behalten.',
  'When some labels are rare, or the data holds many wrong labels or repeats.':
    'Wenn einige Labels selten sind, oder wenn die Daten viele falsche Labels oder Wiederholungen enthalten.',
  'When you want to train for less time and still own all the data. It is the yardstick that choosing has to beat.':
    'Wenn Sie kürzer trainieren und trotzdem alle Daten behalten möchten. Es ist der Maßstab, den das Auswählen schlagen muss.',
  'When you need one smaller set, for example to store, label or hand on.':
    'Wenn Sie eine kleinere Menge brauchen, zum Beispiel zum Speichern, Beschriften oder Weitergeben.',
  'The first method to try with ten or more items for each label, above all with many labels: the more labels, the more each item can say. Works for pictures, tables and texts.':
    'Das erste Verfahren ab zehn Elementen je Label, vor allem bei vielen Labels: Je mehr Labels, desto mehr kann jedes Element sagen. Geht mit Bildern, Tabellen und Texten.',
  'With one item for each label of a few: computer-made items do better there. With so many items that students on plain labels get close to the helper model, there is little left to gain.':
    'Mit einem Element für jedes von wenigen Labels: Da sind vom Computer erzeugte Elemente besser. Mit so vielen Elementen, dass Modelle mit einfachen Labels fast an das Hilfsmodell heranreichen, ist wenig zu gewinnen.',
  'To see what a tiny set is worth, and when nothing but your own items may be used.':
    'Um zu sehen, was ein Mini-Set wert ist, und wenn nur Ihre eigenen Elemente verwendet werden dürfen.',
  'When accuracy counts: richer labels for the same items are better in most cases.':
    'Wenn die Genauigkeit zählt: Reichere Labels für dieselben Elemente sind meist besser.',
  'For larger pictures with their subject in a part of them. Takes no longer than the helper model.':
    'Für größere Bilder, bei denen das Wichtige in einem Teil liegt. Dauert nicht länger als das Hilfsmodell.',
  'For small pictures (below about 64 pixels) where half the size loses what matters, and where everything in the picture counts.':
    'Für kleine Bilder (unter etwa 64 Bildpunkten), bei denen mit der halben Größe das Wichtige verloren geht, und wo alles im Bild zählt.',
  'With many labels, where one change serves many items, and with helper models that have batch norm, whose memory of the data the changes can follow.':
    'Mit vielen Labels, wo eine Änderung vielen Elementen dient, und mit Hilfsmodellen mit Batch-Norm, deren Gedächtnis der Daten die Änderungen folgen können.',
  'With few labels: the changes then take as much room as more real items would.':
    'Mit wenigen Labels: Die Änderungen brauchen dann so viel Platz wie weitere echte Elemente.',
  'The first method to try for made items, above all with 1 to 10 per class: it is quick, needs no helper model and does well with hard labels.':
    'Das erste Verfahren für erzeugte Elemente, vor allem mit 1 bis 10 je Label: Es ist schnell, braucht kein Hilfsmodell und kommt mit einfachen Labels gut zurecht.',
  'With many items per class: only averages are compared, so the variety within a class is lost, and real items with richer labels do better. Labels must be right.':
    'Mit vielen Elementen je Label: Verglichen werden nur Durchschnitte, die Vielfalt innerhalb eines Labels geht also verloren, und echte Elemente mit reicheren Labels sind besser. Labels müssen stimmen.',
  'A second try beside matching averages, at 10 or more per class: it also uses the early layers, which see edges and outlines.':
    'Ein zweiter Versuch neben „Durchschnitte angleichen“, ab 10 je Label: Es nutzt auch die frühen Schichten, die Kanten und Umrisse sehen.',
  'For anything but pictures. With hurry: each step costs as much as one of matching averages, and the published runs are long.':
    'Für alles außer Bildern. In Eile: Jeder Schritt kostet so viel wie einer beim Angleichen von Durchschnitten, und die veröffentlichten Läufe sind lang.',
  'For the best made items at 10 per class when there is time, best with a graphics card. Start with matching averages, which gives most of it in minutes.':
    'Für die besten erzeugten Elemente mit 10 je Label, wenn Zeit ist; am besten mit einer Grafikkarte. Beginnen Sie mit „Durchschnitte angleichen“: Das meiste davon hat man damit in Minuten.',
  'On a slow computer with many classes or items: each step works out how a change of every number changes the learning, which takes several times as long. Labels must be right.':
    'Auf einem langsamen Computer mit vielen Labels oder Elementen: Jeder Schritt berechnet, wie eine Änderung jeder Zahl das Lernen ändert, und das dauert mehrmals so lange. Labels müssen stimmen.',
  'For made items that teach networks, when labels with a number for every class are welcome. It looks at what a network would learn, not only at averages, and needs no helper model.':
    'Für erzeugte Elemente, die Netze lehren, wenn Labels mit einer Zahl für jedes Label willkommen sind. Es sieht darauf, was ein Netz lernen würde, nicht nur auf Durchschnitte, und braucht kein Hilfsmodell.',
  'When models that learn from plain labels only will use the set, with which it does about as well as Match averages (DM) and no better. Not beyond 1,000 items in all.':
    'Wenn Modelle das Set verwenden, die nur aus einfachen Labels lernen: Bei ihnen ist es etwa so gut wie „Durchschnitte angleichen (DM)“ und nicht besser. Nicht für mehr als 1.000 Elemente im Ganzen.',
  'For pictures without labels, or with labels for a few of them only.':
    'Für Bilder ohne Labels, oder mit Labels für nur wenige.',
  'When most items have labels: sets made with these teach more. With two or ten labels a class, a network was no better for having learned from such a set first (Fashion pictures). Not for rows of numbers, which are their own fingerprint, and not beyond 1,000 items in all.':
    'Wenn die meisten Elemente Labels haben: Sets, die mit diesen erstellt werden, lehren mehr. Mit zwei oder zehn Elementen mit Label war ein Netz nicht besser, wenn es zuerst aus einem solchen Set gelernt hatte (Modebilder). Nicht für Zeilen von Zahlen, die ihre eigenen Merkmale sind, und nicht für mehr als 1.000 Elemente im Ganzen.',
  'When a kernel or nearest-neighbour model will use the set and the items must be real ones. Takes seconds, and nothing has to be chosen.':
    'Wenn ein Kern- oder Nachbarschaftsmodell das Set verwenden wird und die Elemente echt sein müssen. Dauert Sekunden, und es ist nichts zu entscheiden.',
  'For training a network. With one item per class, made items are far better. Not beyond 1,000 items in all.':
    'Um ein Netz zu trainieren. Mit einem Element je Label sind erzeugte Elemente viel besser. Nicht für mehr als 1.000 Elemente im Ganzen.',
  'When a kernel or nearest-neighbour model will use the set: nothing else gets as far with 1 to 10 items per class, in seconds to minutes on any computer.':
    'Wenn ein Kern- oder Nachbarschaftsmodell das Set verwenden wird: Mit 1 bis 10 Elementen je Label kommt nichts anderes so weit, in Sekunden bis Minuten auf jedem Computer.',
  'For training a network: little of the lead over random real items carries over. Take Match averages or real items with richer labels instead. Not beyond 1,000 items in all.':
    'Um ein Netz zu trainieren: Vom Vorsprung gegenüber zufälligen echten Elementen bleibt dabei wenig. Nehmen Sie „Durchschnitte angleichen“ oder echte Elemente mit reicheren Labels. Nicht für mehr als 1.000 Elemente im Ganzen.',
  'For the smallest sets: in the space of one item per class it holds dozens, and no other method teaches as much in so little. Also to keep what older data taught when new classes come.':
    'Für die kleinsten Sets: Auf dem Platz von einem Element je Label hält es Dutzende, und kein anderes Verfahren lehrt auf so wenig Platz so viel. Auch um zu behalten, was ältere Daten lehrten, wenn neue Labels dazukommen.',
  'For items to look at: they are mixtures, not pictures of something. And where every minute counts: it takes longer than matching averages, and goes on getting better for hours.':
    'Für Elemente zum Ansehen: Es sind Mischungen, keine Bilder von etwas. Und wo jede Minute zählt: Es dauert länger als das Angleichen von Durchschnitten und wird über Stunden hinweg besser.',
  'For the best made items at 10 per class and more, with a graphics card or a night to spare.':
    'Für die besten erzeugten Elemente ab 10 je Label, mit einer Grafikkarte oder wenn eine Nacht Zeit ist.',
  'For a first try: training the helper models alone takes longer than most methods, and each step looks back through all lessons. Items suit the kind of network they were made with.':
    'Für einen ersten Versuch: Schon das Training der Hilfsmodelle dauert länger als die meisten Verfahren, und jeder Schritt blickt durch alle Lektionen zurück. Die Elemente passen zu der Art von Netz, mit der sie erstellt wurden.',
  'When room is what counts: as many different items as you like in the room of one to ten per class, and classes that vary much. Many classes can be split into groups that are made one after the other.':
    'Wenn es auf den Platz ankommt: beliebig viele verschiedene Elemente auf dem Platz von einem bis zehn je Label, und für Labels mit großer Vielfalt. Viele Labels können in Gruppen geteilt werden, die nacheinander erstellt werden.',
  'When single items have to be looked at or shared as pictures, and for detailed pictures: a small decoder draws blurred ones. With few classes the decoder has little room.':
    'Wenn einzelne Elemente als Bilder angesehen oder weitergegeben werden sollen, und für detailreiche Bilder: Ein kleines Zeichenprogramm zeichnet unscharfe. Bei wenigen Labels hat das Zeichenprogramm wenig Platz.',
  'For larger pictures (64 pixels and more), many classes and ten or more items per class: pictures are made in batches that do not depend on each other, so the time grows only with their number.':
    'Für größere Bilder (ab 64 Bildpunkten), viele Labels und zehn oder mehr Elemente je Label: Bilder entstehen in Schüben, die nicht voneinander abhängen; die Zeit wächst also nur mit ihrer Zahl.',
  'For small grey pictures and very few items per class, where matching averages or real items with richer labels do better. The helper model has to be good.':
    'Für kleine graue Bilder und sehr wenige Elemente je Label: Da sind „Durchschnitte angleichen“ oder echte Elemente mit reicheren Labels besser. Das Hilfsmodell muss gut sein.',
  'When the pairs are to be looked at or used elsewhere, and to see what learned pairs are worth.':
    'Wenn die Paare angesehen oder anderswo verwendet werden sollen, und um zu sehen, was gelernte Paare wert sind.',
  'When there is time and room for all pairs: these are always better.':
    'Wenn Zeit und Platz für alle Paare da sind: Alle sind immer besser.',
  'To see how few pairs a search between pictures and texts can be taught with.':
    'Um zu sehen, mit wie wenigen Paaren eine Suche zwischen Bildern und Texten gelernt werden kann.',
  'When the pairs are to be looked at, or used with other fingerprints: then take real pairs.':
    'Wenn die Paare angesehen oder mit anderen Merkmalen verwendet werden sollen: Dann nehmen Sie echte Paare.'
}

/** Sentences with names and figures in them. */
export const forms: readonly (readonly [string, string])[] = []
