// Puts theme, text size and motion on the document, following the system where asked to.
import { watchEffect } from 'vue'
import { useSettings } from '../stores/settings.ts'

/** Keeps the document's looks in step with the settings. Call once, in the app's root. */
export function useAppearance(): void {
  const store = useSettings()
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = (): void => {
    const { theme, textSize, motion } = store.settings
    const root = document.documentElement
    root.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
    root.dataset['motion'] = motion
    root.style.setProperty('font-size', `${textSize}%`)
  }
  dark.addEventListener('change', apply)
  watchEffect(apply)
}
