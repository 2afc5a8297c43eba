// The report of a run as a file: a page, or the PDF the host prints of it, ready for paper. A page of
// its own inside the window is not possible: the window shows nothing as a page but itself (rule F8).
import { computed, type ComputedRef } from 'vue'
import { FileText, Printer } from '@lucide/vue'
import { fileNameOf, saveBlob } from '../../charts/save-blob.ts'
import { useConnection } from '../../stores/connection.ts'
import { useRuns } from '../../stores/runs.ts'
import { useToasts } from '../../stores/toasts.ts'
import { result as words } from '../../text/runs.ts'

/** What the menu of a result says about its report. */
export type ReportChoice = 'report' | 'print'

interface ReportEntry {
  readonly id: ReportChoice
  readonly label: string
  readonly icon: typeof FileText
}

/** Menu entries of a report, and what they do; `run` is the run as it is when one is chosen. */
export function useReport(run: () => string): {
  readonly entries: ComputedRef<readonly ReportEntry[]>
  readonly take: (choice: ReportChoice, name: string) => Promise<void>
} {
  const connection = useConnection()
  const runs = useRuns()
  const toasts = useToasts()
  const save: ReportEntry = { id: 'report', label: words.reportSave, icon: FileText }
  const print: ReportEntry = { id: 'print', label: words.reportPrint, icon: Printer }
  const entries = computed(() => (connection.host?.canPrint === true ? [save, print] : [save]))
  async function take(choice: ReportChoice, name: string): Promise<void> {
    await toasts.attempt(async () => {
      if (choice === 'report') {
        const html = await runs.report(run())
        saveBlob(new Blob([html], { type: 'text/html' }), fileNameOf(name, 'html'))
        return
      }
      const bytes = await runs.reportPdf(run())
      // Bytes that came over a connection are of a plain buffer.
      const pdf = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/pdf' })
      saveBlob(pdf, fileNameOf(name, 'pdf'))
      toasts.show(words.reportPrinted, { severity: 'success' })
    })
  }
  return { entries, take }
}
